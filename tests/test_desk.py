"""The desk: what it answers, what it refuses, and the ledger of what it printed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from worlds import (
    AS_OF,
    NEXT_YEAR,
    REGISTRY,
    YEAR,
    activity,
    agreement,
    library,
    metric,
    metrics,
    only,
    submission,
)

from chungtay_reports.edition import Number, Printed
from chungtay_reports.figures.desk import Desk, Refused
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Filter, Measure, Period

DEFINITIONS = metrics(
    metric("chuyen_de", label="Chuyên đề"),
    metric("chuyen_de_truong", label="Chuyên đề cấp trường", where=(only("level", "truong"),)),
    metric("truong", "agreements", "count_distinct", "party", label="Trường ký ghi nhớ", unit="trường"),
    metric(
        "ty_le",
        "",
        label="Tỷ lệ trường ký ghi nhớ",
        unit="%",
        measure=Measure("ratio", terms=("truong",), registry=(only("level", "thcs"),)),
    ),
)
ENTRIES = (
    agreement(),
    activity("HD-1"),
    activity("HD-2", host="thcs-ba-vi", level="huyen", topics=["ung-dung-cntt"]),
    activity("HD-3", on=date(2023, 9, 5)),
)
QUARTER = Period(date(2023, 1, 1), date(2023, 3, 31))


def desk(*entries, previous=None, as_of=AS_OF):
    found = entries or ENTRIES
    return Desk(library(found, DEFINITIONS), tabulate(found, REGISTRY), YEAR, as_of, previous)


def labels(one):
    return [row.label for row in one.ledger().rows]


# --------------------------------------------------------------------------- answers


def test_a_figure_is_of_the_period_of_the_edition_unless_another_is_asked_for():
    one = desk(as_of=date(2023, 10, 1))
    assert one.figure("chuyen_de").value == 2
    assert one.figure("chuyen_de", period=NEXT_YEAR).value == 1


@pytest.mark.parametrize(
    ("day", "listed"),
    [(date(2023, 2, 1), ["GU-2"]), (date(2023, 4, 1), ["GU-1"]), (date(2023, 6, 1), ["GU-2"])],
)
def test_an_agreement_that_both_sides_wrote_down_is_listed_once_and_is_the_one_that_counts(day, listed):
    """GU-1, to which GU-2 points, comes into the books in March and is removed in May."""
    removal = {"on": date(2023, 5, 1), "by": "pgd-cau-giay", "reason": "ghi nhầm"}
    one = desk(agreement("GU-1", seen=date(2023, 3, 1), removed=removal), agreement("GU-2", same_as="GU-1"), as_of=day)
    assert [record.id for record in one.agreements("ghi-nho-song-phuong", "quan-cau-giay")] == listed
    assert list(one.figure("truong").records) == listed


def test_a_dimension_works_as_a_filter():
    assert desk().figure("chuyen_de", (only("don_vi", "huyen-ba-vi"),)).records == ("HD-2",)


@pytest.mark.parametrize(
    ("dimension", "key", "words"),
    [
        ("don_vi", "quan-cau-giay", "quận Cầu Giấy"),
        ("cap_hoc", "tieu-hoc", "tiểu học"),
        ("cap", "truong", "cấp trường"),
        ("chu_de", "ung-dung-cntt", "ứng dụng công nghệ thông tin"),
        ("thang", "2023-03", "tháng 3/2023"),
        ("hinh_thuc", "truc-tuyen", "trực tuyến"),
        ("loai", "ghi-nho-song-phuong", "biên bản ghi nhớ song phương"),
        ("loai", "hoi-thao", "hội thảo"),
        ("khoi", "noi-thanh", "khối nội thành"),
        ("chieu", "vao-noi-thanh", "học sinh ngoại thành vào nội thành"),
    ],
)
def test_a_group_has_a_name_for_prose(dimension, key, words):
    assert desk().label(dimension, key) == words


def test_a_unit_has_a_short_name_too():
    assert desk().label("don_vi", "quan-cau-giay", "short") == "Cầu Giấy"


def test_a_rank_stands_on_all_of_its_group():
    one = desk().rank("chuyen_de", "don_vi", "huyen-ba-vi")
    assert (one.value, len(one.operands), one.operands[0].value) == (1, 4, 1)


def test_who_has_reported_is_a_figure_of_submissions():
    one = desk(*ENTRIES, submission("NB-1"), submission("NB-2", "huyen-ba-vi"))
    found = one.reporting()
    reported, expected = found.operands
    assert found.value == Fraction(1, 2)
    assert reported.records == ("GU-1", "NB-1", "NB-2")
    assert expected.units == ("huyen-ba-vi", "huyen-phuc-tho", "quan-ba-dinh", "quan-cau-giay")


# --------------------------------------------------------------------------- refusals


def refused(question):
    with pytest.raises(Refused) as found:
        question()
    return found.value


def test_an_unknown_metric_is_refused_with_the_nearest_one():
    assert refused(lambda: desk().figure("chuyende")).offer == "chuyen_de"


def test_a_filter_that_the_metric_does_not_have_is_refused():
    assert "chu_de" in refused(lambda: desk().figure("truong", (only("chu_de", "ung-dung-cntt"),))).reason
    reason = refused(lambda: desk().by("truong", "chu_de")).reason
    assert reason.endswith("chỉ theo don_vi, cap_hoc, thang, loai, khoi")
    assert refused(lambda: desk().by("truong", "caphoc")).offer == "cap_hoc"


def test_a_value_that_nothing_can_have_is_refused_and_does_not_become_zero():
    assert refused(lambda: desk().figure("chuyen_de", (only("cap", "truogn"),))).offer == "truong"
    assert refused(lambda: desk().figure("chuyen_de", (only("don_vi", "quan-cau-giai"),))).offer == "quan-cau-giay"


def test_a_negated_typing_error_is_refused_too():
    refused(lambda: desk().figure("chuyen_de", (Filter("hinh_thuc", ("truc_tuyen",), negate=True),)))


def test_periods_of_unequal_length_are_not_compared():
    one = desk(as_of=date(2024, 8, 10), previous=NEXT_YEAR)
    new, old = one.figure("chuyen_de"), one.figure("chuyen_de", period=one.previous)
    assert "dài ngắn khác nhau" in refused(lambda: one.difference(new, old)).reason
    assert "dài ngắn khác nhau" in refused(lambda: one.change(new, old)).reason


def test_the_author_may_say_that_unequal_periods_are_meant():
    one = desk(as_of=date(2024, 8, 10))
    new, old = one.figure("chuyen_de"), one.figure("chuyen_de", period=NEXT_YEAR)
    assert one.difference(new, old, unequal=True).value == 1


def test_school_years_are_of_equal_length_whatever_the_leap_day():
    one = desk(as_of=date(2024, 8, 10))
    year = Period(date(2022, 8, 1), date(2023, 7, 31))
    new, old = one.figure("chuyen_de", period=NEXT_YEAR), one.figure("chuyen_de", period=year)
    assert one.change(new, old).value == Fraction(-1, 2)


def test_figures_that_count_different_things_are_not_compared():
    one = desk()
    assert "hai thứ khác nhau" in refused(lambda: one.difference(one.figure("chuyen_de"), one.figure("truong"))).reason


# --------------------------------------------------------------------------- printing


def test_a_printed_number_carries_its_row_and_the_row_its_places():
    one = desk()
    with one.location("tít"):
        number = one.print(one.figure("chuyen_de"), "2")
    with one.location("bảng 1"), one.location("hàng Ba Đình"):
        one.print(one.figure("chuyen_de"), "gần 3", "gần")
    (row,) = one.ledger().rows
    assert number == Number("2", row.id) == Number("2", "s1")
    assert row.prints == (Printed("2", "", "tít"), Printed("gần 3", "gần", "bảng 1, hàng Ba Đình"))


def test_rows_are_numbered_by_first_printing_and_operands_follow():
    one = desk()
    for name in ("ty_le", "chuyen_de", "truong"):
        one.print(one.figure(name), "số")
    rows = one.ledger().rows
    assert [(row.id, row.figure.query.metric, row.operands, len(row.prints)) for row in rows] == [
        ("s1", "ty_le", ("s2", "s3"), 1),
        ("s2", "truong", (), 1),
        ("s3", "@danh-muc", (), 0),
        ("s4", "chuyen_de", (), 1),
    ]


def test_a_row_says_what_it_is_in_words():
    one = desk()
    school, all_ = (one.figure(name, (only("don_vi", "quan-cau-giay"),)) for name in ("chuyen_de_truong", "chuyen_de"))
    one.print(school, "1")
    assert labels(one) == ["Chuyên đề cấp trường, quận Cầu Giấy, 12/2022–7/2023"]
    assert one.ledger().rows[0].filters == "quận Cầu Giấy"
    one.print(one.share(school, all_), "100%")
    assert labels(one)[1] == (
        "Tỷ trọng của “Chuyên đề cấp trường, quận Cầu Giấy” trong “Chuyên đề, quận Cầu Giấy”, 12/2022–7/2023"
    )


def test_a_comparison_names_both_periods():
    one = desk()
    new, old = (
        one.figure("chuyen_de", period=period) for period in (QUARTER, Period(date(2023, 4, 1), date(2023, 6, 30)))
    )
    one.print(one.difference(new, old), "nhiều hơn 2")
    assert labels(one)[0] == "Chênh lệch của “Chuyên đề”, 1/2023–3/2023 so với 4/2023–6/2023"
    assert one.ledger().rows[0].unit == "chuyên đề"


def test_a_difference_of_percentages_is_in_points():
    one = desk()
    city, district = one.figure("ty_le"), one.figure("ty_le", (only("don_vi", "quan-cau-giay"),))
    assert one.unit(one.difference(district, city)) == "điểm phần trăm"


def test_the_ledger_has_the_records_and_definitions_of_its_rows_and_no_others():
    one = desk()
    one.print(one.figure("truong"), "2")
    ledger = one.ledger()
    assert list(ledger.records) == ["GU-1"]
    assert ledger.records["GU-1"].summary == "Trường thcs Cầu Giấy - Trường thcs Phúc Thọ"
    assert list(ledger.metrics) == ["truong"]


def test_a_blank_desk_has_printed_nothing():
    one = desk()
    one.print(one.figure("truong"), "2")
    assert one.blank().ledger().rows == ()
    assert len(one.ledger().rows) == 1
