"""What a workbook may not be or contain: told in a sentence and by cell, in little time and memory."""

from __future__ import annotations

import ast
import io
import re
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from excel_forms import ACTIVITY_ROW, Form, where
from openpyxl import Workbook

from chungtay_reports.errors import ContentError, Problem
from chungtay_reports.excel.csvfile import read_csv
from chungtay_reports.excel.grid import Grid, letters
from chungtay_reports.excel.importing import read_book
from chungtay_reports.excel.sheetxml import position


def refusal(path: Path) -> str:
    with pytest.raises(ContentError) as caught:
        read_book(path)
    (problem,) = caught.value.problems
    return problem.code


def workbook() -> bytes:
    stream = io.BytesIO()
    Workbook().save(stream)
    return stream.getvalue()


def repacked(change: Callable[[zipfile.ZipFile], None] | None = None, **parts: str) -> bytes:
    """A plain workbook with parts replaced (by the end of their name) and more entries added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            new = next((text for end, text in parts.items() if name.removesuffix(".xml").endswith(end)), None)
            target.writestr(name, source.read(name) if new is None else new)
        if change:
            change(target)
    return out.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'


def test_columns_are_named_as_in_excel_and_back() -> None:
    assert [letters(number) for number in (1, 26, 27, 100, 16384)] == ["A", "Z", "AA", "CV", "XFD"]
    assert position("XFD1048576") == (1048576, 16384)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "X101"),
        ("khoa.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "X101"),
        ("a.xlsx", b"<html>", "X102"),
        ("a.ods", b"PK", "X102"),
        ("a.xlsm", b"PK", "X103"),
        ("a.xlsx", b"PK\x03\x04 cut off", "X105"),
    ],
)
def test_other_kinds_of_files_are_named(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refusal(path) == code


def _many(target: zipfile.ZipFile) -> None:
    for number in range(200):
        target.writestr(f"xl/x{number}", "")


ZIPS = {
    "many entries": _many,
    "climbing name": lambda target: target.writestr("../../etc/passwd", ""),
    "absolute name": lambda target: target.writestr("/etc/passwd", ""),
    "name of another system": lambda target: target.writestr("xl\\..\\x", ""),
    "repeated name": lambda target: target.writestr("XL/workbook.xml", ""),
    "ratio": lambda target: target.writestr("xl/x", bytes(5_000_000)),
    "size": lambda target: [target.writestr(f"xl/{n}", bytes(9_000_000)) for n in range(6)],
}


@pytest.mark.parametrize("name", ZIPS)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_dangerous_zip_is_refused_before_it_is_unpacked(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(repacked(ZIPS[name]))
    assert refusal(path) == "X104"


def test_macros_are_refused_under_any_name(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(repacked(lambda target: target.writestr("xl/vbaProject.bin", "")))
    assert refusal(path) == "X103"


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>' + SHEET.format("<sheetData><row><c><v>&a;</v></c></row></sheetData>"),
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">' + SHEET.format(""),
        SHEET.format("<sheetData><row><c>"),
        SHEET.format('<sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData>'),
        SHEET.format('<sheetData><row r="x"></row></sheetData>'),
    ],
)
def test_tricks_and_damage_in_the_xml_are_refused(tmp_path: Path, xml: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(repacked(sheet1=xml))
    assert refusal(path) == "X105"


BOMB = """
import re, sys, time
from pathlib import Path
from chungtay_reports.excel.importing import read_book
from chungtay_reports.excel.layouts import lay
start = time.process_time()
book = read_book(Path(sys.argv[1]))
print([(p.code, str(p.place)) for p in lay(book).problems])
# not ru_maxrss: a new process begins with that of the process that started it
peak = re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())
print(time.process_time() - start, int(peak[1]) // 1000)
"""


@pytest.mark.parametrize(
    "dimension", ["", '<dimension ref="A1:XFD1048576"/>', '<dimension ref="A1:B2"/>'], ids=["none", "huge", "small"]
)
def test_a_cell_in_the_last_corner_is_answered_at_once_and_in_little_memory(tmp_path: Path, dimension: str) -> None:
    path = tmp_path / "bom.xlsx"
    cells = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path.write_bytes(
        repacked(
            sheet1=SHEET.format(f"{dimension}<sheetData>{cells}</sheetData>"),
            workbook=re.sub(
                'Sheet(?=")', "Hoạt động", zipfile.ZipFile(io.BytesIO(workbook())).read("xl/workbook.xml").decode()
            ),
        )
    )
    run = subprocess.run([sys.executable, "-c", BOMB, path], capture_output=True, text=True, check=True)
    problems, figures = run.stdout.strip().split("\n")
    seconds, megabytes = figures.split()
    assert ("X106", "bom.xlsx: Hoạt động!XFD1048576") in ast.literal_eval(problems)
    assert float(seconds) < 2
    assert int(megabytes) < 300


def test_fifty_megabytes_of_empty_cells_take_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    cells = "".join(f"<c>{number}</c>" for number in range(300_000))
    path.write_bytes(repacked(sheet1=SHEET.format(f"<sheetData><row>{cells}</row></sheetData>")))
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    (grid,) = read_book(path).grids
    assert not grid.cells
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
    assert time.perf_counter() - start < 20


def test_a_formula_is_refused_by_its_cell(form: Form) -> None:
    row = form.add("Hoạt động", ACTIVITY_ROW)
    cell = form.set("Hoạt động", "Số giáo viên", row, "=15+30")
    assert form.found() == {"X107": cell}


def test_an_error_cell_is_refused_by_its_cell(form: Form) -> None:
    row = form.add("Hoạt động", ACTIVITY_ROW)
    cell = form.set("Hoạt động", "Số giáo viên", row, "#N/A")
    assert form.found() == {"X108": cell}


def test_hidden_rows_columns_and_sheets_are_refused(form: Form) -> None:
    row = form.add("Hoạt động", ACTIVITY_ROW)
    form.book["Hoạt động"].row_dimensions[row].hidden = True
    form.book["Hoạt động"].column_dimensions["C"].hidden = True
    form.book["Thống kê"].sheet_state = "hidden"
    found = form.found()
    assert found["X109"] == f"Hoạt động!A{row}" or found["X109"] == f"Hoạt động!B{row}"
    assert found["X110"] == "Hoạt động!C3"
    assert found["X111"] == "Thống kê"


def test_merged_cells_are_refused(form: Form) -> None:
    form.book["Hoạt động"].merge_cells("C9:D9")
    assert form.found() == {"X112": "Hoạt động!C9"}


def test_headings_must_be_there_once_and_be_known(form: Form) -> None:
    page = form.book["Hoạt động"]
    page["C3"] = "Tên hoạt đông"
    page["AB3"] = "Số buổi"
    problems = {problem.code: problem for problem in form.problems()}
    assert where(problems["X115"]) == "Hoạt động!C3"
    assert problems["X115"].hint == "Tên hoạt động"
    assert where(problems["X116"]) == "Hoạt động!AB3"
    assert "X114" in problems


def test_a_sheet_without_headings_is_told(form: Form) -> None:
    form.book["Thống kê"].delete_rows(3)
    assert form.found() == {"X113": "Thống kê"}


def test_text_below_no_heading_is_told(form: Form) -> None:
    form.book["Nộp báo cáo"]["Z4"] = "nhớ hỏi lại"
    assert form.found() == {"X117": "Nộp báo cáo!Z4"}


def test_a_renamed_sheet_is_recognised_and_a_strange_one_only_mentioned(form: Form) -> None:
    form.book["Hoạt động"].title = "Hoat dong"
    (problem,) = (problem for problem in form.problems() if problem.code == "X118")
    assert problem.hint == "Hoạt động"
    form.book["Hoat dong"].title = "Hoạt động"
    form.book.create_sheet("Sổ tay")["A1"] = "việc riêng"
    assert form.found() == {"X119": "Sổ tay"}


def test_a_workbook_that_is_no_form_is_told(form: Form, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(workbook())
    form.book = Workbook()
    assert list(form.found(unit="quan-hoang-mai")) == ["X120"]


# --------------------------------------------------------------------------- CSV

CSV = """\
Mã hoạt động;Loại hoạt động *;Tên hoạt động *;Ngày
;Chuyên đề;"Gỡ khó; chia sẻ";21/3/2023
"""


def grid_of(data: bytes) -> Grid:
    grid = read_csv(data, "a.csv")
    assert isinstance(grid, Grid)
    return grid


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_read_with_a_bom_and_any_separator_of_excel(separator: str) -> None:
    text = CSV.replace("khó; chia", "khó chia").replace(";", separator).replace("\n", "\r\n")
    grid = grid_of(b"\xef\xbb\xbf" + text.encode())
    assert grid.cells[1, 1].value == "Mã hoạt động"
    assert grid.cells[2, 4].value == "21/3/2023"


def test_quoted_separators_and_the_sep_line_are_understood() -> None:
    assert grid_of(CSV.encode()).cells[2, 3].value == "Gỡ khó; chia sẻ"
    assert grid_of(b"sep=;\r\n" + CSV.encode()).cells[1, 1].value == "Mã hoạt động"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (CSV.encode("utf-16"), "UTF-16"),
        (CSV.encode("utf-16-le"), "UTF-16"),
        (b"M\xe3 ho\xf2t \xf0\xf4ng; c\xfba tr\xfd\xf5ng v\xe0 h\xf2c sinh \xf0\xfd\xf5c", ""),
        ("Trường và các học".encode("cp1258", "ignore") + "của".encode("cp1258", "ignore"), ""),
    ],
)
def test_other_encodings_are_named_and_refused(data: bytes, name: str) -> None:
    problem = read_csv(data, "a.csv")
    assert isinstance(problem, Problem)
    assert problem.code == "X140"
    assert name in problem.message


def test_cp1258_is_named() -> None:
    decomposed = "Tru\u031bo\u031b\u0300ng cu\u0309a huye\u0323\u0302n va\u0300 ho\u0323c sinh cu\u0309a quận"
    import unicodedata  # noqa: PLC0415

    half = "".join(
        unicodedata.normalize("NFC", "".join(c for c in group if c not in "\u0300\u0301\u0303\u0309\u0323"))
        + "".join(c for c in group if c in "\u0300\u0301\u0303\u0309\u0323")
        for group in re.findall(r"[^\u0300-\u036f][\u0300-\u036f]*", unicodedata.normalize("NFD", decomposed))
    )
    problem = read_csv(half.encode("cp1258"), "a.csv")
    assert isinstance(problem, Problem)
    assert "CP1258" in problem.message


def test_an_open_quote_is_told() -> None:
    problem = read_csv(b'a;"b\nc;d\n', "a.csv")
    assert isinstance(problem, Problem)
    assert problem.code == "X141"


def test_csv_of_one_sheet_is_imported(form: Form, tmp_path: Path) -> None:
    path = tmp_path / "hoat-dong.csv"
    page = form.book["Hoạt động"]
    form.add("Hoạt động", ACTIVITY_ROW, Số_giáo_viên="1.200", Ngày="21/03/2023")
    lines = []
    for row in page.iter_rows(values_only=True):
        shown = (f"{v:%d/%m/%Y}" if isinstance(v, date) else "" if v is None else str(v) for v in row)
        lines.append(";".join(f'"{text}"' if ";" in text else text for text in shown))
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    form.name = path.name
    from chungtay_reports.excel.importing import Wish, import_file  # noqa: PLC0415

    outcome = import_file(form.workspace.root, path, date(2026, 11, 22), Wish("quan-hoang-mai"))
    assert outcome.problems == ()
    assert outcome.tally == {("Hoạt động", "giữ nguyên"): 1, ("Hoạt động", "mới"): 1}


def test_csv_of_tasks_changes_the_plan_of_a_record_that_is_there(form: Form, tmp_path: Path) -> None:
    from chungtay_reports.excel.importing import Wish, import_file  # noqa: PLC0415

    path = tmp_path / "dau-viec.csv"
    path.write_text(
        "Mã giao ước;Đầu việc;Hạn;Ngày xong\nGU-2022-0031;Gỡ khó khi dạy môn Khoa học tự nhiên;31/12/2023;20/11/2023\n"
        "GU-2022-0031;Chia sẻ đề kiểm tra;31/12/2023;\n",
        "utf-8",
    )
    outcome = import_file(form.workspace.root, path, date(2026, 11, 22), Wish("quan-hoang-mai"))
    assert outcome.problems == ()
    text = (form.workspace.root / "content/records/2022-2023/quan-hoang-mai/agreements.yaml").read_text()
    assert "    - {task: Gỡ khó khi dạy môn Khoa học tự nhiên, due: 2023-12-31, done_on: 2023-11-20}\n" in text
    assert "    - {task: Chia sẻ đề kiểm tra, due: 2023-12-31}\n" in text
    assert form.workspace.codes() == []


def test_a_formula_in_csv_is_refused(form: Form, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Mã giao ước;Đầu việc;Hạn;Ngày xong\nGU-2022-0031;=1+1;31/12/2023;\n", "utf-8")
    from chungtay_reports.excel.importing import Wish, import_file  # noqa: PLC0415

    outcome = import_file(form.workspace.root, path, date(2026, 11, 22), Wish("quan-hoang-mai"))
    assert "X107" in {problem.code for problem in outcome.problems}
    assert not outcome.written
