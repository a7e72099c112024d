"""The form that goes out: whose it is, what it offers, and that it comes back the same."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from conftest import TODAY, Workspace
from excel_forms import ACTIVITY_ROW, HEADING_ROW, Form, record, sample
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from chungtay_reports import pipeline
from chungtay_reports.errors import UsageError
from chungtay_reports.excel.form import wanted, write_form
from chungtay_reports.excel.importing import Wish, import_file
from chungtay_reports.excel.offices import Names, resolve
from chungtay_reports.excel.sheets import GUIDE, LISTS, PREFIXES, SHEETS
from chungtay_reports.records import KIND_LABELS, RECORD_TYPES
from chungtay_reports.workspace.library import Library

ROUND_TRIPS = [
    ("quan-cau-giay", "2023-2024"),  # goods and money
    ("so-gddt-ha-noi", "2022-2023"),  # schools of all districts, partners from outside
    ("huyen-gia-lam", "2022-2023"),  # plans with tasks
    ("quan-ha-dong", "2022-2023"),  # a statistical row with support
    ("huyen-thach-that", "2024-2025"),
]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, Library]:
    workspace = sample(tmp_path_factory.mktemp("mau") / "kho")
    return workspace, pipeline.read(workspace.root, TODAY)


def form_of(library: Library, unit: str, year: str | None = None) -> Workbook:
    return load_workbook(io.BytesIO(write_form(wanted(library, unit, year, TODAY))))


def test_every_kind_of_record_has_a_sheet_and_a_prefix_for_new_ids() -> None:
    assert {kind for sheet in SHEETS for kind in sheet.kinds} == set(RECORD_TYPES)
    assert set(PREFIXES) == set(KIND_LABELS)
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_days_of_a_form_begin_with_the_movement_of_the_workspace(workspace: Workspace) -> None:
    settings = (workspace.root / "chungtay.yaml").read_text("utf-8")
    workspace.write("chungtay.yaml", settings.replace("start: 2022-12-01", "start: 2021-09-06"))
    rules = form_of(workspace.library(), "quan-hoang-mai", "2022-2023")["Giao ước"].data_validations.dataValidation
    days = {(rule.formula1, rule.error) for rule in rules if rule.type == "date"}
    assert days == {("44440", "Hãy gõ ngày/tháng/năm, từ 1/9/2021 trở đi, ví dụ 16/3/2023.")}


def test_a_form_has_the_sheets_with_frozen_protected_headings(workspace: Workspace) -> None:
    book = form_of(workspace.library(), "quan-hoang-mai", "2022-2023")
    assert book.sheetnames == [GUIDE, *(sheet.name for sheet in SHEETS), LISTS]
    assert book[LISTS].sheet_state == "hidden"
    page = book["Hoạt động"]
    assert page.freeze_panes == f"B{HEADING_ROW + 1}"
    assert page.protection.sheet
    assert page.cell(HEADING_ROW, 2).protection.locked
    assert not page.cell(HEADING_ROW + 1, 2).protection.locked
    assert not page.cell(HEADING_ROW + 9, 2).protection.locked
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.cell(HEADING_ROW + 1, 4).number_format == "dd/mm/yyyy"
    assert page.cell(HEADING_ROW + 1, 4).value.date() == date(2023, 3, 14)


def test_every_column_has_a_hint_and_choices_come_from_the_registry_and_the_vocabularies(workspace: Workspace) -> None:
    book = form_of(workspace.library(), "quan-hoang-mai", "2022-2023")
    for sheet in SHEETS:
        rules = book[sheet.name].data_validations.dataValidation
        assert len(rules) == len(sheet.columns)
        assert all(rule.prompt and len(rule.prompt) <= 255 and len(rule.promptTitle) <= 32 for rule in rules)
    lists = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book[LISTS].columns}
    assert "Trường THCS Định Công, quận Hoàng Mai" in lists["Đơn vị"]
    assert "Trường Tiểu học Vân Đình, huyện Ứng Hòa" in lists["Đơn vị"]
    assert "Chuyên đề" in lists["Loại hoạt động"]
    assert lists["Mã giao ước"] == ["BGN-2023-0001", "GU-2022-0031"]


def test_the_same_workspace_gives_the_same_bytes(workspace: Workspace) -> None:
    library = workspace.library()
    what = wanted(library, "quan-hoang-mai", "2022-2023", TODAY)
    assert write_form(what) == write_form(wanted(library, "quan-hoang-mai", "2022-2023", date(2030, 1, 1)))


def test_a_unit_without_records_gets_an_empty_form(workspace: Workspace) -> None:
    workspace.remove("content/records")
    book = form_of(workspace.library(), "phuong-hoang-mai")
    assert book[GUIDE]["B5"].value == "2026-2027"
    assert book["Hoạt động"].cell(HEADING_ROW + 1, 1).value is None


@pytest.mark.parametrize(
    ("unit", "year", "says"),
    [
        ("quan-hoang-may", None, "Ý bạn là “quan-hoang-mai”?"),
        ("thcs-dinh-cong", None, "biểu của “quan-hoang-mai”"),
        ("quan-hoang-mai", "2025-2026", "kế tục: phuong-hoang-mai"),
    ],
)
def test_a_form_that_cannot_be_is_refused_with_what_can(
    workspace: Workspace, unit: str, year: str | None, says: str
) -> None:
    with pytest.raises(UsageError, match=says.replace("?", r"\?")):
        wanted(workspace.library(), unit, year, TODAY)


def test_text_that_begins_like_a_formula_stays_text(workspace: Workspace) -> None:
    workspace.activity(title="=SUM(A1) là một công thức")
    page = form_of(workspace.library(), "quan-hoang-mai", "2022-2023")["Hoạt động"]
    cells = [page.cell(row, 3) for row in (HEADING_ROW + 1, HEADING_ROW + 2)]
    assert [cell.data_type for cell in cells] == ["s", "s"]


def test_the_name_of_every_unit_leads_back_to_it(repository: tuple[Workspace, Library]) -> None:
    registry = repository[1].registry
    for day in (date(2023, 3, 1), date(2025, 10, 1)):
        names = Names(registry, day)
        for id_ in registry.units:
            assert [unit.id for unit in resolve(names.label(id_), registry, day)] == [id_]


@pytest.mark.parametrize(("unit", "year"), ROUND_TRIPS)
def test_a_form_that_comes_back_unchanged_changes_nothing(
    repository: tuple[Workspace, Library], tmp_path: Path, unit: str, year: str
) -> None:
    workspace, library = repository
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(write_form(wanted(library, unit, year, TODAY)))
    outcome = import_file(workspace.root, path, TODAY, Wish())
    assert (outcome.problems, outcome.files) == ((), ())
    assert sum(outcome.tally.values()) == sum((entry.unit, entry.year) == (unit, year) for entry in library.entries)


def made_anew(workspace: Workspace, folder: Path, forms: list[tuple[str, str]]) -> None:
    """Write the forms, remove the records, import the forms: records and forms are what they were."""
    library = pipeline.read(workspace.root, TODAY)
    written = {one: write_form(wanted(library, *one, TODAY)) for one in forms}
    for (unit, year), form in written.items():
        shutil.rmtree(workspace.root / "content" / "records" / year / unit)
        path = folder / f"{unit}.xlsx"
        path.write_bytes(form)
        outcome = import_file(workspace.root, path, TODAY, Wish())
        assert {fate for _, fate in outcome.tally} == {"mới"}
    after = pipeline.read(workspace.root, TODAY)
    before = {entry.record.id: entry.record for entry in library.entries}
    assert {entry.record.id: entry.record for entry in after.entries} == before
    assert {one: write_form(wanted(after, *one, TODAY)) for one in forms} == written


def test_records_made_anew_from_a_form_give_the_same_form(workspace: Workspace, tmp_path: Path) -> None:
    made_anew(workspace, tmp_path, [("huyen-ung-hoa", "2022-2023")])


@pytest.mark.slow
def test_all_kinds_of_records_made_anew_from_forms_give_the_same_forms(tmp_path: Path) -> None:
    made_anew(sample(tmp_path / "kho"), tmp_path, ROUND_TRIPS[1:4])


@pytest.mark.slow
def test_a_form_saved_by_another_program_means_the_same(workspace: Workspace, tmp_path: Path) -> None:
    form = Form(workspace, tmp_path)
    form.add("Hoạt động", ACTIVITY_ROW, Ngày=date(2023, 3, 21), Số_giáo_viên=1200)
    form.book.save(form.path)
    out = tmp_path / "lai"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/lo",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            out,
            form.path,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    outcome = import_file(workspace.root, out / form.name, TODAY, Wish())
    assert outcome.problems == ()
    assert outcome.tally["Hoạt động", "mới"] == 1
    assert outcome.tally["Hoạt động", "giữ nguyên"] == 1
    assert getattr(record(workspace.library(), "CD-2023-0001"), "day", None) == date(2023, 3, 21)
