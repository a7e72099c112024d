"""Why a figure changed: every cause with its part, and the parts add up to the difference, always."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import (
    AS_OF,
    DISTRICTS,
    LEVELS,
    NEXT_YEAR,
    REGISTRY,
    SCHOOLS,
    YEAR,
    activity,
    agreement,
    entry,
    metric,
    metrics,
    only,
    registry,
    statistic,
    submission,
    unit,
)

from chungtay_reports.difference import World, differences
from chungtay_reports.excel.flat import plain
from chungtay_reports.figures.derived import Refused, change, difference, rank, share
from chungtay_reports.figures.measure import COVERAGE, measure, measure_by
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Figure, Measure, Period, Query
from chungtay_reports.workspace.history import patch_between

SCHOOL_TESTS = (only("level", "mam-non", "tieu-hoc", "thcs"), only("area", "noi-thanh", "ngoai-thanh"))
ALL = metrics(
    metric("chuyen_de", where=(only("kind", "chuyen-de"),)),
    metric("truong", "agreements", "count_distinct", "party", unit="trường", where=(only("party.level", *LEVELS),)),
    metric("giao_vien", "activities", "sum", "counts.teachers", unit="lượt giáo viên"),
    metric("dau_viec_xong", "plan_tasks", unit="đầu việc", where=(only("status", "done"),)),
    metric("dau_viec", "plan_tasks", unit="đầu việc"),
    metric("ty_le", "", unit="%", measure=Measure("ratio", terms=("truong",), registry=SCHOOL_TESTS)),
    metric("ty_le_xong", "", unit="%", measure=Measure("ratio", terms=("dau_viec_xong", "dau_viec"))),
)
LATER = date(2023, 9, 30)
BY = "pgd-cau-giay"


def world(*entries, period=YEAR, as_of=AS_OF, definitions=None, units=REGISTRY):
    return World(tuple(entries), units, definitions or ALL, period, as_of)


def figures(one: World) -> list[Figure]:
    """Figures of every op, as a desk would ask for them; those without an honest answer are left out."""
    tables = tabulate(one.entries, one.registry)
    found = []
    for name in (*one.metrics, COVERAGE.name):
        for where in ((), (only("don_vi", "quan-cau-giay"),)):
            try:
                found.append(measure(Query(name, one.period, one.as_of, where), tables, one.metrics))
            except Refused:
                continue
    by_name = {figure.query.metric: figure for figure in found if not figure.query.where}
    groups = [group for _, group in measure_by(by_name["chuyen_de"].query, "don_vi", tables, one.metrics, zeros=True)]
    found.append(rank(groups[0], tuple(groups[1:])))
    found.append(difference(by_name["giao_vien"], by_name["chuyen_de"]))
    for make in (lambda: share(groups[0], by_name["chuyen_de"]), lambda: change(by_name["giao_vien"], groups[0])):
        try:
            found.append(make())
        except Refused:
            continue
    return found


def pairs(old: World, new: World):
    def key(figure):
        return figure.query.metric, figure.query.where, figure.op, tuple(key(one) for one in figure.operands)

    after = {key(figure): figure for figure in figures(new)}
    return [(figure, after[key(figure)]) for figure in figures(old) if key(figure) in after]


def parts(old: World, new: World, name: str) -> dict[str, int | Fraction]:
    query = Query(name, old.period, old.as_of), Query(name, new.period, new.as_of)
    tables = tabulate(old.entries, old.registry), tabulate(new.entries, new.registry)
    pair = measure(query[0], tables[0], old.metrics), measure(query[1], tables[1], new.metrics)
    (found,) = differences(old, new, [pair])
    assert (found.old, found.new) == (pair[0].value, pair[1].value)
    assert sum(part.amount for part in found.parts) == found.total
    return {part.cause: part.amount for part in found.parts}


# --------------------------------------------------------------------------- each cause has its part


def test_what_came_into_the_books_after_the_old_day_is_late() -> None:
    entries = activity("HD-1"), activity("HD-2", seen=date(2023, 9, 2))
    assert parts(world(*entries), world(*entries, as_of=LATER), "chuyen_de") == {"muon": 1}


def test_what_happened_after_the_old_day_is_new_also_within_the_period() -> None:
    entries = activity("HD-1"), activity("HD-2", on=date(2023, 5, 4))
    assert parts(world(*entries, as_of=date(2023, 4, 1)), world(*entries), "chuyen_de") == {"moi": 1}


def test_what_happened_after_the_old_period_is_new_also_when_it_was_in_the_books_before() -> None:
    early, late = date(2023, 8, 5), date(2023, 9, 2)
    entries = activity("HD-1"), activity("HD-2", on=early), activity("HD-3", on=late)
    longer = Period(YEAR.start, date(2023, 9, 30))
    assert parts(world(*entries), world(*entries, period=longer, as_of=LATER), "chuyen_de") == {"moi": 2}


def test_a_correction_has_its_part_and_names_the_record() -> None:
    old, new = activity(counts={"teachers": 45}), activity(counts={"teachers": 54})
    was = patch_between(plain(new.record), plain(old.record))
    one = entry({**plain(new.record), "corrections": [{"on": LATER, "by": BY, "reason": "Nhầm", "was": was}]})
    asked = measure(Query("giao_vien", YEAR, AS_OF), tabulate((one,), REGISTRY), ALL)
    again = replace(asked, query=replace(asked.query, as_of=LATER))
    (found,) = differences(world(one), world(one, as_of=LATER), [(asked, again)])
    assert [(part.cause, part.amount, part.records) for part in found.parts] == [("sua", 9, ("HD-1",))]


def test_a_record_that_was_edited_without_a_trace_is_corrected_between_two_workspaces() -> None:
    old, new = (world(activity(counts={"teachers": n})) for n in (45, 54))
    assert parts(old, new, "giao_vien") == {"sua": 9}


def test_a_removed_record_and_one_that_was_deleted_are_removed() -> None:
    gone = entry({**plain(activity("HD-2").record), "removed": {"on": LATER, "by": BY, "reason": "Ghi trùng"}})
    entries = activity("HD-1"), gone
    assert parts(world(*entries), world(*entries, as_of=LATER), "chuyen_de") == {"bo": -1}
    assert parts(world(*entries), world(entries[0]), "chuyen_de") == {"bo": -1}


def test_a_changed_definition_has_its_part() -> None:
    wider = {**ALL, "chuyen_de": metric("chuyen_de", where=(only("kind", "chuyen-de", "hoi-thao"),))}
    entries = activity("HD-1"), activity("HD-2", kind="hoi-thao")
    assert parts(world(*entries), world(*entries, definitions=wider), "chuyen_de") == {"dinh-nghia": 1}


def test_a_window_that_moves_has_its_part_beside_what_is_new() -> None:
    entries = activity("HD-1"), activity("HD-2"), activity("HD-3", on=date(2023, 9, 5))
    later = world(*entries, period=NEXT_YEAR, as_of=date(2024, 8, 1))
    assert parts(world(*entries), later, "chuyen_de") == {"ky": -2, "moi": 1}


def test_a_school_that_belongs_to_another_district_changes_the_part_of_the_registry() -> None:
    moved = registry(unit("thcs-cau-giay", "thcs", "Trường THCS Cầu Giấy", parent="quan-ba-dinh", area="noi-thanh"))
    where = (only("don_vi", "quan-cau-giay"),)
    asked = measure(Query("chuyen_de", YEAR, AS_OF, where), tabulate((activity(),), REGISTRY), ALL)
    (found,) = differences(world(activity()), world(activity(), units=moved), [(asked, asked)])
    assert [(part.cause, part.amount, part.records) for part in found.parts] == [("don-vi", -1, ("HD-1",))]


def test_causes_that_cancel_each_other_are_told_both() -> None:
    gone = entry({**plain(activity("HD-2").record), "removed": {"on": LATER, "by": BY, "reason": "Ghi trùng"}})
    entries = activity("HD-1"), gone, activity("HD-3", seen=date(2023, 9, 2))
    assert parts(world(*entries), world(*entries, as_of=LATER), "chuyen_de") == {"bo": -1, "muon": 1}


def test_a_figure_without_a_value_on_one_side_is_told_and_not_explained() -> None:
    plan = [{"task": "Ghép trường", "due": date(2023, 5, 1)}]
    old, new = world(activity()), world(activity(), agreement(plan=plan))
    asked = measure(Query("ty_le_xong", YEAR, AS_OF), tabulate(new.entries, REGISTRY), ALL)
    (found,) = differences(old, new, [(asked, asked)])
    assert (found.old, found.new, found.parts, found.total) == (None, 0, (), None)


# --------------------------------------------------------------------------- the law

days = st.dates(date(2022, 12, 5), date(2024, 3, 1))
schools = st.sampled_from(SCHOOLS)
BOOKED = st.integers(0, 60)


@st.composite
def records(draw, number):
    on = draw(days)
    seen = on + timedelta(days=draw(BOOKED))
    kind = draw(st.sampled_from(["activity", "activity", "agreement", "statistic", "submission"]))
    if kind == "activity":
        return activity(
            f"HD-{number}",
            on=on,
            seen=seen,
            kind=draw(st.sampled_from(["chuyen-de", "hoi-thao"])),
            host=draw(schools),
            partners=draw(st.lists(schools, max_size=2, unique=True)),
            counts={"teachers": draw(st.integers(0, 40))},
            same_as=draw(st.sampled_from([None, None, f"HD-{number - 1}", f"HD-{number + 1}"])),
        )
    if kind == "agreement":
        task = st.fixed_dictionaries({"task": st.just("Ghép trường"), "due": days}, optional={"done_on": days})
        parties = draw(st.lists(schools, min_size=2, max_size=3, unique=True))
        return agreement(f"GU-{number}", on=on, seen=seen, parties=parties, plan=draw(st.lists(task, max_size=2)))
    period = Period(date(2022, 12, 1), on)
    if kind == "statistic":
        return statistic(f"TK-{number}", period=period, seen=seen, count=draw(st.integers(0, 9)))
    return submission(f"NB-{number}", draw(st.sampled_from(list(DISTRICTS))), period=period, on=seen)


@st.composite
def histories(draw, number):
    """A record, perhaps corrected and removed later, and perhaps other in the second workspace."""
    one = draw(records(number))
    other = draw(records(number))
    if type(one.record) is type(other.record) and draw(st.booleans()):
        now = plain(other.record) | {"recorded": plain(one.record)["recorded"]}
        was = patch_between(now, plain(one.record))
        on = one.record.recorded.on + timedelta(days=draw(BOOKED))
        if was:
            one = entry({**now, "corrections": [{"on": on, "by": BY, "reason": "Nhầm", "was": was}]}, one.unit)
    if draw(st.integers(0, 4)) == 0:
        last = one.record.corrections[-1].on if one.record.corrections else one.record.recorded.on
        removed = {"on": last + timedelta(days=draw(BOOKED)), "by": BY, "reason": "Trùng"}
        one = entry({**plain(one.record), "removed": removed}, one.unit)
    fate = draw(st.integers(0, 5))  # mostly the same record in both workspaces
    return (one, None) if fate == 0 else (None, one) if fate == 1 else (one, other) if fate == 2 else (one, one)


WIDER = {**ALL, "chuyen_de": metric("chuyen_de"), "truong": metric("truong", "agreements", unit="trường")}
MOVED = registry(unit("thcs-cau-giay", "thcs", "Trường THCS Cầu Giấy", parent="quan-ba-dinh", area="noi-thanh"))


@st.composite
def two_worlds(draw):
    drawn = [draw(histories(number)) for number in range(draw(st.integers(1, 7)))]
    made = []
    for side in (0, 1):
        entries = [pair[side] for pair in drawn if pair[side]]
        as_of = draw(st.dates(date(2023, 3, 1), date(2024, 6, 1)))
        period = draw(st.sampled_from([YEAR, NEXT_YEAR, Period(YEAR.start, date(2024, 2, 29))]))
        definitions, units = (
            draw(st.sampled_from([ALL, ALL, WIDER])),
            draw(st.sampled_from([REGISTRY, REGISTRY, MOVED])),
        )
        made.append(world(*entries, period=period, as_of=as_of, definitions=definitions, units=units))
    return made


@settings(max_examples=40, deadline=None)
@given(two_worlds())
def test_causes_always_add_up_to_the_difference(made) -> None:
    old, new = made
    asked = pairs(old, new)
    for (before, after), found in zip(asked, differences(old, new, asked), strict=True):
        assert (found.old, found.new) == (before.value, after.value)
        assert sum(part.amount for part in found.parts) == after.value - before.value


@settings(max_examples=20, deadline=None)
@given(two_worlds())
def test_the_way_back_is_the_way_forward_with_the_sign_turned(made) -> None:
    old, new = made
    asked = pairs(old, new)
    there = differences(old, new, asked)
    back = differences(new, old, [(after, before) for before, after in asked])
    assert [one.total for one in there] == [-one.total for one in back]
    if old.as_of != new.as_of:
        turned = [{part.cause: -part.amount for part in one.parts} for one in back]
        assert [{part.cause: part.amount for part in one.parts} for one in there] == turned


@settings(max_examples=12, deadline=None)
@given(two_worlds())
def test_a_world_does_not_differ_from_itself(made) -> None:
    one, _ = made
    assert all(not found.parts and found.total == 0 for found in differences(one, one, pairs(one, one)))


def test_a_task_that_was_due_before_its_agreement_was_signed_is_no_news_of_the_same_window() -> None:
    plan = [{"task": "Ghép trường", "due": date(2023, 7, 10)}]
    entries = [agreement("GU-1", on=date(2023, 8, 5), seen=date(2023, 8, 6), plan=plan)]
    assert parts(world(*entries), world(*entries), "dau_viec") == {}


@pytest.mark.parametrize("name", ["chuyen_de", "giao_vien"])
def test_the_records_behind_a_part_are_those_that_make_it(name: str) -> None:
    entries = [activity(f"HD-{n}", seen=date(2023, 9, n), counts={"teachers": n}) for n in range(1, 5)]
    asked = measure(Query(name, YEAR, AS_OF), tabulate(tuple(entries), REGISTRY), ALL)
    again = replace(asked, query=replace(asked.query, as_of=LATER))
    (found,) = differences(world(*entries), world(*entries, as_of=LATER), [(asked, again)])
    assert [part.records for part in found.parts] == [("HD-1", "HD-2", "HD-3", "HD-4")]
