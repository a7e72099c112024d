"""What a report's DOCX holds, in order: headings, text, tables with their heads, annexes; to be shown as a page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from defusedxml import ElementTree

from chungtay_reports.official.docx.styles import NAMES
from chungtay_reports.site.plain import RUNNING, W

STYLES = {named.id: name for name, named in NAMES.items()}
RULED = "BangKe"  # the style of tables with rules; others lay out heads and signatures
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
ORDINALS = frozenset({"TT", "STT"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `label` is what stands over it, for rows that are shown one below the other."""

    text: str
    across: int = 1
    down: int = 1
    label: str = ""
    head: bool = False  # names its row


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


Piece = Words | Table


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
    parts: list[list[Any]] = [[]]
    for child in body if body is not None else ():
        if _style(child) == "annex_label":
            parts.append([])
        parts[-1].append(child)
    first, *rest = parts
    return Letter(tuple(_pieces(first)), tuple(map(_annex, rest)))


def _annex(elements: Sequence[Any]) -> Annex:
    title = " ".join(_text(one) for one in elements if _style(one) == "annex_title")
    return Annex(_text(elements[0]), title, tuple(_pieces(elements)))


def _pieces(elements: Sequence[Any]) -> Iterator[Piece]:
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
        elif name == "caption" or one.find(f".//{DRAWING}") is not None:
            drawn = one.find(f".//{DRAWING}")
            said = text or ("" if drawn is None else str(drawn.get("descr", "")))
            yield from (Words(said, note=True) for _ in range(bool(said)))
        elif text and one.find(f"{W}pPr/{W}pStyle") is not None and NAMES[name].id in RUNNING:
            yield Words(text, RUNNING[NAMES[name].id])


def _table(element: Any, title: str) -> Table | None:
    style = element.find(f"{W}tblPr/{W}tblStyle")
    rows = element.findall(f"{W}tr")
    heads = [row for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
    if style is None or style.get(f"{W}val") != RULED or not heads:
        return None
    labels = _labels(heads)
    body = (tuple(_row(row, labels)) for row in rows[len(heads) :])
    return Table(title, tuple(_heads(heads)), tuple(body))


def _heads(rows: Sequence[Any]) -> Iterator[tuple[Cell, ...]]:
    """Read the head; a cell that goes on in the second row spans both."""
    for row in rows:
        cells = ((cell, cell.find(f"{W}tcPr/{W}vMerge")) for cell in row.findall(f"{W}tc"))
        yield tuple(
            Cell(_text(cell), _across(cell), 2 if merge is not None else 1)
            for cell, merge in cells
            if merge is None or merge.get(f"{W}val") == "restart"
        )


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
    return " ".join(" ".join(line.replace("\u00ad", "").split()) for line in lines).strip()
