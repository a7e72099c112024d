"""Periods as figures compare, order and label them: whole months where they are whole months, else days."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta

from chungtay_reports.model import Period
from chungtay_reports.vietnamese.dates import add_months, press_date, whole_months

ONE_DAY = timedelta(days=1)


def same_length(one: Period, other: Period) -> bool:
    """Say whether two periods may be compared: as many whole months (a leap day does not matter), or as many days."""
    months = whole_months(one)
    if months is not None and months == whole_months(other):
        return True
    return one.end - one.start == other.end - other.start


def before(period: Period) -> Period:
    """Return the period of equal length that ends the day before; of a school year, the school year before."""
    end = period.start - ONE_DAY
    months = whole_months(period)
    if months is None:
        return Period(end - (period.end - period.start), end)
    return Period(add_months(period.start, -months), end)


def label(period: Period) -> str:
    """Name a period in a table or a list: “12/2022–7/2023”, “3/2023”, “14/3/2023–2/4/2023”, or its own name."""
    if period.name:
        return period.name
    first, last = period.start, period.end
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    ends = [f"{day.month}/{day.year}" if whole else press_date(day) for day in (first, last)]
    return "–".join(dict.fromkeys(ends))


def month_keys(period: Period) -> tuple[str, ...]:
    """List the months that a period touches, as the tables name them (“2022-12”)."""
    first = period.start.year * 12 + period.start.month - 1
    last = period.end.year * 12 + period.end.month - 1
    return tuple(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1))
