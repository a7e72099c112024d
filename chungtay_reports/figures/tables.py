"""Lay records and the registry out as frames, one per table of `columns.py`; pandas lives here and in measuring."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chungtay_reports.figures import asking
from chungtay_reports.figures.columns import TABLES
from chungtay_reports.figures.folding import AFTER, ALWAYS, NEVER, Fold, fold_same
from chungtay_reports.figures.frames import COMPUTED, Frames, Telling, lay
from chungtay_reports.figures.rows import Traits
from chungtay_reports.model import Filter, Period, Unit
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.history import versions
from chungtay_reports.workspace.library import Entry, known

REMEMBERED = 1024
COUNTING = ("rec", "key", "weight", "marked")
Mask = NDArray[np.bool_]
_TEXT: Any = pd.StringDtype(na_value=np.nan)
_NUMBER: Any = pd.Int64Dtype()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as a frame, and its fields with several values as frames of (row, value).

    Columns: the table's fields, and `rec` (number of the version in `Tables.ids`, of the unit in `unit_ids`), `key`
    (number of what `count` counts), `event` (ordinal of the day that decides the period), `weight` (1, or the count
    of a statistical row), `marked` (a statistical row).
    """

    rows: pd.DataFrame
    many: Mapping[str, pd.DataFrame]


