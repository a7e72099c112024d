"""Choose the rows that a base metric speaks of and count them: the arithmetic under every figure, in whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chungtay_reports.figures.columns import UNNAMED, field_of
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.tables import Tables
from chungtay_reports.model import Filter, Measure, Metric, Period

Numbers = NDArray[np.int64]
VALUE = "@value"


@dataclass(frozen=True, slots=True)
class Tally:
    """A counted value, the part of it that stands on statistical rows, and the numbers (`rec`) that make it."""

    value: int
    statistical: int
    rec: Numbers


def select(
    metric: Metric, where: tuple[Filter, ...], period: Period, as_of: date, tables: Tables, *fields: str
) -> pd.DataFrame:
    """Return the rows of the metric's table that pass its filters and `where`, in the books on `as_of`.

    They have what counting the metric needs, and `fields`.
    """
    return tables.select(metric.table, tests_of(metric, where), period, as_of, (metric.measure.field, *fields))


def tests_of(metric: Metric, where: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """List the tests of a metric and of `where`, in the words of the metric's table."""
    return tuple(resolved(test, metric) for test in (*metric.where, *where))


def tally(rows: pd.DataFrame, metric: Metric, tables: Tables) -> Tally:
    """Count all rows as one group."""
    rows = spread(rows, _distinct_field(metric), VALUE, metric, tables)
    return _TALLIES[metric.measure.op](_Cells.of(rows, metric.measure))


def resolved(test: Filter, metric: Metric) -> Filter:
    """Name the field of the metric's table that a filter means; Refused when the table has no such thing."""
    found = _named(test, metric.table)
    if found is None:
        raise Refused(f"chỉ tiêu “{metric.name}” không lọc hay chia theo “{test.field}” được")
    return found


@lru_cache(8192)
def _named(test: Filter, table: str) -> Filter | None:
    field = field_of(test.field, table)
    return None if field is None else Filter(field, test.values, test.negate)


def _distinct_field(metric: Metric) -> str | None:
    return metric.measure.field if metric.measure.op == "count_distinct" else None


def spread(rows: pd.DataFrame, field: str | None, name: str, metric: Metric, tables: Tables) -> pd.DataFrame:
    """Add column `name` with the values of `field`; a row with several values becomes several rows."""
    if field is None:
        return rows
    pairs = tables.sheets[metric.table].many.get(field)
    if pairs is None:
        return rows.assign(**{name: rows[field]})
    return rows.join(pairs.set_index("row")["value"].rename(name), how="left")


@dataclass(frozen=True, slots=True)
class _Cells:
    """The columns that counting needs, as arrays of equal length.

    `value`: numbers to add (absent ones are 0), or codes of the values to tell apart (-1 for absent).
    """

    rec: Numbers
    key: Numbers
    weight: Numbers
    marked: NDArray[np.bool_]
    value: Numbers
    unnamed: bool  # the field is one that statistical rows never name

    @staticmethod
    def of(rows: pd.DataFrame, measure: Measure) -> _Cells:
        value: Any = np.zeros(len(rows), dtype=np.int64)
        if measure.op == "sum":
            value = rows[measure.field].fillna(0).to_numpy(dtype=np.int64)
        elif measure.op == "count_distinct":
            value = pd.factorize(rows[VALUE])[0]
        rec, key, weight, marked = (rows[name].to_numpy() for name in ("rec", "key", "weight", "marked"))
        return _Cells(rec, key, weight, marked, value, measure.field in UNNAMED)

    def take(self, index: Numbers | NDArray[np.bool_]) -> _Cells:
        return _Cells(
            self.rec[index], self.key[index], self.weight[index], self.marked[index], self.value[index], self.unnamed
        )

    def once(self) -> _Cells:
        """Keep the first row of each counted thing: an agreement has a row for every party."""
        return self.take(np.unique(self.key, return_index=True)[1])


def _count(cells: _Cells) -> Tally:
    counted = cells.take(cells.weight > 0)
    once = counted.once()
    return Tally(int(once.weight.sum()), int(once.weight[once.marked].sum()), np.unique(counted.rec))


def _count_distinct(cells: _Cells) -> Tally:
    """Count the values that rows name, and for rows that only give a count, that many more."""
    cells = cells.take(cells.weight > 0)
    more = cells.marked if cells.unnamed else np.zeros(len(cells.rec), dtype=bool)
    named = cells.take((cells.value >= 0) & ~more)
    extra = cells.take(more)
    extra_count = int(extra.once().weight.sum())
    values = np.unique(named.value)
    certain = np.unique(named.value[~named.marked])
    return Tally(
        value=len(values) + extra_count,
        statistical=len(values) - len(certain) + extra_count,
        rec=np.unique(np.concatenate([named.rec, extra.rec])),
    )


def _sum(cells: _Cells) -> Tally:
    once = cells.take(cells.value > 0).once()
    return Tally(int(once.value.sum()), int(once.value[once.marked].sum()), np.unique(once.rec))


_TALLIES: Mapping[str, Callable[[_Cells], Tally]] = {
    "count": _count,
    "count_distinct": _count_distinct,
    "sum": _sum,
}
