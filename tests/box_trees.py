"""The boxes that WeasyPrint makes of a page, before anything is laid out."""

from __future__ import annotations

import warnings
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # no fonts are configured in a test, and none are needed
    from weasyprint import DEFAULT_OPTIONS, HTML
    from weasyprint.css.counters import CounterStyle
    from weasyprint.document import Document
    from weasyprint.formatting_structure import build
    from weasyprint.text.fonts import FontConfiguration

FONTS = FontConfiguration()


def box_tree(page: str) -> tuple[Any, Any]:
    """Make the boxes of a page; the root, and the context that holds what was collected on the way."""
    html, counters = HTML(string=page), CounterStyle()
    context = Document._build_layout_context(html, FONTS, counters, {}, dict(DEFAULT_OPTIONS))
    root = build.build_formatting_structure(
        html.etree_element,
        context.style_for,
        context.get_image_from_uri,
        None,
        context.target_collector,
        counters,
        [],
    )
    return root, context
