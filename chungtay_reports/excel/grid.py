"""The nouns of a spreadsheet: cells, sheets as sparse grids, and the place of a cell that a person can find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from chungtay_reports.errors import Place

MAX_ROWS = 20_000
MAX_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Spot(Place):
    """A cell: `line` is its row, `column` its column, both from 1; sorts by sheet, row, column.

    A sheet or a file as a whole is row 0 (and sheet “”).
    """

    sheet: str = ""
    order: int = 0
    pinned: tuple[int, int] | None = None

    def pin(self) -> Spot:
        """Return the same cell, which remembers itself: rules for text files count characters on from a place."""
        return replace(self, pinned=(self.line, self.column))

    def unpin(self) -> Spot:
        """Return the cell that was pinned, wherever a rule has counted to."""
        line, column = self.pinned or (self.line, self.column)
        return Spot(self.file, line, column, self.sheet, self.order)

    def __str__(self) -> str:
        if not self.sheet:
            return self.file
        return f"{self.file}: {self.sheet}" + (f"!{self.cell}" if self.line else "")

    @property
    def cell(self) -> str:
        """The cell as Excel names it: “D7”."""
        return f"{letters(self.column)}{self.line}"

    def _key(self) -> tuple[str, int, int, int]:
        return self.file, self.order, self.line, self.column

    def __lt__(self, other: Place) -> bool:
        return self._key() < _key(other)

    def __le__(self, other: Place) -> bool:
        return self._key() <= _key(other)

    def __gt__(self, other: Place) -> bool:
        return self._key() > _key(other)

    def __ge__(self, other: Place) -> bool:
        return self._key() >= _key(other)


def _key(place: Place) -> tuple[str, int, int, int]:
    return place.file, place.order if isinstance(place, Spot) else 0, place.line, place.column


def letters(column: int) -> str:
    """Name a column, counted from 1, as Excel does: 1 → A, 27 → AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class Oddity(Enum):
    """What a cell holds instead of a value."""

    FORMULA = "công thức"
    ERROR = "ô báo lỗi"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a person typed: text, a number (`int` when whole), a day, a truth value; `shown` is how it was written."""

    value: str | int | float | bool | date
    shown: str = ""
    oddity: Oddity | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: cells that hold something, by (row, column), and what Excel does not show of it."""

    name: str
    order: int
    cells: Mapping[tuple[int, int], Cell]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    merged: tuple[tuple[int, int], ...] = ()  # the first cell of each merged area
    beyond: tuple[int, int] | None = None  # the first cell outside the limits

    def spot(self, file: str, row: int = 0, column: int = 1) -> Spot:
        """Return the place of a cell of this sheet."""
        return Spot(file, row, column, self.name, self.order)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook, or a CSV file as a workbook of one sheet without a name of its own."""

    file: str
    grids: tuple[Grid, ...]
    csv: bool = False
