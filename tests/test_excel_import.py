"""A filled-in form becomes records, or every reason why not by sheet and cell."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from conftest import TODAY
from excel_forms import ACTIVITY_ROW, AGREEMENT_ROW, STATISTIC_ROW, Form, record, snapshot

from chungtay_reports import pipeline
from chungtay_reports.disk import replace_file
from chungtay_reports.errors import WriteError
from chungtay_reports.excel import staging
from chungtay_reports.excel.annotate import annotated
from chungtay_reports.excel.importing import Wish, import_file, read_book
from chungtay_reports.records import Activity, Agreement, Statistic

ACTIVITIES = "content/records/2022-2023/quan-hoang-mai/activities.yaml"


def test_a_form_that_comes_back_as_it_went_out_changes_nothing(form: Form) -> None:
    before = snapshot(form.workspace)
    outcome = form.send()
    assert (outcome.problems, outcome.files, outcome.written) == ((), (), False)
    assert outcome.tally == {
        ("Giao ước", "giữ nguyên"): 2,
        ("Hoạt động", "giữ nguyên"): 1,
        ("Nộp báo cáo", "giữ nguyên"): 1,
    }
    assert snapshot(form.workspace) == before


def test_a_new_row_becomes_a_record_with_the_next_free_id_and_passes_check(form: Form) -> None:
    form.add("Hoạt động", ACTIVITY_ROW, Số_giáo_viên="1.200", Nhóm_nội_dung_khác="ứng dụng công nghệ thông tin")
    outcome = form.send()
    assert outcome.problems == ()
    assert outcome.files == (ACTIVITIES,)
    new = record(form.workspace.library(), "CD-2023-0001")
    assert isinstance(new, Activity)
    assert (new.day, new.host, new.partners) == (date(2023, 3, 21), "thcs-dinh-cong", ["thcs-hoa-xa"])
    assert (new.counts.teachers, new.topics) == (1200, ["ung-dung-cntt"])
    assert (new.recorded.on, new.recorded.by) == (TODAY, "pgd-hoang-mai")
    assert pipeline.check(form.workspace.root, TODAY) == ()


def test_what_is_written_has_the_style_of_the_workspace(form: Form) -> None:
    before = (form.workspace.root / ACTIVITIES).read_text()
    form.add("Hoạt động", ACTIVITY_ROW, Số_buổi=1, Số_giáo_viên=30, Kết_quả="Tốt: 30 giáo viên dự")
    form.send()
    assert (form.workspace.root / ACTIVITIES).read_text() == (
        before
        + """
- id: CD-2023-0001
  kind: chuyen-de
  title: Dạy học trải nghiệm môn Khoa học tự nhiên
  date: 2023-03-21
  host: thcs-dinh-cong
  partners: [thcs-hoa-xa]
  level: truong
  mode: truc-tiep
  counts: {sessions: 1, teachers: 30}
  result: "Tốt: 30 giáo viên dự"
  recorded: {on: 2026-11-22, by: pgd-hoang-mai}
