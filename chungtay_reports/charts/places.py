"""Where each unit stands on the tile map, and how dark its tile is."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import floor
from pathlib import Path

from chungtay_reports.charts.specs import Tile, TileMap


@dataclass(frozen=True, slots=True)
class Cell:
    tile: Tile
    row: int
    column: int
    code: str
    step: int | None  # 0 light … 4 dark; None: not reported


@cache
def hanoi() -> Mapping[str, tuple[int, int, str]]:
    """Read the arrangement of the 30 districts: row, column, code, by short name."""
    with (Path(__file__).parent / "hanoi_tiles.csv").open(encoding="utf-8", newline="") as file:
        return {row["district"]: (int(row["row"]), int(row["column"]), row["code"]) for row in csv.DictReader(file)}


def place(chart: TileMap) -> list[Cell]:
    """Give every tile its cell, in reading order of the map."""
    places = {name: (*place, "") for name, place in chart.places.items()} or hanoi()
    numbers = [tile.datum.number for tile in chart.tiles if tile.datum]
    low, high = min(numbers, default=0), max(numbers, default=0)
    known = [tile for tile in chart.tiles if tile.label in places]
    unknown = [tile for tile in chart.tiles if tile.label not in places]
    last = max((places[tile.label][0] for tile in known), default=-1)
    across = max((places[tile.label][1] for tile in known), default=7) + 1
    cells = [Cell(tile, *places[tile.label], _step(tile, low, high)) for tile in known]
    cells += [
        Cell(tile, last + 1 + index // across, index % across, "", _step(tile, low, high))
        for index, tile in enumerate(unknown)
    ]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def scattered(labels: Iterable[str]) -> bool:
    """Say whether a map would mislead: some units have a place on it, but more would stand in rows below it."""
    units = tuple(labels)
    placed = sum(label in hanoi() for label in units)
    return 0 < 2 * placed < len(units)


def _step(tile: Tile, low: int | Fraction, high: int | Fraction) -> int | None:
    """Find the step of a number between the smallest and the largest, in five equal parts."""
    if tile.datum is None:
        return None
    if low == high:
        return 2
    return min(floor(Fraction(tile.datum.number - low) * 5 / Fraction(high - low)), 4)
