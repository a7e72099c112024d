"""Who was expected to report for a period, and who has."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from chungtay_reports.figures import asking
from chungtay_reports.figures.tables import Tables
from chungtay_reports.model import Coverage, Period

Days = NDArray[np.bool_]


def coverage(period: Period, as_of: date, tables: Tables) -> Coverage:
    """Say who has reported for `period` by `as_of`.

    Expected are the registry's reporting units. A unit has reported when complete submissions of its own, handed in
    and in the books by `as_of`, cover the last day of the period and every earlier day of it that counts: from the
    first event in the books on, while the unit exists, and only days that some unit's submission covers (nobody
    reports on a summer between two school years). A partial submission, one handed in later, or one that stops
    before the period ends does not count: better “28/30” than a “100%” that is not true.
    """
    tables.asked.add(asking.submitted(period, as_of))
    _first_event(as_of, tables)  # noted among the questions also when the answer is remembered
    key = ("coverage", period.start, period.end, as_of)
    found: Coverage = tables.remember(key, lambda: _coverage(period, as_of, tables))
    return found


def reporters(period: Period, as_of: date, tables: Tables) -> tuple[int, ...]:
    """List the records that prove a coverage, by their number.

    They are the submissions of those who have reported, and the first event in the books, which sets the first day
    that counts; over these alone the same units have reported.
    """
    missing = coverage(period, as_of, tables).missing
    submitted = _submitted(period, as_of, tables)
    listed = submitted["rec"][~submitted["unit"].isin(missing)].tolist()
    event = _first_event(as_of, tables)
    return tuple(sorted({*listed, event.rec} if listed and event else listed))


def _coverage(period: Period, as_of: date, tables: Tables) -> Coverage:
    expected = tables.reporting(period)
    event = _first_event(as_of, tables)
    start = max(period.start.toordinal(), event.day if event else 0)
    days = max(period.end.toordinal() - start + 1, 1)
    last = np.zeros(days, dtype=bool)
    last[-1] = True
    reported = {unit: np.zeros(days, dtype=bool) for unit in expected}
    submitted = _submitted(period, as_of, tables)
    for unit, first, end in zip(submitted["unit"], submitted["start"], submitted["event"], strict=True):
        reported[unit][max(first - start, 0) : max(end - start + 1, 0)] = True
    due = np.logical_or.reduce([last, *reported.values()])
    missing = (unit for unit in expected if not _covers(reported[unit], due & _existing(unit, start, days, tables)))
    return Coverage(expected, tuple(missing))


def _covers(reported: Days, due: Days) -> bool:
    return bool((reported | ~due).all())


def _existing(unit: str, start: int, days: int, tables: Tables) -> Days:
    """Say for each day from `start` on whether the unit was there already."""
    existing = np.ones(days, dtype=bool)
    valid_from = tables.registry.units[unit].valid_from
    if valid_from:
        existing[: max(valid_from.toordinal() - start, 0)] = False
    return existing


def _submitted(period: Period, as_of: date, tables: Tables) -> pd.DataFrame:
    """Return the complete submissions that touch the period, in the books on `as_of`."""
    rows = tables.sheets["submissions"].rows
    touching = (rows["start"] <= period.end.toordinal()) & (rows["event"] >= period.start.toordinal())
    expected = rows["unit"].isin(tables.reporting(period))
    return rows[touching & expected & (rows["complete"] == "true") & tables.seen(as_of)[rows["rec"]]]


class _Event(NamedTuple):
    day: int
    rec: int


def _first_event(as_of: date, tables: Tables) -> _Event | None:
    """Return the first day on which something happened, as known on `as_of`, with its record."""
    found: _Event | None = tables.remember(("first", as_of), lambda: _find_first_event(as_of, tables))
    tables.asked.add(asking.first_event(as_of, found.day if found else None))
    return found


def _find_first_event(as_of: date, tables: Tables) -> _Event | None:
    firsts = []
    for table in ("agreements", "activities"):
        rows = tables.sheets[table].rows
        rec, event = rows["rec"].to_numpy(), rows["event"].to_numpy()
        counted = np.flatnonzero(tables.seen(as_of)[rec] & ~rows["marked"].to_numpy())
        if len(counted):
            first = counted[np.lexsort((rec[counted], event[counted]))[0]]
            firsts.append(_Event(int(event[first]), int(rec[first])))
    return min(firsts, default=None)
