"""Who has reported for which month, who is late, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chungtay_reports.model import Period
from chungtay_reports.records import Submission
from chungtay_reports.settings import Calendar
from chungtay_reports.workspace.layout import school_year_of
from chungtay_reports.workspace.library import Entry, Library, known

ONE_DAY = timedelta(days=1)


class Mark(StrEnum):
    """What is known of a unit and a month; the value is how a table shows it."""

    REPORTED = "✓"
    LATE = "!"  # complete, but after the deadline
    PARTIAL = "~"
    MISSING = "✗"
    PENDING = "·"  # not due yet
    UNKNOWN = " "  # the unit did not exist, or nobody reports on that month


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the books and the day by which it has to be reported."""

    first: date
    last: date
    due: date

    @property
    def key(self) -> str:
        return f"{self.first.month}/{self.first.year}"


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's months in the order of `Matrix.months`; `since` is the first deadline that it missed and still owes."""

    unit: str
    marks: tuple[Mark, ...]
    since: date | None
    handed_in: date | None  # the latest complete submission

    def owed(self, months: tuple[Month, ...], as_of: date) -> tuple[Month, ...]:
        """List the months that are overdue on `as_of`."""
        return tuple(
            month
            for month, mark in zip(months, self.marks, strict=True)
            if mark in {Mark.MISSING, Mark.PARTIAL} and month.due < as_of
        )


@dataclass(frozen=True, slots=True)
class Matrix:
    """Unit × month of a school year, as of a day; lines in registry order."""

    year: str
    as_of: date
    months: tuple[Month, ...]
    lines: tuple[Line, ...]

    @property
    def late(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.since)


def matrix(library: Library, year: str, as_of: date) -> Matrix:
    """Lay out who has reported in a school year, as the books stood on `as_of`.

    Months run from the movement's start to the last month on which, as the books stood, somebody reported or something
    happened: nobody owes a report on a summer without a record.
    """
    entries = tuple(known(library.entries, as_of))
    months = _months(library, entries, year)
    handed_in = tuple(entry.record for entry in entries if isinstance(entry.record, Submission))
    period = Period(months[0].first, months[-1].last) if months else None
    units = library.registry.reporting(period) if period else ()
    return Matrix(year, as_of, months, tuple(_line(library, unit, months, handed_in, as_of) for unit in units))


def years(library: Library) -> tuple[str, ...]:
    """List the school years that have records."""
    return tuple(sorted({entry.year for entry in library.entries}))


def _line(
    library: Library, unit: str, months: tuple[Month, ...], handed_in: tuple[Submission, ...], as_of: date
) -> Line:
    own = tuple(submission for submission in handed_in if submission.unit == unit)
    marks = tuple(
        _mark(own, month, as_of) if library.registry.valid(unit, month.last) else Mark.UNKNOWN for month in months
    )
    owed = [
        month.due
        for month, mark in zip(months, marks, strict=True)
        if mark in {Mark.MISSING, Mark.PARTIAL} and month.due < as_of
    ]
    touching = [
        one.on for one in own if months and one.complete and one.period.end >= months[0].first <= one.period.end
    ]
    return Line(unit, marks, min(owed, default=None), max(touching, default=None))


def _mark(own: Iterable[Submission], month: Month, as_of: date) -> Mark:
    covering = [one for one in own if one.period.start <= month.last and month.last <= one.period.end]
    complete = min((one.on for one in covering if one.complete), default=None)
    if complete:
        return Mark.REPORTED if complete <= month.due else Mark.LATE
    if covering:
        return Mark.PARTIAL
    return Mark.MISSING if month.due < as_of else Mark.PENDING


def _months(library: Library, entries: Iterable[Entry], year: str) -> tuple[Month, ...]:
    calendar = library.settings.calendar
    first = max(_turn(year[:4], calendar), library.settings.movement.start.replace(day=1))
    end = min(_turn(year[5:], calendar) - ONE_DAY, _last_day(library, entries, year))
    months = []
    while first <= end:
        following = (first + timedelta(days=31)).replace(day=1)
        last = following - ONE_DAY
        months.append(Month(first, last, _due(last, calendar)))
        first = following
    return tuple(months)


def _turn(year: str, calendar: Calendar) -> date:
    return date.fromisoformat(f"{year}-{calendar.school_year_start}")


def _last_day(library: Library, entries: Iterable[Entry], year: str) -> date:
    """Find the last day of the year on which something happened or that a submission covers."""
    days = [library.settings.movement.start]
    for entry in entries:
        if entry.year == year:
            record = entry.record
            ends = (record.period.end,) if isinstance(record, Submission) else _event(entry)
            days.extend(end for end in ends if school_year_of(end, library.settings.calendar) == year)
    return max(days)


def _event(entry: Entry) -> tuple[date, ...]:
    record = entry.record
    found = (getattr(record, name, None) for name in ("signed_on", "day", "end", "start"))
    return tuple(day for day in found if isinstance(day, date))


def _due(last: date, calendar: Calendar) -> date:
    """Find the first deadline after a month's last day."""
    candidates = (
        date.fromisoformat(f"{year}-{deadline}")
        for year in (last.year, last.year + 1)
        for deadline in calendar.deadlines
    )
    return min(day for day in candidates if day > last)
