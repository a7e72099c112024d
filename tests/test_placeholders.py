"""What each placeholder writes, and what it refuses to write."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import newsroom
import pytest
import worlds
from newsroom import compared
from worlds import statistic

from chungtay_reports import check
from chungtay_reports.edition import Block, Chart, Number, Paragraph, Photo, Quotation, Table, Text
from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Period
from chungtay_reports.prose.placeholders import PLACEHOLDERS
from chungtay_reports.prose.placeholders.parameters import KINDS, read_period
from chungtay_reports.prose.placeholders.reference import reference
from chungtay_reports.prose.reader import read_prose
from chungtay_reports.prose.voice import plain

DESK = newsroom.desk()
DISTRICTS = newsroom.DISTRICTS


def said(text: str, desk: Desk = DESK) -> str:
    """What a sentence with placeholders says; a no-break space reads as a space."""
    found, problems = read_prose(f"Nay {text}", "b.md", 1, desk)
    assert not problems, "\n".join(map(str, problems))
    (block,) = found
    assert isinstance(block, Paragraph)
    return plain(block.inlines).removeprefix("Nay ").replace("\u00a0", " ")


def whole(text: str, desk: Desk | None = None) -> Block:
    found, problems = read_prose(text, "b.md", 1, desk or newsroom.desk())
    assert not problems, "\n".join(map(str, problems))
    return found[0]


def refused(text: str, desk: Desk = DESK) -> str:
    """Why a placeholder is not written."""
    problems = read_prose(f"Nay {text}", "b.md", 1, desk)[1]
    assert [problem.code for problem in problems] == ["P302"], problems
    return problems[0].message


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


# ------------------------------------------------------------------ names, days


def test_a_unit_is_named_in_full_first_and_then_in_short() -> None:
    assert said("{{ ten('quan-cau-giay') }} và {{ ten('quan-cau-giay') }}") == "quận Cầu Giấy và Cầu Giấy"
    assert said("{{ ten('quan-cau-giay', kieu='ngan') }}") == "Cầu Giấy"
    assert said("{{ ten('quan-cau-giay', kieu='chinh_thuc') }}") == "Quận Cầu Giấy"


def test_an_office_is_named_in_three_steps() -> None:
    units = _with_office()
    text = "{{ ten('pgd-cau-giay') }}; {{ ten('pgd-cau-giay') }}; {{ ten('pgd-cau-giay') }}; {{ ten('pgd-ba-dinh') }}"
    assert said(text, newsroom.desk(units=units)) == (
        "Phòng Giáo dục và Đào tạo (GD&ĐT) quận Cầu Giấy; Phòng GD&ĐT quận Cầu Giấy; Cầu Giấy; Phòng GD&ĐT quận Ba Đình"
    )


def _with_office() -> worlds.Registry:
    tier = replace(
        worlds.TIERS["phong-gddt"],
        prefix="Phòng Giáo dục và Đào tạo",
        running="Phòng GD&ĐT",
        first="Phòng Giáo dục và Đào tạo (GD&ĐT)",
    )
    units = dict(worlds.REGISTRY.units)
    for stem, short in (("cau-giay", "Cầu Giấy"), ("ba-dinh", "Ba Đình")):
        office = units[f"pgd-{stem}"]
        units[office.id] = replace(office, name=f"Phòng Giáo dục và Đào tạo quận {short}", short=short)
    return worlds.Registry({**worlds.TIERS, tier.id: tier}, units)


def test_a_unit_that_has_ended_is_named_as_it_was_and_as_what_it_is_now() -> None:
    heir = worlds.unit("tinh-lao-cai", "tinh", "Tỉnh Lào Cai", "Lào Cai", valid_from=date(2023, 9, 1))
    gone = worlds.unit("tinh-cu", "tinh", "Tỉnh Cũ", "Cũ", valid_to=date(2023, 8, 31), successors=("tinh-lao-cai",))
    units = worlds.registry(heir, gone)
    later = newsroom.desk(units=units, issued=date(2023, 9, 20))
    assert said("{{ ten('tinh-cu') }} và {{ ten('tinh-cu') }}", later) == "tỉnh Cũ (nay thuộc tỉnh Lào Cai) và Cũ"
    assert said("{{ ten('tinh-cu') }}", newsroom.desk(units=units)) == "tỉnh Cũ"


def test_the_organisation_and_the_movement_have_their_names() -> None:
    assert said("{{ co_quan() }}; {{ co_quan() }}") == "Sở Giáo dục và Đào tạo (GD&ĐT) Hà Nội; Sở GD&ĐT Hà Nội"
    assert said("{{ phong_trao() }}") == "“Nhà trường cùng chung tay phát triển”"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ("", "10/8/2023"),
        ("'tinh_den', kieu='khong_nam'", "10/8"),
        ("'phat_hanh', kieu='thu'", "Chủ nhật, ngày 20/8/2023"),
        ("'bat_dau', kieu='thang'", "tháng 12/2022"),
        ("'ket_thuc', kieu='nam'", "năm 2023"),
        ("'phat_dong', kieu='hanh_chinh'", "ngày 01 tháng 12 năm 2022"),
        ("'2025-05-06'", "6/5/2025"),
        ("'2025-05'", "tháng 5/2025"),
        ("'2025'", "năm 2025"),
    ],
)
def test_days_are_written_as_the_press_does(arguments: str, text: str) -> None:
    assert said(f"{{{{ ngay({arguments}) }}}}") == text


@pytest.mark.parametrize("day", ["2025-02-30", "hôm qua", "2025-13", "6/5/2025"])
def test_a_day_that_is_not_on_the_calendar_is_refused(day: str) -> None:
    refused(f"{{{{ ngay('{day}') }}}}")


def test_a_period_has_a_name_or_a_first_and_a_last_month() -> None:
    assert said("{{ ky() }}") == "từ tháng 12/2022 đến hết tháng 7/2023"
    assert said("{{ ky('2023-2024') }}") == "năm học 2023-2024"
    assert said("{{ ky('2023-2024', kieu='thang') }}") == "từ tháng 8/2023 đến hết tháng 7/2024"
    assert said("{{ ky('2023-03', kieu='thang') }}") == "tháng 3/2023"
    assert said("{{ ky('2023-03-05..2023-03-15') }}") == "từ ngày 5/3/2023 đến hết ngày 15/3/2023"
    assert said("{{ thoi_gian() }}") == "tám tháng"


# ------------------------------------------------------------------ quotations, tasks


def test_words_of_somebody_are_quoted_in_the_sentence_or_as_a_block() -> None:
    assert said("ông nói {{ trich_dan('loi-truong-phong') }}").startswith(
        "ông nói “Hai trường cùng soạn 12 tiết dạy chung"
    )
    assert said("cô cho biết {{ trich_dan('y-giao-vien') }}") == "cô cho biết giáo viên mong có thêm giờ dạy chung"
    direct = whole("{{ trich_dan('loi-truong-phong') }}")
    assert isinstance(direct, Quotation)
    assert direct.speaker == "Ông Nguyễn Văn Ba, Trưởng phòng GD&ĐT quận Cầu Giấy"
    assert (direct.kind, direct.note, direct.source) == ("truc-tiep", "", "Hội nghị tổng kết ngày 1/6/2023")
    sense = whole("{{ trich_dan('y-giao-vien') }}")
    assert isinstance(sense, Quotation)
    assert (sense.kind, sense.note) == ("luoc-y", "lược ý")


def test_nobody_is_quoted_before_having_spoken() -> None:
    assert "sau ngày phát hành" in refused("{{ trich_dan('y-giao-vien') }}", newsroom.desk(issued=date(2023, 5, 1)))


def test_the_tasks_of_a_plan_are_listed_by_due_date_and_state() -> None:
    plan = [
        {"task": "Dạy chung", "due": date(2024, 5, 1)},
        {"task": "Ghép trường", "due": date(2023, 1, 10), "done_on": date(2023, 1, 9)},
        {"task": "Lập nhóm", "due": date(2023, 2, 10)},
    ]
    desk = newsroom.desk(worlds.agreement("KH-1", kind="ke-hoach-ket-noi", plan=plan))
    assert said("{{ dau_viec('KH-1') }}", desk) == "ghép trường, lập nhóm và dạy chung"
    assert said("{{ dau_viec('KH-1', trang_thai='xong') }}", desk) == "ghép trường"
    assert said("{{ dau_viec('KH-1', trang_thai='tre') }}", desk) == "lập nhóm"
    assert said("{{ dau_viec('KH-1', lay=1) }}", desk) == "ghép trường"
    refused("{{ dau_viec('GU-1') }}", desk)


# ------------------------------------------------------------------ blocks


def test_a_table_has_a_row_for_each_unit_and_a_total_that_is_a_figure_of_its_own() -> None:
    desk = newsroom.desk()
    table = whole("{{ bang(['chuyen_de_truong', 'chuyen_de_huyen'], tieu_de='Chuyên đề theo đơn vị') }}", desk)
    assert isinstance(table, Table)
    assert [plain(cell.inlines) for cell in table.head[0]] == [
        "Đơn vị",
        "Chuyên đề cấp trường",
        "Chuyên đề cấp quận, huyện",
    ]
    assert [[plain(cell.inlines) for cell in row] for row in table.rows] == [
        ["Ba Đình", "200", "60"],
        ["Cầu Giấy", "300", "60"],
        ["Ba Vì", "28", "1"],
        ["Phúc Thọ", "100", "39"],
    ]
    assert [plain(cell.inlines) for cell in table.total] == ["Tổng cộng", "628", "160"]
    printed = {print_.where for row in desk.ledger().rows for print_ in row.prints}
    assert {"bảng 1, hàng Ba Vì", "bảng 1, hàng tổng"} <= printed
    assert all(isinstance(cell.inlines[0], Number) for row in table.rows for cell in row[1:])


def test_a_table_says_who_has_not_reported_instead_of_nought() -> None:
    table = whole(
        "{{ bang(['chuyen_de_truong']) }}", newsroom.desk(missing=("huyen-ba-vi",), school_level={DISTRICTS[0]: 5})
    )
    assert isinstance(table, Table)
    assert {plain(row[0].inlines): plain(row[1].inlines) for row in table.rows} == {
        "Ba Đình": "0",
        "Cầu Giấy": "5",
        "Ba Vì": "chưa gửi",
        "Phúc Thọ": "0",
    }


def test_a_total_that_rows_do_not_add_up_to_is_not_called_a_sum() -> None:
    shared = worlds.agreement("GU-3", kind="ghi-nho-song-phuong", parties=["thcs-cau-giay", "thcs-ba-vi"])
    documents = worlds.metric("van_ban", "agreements", "count_distinct", "id", unit="văn bản", label="Văn bản")
    desk = newsroom.desk(shared)
    desk.library = replace(desk.library, metrics={**desk.library.metrics, "van_ban": documents})
    table = whole("{{ bang(['van_ban']) }}", desk)
    assert isinstance(table, Table)
    assert [plain(cell.inlines) for cell in table.total] == ["Tính chung", "3"]


def test_the_largest_rows_may_be_picked() -> None:
    table = whole("{{ bang(['chuyen_de_truong'], lay=2) }}")
    assert isinstance(table, Table)
    assert [plain(row[0].inlines) for row in table.rows] == ["Cầu Giấy", "Ba Đình"]


@pytest.mark.parametrize(
    ("call", "where"),
    [
        ("bieu_do('thanh', 'chuyen_de_truong', theo='don_vi')", "biểu đồ thanh-1, Cầu Giấy"),
        ("bieu_do('cot', 'chuyen_de_truong', theo='thang')", "biểu đồ cot-1, Tháng 7/2023"),
        ("bieu_do('o_nho', 'chuyen_de_truong', theo='don_vi', lay=2)", "biểu đồ o-nho-1, Ba Đình"),
        ("bieu_do('ban_do', 'chuyen_de_truong', theo='don_vi')", "biểu đồ ban-do-1, Ba Vì"),
        ("bieu_do('vong_cung', 'don_vi_ky')", "biểu đồ vong-cung-1, Ba Đình - Ba Vì"),
    ],
)
def test_every_chart_prints_its_numbers_in_the_ledger_and_links_to_them(call: str, where: str) -> None:
    desk = newsroom.desk()
    chart = whole(f"{{{{ {call} }}}}", desk)
    assert isinstance(chart, Chart)
    rows = {row.id: row for row in desk.ledger().rows if any(print_.where == where for print_ in row.prints)}
    assert rows
    assert all(f"#{id_}" in chart.svg for id_ in rows)


def test_a_chart_of_two_periods_needs_comparable_ones() -> None:
    text = "{{ bieu_do('so_sanh', 'chuyen_de_truong', theo='don_vi') }}"
    assert isinstance(whole(text, compared(5, 3)), Chart)
    assert [problem.code for problem in read_prose(text, "b.md", 1, newsroom.desk())[1]] == ["P302"]


def test_pairs_of_a_chart_are_those_that_signed_and_what_they_did_together() -> None:
    together = [worlds.activity(f"HD-{number}") for number in (1, 2)]
    back = worlds.activity("HD-3", host="thcs-phuc-tho", partners=["thcs-cau-giay"])
    desk = newsroom.desk(*together, back)
    chart = whole("{{ bieu_do('vong_cung', 'chuyen_de_truong') }}", desk)
    assert isinstance(chart, Chart)
    (row,) = (row for row in desk.ledger().rows if any("vong-cung" in print_.where for print_ in row.prints))
    assert (row.figure.value, row.figure.op) == (3, "sum_of")


def test_a_unit_that_has_not_reported_is_empty_on_the_map() -> None:
    chart = whole("{{ bieu_do('ban_do', 'chuyen_de_truong', theo='don_vi') }}", newsroom.desk(missing=("huyen-ba-vi",)))
    assert isinstance(chart, Chart)
    assert "Chưa báo cáo: Ba Vì" in chart.description


def test_titles_and_captions_inside_a_placeholder_obey_the_lint() -> None:
    text = "{{ bieu_do('thanh', 'chuyen_de_truong', theo='don_vi', tieu_de='Có 628 chuyên đề') }}"
    problems = read_prose(text, "b.md", 1, newsroom.desk())[1]
    assert [(problem.code, problem.place.column) for problem in problems] == [("P201", text.index("628") + 1)]


def test_a_photo_stands_with_its_caption_alt_and_credit() -> None:
    assert whole("{{ anh('sinh-hoat-chung') }}") == Photo(
        "sinh-hoat-chung",
        "Giáo viên ngồi quanh một bàn lớn",
        (Text("Giáo viên hai bên trong buổi sinh hoạt chuyên đề."),),
        "Minh họa: Ban biên tập",
        0,
        0,
    )


def test_a_caption_with_a_typed_number_is_refused_where_the_photo_is_placed() -> None:
    desk = newsroom.desk()
    item = newsroom.PHOTO.model_copy(update={"caption": "Có 628 chuyên đề trong ảnh."})
    desk.library = replace(desk.library, media={item.id: item})
    problems = read_prose("{{ anh('sinh-hoat-chung') }}", "b.md", 3, desk)[1]
    assert [(problem.code, problem.place.line) for problem in problems] == [("P201", 3)]


# ------------------------------------------------------------------ the table


def test_every_parameter_is_of_a_known_kind_and_explained() -> None:
    for name, placeholder in PLACEHOLDERS.items():
        names = [parameter.name for parameter in placeholder.parameters]
        assert len(names) == len(set(names)), name
        assert all(parameter.kind in KINDS and parameter.help for parameter in placeholder.parameters), name
        assert placeholder.write or placeholder.block, name


ROOT = Path(__file__).parent.parent


def test_the_authors_reference_is_what_the_table_says() -> None:
    assert (ROOT / "docs" / "cau-chen.md").read_text(encoding="utf-8") == reference()


@pytest.fixture(scope="module")
def published() -> tuple[Desk, ...]:
    """The desks of the workspace's own bulletins."""
    library, problems = check.load(ROOT, date(2026, 11, 22))
    assert library is not None, problems
    tables = tabulate(library.entries, library.registry)
    return tuple(Desk.of(bulletin, library, tables) for bulletin in library.bulletins.values())


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_example_of_the_reference_can_be_written_in_the_workspace(name: str, published: tuple[Desk, ...]) -> None:
    """Each needs its own figures: a bulletin that can print it is enough."""
    results = [read_prose(PLACEHOLDERS[name].example, "b.md", 1, desk) for desk in published]
    assert any(found and not problems for found, problems in results), [problems for _, problems in results]


def test_statistical_rows_count_in_prose_too() -> None:
    desk = newsroom.desk(statistic("TK-Z", count=3, level="truong"))
    assert said("{{ so('chuyen_de_truong') }}", desk) == "631"
