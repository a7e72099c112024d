"""Figures become charts of the site, each with the table that stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chungtay_reports import charts
from chungtay_reports.charts import (
    Arc,
    ArcDiagram,
    Bar,
    BarChart,
    ChartSpec,
    Column,
    ColumnChart,
    Datum,
    Station,
    Tile,
    TileMap,
)
from chungtay_reports.edition import Chart
from chungtay_reports.model import Coverage, Figure, Metric
from chungtay_reports.site.book import Groups
from chungtay_reports.site.leaf import Site
from chungtay_reports.site.words import value_words
from chungtay_reports.vietnamese import sentence_start


@dataclass(frozen=True, slots=True)
class Subject:
    """What a chart shows: its id on the page, its title, the line below it, and the metric whose values it draws."""

    id: str
    title: str
    subtitle: str
    metric: Metric

    @property
    def head(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "subtitle": self.subtitle}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart and its rows of (label, value) for a table."""

    chart: Chart
    head: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


def by_month(subject: Subject, months: Groups, *, wide: bool = True) -> Drawing:
    """Draw columns for every month from the first to the last that has something."""
    found = dict(months)
    keys = _months_between(months[0][0], months[-1][0])
    columns = tuple(Column(_month(key), _datum(found.get(key), subject.metric), group=key[:4]) for key in keys)
    rows = tuple((f"Tháng {_month(key)}/{key[:4]}", value_words(figure, subject.metric)) for key, figure in months)
    spec = ColumnChart(**subject.head, columns=columns)
    return _drawing(spec, ("Tháng", sentence_start(subject.metric.unit)), rows, wide=wide)


def by_unit(subject: Subject, units: Groups, site: Site, most: int) -> Drawing:
    """Draw a bar for each of the largest units; the table has them all."""
    largest = sorted(units, key=lambda group: -group[1].value)[:most]
    bars = tuple(Bar(_short(site, unit), _datum(figure, subject.metric)) for unit, figure in largest)
    spec = BarChart(**subject.head, bars=bars)
    return _drawing(
        spec, ("Đơn vị", sentence_start(subject.metric.unit)), _rows(units, subject.metric, site), wide=False
    )


def on_map(subject: Subject, units: Groups, site: Site, coverage: Coverage) -> Drawing:
    """Draw every reporting unit as a tile; one that has not reported is empty, not nought."""
    found, registry = dict(units), site.library.registry
    tiles = tuple(
        Tile(
            registry.name(unit, site.book.as_of, "short"),
            None if unit in coverage.missing else _datum(found.get(unit), subject.metric),
            registry.units[unit].area == "noi-thanh",
        )
        for unit in coverage.expected
    )
    spec = TileMap(**subject.head, tiles=tiles)
    return _drawing(
        spec, ("Đơn vị", sentence_start(subject.metric.unit)), _rows(units, subject.metric, site), wide=True
    )


def shares(subject: Subject, groups: Sequence[tuple[str, Figure, str]]) -> Drawing:
    """Draw a bar for each part of a whole; each group is its label, its figure and its share as printed."""
    bars = tuple(
        Bar(label, _datum(figure, subject.metric), note=Datum(figure.value, share)) for label, figure, share in groups
    )
    spec = BarChart(**subject.head, bars=bars)
    rows = tuple((label, f"{value_words(figure, subject.metric)} ({share})") for label, figure, share in groups)
    return _drawing(spec, ("Nhóm", sentence_start(subject.metric.unit)), rows, wide=False)


def between(subject: Subject, pairs: Sequence[tuple[str, str, int, str]], site: Site) -> Drawing:
    """Draw an arc for each pair of units; each pair has a number and its text."""
    registry, day = site.library.registry, site.book.as_of
    units = sorted({unit for pair in pairs for unit in pair[:2]}, key=registry.order)
    stations = tuple(
        Station(unit, registry.name(unit, day, "short"), inner=registry.units[unit].area == "noi-thanh")
        for unit in units
    )
    arcs = tuple(Arc(one, other, Datum(number, text)) for one, other, number, text in pairs)
    spec = ArcDiagram(**subject.head, stations=stations, arcs=arcs)
    rows = tuple((f"{_short(site, one)} - {_short(site, other)}", text) for one, other, _, text in pairs)
    return _drawing(spec, ("Cặp đơn vị", "Hoạt động chung"), rows, wide=False)


def _drawing(spec: ChartSpec, head: tuple[str, str], rows: tuple[tuple[str, str], ...], *, wide: bool) -> Drawing:
    return Drawing(charts.block(spec, wide=wide, link=""), head, rows)


def _rows(units: Groups, metric: Metric, site: Site) -> tuple[tuple[str, str], ...]:
    return tuple((sentence_start(site.unit(unit)), value_words(figure, metric)) for unit, figure in units)


def _datum(figure: Figure | None, metric: Metric) -> Datum:
    return Datum(figure.value, value_words(figure, metric)) if figure else Datum(0, "–")


def _short(site: Site, unit: str) -> str:
    return site.library.registry.name(unit, site.book.as_of, "short")


def _month(key: str) -> str:
    return str(int(key[5:]))


def _months_between(first: str, last: str) -> list[str]:
    start, end = (int(key[:4]) * 12 + int(key[5:]) - 1 for key in (first, last))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(start, end + 1)]
