"""Which units are paired by a pact of their offices, since when, and what they have done together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from chungtay_reports.figures.derived import derive
from chungtay_reports.figures.measure import measure
from chungtay_reports.figures.tables import Tables
from chungtay_reports.model import Figure, Filter, Metric, Period, Query
from chungtay_reports.records import Agreement
from chungtay_reports.records.agreement import PACT
from chungtay_reports.site.book import Book
from chungtay_reports.workspace.library import Library, known


@dataclass(frozen=True, slots=True)
class Tie:
    """Two units, the day of their first pact, and how many joint activities of `metric` they have held since."""

    one: str
    other: str
    since: date
    metric: Metric | None
    figure: Figure | None

    def partner(self, unit: str) -> str:
        return self.other if unit == self.one else self.one


def ties(library: Library, tables: Tables, book: Book) -> tuple[Tie, ...]:
    """List the pairs in registry order, as known on the book's day."""
    since: dict[tuple[str, str], date] = {}
    for pair, day in _pacts(library, book.as_of):
        since[pair] = min(day, since.get(pair, day))
    registry = library.registry
    ordered = sorted(since, key=lambda pair: [registry.order(unit) for unit in pair])
    metric = _joint(library, book)
    return tuple(Tie(*pair, since[pair], metric, _together(pair, metric, library, tables, book)) for pair in ordered)


def _pacts(library: Library, as_of: date) -> Iterator[tuple[tuple[str, str], date]]:
    registry = library.registry
    for entry in known(library.entries, as_of):
        record = entry.record
        if isinstance(record, Agreement) and record.kind == PACT and record.signed_on <= as_of:
            tops = sorted({top for party in record.parties if (top := registry.top(party))}, key=registry.order)
            for one, other in combinations(tops, 2):
                yield (one, other), record.signed_on


def _joint(library: Library, book: Book) -> Metric | None:
    """Choose what is counted between two units: the featured metric of activities, or any."""
    names = (*book.featured, *library.metrics)
    found = (library.metrics[name] for name in names if library.metrics[name].table == "activities")
    return next((metric for metric in found if not metric.money), None)


def _together(
    pair: tuple[str, str], metric: Metric | None, library: Library, tables: Tables, book: Book
) -> Figure | None:
    """Count what one hosted with the other, and the other with it: two sets without a common record."""
    if metric is None:
        return None
    period = Period(library.settings.movement.start, book.as_of)
    query = Query(metric.name, period, book.as_of)
    parts = tuple(
        measure(
            Query(metric.name, period, book.as_of, (Filter("host.unit", (host,)), Filter("partner.unit", (guest,)))),
            tables,
            library.metrics,
        )
        for host, guest in (pair, pair[::-1])
    )
    figure = derive("sum_of", query, parts)
    return figure if figure.value else None
