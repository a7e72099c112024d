"""A page for every metric: what it counts, in words, its value by school year, by month and by unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chungtay_reports.model import Metric
from chungtay_reports.site.book import Series, Span
from chungtay_reports.site.cards import Card, cards
from chungtay_reports.site.drawing import Drawing, Subject, by_month, by_unit
from chungtay_reports.site.grids import Grid, metric_path, metrics_by_year, units_by_year
from chungtay_reports.site.leaf import Leaf, Site, trail
from chungtay_reports.site.words import coverage_words, meaning, span_words, value_words
from chungtay_reports.vietnamese import number, sentence_start

# kind of metric → its heading on the index, in the order of the page
SHELVES: dict[str, str] = {
    "agreements": "Ký kết",
    "activities": "Hoạt động chung",
    "participants": "Đơn vị tham gia",
    "money": "Kinh phí, hiện vật",
    "plan_tasks": "Kế hoạch kết nối",
    "submissions": "Nộp báo cáo",
    "units": "Danh mục đơn vị",
}
MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class YearLine:
    """A metric in a school year: its value with the noun, and who had reported."""

    name: str
    value: str
    coverage: str
    proof: str


@dataclass(frozen=True, slots=True)
class Shelf:
    title: str
    table: Grid


def metric_pages(site: Site) -> Iterator[tuple[str, bytes]]:
    """Make the pages of all metrics that have a value, and their index."""
    for name, series in site.book.series.items():
        yield _page(site, name, series)
    leaf = Leaf(
        path="chi-tieu/index.html",
        title="Số liệu",
        description="Mọi chỉ tiêu của phong trào: đếm gì, đếm thế nào, giá trị theo năm học, theo tháng và theo đơn vị.",
        section="chi-tieu",
        crumbs=trail(),
    )
    yield site.page(leaf, "metrics", shelves=tuple(_shelves(site)))


def _page(site: Site, name: str, series: Series) -> tuple[str, bytes]:
    book, metric = site.book, series.metric
    library = site.library
    leaf = Leaf(
        path=metric_path(name),
        title=metric.label,
        description=f"{metric.label}: định nghĩa, giá trị theo năm học, theo tháng và theo đơn vị; số liệu tính đến {book.as_of.day}/{book.as_of.month}/{book.as_of.year}.",
        section="chi-tieu",
        crumbs=trail(("Số liệu", "chi-tieu/index.html")),
    )
    return site.page(
        leaf,
        "metric",
        metric=metric,
        meaning=meaning(metric, library.metrics, library.registry, book.as_of),
        years=tuple(_line(site, span, series) for span in book.spans if span.key in series.totals),
        drawings=_drawings(site, name, series),
        table=units_by_year(site, series),
        editions=_printed(site, name),
    )


def _line(site: Site, span: Span, series: Series) -> YearLine:
    figure = series.totals[span.key]
    records = len(figure.records)
    return YearLine(
        sentence_start(span_words(span, site.book.as_of)),
        value_words(figure, series.metric, noun=series.metric.unit != "%"),
        coverage_words(span.coverage) if span.whole and series.metric.table != "units" else "",
        f"{number(records)} bản ghi" if records else "",
    )


def _drawings(site: Site, name: str, series: Series) -> tuple[Drawing, ...]:
    metric, id_ = series.metric, name.replace("_", "-")
    drawings = []
    if len(series.months) > 1:
        drawings.append(
            by_month(Subject(f"thang-{id_}", "Theo tháng", sentence_start(metric.unit), metric), series.months)
        )
    latest = next((span for span in reversed(site.book.years) if span.whole and series.by_unit.get(span.key)), None)
    if latest and len(units := series.by_unit[latest.key]) > 1:
        most = f", {MOST_BARS} đơn vị nhiều nhất" if len(units) > MOST_BARS else ""
        title = sentence_start(f"theo đơn vị, {latest.name}{most}")
        drawings.append(
            by_unit(Subject(f"don-vi-{id_}", title, sentence_start(metric.unit), metric), units, site, MOST_BARS)
        )
    return tuple(drawings)


def _printed(site: Site, name: str) -> tuple[Card, ...]:
    """List the bulletins that print the metric."""
    found = (
        one for one in site.editions if one.readable and not one.unit and any(p.metric == name for p in one.prints)
    )
    return cards(site, found)


def _shelves(site: Site) -> Iterator[Shelf]:
    series = site.book.series
    for kind, title in SHELVES.items():
        names = [name for name, one in series.items() if _kind(one.metric, site) == kind]
        table = metrics_by_year(site, f"{title}, theo năm học", {name: series[name].totals for name in names})
        if table:
            yield Shelf(title, table)


def _kind(metric: Metric, site: Site) -> str:
    if metric.money:
        return "money"
    if metric.table:
        return metric.table
    return _kind(site.library.metrics[metric.measure.terms[0]], site)
