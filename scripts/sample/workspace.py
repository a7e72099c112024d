"""The whole sample as files: path below the workspace → text."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from random import Random

from sample import activities, agreements, places, reform, registry, reports, sharing
from sample.calendar import SchoolDays
from sample.draft import Draft, file_name, number
from sample.movement import SECOND_HALF, SIGNING, YEARS, Pair, SchoolYear, scaled
from sample.registry import School
from sample.text import records

PER_FILE = 900
_UNITS_WITHOUT_SCHOOLS = 350
_SCHOOLS = 2868
_RECORDS = 3889
_FIXED = 750  # agreements, submissions and the like, which do not grow


def files(seed: int, units: int | None = None, wanted: int | None = None, per_file: int = PER_FILE) -> dict[str, str]:
    """Every generated file: content/units and content/records.

    Without `units` and `wanted` it is the sample, in which every published figure holds. With them it is a
    workspace of about so many units and records for measurements.
    """
    share = 1.0 if units is None else max(0.35, (units - _UNITS_WITHOUT_SCHOOLS) / _SCHOOLS)
    factor = 1.0 if wanted is None else max(0.02, (wanted - _FIXED) / (_RECORDS - _FIXED))
    schools = registry.schools(Random(f"{seed}/schools"), share)
    years = YEARS if wanted is None else tuple(scaled(year, factor) for year in YEARS)
    facts = places.communes(registry.FACTS)
    homes = reform.communes_of(schools, facts)
    drafts, links, pacts = _records(schools, years, seed)
    if wanted is None:
        drafts += _second_half(schools, links, pacts, seed)
        drafts += reform.year_of_communes(links, pacts, homes, facts, seed)
    number(drafts)
    return {
        **{f"content/units/{name}": text for name, text in registry.files(schools, homes).items()},
        **{f"content/records/{name}": text for name, text in _filed(drafts, per_file).items()},
    }


def _second_half(
    schools: tuple[School, ...], links: list[agreements.Link], pacts: dict[Pair, Draft], seed: int
) -> list[Draft]:
    """What districts did after the last published figures, until they ended; drawn by itself, so that nothing moves."""
    random = Random(f"{seed}/{SECOND_HALF.name}/2")
    diary = activities.Diary(SECOND_HALF, links, pacts, random)
    made = [*activities.professional(diary), *sharing.shared(diary)]
    again = reports.doubles(made, SECOND_HALF, schools, random)
    return [*made, *again, *reports.submissions(SECOND_HALF, random)]


def _records(
    schools: tuple[School, ...], years: tuple[SchoolYear, ...], seed: int
) -> tuple[list[Draft], list[agreements.Link], dict[Pair, Draft]]:
    pool = agreements.stock(schools, Random(f"{seed}/stock"))
    drafts, pacts = agreements.pacts(Random(f"{seed}/pacts"))
    links: list[agreements.Link] = []
    for year in years:
        random = Random(f"{seed}/{year.name}")
        days = SchoolDays(year, random)
        first = year is years[0]
        new = agreements.first_memoranda(pool, _signing_days(year, random), random) if first else []
        new += agreements.later_memoranda(year, pool, days, random)
        new += agreements.commitments(year, pool, days, random)
        links += new
        drafts += [link.draft for link in new]
        diary = activities.Diary(year, links, pacts, random)
        made = [*activities.professional(diary), *sharing.shared(diary)]
        if year.online:
            made += [*activities.online_lessons(diary, schools), *sharing.accounts(diary)]
        drafts += [*made, *reports.doubles(made, year, schools, random)]
        drafts += [*reports.statistics(year), *reports.submissions(year, random)]
    return [*drafts, *agreements.outside(pool, Random(f"{seed}/outside"))], links, pacts


def _signing_days(year: SchoolYear, random: Random) -> SchoolDays:
    return SchoolDays(replace(year, months=SIGNING), random)


def _filed(drafts: list[Draft], per_file: int) -> dict[str, str]:
    """Records by file, in the order of days and ids; a long file goes on in “…-2.yaml”."""
    groups: dict[str, list[Draft]] = defaultdict(list)
    for draft in sorted(drafts, key=lambda draft: (draft.day, draft.id)):
        groups[f"{draft.year}/{draft.folder}/{file_name(draft)}"].append(draft)
    written: dict[str, str] = {}
    for path, group in sorted(groups.items()):
        for turn, start in enumerate(range(0, len(group), per_file), start=1):
            name = f"{path}.yaml" if turn == 1 else f"{path}-{turn}.yaml"
            written[name] = records(draft.row() for draft in group[start : start + per_file])
    return written
