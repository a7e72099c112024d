"""Vietnamese in one place: the names that writers of text and templates import; the rules stand where they come from."""

from __future__ import annotations

from chungtay_reports.vietnamese.collation import fold, sort_key
from chungtay_reports.vietnamese.dates import (
    duration,
    month_year,
    official_date,
    press_date,
    press_range,
    school_year,
    weekday,
)
from chungtay_reports.vietnamese.numerals import in_words, money, number, percent, points, read_money, read_number
from chungtay_reports.vietnamese.typography import join, sentence_middle, sentence_start, typography, typography_across

__all__ = [
    "duration",
    "fold",
    "in_words",
    "join",
    "money",
    "month_year",
    "number",
    "official_date",
    "percent",
    "points",
    "press_date",
    "press_range",
    "read_money",
    "read_number",
    "school_year",
    "sentence_middle",
    "sentence_start",
    "sort_key",
    "typography",
    "typography_across",
    "weekday",
]
