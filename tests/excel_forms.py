"""A form of the tiny workspace in the hands of an office: rows are typed by heading, as Excel would store them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conftest import TODAY, Workspace
from openpyxl import Workbook, load_workbook

from chungtay_reports import pipeline
from chungtay_reports.errors import ContentError, Problem
from chungtay_reports.excel.form import HEADING_ROW, wanted, write_form
from chungtay_reports.excel.importing import Outcome, Wish, import_file
from chungtay_reports.records import Record
from chungtay_reports.workspace.library import Library

UNIT, YEAR = "quan-hoang-mai", "2022-2023"
REPOSITORY = Path(__file__).parents[1]

ACTIVITY_ROW: dict[str, Any] = {
    "Loại hoạt động": "Chuyên đề",
    "Tên hoạt động": "Dạy học trải nghiệm môn Khoa học tự nhiên",
    "Ngày": "21/3/2023",
    "Đơn vị chủ trì": "Trường THCS Định Công, quận Hoàng Mai",
    "Đơn vị phối hợp": "Trường THCS Hòa Xá, huyện Ứng Hòa",
    "Cấp tổ chức": "Cấp trường",
    "Hình thức": "Trực tiếp",
}
AGREEMENT_ROW: dict[str, Any] = {
    "Loại giao ước": "Kế hoạch kết nối",
    "Bên ký thứ nhất": "Phòng GD&ĐT quận Hoàng Mai",
    "Bên ký thứ hai": "Phòng GD&ĐT huyện Ứng Hòa",
    "Ngày ký": "20/1/2023",
}
STATISTIC_ROW: dict[str, Any] = {
    "Loại được đếm": "Thể dục, thể thao",
    "Kỳ từ ngày": "10/12/2022",
    "Kỳ đến ngày": "31/5/2023",
    "Số lượng": 3,
}


@dataclass
class Form:
    """A form that is being filled in; every method returns the cell or row that it has touched."""

    workspace: Workspace
    folder: Path
    unit: str = UNIT
    year: str = YEAR
    name: str = "bieu.xlsx"
    book: Workbook = field(init=False)

    def __post_init__(self) -> None:
        library = pipeline.read(self.workspace.root, TODAY)
        self.path.write_bytes(write_form(wanted(library, self.unit, self.year, TODAY)))
        self.book = load_workbook(self.path)

    @property
    def path(self) -> Path:
        return self.folder / self.name

    def column(self, sheet: str, heading: str) -> int:
        page = self.book[sheet]
        found = {str(cell.value).removesuffix(" *"): cell.column for cell in page[HEADING_ROW] if cell.value}
        return int(found[heading])

    def add(self, sheet: str, base: dict[str, Any] | None = None, /, **more: Any) -> int:
        """Type a row below the others; keyword arguments name headings with `_` for spaces, None leaves a cell out."""
        page = self.book[sheet]
        row = HEADING_ROW + 1
        while any(cell.value is not None for cell in page[row]):
            row += 1
        values = {**(base or {}), **{name.replace("_", " "): value for name, value in more.items()}}
        for heading, value in values.items():
            if value is not None:
                page.cell(row, self.column(sheet, heading)).value = value
        return row

    def set(self, sheet: str, heading: str, row: int, value: Any) -> str:
        cell = self.book[sheet].cell(row, self.column(sheet, heading))
        cell.value = value
        return f"{sheet}!{cell.coordinate}"

    def cell(self, sheet: str, heading: str, row: int) -> str:
        return f"{sheet}!{self.book[sheet].cell(row, self.column(sheet, heading)).coordinate}"

    def send(self, **wish: Any) -> Outcome:
        self.book.save(self.path)
        return import_file(self.workspace.root, self.path, TODAY, Wish(**wish))

    def found(self, **wish: Any) -> dict[str, str]:
        """Send the form and return the problems: code → “sheet!cell” (the last one of a code)."""
        return {problem.code: where(problem) for problem in self.problems(**wish)}

    def problems(self, **wish: Any) -> tuple[Problem, ...]:
        try:
            return self.send(**wish).problems
        except ContentError as error:
            return error.problems


def where(problem: Problem) -> str:
    return str(problem.place).partition(": ")[2]


def snapshot(workspace: Workspace) -> dict[str, bytes]:
    """Read every file of the content, to see later whether anything was written."""
    content = workspace.root / "content"
    return {str(path.relative_to(content)): path.read_bytes() for path in sorted(content.rglob("*")) if path.is_file()}


def record(library: Library, id_: str) -> Record:
    return next(entry.record for entry in library.entries if entry.record.id == id_)


def sample(folder: Path) -> Workspace:
    """Copy the repository's own workspace."""
    folder.mkdir()
    shutil.copy(REPOSITORY / "chungtay.yaml", folder)
    shutil.copytree(REPOSITORY / "content", folder / "content")
    return Workspace(folder)
