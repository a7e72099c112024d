"""Ruled tables of official papers as a page shows them: spans of the head, shares of the width."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chungtay_reports.edition import Cell
from chungtay_reports.official.paper import AnnexTable


@dataclass(frozen=True, slots=True)
class HeadCell:
    text: str
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """Cells with the alignment of their columns; `bold` for totals and headings."""

    cells: tuple[tuple[Cell, str], ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class RuledTable:
    """`widths` are percent of the table's width."""

    widths: tuple[float, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[Row, ...]


def ruled(table: AnnexTable) -> RuledTable:
    """Lay out a table: its total is its last row, its head has one row or, with groups, two."""
    aligns = tuple(column.align for column in table.columns)
    whole = sum(column.share for column in table.columns)
    rows = [Row(tuple(zip(row.cells, aligns, strict=True)), row.bold) for row in table.rows]
    if table.total:
        rows.append(Row(tuple(zip(table.total, aligns, strict=True)), bold=True))
    return RuledTable(
        widths=tuple(round(100 * column.share / whole, 3) for column in table.columns),
        head=tuple(_head(table)),
        rows=tuple(rows),
    )


def _head(table: AnnexTable) -> Iterator[tuple[HeadCell, ...]]:
    titles = [column.title for column in table.columns]
    if not table.groups:
        yield tuple(HeadCell(title) for title in titles)
        return
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    start = 0
    for name, across in table.groups:
        below = [HeadCell(title) for title in titles[start : start + across]]
        if name:
            upper.append(HeadCell(name, across=across))
            lower += below
        else:
            upper += [HeadCell(cell.text, down=2) for cell in below]
        start += across
    yield tuple(upper)
    yield tuple(lower)
