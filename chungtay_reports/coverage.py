"""Who was expected to report for a period, and who has."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from chungtay_reports.model import Coverage, Period
from chungtay_reports.records import Activity, Agreement, Submission
from chungtay_reports.rows import first_day
from chungtay_reports.tables import Tables

Days = NDArray[np.bool_]


def coverage(period: Period, as_of: date, tables: Tables) -> Coverage:
    """Say who has reported for `period` by `as_of`.

    Expected are the registry's reporting units. A unit has reported when complete submissions of its own, handed in
    and in the books by `as_of`, cover the last day of the period and every earlier day of it that counts: from the
    first event in the books on, while the unit exists, and only days that some unit's submission covers (nobody
    reports on a summer between two school years). A partial submission, one handed in later, or one that stops
    before the period ends does not count: better “28/30” than a “100%” that is not true.
    """
    key = ("coverage", period.start, period.end, as_of)
    found: Coverage = tables.remember(key, lambda: _coverage(period, as_of, tables))
    return found


def reporters(period: Period, as_of: date, tables: Tables) -> tuple[str, ...]:
    """List the records that prove a coverage, by id.

    They are the submissions of those who have reported, and the first event in the books, which sets the first day
    that counts; over these alone the same units have reported.
    """
    missing = frozenset(coverage(period, as_of, tables).missing)
    listed = {id_ for id_, unit, _ in _submitted(period, as_of, tables) if unit not in missing}
    if listed:
        listed |= {id_ for _, id_ in _first_event(as_of, tables)}
    return tuple(sorted(listed))


def _coverage(period: Period, as_of: date, tables: Tables) -> Coverage:
    expected = tables.registry.reporting(period)
    start = max(period.start, min((day for day, _ in _first_event(as_of, tables)), default=period.start))
    days = max((period.end - start).days + 1, 1)
    last = np.zeros(days, dtype=bool)
    last[-1] = True
    reported = {unit: np.zeros(days, dtype=bool) for unit in expected}
    for _, unit, span in _submitted(period, as_of, tables):
        reported[unit][max((span.start - start).days, 0) : max((span.end - start).days + 1, 0)] = True
    due = np.logical_or.reduce([last, *reported.values()])
    missing = (unit for unit in expected if not _covers(reported[unit], due & _existing(unit, start, days, tables)))
    return Coverage(expected, tuple(missing))


def _covers(reported: Days, due: Days) -> bool:
    return bool((reported | ~due).all())


def _existing(unit: str, start: date, days: int, tables: Tables) -> Days:
    """Say for each day from `start` on whether the unit was there already."""
    existing = np.ones(days, dtype=bool)
    valid_from = tables.registry.units[unit].valid_from
    if valid_from and valid_from > start:
        existing[: (valid_from - start).days] = False
    return existing


def _submitted(period: Period, as_of: date, tables: Tables) -> list[tuple[str, str, Period]]:
    """List (id, unit, days) of complete submissions that touch the period; an office reports for its unit."""
    expected = frozenset(tables.registry.reporting(period))
    found = []
    for entry, seen in zip(tables.entries.values(), tables.seen(as_of), strict=True):
        record = entry.record
        if not seen or not isinstance(record, Submission) or not record.complete:
            continue
        unit = tables.registry.top(record.unit) or record.unit
        if unit in expected and record.period.start <= period.end and record.period.end >= period.start:
            found.append((record.id, unit, Period(record.period.start, record.period.end)))
    return found


def _first_event(as_of: date, tables: Tables) -> list[tuple[date, str]]:
    """Return the first day on which something happened, as known on `as_of`, with its record; empty when nothing has."""
    days = [
        (record.signed_on if isinstance(record, Agreement) else first_day(record), record.id)
        for entry, seen in zip(tables.entries.values(), tables.seen(as_of), strict=True)
        if seen and isinstance(record := entry.record, Agreement | Activity)
    ]
    return [min(days)] if days else []
