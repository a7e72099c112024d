"""School days: when things happen in a school year, never in the week of Tết, seldom on a Sunday."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sample.movement import SchoolYear

_SUNDAY, _SATURDAY = 6, 5
_CLOSED = (
    (date(2022, 12, 31), date(2023, 1, 2)),
    (date(2023, 1, 19), date(2023, 1, 29)),  # Tết Quý Mão, 20 to 26 January the core of it
    (date(2023, 4, 29), date(2023, 5, 3)),
    (date(2023, 12, 30), date(2024, 1, 1)),
    (date(2024, 2, 7), date(2024, 2, 14)),  # Tết Giáp Thìn
    (date(2024, 4, 18), date(2024, 4, 18)),
    (date(2024, 4, 27), date(2024, 5, 1)),
    (date(2025, 1, 1), date(2025, 1, 1)),
    (date(2025, 1, 24), date(2025, 2, 2)),  # Tết Ất Tỵ
    (date(2025, 4, 7), date(2025, 4, 7)),
    (date(2025, 4, 30), date(2025, 5, 4)),
    (date(2026, 1, 1), date(2026, 1, 1)),
    (date(2026, 2, 13), date(2026, 2, 22)),  # Tết Bính Ngọ
    (date(2026, 4, 26), date(2026, 4, 26)),
    (date(2026, 4, 30), date(2026, 5, 3)),
)


class SchoolDays:
    """Draws days of one school year with the weights of its months."""

    def __init__(self, year: SchoolYear, random: Random) -> None:
        """Weigh every open day."""
        self._random = random
        span = (year.last - year.first).days + 1
        self._days = [day for day in (year.first + timedelta(n) for n in range(span)) if not _closed(day)]
        self._weights = [_weight(day, year.months[day.month]) for day in self._days]

    def draw(self, earliest: date | None = None, latest: date | None = None) -> date:
        """A day from `earliest` to `latest`, or near the end of the year when that leaves none."""
        first = next((i for i, day in enumerate(self._days) if earliest is None or day >= earliest), len(self._days))
        last = next((i for i, day in enumerate(self._days) if latest is not None and day > latest), len(self._days))
        first = min(first, len(self._days) - 5, max(0, last - 1))
        return self._random.choices(self._days[first:last], self._weights[first:last])[0]


def _closed(day: date) -> bool:
    return any(start <= day <= end for start, end in _CLOSED)


def _weight(day: date, month: int) -> int:
    return month * {_SUNDAY: 1, _SATURDAY: 7}.get(day.weekday(), 20)


def recorded(day: date, random: Random, limit: date) -> date:
    """When an event of `day` enters the books: days or weeks later, on a working day, never after `limit`."""
    written = day + timedelta(random.choice((2, 3, 5, 6, 8, 9, 12, 15, 19)))
    while written.weekday() >= _SATURDAY or _closed(written):
        written += timedelta(1)
    return min(written, limit)
