"""Records over time: an edition as of a day sees each record as it was known on that day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conftest import Workspace
from hypothesis import example, given, settings
from hypothesis import strategies as st
from worlds import (
    AS_OF,
    LEVELS,
    REGISTRY,
    SCHOOLS,
    YEAR,
    activity,
    agreement,
    entry,
    library,
    metric,
    metrics,
    statistic,
    submission,
)

from chungtay_reports.excel.flat import plain
from chungtay_reports.figures.columns import TABLES
from chungtay_reports.figures.coverage import coverage
from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.evidence import Evidence, read_evidence
from chungtay_reports.figures.measure import recompute
from chungtay_reports.figures.reconciling import differences
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Period
from chungtay_reports.records import RECORD_TYPES
from chungtay_reports.workspace.history import as_known, merged, patch_between, versions
from chungtay_reports.workspace.library import known

WIDE = Period(date(2022, 12, 1), date(2024, 7, 31))
CORRECTED = date(2023, 9, 1)
DAY = timedelta(days=1)
BY = "pgd-cau-giay"


def corrected(old, new, on=CORRECTED):
    """`new` in the place of `old`, with a correction that says what it said before."""
    before, after = plain(old.record), plain(new.record)
    was = patch_between(after, before)
    return entry({**after, "corrections": [{"on": on, "by": BY, "reason": "Ghi nhầm", "was": was}]}) if was else new


def removed(one, on=CORRECTED):
    return entry({**plain(one.record), "removed": {"on": on, "by": BY, "reason": "Ghi trùng"}})


def seen(entries, as_of):
    """Everything that tables say on a day, whatever the numbers of records in them are."""
    tables = tabulate(tuple(entries), REGISTRY)
    frames = {}
    for table in TABLES:
        rows = tables.select(table, (), WIDE, as_of, tuple(tables.sheets[table].rows))
        pairs = {
            name: sorted(rows[["id"]].join(many.set_index("row"), how="inner").itertuples(index=False, name=None))
            for name, many in tables.sheets[table].many.items()
        }
        frames[table] = rows.drop(columns=["rec", "key"]).reset_index(drop=True).to_json(), pairs
    return frames, coverage(YEAR, as_of, tables), coverage(WIDE, as_of, tables)


# --------------------------------------------------------------------------- what was known on a day


def test_before_a_correction_the_old_values_are_seen_and_from_its_day_on_the_new_ones() -> None:
    one = corrected(activity(counts={"teachers": 45}), activity(counts={"teachers": 54}))
    definitions = metrics(metric("giao_vien", op="sum", field="counts.teachers"))
    days = (CORRECTED - DAY, CORRECTED)
    desks = [Desk(library((one,), definitions), tabulate((one,), REGISTRY), YEAR, day) for day in days]
    assert [desk.figure("giao_vien").value for desk in desks] == [45, 54]
    assert [desk.figure("giao_vien").records for desk in desks] == [("HD-1",), ("HD-1",)]


def test_a_removed_record_counts_before_its_day_and_no_more_from_it_on() -> None:
    one = removed(activity())
    desks = [
        Desk(library((one,), metrics(metric())), tabulate((one,), REGISTRY), YEAR, day) for day in (AS_OF, CORRECTED)
    ]
    assert [desk.figure("chuyen_de").value for desk in desks] == [1, 0]


def test_the_ledger_tells_a_record_as_it_was_known() -> None:
    one = corrected(activity(title="Tên cũ của bài"), activity(title="Tên mới của bài"))
    desk = Desk(library((one,), metrics(metric())), tabulate((one,), REGISTRY), YEAR, AS_OF)
    desk.print(desk.figure("chuyen_de"), "1")
    assert desk.ledger().records["HD-1"].summary.startswith("Tên cũ")


def test_the_evidence_of_a_ledger_holds_records_as_they_were_known_and_nothing_of_their_past() -> None:
    one = corrected(activity(counts={"teachers": 45}), activity(counts={"teachers": 54}))
    definitions = metrics(metric("giao_vien", op="sum", field="counts.teachers"))
    for day, value in ((AS_OF, 45), (CORRECTED, 54)):
        desk = Desk(library((one,), definitions), tabulate((one,), REGISTRY), YEAR, day)
        desk.print(desk.figure("giao_vien"), str(value))
        ledger = desk.ledger()
        assert isinstance(ledger.evidence, Evidence)
        tables = read_evidence(ledger.evidence.to_json()).tables()
        assert recompute(ledger.rows[0], ledger, tables, definitions) == value
        assert "corrections" not in ledger.evidence.to_json()


def test_null_says_that_a_field_was_not_there_before() -> None:
    one = entry(
        {
            **plain(activity().record),
            "venue": "Hội trường quận",
            "corrections": [{"on": CORRECTED, "by": BY, "reason": "Bổ sung", "was": {"venue": None}}],
        }
    )
    found = as_known(one.record, AS_OF)
    assert found is not None
    assert (found.venue, one.record.venue) == (None, "Hội trường quận")


def test_several_corrections_are_undone_one_after_the_other() -> None:
    first, second, third = (activity(counts={"teachers": n, "students": n}) for n in (1, 2, 3))
    later = CORRECTED + 10 * DAY
    entries = [
        {"on": CORRECTED, "by": BY, "reason": "Lần một", "was": {"counts": {"teachers": 1, "students": 1}}},
        {"on": later, "by": BY, "reason": "Lần hai", "was": {"counts": {"teachers": 2, "students": 2}}},
    ]
    one = entry({**plain(third.record), "corrections": entries})
    for day, wanted in ((AS_OF, first), (CORRECTED, second), (later, third)):
        (found,) = known((one,), day)
        assert found.record.counts == wanted.record.counts


def test_of_two_corrections_on_one_day_only_the_last_was_ever_seen() -> None:
    entries = [{"on": CORRECTED, "by": BY, "reason": "Nhầm", "was": {"counts": {"teachers": n}}} for n in (1, 2)]
    one = entry({**plain(activity(counts={"teachers": 3}).record), "corrections": entries})
    assert [len(version.record.corrections) for version in versions(one.record)] == [0, 0, 2]
    assert seen([one], CORRECTED) == seen([activity(counts={"teachers": 3})], CORRECTED)


def test_a_record_that_is_found_to_be_the_same_event_counts_twice_until_then() -> None:
    twin = activity("HD-2", folder="huyen-phuc-tho")
    pair = (activity("HD-1"), corrected(twin, activity("HD-2", folder="huyen-phuc-tho", same_as="HD-1")))
    desks = [Desk(library(pair, metrics(metric())), tabulate(pair, REGISTRY), YEAR, day) for day in (AS_OF, CORRECTED)]
    assert [desk.figure("chuyen_de").value for desk in desks] == [2, 1]


def test_when_the_preferred_of_two_records_is_removed_the_other_counts() -> None:
    pair = (removed(activity("HD-1")), activity("HD-2", same_as="HD-1"))
    desks = [Desk(library(pair, metrics(metric())), tabulate(pair, REGISTRY), YEAR, day) for day in (AS_OF, CORRECTED)]
    assert [desk.figure("chuyen_de").records for desk in desks] == [("HD-1",), ("HD-2",)]


def test_partners_disagree_only_about_what_the_books_say_on_that_day() -> None:
    old, new = (activity("HD-2", same_as="HD-1", counts={"teachers": n}) for n in (10, 20))
    both = library((activity("HD-1", counts={"teachers": 20}), corrected(old, new)), metrics())
    assert [one.other_value for one in differences(both, as_of=AS_OF)] == [10]
    assert differences(both) == ()


def test_a_record_without_a_past_is_its_only_version() -> None:
    one = activity().record
    (version,) = versions(one)
    assert version.record is one


# --------------------------------------------------------------------------- a law

counts = st.integers(0, 60)
days = st.dates(date(2022, 12, 5), date(2023, 7, 20))
schools = st.sampled_from(SCHOOLS)


@st.composite
def activities(draw, id_="HD-1"):
    on = draw(days)
    return activity(
        id_,
        on=on,
        seen=date(2023, 7, 25),
        kind=draw(st.sampled_from(["chuyen-de", "hoi-thao", "tham-quan"])),
        host=draw(schools),
        partners=draw(st.lists(schools, max_size=3, unique=True)),
        level=draw(st.sampled_from(["thanh-pho", "huyen", "truong"])),
        topics=draw(st.lists(st.sampled_from(["kiem-tra-danh-gia", "ung-dung-cntt"]), max_size=2, unique=True)),
        counts=draw(st.fixed_dictionaries({}, optional={"teachers": counts, "students": counts})),
        same_as=draw(st.sampled_from([None, "HD-9"])),
    )


@st.composite
def agreements(draw):
    tasks = st.fixed_dictionaries({"task": st.just("Ghép trường"), "due": days}, optional={"done_on": days})
    return agreement(
        on=draw(days),
        seen=date(2023, 7, 25),
        parties=draw(st.lists(schools, min_size=2, max_size=4, unique=True)),
        plan=draw(st.lists(tasks, max_size=2)),
    )


@st.composite
def statistics(draw):
    return statistic(count=draw(counts), school_level=draw(st.sampled_from([None, *LEVELS])), seen=date(2023, 8, 1))


@st.composite
def submissions(draw):
    end = draw(st.dates(date(2023, 5, 1), date(2023, 7, 31)))
    return submission(
        period=Period(YEAR.start, end),
        on=draw(st.dates(date(2023, 8, 1), date(2023, 9, 10))),
        complete=draw(st.booleans()),
        recorded={"on": date(2023, 8, 1), "by": BY},
    )


pairs = st.one_of(*(st.tuples(one, one) for one in (activities(), agreements(), statistics(), submissions())))


@settings(max_examples=120, deadline=None)
@given(pair=pairs, rest=st.lists(activities("HD-9"), max_size=1), offset=st.integers(-40, 40))
def test_as_of_a_day_the_tables_are_those_of_the_record_as_it_was_then(pair, rest, offset) -> None:
    old, new = pair
    as_of = CORRECTED + offset * DAY
    there = old if as_of < CORRECTED else new
    assert seen([corrected(old, new), *rest], as_of) == seen([there, *rest], as_of)


@settings(max_examples=40, deadline=None)
@given(one=pairs.map(lambda pair: pair[0]), offset=st.integers(-40, 40))
def test_as_of_a_day_a_removed_record_is_there_or_was_never_there(one, offset) -> None:
    as_of = CORRECTED + offset * DAY
    assert seen([removed(one), activity("HD-9")], as_of) == seen(
        [*([one] if as_of < CORRECTED else []), activity("HD-9")], as_of
    )


plain_data = st.recursive(
    st.integers() | st.booleans() | st.text(max_size=3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3) | st.lists(inner, max_size=2),
    max_leaves=8,
)
groups = st.dictionaries(st.sampled_from("abcd"), plain_data, max_size=4)


@given(groups, groups)
@example({"a": [{"c": 0}, 0]}, {"a": [{"c": False}, 0]})
def test_a_patch_between_two_states_leads_from_one_to_the_other(one, other) -> None:
    assert repr(_sorted(merged(one, patch_between(one, other)))) == repr(_sorted(other))


def _sorted(data):
    if isinstance(data, dict):
        return {name: _sorted(data[name]) for name in sorted(data)}
    return [_sorted(each) for each in data] if isinstance(data, list) else data


# --------------------------------------------------------------------------- as authors write it


def test_every_record_type_has_a_history() -> None:
    for model in set(RECORD_TYPES.values()):
        assert {"recorded", "corrections", "removed"} <= model.model_fields.keys()


CORRECTION = {"on": "2023-04-20", "by": "pgd-hoang-mai", "reason": "Trường báo lại số giáo viên"}


def problems(workspace: Workspace, was: dict[str, object], **fields: object) -> list[tuple[str, str]]:
    workspace.activity(corrections=[{**CORRECTION, "was": was}], **fields)
    return [(problem.code, problem.message) for problem in workspace.load()[1]]


def test_a_corrected_record_is_in_order(workspace: Workspace) -> None:
    assert problems(workspace, {"counts": {"teachers": 45}, "venue": None}) == []


@pytest.mark.parametrize(
    ("was", "code"),
    [
        ({"counts": {"teachers": "45"}}, "R111"),
        ({"counts": {"pupils": 45}}, "R101"),
        ({"counts": {"teachers": -1}}, "R107"),
        ({"date": "14/3/2023"}, "R104"),
        ({"title": None}, "R102"),
        ({"kind": "chuyen-đề"}, "R106"),
        ({"host": "thcs-khong-co"}, "R224"),
        ({"date": "2023-04-02"}, "R212"),
        ({"partners": ["thcs-hoa-xa", "thcs-hoa-xa"]}, "R206"),
        ({}, "R108"),
        ({"id": "HD-2023-9000"}, "D102"),
        ({"kind": "ket-nghia"}, "D102"),
        ({"counts": {"teachers": 30}}, "D103"),
        ("45", "R103"),
    ],
)
def test_earlier_values_are_read_as_strictly_as_present_ones(workspace: Workspace, was, code: str) -> None:
    assert [found for found, _ in problems(workspace, was)] == [code]


def test_a_record_is_corrected_and_removed_in_the_order_of_days(workspace: Workspace) -> None:
    days = ("2023-05-20", "2023-05-02")
    corrections = [{**CORRECTION, "on": day, "was": {"counts": {"teachers": n}}} for n, day in enumerate(days)]
    workspace.activity(corrections=corrections, removed={**CORRECTION, "on": "2023-05-01"})
    assert workspace.codes() == ["D101", "D101"]


def test_nothing_is_corrected_in_the_future(workspace: Workspace) -> None:
    workspace.activity(corrections=[{**CORRECTION, "on": "2026-12-24", "was": {"venue": None}}], venue="Hội trường")
    assert workspace.codes() == ["R213"]


def test_a_problem_of_an_earlier_value_stands_where_it_is_written(workspace: Workspace) -> None:
    text = (
        "id: HD-2023-9001\nkind: chuyen-de\nlevel: truong\ndate: 2023-03-21\ntitle: Dạy học trải nghiệm\n"
        "host: thcs-dinh-cong\ncounts: {teachers: 54}\nrecorded: {on: 2023-03-25, by: pgd-hoang-mai}\n"
        "corrections:\n"
        "  - {on: 2023-04-20, by: pgd-hoang-mai, reason: Lần đầu, was: {counts: {teachers: 4x}}}\n"
        "  - {on: 2023-04-21, by: pgd-hoang-mai, reason: Lần sau, was: {title: Tên cũ}}\n"
    )
    path = workspace.write("content/records/2022-2023/quan-hoang-mai/moi.yaml", text)
    (problem,) = workspace.load()[1]
    assert (problem.code, problem.place.file, problem.place.line) == ("R111", path, 10)
    assert text.splitlines()[9][problem.place.column - 1 :].startswith("4x")


def test_a_record_with_a_broken_past_is_left_out_as_a_whole(workspace: Workspace) -> None:
    workspace.activity(corrections=[{**CORRECTION, "was": {"counts": {"teachers": "45"}}}])
    found, _ = workspace.load()
    assert found is not None
    assert "HD-2023-9001" not in {one.record.id for one in found.entries}


def test_personal_data_in_an_earlier_value_is_found_too(workspace: Workspace) -> None:
    assert [code for code, _ in problems(workspace, {"result": "Liên hệ cô Lan, 0912 345 678"})] == ["R302"]


def test_a_record_may_have_moved_here_from_another_school_year(workspace: Workspace) -> None:
    recorded = {"on": "2023-08-25", "by": "pgd-hoang-mai"}
    correction = {**CORRECTION, "on": "2023-08-26", "was": {"date": "2023-08-21"}}
    workspace.activity(recorded=recorded, corrections=[correction])
    assert workspace.codes() == []


def test_two_records_look_like_one_only_while_both_stand(workspace: Workspace) -> None:
    workspace.activity()
    workspace.activity(id="HD-2023-9002", removed={**CORRECTION})
    assert workspace.codes() == []
