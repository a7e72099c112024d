"""Where every value stands in a table: an edition's questions are answered from the rows that they speak of, no others.

`Tables.select` and `tally` look through a whole table for one question: that is how a figure is proven again
(`measure.recompute`). An edition asks hundreds, a national run a million, nearly all of one unit's rows. Here a table is
taken apart once, each field into codes and the rows of each code; a question then costs what its answer is long. Both ways
are written apart from each other and must agree in value, records and order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chungtay_reports.figures import asking
from chungtay_reports.figures.columns import TABLES, UNNAMED
from chungtay_reports.figures.tables import COUNTING, Sheet, Tables
from chungtay_reports.figures.tally import Numbers, Tally, tests_of
from chungtay_reports.model import Filter, Metric, Period, Query

Flags = NDArray[np.bool_]
NOTHING = np.zeros(0, dtype=np.int64)


def count(query: Query, metric: Metric, tables: Tables) -> Tally:
    """Count what `tally` counts in the rows that `select` chooses: one group of all."""
    book, rows = _rows(query, metric, tables)
    return _COUNTS[metric.measure.op](book, rows, metric.measure.field, query.as_of)


def count_by(query: Query, metric: Metric, name: str, tables: Tables) -> Iterator[tuple[str, Tally]]:
    """Count the rows of each value of the field `name`; rows without a value are in no group, with several in several."""
    book, rows = _rows(query, metric, tables, name)
    one = book.field(name, query.as_of)
    at, codes = one.spread(rows)
    there = codes >= 0
    at, codes = at[there], codes[there]
    order = np.argsort(codes, kind="stable")
    grouped, codes = rows[at[order]], codes[order]
    bounds = [*_firsts(codes).tolist(), len(codes)]
    for start, end in pairwise(bounds):
        found = _COUNTS[metric.measure.op](book, grouped[start:end], metric.measure.field, query.as_of)
        yield one.keys[codes[start]], found


# --------------------------------------------------------------------------- a table taken apart


@dataclass(frozen=True, slots=True)
class _Field:
    """One field: `codes` of the entries (-1 for none) row by row, and the rows of each code, ascending.

    A field with one value has an entry for every row; of one with several those of row r are `first[r]:first[r + 1]`.
    """

    keys: Sequence[str]
    numbers: Mapping[str, int]
    codes: Numbers
    first: Numbers | None
    places: Numbers
    bounds: Numbers

    @staticmethod
    def of(codes: Numbers, keys: Sequence[str], rows: Numbers, length: int | None = None) -> _Field:
        order = np.argsort(codes, kind="stable")
        return _Field(
            keys=keys,
            numbers={key: number for number, key in enumerate(keys)},
            codes=codes,
            first=None if length is None else np.searchsorted(rows, np.arange(length + 1)),
            places=rows[order],
            bounds=np.searchsorted(codes[order], np.arange(len(keys) + 1)),
        )

    def rows(self, values: tuple[str, ...]) -> Numbers:
        """Return the rows that have one of the values, ascending."""
        found = [self._of(value) for value in values]
        return found[0] if len(found) == 1 else np.unique(np.concatenate([NOTHING, *found]))

    def size(self, values: tuple[str, ...]) -> int:
        """Say how many rows have one of the values, at most."""
        return sum(len(self._of(value)) for value in values)

    def passed(self, rows: Numbers, values: tuple[str, ...]) -> Flags:
        """Say which of the rows have one of the values."""
        if self.first is None:
            wanted = np.zeros(len(self.keys) + 1, dtype=bool)  # the last one answers for -1
            wanted[[self.numbers[value] for value in values if value in self.numbers]] = True
            found: Flags = wanted[self.codes[rows]]
            return found
        having = self.rows(values)
        if not len(having):
            return np.zeros(len(rows), dtype=bool)
        at = np.searchsorted(having, rows)
        return np.asarray(having[np.minimum(at, len(having) - 1)] == rows)

    def spread(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """Return the entries of the rows: whose each is (a position in `rows`, ascending) and its code, -1 for none."""
        here = np.arange(len(rows))
        if self.first is None:
            return here, self.codes[rows]
        first, after = self.first[rows], self.first[rows + 1]
        have = after - first
        at = np.repeat(here, np.maximum(have, 1))
        turn = np.arange(len(at)) - np.searchsorted(at, at)
        codes = np.full(len(at), -1, dtype=np.int64)
        named = have[at] > 0
        codes[named] = self.codes[(first[at] + turn)[named]]
        return at, codes

    def _of(self, value: str) -> Numbers:
        number = self.numbers.get(value)
        return NOTHING if number is None else self.places[self.bounds[number] : self.bounds[number + 1]]


@dataclass(frozen=True, eq=False)
class _Concordance:
    """A table as arrays, its fields taken apart when they are first asked for."""

    name: str
    tables: Tables
    sheet: Sheet
    rec: Numbers
    key: Numbers
    weight: Numbers
    marked: Flags
    known: dict[tuple[str, date | None], _Field] = field(default_factory=dict)
    amounts: dict[str, Numbers] = field(default_factory=dict)

    @staticmethod
    def of(name: str, tables: Tables) -> _Concordance:
        sheet = tables.sheets[name]
        rec, key, weight, marked = (sheet.rows[column].to_numpy() for column in COUNTING)
        return _Concordance(name, tables, sheet, rec, key, weight, marked)

    def field(self, name: str, as_of: date) -> _Field:
        """Take a field apart; the status of a task is another one on every day."""
        key = (name, as_of if name == "status" else None)
        if key not in self.known:
            self.known[key] = self._taken_apart(name, as_of)
        return self.known[key]

    def _taken_apart(self, name: str, as_of: date) -> _Field:
        pairs = self.sheet.many.get(name)
        if pairs is not None:
            codes, keys = pd.factorize(pairs["value"])
            return _Field.of(codes, tuple(keys), pairs["row"].to_numpy(), len(self.rec))
        column = self.tables.frame(self.name, as_of)[name]
        codes, keys = pd.factorize(column)
        if TABLES[self.name][name].number:  # has no words to be asked for
            codes, keys = np.full(len(codes), -1), keys[:0]
        return _Field.of(codes, tuple(keys), np.arange(len(codes)))

    def amount(self, name: str) -> Numbers:
        """Return the numbers of a field, 0 where there is none."""
        if name not in self.amounts:
            self.amounts[name] = self.sheet.rows[name].fillna(0).to_numpy(dtype=np.int64)
        return self.amounts[name]

    def within(self, period: Period, as_of: date, inside: Flags) -> Numbers:
        """Return the rows inside the window of a period."""
        found: Numbers = self.tables.remember(
            ("within", self.name, period.start, period.end, as_of), lambda: np.flatnonzero(inside)
        )
        return found

    def select(self, tests: tuple[Filter, ...], period: Period, as_of: date) -> Numbers:
        """Return the rows that pass every test in the window of the period, ascending; the rarest value leads to them."""
        inside = self.tables.window(self.name, period, as_of)
        within = self.within(period, as_of, inside)
        fields = [self.field(test.field, as_of) for test in tests]
        sizes = [len(within) if test.negate else one.size(test.values) for test, one in zip(tests, fields, strict=True)]
        rarest = min(range(len(tests)), key=sizes.__getitem__, default=None)
        if rarest is None or tests[rarest].negate or sizes[rarest] >= len(within):
            rarest, rows = None, within
        else:
            rows = fields[rarest].rows(tests[rarest].values)
            rows = rows[inside[rows]]
        for number, (test, one) in enumerate(zip(tests, fields, strict=True)):
            if number != rarest:
                rows = rows[one.passed(rows, test.values) != test.negate]
        return rows


def _rows(query: Query, metric: Metric, tables: Tables, *fields: str) -> tuple[_Concordance, Numbers]:
    name = metric.table
    tests = tests_of(metric, query.where)
    tables.asked.add(asking.selection(name, tests, query.period, query.as_of, (metric.measure.field, *fields)))
    book: _Concordance = tables.remember(("concordance", name), lambda: _Concordance.of(name, tables))
    return book, book.select(tests, query.period, query.as_of)


# --------------------------------------------------------------------------- counting


def _firsts(numbers: Numbers) -> Numbers:
    """Return where each number stands first; they are nearly always in order."""
    if len(numbers) > 1 and (numbers[1:] < numbers[:-1]).any():
        return np.sort(np.unique(numbers, return_index=True)[1])
    new = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return np.flatnonzero(new)


def _listed(book: _Concordance, rows: Numbers) -> Numbers:
    """Return the numbers of the versions that have these rows, ascending."""
    rec = book.rec[rows]
    found = rec[_firsts(rec)]
    return np.unique(found) if len(found) > 1 and (found[1:] < found[:-1]).any() else found


def _weighed(book: _Concordance, rows: Numbers) -> tuple[int, int]:
    """Add up the weights of what the rows count, each thing once, and the part of it that is marked."""
    once = rows[_firsts(book.key[rows])]
    weight = book.weight[once]
    return int(weight.sum()), int(weight[book.marked[once]].sum())


def _count(book: _Concordance, rows: Numbers, _: str, __: date) -> Tally:
    rows = rows[book.weight[rows] > 0]
    value, statistical = _weighed(book, rows)
    return Tally(value, statistical, _listed(book, rows))


def _count_distinct(book: _Concordance, rows: Numbers, name: str, as_of: date) -> Tally:
    """Count the values that rows name; rows of a count, where they never name one, are that many more."""
    rows = rows[book.weight[rows] > 0]
    extra = rows[:0]
    if name in UNNAMED:
        more = book.marked[rows]
        extra, rows = rows[more], rows[~more]
    at, codes = book.field(name, as_of).spread(rows)
    named = codes >= 0
    codes, rows = codes[named], rows[at[named]]
    values, certain = (len(np.unique(found)) for found in (codes, codes[~book.marked[rows]]))
    added = _weighed(book, extra)[0]
    listed = _listed(book, rows)
    if len(extra):
        listed = np.union1d(listed, book.rec[extra])
    return Tally(values + added, values - certain + added, listed)


def _sum(book: _Concordance, rows: Numbers, name: str, _: date) -> Tally:
    amounts = book.amount(name)
    rows = rows[amounts[rows] > 0]
    once = rows[_firsts(book.key[rows])]
    found = amounts[once]
    return Tally(int(found.sum()), int(found[book.marked[once]].sum()), _listed(book, once))


_COUNTS: Mapping[str, Callable[[_Concordance, Numbers, str, date], Tally]] = {
    "count": _count,
    "count_distinct": _count_distinct,
    "sum": _sum,
}
