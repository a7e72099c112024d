"""Which rows exist, when they happened, and which of two records of one event is seen."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import AS_OF, REGISTRY, YEAR, activity, agreement, only, statistic, submission, unit
from worlds import registry as build_registry

from chungtay_reports.figures.columns import TABLES
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Move, Period

LATE = date(2023, 9, 1)


def rows(table, *entries, tests=(), period=YEAR, as_of=AS_OF, units=REGISTRY):
    return tabulate(entries, units).select(table, tests, period, as_of, tuple(TABLES[table]))


def ids(table, *entries, **options):
    return sorted(rows(table, *entries, **options)["id"])


def test_an_agreement_has_a_row_for_every_party():
    found = rows("agreements", agreement(parties=["thcs-cau-giay", "thcs-phuc-tho", "pgd-ba-vi"]))
    assert found["party"].tolist() == ["thcs-cau-giay", "thcs-phuc-tho", "pgd-ba-vi"]
    assert found["party.unit"].tolist() == ["quan-cau-giay", "huyen-phuc-tho", "huyen-ba-vi"]
    assert found["party.area"].tolist() == ["noi-thanh", "ngoai-thanh", "ngoai-thanh"]
    assert found["party.level"].fillna("").tolist() == ["thcs", "thcs", ""]


def test_an_activity_takes_place_in_the_unit_of_its_host_or_else_in_its_folder():
    here = activity("HD-1", host="thcs-ba-vi", folder="quan-cau-giay")
    city = activity("HD-2", host="so-gddt", folder="so-gddt")
    province = activity("HD-3", host="thcs-yen-bai", folder="quan-ba-dinh")
    assert rows("activities", here, city, province)["unit"].tolist() == ["huyen-ba-vi", "so-gddt", "quan-ba-dinh"]


def test_participants_are_the_host_and_each_partner_once():
    found = rows("participants", activity(partners=["thcs-phuc-tho", "thcs-cau-giay"]))
    assert list(zip(found["party"], found["role"], strict=True)) == [
        ("thcs-cau-giay", "chu-tri"),
        ("thcs-phuc-tho", "phoi-hop"),
    ]


def test_the_first_topic_is_the_main_one_and_all_can_be_asked_for():
    one = activity(topics=["kiem-tra-danh-gia", "ung-dung-cntt"])
    assert ids("activities", one, tests=(only("topic", "ung-dung-cntt"),)) == []
    assert ids("activities", one, tests=(only("topics", "ung-dung-cntt"),)) == ["HD-1"]


def test_counts_and_money_are_whole_numbers_that_may_be_absent():
    found = rows("activities", activity("HD-1", support={"money": 10**13}), activity("HD-2"))
    assert str(found["support.money"].dtype) == "Int64"
    assert found["support.money"].to_list()[0] == 10**13
    assert found["support.money"].isna().tolist() == [False, True]


def test_goods_are_valued_together_and_unknown_values_are_not_zero():
    def goods(*values):
        return [{"name": "Sách giáo khoa", "quantity": 1, "unit": "bộ", "value": value} for value in values]

    entries = [
        activity(f"HD-{number}", kind="ho-tro-hoc-sinh", support={"goods": goods(*values)})
        for number, values in enumerate([(5, 7), (None,), (3, None)])
    ]
    found = rows("activities", *entries)["support.goods_value"]
    assert found.isna().tolist() == [False, True, False]
    assert found.dropna().tolist() == [12, 3]


def test_an_event_is_in_the_period_when_its_first_day_is():
    days = [date(2022, 11, 30), date(2022, 12, 1), date(2023, 7, 31), date(2023, 8, 1)]
    entries = [activity(f"HD-{number}", on=day) for number, day in enumerate(days)]
    assert ids("activities", *entries) == ["HD-1", "HD-2"]
    long = activity(**{"from": date(2023, 7, 30), "to": date(2023, 8, 4)})
    assert ids("activities", long) == ["HD-1"]


def test_a_statistical_row_is_dated_by_the_end_of_its_period():
    inside = statistic("TK-1", period=Period(date(2022, 9, 1), date(2023, 5, 31)))
    outside = statistic("TK-2", period=Period(date(2023, 7, 1), date(2023, 8, 31)), seen=AS_OF)
    assert ids("activities", inside, outside) == ["TK-1"]


def test_a_statistical_row_stands_in_the_table_of_what_it_counts():
    memoranda = statistic(of="ghi-nho-song-phuong", school_level="thcs", count=7)
    found = rows("agreements", memoranda)
    assert found[["weight", "party.level", "party.unit", "statistical"]].to_numpy().tolist() == [
        [7, "thcs", "quan-cau-giay", "true"]
    ]
    assert ids("activities", memoranda) == []


def test_a_record_is_seen_from_the_day_on_which_it_entered_the_books():
    late = activity(seen=date(2023, 8, 11))
    assert ids("activities", late, as_of=date(2023, 8, 10)) == []
    assert ids("activities", late, as_of=date(2023, 8, 11)) == ["HD-1"]


def test_a_submission_is_seen_when_it_is_both_handed_in_and_in_the_books():
    early = submission(on=date(2023, 8, 12), recorded={"on": date(2023, 8, 1), "by": "pgd-cau-giay"})
    assert ids("submissions", early, as_of=date(2023, 8, 11)) == []
    assert ids("submissions", early, as_of=date(2023, 8, 12)) == ["NB-1"]


def test_a_task_belongs_to_the_period_of_its_due_day_and_its_status_is_as_of_the_query():
    plan = [
        {"task": "Đã xong", "due": date(2023, 3, 1), "done_on": date(2023, 2, 20)},
        {"task": "Xong muộn", "due": date(2023, 3, 1), "done_on": date(2023, 6, 1)},
        {"task": "Chưa đến hạn", "due": date(2023, 7, 31)},
        {"task": "Kỳ sau", "due": date(2023, 9, 30)},
    ]
    record = agreement(plan=plan)
    assert rows("plan_tasks", record, as_of=date(2023, 5, 1))["status"].tolist() == ["done", "late", "open"]
    assert rows("plan_tasks", record, as_of=AS_OF)["status"].tolist() == ["done", "done", "late"]


def test_units_are_those_valid_on_the_last_day_of_the_period():
    gone = unit("quan-cu", "quan", "Quận Cũ", valid_to=date(2023, 7, 30))
    new = unit("quan-moi", "quan", "Quận Mới", valid_from=date(2023, 7, 31))
    districts = (only("group", "cap-huyen"),)
    found = ids("units", units=build_registry(gone, new), tests=districts)
    assert "quan-moi" in found
    assert "quan-cu" not in found


def test_an_activity_that_both_partners_reported_is_seen_once_as_the_record_pointed_to():
    ours = activity("HD-9", host="thcs-cau-giay")
    theirs = activity("HD-1", host="thcs-phuc-tho", same_as="HD-9")
    assert ids("activities", ours, theirs) == ["HD-9"]


def test_two_records_that_point_at_each_other_are_seen_as_the_smaller_id():
    assert ids("activities", activity("HD-2", same_as="HD-1"), activity("HD-1", same_as="HD-2")) == ["HD-1"]


def test_a_chain_of_records_of_one_event_is_seen_once():
    chain = [activity("A", same_as="B"), activity("B", same_as="C"), activity("C"), activity("D", same_as="C")]
    assert ids("activities", *chain) == ["C"]


def test_records_that_point_to_one_that_is_not_there_are_still_one_event():
    assert ids("activities", activity("HD-1", same_as="HD-0"), activity("HD-2", same_as="HD-0")) == ["HD-1"]


def test_a_preferred_record_that_is_not_in_the_books_yet_hides_nothing():
    preferred = activity("HD-9", seen=LATE)
    other = activity("HD-1", same_as="HD-9")
    assert ids("activities", preferred, other, as_of=AS_OF) == ["HD-1"]
    assert ids("activities", preferred, other, as_of=LATE) == ["HD-9"]


def test_folding_comes_before_the_period_so_that_an_event_has_one_day():
    preferred = activity("HD-9", on=date(2023, 8, 2), seen=date(2023, 8, 5))
    other = activity("HD-1", on=date(2023, 7, 31), same_as="HD-9")
    assert ids("activities", preferred, other) == []


def test_folding_counts_the_parties_of_an_agreement_once():
    ours = agreement("GU-1", parties=["thcs-cau-giay", "thcs-phuc-tho"])
    theirs = agreement("GU-2", parties=["thcs-phuc-tho", "thcs-cau-giay"], same_as="GU-1")
    assert ids("agreements", ours, theirs) == ["GU-1", "GU-1"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ABCDE"), st.one_of(st.none(), st.sampled_from("ABCDE")), st.integers(1, 28)),
        unique_by=lambda row: row[0],
    ),
    st.integers(1, 28),
)
def test_on_any_day_exactly_one_known_record_of_an_event_is_seen(links, day):
    entries = [
        activity(id_, on=date(2023, 1, 5), seen=date(2023, 2, seen), **({"same_as": same} if same else {}))
        for id_, same, seen in links
    ]
    groups = {id_: {id_} for id_ in "ABCDE"}
    for id_, same, _ in links:
        if same:
            merged = groups[id_] | groups[same]
            groups |= dict.fromkeys(merged, merged)
    known = {id_ for id_, _, seen in links if seen <= day}
    shown = ids("activities", *entries, as_of=date(2023, 2, day))
    for group in {frozenset(group) for group in groups.values()}:
        assert len(group & set(shown)) == bool(group & known)


def test_the_order_of_records_does_not_matter():
    entries = [activity("HD-2"), agreement("GU-1"), activity("HD-1", topics=["ung-dung-cntt"]), statistic()]
    forward, backward = tabulate(tuple(entries), REGISTRY), tabulate(tuple(reversed(entries)), REGISTRY)
    for name, sheet in forward.sheets.items():
        assert sheet.rows.equals(backward.sheets[name].rows)


# --------------------------------------------------------------------------- units that move


def cluster_that_moves():
    """A school of an office that goes over from quận Cầu Giấy to huyện Ba Vì on 1/3/2023; the school itself stays with it."""
    office = unit("cum-1", "phong-gddt", "Cụm 1", parent="quan-cau-giay", moves=(Move(SWITCH, "huyen-ba-vi"),))
    return build_registry(office, unit("thcs-cum", "thcs", "Trường THCS Cụm", parent="cum-1"))


SWITCH = date(2023, 3, 1)


@pytest.mark.parametrize("first", [1, 2])
def test_a_school_goes_with_its_office_whichever_record_is_laid_out_first(first):
    early = activity(f"HD-{first}", on=date(2023, 2, 28), host="thcs-cum", partners=[])
    late = activity(f"HD-{3 - first}", on=SWITCH, host="thcs-cum", partners=[])
    found = rows("activities", early, late, units=cluster_that_moves()).sort_values("day")
    assert found["host.unit"].tolist() == found["unit"].tolist() == ["quan-cau-giay", "huyen-ba-vi"]
    assert found["host.area"].tolist() == ["noi-thanh", "ngoai-thanh"]


@pytest.mark.parametrize(("last", "where"), [(date(2023, 2, 28), "quan-cau-giay"), (SWITCH, "huyen-ba-vi")])
def test_the_registry_counts_a_school_where_its_office_is_by_then(last, where):
    found = rows("units", tests=(only("id", "thcs-cum"),), period=Period(YEAR.start, last), units=cluster_that_moves())
    assert found["unit"].tolist() == [where]


@pytest.mark.parametrize("on", [date(2022, 6, 1), date(2023, 6, 1), date(2024, 6, 1)])
def test_a_move_makes_no_unit_older_or_younger_than_it_is(on):
    """A registry may tell of a move before a school was founded or after it closed."""
    fields = {"valid_from": date(2023, 1, 1), "valid_to": date(2023, 12, 31), "moves": (Move(on, "huyen-ba-vi"),)}
    registry = build_registry(unit("thcs-moi", "thcs", "Trường THCS Mới", parent="quan-cau-giay", **fields))
    ends = (date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1))
    there = [ids("units", tests=(only("id", "thcs-moi"),), period=Period(day, day), units=registry) for day in ends]
    assert there == [[], ["thcs-moi"], ["thcs-moi"], []]
    assert [registry.valid("thcs-moi", day) for day in ends] == [bool(found) for found in there]
