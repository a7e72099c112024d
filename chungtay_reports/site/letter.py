"""What a report's DOCX holds, in order: headings, text, tables with their heads, annexes; to be shown as a page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from defusedxml import ElementTree

from chungtay_reports.official.docx.styles import NAMES
from chungtay_reports.site.drawn import Drawn, drawings, drawn_in
from chungtay_reports.site.plain import RUNNING, W

STYLES = {named.id: name for name, named in NAMES.items()}
RULED = "BangKe"  # the style of tables with rules; others lay out heads and signatures
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
ORDINALS = frozenset({"TT", "STT"})
BLANK = re.compile(r"[ \t\n\r]+")  # what wraps; a space that holds a number to its noun stays
NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")
NOTHING = frozenset({"", "-"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `label` is what stands over it, for rows that are shown one below the other."""

    text: str
    across: int = 1
    down: int = 1
    label: str = ""
    head: bool = False  # names its row
    number: bool = False  # stands in a column of numbers


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A heading (`level` 2 to 4), a paragraph (0), or a `note`: what is said of a drawing."""

    text: str
    level: int = 0
    note: bool = False


Piece = Words | Table | Drawn


@dataclass(frozen=True, slots=True)
class Annex:
    """“Phụ lục II” (`label` is “Phụ lục” when it is the only one), its title and what stands in it."""

    label: str
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The running text with its tables, then the annexes; heads, recipients and signatures are left out."""

    body: tuple[Piece, ...]
    annexes: tuple[Annex, ...]


def read_letter(data: bytes) -> Letter:
    """Read a DOCX that this program made."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = ElementTree.fromstring(package.read("word/document.xml")).find(f"{W}body")
        charts = drawings(package)
    parts: list[list[Any]] = [[]]
    for child in body if body is not None else ():
        if _style(child) == "annex_label":
            parts.append([])
        parts[-1].append(child)
    first, *rest = parts
    return Letter(tuple(_pieces(first, charts)), tuple(_annex(elements, charts) for elements in rest))


def _annex(elements: Sequence[Any], charts: Mapping[str, Drawn]) -> Annex:
    title = " ".join(_text(one) for one in elements if _style(one) == "annex_title")
    return Annex(_text(elements[0]), title, tuple(_pieces(elements, charts)))


def _pieces(elements: Sequence[Any], charts: Mapping[str, Drawn]) -> Iterator[Piece]:
    title = ""
    for one in elements:
        text, name = _text(one), _style(one)
        if one.tag == f"{W}tbl":
            found = _table(one, title)
            if found:
                yield found
                title = ""
        elif name == "table_title":
            title = text
        elif (drawing := one.find(f".//{DRAWING}")) is not None:
            yield drawn_in(one, charts) or Words(str(drawing.get("descr", "")), note=True)
        elif text and name == "caption":
            yield Words(text, note=True)
        elif text and one.find(f"{W}pPr/{W}pStyle") is not None and NAMES[name].id in RUNNING:
            yield Words(text, RUNNING[NAMES[name].id])


def _table(element: Any, title: str) -> Table | None:
    style = element.find(f"{W}tblPr/{W}tblStyle")
    rows = element.findall(f"{W}tr")
    heads = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
    if style is None or style.get(f"{W}val") != RULED or not heads:
        return None
    labels = _labels(heads)
    body = tuple(tuple(_row(row, labels)) for row in rows[len(heads) :])
    counted = _counted(body)
    return Table(
        title,
        tuple(tuple(_marked(row, counted)) for row in _heads(heads)),
        tuple(tuple(_marked(row, counted)) for row in body),
    )


def _counted(rows: Sequence[Sequence[Cell]]) -> frozenset[int]:
    """Find the columns that hold numbers and nothing else, the numbers of the rows aside."""
    columns: dict[int, list[Cell]] = {}
    for row in rows:
        at = 0
        for cell in row:
            if cell.across == 1 and cell.text not in NOTHING:
                columns.setdefault(at, []).append(cell)
            at += cell.across
    return frozenset(
        at
        for at, cells in columns.items()
        if all(NUMBER.fullmatch(cell.text) and cell.label not in ORDINALS for cell in cells)
    )


def _marked(row: Sequence[Cell], counted: frozenset[int]) -> Iterator[Cell]:
    """Mark the cells of a row that stand in columns of numbers; leave out those that go on from the row above."""
    at = 0
    for cell in row:
        if cell.down:
            yield replace(cell, number=cell.across == 1 and at in counted)
        at += cell.across


def _heads(rows: Sequence[Any]) -> Iterator[tuple[Cell, ...]]:
    """Read the head; a cell that goes on in the second row spans both, and is there again with no rows of its own."""
    for row in rows:
        cells = ((cell, cell.find(f"{W}tcPr/{W}vMerge")) for cell in row.findall(f"{W}tc"))
        yield tuple(Cell(_text(cell), _across(cell), _down(merge)) for cell, merge in cells)


def _down(merge: Any) -> int:
    if merge is None:
        return 1
    return 2 if merge.get(f"{W}val") == "restart" else 0


def _labels(rows: Sequence[Any]) -> tuple[str, ...]:
    """Say what stands over each column: “Chuyên đề: cấp trường”."""
    over: list[list[str]] = []
    for row in rows:
        texts = [_text(cell) for cell in row.findall(f"{W}tc") for _ in range(_across(cell))]
        over = [[*above, text] for above, text in zip(over or [[] for _ in texts], texts, strict=False)]
    return tuple(": ".join(filter(None, texts)) for texts in over)


def _row(row: Any, labels: Sequence[str]) -> Iterator[Cell]:
    at, named = 0, False
    for cell in row.findall(f"{W}tc"):
        label = labels[at] if at < len(labels) else ""
        across, text = _across(cell), _text(cell)
        head = not named and label not in ORDINALS and bool(text)
        named = named or head
        yield Cell(text, across, label=label if across == 1 else "", head=head)
        at += across


def _across(cell: Any) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if span is None else int(span.get(f"{W}val", "1"))


def _style(element: Any) -> str:
    style = element.find(f"{W}pPr/{W}pStyle")
    return STYLES.get("" if style is None else style.get(f"{W}val", ""), "")


def _text(element: Any) -> str:
    """Read the words of a paragraph or a cell, whose paragraphs stand below each other."""
    paragraphs = [element] if element.tag == f"{W}p" else element.findall(f"{W}p")
    lines = ("".join(run.text or "" for run in one.iter(f"{W}t")) for one in paragraphs)
    return BLANK.sub(" ", " ".join(line.replace("\u00ad", "") for line in lines)).strip()
