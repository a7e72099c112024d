"""Columns along time, alone or as small multiples on one scale."""

from __future__ import annotations

from dataclasses import dataclass

from chungtay_reports.charts.ink import INK, MUTED, QUIET, RISE, TEAL, Links, Size, Sketch, line, lines, rect, text
from chungtay_reports.charts.lettering import BOLD, LEADING, width, wrap
from chungtay_reports.charts.specs import Column, ColumnChart, Panel, PanelChart

COLUMN_HEIGHT = {"phone": 150, "column": 130, "wide": 170}
PANEL_HEIGHT = {"phone": 44, "column": 38, "wide": 44}
PANELS_ACROSS = {"phone": 2, "column": 3, "wide": 5}
PANEL_GAP = 16.0
WIDEST = 46.0  # a lone column is not a wall
CLEAR = 3.0  # least distance between two numbers


@dataclass(frozen=True, slots=True)
class _Plot:
    """A row of columns: where it stands, how much one unit of number is, and which numbers are printed."""

    columns: tuple[Column, ...]
    left: float
    base: float  # y of the axis
    pitch: float
    scale: float  # height per unit of number
    label_size: float
    shown: frozenset[int]

    def centre(self, index: int) -> float:
        return self.left + (index + 0.5) * self.pitch

    def top(self, index: int) -> float:
        number = float(self.columns[index].datum.number)
        return self.base - max(number * self.scale, 1.0 if number else 0.0)


def draw_columns(chart: ColumnChart, size: Size, links: Links) -> Sketch:
    """Draw one series along time; all numbers are printed where they fit, else the largest, the last and the chosen."""
    columns = chart.columns
    if not columns:
        return Sketch("", 0)
    height, roof = COLUMN_HEIGHT[size.name], size.text * LEADING + 2
    largest = float(max(column.datum.number for column in columns))
    pitch = min(size.width / len(columns), WIDEST * 1.5)
    scale = (height - roof) / largest if largest else 0
    plot = _Plot(columns, 0, height, pitch, scale, size.text, frozenset())
    plot = _with_numbers(plot, size.width)
    body = _marks(plot, chosen=any(c.emphasis for c in columns)) + _numbers(plot, links, size.width)
    axis = line(0, height, pitch * len(columns), height, stroke=INK)
    feet, feet_height = _feet(plot, size, height)
    return Sketch(body + axis + feet, height + feet_height)


def _span(plot: _Plot, index: int, room: float) -> tuple[float, float]:
    """Find the stretch that a column's number takes, kept inside the chart."""
    wide = width(plot.columns[index].datum.text, plot.label_size, BOLD)
    start = min(max(plot.centre(index) - wide / 2, plot.left), max(room - wide, plot.left))
    return start, start + wide


def _with_numbers(plot: _Plot, room: float) -> _Plot:
    """Choose the numbers to print: all when none touches its neighbour, else the important ones that stay clear."""
    everything = range(len(plot.columns))
    spans = [_span(plot, index, room) for index in everything]
    if all(spans[i][1] + CLEAR <= spans[i + 1][0] for i in everything[:-1]):
        chosen = list(everything)
    else:
        chosen = []
        for index in _by_weight(plot.columns):
            if all(_apart(plot, index, other, spans) for other in chosen) and _free(plot, index, spans):
                chosen.append(index)
    return _Plot(plot.columns, plot.left, plot.base, plot.pitch, plot.scale, plot.label_size, frozenset(chosen))


def _by_weight(columns: tuple[Column, ...]) -> list[int]:
    """Order the columns that deserve a number: the largest, the last, then the emphasised."""
    last = len(columns) - 1
    largest = max(range(len(columns)), key=lambda index: (columns[index].datum.number, -index))
    chosen = [index for index, column in enumerate(columns) if column.emphasis]
    return list(dict.fromkeys((largest, last, *chosen)))


def _apart(plot: _Plot, one: int, other: int, spans: list[tuple[float, float]]) -> bool:
    beside = spans[one][1] + CLEAR <= spans[other][0] or spans[other][1] + CLEAR <= spans[one][0]
    return beside or abs(plot.top(one) - plot.top(other)) >= plot.label_size * LEADING


def _free(plot: _Plot, index: int, spans: list[tuple[float, float]]) -> bool:
    """Tell whether no taller column stands in the number's way."""
    half = plot.pitch * 0.36
    return all(
        plot.centre(other) + half <= spans[index][0]
        or plot.centre(other) - half >= spans[index][1]
        or plot.top(other) >= plot.top(index)
        for other in range(len(plot.columns))
    )


def _marks(plot: _Plot, *, chosen: bool) -> str:
    wide = min(plot.pitch * 0.72, WIDEST)
    return "".join(
        rect(
            plot.centre(index) - wide / 2,
            plot.top(index),
            wide,
            plot.base - plot.top(index),
            MUTED if chosen and not column.emphasis else TEAL,
            "ct-bar-muted" if chosen and not column.emphasis else "ct-bar",
        )
        for index, column in enumerate(plot.columns)
        if column.datum.number
    )


