"""Settle which border of a table with collapsed borders wins, reading the borders of each style once.

WeasyPrint 70 reads style, width and colour of four sides from the style of every cell, row and column. They are as many
as there are styles: a handful. The order in which borders are set, and so which wins, is WeasyPrint's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import build
from weasyprint.layout.table import TRANSPARENT

# From weak to strong, as CSS has them.
STYLES = ("none", "inset", "groove", "outset", "ridge", "dotted", "dashed", "solid", "double", "hidden")
STRENGTH = {style: strength for strength, style in enumerate(STYLES)}
DRAWN_AS = {"inset": "ridge", "outset": "groove"}

Border = tuple[tuple[int, float, int], tuple[str, float, Any]]  # score; style, width, colour
NONE: Border = ((0, 0, STRENGTH["none"]), ("none", 0, TRANSPARENT))
WITHIN: Border = ((1, 0, STRENGTH["hidden"]), ("hidden", 0, TRANSPARENT))
SIDES = ("left", "right", "top", "bottom")


def settle_borders_by_style() -> None:
    """Put the short way before WeasyPrint's own; `wrap_table` looks the function up at each call."""
    build.collapse_table_borders = _with_short_way(build.collapse_table_borders)


def _with_short_way(plain: Callable[..., Any]) -> Callable[..., Any]:
    def collapse_table_borders(table: Any, grid_width: int, grid_height: int) -> Any:
        if not (grid_width and grid_height) or table.style["direction"] != "ltr":
            return plain(table, grid_width, grid_height)
        grid = _Grid(table, grid_width, grid_height)
        grid.settle()
        grid.give_widths()
        return grid.vertical, grid.horizontal

    return collapse_table_borders


class _Grid:
    """The borders between the cells of a table: `vertical` by row, and `horizontal`."""

    def __init__(self, table: Any, width: int, height: int) -> None:
        self._table, self._width, self._height = table, width, height
        self.vertical = [[NONE] * (width + 1) for _ in range(height)]
        self.horizontal = [[NONE] * width for _ in range(height + 1)]
        self._known: dict[int, tuple[Border | None, ...]] = {}

    def settle(self) -> None:
        """Let cells win over rows, rows over groups, then columns, their groups, and the table."""
        table, columns = self._table, self._table.column_groups
        for y, row in self._rows():
            for cell in row.children:
                x, width, height = cell.grid_x, cell.colspan, cell.rowspan
                if width > 1 or height > 1:
                    self._open(x, y, width, height)
                self._frame(cell, x, y, width, height)
        for y, row in self._rows():
            self._frame(row, 0, y, self._width, 1)
        y = 0
        for group in table.children:
            self._frame(group, 0, y, self._width, len(group.children))
            y += len(group.children)
        for column in (column for group in columns for column in group.children):
            self._frame(column, column.grid_x, 0, 1, self._height)
        for group in columns:
            self._frame(group, group.grid_x, 0, group.span, self._height)
        self._frame(table, 0, 0, self._width, self._height)

    def _rows(self) -> Iterator[tuple[int, Any]]:
        return enumerate(row for group in self._table.children for row in group.children)

    def _open(self, x: int, y: int, width: int, height: int) -> None:
        """Let no border cross a cell that spans columns or rows."""
        for row in self.vertical[y : y + height]:
            row[x + 1 : x + width] = [WITHIN] * (width - 1)
        for row in self.horizontal[y + 1 : y + height]:
            row[x : x + width] = [WITHIN] * width

    def _frame(self, box: Any, x: int, y: int, width: int, height: int) -> None:
        sides = self._known.get(id(box.style))
        if sides is None:
            sides = self._known[id(box.style)] = _sides(box.style)
        left, right, top, bottom = sides
        for border, column in ((left, x), (right, x + width)):
            if border:
                for row in self.vertical[y : y + height]:
                    if row[column][0] < border[0]:
                        row[column] = border
        for border, row in ((top, self.horizontal[y]), (bottom, self.horizontal[y + height])):
            if border:
                for column in range(x, x + width):
                    if row[column][0] < border[0]:
                        row[column] = border

    def give_widths(self) -> None:
        """Give each cell, and the table, half the width of the borders around it; everything else has none."""
        for y, row in self._rows():
            for cell in row.children:
                self._give(cell, cell.grid_x, y, cell.colspan, cell.rowspan)
            _give(row, 0, 0, 0, 0)
        for box in (*self._table.children, *self._table.column_groups):
            _give(box, 0, 0, 0, 0)
        for group in self._table.column_groups:
            for column in group.children:
                _give(column, 0, 0, 0, 0)
        left, right = self.vertical[0][0], self.vertical[0][self._width]
        top, bottom = (max(border[1][1] for border in self.horizontal[y]) for y in (0, self._height))
        _give(self._table, left[1][1], right[1][1], top, bottom)

    def _give(self, cell: Any, x: int, y: int, width: int, height: int) -> None:
        if width == height == 1:
            row, above, below = self.vertical[y], self.horizontal[y], self.horizontal[y + 1]
            _give(cell, row[x][1][1], row[x + 1][1][1], above[x][1][1], below[x][1][1])
            return
        rows, columns = self.vertical[y : y + height], slice(x, x + width)
        left, right = (max(row[column][1][1] for row in rows) for column in (x, x + width))
        top, bottom = (max(border[1][1] for border in self.horizontal[row][columns]) for row in (y, y + height))
        _give(cell, left, right, top, bottom)


def _give(box: Any, left: float, right: float, top: float, bottom: float) -> None:
    box.border_left_width, box.border_right_width = left / 2, right / 2
    box.border_top_width, box.border_bottom_width = top / 2, bottom / 2


def _sides(style: Any) -> tuple[Border | None, ...]:
    """Read the four borders of a style; None for one that wins over nothing."""
    return tuple(border if border[0] > NONE[0] else None for border in (_border(style, side) for side in SIDES))


def _border(style: Any, side: str) -> Border:
    line, width = style[f"border_{side}_style"], style[f"border_{side}_width"]
    score = (1 if line == "hidden" else 0, width, STRENGTH[line])
    return score, (DRAWN_AS.get(line, line), width, get_color(style, f"border_{side}_color"))
