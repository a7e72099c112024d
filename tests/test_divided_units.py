"""A district that was divided: its numbers go where the records of its schools go, and the parts still add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import LEVELS, REGISTRY, TIERS, activity, agreement, metric, metrics, only, unit

from chungtay_reports.difference import Difference, Part, World, differences
from chungtay_reports.figures.measure import measure
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Figure, Move, Period, Query, Tier
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.library import Entry

BEFORE = Period(date(2024, 9, 1), date(2025, 6, 30), "năm học 2024-2025")
AFTER = Period(date(2025, 9, 1), date(2026, 6, 30), "năm học 2025-2026")
SPLIT = date(2025, 7, 1)
OLD, EAST, WEST = "quan-cau-giay", "phuong-dong", "phuong-tay"
GOES = {"mam-non-cau-giay": EAST, "tieu-hoc-cau-giay": EAST, "thcs-cau-giay": WEST, "thpt-cau-giay": WEST}
ALL = metrics(
    metric("chuyen_de", where=(only("kind", "chuyen-de"),)),
    metric("giao_vien", "activities", "sum", "counts.teachers", unit="lượt giáo viên"),
    metric("truong", "agreements", "count_distinct", "party", unit="trường"),
    metric("danh_muc", "units", unit="trường", where=(only("group", "truong"),)),
)


def divided() -> Registry:
    """Cầu Giấy ends on 30/6/2025; two schools go to one ward, two to the other, which also has those of Ba Đình."""
    tiers = {
        **TIERS,
        "phuong": Tier("phuong", "phường", "cap-xa", order=12, reports=True, prefix="Phường", running="phường"),
    }
    units = dict(REGISTRY.units)
    for id_, heirs in ((OLD, (EAST, WEST)), ("quan-ba-dinh", (WEST,))):
        units[id_] = replace(units[id_], valid_to=date(2025, 6, 30), successors=heirs)
    for school, ward in {**GOES, **{f"{level}-ba-dinh": WEST for level in LEVELS}}.items():
        units[school] = replace(units[school], moves=(Move(SPLIT, ward),))
    for id_, name in ((EAST, "Phường Đông"), (WEST, "Phường Tây")):
        units[id_] = unit(id_, "phuong", name, name.removeprefix("Phường "), valid_from=SPLIT)
    return Registry(tiers, units)


REG = divided()


def world(entries: Sequence[Entry], period: Period) -> World:
    return World(tuple(entries), REG, ALL, period, period.end)


def held(id_: str, host: str = "thcs-cau-giay", on: date = date(2024, 11, 5), **fields: object) -> Entry:
    return activity(id_, on=on, host=host, partners=["thcs-phuc-tho"], **fields)


def asked(one: World, name: str, unit_: str) -> Figure:
    field = "party.unit" if ALL[name].table == "agreements" else "unit"
    query = Query(name, one.period, one.as_of, (only(field, unit_),))
    return measure(query, tabulate(one.entries, REG), ALL)


def explained(entries: Sequence[Entry], old: str, new: str, name: str = "chuyen_de") -> Difference:
    before, after = world(entries, BEFORE), world(entries, AFTER)
    (found,) = differences(before, after, [(asked(before, name, old), asked(after, name, new))])
    return found


def told(found: Difference) -> list[tuple[str, int | Fraction, str]]:
    return [(part.cause, part.amount, part.called) for part in found.parts]


YEAR = (
    held("HD-1", "mam-non-cau-giay"),
    held("HD-2", "thcs-cau-giay"),
    held("HD-3", "thpt-cau-giay"),
    held("HD-4", OLD),
    held("HD-5", "thcs-cau-giay", date(2025, 11, 5), folder=WEST),
)


def test_what_the_schools_of_another_ward_held_goes_to_that_ward() -> None:
    found = explained(YEAR, OLD, WEST)
    assert (found.old, found.new) == (4, 1)
    assert told(found) == [
        ("don-vi", -1, "phường Đông"),
        ("don-vi", -1, ""),  # held by the whole district: no record says which ward it is of
        ("ky", -2, ""),
        ("moi", 1, ""),
    ]


def test_each_share_names_the_records_that_prove_it() -> None:
    assert [part.records for part in explained(YEAR, OLD, WEST).parts[:2]] == [("HD-1",), ("HD-4",)]


def test_a_district_of_which_nothing_is_left_is_shared_out_among_all_its_heirs() -> None:
    found = explained(YEAR, OLD, OLD)
    assert told(found) == [("don-vi", -1, "phường Đông"), ("don-vi", -2, "phường Tây"), ("ky", -1, "")]


def test_a_ward_has_from_every_district_what_its_schools_did_there() -> None:
    entries = (*YEAR, held("HD-6", "thcs-ba-dinh", folder="quan-ba-dinh"))
    assert told(explained(entries, WEST, WEST)) == [
        ("don-vi", 1, "quận Ba Đình"),
        ("don-vi", 2, "quận Cầu Giấy"),
        ("ky", -3, ""),
        ("moi", 1, ""),
    ]


def test_schools_of_the_registry_are_shared_out_too() -> None:
    found = explained((), OLD, WEST, "danh_muc")
    assert (found.old, found.new) == (4, 6)
    assert told(found) == [("don-vi", -2, "phường Đông"), ("don-vi", 4, "quận Ba Đình")]


def test_the_way_back_gathers_what_was_shared_out() -> None:
    before, after = world(YEAR, BEFORE), world(YEAR, AFTER)
    (found,) = differences(after, before, [(asked(after, "chuyen_de", WEST), asked(before, "chuyen_de", OLD))])
    assert ("don-vi", 1, "phường Đông") in told(found)
    assert sum(part.amount for part in found.parts) == found.total == 3


@st.composite
def years(draw: st.DrawFn) -> tuple[Entry, ...]:
    hosts = st.sampled_from([*GOES, "thcs-ba-dinh", OLD, "thcs-phuc-tho"])
    days = st.sampled_from([date(2024, 11, 5), date(2025, 5, 1), date(2025, 7, 15), date(2025, 11, 5)])
    made: list[Entry] = []
    for number in range(draw(st.integers(0, 6))):
        host, on = draw(hosts), draw(days)
        folder = REG.top(host, on) or OLD
        if draw(st.booleans()):
            made.append(held(f"HD-{number}", host, on, folder=folder, counts={"sessions": 1, "teachers": number}))
        else:
            made.append(agreement(f"GU-{number}", on=on, parties=[host, "thcs-phuc-tho"], folder=folder))
    return tuple(made)


@pytest.mark.parametrize("name", [*ALL])
@settings(max_examples=25, deadline=None)
@given(years(), st.sampled_from([OLD, EAST, WEST]), st.sampled_from([OLD, EAST, WEST]))
def test_shares_and_all_other_causes_add_up_to_the_difference(
    name: str, entries: tuple[Entry, ...], old: str, new: str
) -> None:
    found = explained(entries, old, new, name)
    assert sum(part.amount for part in found.parts) == found.total
    assert all(isinstance(part, Part) and part.amount for part in found.parts)
