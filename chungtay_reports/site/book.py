"""Every metric measured once, by school year, by month and by unit: the figures of all pages and of the open data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from chungtay_reports.figures.columns import field_of
from chungtay_reports.figures.coverage import coverage
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.measure import base_metrics, measure, measure_by
from chungtay_reports.figures.tables import Tables
from chungtay_reports.model import Coverage, Figure, Metric, Period, Query
from chungtay_reports.site.shown import BULLETIN, Shown
from chungtay_reports.vietnamese import school_year
from chungtay_reports.workspace.library import Library

UNIT, MONTH = "don_vi", "thang"
PROMINENT = ("số nổi bật", "tít", "sapo")
FEATURED = 4
DRAWN = 3  # metrics with a chart by month on a unit's page

Groups = tuple[tuple[str, Figure], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A school year, or all the time since the movement began; `whole` when it was over by the as-of day."""

    key: str  # “2023-2024”; “tu-dau” for all the time
    name: str
    period: Period
    whole: bool
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Series:
    """One metric: its value for each span that has one, by unit within each span, and month by month.

    `unit_months` holds the months of single units, for the metrics that units' pages draw.
    """

    metric: Metric
    totals: Mapping[str, Figure]
    by_unit: Mapping[str, Groups]
    months: Groups
    unit_months: Mapping[str, Groups]

    def of_unit(self, unit: str) -> dict[str, Figure]:
        """Return the unit's value for each span in which it has one other than nothing, or than itself."""
        found = ((span, dict(groups).get(unit)) for span, groups in self.by_unit.items())
        return {span: figure for span, figure in found if figure and figure.value and figure.units != (unit,)}


@dataclass(frozen=True, slots=True)
class Book:
    """All series as of one day; `featured` are the metrics that the editions put first."""

    as_of: date
    years: tuple[Span, ...]
    since: Span
    series: Mapping[str, Series]
    featured: tuple[str, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return (*self.years, self.since)


def open_book(library: Library, tables: Tables, editions: Sequence[Shown]) -> Book:
    """Measure everything as of the latest day that an edition on the site tells of: the site never runs ahead of them."""
    as_of = max(edition.as_of for edition in [one for one in editions if one.readable] or editions)
    years = _years(library, tables, as_of)
    start = library.settings.movement.start
    since = _span("tu-dau", "từ khi phát động", Period(start, as_of), tables, as_of, whole=False)
    featured = _featured(library, editions)
    series = {name: _series(metric, (*years, since), library, tables, as_of) for name, metric in _in_order(library)}
    drawn = {name: _by_unit_and_month(name, since, library, tables, as_of) for name in featured[:DRAWN]}
    with_months = {
        name: Series(one.metric, one.totals, one.by_unit, one.months, drawn.get(name, {}))
        for name, one in series.items()
        if one.totals
    }
    return Book(as_of, years, since, with_months, tuple(name for name in featured if name in with_months))


def _in_order(library: Library) -> list[tuple[str, Metric]]:
    """Put metrics in the order in which their authors wrote them, file by file."""
    return sorted(library.metrics.items(), key=lambda item: (item[1].place.file, item[1].place.line))


def _years(library: Library, tables: Tables, as_of: date) -> tuple[Span, ...]:
    """List the school years since the movement began that had begun by `as_of`; the last may be unfinished."""
    turn = library.settings.calendar.school_year_start
    spans: list[Span] = []
    name = school_year(library.settings.movement.start, turn)
    while True:
        key = name.removeprefix("năm học ")
        start = date.fromisoformat(f"{key[:4]}-{turn}")
        end = date.fromisoformat(f"{int(key[:4]) + 1}-{turn}") - timedelta(days=1)
        if start > as_of:
            return tuple(spans)
        spans.append(_span(key, name, Period(start, min(end, as_of), name), tables, as_of, whole=end <= as_of))
        name = school_year(end + timedelta(days=1), turn)


def _span(key: str, name: str, period: Period, tables: Tables, as_of: date, *, whole: bool) -> Span:
    return Span(key, name, period, whole, coverage(period, as_of, tables))


def _featured(library: Library, editions: Iterable[Shown]) -> tuple[str, ...]:
    """Rank the metrics that can be told unit by unit by how often bulletins put them first, then by how many print them."""
    prominent, printed = Counter[str](), Counter[str]()
    for edition in editions:
        prominent.update(
            {one.metric for one in edition.prints if edition.kind == BULLETIN and one.where.startswith(PROMINENT)}
        )
        printed.update({one.metric for one in edition.prints})
    by_unit = [name for name, metric in library.metrics.items() if metric.unit != "%" and _divides(metric, library)]
    order = {name: number for number, name in enumerate(library.metrics)}
    ranked = sorted(by_unit, key=lambda name: (-prominent[name], -printed[name], order[name]))
    return tuple(name for name in ranked if printed[name])[:FEATURED] or tuple(ranked[:FEATURED])


def _divides(metric: Metric, library: Library) -> bool:
    return all(
        base.table != "units" and field_of(UNIT, base.table) is not None and field_of(MONTH, base.table) is not None
        for base in base_metrics(metric.name, library.metrics)
    )


def _series(metric: Metric, spans: Sequence[Span], library: Library, tables: Tables, as_of: date) -> Series:
    totals, by_unit = {}, {}
    for span in spans:
        query = Query(metric.name, span.period, as_of)
        with suppress(Refused):  # a ratio of nothing
            total = measure(query, tables, library.metrics)
            if total.value:
                totals[span.key] = total
                by_unit[span.key] = _groups(query, UNIT, library, tables)
    months = _groups(Query(metric.name, spans[-1].period, as_of), MONTH, library, tables) if totals else ()
    return Series(metric, totals, by_unit, months if _sums_over_time(metric) else (), {})


def _sums_over_time(metric: Metric) -> bool:
    """Say whether a value month by month means something: what happens in a month, not a share of a whole year."""
    return metric.measure.op != "ratio" and metric.table != "units"


def _groups(query: Query, dimension: str, library: Library, tables: Tables) -> Groups:
    with suppress(Refused):
        found = measure_by(query, dimension, tables, library.metrics)
        return tuple((key, figure) for key, figure in found if figure.value)
    return ()


def _by_unit_and_month(name: str, since: Span, library: Library, tables: Tables, as_of: date) -> dict[str, Groups]:
    """Measure a metric by unit within each month that has something."""
    found: dict[str, list[tuple[str, Figure]]] = {}
    for month, _ in _groups(Query(name, since.period, as_of), MONTH, library, tables):
        days = _days_of(month, since.period)
        for unit, figure in _groups(Query(name, days, as_of), UNIT, library, tables):
            found.setdefault(unit, []).append((month, figure))
    return {unit: tuple(months) for unit, months in found.items()}


def _days_of(month: str, within: Period) -> Period:
    first = date.fromisoformat(f"{month}-01")
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return Period(max(first, within.start), min(last, within.end))
