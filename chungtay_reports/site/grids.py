"""Tables of figures over school years: metrics of a unit, units of a metric; what has no value stays a dash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chungtay_reports.model import Figure, Metric
from chungtay_reports.site.book import Book, Series, Span
from chungtay_reports.site.leaf import Site
from chungtay_reports.site.words import value_words
from chungtay_reports.vietnamese import press_date, sentence_start

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    cells: tuple[str, ...]
    unit: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: a few words that stay on one line, and a smaller line below."""

    words: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    caption: str
    head: tuple[Head, ...]
    rows: tuple[Row, ...]
    total: Row | None = None


@dataclass(frozen=True, slots=True)
class BigFigure:
    """A cell of the strip of big numbers; `path` leads to its metric."""

    value: str
    label: str
    path: str


def metric_path(name: str) -> str:
    return f"chi-tieu/{name}/index.html"


def unit_path(unit: str) -> str:
    return f"don-vi/{unit}/index.html"


def metrics_by_year(site: Site, caption: str, values: Mapping[str, Mapping[str, Figure]]) -> Grid | None:
    """Lay out metrics (rows) over the school years and all the time; `values` are by metric, then by span."""
    book = site.book
    spans = [span for span in book.spans if any(span.key in of_metric for of_metric in values.values())]
    rows = tuple(
        Row(
            label=book.series[name].metric.label,
            unit=book.series[name].metric.unit,
            path=metric_path(name),
            cells=_cells(found, book.series[name].metric, [span.key for span in spans]),
        )
        for name, found in values.items()
        if found
    )
    head = (Head("Chỉ tiêu"), *(_head(span, book) for span in spans))
    return Grid(caption, head, rows) if rows else None


def units_by_year(site: Site, series: Series) -> Grid | None:
    """Lay out the units (rows) of a metric over the school years and all the time, with the whole below."""
    book, registry = site.book, site.library.registry
    spans = [span for span in book.spans if series.by_unit.get(span.key)]
    units = sorted({unit for span in spans for unit, _ in series.by_unit[span.key]}, key=registry.order)
    if not units:
        return None
    keys = [span.key for span in spans]
    rows = tuple(
        Row(sentence_start(site.unit(unit)), _cells(series.of_unit(unit), series.metric, keys), path=unit_path(unit))
        for unit in units
    )
    total = Row("Toàn thành phố", _cells(series.totals, series.metric, keys))
    head = (Head("Đơn vị"), *(_head(span, book) for span in spans))
    return Grid(f"{series.metric.label}, theo đơn vị", head, rows, total)


def strip(book: Book, values: Mapping[str, Figure]) -> tuple[BigFigure, ...]:
    """Make big numbers of the featured metrics that have a value."""
    return tuple(
        BigFigure(
            value_words(values[name], book.series[name].metric), _label(book.series[name].metric), metric_path(name)
        )
        for name in book.featured
        if name in values
    )


def _head(span: Span, book: Book) -> Head:
    words = "Từ đầu" if span is book.since else span.key
    return Head(words, "" if span.whole else f"đến {press_date(book.as_of)}")


def _label(metric: Metric) -> str:
    return metric.label[:1].lower() + metric.label[1:]


def _cells(found: Mapping[str, Figure], metric: Metric, keys: list[str]) -> tuple[str, ...]:
    return tuple(value_words(found[key], metric) if key in found else NOTHING for key in keys)
