"""Cells are read however an office writes them; what is wrong is named by sheet and cell, with what was meant."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from excel_forms import ACTIVITY_ROW, AGREEMENT_ROW, STATISTIC_ROW, Form, record, snapshot, where

from chungtay_reports.errors import Severity
from chungtay_reports.records import Activity


@pytest.mark.parametrize(
    "day",
    [
        "21/3/2023",
        " 21/03/2023 ",
        "21-3-2023",
        "21.3.2023",
        "2023-03-21",
        date(2023, 3, 21),
        datetime(2023, 3, 21, 8),  # noqa: DTZ001 - Excel knows no zones
    ],
)
def test_days_are_read_however_an_office_writes_them(form: Form, day: object) -> None:
    form.add("Hoạt động", ACTIVITY_ROW, Ngày=day)
    assert form.send().problems == ()


@pytest.mark.parametrize("number", [1200, 1200.0, "1200", "1.200", "1 200", " 1.200 ", "1\u00a0200"])
def test_counts_are_read_however_an_office_writes_them(form: Form, number: object) -> None:
    form.add("Hoạt động", ACTIVITY_ROW, Số_giáo_viên=number)
    assert form.send().problems == ()
    new = record(form.workspace.library(), "CD-2023-0001")
    assert isinstance(new, Activity)
    assert new.counts.teachers == 1200


@pytest.mark.parametrize(
    "school",
    [
        "thcs-dinh-cong",
        "Trường THCS Định Công",
        "trường trung học cơ sở định công ",
        "Trường THCS Di\u0323nh Công".replace("Di\u0323", "Đi\u0323"),
        "THCS Định Công, Quận Hoàng Mai",
        "THCS Định Công (quận Hoàng Mai)",
    ],
)
def test_schools_are_found_by_id_or_name(form: Form, school: str) -> None:
    form.add("Hoạt động", ACTIVITY_ROW, Đơn_vị_chủ_trì=school)
    assert form.problems() == ()


WRONG_CELLS = [
    ("X121", "Ngày", "30/2/2023", None),
    ("X121", "Ngày", "21/3/23", "21/3/2023"),
    ("X121", "Ngày", "tháng 3", None),
    ("X122", "Số giáo viên", "1.200,5", None),
    ("X122", "Số giáo viên", "1,200", "1.200"),
    ("X122", "Số giáo viên", 1.2, "1.200"),
    ("X122", "Số giáo viên", "khoảng 50", "50"),
    ("X122", "Số giáo viên", date(2023, 4, 3), None),
    ("X122", "Số giáo viên", -3, None),
    ("X124", "Loại hoạt động", "Chuyên đê", "Chuyên đề"),
    ("X124", "Hình thức", "qua mạng", None),
    ("X125", "Đơn vị chủ trì", "Trường THCS Định Cộng", "Trường THCS Định Công"),
    ("X127", "Minh họa", "cos", "Có"),
    ("X128", "Tên hoạt động", 12.5, None),
    ("X129", "Mã hoạt động", "số 5", None),
    ("X130", "Đơn vị chủ trì", None, None),
]


@pytest.mark.parametrize(("code", "heading", "value", "hint"), WRONG_CELLS)
def test_a_wrong_cell_is_named_with_what_was_meant(
    form: Form, code: str, heading: str, value: object, hint: str | None
) -> None:
    before = snapshot(form.workspace)
    row = form.add("Hoạt động", {**ACTIVITY_ROW, heading: value})
    (problem,) = form.problems()
    assert (problem.code, where(problem), problem.hint) == (code, form.cell("Hoạt động", heading, row), hint)
    assert snapshot(form.workspace) == before


def test_a_wrong_sum_of_money_is_named(form: Form) -> None:
    form.add("Hoạt động", ACTIVITY_ROW, Mã_hoạt_động="M1")
    row = form.add("Hỗ trợ", **{"Mã bản ghi": "M1", "Tiền mặt (đồng)": "hai chục triệu"})
    assert form.found() == {"X123": form.cell("Hỗ trợ", "Tiền mặt (đồng)", row)}


def test_a_name_that_several_units_have_is_refused_with_all_of_them(form: Form) -> None:
    row = form.add("Hoạt động", ACTIVITY_ROW, Đơn_vị_chủ_trì="Hoàng Mai")
    (problem,) = form.problems()
    assert (problem.code, where(problem)) == ("X126", form.cell("Hoạt động", "Đơn vị chủ trì", row))
    assert "quan-hoang-mai" in problem.message
    assert "pgd-hoang-mai" in problem.message


def test_all_problems_come_in_one_run_in_the_order_of_sheets_and_cells(form: Form) -> None:
    form.add("Giao ước", AGREEMENT_ROW, Ngày_ký="x")
    form.add("Hoạt động", ACTIVITY_ROW, Ngày="y", Số_giáo_viên="z")
    form.add("Thống kê", STATISTIC_ROW, Số_lượng="nhiều")
    assert [problem.code for problem in form.problems()] == ["X121", "X121", "X122", "X122"]
    assert [where(problem).split("!")[0] for problem in form.problems()] == [
        "Giao ước", "Hoạt động", "Hoạt động", "Thống kê",
    ]  # fmt: skip


def test_the_rules_of_check_speak_of_cells_and_headings(form: Form) -> None:
    row = form.add("Hoạt động", ACTIVITY_ROW, Cấp_tổ_chức=None, Đến_ngày="22/3/2023", Ngày_vào_sổ="1/3/2023")
    problems = {problem.code: problem for problem in form.problems()}
    assert sorted(problems) == ["R204", "R208", "R212"]
    assert where(problems["R204"]) == form.cell("Hoạt động", "Đến ngày", row)
    assert where(problems["R212"]) == form.cell("Hoạt động", "Ngày vào sổ", row)
    assert "cột “Cấp tổ chức” (cấp thành phố" in problems["R208"].message
    assert "“Ngày”" in problems["R204"].message


def test_references_to_nothing_are_found_at_their_cell(form: Form) -> None:
    row = form.add("Hoạt động", ACTIVITY_ROW, Thực_hiện_giao_ước="GU-2022-9999")
    assert form.found() == {"R222": form.cell("Hoạt động", "Thực hiện giao ước", row)}


def test_a_mark_that_no_agreement_has_is_refused(form: Form) -> None:
    row = form.add("Hoạt động", ACTIVITY_ROW, Thực_hiện_giao_ước="M7")
    assert form.found() == {"X138": form.cell("Hoạt động", "Thực hiện giao ước", row)}


def test_an_id_belongs_to_one_row(form: Form) -> None:
    row = form.add("Hoạt động", ACTIVITY_ROW, Mã_hoạt_động="hd-2023-0412")
    assert form.found()["X131"] == form.cell("Hoạt động", "Mã hoạt động", row)


def test_another_units_record_cannot_be_taken(form: Form) -> None:
    row = form.add("Hoạt động", ACTIVITY_ROW, Mã_hoạt_động="HD-2023-0501")
    assert form.found() == {"X132": form.cell("Hoạt động", "Mã hoạt động", row)}


def test_an_id_of_another_sheet_is_refused(form: Form) -> None:
    row = form.add("Hoạt động", ACTIVITY_ROW, Mã_hoạt_động="NBC-2023-hoang-mai")
    assert "X133" in form.found()
    assert form.cell("Hoạt động", "Mã hoạt động", row) in form.found().values()


def test_parts_without_an_owner_are_refused(form: Form) -> None:
    row = form.add("Đầu việc", Mã_giao_ước="GU-2022-0032", Đầu_việc="Dự giờ", Hạn="30/4/2023")
    (problem,) = form.problems()
    assert (problem.code, where(problem)) == ("X134", form.cell("Đầu việc", "Mã giao ước", row))
    assert problem.hint == "GU-2022-0031"


def test_one_record_has_one_row_of_support(form: Form) -> None:
    form.add("Hoạt động", ACTIVITY_ROW, Mã_hoạt_động="M1")
    form.add("Hỗ trợ", Mã_bản_ghi="M1", Số_học_sinh_được_hỗ_trợ=3)
    row = form.add("Hỗ trợ", Mã_bản_ghi="M1", Số_học_sinh_được_hỗ_trợ=4)
    assert form.found()["X135"] == form.cell("Hỗ trợ", "Mã bản ghi", row)


def test_two_equal_new_rows_are_refused(form: Form) -> None:
    form.add("Hoạt động", ACTIVITY_ROW)
    row = form.add("Hoạt động", ACTIVITY_ROW)
    assert form.found() == {"X136": form.cell("Hoạt động", "Mã hoạt động", row)}


def test_warnings_do_not_keep_a_form_out(form: Form) -> None:
    form.add("Hoạt động", ACTIVITY_ROW, Tên_hoạt_động="Ôn tập\u200b môn Toán")
    outcome = form.send()
    assert [problem.code for problem in outcome.problems] == ["Y114"]
    assert all(problem.severity is Severity.WARNING for problem in outcome.problems)
    assert getattr(record(form.workspace.library(), "CD-2023-0001"), "title", "") == "Ôn tập môn Toán"


def test_personal_data_is_found_in_cells(form: Form) -> None:
    row = form.add("Hoạt động", ACTIVITY_ROW, Kết_quả="Liên hệ cô Lan 0912345678")
    assert form.cell("Hoạt động", "Kết quả", row) in form.found().values()
