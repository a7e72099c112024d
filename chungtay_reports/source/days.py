"""Days and moments as authors write them: `2023-03-14`, `2023-08-20T09:00:00+07:00`, and nothing else."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from chungtay_reports.model import HANOI

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?[+-]\d{2}:\d{2}", re.ASCII)
_SPOKEN = re.compile(r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.\-](?P<month>\d{1,2})[/.\-](?P<day>\d{1,2})", re.ASCII)


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("day_form", "not YYYY-MM-DD")
    return _day_of(value)


@lru_cache(maxsize=8192)  # the records of a year name a few hundred days again and again
def _day_of(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise PydanticCustomError("day_form", "not YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PydanticCustomError("day_exists", "no such day") from error


def _moment(value: object) -> object:
    """Read a moment as the clocks of Vietnam show it, so that its day is the day there whatever offset it is written with."""
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise PydanticCustomError("moment_form", "not YYYY-MM-DDThh:mm:ss+07:00")
    try:
        return datetime.fromisoformat(value).astimezone(HANOI)
    except (ValueError, OverflowError) as error:
        raise PydanticCustomError("day_exists", "no such moment") from error


Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[datetime, BeforeValidator(_moment)]


def iso_of_spoken(text: str) -> str | None:
    """Read a day as Vietnamese write it (“14/3/2023”, “2023/3/14”) and return it as `2023-03-14`, or None."""
    match = _SPOKEN.fullmatch(text.strip()) or _YEAR_FIRST.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None
