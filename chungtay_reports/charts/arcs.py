"""The arc diagram: units on a line, the inner ones first, and an arc for each pair."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from chungtay_reports.charts.ink import (
    INK,
    MUTED,
    QUIET,
    RED,
    RISE,
    TEAL,
    Links,
    Size,
    Sketch,
    element,
    lines,
    number,
    text,
    title,
)
from chungtay_reports.charts.lettering import BOLD, LEADING, width
from chungtay_reports.charts.specs import Arc, ArcDiagram, Station

THINNEST, THICKEST = 1.2, 7.0
FLATTEST = 1.25  # an arc is at most this much deeper than half its span
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class _Line:
    """The line of stations: the height of each, and where labels, numbers and arcs stand."""

    size: Size
    links: Links
    at: dict[str, float]
    label: dict[str, str]
    axis: float  # x of the line
    room: float  # how deep arcs may go
    largest: float


def draw_arcs(chart: ArcDiagram, size: Size, links: Links) -> Sketch:
    """Draw labels on the left, each number beside the lower partner of its pair, arcs on the right.

    Outer stations are ordered so that arcs nest instead of cross: the partners of the last inner station come first.
    """
    inner, outer = _order(chart)
    if not inner + outer:
        return Sketch("", 0)
    at, height, heads = _heights(chart, inner, outer, size)
    label = {station.key: station.label for station in chart.stations}
    ends = _ends(chart.arcs, at)
    numbers = max((_numbers_width(arcs, size) for arcs in ends.values()), default=0)
    axis = max(width(name, size.text, BOLD) for name in label.values()) + 8 + numbers + 8
    largest = float(max((arc.datum.number for arc in chart.arcs), default=0))
    row = _Line(size, links, at, label, axis, size.width - axis - THICKEST / 2 - 1, largest)
    drawn = sorted(chart.arcs, key=lambda arc: arc.emphasis)  # chosen arcs on top
    chosen = any(arc.emphasis for arc in chart.arcs)
    parts = [_arc(arc, row, chosen=chosen) for arc in drawn]
    parts += [_station(station, ends.get(station.key, []), row) for station in (*inner, *outer)]
    return Sketch(heads + "".join(parts), height)


def _order(chart: ArcDiagram) -> tuple[list[Station], list[Station]]:
    inner = [station for station in chart.stations if station.inner]
    outer = [station for station in chart.stations if not station.inner]
    place = {station.key: index for index, station in enumerate(inner)}
    partners: dict[str, list[int]] = defaultdict(list)
    for arc in chart.arcs:
        for one, other in ((arc.start, arc.end), (arc.end, arc.start)):
            if other in place:
                partners[one].append(place[other])
    given = {station.key: index for index, station in enumerate(outer)}

    def nested(station: Station) -> tuple[float, int]:
        known = partners[station.key]
        mean = sum(known) / len(known) if known else -1.0
        return -mean, given[station.key]

    return inner, sorted(outer, key=nested)


def _heights(
    chart: ArcDiagram, inner: list[Station], outer: list[Station], size: Size
) -> tuple[dict[str, float], float, str]:
    """Give each station its height below a head for each of the two groups."""
    pitch, head = size.touch, size.small * LEADING + 6
    at: dict[str, float] = {}
    parts = []
    y = 0.0
    for words, stations in ((chart.inner, inner), (chart.outer, outer)):
        if stations:
            parts.append(lines(0, y, (words,), size.small, fill=QUIET, cls="ct-head"))
            y += head
            for station in stations:
                at[station.key] = y + pitch / 2
                y += pitch
            y += 8
    return at, y, "".join(parts)


def _ends(arcs: tuple[Arc, ...], at: dict[str, float]) -> dict[str, list[Arc]]:
    """Collect the arcs that end at each station: the lower of their two."""
    found: dict[str, list[Arc]] = defaultdict(list)
    for arc in arcs:
        found[max(arc.start, arc.end, key=at.__getitem__)].append(arc)
    for key, ending in found.items():
        ending.sort(key=lambda arc: min(at[arc.start], at[arc.end]))
        found[key] = ending
    return found


def _numbers_width(arcs: list[Arc], size: Size) -> float:
    return sum(_number_width(arc, size) + _gap(arc, size) for arc in arcs[:-1]) + sum(
        _number_width(arc, size) for arc in arcs[-1:]
    )


def _number_width(arc: Arc, size: Size) -> float:
    return width(arc.datum.text, size.text, BOLD)


def _gap(arc: Arc, size: Size) -> float:
    """Leave room after a number for the separator, and for a finger."""
    return max(width(SEPARATOR, size.text), size.touch - _number_width(arc, size))


def _thickness(arc: Arc, row: _Line) -> float:
    part = float(arc.datum.number) / row.largest if row.largest else 0.0
    return THINNEST + part * (THICKEST - THINNEST)


def _arc(arc: Arc, row: _Line, *, chosen: bool) -> str:
    top, bottom = sorted((row.at[arc.start], row.at[arc.end]))
    longest = max(row.at.values()) - min(row.at.values())
    down = (bottom - top) / 2
    depth = down * min(FLATTEST, row.room / (longest / 2)) if longest else 0
    colour, cls = (RED, "ct-arc-chosen") if arc.emphasis else (MUTED if chosen else TEAL, "ct-arc")
    axis = number(row.axis)
    path = f"M{axis} {number(top)}A{number(depth)} {number(down)} 0 0 1 {axis} {number(bottom)}"
    return element(
        "path", title(_said(arc, row)), cls=cls, d=path, fill="none", stroke=colour, stroke_width=_thickness(arc, row)
    )


def _said(arc: Arc, row: _Line) -> str:
    return f"{row.label[arc.start]} - {row.label[arc.end]}: {arc.datum.text}"


def _station(station: Station, ends: list[Arc], row: _Line) -> str:
    size, y = row.size, row.at[station.key]
    baseline = y + size.text * RISE
    weight = BOLD if station.inner else 400
    parts = [text(0, baseline, station.label, size.text, weight=weight)]
    x = row.axis - 8 - _numbers_width(ends, size)
    for index, arc in enumerate(ends):
        colour, cls = (RED, "ct-value ct-value-chosen") if arc.emphasis else (INK, "ct-value")
        shown = text(x, baseline, arc.datum.text, size.text, weight=BOLD, fill=colour, cls=cls)
        parts.append(row.links.wrap(arc.datum.figure, _said(arc, row), shown))
        x += _number_width(arc, size)
        if index + 1 < len(ends):
            middle = x + _gap(arc, size) / 2
            parts.append(text(middle, baseline, "·", size.text, anchor="middle", fill=QUIET, cls="ct-note"))
            x += _gap(arc, size)
    parts.append(element("circle", cls="ct-dot", cx=row.axis, cy=y, r=2.6, fill=INK))
    return "".join(parts)
