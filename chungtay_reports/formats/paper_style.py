"""The state's layout as declarations of CSS, for the template of the PDF to put behind its selectors."""

from __future__ import annotations

from collections.abc import Mapping

from chungtay_reports.official.layout import Layout, Sheet, Style


def declarations(layout: Layout) -> Mapping[str, str]:
    """Write each style of the layout as CSS, by its name."""
    return {name: _style(getattr(layout.styles, name), layout) for name in type(layout.styles).model_fields}


def page_box(sheet: Sheet) -> str:
    """Write a page and its margins."""
    return (
        f"size: {sheet.width:g}mm {sheet.height:g}mm; "
        f"margin: {sheet.top:g}mm {sheet.right:g}mm {sheet.bottom:g}mm {sheet.left:g}mm"
    )


def _style(style: Style, layout: Layout) -> str:
    return (
        f"font-size: {style.size:g}pt; "
        f"font-weight: {'bold' if style.bold else 'normal'}; "
        f"font-style: {'italic' if style.italic else 'normal'}; "
        f"text-align: {style.align}; "
        f"text-indent: {style.indent:g}mm; "
        f"line-height: {style.line * layout.font.single_line:.4g}; "
        f"margin: {style.before:g}pt 0 {style.after:g}pt"
    )
