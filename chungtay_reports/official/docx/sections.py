"""Sections: sheets upright and across, page numbers that begin anew in every annex, the notice at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from docx.document import Document as WordDocument
from docx.section import _BaseHeaderFooter  # what headers and footers have in common

from chungtay_reports.official.docx.ooxml import el, mm_twips
from chungtay_reports.official.docx.styles import NAMES
from chungtay_reports.official.docx.text import page_number, paragraph, run
from chungtay_reports.official.layout import Layout

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement


def section(layout: Layout, *, landscape: bool = False) -> BaseOxmlElement:
    """Describe a section that begins on a new page with page 1, whose number is not shown."""
    sheet = layout.sheet(landscape=landscape)
    margins = {side: mm_twips(getattr(sheet, side)) for side in ("top", "right", "bottom", "left", "header", "footer")}
    return el(
        "sectPr",
        el("type", val="nextPage"),
        el(
            "pgSz",
            w=mm_twips(sheet.width),
            h=mm_twips(sheet.height),
            **({"orient": "landscape"} if landscape else {}),
        ),
        el("pgMar", **margins, gutter=0),
        el("pgNumType", start=1),
        el("titlePg"),
    )


def set_running_lines(document: WordDocument, layout: Layout, notice: str, *, draft: bool) -> None:
    """Give the first section its head and foot, which the annexes share: number from page 2 on, the rest on every page."""
    first = document.sections[0]
    style = NAMES["page_number"].id
    marks = [_draft_mark(layout)] if draft else []
    _set(first.first_page_header, [*marks, paragraph(style)])
    _set(first.header, [*deepcopy(marks), paragraph(style, *page_number())])
    for footer in (first.first_page_footer, first.footer) if notice else ():
        _set(footer, [paragraph(NAMES["notice"].id, run(notice))])


def _draft_mark(layout: Layout) -> BaseOxmlElement:
    """Set the mark in a frame of its own at the left of the upper margin, so that the page number stays where it is."""
    mark = paragraph(NAMES["page_number"].id, run(layout.words.draft, "b", size=layout.styles.draft.size), align="left")
    frame = el(
        "framePr", wrap="around", hAnchor="margin", vAnchor="page", xAlign="left", y=mm_twips(layout.page.header)
    )
    mark[0].insert(1, frame)
    return mark


def _set(line: _BaseHeaderFooter, paragraphs: Sequence[BaseOxmlElement]) -> None:
    line.is_linked_to_previous = False
    element = line._element  # noqa: SLF001 - the only way to its XML
    for child in list(element):
        element.remove(child)
    element.extend(paragraphs)
