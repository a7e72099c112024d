"""After 1 July 2025: which commune each school belongs to, and a first school year of the communes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from sample import activities, sharing
from sample.agreements import Link, marked
from sample.calendar import SchoolDays, recorded
from sample.draft import Draft
from sample.movement import Pair, SchoolYear
from sample.places import DISTRICTS, Commune
from sample.registry import School
from sample.text import Value, slug

NEXT_STAGE = date(2028, 5, 31)
_LATE = 31  # every so many-th commune has not reported

AUTUMN_AND_SPRING = SchoolYear(
    name="2025-2026",
    first=date(2025, 9, 8),
    last=date(2026, 5, 29),
    months={9: 3, 10: 7, 11: 7, 12: 6, 1: 5, 2: 3, 3: 7, 4: 6, 5: 3},
    new_grades=(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    upper=0,
    city=0,
    school=212,
    block=(0, 0),
    others={
        "giao-luu-chuyen-mon": 24,
        "hoi-thao": 0,
        "van-hoa-van-nghe": 31,
        "the-thao": 22,
        "tham-quan": 37,
        "ho-tro-hoc-sinh": 42,
        "ho-tro-co-so-vat-chat": 14,
        "chia-se-hoc-lieu": 16,
        "nhan-rong-mo-hinh": 0,
    },
    sponsored=96,
    memoranda=70,
    report=(date(2025, 9, 1), date(2026, 5, 31)),
    report_by=date(2026, 6, 25),
)


def communes_of(schools: tuple[School, ...], communes: tuple[Commune, ...]) -> dict[str, str]:
    """Map every school of Hanoi to its commune: the one that it is named after, else the next of its old district."""
    main: dict[str, list[Commune]] = defaultdict(list)
    for unit in communes:
        main[unit.main].append(unit)
    homes: dict[str, str] = {}
    turns: dict[str, int] = defaultdict(int)
    for district in DISTRICTS:
        own = main[f"{district.kind} {district.name}"]
        for school in (school for school in schools if school.unit == district.id):
            named = [unit for unit in own if f"-{slug(unit.name)}" in school.id.removeprefix(f"-{district.key}")]
            exact = [unit for unit in named if slug(school.name).endswith(slug(unit.name))]
            if not exact:
                exact = [own[turns[district.id] % len(own)]]
                turns[district.id] += 1
            homes[school.id] = exact[0].id
    return homes


def year_of_communes(
    links: list[Link], pacts: Mapping[Pair, Draft], homes: Mapping[str, str], communes: tuple[Commune, ...], seed: int
) -> Iterator[Draft]:
    """The memoranda that are signed anew, what is done under them, and who has reported."""
    year, random = AUTUMN_AND_SPRING, Random(f"{seed}/{AUTUMN_AND_SPRING.name}")
    renewed = list(_renewed(links, homes, SchoolDays(replace(year, last=date(2025, 10, 31)), random), random))
    diary = activities.Diary(year, renewed, dict(pacts), random)
    made = [*activities.professional(diary), *sharing.shared(diary)]
    for draft in (*(link.draft for link in renewed), *made):
        yield _filed(draft, homes)
    yield from _submissions(communes, random)


def _renewed(links: list[Link], homes: Mapping[str, str], days: SchoolDays, random: Random) -> Iterator[Link]:
    basic = [link for link in links if link.level in {"mam-non", "tieu-hoc", "thcs"}]
    for link in random.sample(basic, AUTUMN_AND_SPRING.memoranda):
        signed = days.draw()
        fields: dict[str, Value] = {
            "parties": [link.inner.id, link.outer.id],
            "signed_on": signed,
            "valid": {"from": signed, "to": NEXT_STAGE},
        }
        home = homes[link.inner.id]
        on = recorded(signed, random, AUTUMN_AND_SPRING.report_by)
        entry = marked(fields, on, f"phong-vhxh-{home}")
        yield replace(link, draft=Draft(home, AUTUMN_AND_SPRING.name, "ghi-nho-song-phuong", signed, entry))


def _filed(draft: Draft, homes: Mapping[str, str]) -> Draft:
    """File a record where its host belongs to now."""
    host = draft.fields.get("host")
    if isinstance(host, str):
        draft.folder = homes[host]
        booked = draft.fields["recorded"]
        draft.fields["recorded"] = {**booked, "by": f"phong-vhxh-{draft.folder}"}  # type: ignore[dict-item]
    return draft


def _submissions(communes: tuple[Commune, ...], random: Random) -> Iterator[Draft]:
    start, end = AUTUMN_AND_SPRING.report
    for place, unit in enumerate(communes):
        if place % _LATE == _LATE - 1:
            continue
        on = end + timedelta(random.randint(3, 24))
        fields: dict[str, Value] = {"unit": unit.id, "period": {"from": start, "to": end}, "on": on, "complete": True}
        yield Draft(unit.id, AUTUMN_AND_SPRING.name, "nop-bao-cao", on, marked(fields, on, f"phong-vhxh-{unit.id}"))
