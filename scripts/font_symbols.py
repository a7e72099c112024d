"""Signs that the foundries' slices lack, drawn from straight strokes in the weight of each face's own minus sign."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import Any

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes of a face in font units: cap height, stroke thickness, height of the maths axis, advance of a figure."""

    cap: float
    stroke: float
    axis: float
    figure: float


def measures(font: TTFont) -> Measures:
    """Take the sizes from the H, the minus (or hyphen), and the zero of a face."""
    cmap, glyf = font.getBestCmap(), font["glyf"]
    minus = glyf[cmap.get(0x2212, cmap[0x2D])]
    return Measures(
        cap=glyf[cmap[ord("H")]].yMax,
        stroke=minus.yMax - minus.yMin,
        axis=(minus.yMax + minus.yMin) / 2,
        figure=font["hmtx"][cmap[ord("0")]][0],
    )


def _stroke(start: Point, end: Point, width: float) -> list[Point]:
    """Outline a straight stroke, clockwise."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    nx, ny = -dy / length * width / 2, dx / length * width / 2
    return [
        (start[0] + nx, start[1] + ny),
        (end[0] + nx, end[1] + ny),
        (end[0] - nx, end[1] - ny),
        (start[0] - nx, start[1] - ny),
    ]


def _box(x: float, y: float, width: float, height: float) -> list[Point]:
    return [(x, y), (x, y + height), (x + width, y + height), (x + width, y)]


def _frame(x: float, y: float, size: float, stroke: float) -> list[list[Point]]:
    inner = _box(x + stroke, y + stroke, size - 2 * stroke, size - 2 * stroke)
    return [_box(x, y, size, size), inner[::-1]]


def _compare(m: Measures, *, greater: bool) -> tuple[float, list[list[Point]]]:
    left, right = m.figure * 0.12, m.figure * 0.88
    tip, tail = (right, left) if greater else (left, right)
    reach = (right - left) * 0.42
    high, middle, low = m.axis + m.stroke + reach, m.axis + m.stroke, m.axis + m.stroke - reach
    foot = low - m.stroke * 1.6
    return m.figure, [
        _stroke((tail, high), (tip, middle), m.stroke),
        _stroke((tip, middle), (tail, low), m.stroke),
        _box(left, foot - m.stroke / 2, right - left, m.stroke),
    ]


def _arrow(m: Measures, dx: int, dy: int) -> tuple[float, list[list[Point]]]:
    advance, reach = m.cap * 1.3, m.cap * 0.52
    centre_x, centre_y = advance / 2, m.cap / 2
    scale = reach / hypot(dx, dy)
    ux, uy = dx * scale, dy * scale
    head = (centre_x + ux, centre_y + uy)
    back = (0.42 * ux, 0.42 * uy)
    barbs = [
        (head[0] - 1.6 * back[0] - 1.4 * back[1], head[1] - 1.6 * back[1] + 1.4 * back[0]),
        (head[0] - 1.6 * back[0] + 1.4 * back[1], head[1] - 1.6 * back[1] - 1.4 * back[0]),
    ]
    shaft = _stroke((centre_x - ux, centre_y - uy), head, m.stroke)
    return advance, [shaft, *(_stroke(barb, head, m.stroke) for barb in barbs)]


def _triangle(m: Measures, *, up: bool) -> tuple[float, list[list[Point]]]:
    side = m.cap * 0.95
    left, bottom = m.cap * 0.08, m.cap * 0.06
    top = bottom + side * 0.88
    points: list[Point] = [(left, bottom), (left + side / 2, top), (left + side, bottom)]
    if not up:
        points = [(left, top), (left + side, top), (left + side / 2, bottom)]
    return side + 2 * left, [points]


def _square(m: Measures, *, filled: bool, tick: bool = False) -> tuple[float, list[list[Point]]]:
    size, x = m.cap * 0.98, m.cap * 0.1
    outlines = [_box(x, 0, size, size)] if filled else _frame(x, 0, size, m.stroke * 0.8)
    return size + 2 * x, outlines + (_tick_strokes(m, x, size) if tick else [])


def _tick_strokes(m: Measures, x: float, size: float) -> list[list[Point]]:
    start, turn, end = (x + size * 0.2, size * 0.52), (x + size * 0.42, size * 0.24), (x + size * 0.84, size * 0.8)
    return [_stroke(start, turn, m.stroke * 1.15), _stroke(turn, end, m.stroke * 1.15)]


def _tick(m: Measures) -> tuple[float, list[list[Point]]]:
    size = m.cap * 1.05
    return size, _tick_strokes(m, 0, size)


DRAWN = {
    0x2190: lambda m: _arrow(m, -1, 0),
    0x2191: lambda m: _arrow(m, 0, 1),
    0x2192: lambda m: _arrow(m, 1, 0),
    0x2193: lambda m: _arrow(m, 0, -1),
    0x2197: lambda m: _arrow(m, 1, 1),
    0x2198: lambda m: _arrow(m, 1, -1),
    0x2264: lambda m: _compare(m, greater=False),
    0x2265: lambda m: _compare(m, greater=True),
    0x25A0: lambda m: _square(m, filled=True),
    0x25A1: lambda m: _square(m, filled=False),
    0x25B2: lambda m: _triangle(m, up=True),
    0x25BC: lambda m: _triangle(m, up=False),
    0x2610: lambda m: _square(m, filled=False),
    0x2611: lambda m: _square(m, filled=False, tick=True),
    0x2713: _tick,
}
COPIES = {0x2011: 0x2D, 0x00A0: 0x20}  # the non-breaking hyphen and space look like their breaking selves
SPACES = {0x202F: 0.6, 0x2009: 0.6}  # narrow spaces, as a part of the space


def add_symbols(font: TTFont) -> tuple[str, ...]:
    """Add every sign above that a face lacks; answer their glyph names."""
    cmap, sizes = font.getBestCmap(), measures(font)
    added: list[str] = []
    for code, draw in sorted(DRAWN.items()):
        if code not in cmap:
            advance, outlines = draw(sizes)
            added.append(_add(font, code, round(advance), outlines))
    for code, source in sorted(COPIES.items()):
        if code not in cmap:
            for table in font["cmap"].tables:
                table.cmap[code] = cmap[source]
    for code, part in sorted(SPACES.items()):
        if code not in cmap:
            added.append(_add(font, code, round(font["hmtx"][cmap[0x20]][0] * part), []))
    return tuple(added)


def _add(font: TTFont, code: int, advance: int, outlines: list[list[Point]]) -> str:
    pen = TTGlyphPen(None)
    for outline in outlines:
        points = [(round(x), round(y)) for x, y in outline]
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    return add_glyph(font, f"uni{code:04X}", pen.glyph(), advance, code)


def add_glyph(font: TTFont, name: str, glyph: Any, advance: int, code: int | None = None) -> str:
    """Append a glyph to a face and map a character to it."""
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = glyph
    font["glyf"].glyphOrder = font.getGlyphOrder()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0) or 0)
    if code is not None:
        for table in font["cmap"].tables:
            table.cmap[code] = name
    return name
