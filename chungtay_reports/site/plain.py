"""The text of an edition's files, passage by passage, for search: from its page, or from its DOCX when it has no page."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from defusedxml import ElementTree

from chungtay_reports.official.docx.styles import NAMES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLOCKS = {"p", "li", "h1", "h2", "h3", "blockquote", "figcaption", "caption", "td", "th"}
HIDDEN = {"head", "script", "style", "svg", "nav", "form", "footer", "template"}
# Parts of a bulletin's page that are not its text: opened proofs, the column beside the article.
APART = {"nguon", "ben-canh", "dau-trang", "nhay", "an", "bang-bao", "thoi-diem"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# The paragraphs of a report that make its running text, by their styles, and the level of heading that each is.
RUNNING = {NAMES[name].id: level for name, level in {"part": 2, "section": 2, "item": 3, "point": 4, "text": 0}.items()}
ANNEX = NAMES["annex_label"].id
_SUMMARY = re.compile(r'<meta name="description" content="([^"]*)">')


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading or cell; `anchor` is the id nearest to it, or empty.

    Of a DOCX: `level` is 0 for running text, 2 to 4 for headings, None for what stands in tables, heads and annexes.
    """

    text: str
    anchor: str = ""
    level: int | None = None


def html_summary(page: str) -> str:
    """Read what a page says about itself in one or two sentences."""
    found = _SUMMARY.search(page)
    return unescape(found[1]) if found else ""


def html_passages(page: str) -> tuple[Passage, ...]:
    """Read the running text of a bulletin's page, without proofs, drawings and navigation."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return tuple(reader.passages)


def docx_passages(data: bytes) -> tuple[Passage, ...]:
    """Read the paragraphs of a DOCX that this program made, those in tables too."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml")).find(f"{W}body")
    found, annexes = [], False
    for child in body if body is not None else ():
        for paragraph in child.iter(f"{W}p"):
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            name = "" if style is None else style.get(f"{W}val", "")
            annexes = annexes or name == ANNEX
            level = None if annexes or child is not paragraph else RUNNING.get(name)
            text = _clean("".join(run.text or "" for run in paragraph.iter(f"{W}t")))
            if text:
                found.append(Passage(text, level=level))
    return tuple(found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.passages: list[Passage] = []
        self._open: list[bool] = []  # of each open element: does it hide what is inside?
        self._words: list[str] = []
        self._anchor = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        hidden = tag in HIDDEN or not APART.isdisjoint((given.get("class") or "").split())
        if tag in BLOCKS:
            self._flush()
        if not hidden and not any(self._open):
            self._pass_by(given.get("id") or "")
        if tag not in VOID:
            self._open.append(hidden)

    def _pass_by(self, id_: str) -> None:
        """Remember a place to link to: the number inside this passage, or else the last heading or figure."""
        if id_.startswith("so-"):
            self._inside = self._inside or id_
        elif id_ != "noi-dung":
            self._anchor = id_ or self._anchor

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._flush()
        if tag not in VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._open):
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._flush()

    def _flush(self) -> None:
        text = _clean("".join(self._words))
        self._words.clear()
        if text:
            self.passages.append(Passage(text, self._inside or self._anchor))
        self._inside = ""


def _clean(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())
