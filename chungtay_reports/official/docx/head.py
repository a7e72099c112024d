"""The head of page 1: who writes, the nation's name, number and date, the title, to whom, on what grounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chungtay_reports.official.docx.ooxml import mm_twips, twips
from chungtay_reports.official.docx.styles import NAMES
from chungtay_reports.official.docx.tables import Across, borderless
from chungtay_reports.official.docx.text import blank, lined, paragraph, rule, run
from chungtay_reports.official.head import Head, fit_head, measure, title_lines
from chungtay_reports.official.layout import Layout
from chungtay_reports.official.paper import Letterhead, Paper
from chungtay_reports.official.phrases import BLANK, listed

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

ASCENT = 0.891  # of Times New Roman and its equals, in sizes
NUMBER_ROOM = 45.0  # mm: what a number needs of its column when a long name of place needs the rest
DATED = re.compile(r"(.*ngày)(\s+|\s\d\d\s)(tháng.*)")


def head(paper: Paper, layout: Layout) -> Iterator[BaseOxmlElement]:
    """Set everything above the first sentence."""
    yield _letterhead(paper.letterhead, layout)
    if paper.type_name:
        yield from _title(paper, layout)
    yield from _addressees(paper.addressees, layout)
    for line in listed(paper.bases):
        yield paragraph(NAMES["base"].id, run(line))


def _letterhead(head: Letterhead, layout: Layout) -> BaseOxmlElement:
    """Set the two columns; number and date share a row, so that they stand on one line below names of any length."""
    fitted, columns = fit_head(head, layout), layout.head
    grid = (NUMBER_ROOM, columns.issuer_width - NUMBER_ROOM, columns.gutter, columns.nation_width)
    issuer, nation = tuple(_issuer(fitted, layout)), tuple(_nation(layout))
    names = (Across(2, issuer), Across(1, (paragraph("Normal"),)), Across(1, nation))
    return borderless([mm_twips(column) for column in grid], names, _numbered(head, fitted, layout))


def _issuer(fitted: Head, layout: Layout) -> Iterator[BaseOxmlElement]:
    """Set the names of the issuer; the rule is a part of the last line."""
    for name, lines in (("superior", fitted.superior), ("office", fitted.office)):
        for line in lines:
            yield paragraph(NAMES[name].id, run(line, size=fitted.issuer_size))
    length = measure(layout.styles.office, layout, fitted.issuer_size)("".join(fitted.office[-1:]))
    yield rule(layout.head.issuer_width, length * layout.rules.office, layout.rules)


def _nation(layout: Layout) -> Iterator[BaseOxmlElement]:
    words = layout.words
    yield paragraph(NAMES["nation"].id, run(words.nation))
    yield paragraph(NAMES["motto"].id, run(words.motto))
    length = measure(layout.styles.motto, layout)(words.motto)
    yield rule(layout.head.nation_width, length * layout.rules.motto, layout.rules)


def _numbered(head: Letterhead, fitted: Head, layout: Layout) -> tuple[Across, ...]:
    """Set number and date; a date wider than its column takes the room that the number leaves."""
    before = twips(layout.head.number_before)
    lower = twips((fitted.place_date_size - layout.styles.number.size) * ASCENT)  # both stand on one line
    number = [paragraph(NAMES["number"].id, *_number(head, layout), before=before + lower)]
    if fitted.subject:
        words = lined(fitted.subject)
        number.append(paragraph(NAMES["subject"].id, *words, before=twips(layout.head.subject_before)))
    dated, style = tuple(_place_date(fitted)), NAMES["place_date"].id
    if fitted.overhang:
        return Across(1, number), Across(3, (paragraph(style, *dated, before=before, align="right"),))
    day = paragraph(style, *dated, before=before)
    return Across(2, number), Across(1, (paragraph("Normal"),)), Across(1, (day,))


def _number(head: Letterhead, layout: Layout) -> Iterator[BaseOxmlElement]:
    """Set the number as a control: of the blank for it, one space stays before what the clerk writes."""
    number = head.number.zfill(2) if head.number else BLANK * (layout.blanks.number - 1)
    yield run(f"{layout.words.number} ")
    yield blank("so", "Số", number, filled=bool(head.number))
    yield run(f"/{head.symbol}")


def _place_date(fitted: Head) -> Iterator[BaseOxmlElement]:
    """Set place and date with a control for the day; a space stays on either side of it."""
    parts = DATED.fullmatch(fitted.place_date)
    if not parts:
        raise ValueError(f"a date without a place for its day: {fitted.place_date}")
    before, day, after = parts.groups()
    size = fitted.place_date_size
    yield run(f"{before} ", size=size)
    yield blank("ngay", "Ngày", day[1:-1], filled=not day.isspace(), size=size)
    yield run(f" {after}", size=size)


def _title(paper: Paper, layout: Layout) -> Iterator[BaseOxmlElement]:
    """Set the type's name and the subject matter; the rule is a part of its last line."""
    lines = title_lines(paper.title, layout)
    yield paragraph(NAMES["type_name"].id, run(paper.type_name), keep=True)
    yield paragraph(NAMES["title"].id, *lined(lines), keep=True)
    length = measure(layout.styles.title, layout)(lines[-1]) * layout.rules.title
    yield rule(layout.page.text_width, length, layout.rules, after=layout.title_rule_after)


def _addressees(addressees: Sequence[str], layout: Layout) -> Iterator[BaseOxmlElement]:
    """Set one addressee beside the word; several below each other, as a centred block, with dashes under the colon."""
    style, word = NAMES["addressees"].id, layout.words.addressees
    lines = listed(addressees)
    if len(lines) == 1:
        yield paragraph(style, run(f"{word} {lines[0]}"), align="center")
    elif lines:
        length = measure(layout.styles.addressees, layout)
        colon = length(word.rstrip(":"))
        block = max(colon + length(f"- {line}") for line in lines)
        left, dash = max((layout.page.text_width - block) / 2, 0.0), length("- ")
        yield paragraph(style, run(word), left=mm_twips(left), keep=True)
        for line in lines:
            yield paragraph(
                style, run(f"- {line}"), left=mm_twips(left + colon + dash), hanging=mm_twips(dash), before=0
            )
