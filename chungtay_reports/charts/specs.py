"""What a chart shows: frozen values, one type per kind; every number comes with its printed text and its figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

CHART_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Datum:
    """A number in a chart: `number` sets the size of its mark, `text` is printed as it is, `figure` proves it."""

    number: int | Fraction
    text: str
    figure: str = ""

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError("a chart's mark cannot have a negative size")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What all charts have: an id unique in the edition, a title that says what is shown, a line of unit and period.

    `summary` is the message in words for readers who do not see the chart; when empty it is written from the data.
    """

    id: str
    title: str
    subtitle: str = ""
    summary: str = ""

    def __post_init__(self) -> None:
        if not CHART_ID.fullmatch(self.id):
            raise ValueError(f"not a chart id: {self.id!r}")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its label; `note` is a second number beside the first (a share)."""

    label: str
    datum: Datum
    emphasis: bool = False
    note: Datum | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart(Heading):
    """Horizontal bars, in the order given."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class PairedBar:
    label: str
    before: Datum
    after: Datum


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedChart(Heading):
    """Two bars per row: the earlier period hollow, the later one solid; both are named above the rows."""

    before: str
    after: str
    rows: tuple[PairedBar, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `label` (“12”) stands below it, `group` (“2022”) below the first column of each run of one group."""

    label: str
    datum: Datum
    group: str = ""
    emphasis: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart(Heading):
    """Columns along time, for one series."""

    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One small chart of many; `total` stands beside its label."""

    label: str
    columns: tuple[Column, ...]
    total: Datum | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelChart(Heading):
    """Small multiples: one column chart per unit, all on one scale, with the largest and the last column labelled."""

    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit on the tile map by its short name; no datum means that it has not reported; `inner` is nội thành."""

    label: str
    datum: Datum | None
    inner: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMap(Heading):
    """A map of equal tiles; `places` gives row and column by name (the 30 districts of Hà Nội when empty)."""

    tiles: tuple[Tile, ...]
    missing: str = "chưa báo cáo"
    inner: str = "nội thành"
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Station:
    """A unit on the line of an arc diagram."""

    key: str
    label: str
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Arc:
    """A tie between two stations, by key; a thicker arc for a larger number."""

    start: str
    end: str
    datum: Datum
    emphasis: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcDiagram(Heading):
    """Stations on a line, inner ones first, and an arc for each pair; arcs of a station must name known stations."""

    stations: tuple[Station, ...]
    arcs: tuple[Arc, ...]
    inner: str = "Nội thành"
    outer: str = "Ngoại thành"


ChartSpec = BarChart | PairedChart | ColumnChart | PanelChart | TileMap | ArcDiagram


def data(spec: ChartSpec) -> Iterator[tuple[str, Datum]]:
    """Walk the numbers of a chart with what each is a number of, in reading order."""
    match spec:
        case BarChart():
            for bar in spec.bars:
                yield bar.label, bar.datum
        case PairedChart():
            for row in spec.rows:
                yield f"{row.label}, {spec.after}", row.after
                yield f"{row.label}, {spec.before}", row.before
        case ColumnChart():
            yield from _dated(spec.columns)
        case PanelChart():
            for panel in spec.panels:
                yield from ((f"{panel.label}, {label}", datum) for label, datum in _dated(panel.columns))
        case TileMap():
            yield from ((tile.label, tile.datum) for tile in spec.tiles if tile.datum is not None)
        case ArcDiagram():
            names = {station.key: station.label for station in spec.stations}
            yield from ((f"{names[arc.start]} - {names[arc.end]}", arc.datum) for arc in spec.arcs)


def _dated(columns: tuple[Column, ...]) -> Iterator[tuple[str, Datum]]:
    for column in columns:
        yield (f"{column.label}/{column.group}" if column.group else column.label), column.datum
