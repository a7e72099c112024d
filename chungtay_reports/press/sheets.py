"""Read a style sheet once for all documents of a worker that use it, and look for sheets in the head of a page only.

A bulletin's sheet is the same in every issue. What a sheet leaves behind elsewhere than in itself and in the rules for
pages (fonts, counter styles, colour profiles, layers), or computes in place, is left to WeasyPrint.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from copy import copy
from hashlib import sha256
from typing import Any

from weasyprint import css, document
from weasyprint.logger import LOGGER
from weasyprint.urls import fetch

KEPT = 8
# At-rules but those for pages, functions that WeasyPrint works out in the sheet's own tokens, and other files.
ELSEWHERE = re.compile(rb"@(?!page\b|top-|bottom-|left-|right-)|calc|var\(|url\(|\\", re.IGNORECASE)
IN_HEAD = ("title", "meta", "link", "style")


def read_sheets_once() -> None:
    """Put the short ways into this process's WeasyPrint, which looks these names up at each call."""
    css.CSS = _Sheets(css.CSS)
    css.find_stylesheets = _with_head_for_page(css.find_stylesheets)
    plain = document.get_html_metadata

    def get_html_metadata(html: Any) -> Any:
        page = copy(html)
        page.wrapper_element = _head_of(html.wrapper_element)
        return plain(page)

    document.get_html_metadata = get_html_metadata


class _Sheets:
    """WeasyPrint's `CSS` with a memory of the sheets that it read last."""

    def __init__(self, plain: Callable[..., Any]) -> None:
        self._plain = plain
        self._known: dict[tuple[object, ...], Any] = {}

    def __call__(self, **named: Any) -> Any:
        rules, url = named.get("page_rules"), named.get("url")
        if url is None or rules is None:
            return self._plain(**named)
        with fetch(named["url_fetcher"], url) as response:
            data, kind, charset = response.read(), response.content_type, response.charset
        if kind != "text/css" or ELSEWHERE.search(data):
            return self._plain(**named)
        key = (url, charset, named.get("media_type"), sha256(data).digest())
        known, faultless = self._known.pop(key, None), True
        if known is None:
            known, faultless = self._read(named)
        if faultless:
            self._known[key] = known
            if len(self._known) > KEPT:
                del self._known[next(iter(self._known))]
        sheet = copy(known)
        rules.extend(known.page_rules)
        sheet.page_rules, sheet.layers = rules, named["layers"]
        return sheet

    def _read(self, named: dict[str, Any]) -> tuple[Any, bool]:
        """Read a sheet with rules for pages of its own; say whether WeasyPrint found nothing to complain about."""
        listening = _Listening()
        LOGGER.addHandler(listening)
        try:
            return self._plain(**{**named, "page_rules": []}), not listening.heard
        finally:
            LOGGER.removeHandler(listening)


class _Listening(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard = False

    def emit(self, record: logging.LogRecord) -> None:
        del record
        self.heard = True


def _with_head_for_page(plain: Callable[..., Any]) -> Callable[..., Any]:
    return lambda page, *rest: plain(_head_of(page), *rest)


def _head_of(page: Any) -> Any:
    """Give the head of a page, where everything is that belongs there; otherwise the page."""
    root = page.etree_element
    if root.tag != "html" or not len(root) or root[0].tag != "head":
        return page
    apart = any(len(list(root.iter(name))) != len(list(root[0].iter(name))) for name in IN_HEAD)
    return page if apart else next(page.iter_children())
