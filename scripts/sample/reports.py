"""What units report about themselves: submissions, statistical rows, and activities that both sides tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import cast

from sample.agreements import marked
from sample.calendar import recorded
from sample.draft import Draft
from sample.movement import SchoolYear
from sample.places import BY_NAME, DISTRICTS
from sample.registry import School
from sample.text import Value

_STATISTICS: tuple[tuple[str, str, int, dict[str, Value]], ...] = (
    ("Sóc Sơn", "the-thao", 4, {"level": "truong", "mode": "truc-tiep", "counts": {"students": 310}}),
    ("Đông Anh", "van-hoa-van-nghe", 3, {"level": "truong", "mode": "truc-tiep", "counts": {"students": 540}}),
    ("Thạch Thất", "chia-se-hoc-lieu", 6, {"mode": "truc-tuyen", "note": "Học liệu dùng chung, không lập hồ sơ từng lần."}),
    ("Long Biên", "the-thao", 3, {"level": "truong", "mode": "truc-tiep", "counts": {"students": 205}}),
    ("Phú Xuyên", "van-hoa-van-nghe", 2, {"level": "truong", "mode": "truc-tiep", "counts": {"students": 260}}),
    ("Hà Đông", "ho-tro-hoc-sinh", 5, {"support": {"money": 36_500_000, "pupils": 73}}),
    ("Quốc Oai", "the-thao", 2, {"level": "truong", "mode": "truc-tiep", "counts": {"students": 128}}),
    ("Nam Từ Liêm", "chia-se-hoc-lieu", 4, {"mode": "truc-tuyen"}),
)  # fmt: skip


def statistics(year: SchoolYear) -> Iterator[Draft]:
    """Rows of a unit that reports a count instead of single records; never of a kind with a published figure."""
    for name, kind, count, rest in _STATISTICS[: year.statistics]:
        district = BY_NAME[name]
        start = max(year.first, date(2022, 12, 10))
        fields: dict[str, Value] = {
            "of": kind,
            "unit": district.id,
            "period": {"from": start, "to": year.last},
            "count": count,
            **rest,
        }
        on = min(year.last + timedelta(12), year.report_by - timedelta(3))
        yield Draft(district.id, year.name, "thong-ke", year.last, marked(fields, on, district.office))


def submissions(year: SchoolYear, random: Random) -> Iterator[Draft]:
    """One complete submission of every district that has reported; some handed in a part before."""
    start, end = year.report
    span: Value = {"from": start, "to": end}
    window = (year.report_by - end).days - 1
    for place, district in enumerate(DISTRICTS):
        if district.name in year.missing:
            continue
        on = end + timedelta(random.randint(2, max(2, window)))
        fields: dict[str, Value] = {"unit": district.id, "period": span, "on": on, "complete": True}
        if place % 11 == 4 and year.name == "2022-2023":
            early = end - timedelta(24)
            part: dict[str, Value] = {**fields, "on": early, "complete": False, "note": "Còn thiếu số liệu khối THCS."}
            yield Draft(district.id, year.name, "nop-bao-cao", early, marked(part, early, district.office))
        yield Draft(district.id, year.name, "nop-bao-cao", on, marked(fields, on, district.office))


def doubles(made: list[Draft], year: SchoolYear, schools: tuple[School, ...], random: Random) -> list[Draft]:
    """Activities that the partner reports too, with `same_as`; the first two of a year differ in a count."""
    units = {school.id: school.unit for school in schools}
    joint = [draft for draft in made if draft.kind == "chuyen-de" and draft.fields.get("level") == "truong"]
    again: list[Draft] = []
    for number, draft in enumerate(random.sample(joint, year.doubles)):
        (partner,) = cast("list[str]", draft.fields["partners"])
        folder = units[partner]
        district = next(district for district in DISTRICTS if district.id == folder)
        fields = {key: value for key, value in draft.fields.items() if key not in {"illustration", "recorded"}}
        counts = dict(draft.fields["counts"])  # type: ignore[call-overload]
        if number < 2:
            counts["teachers"] += (3, -5)[number]
        fields["counts"] = counts
        on = recorded(draft.day + timedelta(4), random, year.report_by - timedelta(2))
        copy = Draft(folder, draft.year, draft.kind, draft.day, marked({**fields, "same_as": ""}, on, district.office))
        copy.links = {**draft.links, "same_as": draft}
        again.append(copy)
    return again
