"""Placeholders that stand alone as a block: tables, charts, photos."""

from __future__ import annotations

from dataclasses import replace

import newsroom
import pytest
import worlds
from newsroom import compared
from saying import whole

from chungtay_reports.edition import Chart, Number, Photo, Table, Text
from chungtay_reports.prose.reader import read_prose
from chungtay_reports.prose.voice import plain


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
        "{{ bang(['chuyen_de_truong']) }}",
        newsroom.desk(missing=("huyen-ba-vi",), school_level={newsroom.DISTRICTS[0]: 5}),
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
    (silent,) = read_prose(text, "b.md", 1, compared(5, 3, missing_before=True))[1]
    assert "kỳ trước còn 1 đơn vị chưa gửi báo cáo" in silent.message, "no nought stands for a report that never came"


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
