"""A whole paper as the bytes of a DOCX."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docx.document import Document as WordDocument

from chungtay_reports.official.docx.body import Page, blocks
from chungtay_reports.official.docx.ending import annex_end, annex_head, ending
from chungtay_reports.official.docx.head import head
from chungtay_reports.official.docx.ooxml import el
from chungtay_reports.official.docx.package import blank, packed
from chungtay_reports.official.docx.sections import section, set_running_lines
from chungtay_reports.official.docx.styles import RULE, set_styles
from chungtay_reports.official.docx.text import keep_with_next
from chungtay_reports.official.layout import Layout
from chungtay_reports.official.paper import Paper

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement


def docx(paper: Paper, layout: Layout) -> bytes:
    """Set a paper: the same paper and layout give the same bytes."""
    document = blank(paper)
    set_styles(document, layout)
    document.element.body.extend(_sheets(document, paper, layout))
    set_running_lines(document, paper.illustration)
    return packed(document)


def _sheets(document: WordDocument, paper: Paper, layout: Layout) -> Iterator[BaseOxmlElement]:
    """Set the paper and each annex; a section is described where it ends, the last one at the end of the document."""
    yield from head(paper, layout)
    body = list(blocks(Page(document, layout), paper.body))
    keep_with_next(body[-1])
    yield from body
    yield ending(paper, layout)
    described = section(layout)
    for annex in paper.annexes:
        yield _section_end(described)
        yield from annex_head(annex, paper, layout)
        yield from blocks(Page(document, layout, annex.landscape), annex.blocks)
        yield from annex_end(annex, layout)
        described = section(layout, landscape=annex.landscape)
    if not paper.annexes:
        yield el("p", el("pPr", el("pStyle", val=RULE)))  # a document does not end with a table
    yield described


def _section_end(described: BaseOxmlElement) -> BaseOxmlElement:
    return el("p", el("pPr", el("pStyle", val=RULE), described))
