"""What metrics promise about their values, and how a broken promise is told."""

from __future__ import annotations

from datetime import date

from worlds import AS_OF, NEXT_YEAR, REGISTRY, YEAR, activity, agreement, metric, metrics, only, statistic

from chungtay_reports.errors import Place
from chungtay_reports.figures.promises import run_tests
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Measure, MetricTest, Period

HERE = Place("content/metrics/core.yaml", 7, 3)


def broken(*entries, period=YEAR, as_of=AS_OF, definitions=()):
    return run_tests(metrics(*definitions), tabulate(entries, REGISTRY), period, as_of)


def promising(name, test, argument, **fields):
    return metric(name, tests=(MetricTest(test, str(argument)),), place=HERE, **fields)


def test_a_part_above_its_whole_is_reported_where_the_metric_stands():
    part = promising("hoi_thao", "not_above", "chuyen_de", where=(only("kind", "hoi-thao"),))
    whole = metric("chuyen_de", where=(only("kind", "chuyen-de"),))
    (found,) = broken(activity(kind="hoi-thao"), definitions=(part, whole))
    assert (found.code, found.place) == ("M130", HERE)
    assert "“hoi_thao” là 1, vượt “chuyen_de” (0) trong kỳ 12/2022–7/2023" in found.message


def test_an_equal_value_is_not_above():
    part = promising("hoi_thao", "not_above", "chuyen_de", where=(only("kind", "hoi-thao"),))
    whole = metric("chuyen_de", where=(only("kind", "chuyen-de"),))
    assert broken(activity("HD-1", kind="hoi-thao"), activity("HD-2"), definitions=(part, whole)) == ()


def test_a_jump_is_measured_against_the_school_year_before():
    first = Period(date(2022, 8, 1), date(2023, 7, 31))
    old = [activity("HD-0", on=first.start), activity("HD-1", on=first.end)]
    new = [activity(f"N-{number}", on=NEXT_YEAR.start) for number in range(7)]
    definition = promising("chuyen_de", "max_jump", 3)
    as_of = date(2024, 8, 10)
    assert broken(*old, *new[:6], period=NEXT_YEAR, as_of=as_of, definitions=(definition,)) == ()
    (found,) = broken(*old, *new, period=NEXT_YEAR, as_of=as_of, definitions=(definition,))
    assert found.code == "M131"
    assert "kỳ năm học 2023-2024 là 7, hơn 3 lần kỳ trước (2)" in found.message


def test_a_jump_from_nothing_proves_nothing():
    assert broken(activity(), definitions=(promising("chuyen_de", "max_jump", 3),)) == ()


def people(**fields):
    return promising("giao_vien", "one_per", "host", table="activities", op="sum", field="counts.teachers", **fields)


def test_teachers_of_one_school_in_two_records_may_be_the_same_people():
    entries = [activity(f"HD-{number}", counts={"teachers": 5}) for number in range(3)]
    (found,) = broken(*entries, definitions=(people(),))
    assert found.code == "M132"
    assert "HD-0, HD-1, HD-2" in found.message
    assert "Trường thcs Cầu Giấy" in found.message


def test_one_record_for_each_school_keeps_people_apart():
    entries = [activity("HD-1", counts={"teachers": 5}), activity("HD-2", host="thcs-ba-vi", counts={"teachers": 5})]
    assert broken(*entries, activity("HD-3"), definitions=(people(),)) == ()


def test_a_record_that_does_not_say_whose_people_it_counts_is_reported():
    entries = [activity(counts={"teachers": 5}), statistic(counts={"teachers": 50})]
    (found,) = broken(*entries, definitions=(people(),))
    assert (found.code, "TK-1" in found.message) == ("M133", True)


def test_a_sum_that_counts_a_record_twice_is_reported():
    both = metric("tong", "", measure=Measure("sum_of", terms=("chuyen_de", "truc_tiep")), place=HERE)
    parts = (metric("chuyen_de"), metric("truc_tiep", where=(only("mode", "truc-tiep"),)))
    (found,) = broken(activity(), definitions=(both, *parts))
    assert (found.code, found.place) == ("M134", HERE)
    assert broken(activity(mode="truc-tuyen"), definitions=(both, *parts)) == ()


def test_a_ratio_that_cannot_be_computed_breaks_no_promise():
    ratio = promising("ty_le", "max_jump", 3, table="", unit="%", measure=Measure("ratio", terms=("a", "a")))
    assert broken(agreement(), definitions=(metric("a"), ratio)) == ()
