"""The tile map: one equal tile per unit in its rough place, five steps of teal, and every number in words."""

from __future__ import annotations

from dataclasses import dataclass

from chungtay_reports.charts.ink import (
    INK,
    MUTED,
    ON_STEPS,
    PAPER,
    QUIET,
    RISE,
    STEPS,
    Links,
    Size,
    Sketch,
    line,
    lines,
    moved,
    rect,
    text,
    title,
)
from chungtay_reports.charts.lettering import BOLD, LEADING, width, wrap
from chungtay_reports.charts.places import Cell, place
from chungtay_reports.charts.specs import Tile, TileMap

GAP = 4.0
HATCH = 7.0  # between the slanted lines of a tile that has not reported
TILE_HEIGHT = {"phone": 44.0, "column": 39.0, "wide": 50.0}
LIST_ACROSS = {"phone": 2, "column": 2, "wide": 5}
ROOMY = 60.0  # a tile as wide as this has room between its edge and the line of nội thành
NO_NUMBER = "–"


@dataclass(frozen=True, slots=True)
class _Grid:
    size: Size
    wide: float  # of a tile
    high: float
    named: bool  # full names fit into the tiles; else codes, and a list below
    valued: bool  # so do the numbers; else they are in the list

    def corner(self, cell: Cell) -> tuple[float, float]:
        return cell.column * (self.wide + GAP), cell.row * (self.high + GAP)


def draw_tiles(chart: TileMap, size: Size, links: Links) -> Sketch:
    """Draw the map; units without a known place stand in rows below it."""
    cells = place(chart)
    if not cells:
        return Sketch("", 0)
    across = max(cell.column for cell in cells) + 1
    wide = (size.width + GAP) / across - GAP
    valued = all(width(_value(cell.tile), size.text, BOLD) <= wide - 8 for cell in cells)
    named = valued and all(_name_fits(cell.tile, wide, TILE_HEIGHT[size.name], size) for cell in cells)
    grid = _Grid(size, wide, TILE_HEIGHT[size.name], named, valued)
    key, key_width, key_height = _key(chart, cells, size)
    shift = 0.0 if _corner_is_free(cells, grid, key_width, key_height) else key_height + 6
    tiles = "".join(_tile(cell, grid, chart, links) for cell in cells)
    bottom = shift + (max(cell.row for cell in cells) + 1) * (grid.high + GAP)
    parts = [key, moved(0, shift, tiles)]
    if named:
        return Sketch("".join(parts), bottom)
    names, names_height = _list(cells, size, bottom + 8, links)
    return Sketch("".join(parts) + names, bottom + 8 + names_height)


def _value(tile: Tile) -> str:
    return tile.datum.text if tile.datum else NO_NUMBER


def _name_fits(tile: Tile, wide: float, high: float, size: Size) -> bool:
    pieces = wrap(tile.label, wide - 8, size.small)
    tall = len(pieces) * size.small * LEADING + size.text * LEADING
    return " ".join(pieces) == tile.label and tall <= high - 2


def _tile(cell: Cell, grid: _Grid, chart: TileMap, links: Links) -> str:
    x, y = grid.corner(cell)
    tile = cell.tile
    tone = "ct-tile-missing" if cell.step is None else f"ct-tile-{cell.step + 1}"
    fill = PAPER if cell.step is None else STEPS[cell.step]
    parts = [
        rect(
            x + 0.5,
            y + 0.5,
            grid.wide - 1,
            grid.high - 1,
            fill=fill,
            cls=f"ct-tile {tone}",
            stroke=MUTED,
            stroke_width=1,
        )
    ]
    if cell.step is None:
        parts.append(_hatch(x + 1, y + 1, grid.wide - 2, grid.high - 2))
    if tile.inner:
        parts.append(_frame(x, y, grid.wide, grid.high, cell.step))
    parts.append(_letters(cell, grid, x + grid.wide / 2, y))
    said = f"{tile.label}: {tile.datum.text if tile.datum else chart.missing}"
    content = title(said) + "".join(parts)
    # no name but its own title: a name beside visible text must repeat that text letter by letter
    return links.wrap(tile.datum.figure if tile.datum else "", "", content) if grid.named else f"<g>{content}</g>"


def _frame(x: float, y: float, wide: float, high: float, step: int | None = None) -> str:
    """Draw the line that marks nội thành: inside the tile, in the colour of its letters, so that it shows on all."""
    stroke = INK if step is None else ON_STEPS[step]
    cls = "ct-inner" if step is None else f"ct-inner-{step + 1}"
    inset = 2.6 if wide > ROOMY else 1.9
    return rect(
        x + inset, y + inset, wide - 2 * inset, high - 2 * inset, fill="none", cls=cls, stroke=stroke, stroke_width=1.3
    )


