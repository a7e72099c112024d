"""A whole paper as the bytes of a DOCX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from chungtay_reports.official.docx.body import Page, blocks
from chungtay_reports.official.docx.ending import annex_end, annex_head, ending
from chungtay_reports.official.docx.head import head
from chungtay_reports.official.docx.ooxml import el
from chungtay_reports.official.docx.package import blank, packed
from chungtay_reports.official.docx.sections import section, set_running_lines
from chungtay_reports.official.docx.styles import RULE, set_styles
from chungtay_reports.official.docx.text import keep_with_next, paragraph
from chungtay_reports.official.layout import Layout
from chungtay_reports.official.paper import Paper

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement


def docx(paper: Paper, layout: Layout, issued: datetime, code: str = "") -> bytes:
    """Set a paper: the same paper, layout, moment of issue and code of verification give the same bytes."""
    document = blank(paper, issued)
    set_styles(document, layout)
    document.element.body.extend(_sheets(document, paper, layout, code))
    set_running_lines(document, layout, paper.illustration, draft=paper.draft)
    return packed(document)


def _sheets(document: WordDocument, paper: Paper, layout: Layout, code: str) -> Iterator[BaseOxmlElement]:
    """Set the paper and each annex; a section is described where it ends, the last one at the end of the document."""
    yield from head(paper, layout)
    body = list(blocks(Page(document, layout), paper.body))
    if body and body[-1].tag == qn("w:tbl"):
        body.append(paragraph(RULE))
    for last in body[-1:]:
        keep_with_next(last)
    yield from body
    yield ending(paper, layout, code)
    described = section(layout)
    for annex in paper.annexes:
        yield _section_end(described)
        yield from annex_head(annex, paper, layout)
        pages = list(blocks(Page(document, layout, annex.landscape, annex=True), annex.blocks))
        yield from pages
        yield from annex_end(_last_words(pages), layout)
        described = section(layout, landscape=annex.landscape)
    if not paper.annexes:
        yield paragraph(RULE)  # a document does not end with a table
    yield described


def _last_words(elements: Sequence[BaseOxmlElement]) -> str:
    """Read the last paragraph; a table has no last words."""
    last = [element for element in elements[-1:] if element.tag == qn("w:p")]
    return "".join(text.text for paragraph in last for text in paragraph.iter(qn("w:t")))


def _section_end(described: BaseOxmlElement) -> BaseOxmlElement:
    return el("p", el("pPr", el("pStyle", val=RULE), described))
