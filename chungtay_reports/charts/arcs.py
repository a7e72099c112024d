"""The arc diagram: units on a line, the inner ones first, and an arc for each pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
from chungtay_reports.charts.lettering import BOLD, LEADING, REGULAR, width, wrap
from chungtay_reports.charts.specs import Arc, ArcDiagram, Station

THINNEST, THICKEST = 1.2, 7.0
FLATTEST = 1.25  # an arc is at most this much deeper than half its span
SEPARATOR = " · "
GAP = 8.0  # between labels, numbers and the line
ARCS_SHARE = 0.18  # of the chart's width, at least, for arcs: labels and numbers take more lines before they take that
LABEL_SHARES = (0.2, 0.6)  # of the chart's width, at least and at most, for labels


@dataclass(frozen=True, slots=True)
class _Stop:
    """A station as it is written: its label in lines, and in rows the arcs whose numbers stand beside it."""

    station: Station
    label: tuple[str, ...]
    rows: tuple[tuple[Arc, ...], ...]

    def height(self, size: Size) -> float:
        return max(len(self.label) * size.text * LEADING, max(len(self.rows), 1) * size.touch)


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
    stops = _stops(chart, [*inner, *outer], size)
    at, height, heads = _heights(chart, [stops[: len(inner)], stops[len(inner) :]], size)
    labels = max(width(piece, size.text, BOLD) for stop in stops for piece in stop.label)
    numbers = max((_numbers_width(arcs, size) for stop in stops for arcs in stop.rows), default=0)
    axis = labels + GAP + numbers + GAP
    largest = float(max((arc.datum.number for arc in chart.arcs), default=0))
    label = {station.key: station.label for station in chart.stations}
    row = _Line(size, links, at, label, axis, max(size.width - axis - THICKEST / 2 - 1, 0.0), largest)
    drawn = sorted(chart.arcs, key=lambda arc: arc.emphasis)  # chosen arcs on top
    chosen = any(arc.emphasis for arc in chart.arcs)
    parts = [_arc(arc, row, chosen=chosen) for arc in drawn]
    parts += [_station(stop, row) for stop in stops]
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


def _stops(chart: ArcDiagram, stations: list[Station], size: Size) -> list[_Stop]:
    """Break labels and numbers into lines that leave the arcs their share of the width."""
    ends = _ends(chart.arcs, {station.key: place for place, station in enumerate(stations)})
    room = size.width * (1 - ARCS_SHARE) - 2 * GAP
    widest = max((_number_width(arc, size) for arc in chart.arcs), default=0)
    least, most = (size.width * share for share in LABEL_SHARES)
    pieces = [wrap(station.label, min(max(room - widest, least), most), size.text, BOLD) for station in stations]
    room -= max(width(piece, size.text, BOLD) for label in pieces for piece in label)
    return [
        _Stop(station, label, tuple(_in_rows(ends.get(station.key, []), room, size)))
        for station, label in zip(stations, pieces, strict=True)
    ]


def _ends(arcs: tuple[Arc, ...], place: dict[str, int]) -> dict[str, list[Arc]]:
    """Collect the arcs that end at each station: the lower of their two."""
    found: dict[str, list[Arc]] = defaultdict(list)
    for arc in arcs:
        found[max(arc.start, arc.end, key=place.__getitem__)].append(arc)
    for key, ending in found.items():
        ending.sort(key=lambda arc: min(place[arc.start], place[arc.end]))
        found[key] = ending
    return found


def _in_rows(arcs: list[Arc], room: float, size: Size) -> Iterator[tuple[Arc, ...]]:
    """Fill rows with numbers; one that is wider than a row has its own."""
    row: list[Arc] = []
    for arc in arcs:
        if row and _numbers_width([*row, arc], size) > room:
            yield tuple(row)
            row = []
        row.append(arc)
    if row:
        yield tuple(row)


def _heights(chart: ArcDiagram, groups: Sequence[Sequence[_Stop]], size: Size) -> tuple[dict[str, float], float, str]:
    """Give each station its height below a head for each of the two groups."""
    head = size.small * LEADING + 6
    at: dict[str, float] = {}
    parts = []
    y = 0.0
    for words, stops in zip((chart.inner, chart.outer), groups, strict=True):
        if stops:
            parts.append(lines(0, y, (words,), size.small, fill=QUIET, cls="ct-head"))
            y += head
            for stop in stops:
                high = stop.height(size)
                at[stop.station.key] = y + high / 2
                y += high
            y += 8
    return at, y, "".join(parts)


def _numbers_width(arcs: Sequence[Arc], size: Size) -> float:
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


def _station(stop: _Stop, row: _Line) -> str:
    size, y = row.size, row.at[stop.station.key]
    weight = BOLD if stop.station.inner else REGULAR
    leading = size.text * LEADING
    parts = [lines(0, y - len(stop.label) * leading / 2, stop.label, size.text, weight=weight)]
    first = y - (len(stop.rows) - 1) * size.touch / 2
    for number_of_row, arcs in enumerate(stop.rows):
        parts.append(_numbers(arcs, first + number_of_row * size.touch, row))
    parts.append(element("circle", cls="ct-dot", cx=row.axis, cy=y, r=2.6, fill=INK))
    return "".join(parts)


def _numbers(arcs: Sequence[Arc], middle: float, row: _Line) -> str:
    """Print the numbers of arcs side by side, up to the line of stations."""
    size, baseline = row.size, middle + row.size.text * RISE
    parts = []
    x = row.axis - GAP - _numbers_width(arcs, size)
    for index, arc in enumerate(arcs):
        colour, cls = (RED, "ct-value ct-value-chosen") if arc.emphasis else (INK, "ct-value")
        shown = text(x, baseline, arc.datum.text, size.text, weight=BOLD, fill=colour, cls=cls)
        parts.append(row.links.wrap(arc.datum.figure, _said(arc, row), shown))
        x += _number_width(arc, size)
        if index + 1 < len(arcs):
            between = x + _gap(arc, size) / 2
            parts.append(text(between, baseline, "·", size.text, anchor="middle", fill=QUIET, cls="ct-note"))
            x += _gap(arc, size)
    return "".join(parts)
