"""Small multiples: one small column chart per unit, all on one scale."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chungtay_reports.charts.ink import INK, QUIET, RISE, Links, Size, Sketch, line, lines, moved, text
from chungtay_reports.charts.lettering import BOLD, LEADING, width, wrap
from chungtay_reports.charts.plot import Plot, by_weight, clear_numbers, marks, numbers, span
from chungtay_reports.charts.specs import Panel, PanelChart

HEIGHT = {"phone": 44, "column": 38, "wide": 44}
ACROSS = {"phone": 2, "column": 3, "wide": 5}
GAP = 16.0


@dataclass(frozen=True, slots=True)
class _Frame:
    """The measures that the panels of one row share."""

    size: Size
    links: Links
    room: float  # width of a panel
    head: float  # height of the labels
    scale: float  # height per unit of number

    @property
    def roof(self) -> float:
        """The room for a number above the highest column."""
        return max(self.size.small * LEADING + 2, self.size.touch)

    @property
    def base(self) -> float:
        return self.head + self.roof + HEIGHT[self.size.name]


def draw_panels(chart: PanelChart, size: Size, links: Links) -> Sketch:
    """Draw one small column chart per panel on a common scale; print the largest and the last number of each."""
    across = min(ACROSS[size.name], max(len(chart.panels), 1))
    room = (size.width - GAP * (across - 1)) / across
    largest = float(max((column.datum.number for panel in chart.panels for column in panel.columns), default=0))
    scale = HEIGHT[size.name] / largest if largest else 0
    parts: list[str] = []
    y = 0.0
    for start in range(0, len(chart.panels), across):
        row = chart.panels[start : start + across]
        heads = [_head(panel, room, size) for panel in row]
        frame = _Frame(size, links, room, max(len(pieces) for pieces in heads) * size.text * LEADING, scale)
        for index, (panel, pieces) in enumerate(zip(row, heads, strict=True)):
            parts.append(moved(index * (room + GAP), y, _panel(panel, pieces, frame)))
        y += round(frame.base + size.small * LEADING + 14)
    return Sketch("".join(parts), y)


def _head(panel: Panel, room: float, size: Size) -> tuple[str, ...]:
    total = width(panel.total.text, size.text) + 6 if panel.total else 0
    return wrap(panel.label, room - total, size.text, BOLD)


def _panel(panel: Panel, pieces: tuple[str, ...], frame: _Frame) -> str:
    size, links, room = frame.size, frame.links, frame.room
    parts = [lines(0, 0, pieces, size.text, weight=BOLD)]
    if panel.total:
        middle = size.text * (LEADING / 2 + RISE)
        total = text(room, middle, panel.total.text, size.text, anchor="end", fill=QUIET, cls="ct-value")
        parts.append(links.wrap(panel.total.figure, f"{panel.label}: {panel.total.text}", total))
    if panel.columns:
        pitch = room / len(panel.columns)
        plot = Plot(panel.columns, 0, frame.base, pitch, frame.scale, size.small, size.touch, frozenset())
        spans = [span(plot, index, room) for index in range(len(panel.columns))]
        plot = replace(plot, shown=frozenset(clear_numbers(plot, by_weight(panel.columns), spans)))
        parts.append(marks(plot, f"{panel.label}, "))
        parts.append(numbers(plot, links, room, f"{panel.label}, "))
        parts.append(_ends(plot, room, size))
    parts.append(line(0, frame.base, room, frame.base, stroke=INK))
    return "".join(parts)


def _ends(plot: Plot, room: float, size: Size) -> str:
    """Name the first and the last column below the axis, as far as they have room."""
    names = [f"{c.label}/{c.group}" if c.group else c.label for c in (plot.columns[0], plot.columns[-1])]
    wide = [width(name, size.small) for name in names]
    parts = []
    if wide[0] <= room:
        parts.append(lines(0, plot.base + 2, (names[0],), size.small, fill=QUIET, cls="ct-tick"))
    if len(plot.columns) > 1 and sum(wide) + 6 <= room:
        parts.append(lines(room, plot.base + 2, (names[1],), size.small, anchor="end", fill=QUIET, cls="ct-tick"))
    return "".join(parts)
