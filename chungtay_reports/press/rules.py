"""Draw the rules of a table with collapsed borders as rules from edge to edge, not as four sides of each cell.

A table looks the same, and its pages are a fraction as long. Only solid opaque rules are joined, and only where all of
one weight have one colour, so that it does not matter which of two lies on top; any other table is left to WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from weasyprint import draw

# What WeasyPrint knows of a border: its score among others, and its style, width and colour.
Border = tuple[Any, tuple[str, float, Any]]
# A rule: the border that it shows, and the places where it begins and ends.
Rule = tuple[Border, float, float, float, float]


def draw_rules_whole() -> None:
    """Put the short way before WeasyPrint's own; `draw_table` looks the function up at each call."""
    draw.draw_collapsed_borders = _with_short_way(draw.draw_collapsed_borders)


def _with_short_way(plain: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def draw_collapsed_borders(stream: Any, table: Any) -> None:
        grid = _Grid(table)
        if grid.is_plain():
            _draw(stream, grid.rules())
        else:
            plain(stream, table)

    return draw_collapsed_borders


def _draw(stream: Any, rules: Iterator[Rule]) -> None:
    """Draw the rules of one kind in one stroke, the stronger ones on top."""
    for (_, (_, width, color)), alike in groupby(sorted(rules, key=lambda rule: rule[0][0]), key=lambda rule: rule[0]):
        with stream.artifact(), stream.stacked():
            stream.set_color(color, stroke=True)
            stream.set_line_width(width)
            for _, x1, y1, x2, y2 in alike:
                stream.move_to(x1, y1)
                stream.line_to(x2, y2)
            stream.stroke()


class _Grid:
    """The borders of the rows of a table that stand on one page."""

    def __init__(self, table: Any) -> None:
        self._table = table
        rows = [row for group in table.children for row in group.children]
        self._xs = [*table.column_positions]
        self._ys = [row.position_y for row in rows]
        self._vertical: list[list[Border]] = []
        self._horizontal: list[list[Border]] = []
        if rows and self._xs and not (table.skip_cell_border_top or table.skip_cell_border_bottom):
            self._xs.append(self._xs[-1] + table.column_widths[-1])
            self._ys.append(self._ys[-1] + rows[-1].height)
            self._take(*table.collapsed_border_grid)

    def _take(self, vertical: list[list[Border]], horizontal: list[list[Border]]) -> None:
        """Take from the borders of all rows those of this page: of the head, of the rows between, of the foot."""
        table, height = self._table, len(self._ys) - 1
        head = len(table.children[0].children) if table.children[0].is_header else 0
        foot = len(table.children[-1].children) if table.children[-1].is_footer else 0
        body = table.skipped_rows - head if table.skipped_rows else 0
        below = len(vertical) - height

        def place(row: int, last_of_head: int) -> int:
            if head and row < last_of_head:
                return row
            return row + below if foot and row >= height - foot else row + body

        self._vertical = [vertical[place(row, head)] for row in range(height)]
        self._horizontal = [horizontal[place(row, head + 1)] for row in range(height + 1)]

    def is_plain(self) -> bool:
        """Say whether the rules are solid and opaque, and all of one weight have one colour."""
        colors: dict[Any, Any] = {}
        kinds = {id(border): border for line in (*self._vertical, *self._horizontal) for border in line}
        for score, (style, width, color) in kinds.values():
            if (
                width
                and color.alpha
                and (style != "solid" or color.alpha < 1 or colors.setdefault(score, color) != color)
            ):
                return False
        return bool(self._vertical) and self._table.style["direction"] == "ltr"

    def rules(self) -> Iterator[Rule]:
        xs, ys = self._xs, self._ys
        for y, line in enumerate(self._horizontal):
            for border, first, last in _runs(line):
                start, end = xs[first] - self._half(first, y, across=True), xs[last] + self._half(last, y, across=True)
                yield border, start, ys[y], end, ys[y]
        for x in range(len(xs)):
            for border, first, last in _runs([row[x] for row in self._vertical]):
                start, end = ys[first] - self._half(x, first), ys[last] + self._half(x, last)
                yield border, xs[x], start, xs[x], end

    def _half(self, x: int, y: int, *, across: bool = False) -> float:
        """Half the width of the broadest rule that one ends at, where the lines of the grid cross."""
        if across:
            meeting = [self._vertical[row][x] for row in (y - 1, y) if 0 <= row < len(self._vertical)]
        else:
            line = self._horizontal[y]
            meeting = [line[column] for column in (x - 1, x) if 0 <= column < len(line)]
        return max((width for _, (_, width, _) in meeting), default=0) / 2


def _runs(line: list[Border]) -> Iterator[tuple[Border, int, int]]:
    """Find the stretches of a line with one visible border: where each begins, and where it ends."""
    start = 0
    for border, cells in groupby(line):
        end = start + len(list(cells))
        _, (_, width, color) = border
        if width and color.alpha:
            yield border, start, end
        start = end
