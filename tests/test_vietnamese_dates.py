from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay_reports.model import Period
from chungtay_reports.vietnamese.dates import (
    add_months,
    duration,
    month_year,
    official_date,
    press_date,
    press_range,
    school_year,
    weekday,
    whole_months,
)

days = st.dates(date(2022, 12, 1), date(2035, 12, 31))


def test_papers_print_days_without_padding():
    assert press_date(date(2025, 5, 6)) == "6/5/2025"
    assert press_date(date(2024, 12, 27), year=False) == "27/12"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 2, 6), "ngày 06 tháng 02 năm 2026"), (date(2025, 5, 6), "ngày 06 tháng 5 năm 2025"),
        (date(2025, 1, 31), "ngày 31 tháng 01 năm 2025"), (date(2025, 3, 10), "ngày 10 tháng 3 năm 2025"),
        (date(2025, 9, 9), "ngày 09 tháng 9 năm 2025"), (date(2022, 12, 20), "ngày 20 tháng 12 năm 2022"),
    ],
)  # fmt: skip
def test_official_papers_pad_days_below_ten_and_the_first_two_months_only(day, text):
    assert official_date(day) == text


def test_a_span_says_a_common_year_once():
    assert press_range(Period(date(2023, 7, 15), date(2023, 8, 30))) == "từ 15/7 đến 30/8/2023"
    assert press_range(Period(date(2022, 12, 1), date(2023, 7, 31))) == "từ 1/12/2022 đến 31/7/2023"


def test_months_carry_their_year():
    assert month_year(date(2022, 12, 1)) == "tháng 12/2022"


def test_weekdays_have_a_capital_in_their_number_only():
    week = [weekday(date(2025, 5, 5) + timedelta(days=n)) for n in range(7)]
    assert week == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


def test_a_school_year_begins_on_the_day_of_the_calendar():
    assert school_year(date(2023, 7, 31)) == "năm học 2022-2023"
    assert school_year(date(2023, 8, 1)) == "năm học 2023-2024"
    assert school_year(date(2023, 8, 31), start="09-01") == "năm học 2022-2023"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2022, 12, 1), date(2023, 7, 31), "tám tháng"), (date(2022, 12, 14), date(2023, 8, 13), "tám tháng"),
        (date(2022, 12, 1), date(2023, 11, 30), "một năm"), (date(2022, 12, 1), date(2024, 5, 31), "một năm rưỡi"),
        (date(2022, 12, 1), date(2024, 2, 29), "một năm ba tháng"), (date(2023, 1, 31), date(2023, 2, 27), "một tháng"),
        (date(2023, 3, 1), date(2023, 3, 1), "một ngày"), (date(2023, 3, 1), date(2023, 3, 14), "hai tuần"),
        (date(2023, 3, 1), date(2023, 3, 10), "mười ngày"), (date(2022, 12, 14), date(2023, 8, 10), "240 ngày"),
        (date(2023, 2, 1), date(2023, 2, 28), "một tháng"),
    ],
)  # fmt: skip
def test_a_duration_is_told_in_the_largest_units_that_are_exact(start, end, text):
    assert duration(Period(start, end)) == text


@given(days, st.integers(1, 120))
def test_a_period_of_whole_months_has_that_many(start, months):
    period = Period(start, add_months(start, months) - timedelta(days=1))
    assert whole_months(period) == months


@given(days, days)
def test_every_period_has_a_duration(a, b):
    assert duration(Period(min(a, b), max(a, b)))
