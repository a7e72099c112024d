"""Metric definitions and tables become figures: one value, a value per group, or a value from listed records alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from chungtay_reports.edition import Ledger, LedgerRow
from chungtay_reports.figures import asking
from chungtay_reports.figures.columns import DIMENSIONS, TABLES, Column, counterpart, field_of
from chungtay_reports.figures.concordance import count, count_by
from chungtay_reports.figures.coverage import coverage, reporters
from chungtay_reports.figures.derived import ARITHMETIC, DIVIDES, Refused, derive
from chungtay_reports.figures.periods import month_keys
from chungtay_reports.figures.tables import Tables
from chungtay_reports.figures.tally import Tally, select, tally, tests_of
from chungtay_reports.model import Figure, Filter, Measure, Metric, Query

__all__ = [
    "BUILT_IN",
    "COVERAGE",
    "DIMENSIONS",
    "Refused",
    "ask_for_records",
    "coverage",
    "definition",
    "measure",
    "measure_by",
    "recompute",
]

Metrics = Mapping[str, Metric]

# Definitions that need no author; none of an author's can have such a name.
IN_REGISTRY = Metric("@danh-muc", "Đơn vị trong danh mục", "đơn vị", "units", Measure("count", "id"))
EXPECTED = Metric(
    "@phai-bao-cao", "Đơn vị phải báo cáo", "đơn vị", "units", Measure("count", "id"), (Filter("reports", ("true",)),)
)
REPORTED = Metric("@da-bao-cao", "Đơn vị đã báo cáo đủ số liệu của kỳ", "đơn vị", "submissions", Measure("coverage"))
COVERAGE = Metric(
    "@bao-phu",
    "Tỷ lệ đơn vị đã báo cáo đủ số liệu của kỳ",
    "%",
    "",
    Measure("ratio", terms=(REPORTED.name, EXPECTED.name)),
)
BUILT_IN = {metric.name: metric for metric in (IN_REGISTRY, EXPECTED, REPORTED, COVERAGE)}


def measure(query: Query, tables: Tables, metrics: Metrics) -> Figure:
    """Compute one figure; `where` may name dimensions or fields of the metric's table.

    Refused when a filter has no meaning for the metric, or a denominator is 0.
    """
    metric = definition(query.metric, metrics)
    if metric.table:
        return _base(query, metric, _counted(query, metric, tables), tables)
    operands = tuple(measure(term, tables, metrics) for term in _terms(query, metric, metrics))
    return derive(metric.measure.op, query, operands)


def measure_by(
    query: Query, dimension: str, tables: Tables, metrics: Metrics, *, zeros: bool = False
) -> tuple[tuple[str, Figure], ...]:
    """Compute a figure for every group of a dimension (or field), in the order of the registry or the vocabulary.

    Every figure is that of `query` with one filter more. Only groups that have something, or, with `zeros`, also the
    units expected to report, the words of the vocabulary, the months of the period. A ratio whose group has an empty
    denominator is left out.
    """
    first = base_metrics(query.metric, metrics)[0]
    field = _field(dimension, first)
    figures = _groups(query, dimension, tables, metrics)
    for key in _expected(field, first, query, tables) if zeros else ():
        if key not in figures:
            with suppress(Refused):  # a ratio of an empty group
                figures[key] = measure(_within(query, dimension, key), tables, metrics)
    order = _order(TABLES[first.table][field], tables)
    return tuple((key, figures[key]) for key in sorted(figures, key=order))


def recompute(row: LedgerRow, ledger: Ledger, tables: Tables, metrics: Metrics) -> int | Fraction:
    """Compute a ledger row's value again from what it lists alone: its records, its units, or its operands' rows.

    Whatever else is in the tables is ignored, so that a value that stands on more than it lists comes out different.
    """
    figure = row.figure
    if not figure.op:
        alone = tables.only(figure.records, figure.units)
        metric = definition(figure.query.metric, metrics)
        return (_reporters(figure.query, alone) if _of_coverage(metric) else _again(figure.query, metric, alone)).value
    rows_by_id = {other.id: other for other in ledger.rows}
    return ARITHMETIC[figure.op]([recompute(rows_by_id[id_], ledger, tables, metrics) for id_ in row.operands])


def ask_for_records(figure: Figure, tables: Tables, metrics: Metrics) -> None:
    """Note that all that the records of a figure say is asked for, since somebody will show them."""
    query, metric = figure.query, definition(figure.query.metric, metrics)
    if figure.records and metric.table and not figure.op and metric.measure.op != "coverage":
        tests = tests_of(metric, query.where)
        tables.cover(asking.selection(metric.table, tests, query.period, query.as_of), figure.records)


def base_metrics(name: str, metrics: Metrics) -> tuple[Metric, ...]:
    """List the metrics with a table of their own that a metric stands on, numerators first; itself when it has one."""
    metric = definition(name, metrics)
    if metric.table:
        return (metric,)
    return tuple(base for term in metric.measure.terms for base in base_metrics(term, metrics))


def definition(name: str, metrics: Metrics) -> Metric:
    """Return the metric of that name, an author's or a built-in one."""
    return BUILT_IN.get(name) or metrics[name]


def _counted(query: Query, metric: Metric, tables: Tables) -> Tally:
    if _of_coverage(metric):
        return _reporters(query, tables)
    return count(query, metric, tables)