"""
    )


def test_the_same_form_sent_twice_adds_its_new_rows_once(form: Form) -> None:
    form.add("Hoạt động", ACTIVITY_ROW)
    assert form.send().tally["Hoạt động", "mới"] == 1
    again = form.send()
    assert (again.problems, again.files) == ((), ())
    assert again.tally["Hoạt động", "giữ nguyên"] == 2


def test_an_edited_cell_changes_one_line_and_leaves_comments_and_order(form: Form) -> None:
    file = form.workspace.root / ACTIVITIES
    old = file.read_text().replace("  level: truong\n", "  level: truong   # đã hỏi lại trường\n# chú thích giữa\n")
    file.write_text("# sổ của phòng\n" + old)
    form.set("Hoạt động", "Số giáo viên", 4, 46)
    outcome = form.send()
    assert outcome.tally["Hoạt động", "sửa"] == 1
    assert file.read_text() == "# sổ của phòng\n" + old.replace("teachers: 45", "teachers: 46")


def test_a_cleared_cell_takes_the_field_out(form: Form) -> None:
    form.set("Hoạt động", "Nhóm nội dung chính", 4, None)
    form.send()
    assert "topics" not in (form.workspace.root / ACTIVITIES).read_text()


def test_an_untouched_row_of_an_old_form_does_not_undo_what_has_changed_since(form: Form) -> None:
    file = form.workspace.root / ACTIVITIES
    file.write_text(file.read_text().replace("teachers: 45", "teachers: 50"))
    outcome = form.send()
    assert (outcome.problems, outcome.files) == ((), ())
    assert "teachers: 50" in file.read_text()


def test_a_touched_row_of_an_old_form_is_refused_when_the_record_has_changed_too(form: Form) -> None:
    file = form.workspace.root / ACTIVITIES
    file.write_text(file.read_text().replace("teachers: 45", "teachers: 50"))
    form.set("Hoạt động", "Số giáo viên", 4, 60)
    assert form.found() == {"X146": "Hoạt động!A4"}
    assert "teachers: 50" in file.read_text()


def test_with_a_reason_a_change_is_written_as_a_correction_that_keeps_what_was_printed_true(form: Form) -> None:
    file = form.workspace.root / ACTIVITIES
    old = file.read_text()
    form.set("Hoạt động", "Số giáo viên", 4, 46)
    form.set("Hoạt động", "Kết quả", 4, "Tốt")
    assert form.send(reason="Trường báo lại").problems == ()
    assert file.read_text() == old.replace("teachers: 45", "teachers: 46").replace(
        "  recorded: {on: 2023-03-20, by: pgd-hoang-mai}\n",
        "  result: Tốt\n  recorded: {on: 2023-03-20, by: pgd-hoang-mai}\n  corrections:\n"
        "    - {on: 2026-11-22, by: pgd-hoang-mai, reason: Trường báo lại, was: {result: null, counts: {teachers: 45}}}\n",
    )
    assert form.workspace.codes() == []
    assert form.send(reason="Trường báo lại").files == ()


def test_a_form_never_takes_the_past_of_a_record_away(form: Form) -> None:
    form.set("Hoạt động", "Số giáo viên", 4, 46)
    form.send(reason="Trường báo lại")
    again = Form(form.workspace, form.path.parent)
    again.set("Hoạt động", "Số giáo viên", 4, 47)
    again.send()
    text = (form.workspace.root / ACTIVITIES).read_text()
    assert "teachers: 47" in text
    assert "was: {counts: {teachers: 45}}" in text


def test_an_old_form_does_not_undo_a_correction(form: Form) -> None:
    file = form.workspace.root / ACTIVITIES
    correction = "{on: 2023-05-02, by: pgd-hoang-mai, reason: Nhầm, was: {counts: {teachers: 45}}}"
    file.write_text(file.read_text().replace("teachers: 45", "teachers: 50") + f"  corrections: [{correction}]\n")
    outcome = form.send()
    assert (outcome.problems, outcome.files) == ((), ())


def test_a_removed_record_is_not_in_the_next_form(form: Form) -> None:
    file = form.workspace.root / ACTIVITIES
    file.write_text(file.read_text() + "  removed: {on: 2023-05-02, by: pgd-hoang-mai, reason: Ghi trùng}\n")
    assert Form(form.workspace, form.path.parent).book["Hoạt động"].cell(4, 1).value is None


def test_a_row_that_is_missing_from_the_form_deletes_nothing(form: Form) -> None:
    form.book["Hoạt động"].delete_rows(4)
    assert form.send().files == ()
    assert record(form.workspace.library(), "HD-2023-0412")


def test_parts_of_a_new_record_follow_its_mark(form: Form) -> None:
    form.add("Giao ước", AGREEMENT_ROW, Mã_giao_ước="M1", Hiệu_lực_từ="20/1/2023", Hiệu_lực_đến="31/5/2025")
    form.add("Đầu việc", Mã_giao_ước="M1", Đầu_việc="Dự giờ, góp ý theo tổ", Hạn="30/4/2023", Ngày_xong="3/4/2023")
    form.add("Đầu việc", Mã_giao_ước="m 1", Đầu_việc="Chia sẻ đề kiểm tra", Hạn="31/12/2023")
    form.add(
        "Hoạt động",
        ACTIVITY_ROW,
        Mã_hoạt_động="M1",
        Loại_hoạt_động="hỗ trợ học sinh",
        Tên_hoạt_động="Tặng xe đạp",
        Thực_hiện_giao_ước="M1",
        Cấp_tổ_chức=None,
    )
    form.add("Hỗ trợ", **{"Mã bản ghi": "M1", "Tiền mặt (đồng)": "20 triệu đồng", "Nguồn hỗ trợ": "Quỹ khuyến học"})
    form.add("Hiện vật", Mã_bản_ghi="M1", Tên_hiện_vật="xe đạp", Số_lượng=5, Đơn_vị_tính="chiếc")
    outcome = form.send()
    assert outcome.problems == ()
    library = form.workspace.library()
    plan, support = record(library, "KH-2023-0001"), record(library, "HS-2023-0001")
    assert isinstance(plan, Agreement)
    assert isinstance(support, Activity)
    assert [(task.task, task.done_on) for task in plan.plan] == [
        ("Dự giờ, góp ý theo tổ", date(2023, 4, 3)),
        ("Chia sẻ đề kiểm tra", None),
    ]
    assert support.agreement == "KH-2023-0001"
    assert support.support is not None
    assert (support.support.money, support.support.goods[0].quantity) == (20_000_000, 5)


def test_a_statistic_takes_its_unit_from_the_form(form: Form) -> None:
    form.add("Thống kê", STATISTIC_ROW, Số_học_sinh=200)
    assert form.send().problems == ()
    row = record(form.workspace.library(), "TK-2023-0001")
    assert isinstance(row, Statistic)
    assert (row.unit, row.count, row.counts.students) == ("quan-hoang-mai", 3, 200)


def test_a_new_day_takes_a_record_to_its_school_year(form: Form) -> None:
    form.set("Hoạt động", "Ngày", 4, date(2023, 9, 14))
    form.set("Hoạt động", "Ngày vào sổ", 4, date(2023, 9, 20))
    outcome = form.send()
    assert outcome.problems == ()
    assert "HD-2023-0412" in (form.workspace.root / ACTIVITIES.replace("2022-2023", "2023-2024")).read_text()
    assert not (form.workspace.root / ACTIVITIES).exists()
    assert form.workspace.codes() == []


def test_an_import_that_would_make_another_record_wrong_is_refused(form: Form) -> None:
    form.workspace.activity(unit="huyen-ung-hoa", agreement="GU-2022-0031", date="2023-05-30", recorded={"on": "2023-06-01", "by": "pgd-ung-hoa"})  # fmt: skip
    before = snapshot(form.workspace)
    form.set("Giao ước", "Hiệu lực đến", 5, date(2023, 5, 1))
    row = next(row for row in (4, 5) if form.book["Giao ước"].cell(row, 1).value == "GU-2022-0031")
    form.set("Giao ước", "Hiệu lực đến", row, date(2023, 5, 1))
    problems = form.problems(partial=True)
    assert "X137" in {problem.code for problem in problems}
    assert snapshot(form.workspace) == before


def test_a_file_that_is_broken_already_is_not_added_to(form: Form) -> None:
    form.workspace.write(ACTIVITIES, "- id: [\n")
    form.add("Hoạt động", ACTIVITY_ROW)
    form.book["Hoạt động"].delete_rows(4)
    problems = form.problems()
    assert [(problem.code, problem.place.file) for problem in problems] == [("X142", ACTIVITIES)]
    assert (form.workspace.root / ACTIVITIES).read_text() == "- id: [\n"


def test_partial_takes_the_good_rows_and_leaves_what_hangs_on_wrong_ones(form: Form) -> None:
    form.add("Giao ước", AGREEMENT_ROW, Mã_giao_ước="M1", Ngày_ký="hôm qua")
    form.add("Hoạt động", ACTIVITY_ROW, Thực_hiện_giao_ước="M1", Tên_hoạt_động="Việc của giao ước sai")
    form.add("Hoạt động", ACTIVITY_ROW, Tên_hoạt_động="Việc sai", Số_buổi="vài")
    form.add("Hoạt động", ACTIVITY_ROW, Tên_hoạt_động="Việc đúng")
    outcome = form.send(partial=True)
    assert outcome.failed
    assert {problem.code for problem in outcome.problems} == {"X121", "X122"}
    assert outcome.tally["Hoạt động", "mới"] == 1
    library = form.workspace.library()
    assert getattr(record(library, "CD-2023-0001"), "title", "") == "Việc đúng"


def test_a_dry_run_says_everything_and_writes_nothing(form: Form) -> None:
    before = snapshot(form.workspace)
    form.add("Hoạt động", ACTIVITY_ROW)
    outcome = form.send(dry_run=True)
    assert (outcome.files, outcome.written, outcome.tally["Hoạt động", "mới"]) == ((ACTIVITIES,), False, 1)
    assert snapshot(form.workspace) == before


def test_when_one_file_cannot_be_written_those_before_it_are_put_back(
    form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(form.workspace)

    def full(path: Path, data: bytes) -> None:
        if path.name == "statistics.yaml":
            raise WriteError("Không ghi được: ổ đĩa đã đầy.")
        replace_file(path, data)

    monkeypatch.setattr(staging, "replace_file", full)
    form.add("Hoạt động", ACTIVITY_ROW)
    form.add("Thống kê", STATISTIC_ROW)
    with pytest.raises(WriteError):
        form.send()
    assert snapshot(form.workspace) == before


def test_the_unit_of_the_form_must_be_the_one_that_is_asked_for(form: Form, tmp_path: Path) -> None:
    assert list(form.found(unit="huyen-ung-hoa")) == ["X144"]
    form.book["Hướng dẫn"]["B4"] = "quan-hoang-may"
    (problem,) = form.problems()
    assert (problem.code, problem.hint) == ("X145", "quan-hoang-mai")
    csv = tmp_path / "a.csv"
    csv.write_text("Mã hoạt động;Loại hoạt động\n", "utf-8")
    del form.book["Hướng dẫn"]
    assert list(form.found()) == ["X143"]


def test_notes_stand_in_a_copy_at_the_cells_and_go_when_mended(form: Form, tmp_path: Path) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415

    row = form.add("Hoạt động", ACTIVITY_ROW, Loại_hoạt_động="Chuyên đê")
    problems = form.problems()
    copy = tmp_path / "ghi-chu.xlsx"
    copy.write_bytes(annotated(form.path, read_book(form.path), problems))
    cell = load_workbook(copy)["Hoạt động"].cell(row, 2)
    assert cell.comment is not None
    assert cell.comment.text.endswith("Ý bạn là “Chuyên đề”?")
    assert str(cell.fill.start_color.rgb).endswith("F4B6B6")
    mended = load_workbook(copy)
    mended["Hoạt động"].cell(row, 2).value = "Chuyên đề"
    mended.save(copy)
    assert import_file(form.workspace.root, copy, TODAY, Wish()).problems == ()
    clean = annotated(copy, read_book(copy), ())
    copy.write_bytes(clean)
    assert load_workbook(copy)["Hoạt động"].cell(row, 2).comment is None


def test_a_file_that_is_full_is_followed_by_another(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_ROOM_NODES", 100)
    for number in range(4):
        form.add("Hoạt động", ACTIVITY_ROW, Tên_hoạt_động=f"Chuyên đề thứ {number}")
    assert form.send().files == (ACTIVITIES.replace(".yaml", "-2.yaml"), ACTIVITIES)
    assert form.workspace.codes() == []


def test_a_file_whose_records_have_all_gone_goes_with_its_comments(form: Form) -> None:
    file = form.workspace.root / ACTIVITIES
    file.write_text("# sổ\n" + file.read_text())
    form.set("Hoạt động", "Ngày", 4, date(2023, 9, 14))
    form.set("Hoạt động", "Ngày vào sổ", 4, date(2023, 9, 20))
    assert form.send().problems == ()
    assert form.workspace.codes() == []


def test_two_imports_wait_for_each_other(form: Form) -> None:
    assert os.path.exists(form.workspace.root / ".cache") is False  # noqa: PTH110
    form.send()
    assert (form.workspace.root / ".cache" / "lock").exists()