def _numbers(plot: _Plot, links: Links, room: float, owner: str = "") -> str:
    parts = []
    for index in sorted(plot.shown):
        column = plot.columns[index]
        start, _ = _span(plot, index, room)
        number = text(start, plot.top(index) - 3, column.datum.text, plot.label_size, weight=BOLD, cls="ct-value")
        parts.append(links.wrap(column.datum.figure, _name(column, owner), number))
    return "".join(parts)


def _name(column: Column, owner: str) -> str:
    when = f"{column.label}/{column.group}" if column.group else column.label
    return f"{owner}{when}: {column.datum.text}"


def _feet(plot: _Plot, size: Size, base: float) -> tuple[str, float]:
    """Write the labels below the axis, every second or third when they are too wide, and the groups below them."""
    widest = max(width(column.label, size.small) for column in plot.columns)
    every = 1
    while widest + 2 > plot.pitch * every and every < len(plot.columns):
        every += 1
    first = base + 4
    parts = [
        lines(plot.centre(i), first, (column.label,), size.small, anchor="middle", fill=QUIET, cls="ct-tick")
        for i, column in enumerate(plot.columns)
        if i % every == 0
    ]
    groups = _groups(plot, size, first + size.small * LEADING)
    rows = 2 if groups else 1
    return "".join(parts) + groups, 6 + rows * size.small * LEADING


def _groups(plot: _Plot, size: Size, top: float) -> str:
    parts, end = [], 0.0
    for index, column in enumerate(plot.columns):
        starts = column.group and (index == 0 or plot.columns[index - 1].group != column.group)
        x = plot.centre(index) - min(plot.pitch, WIDEST) * 0.36
        if starts and x >= end:
            parts.append(lines(x, top, (column.group,), size.small, fill=QUIET, cls="ct-tick"))
            end = x + width(column.group, size.small) + CLEAR
    return "".join(parts)


def draw_panels(chart: PanelChart, size: Size, links: Links) -> Sketch:
    """Draw one small column chart per panel on a common scale; print the largest and the last number of each."""
    across = min(PANELS_ACROSS[size.name], max(len(chart.panels), 1))
    room = (size.width - PANEL_GAP * (across - 1)) / across
    numbers = [column.datum.number for panel in chart.panels for column in panel.columns]
    largest = float(max(numbers, default=0))
    parts: list[str] = []
    y = 0.0
    for start in range(0, len(chart.panels), across):
        row = chart.panels[start : start + across]
        heads = [_head(panel, room, size) for panel in row]
        head = max(len(pieces) for pieces in heads) * size.text * LEADING
        for index, (panel, pieces) in enumerate(zip(row, heads, strict=True)):
            body = _panel(panel, pieces, head, room, largest, size, links)
            parts.append(f'<g transform="translate({index * (room + PANEL_GAP):g} {y:g})">{body}</g>')
        y += round(head + PANEL_HEIGHT[size.name] + size.small * LEADING * 2 + 16)
    return Sketch("".join(parts), y)


def _head(panel: Panel, room: float, size: Size) -> tuple[str, ...]:
    total = width(panel.total.text, size.text) + 6 if panel.total else 0
    return wrap(panel.label, room - total, size.text, BOLD)


def _panel(
    panel: Panel, pieces: tuple[str, ...], head: float, room: float, largest: float, size: Size, links: Links
) -> str:
    parts = [lines(0, 0, pieces, size.text, weight=BOLD)]
    if panel.total:
        middle = size.text * (LEADING / 2 + RISE)
        total = text(room, middle, panel.total.text, size.text, anchor="end", fill=QUIET, cls="ct-value")
        parts.append(links.wrap(panel.total.figure, f"{panel.label}: {panel.total.text}", total))
    base = head + PANEL_HEIGHT[size.name] + size.small * LEADING + 2
    if panel.columns:
        scale = PANEL_HEIGHT[size.name] / largest if largest else 0
        plot = _Plot(panel.columns, 0, base, room / len(panel.columns), scale, size.small, frozenset())
        kept = frozenset(_panel_numbers(plot, room))
        plot = _Plot(plot.columns, 0, base, plot.pitch, scale, size.small, kept)
        parts.append(_marks(plot, chosen=any(c.emphasis for c in panel.columns)))
        parts.append(_numbers(plot, links, room, f"{panel.label}, "))
        parts.append(_ends(plot, room, size))
    parts.append(line(0, base, room, base, stroke=INK))
    return "".join(parts)


def _panel_numbers(plot: _Plot, room: float) -> list[int]:
    spans = [_span(plot, index, room) for index in range(len(plot.columns))]
    chosen: list[int] = []
    for index in _by_weight(plot.columns):
        if all(_apart(plot, index, other, spans) for other in chosen) and _free(plot, index, spans):
            chosen.append(index)
    return chosen


def _ends(plot: _Plot, room: float, size: Size) -> str:
    """Name the first and the last column below the axis."""
    names = [f"{c.label}/{c.group}" if c.group else c.label for c in (plot.columns[0], plot.columns[-1])]
    top = plot.base + 2
    first = lines(0, top, (names[0],), size.small, fill=QUIET, cls="ct-tick")
    if len(plot.columns) == 1 or sum(width(name, size.small) for name in names) + 6 > room:
        return first
    return first + lines(room, top, (names[1],), size.small, anchor="end", fill=QUIET, cls="ct-tick")
