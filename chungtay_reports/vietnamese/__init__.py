"""Vietnamese in one place: the names that writers of text and templates import; the rules stand where they come from."""

from __future__ import annotations

from chungtay_reports.vietnamese.collation import fold, person_key, sort_key
from chungtay_reports.vietnamese.dates import (
    duration,
    month_year,
    official_date,
    press_date,
    press_range,
    press_time,
    quarter,
    school_year,
    weekday,
)
from chungtay_reports.vietnamese.names import abbreviate, initials, pupil, sentence_start, unit_in_text
from chungtay_reports.vietnamese.numerals import in_words, money, number, percent, read_money, read_number
from chungtay_reports.vietnamese.typography import join, typography, typography_across

__all__ = [
    "abbreviate",
    "duration",
    "fold",
    "in_words",
    "initials",
    "join",
    "money",
    "month_year",
    "number",
    "official_date",
    "percent",
    "person_key",
    "press_date",
    "press_range",
    "press_time",
    "pupil",
    "quarter",
    "read_money",
    "read_number",
    "school_year",
    "sentence_start",
    "sort_key",
    "typography",
    "typography_across",
    "unit_in_text",
    "weekday",
]
