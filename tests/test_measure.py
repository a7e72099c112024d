"""Figures: what is counted, by what, from which records, and that the records alone give the value again."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from measured import ALL
from worlds import AS_OF, NEXT_YEAR, REGISTRY, YEAR, activity, agreement, only, query, statistic

from chungtay_reports.figures.columns import DIMENSIONS, TABLES
from chungtay_reports.figures.derived import Refused, change, difference, rank, share
from chungtay_reports.figures.measure import measure, measure_by
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Filter


def figure(name, *entries, where=(), period=YEAR, as_of=AS_OF):
    return measure(query(name, *where, period=period, as_of=as_of), tabulate(entries, REGISTRY), ALL)


def by(name, dimension, *entries, where=(), zeros=False):
    found = measure_by(query(name, *where), dimension, tabulate(entries, REGISTRY), ALL, zeros=zeros)
    return {key: one.value for key, one in found}


# --------------------------------------------------------------------------- counting


def test_a_school_in_two_memoranda_counts_once_and_both_prove_it():
    both = figure(
        "truong",
        agreement("GU-1", parties=["thcs-cau-giay", "thcs-phuc-tho"]),
        agreement("GU-2", parties=["thcs-cau-giay", "thcs-ba-vi"]),
    )
    assert (both.value, both.records) == (3, ("GU-1", "GU-2"))


def test_an_agreement_of_many_parties_is_one_document():
    many = agreement(parties=["thcs-cau-giay", "thcs-phuc-tho", "thcs-ba-vi"])
    assert figure("van_ban", many).value == 1


def test_only_records_that_pass_the_filters_are_listed():
    entries = [activity("HD-1"), activity("HD-2", kind="hoi-thao"), activity("HD-3", level="huyen")]
    assert figure("chuyen_de_truong", *entries).records == ("HD-1",)


def test_a_sum_lists_only_the_records_that_add_something():
    entries = [activity("HD-1", counts={"teachers": 45}), activity("HD-2"), activity("HD-3", counts={"teachers": 0})]
    found = figure("giao_vien", *entries)
    assert (found.value, found.records) == (45, ("HD-1",))


def test_money_stays_whole_beyond_the_precision_of_floats():
    sums = [9_007_199_254_741, 1, 9_999_999_999_999]
    entries = [
        activity(f"HD-{number}", kind="ho-tro-hoc-sinh", support={"money": money}) for number, money in enumerate(sums)
    ]
    found = figure("tien", *entries).value
    assert found == sum(sums)
    assert type(found) is int


def test_a_statistical_row_weighs_what_it_counts_and_is_marked():
    found = figure("chuyen_de", activity(), statistic(count=12))
    assert (found.value, found.statistical, found.records) == (13, 12, ("HD-1", "TK-1"))


def test_a_statistical_row_adds_its_counts_once():
    found = figure("giao_vien", activity(counts={"teachers": 45}), statistic(count=12, counts={"teachers": 300}))
    assert (found.value, found.statistical) == (345, 300)


def test_a_distinct_count_takes_a_statistical_row_as_so_many_more():
    row = statistic(of="ghi-nho-song-phuong", count=7, school_level="thcs")
    found = figure("truong", agreement(), row)
    assert (found.value, found.statistical) == (9, 7)


def test_a_statistical_row_names_its_district_so_that_districts_are_not_multiplied():
    row = statistic(of="ghi-nho-song-phuong", count=7, unit="huyen-ba-vi")
    found = figure("huyen", agreement(), row)
    assert (found.value, found.statistical) == (3, 1)


def test_a_statistical_row_of_nothing_proves_nothing():
    found = figure("truong", statistic(of="ghi-nho-song-phuong", count=0, school_level="thcs"))
    assert (found.value, found.records) == (0, ())


def test_tasks_are_counted_one_by_one_and_proven_by_their_agreement():
    plan = [{"task": f"Việc số {day}", "due": date(2023, 3, day), "done_on": date(2023, 3, 1)} for day in (5, 6, 7)]
    found = figure("dau_viec_xong", agreement(kind="ke-hoach-ket-noi", plan=plan))
    assert (found.value, found.records) == (3, ("GU-1",))


def test_partners_are_told_apart_across_activities():
    entries = [activity("HD-1", partners=["thcs-ba-vi", "thcs-phuc-tho"]), activity("HD-2", partners=["thcs-ba-vi"])]
    assert figure("doi_tac", *entries).value == 2


def test_a_negated_filter_keeps_rows_that_do_not_say():
    entries = [activity("HD-1", mode="truc-tuyen"), activity("HD-2", mode=None), activity("HD-3")]
    found = figure("chuyen_de", *entries, where=(Filter("hinh_thuc", ("truc-tuyen",), negate=True),))
    assert found.records == ("HD-2", "HD-3")


def test_a_negated_filter_on_several_values_wants_none_of_them():
    entries = [activity("HD-1", topics=["ung-dung-cntt", "kiem-tra-danh-gia"]), activity("HD-2")]
    found = figure("chuyen_de", *entries, where=(Filter("topics", ("ung-dung-cntt",), negate=True),))
    assert found.records == ("HD-2",)


def test_a_filter_that_the_table_does_not_have_is_refused():
    with pytest.raises(Refused, match="chu_de"):
        figure("truong", agreement(), where=(only("chu_de", "ung-dung-cntt"),))


# --------------------------------------------------------------------------- ratios and sums


def test_a_ratio_over_the_registry_has_its_units_as_proof():
    found = figure("ty_le_truong", agreement())
    part, whole = found.operands
    assert found.value == Fraction(2, 12)
    assert (part.records, len(whole.units), whole.value) == (("GU-1",), 12, 12)


def test_the_denominator_of_a_district_is_its_own_schools():
    found = figure("ty_le_truong", agreement(), where=(only("don_vi", "quan-cau-giay"), only("cap_hoc", "thcs")))
    assert found.value == Fraction(1, 1)
    assert found.operands[1].units == ("thcs-cau-giay",)


def test_a_ratio_of_two_metrics_filters_both_sides():
    found = figure("ty_le_co", agreement(), where=(only("party.unit", "quan-cau-giay"),))
    assert found.value == Fraction(1, 3)


def test_a_ratio_over_nothing_is_refused():
    with pytest.raises(Refused, match="bằng 0"):
        figure("ty_le_xong", agreement())


def test_a_sum_of_metrics_keeps_its_terms_and_their_statistical_parts():
    found = figure("tong", activity("HD-1"), activity("HD-2", level="huyen"), statistic(level="huyen", count=5))
    assert (found.value, found.statistical, [one.value for one in found.operands]) == (7, 5, [1, 6])


def test_a_share_is_of_a_whole_that_contains_the_part():
    entries = [activity("HD-1"), activity("HD-2", level="huyen")]
    part, whole = figure("chuyen_de_truong", *entries), figure("chuyen_de", *entries)
    assert share(part, whole).value == Fraction(1, 2)
    with pytest.raises(Refused, match="không phải là một phần"):
        share(part, figure("chuyen_de_tren", *entries))


def test_a_share_of_a_sum_of_metrics_looks_through_to_the_records():
    entries = [activity("HD-1"), activity("HD-2", level="huyen")]
    assert share(figure("chuyen_de_truong", *entries), figure("tong", *entries)).value == Fraction(1, 2)


def test_growth_from_nothing_has_a_difference_but_no_percentage():
    new, old = figure("chuyen_de", activity()), figure("chuyen_de", period=NEXT_YEAR)
    assert difference(new, old).value == 1
    with pytest.raises(Refused, match="bằng 0"):
        change(new, old)


def test_a_fall_is_a_negative_change():
    entries = [activity(f"HD-{number}") for number in range(4)]
    new, old = figure("chuyen_de", *entries[:3]), figure("chuyen_de", *entries)
    assert (difference(new, old).value, change(new, old).value) == (-1, Fraction(-1, 4))


def test_equal_values_share_the_better_rank():
    values = [figure("chuyen_de", *[activity(f"HD-{n}") for n in range(size)]) for size in (3, 5, 3, 1)]
    places = [rank(own, tuple(other for other in values if other is not own)) for own in values]
    assert [one.value for one in places] == [2, 1, 2, 4]


# --------------------------------------------------------------------------- by group


def test_groups_come_in_the_order_of_the_registry():
    entries = [activity("HD-1", host="thcs-phuc-tho"), activity("HD-2"), activity("HD-3", host="thcs-ba-dinh")]
    assert list(by("chuyen_de", "don_vi", *entries)) == ["quan-ba-dinh", "quan-cau-giay", "huyen-phuc-tho"]


def test_groups_come_in_the_order_of_the_vocabulary():
    entries = [agreement(parties=[f"{level}-cau-giay" for level in ("thcs", "mam-non", "thpt")])]
    assert list(by("truong", "cap_hoc", *entries)) == ["mam-non", "thcs", "thpt"]


def test_with_zeros_every_unit_that_reports_has_a_group():
    assert by("chuyen_de", "don_vi", activity(), zeros=True) == {
        "quan-ba-dinh": 0,
        "quan-cau-giay": 1,
        "huyen-ba-vi": 0,
        "huyen-phuc-tho": 0,
    }


def test_with_zeros_only_words_that_the_filters_leave_have_a_group():
    assert by("chuyen_de_tren", "cap", activity(level="huyen"), zeros=True) == {"thanh-pho": 0, "huyen": 1}


def test_with_zeros_every_month_of_the_period_has_a_group():
    found = by("chuyen_de", "thang", activity(), zeros=True)
    assert list(found)[0::7] == ["2022-12", "2023-07"]
    assert found["2023-03"] == 1


def test_a_memorandum_between_two_districts_counts_in_both():
    assert by("van_ban", "don_vi", agreement()) == {"quan-cau-giay": 1, "huyen-phuc-tho": 1}


def test_rows_that_do_not_say_are_in_no_group():
    assert by("chuyen_de", "hinh_thuc", activity("HD-1", mode=None), activity("HD-2")) == {"truc-tiep": 1}


def test_an_activity_of_two_partners_stands_with_both():
    entries = [activity("HD-1", partners=["thcs-ba-vi", "thcs-phuc-tho"]), activity("HD-2", partners=["thcs-ba-vi"])]
    assert by("chuyen_de", "partner", *entries) == {"thcs-ba-vi": 2, "thcs-phuc-tho": 1}


def test_a_ratio_by_district_keeps_districts_without_a_signature():
    assert by("ty_le_truong", "don_vi", agreement()) == {
        "quan-ba-dinh": 0,
        "quan-cau-giay": Fraction(1, 3),
        "huyen-ba-vi": 0,
        "huyen-phuc-tho": Fraction(1, 3),
    }


def test_a_ratio_by_something_that_units_do_not_have_keeps_its_whole():
    assert by("ty_le_truong", "loai", agreement()) == {"ghi-nho-song-phuong": Fraction(1, 6)}


def test_every_dimension_names_a_field_of_its_tables():
    assert all(field in TABLES[table] for fields in DIMENSIONS.values() for table, field in fields.items())
