"""The promises that metrics make about their values: `not_above`, `max_jump`, `one_per`, and sums that add nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations

from chungtay_reports.errors import Code, Problem
from chungtay_reports.figures.columns import TABLES
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.measure import base_metrics, measure
from chungtay_reports.figures.periods import before, label
from chungtay_reports.figures.tables import Tables
from chungtay_reports.figures.tally import select, spread
from chungtay_reports.model import Figure, Metric, Period, Query
from chungtay_reports.vietnamese.numerals import number, percent

ABOVE = Code("M130", "“{name}” là {value}, vượt “{other}” ({limit}) trong kỳ {period}; bản ghi nào đó đếm sai")
JUMP = Code("M131", "“{name}” kỳ {period} là {value}, hơn {factor} lần kỳ trước ({old}); hãy soát lại các bản ghi mới")
REPEATED = Code(
    "M132",
    "“{name}” cộng số người, nhưng “{key}” có ở nhiều bản ghi ({records}) trong kỳ {period}: một người bị đếm nhiều lần",
)
UNKNOWN = Code(
    "M133", "“{name}” cộng số người, nhưng bản ghi {records} không cho biết {field}: chưa chắc không đếm lặp"
)
TWICE = Code("M134", "“{name}” tính hai lần bản ghi {records}: có cả trong “{one}” và “{other}”, kỳ {period}")

SHOWN = 3
COUNTS = ("count", "count_distinct")


@dataclass(frozen=True, slots=True)
class _Scene:
    """What a test looks at."""

    metric: Metric
    metrics: Mapping[str, Metric]
    tables: Tables
    period: Period
    as_of: date

    def figure(self, name: str, period: Period | None = None) -> Figure:
        return measure(Query(name, period or self.period, self.as_of), self.tables, self.metrics)


def run_tests(metrics: Mapping[str, Metric], tables: Tables, period: Period, as_of: date) -> tuple[Problem, ...]:
    """Check every metric's promises for one period as of a day; a ratio that cannot be computed promises nothing."""
    problems: list[Problem] = []
    for metric in metrics.values():
        scene = _Scene(metric, metrics, tables, period, as_of)
        with suppress(Refused):
            problems.extend(_added_twice(scene))
        for test in metric.tests:
            with suppress(Refused):
                problems.extend(_TESTS[test.name](scene, test.argument))
    return tuple(sorted(problems))


def _not_above(scene: _Scene, other: str) -> Iterator[Problem]:
    value, limit = scene.figure(scene.metric.name).value, scene.figure(other).value
    if value > limit:
        facts = {"value": _say(value), "other": other, "limit": _say(limit), "period": label(scene.period)}
        yield ABOVE.at(scene.metric.place, name=scene.metric.name, **facts)


def _max_jump(scene: _Scene, factor: str) -> Iterator[Problem]:
    """Compare with the period of equal length before; growth from 0 proves nothing."""
    value = scene.figure(scene.metric.name).value
    old = scene.figure(scene.metric.name, before(scene.period)).value
    if old and value > Fraction(factor) * old:
        facts = {
            "value": _say(value),
            "old": _say(old),
            "factor": number(Fraction(factor), 2),
            "period": label(scene.period),
        }
        yield JUMP.at(scene.metric.place, name=scene.metric.name, **facts)


def _one_per(scene: _Scene, field: str) -> Iterator[Problem]:
    """Report every value of `field` that two counted records share, and records that do not say."""
    metric = scene.metric
    rows = select(metric, (), scene.period, scene.as_of, scene.tables, "id", field)
    if metric.measure.op == "sum":
        rows = rows[rows[metric.measure.field].fillna(0) > 0]
    named = spread(rows, field, "value", metric, scene.tables)[["id", "value"]].drop_duplicates()
    silent = named[named["value"].isna()]["id"].tolist()
    if silent and len(named) > 1:
        yield UNKNOWN.at(metric.place, name=metric.name, field=field, records=_some(silent))
    for value, ids in named.dropna().groupby("value", sort=True)["id"]:
        if len(ids) > 1:
            facts = {"key": _called(str(value), field, scene), "records": _some(ids.tolist())}
            yield REPEATED.at(metric.place, name=metric.name, period=label(scene.period), **facts)


_TESTS: Mapping[str, Callable[[_Scene, str], Iterator[Problem]]] = {
    "not_above": _not_above,
    "max_jump": _max_jump,
    "one_per": _one_per,
}


def _added_twice(scene: _Scene) -> Iterator[Problem]:
    """Report records that two counts of one sum both count; sums of different fields may share a record."""
    if scene.metric.measure.op != "sum_of":
        return
    terms = [
        (base.name, set(scene.figure(base.name).records))
        for base in base_metrics(scene.metric.name, scene.metrics)
        if base.measure.op in COUNTS
    ]
    for (one, left), (other, right) in combinations(terms, 2):
        if both := sorted(left & right):
            facts = {"one": one, "other": other, "records": _some(both), "period": label(scene.period)}
            yield TWICE.at(scene.metric.place, name=scene.metric.name, **facts)


def _called(value: str, field: str, scene: _Scene) -> str:
    registry = scene.tables.registry
    of_units = TABLES[scene.metric.table][field].unit
    return registry.name(value, scene.period.end) if of_units and value in registry.units else value


def _say(value: int | Fraction) -> str:
    """Print a count as a number, a ratio as a percentage."""
    return percent(value) if isinstance(value, Fraction) else number(value)


def _some(ids: list[str]) -> str:
    """List the first few ids."""
    listed = ", ".join(sorted(ids)[:SHOWN])
    return listed if len(ids) <= SHOWN else f"{listed} và {number(len(ids) - SHOWN)} bản ghi nữa"