@dataclass(frozen=True, eq=False)
class Tables:
    """The frames of all records and of the registry, built once. What is remembered inside never shows in a value."""

    entries: Mapping[str, Entry]  # as they stand now, in the order of ids
    registry: Registry
    sheets: Mapping[str, Sheet]
    fold: Fold
    ids: tuple[str, ...]  # of every version; a record that was corrected has several
    unit_ids: tuple[str, ...]
    registered: Mask  # which units of `unit_ids` exist
    memory: dict[Hashable, Any] = field(default_factory=dict, repr=False)
    asked: set[asking.Question] = field(default_factory=set, repr=False)  # every look at the records, for `asking`
    covered: set[str] = field(default_factory=set, repr=False)  # records of which everything has been asked for

    def watched(self) -> Tables:
        """Return the same tables with a note of questions of their own."""
        return replace(self, asked=set(), covered=set())

    def select(
        self, table: str, tests: tuple[Filter, ...], period: Period, as_of: date, fields: tuple[str, ...]
    ) -> pd.DataFrame:
        """Return the rows of `table` that pass every test, happened in the period, and were in the books on `as_of`.

        Of their columns: those by which rows are counted, and of `fields` those that have one value for each row.

        A record is dated by its (first) day, a statistical row and a submission by the last day of their period, a
        plan's task by its due day; a unit of the registry counts when it is valid on the last day of the period.
        Of records that name the same event one is seen: the preferred one among those in the books by then.
        """
        self.asked.add(asking.selection(table, tests, period, as_of, fields))
        mask = self.window(table, period, as_of)
        for test in tests:
            mask = mask & (self._passed(table, test, as_of) != test.negate)
        return self._narrow(table, fields, as_of)[mask]

    def seen(self, as_of: date) -> Mask:
        """Say of every version of a record, in the order of `ids`, whether an edition as of that day sees it."""
        found: Mask = self.remember(("seen", as_of), lambda: self.fold.seen(as_of))
        return found

    def entry(self, id_: str, as_of: date) -> Entry:
        """Return a record as it was known on a day on which it was in the books."""
        if id_ not in self.covered:
            self.asked.add(asking.record(id_))
        return next(known((self.entries[id_],), as_of))

    def only(self, records: Iterable[str], units: Iterable[str] = ()) -> Tables:
        """Return tables in which nothing but these records and these units of the registry exists."""
        kept, kept_units = frozenset(records), frozenset(units)
        listed = np.array([id_ in kept for id_ in self.ids], dtype=bool)
        registered = np.array([id_ in kept_units for id_ in self.unit_ids], dtype=bool)
        return replace(
            self,
            fold=self.fold.only(listed),
            registered=self.registered & registered,
            memory={},
            asked=set(),
            covered=set(),
        )

    def cover(self, question: asking.Question, records: Iterable[str]) -> None:
        """Note one question for all that these records say, in the place of one for each record."""
        self.asked.add(question)
        self.covered.update(records)

    def remember(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        """Return `compute()`, asked once per key; what has not been asked for the longest is forgotten first."""
        if key in self.memory:
            found = self.memory.pop(key)
        else:
            found = compute()
            if len(self.memory) >= REMEMBERED:
                del self.memory[next(iter(self.memory))]
        self.memory[key] = found
        return found

    def reporting(self, period: Period) -> tuple[str, ...]:
        """Return the units that are expected to report for the period, in registry order."""
        found: tuple[str, ...] = self.remember(("reporting", period.end), lambda: self.registry.reporting(period))
        return found

    def frame(self, table: str, as_of: date) -> pd.DataFrame:
        """Return a table as it stands on a day: a task's status is another one on every day."""
        rows = self.sheets[table].rows
        if table != "plan_tasks":
            return rows
        found: pd.DataFrame = self.remember(("status", as_of), lambda: _with_status(rows, as_of))
        return found

    def _narrow(self, table: str, fields: tuple[str, ...], as_of: date) -> pd.DataFrame:
        """Return the columns that counting needs: a frame's price is its columns, and there are hundreds of questions."""

        def columns() -> pd.DataFrame:
            frame = self.frame(table, as_of)
            return frame[[name for name in dict.fromkeys((*COUNTING, *fields)) if name in frame]]

        day = as_of if table == "plan_tasks" else None
        found: pd.DataFrame = self.remember(("narrow", table, fields, day), columns)
        return found

    def window(self, table: str, period: Period, as_of: date) -> Mask:
        """Say which rows a period has, as seen on a day."""
        key = ("window", table, period.start, period.end, as_of)
        found: Mask = self.remember(key, lambda: self._inside(table, period, as_of))
        return found

    def _inside(self, table: str, period: Period, as_of: date) -> Mask:
        rows = self.sheets[table].rows
        start, end = period.start.toordinal(), period.end.toordinal()
        if table == "units":
            there = self.registered[rows["rec"].to_numpy()]
            return np.asarray((rows["valid_from"] <= end) & (rows["valid_to"] >= end) & there)
        event = rows["event"].to_numpy()
        return np.asarray((event >= start) & (event <= end) & self.seen(as_of)[rows["rec"].to_numpy()])

    def _passed(self, table: str, test: Filter, as_of: date) -> Mask:
        key = ("passed", table, replace(test, negate=False), as_of if test.field == "status" else None)
        found: Mask = self.remember(key, lambda: self._test(table, test, as_of))
        return found

    def _test(self, table: str, test: Filter, as_of: date) -> Mask:
        """Say which rows have one of the values; of a field with several values, any of them."""
        frame = self.frame(table, as_of)
        pairs = self.sheets[table].many.get(test.field)
        if pairs is None:
            return np.asarray(frame[test.field].isin(test.values))
        return frame.index.isin(pairs["row"][pairs["value"].isin(test.values)])


def tabulate(entries: Iterable[Entry], registry: Registry) -> Tables:
    """Build the tables of all records; their order does not matter."""
    by_id = {entry.record.id: entry for entry in sorted(entries, key=lambda entry: entry.record.id)}
    told = [one for entry in by_id.values() for one in tellings(entry)]
    return tables_of(lay(told, Traits(registry)), registry, by_id)


def tables_of(frames: Frames, registry: Registry, entries: Mapping[str, Entry]) -> Tables:
    """Build the tables of records that have been laid out; `entries` are the same records by id."""
    since, until = frames.days("since"), frames.days("until")
    fold = fold_same(frames.ids, since, until, frames.pointing())
    return _tables(frames, fold, registry, entries)


def lay_out(told: tuple[Entry, ...], fold: Fold, registry: Registry, entries: Mapping[str, Entry]) -> Tables:
    """Build the tables of versions of records, in the order of `told`, which is that of the fold."""
    frames = lay([Telling(entry, ALWAYS, AFTER) for entry in told], Traits(registry))
    return _tables(frames, fold, registry, entries)


def tellings(entry: Entry, number: int = 0) -> Iterator[Telling]:
    """Give every version of a record; `number` is its place in its file."""
    for version in versions(entry.record):
        told = entry if version.record is entry.record else replace(entry, record=version.record)
        until = version.until.toordinal() if version.until else AFTER
        yield Telling(told, version.since.toordinal(), until, number)


def _tables(frames: Frames, fold: Fold, registry: Registry, entries: Mapping[str, Entry]) -> Tables:
    sheets = {table: _sheet(table, rows.combine_chunks()) for table, rows in frames.rows.items()}
    unit_ids = tuple(sorted(registry.units))
    sheets["units"] = _units(registry, unit_ids)
    return Tables(
        entries=entries,
        registry=registry,
        sheets=sheets,
        fold=fold,
        ids=frames.ids,
        unit_ids=unit_ids,
        registered=np.ones(len(unit_ids), dtype=bool),
    )


def _sheet(table: str, rows: Any) -> Sheet:
    """Make a frame of rows in Arrow."""
    columns: dict[str, Any] = {name: rows.column(name).to_numpy() for name in ("rec", "event", "weight", "marked")}
    columns["key"] = columns["rec"]
    if table == "plan_tasks":  # an agreement has many tasks
        columns["key"] = np.arange(len(rows), dtype=np.int64)
    columns |= {name: rows.column(name).to_numpy() for name in ("done", "start") if name in rows.column_names}
    for name, column in TABLES[table].items():
        if not column.many and name not in COMPUTED:
            kind = _NUMBER if column.number else _TEXT
            columns[name] = kind.__from_arrow__(rows.column(name))
    if "statistical" in TABLES[table]:
        columns["statistical"] = _texts(np.where(columns["marked"], "true", "false"))
    many = {name: _pairs(rows.column(name)) for name, column in TABLES[table].items() if column.many}
    return Sheet(pd.DataFrame(columns), many)


def _texts(values: Iterable[str | None]) -> Any:
    return pd.array(list(values), dtype="str")


def _pairs(column: Any) -> pd.DataFrame:
    lists = column.combine_chunks()
    numbers = np.repeat(np.arange(len(lists), dtype=np.int64), np.diff(np.asarray(lists.offsets)))
    return pd.DataFrame({"row": numbers, "value": _TEXT.__from_arrow__(lists.flatten())})


def _with_status(tasks: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """A task is done when it was done by `as_of`, late when its due day has passed without that, else open."""
    today = as_of.toordinal()
    done, late = tasks["done"].to_numpy() <= today, tasks["event"].to_numpy() < today
    return tasks.assign(status=_texts(np.where(done, "done", np.where(late, "late", "open"))))


def _units(registry: Registry, ids: tuple[str, ...]) -> Sheet:
    """Lay the registry out: a row for every unit, and one for every place that it has come to belong to."""
    stays = [(number, stay) for number, id_ in enumerate(ids) for stay in _stays(registry.units[id_], registry)]
    numbers = np.array([number for number, _ in stays], dtype=np.int64)
    columns: dict[str, Any] = {
        "rec": numbers,
        "key": numbers,
        "weight": np.ones(len(stays), dtype=np.int64),
        "marked": np.zeros(len(stays), dtype=bool),
        "valid_from": [first for _, (first, _) in stays],
        "valid_to": [last for _, (_, last) in stays],
    }
    for name in TABLES["units"].keys() - COMPUTED:
        fields = (registry.field(ids[number], name, date.fromordinal(first)) for number, (first, _) in stays)
        columns[name] = _texts(field or None for field in fields)
    reports = (registry.tiers[registry.units[ids[number]].tier].reports for number, _ in stays)
    columns["reports"] = _texts("true" if reporting else "false" for reporting in reports)
    return Sheet(pd.DataFrame(columns), {})


def _stays(unit: Unit, registry: Registry) -> Iterator[tuple[int, int]]:
    """Give the first and the last day of a unit at each place that it belonged to while it was there (ordinals)."""
    first = unit.valid_from.toordinal() if unit.valid_from else ALWAYS
    last = unit.valid_to.toordinal() if unit.valid_to else NEVER
    for turn in (day.toordinal() for day in registry.turns(unit.id)):
        if first < turn <= last:
            yield first, turn - 1
            first = turn
    yield first, last