def _again(query: Query, metric: Metric, tables: Tables) -> Tally:
    """Count by looking through the whole table, which shares no step with how a figure was counted first."""
    return tally(select(metric, query.where, query.period, query.as_of, tables), metric, tables)


def _of_coverage(metric: Metric) -> bool:
    return metric.measure.op == "coverage"


def _reporters(query: Query, tables: Tables) -> Tally:
    numbers = np.array(reporters(query.period, query.as_of, tables), dtype=np.int64)
    return Tally(coverage(query.period, query.as_of, tables).reported, 0, numbers)


def _field(dimension: str, metric: Metric) -> str:
    field = field_of(dimension, metric.table)
    if field is None or TABLES[metric.table][field].number:
        raise Refused(f"chỉ tiêu “{metric.name}” không lọc hay chia theo “{dimension}” được")
    return field


def _within(query: Query, dimension: str, key: str) -> Query:
    return replace(query, where=(*query.where, Filter(dimension, (key,))))


def _base(query: Query, metric: Metric, found: Tally, tables: Tables) -> Figure:
    of_units = metric.table == "units"
    ids = tables.unit_ids if of_units else tables.ids
    proof = tuple(ids[number] for number in found.rec.tolist())
    return Figure(
        query=query,
        value=found.value,
        coverage=coverage(query.period, query.as_of, tables),
        records=() if of_units else proof,
        units=proof if of_units else (),
        statistical=found.statistical,
    )


def _terms(query: Query, metric: Metric, metrics: Metrics) -> Iterator[Query]:
    """Ask for the operands of a derived metric; filters that a denominator of units cannot have do not narrow it."""
    origin = base_metrics(metric.name, metrics)[0]
    for term in metric.measure.terms:
        of_units = base_metrics(term, metrics)[0].table == "units"
        yield replace(query, metric=term, where=_for_units(query.where, origin) if of_units else query.where)
    if metric.measure.op == "ratio" and len(metric.measure.terms) == 1:
        where = (*metric.measure.registry, *_for_units(query.where, origin))
        yield replace(query, metric=IN_REGISTRY.name, where=where)


def _for_units(where: tuple[Filter, ...], origin: Metric) -> tuple[Filter, ...]:
    """Translate filters of a table into those of the registry: schools of a district, of a level."""
    if origin.table == "units":
        return where
    fields = ((test, counterpart(test.field, origin.table, "units")) for test in where)
    return tuple(replace(test, field=field) for test, field in fields if field)


def _groups(query: Query, dimension: str, tables: Tables, metrics: Metrics) -> dict[str, Figure]:
    metric = definition(query.metric, metrics)
    if metric.table:
        field = _field(dimension, metric)
        groups = count_by(query, metric, field, tables)
        return {key: _base(_within(query, dimension, key), metric, found, tables) for key, found in groups}
    terms = tuple(_Term.of(term, dimension, metric, tables, metrics) for term in _terms(query, metric, metrics))
    figures = {}
    for key in dict.fromkeys(key for term in terms for key in term.groups):
        operands = tuple(term.figure(key, tables, metrics) for term in terms)
        if metric.measure.op not in DIVIDES or operands[1].value:
            figures[key] = derive(metric.measure.op, _within(query, dimension, key), operands)
    return figures


@dataclass(frozen=True, slots=True)
class _Term:
    """An operand of a derived metric, group by group; `dimension` is empty when the groups do not divide it."""

    query: Query
    dimension: str
    groups: Mapping[str, Figure]
    whole: Figure | None

    @staticmethod
    def of(query: Query, dimension: str, metric: Metric, tables: Tables, metrics: Metrics) -> _Term:
        origin = base_metrics(metric.name, metrics)[0].table
        name: str | None = dimension
        if origin != "units" and base_metrics(query.metric, metrics)[0].table == "units":
            name = counterpart(dimension, origin, "units")
        if name is None:
            return _Term(query, "", {}, measure(query, tables, metrics))
        return _Term(query, name, _groups(query, name, tables, metrics), None)

    def figure(self, key: str, tables: Tables, metrics: Metrics) -> Figure:
        found = self.whole or self.groups.get(key)
        return found or measure(_within(self.query, self.dimension, key), tables, metrics)


def _expected(field: str, metric: Metric, query: Query, tables: Tables) -> tuple[str, ...]:
    """List the groups that a full table shows, as far as the filters leave them."""
    column = TABLES[metric.table][field]
    if field == "month":
        keys = month_keys(query.period)
    elif column.unit and field.endswith("unit"):
        keys = tables.registry.reporting(query.period)
    else:
        keys = tuple(column.values or ())
    tests = [test for test in (*metric.where, *query.where) if field_of(test.field, metric.table) == field]
    return tuple(key for key in keys if all((key in test.values) != test.negate for test in tests))


def _order(column: Column, tables: Tables) -> Callable[[str], tuple[int, object]]:
    ranks = {word: number for number, word in enumerate(column.values or ())}

    def order(key: str) -> tuple[int, object]:
        if column.unit:
            return (0, tables.registry.order(key)) if key in tables.registry.units else (1, key)
        return (0, ranks[key]) if key in ranks else (1, key)

    return order
