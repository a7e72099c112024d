"""How days and periods are written in Vietnamese, in the press and in official papers.

CLDR's Vietnamese dates (“2 tháng 6, 2026”, “Chủ Nhật”, “Quý 2”) are neither what the press prints nor what Decree
30/2020 (Appendix I) prescribes, so nothing here asks Babel.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from chungtay_reports.model import Period
from chungtay_reports.vietnamese.numerals import in_words, number

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")  # Monday first
HALF_YEAR = 6  # months
WORDS_BELOW = 100  # a longer count of days or weeks is printed in figures


def press_date(d: date, *, year: bool = True) -> str:
    """Print a day as papers do, without padding: 6/5/2025, or 6/5."""
    return f"{d.day}/{d.month}/{d.year}" if year else f"{d.day}/{d.month}"


def press_range(period: Period) -> str:
    """Print a span as papers do, saying a common year once: từ 15/7 đến 30/8/2023."""
    same_year = period.start.year == period.end.year
    return f"từ {press_date(period.start, year=not same_year)} đến {press_date(period.end)}"


def official_date(d: date) -> str:
    """Print a day as Decree 30/2020 prescribes: ngày 06 tháng 5 năm 2025.

    A zero stands before days below 10 and before months 1 and 2 only, so that neither can be altered by a pen stroke.
    """
    month = f"{d.month:02}" if d.month <= 2 else str(d.month)
    return f"ngày {d.day:02} tháng {month} năm {d.year}"


def month_year(d: date) -> str:
    """Print the month of a day: tháng 12/2022."""
    return f"tháng {d.month}/{d.year}"


def weekday(d: date) -> str:
    """Name the day of the week in running text: thứ Ba, Chủ nhật."""
    return WEEKDAYS[d.weekday()]


def school_year(d: date, start: str = "08-01") -> str:
    """Name the school year that a day falls in: năm học 2022-2023; `start` is its first day as MM-DD."""
    first = d.year if f"{d:%m-%d}" >= start else d.year - 1
    return f"năm học {first}-{first + 1}"


def whole_months(period: Period) -> int | None:
    """Count the months of a period that is made of whole months, else None.

    Both ends belong to the period: 1/12/2022 to 31/7/2023 is eight months, and so is 14/12/2022 to 13/8/2023.
    """
    after = period.end + timedelta(days=1)
    months = (after.year - period.start.year) * 12 + after.month - period.start.month
    return months if months > 0 and add_months(period.start, months) == after else None


def add_months(day: date, months: int) -> date:
    """Move a day by calendar months; a day that the month lacks becomes its last (31/1 + 1 → 28/2)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def duration(period: Period) -> str:
    """Say how long a period is, exactly: tám tháng; một năm; một năm rưỡi; hai tuần; mười ngày; 240 ngày.

    Years and months only when the period is made of whole ones, weeks only when the days divide by seven. “Hơn một
    năm” is a hedge, which nothing here says.
    """
    months = whole_months(period)
    if months:
        return months_in_words(months)
    days = (period.end - period.start).days + 1
    weeks, rest = divmod(days, 7)
    return _counted(days, "ngày") if rest or weeks > 4 else _counted(weeks, "tuần")


def months_in_words(months: int) -> str:
    """Say a count of months in years and months: tám tháng, hai năm, một năm rưỡi, một năm ba tháng."""
    years, rest = divmod(months, 12)
    if years and rest == HALF_YEAR:
        return f"{_counted(years, 'năm')} rưỡi"
    parts = [_counted(years, "năm")] * (years > 0) + [_counted(rest, "tháng")] * (rest > 0)
    return " ".join(parts)


def _counted(count: int, noun: str) -> str:
    return f"{in_words(count) if count < WORDS_BELOW else number(count)} {noun}"
