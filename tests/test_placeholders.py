"""What each placeholder writes, and what it refuses to write."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import newsroom
import pytest
import worlds
from newsroom import compared
from saying import DESK, refused, said

from chungtay_reports.figures.desk import Desk
from chungtay_reports.model import Period
from chungtay_reports.prose.placeholders.parameters import read_period
from chungtay_reports.prose.reader import read_prose
from chungtay_reports.vietnamese import percent

DISTRICTS = newsroom.DISTRICTS


def counted(count: int) -> Desk:
    """A desk where one district held so many chuyên đề."""
    return newsroom.desk(school_level={DISTRICTS[0]: count})


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize(
    ("count", "figures", "words"),
    [(1, "1", "một"), (2, "2", "hai"), (9, "9", "chín"), (10, "10", "mười"), (11, "11", "mười một"), (21, "21", "hai mươi mốt"),
     (100, "100", "một trăm"), (672, "672", "sáu trăm bảy mươi hai"), (1000, "1.000", "một nghìn"),
     (2106, "2.106", "hai nghìn một trăm linh sáu"), (1_000_000, "1.000.000", "một triệu")],
)  # fmt: skip
def test_so_prints_the_exact_value_in_figures_or_words(count: int, figures: str, words: str) -> None:
    desk = counted(count)
    assert said("{{ so('chuyen_de_truong') }} chuyên đề", desk) == f"{figures} chuyên đề"
    assert said("{{ so('chuyen_de_truong', chu=True) }} chuyên đề", desk) == f"{words} chuyên đề"


def test_so_never_prints_a_bare_nought() -> None:
    assert "bỏ câu" in refused("{{ so('the_thao') }}")
    assert said("{{ so('the_thao', khong='chưa ghi nhận hoạt động nào') }}") == "chưa ghi nhận hoạt động nào"


def test_words_for_nought_obey_the_lint_too() -> None:
    text = "Nay {{ so('the_thao', khong='chưa đủ 5 hoạt động') }}"
    problems = read_prose(text, "b.md", 1, DESK)[1]
    assert [(problem.code, problem.place.column) for problem in problems] == [("P201", text.index("5") + 1)]


def test_money_is_printed_as_the_press_does() -> None:
    gift = worlds.activity(
        "HD-9", kind="ho-tro-hoc-sinh", level=None, mode=None, topics=[], support={"money": 1_500_000_000}
    )
    desk = newsroom.desk(gift)
    assert said("{{ so('tien_ho_tro') }}", desk) == "1,5 tỷ đồng"


def test_so_of_a_ratio_points_to_percent_and_fraction() -> None:
    assert "tỉ lệ" in refused("{{ so('ti_le_ky') }}")


@pytest.mark.parametrize(
    ("name", "count", "text"),
    [("gan", 672, "gần 700"), ("gan", 664, "gần 700"), ("gan", 788, "gần 800"), ("hon", 628, "hơn 600"), ("hon", 203, "hơn 200"),
     ("hon", 2106, "hơn 2.100"), ("khoang", 672, "khoảng 700"), ("hang", 672, "hàng trăm"), ("duoi", 672, "dưới 700"), ("tren", 628, "trên 600")],
)  # fmt: skip
def test_a_hedge_is_printed_when_it_is_true(name: str, count: int, text: str) -> None:
    assert said(f"{{{{ {name}('chuyen_de_truong') }}}}", counted(count)) == text


@pytest.mark.parametrize(
    ("name", "count"), [("gan", 628), ("hon", 672), ("gan", 700), ("hon", 700), ("khoang", 700), ("gan", 5)]
)
def test_a_hedge_is_refused_when_it_is_not(name: str, count: int) -> None:
    refused(f"{{{{ {name}('chuyen_de_truong') }}}}", counted(count))


def test_a_percentage_is_of_a_ratio_of_another_metric_or_of_a_group_in_the_whole() -> None:
    assert said("{{ ty_le('ti_le_ky') }}") == "100%"
    assert said("{{ ty_le('chuyen_de_truong', trong='chuyen_de') }}") == "79,7%"
    assert said("{{ ty_le('chuyen_de_truong', don_vi='quan-cau-giay') }}") == "47,8%"
    assert "không phải một tỉ lệ" in refused("{{ ty_le('chuyen_de_truong') }}")
    assert "phần" in refused("{{ ty_le('hoi_thao', trong='chuyen_de') }}")


def test_a_ratio_is_printed_as_it_was_counted() -> None:
    assert said("{{ ti_so('ti_le_ky') }}") == "4/4"
    assert said("{{ ti_so('chuyen_de_huyen', trong='chuyen_de') }}") == "160/788"


def test_ca_and_its_kin_are_said_only_of_the_whole() -> None:
    assert said("{{ ca('ti_le_ky') }} quận, huyện") == "cả 4 quận, huyện"
    assert said("{{ ca('ti_le_ky', kieu='toan_bo') }} đơn vị") == "toàn bộ 4 đơn vị"
    refused("{{ ca('chuyen_de_truong', trong='chuyen_de') }}")


def test_phan_says_the_strongest_share_that_holds() -> None:
    assert said("{{ phan('chuyen_de_truong', trong='chuyen_de') }}") == "đa số"
    assert said("{{ phan('ti_le_ky') }}") == "toàn bộ"
    assert (
        said("{{ phan('chuyen_de_truong', trong='chuyen_de') }}", newsroom.desk(district_level={DISTRICTS[0]: 5}))
        == "hầu hết"
    )
    assert said("{{ phan('chuyen_de_truong', trong='chuyen_de', kieu='phan_lon') }}") == "phần lớn"
    refused("{{ phan('chuyen_de_truong', trong='chuyen_de', kieu='hau_het') }}")
    refused("{{ phan('chuyen_de_huyen', trong='chuyen_de') }}")


# ------------------------------------------------------------------ comparison


@pytest.mark.parametrize(
    ("new", "old", "plainly", "more", "percent"),
    [(628, 527, "tăng 101", "nhiều hơn kỳ trước 101 chuyên đề", "tăng 19,2%"), (5, 10, "giảm 5", "ít hơn kỳ trước 5 chuyên đề", "giảm 50%"),
     (7, 7, "không đổi", "bằng kỳ trước", "không đổi")],
)  # fmt: skip
def test_a_change_is_told_in_three_ways(new: int, old: int, plainly: str, more: str, percent: str) -> None:
    desk = compared(new, old)
    assert said("{{ tang_giam('chuyen_de_truong') }}", desk) == plainly
    assert said("{{ tang_giam('chuyen_de_truong', kieu='nhieu_hon', don_vi_tinh=True) }}", desk) == more
    assert said("{{ tang_giam('chuyen_de_truong', kieu='phan_tram') }}", desk) == percent


def test_a_ratio_rises_and_falls_by_points_and_never_by_percent_of_percent() -> None:
    desk = compared(5, 3)  # all districts with a pact signed it the year before
    before = desk.figure("ti_le_ky", (), desk.previous).value
    points = percent(Fraction(before)).replace("%", " điểm phần trăm")
    assert said("{{ tang_giam('ti_le_ky', don_vi_tinh=True) }}", desk) == f"giảm {points}"
    assert said("{{ tang_giam('ti_le_ky', kieu='nhieu_hon') }}", desk) == f"thấp hơn kỳ trước {points}"
    assert said("{{ so_sanh('ti_le_ky') }}", desk).replace("\u00a0", " ") == f"giảm {points} so với năm học 2022-2023"
    assert "điểm phần trăm" in refused("{{ tang_giam('ti_le_ky', kieu='phan_tram') }}", desk)


def test_nothing_is_a_percentage_of_nought() -> None:
    desk = compared(5, 0)
    assert said("{{ tang_giam('chuyen_de_truong') }}", desk) == "tăng 5"
    assert "bằng 0" in refused("{{ tang_giam('chuyen_de_truong', kieu='phan_tram') }}", desk)


def test_periods_are_compared_only_when_they_are_known_equally_long_and_reported() -> None:
    assert "compare_with" in refused("{{ tang_giam('chuyen_de_truong') }}")
    assert "dài ngắn khác nhau" in refused("{{ tang_giam('chuyen_de_truong', so_voi='2023-03') }}", compared(5, 3))
    assert (
        said("{{ tang_giam('chuyen_de_truong', so_voi='2022-12-01..2023-07-31', khac_ky=True) }}", compared(5, 3))
        == "tăng 2"
    )
    assert "chưa gửi báo cáo" in refused("{{ tang_giam('chuyen_de_truong') }}", compared(5, 3, missing_before=True))


# ------------------------------------------------------------------ ranking


def ranking(*counts: int) -> Desk:
    return newsroom.desk(school_level=dict(zip(DISTRICTS, counts, strict=False)))


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ((28, 23, 19, 2), "Cầu Giấy dẫn đầu với 28 chuyên đề, tiếp đến là Ba Đình (23) và Phúc Thọ (19)"),
        ((28, 28, 19), "Ba Đình và Cầu Giấy cùng dẫn đầu với 28 chuyên đề, tiếp đến là Phúc Thọ (19)"),
        ((28, 19, 19), "Cầu Giấy dẫn đầu với 28 chuyên đề, tiếp đến là Ba Đình và Phúc Thọ cùng có 19 chuyên đề"),
        (
            (28, 5, 5, 5),
            "Cầu Giấy dẫn đầu với 28 chuyên đề, tiếp đến là Ba Đình, Ba Vì và Phúc Thọ cùng có 5 chuyên đề",
        ),
        ((28, 5), "Cầu Giấy dẫn đầu với 28 chuyên đề, tiếp đến là Ba Đình (5)"),
    ],
)
def test_a_ranking_names_the_leader_and_those_who_follow(counts: tuple[int, ...], text: str) -> None:
    assert said("{{ xep_hang('chuyen_de_truong', theo='don_vi', lay=3) }}", ranking(*counts)) == text


def test_groups_that_are_no_units_do_not_race() -> None:
    assert said("{{ xep_hang('chuyen_de', theo='cap') }}") == (
        "nhiều nhất là cấp trường với 628 chuyên đề, tiếp đến là cấp quận, huyện (160)"
    )


@pytest.mark.parametrize("counts", [(7, 7, 7, 7), (7,)])
def test_who_is_equal_or_alone_is_not_ranked(counts: tuple[int, ...]) -> None:
    refused("{{ xep_hang('chuyen_de_truong', theo='don_vi') }}", ranking(*counts))
    refused("{{ nhieu_nhat('chuyen_de_truong', theo='don_vi') }}", ranking(*counts))


def test_a_leader_is_named_only_without_a_tie_and_enters_the_ledger() -> None:
    desk = ranking(28, 23)
    assert said("{{ dan_dau('chuyen_de_truong', theo='don_vi') }} làm nhiều", desk) == "Cầu Giấy làm nhiều"
    (row,) = (row for row in desk.ledger().rows if row.figure.op == "rank")
    assert (row.figure.value, row.prints[0].text, row.prints[0].hedge) == (1, "Cầu Giấy", "dẫn đầu")
    assert "đồng hạng" in refused("{{ dan_dau('chuyen_de_truong', theo='don_vi') }}", ranking(28, 28))


def test_nhieu_nhat_says_what_there_is_most_of() -> None:
    assert said("{{ nhieu_nhat('chuyen_de', theo='cap') }}") == "nhiều nhất là cấp trường với 628 chuyên đề"
    assert said("{{ nhieu_nhat('chuyen_de_truong', theo='don_vi') }}", ranking(28, 28, 3)) == (
        "nhiều nhất là Ba Đình và Cầu Giấy, cùng có 28 chuyên đề"
    )


def test_groups_are_listed_with_or_without_numbers_from_the_largest() -> None:
    assert said("{{ liet_ke('chuyen_de_truong', theo='don_vi') }}", ranking(5, 9)) == "Ba Đình (9) và Cầu Giấy (5)"
    assert (
        said("{{ liet_ke('chuyen_de_truong', theo='don_vi', so=False) }}", ranking(5, 9, 2))
        == "Ba Đình, Cầu Giấy và Phúc Thọ"
    )
    assert said("{{ liet_ke('chuyen_de_truong', theo='don_vi', lay=1, tu=2) }}", ranking(5, 9, 2)) == "Cầu Giấy (5)"
    assert said("{{ liet_ke('chuyen_de', theo='cap') }}") == "cấp trường (628) và cấp quận, huyện (160)"
    refused("{{ liet_ke('the_thao', theo='don_vi') }}")


# ------------------------------------------------------------------ scope


def test_filters_and_periods_narrow_a_figure() -> None:
    assert said("{{ so('chuyen_de_truong', don_vi='quan-ba-dinh') }}") == "200"
    assert said("{{ so('chuyen_de_truong', don_vi=['quan-ba-dinh', 'huyen-ba-vi']) }}") == "228"
    assert said("{{ so('chuyen_de', cap='huyen') }}") == "160"
    assert said("{{ so('chuyen_de_truong', khoi='ngoai-thanh') }}") == "128"
    assert said("{{ so('chuyen_de_truong', ky='ky_truoc') }}", compared(5, 3)) == "3"
    assert said("{{ so('chuyen_de_truong', ky='tu_dau') }}", compared(5, 3)) == "8"
    assert said("{{ so('chuyen_de_truong', ky='2022-2023') }}", compared(5, 3)) == "3"


def test_a_filter_that_means_nothing_for_a_metric_is_refused() -> None:
    assert "chieu" in refused("{{ so('don_vi_ky', chieu='vao-noi-thanh') }}")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("tu_dau", Period(date(2022, 12, 1), date(2023, 7, 31))),
        ("2023-2024", Period(date(2023, 8, 1), date(2024, 7, 31))),
        ("2023", Period(date(2023, 1, 1), date(2023, 12, 31))),
        ("2023-02", Period(date(2023, 2, 1), date(2023, 2, 28))),
        ("2023-03-01..2023-03-15", Period(date(2023, 3, 1), date(2023, 3, 15))),
        ("2023-2025", None),
        ("2023-13", None),
        ("2023-03-15..2023-03-01", None),
        ("năm nay", None),
    ],
)
def test_periods_are_read_by_name(text: str, period: Period | None) -> None:
    assert read_period(text, DESK) == period