def _letters(cell: Cell, grid: _Grid, middle: float, y: float) -> str:
    """Write name (or code) and number in the middle of a tile."""
    size = grid.size
    ink = INK if cell.step is None else ON_STEPS[cell.step]
    pieces = (
        wrap(cell.tile.label, grid.wide - 8, size.small) if grid.named else (cell.code or _initials(cell.tile.label),)
    )
    name_height, value_height = len(pieces) * size.small * LEADING, size.text * LEADING if grid.valued else 0
    top = y + (grid.high - name_height - value_height) / 2
    cls = f"ct-on-{cell.step + 1}" if cell.step is not None else "ct-on-missing"
    back = ""
    if cell.step is None:  # keep the hatching away from the letters
        wide = min(max(width(piece, size.small) for piece in pieces) + 6, grid.wide - 2)
        back = rect(middle - wide / 2, top, wide, name_height + value_height, fill=PAPER, cls="ct-back")
    name = lines(middle, top, pieces, size.small, anchor="middle", fill=ink, cls=cls)
    if not grid.valued:
        return back + name
    baseline = top + name_height + value_height / 2 + size.text * RISE
    value = text(middle, baseline, _value(cell.tile), size.text, weight=BOLD, anchor="middle", fill=ink, cls=cls)
    return back + name + value


def _initials(label: str) -> str:
    return "".join(word[0] for word in label.split())[:4]


def _hatch(x: float, y: float, wide: float, high: float) -> str:
    """Draw slanted lines inside a box; real lines, because patterns are not drawn alike everywhere."""
    parts = []
    offset = HATCH
    while offset < wide + high:
        x1, y1 = x + min(offset, wide), y + max(0.0, offset - wide)
        x2, y2 = x + max(0.0, offset - high), y + min(offset, high)
        parts.append(line(x1, y1, x2, y2, stroke=MUTED, cls="ct-hatch", weight=0.8))
        offset += HATCH
    return "".join(parts)


def _key(chart: TileMap, cells: list[Cell], size: Size) -> tuple[str, float, float]:
    """Explain tone, outline and hatching in words, one line each, only those that the map uses."""
    side = size.small * 1.1
    row = side + 7
    parts = [lines(0, 0, ("ít",), size.small, cls="ct-label")]
    x = width("ít", size.small) + 5
    for index, fill in enumerate(STEPS):
        parts.append(
            rect(x + 0.5, 1.5, side, side, fill=fill, cls=f"ct-tile ct-tile-{index + 1}", stroke=MUTED, stroke_width=1)
        )
        x += side + 1
    parts.append(lines(x + 5, 0, ("nhiều",), size.small, cls="ct-label"))
    widest, y = x + 5 + width("nhiều", size.small), row
    wide = side * 1.7
    for used, mark, words in (
        (any(cell.tile.inner for cell in cells), _frame, chart.inner),
        (any(cell.step is None for cell in cells), _hatch, chart.missing),
    ):
        if used:
            box = rect(0.5, y + 0.5, wide - 1, side - 1, fill=PAPER, cls="ct-tile ct-key", stroke=MUTED, stroke_width=1)
            parts += [box, mark(0, y, wide, side), lines(wide + 6, y - size.small * 0.1, (words,), size.small)]
            widest = max(widest, wide + 6 + width(words, size.small))
            y += row
    return "".join(parts), widest, y


def _corner_is_free(cells: list[Cell], grid: _Grid, wide: float, high: float) -> bool:
    return not any(x < wide + GAP and y < high + GAP for x, y in (grid.corner(cell) for cell in cells))


def _list(cells: list[Cell], size: Size, top: float, links: Links) -> tuple[str, float]:
    """Spell the codes out: every unit with its number, in the order of the map, down the columns."""
    codes = [cell.code or _initials(cell.tile.label) for cell in cells]
    indent = max(width(code, size.small) for code in codes) + 6
    names = max(width(cell.tile.label, size.small) for cell in cells)
    values = max(width(_value(cell.tile), size.small, BOLD) for cell in cells)
    gap = 18.0
    across = max(1, min(LIST_ACROSS[size.name], int((size.width + gap) / (indent + names + 6 + values + gap))))
    room = (size.width - gap * (across - 1)) / across
    rows = -(-len(cells) // across)
    pitch = max(size.small * 1.5, size.touch)
    parts = []
    for index, (cell, code) in enumerate(zip(cells, codes, strict=True)):
        x, y = index // rows * (room + gap), top + (index % rows + 0.5) * pitch + size.small * RISE
        value = _value(cell.tile)
        parts.append(text(x, y, code, size.small, fill=QUIET, cls="ct-note"))
        parts.append(text(x + indent, y, cell.tile.label, size.small))
        number = text(x + room, y, value, size.small, weight=BOLD, anchor="end", cls="ct-value")
        figure = cell.tile.datum.figure if cell.tile.datum else ""
        parts.append(links.wrap(figure, f"{cell.tile.label}: {value}", number))
    return "".join(parts), rows * pitch
