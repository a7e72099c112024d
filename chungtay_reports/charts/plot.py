"""A row of columns on an axis: where each stands, and which of their numbers have room to be printed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chungtay_reports.charts.ink import MUTED, TEAL, Links, rect, text
from chungtay_reports.charts.lettering import BOLD, LEADING, width
from chungtay_reports.charts.specs import Column

WIDEST = 46.0  # a lone column is not a wall
CLEAR = 3.0  # least distance between two numbers side by side


@dataclass(frozen=True, slots=True)
class Plot:
    """A row of columns: where it stands, how much one unit of number is, and which numbers are printed."""

    columns: tuple[Column, ...]
    left: float
    base: float  # y of the axis
    pitch: float
    scale: float  # height per unit of number
    label_size: float
    touch: float
    shown: frozenset[int]

    def centre(self, index: int) -> float:
        return self.left + (index + 0.5) * self.pitch

    def top(self, index: int) -> float:
        number = float(self.columns[index].datum.number)
        return self.base - max(number * self.scale, 1.0 if number else 0.0)


def span(plot: Plot, index: int, room: float) -> tuple[float, float]:
    """Find the stretch that a column's number takes, kept inside the chart."""
    wide = width(plot.columns[index].datum.text, plot.label_size, BOLD)
    start = min(max(plot.centre(index) - wide / 2, plot.left), max(room - wide, plot.left))
    return start, start + wide


def with_all_numbers(plot: Plot, room: float) -> Plot:
    """Choose the numbers to print: all when none touches its neighbour, else as many as stay clear, important ones first."""
    everything = range(len(plot.columns))
    spans = [span(plot, index, room) for index in everything]
    if all(_side_by_side(plot, spans[i], spans[i + 1]) for i in everything[:-1]):
        chosen = list(everything)
    else:
        chosen = []
        rest = sorted(everything, key=lambda index: -plot.columns[index].datum.number)
        chosen = clear_numbers(plot, [*by_weight(plot.columns), *rest], spans)
    return replace(plot, shown=frozenset(chosen))


def clear_numbers(plot: Plot, wanted: list[int], spans: list[tuple[float, float]]) -> list[int]:
    """Keep, in the order of weight, the numbers that touch neither each other nor a taller column."""
    chosen: list[int] = []
    for index in dict.fromkeys(wanted):
        if all(_apart(plot, index, other, spans) for other in chosen) and _free(plot, index, spans):
            chosen.append(index)
    return chosen


def by_weight(columns: tuple[Column, ...]) -> list[int]:
    """Order the columns that deserve a number: the largest, the last, then the emphasised."""
    last = len(columns) - 1
    largest = max(range(len(columns)), key=lambda index: (columns[index].datum.number, -index))
    chosen = [index for index, column in enumerate(columns) if column.emphasis]
    return list(dict.fromkeys((largest, last, *chosen)))


def _apart(plot: Plot, one: int, other: int, spans: list[tuple[float, float]]) -> bool:
    left, right = sorted((spans[one], spans[other]))
    far = max(plot.label_size * LEADING, plot.touch)
    return _side_by_side(plot, left, right) or abs(plot.top(one) - plot.top(other)) >= far


def _side_by_side(plot: Plot, left: tuple[float, float], right: tuple[float, float]) -> bool:
    return left[1] + CLEAR <= right[0] and sum(right) - sum(left) >= plot.touch * 2


def _free(plot: Plot, index: int, spans: list[tuple[float, float]]) -> bool:
    """Tell whether no taller column stands in the number's way."""
    half = plot.pitch * 0.36
    return all(
        plot.centre(other) + half <= spans[index][0]
        or plot.centre(other) - half >= spans[index][1]
        or plot.top(other) >= plot.top(index)
        for other in range(len(plot.columns))
    )


def marks(plot: Plot, owner: str = "") -> str:
    """Draw the columns; each says its number in a title, because not every number has room to be printed."""
    wide = min(plot.pitch * 0.72, WIDEST)
    chosen = any(column.emphasis for column in plot.columns)
    parts = []
    for index, column in enumerate(plot.columns):
        muted = chosen and not column.emphasis
        fill, cls = (MUTED, "ct-bar-muted") if muted else (TEAL, "ct-bar")
        x, top = plot.centre(index) - wide / 2, plot.top(index)
        parts.append(rect(x, top, wide, plot.base - top, fill=fill, cls=cls, said=name(column, owner)))
    return "".join(parts)


def numbers(plot: Plot, links: Links, room: float, owner: str = "") -> str:
    parts = []
    for index in sorted(plot.shown):
        column = plot.columns[index]
        start, _ = span(plot, index, room)
        number = text(start, plot.top(index) - 3, column.datum.text, plot.label_size, weight=BOLD, cls="ct-value")
        parts.append(links.wrap(column.datum.figure, name(column, owner), number))
    return "".join(parts)


def name(column: Column, owner: str) -> str:
    when = f"{column.label}/{column.group}" if column.group else column.label
    return f"{owner}{when}: {column.datum.text}"
