"""Tables: the ruled ones of the text and the annexes, and the borderless ones that hold the head and the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from chungtay_reports.official.docx.ooxml import eighths, el, mm_twips
from chungtay_reports.official.docx.styles import NAMES, RULED, UNRULED
from chungtay_reports.official.docx.text import paragraph, run, runs
from chungtay_reports.official.layout import Layout
from chungtay_reports.official.paper import AnnexRow, AnnexTable

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True, slots=True)
class Across:
    """Paragraphs in a cell that spans so many columns of a borderless table."""

    columns: int
    paragraphs: Sequence[BaseOxmlElement]


def ruled(table: AnnexTable, layout: Layout, *, landscape: bool, whole: bool = False) -> BaseOxmlElement:
    """Draw a ruled table as wide as the text: its head is repeated, no row breaks, the total follows a row.

    A `whole` table goes over to the next page as one: each of its rows stays with the next.
    """
    sheet, look = layout.sheet(landscape=landscape), layout.tables
    widths = shared(mm_twips(sheet.text_width), [column.share for column in table.columns])
    padding = (mm_twips(look.padding_x), mm_twips(look.padding_y))
    made = _table(widths, RULED, _borders("single", look.border), padding)
    style = NAMES["wide_table" if landscape else "table"].id
    made.extend(_head(table, widths, style))
    last = len(table.rows) - 1
    for number, row in enumerate(table.rows):
        keep = bool(table.total) if number == last else whole
        made.append(_row(table, widths, style, row, keep=keep))
    if table.total:
        made.append(_row(table, widths, style, AnnexRow(table.total, bold=True)))
    return made


def borderless(widths: Sequence[int], *rows: Sequence[Across]) -> BaseOxmlElement:
    """Set paragraphs side by side in rows that never break, from the left margin on."""
    made = _table(widths, UNRULED, _borders("nil", 0), (0, 0))
    for row in rows:
        made.append(el("tr", el("trPr", el("cantSplit")), *_across(widths, row)))
    return made


def _across(widths: Sequence[int], row: Sequence[Across]) -> Iterator[BaseOxmlElement]:
    at = 0
    for across in row:
        yield _cell(sum(widths[at : at + across.columns]), across.paragraphs, span=across.columns)
        at += across.columns


def shared(room: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Divide a width by shares, to the last twip."""
    whole = sum(shares)
    edges = [round(room * sum(shares[:count]) / whole) for count in range(len(shares) + 1)]
    return tuple(right - left for left, right in pairwise(edges))


def _table(widths: Sequence[int], style: str, borders: BaseOxmlElement, padding: tuple[int, int]) -> BaseOxmlElement:
    """Begin a table of fixed widths; its text stands `padding` (across, down) inside its borders."""
    across, down = padding
    return el(
        "tbl",
        el(
            "tblPr",
            el("tblStyle", val=style),
            el("tblW", w=sum(widths), type="dxa"),
            el("tblInd", w=0, type="dxa"),
            borders,
            el("tblLayout", type="fixed"),
            el(
                "tblCellMar",
                el("top", w=down, type="dxa"),
                el("left", w=across, type="dxa"),
                el("bottom", w=down, type="dxa"),
                el("right", w=across, type="dxa"),
            ),
            el("tblLook", val="0020"),
        ),
        el("tblGrid", *(el("gridCol", w=width) for width in widths)),
    )


def _borders(kind: str, weight: float) -> BaseOxmlElement:
    drawn: dict[str, str | float] = {"sz": eighths(weight), "space": 0, "color": "000000"} if weight else {}
    return el("tblBorders", *(el(side, val=kind, **drawn) for side in SIDES))


def _head(table: AnnexTable, widths: Sequence[int], style: str) -> list[BaseOxmlElement]:
    """Set the head: one row of titles, or two when titles stand over groups; a column without a group spans both."""
    groups = table.groups or ((" ", len(widths)),)
    upper, lower, at = [], [], 0
    for title, span in groups:
        if title:
            upper.append(_title(title, sum(widths[at : at + span]), style, span=span))
        for column, width in zip(table.columns[at : at + span], widths[at : at + span], strict=True):
            if title:
                lower.append(_title(column.title, width, style))
            else:
                upper.append(_title(column.title, width, style, merge="restart"))
                lower.append(_title("", width, style, merge="continue"))
        at += span
    rows = (upper, lower) if table.groups else (lower,)
    return [el("tr", el("trPr", el("cantSplit"), el("tblHeader")), *row) for row in rows]


def _title(title: str, width: int, style: str, *, span: int = 1, merge: str = "") -> BaseOxmlElement:
    pieces = (run(title, "b"),) if title else ()
    return _cell(width, (paragraph(style, *pieces, align="center", keep=True),), span=span, merge=merge, middle=True)


def _row(table: AnnexTable, widths: Sequence[int], style: str, row: AnnexRow, *, keep: bool = False) -> BaseOxmlElement:
    made = el("tr", el("trPr", el("cantSplit")))
    for cell, width, column in zip(row.cells, widths, table.columns, strict=True):
        marks = ("b",) if row.bold or cell.header else ()
        text = paragraph(style, *runs(cell.inlines, *marks), align=column.align, keep=keep)
        made.append(_cell(width, (text,), middle=True))
    return made


def _cell(
    width: int, paragraphs: Sequence[BaseOxmlElement], *, span: int = 1, merge: str = "", middle: bool = False
) -> BaseOxmlElement:
    properties = el("tcPr", el("tcW", w=width, type="dxa"))
    if span > 1:
        properties.append(el("gridSpan", val=span))
    if merge:
        properties.append(el("vMerge", val=merge))
    if middle:
        properties.append(el("vAlign", val="center"))
    return el("tc", properties, *paragraphs)
