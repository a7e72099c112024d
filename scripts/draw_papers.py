"""Draw what offices hold in their hands: a report as PDF and as DOCX, a reminder, the Excel form with its mistakes marked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import openpyxl
from camera import as_office_prints, chungtay, copy_workspace, save, sheet

WIDTH = 760
REPORT, UNIT, YEAR = "bao-cao-nam-hoc", "quan-cau-giay", "2023-2024"
FIRST, ANNEX = "Kính gửi", "Phụ lục II DANH SÁCH"
FORM_UNIT, FORM_YEAR, SHEET = "huyen-gia-lam", "2024-2025", "Hoạt động"
KEPT = 15  # the last row of the form's sheet that is shown as it was
TOP, BOTTOM = 30, 640  # of the printed sheet, in pixels: its margin and its empty rows are left out
SCHOOL = "Trường THCS Nguyễn Khắc Nhu, huyện Gia Lâm"
MATHS = "Đổi mới kiểm tra, đánh giá môn Toán lớp 6"
DAY = datetime(2024, 11, 19)  # noqa: DTZ001 - a cell of a sheet knows no zone
LEVEL = "Cấp trường"
# Columns B, C, D, G and K of the new rows: one is right, one has a slip and a day that does not exist, one a school without its unit.
NEW_ROWS = (
    ("Chuyên đề", MATHS, DAY, SCHOOL, LEVEL),
    ("Chuyên đê", MATHS, "31/11/2024", SCHOOL, LEVEL),
    ("Chuyên đề", "Dự giờ môn Ngữ văn lớp 8", DAY, "THCS Nguyễn Khắc Nhụ", LEVEL),
)


def report(names: Collection[str], folder: Path) -> None:
    """Build the report of one unit; draw its first page from both documents, and one of its annexes."""
    copy_workspace(folder)
    chungtay(folder, "build", REPORT, "--unit", UNIT, "--year", YEAR, "--final")
    stem = folder / "build" / REPORT / YEAR / UNIT / f"{REPORT}-{UNIT}-{YEAR}"
    if "bao-cao-pdf.png" in names:
        save(sheet(stem.with_suffix(".pdf"), FIRST, WIDTH), "bao-cao-pdf.png")
    if "bao-cao-phu-luc.png" in names:
        save(sheet(stem.with_suffix(".pdf"), ANNEX, 936), "bao-cao-phu-luc.png")
    if "bao-cao-docx.png" in names:
        save(sheet(as_office_prints(stem.with_suffix(".docx"), folder), FIRST, WIDTH), "bao-cao-docx.png")


def letter(_names: Collection[str], folder: Path) -> None:
    """Write the reminders of a day on which one unit is late; draw its letter."""
    copy_workspace(folder)
    days = ("--year", "2024-2025", "--as-of", "2024-12-10", "--reply-by", "2024-12-20")
    chungtay(folder, "coverage", *days, "--letters", str(folder / "don-doc"))
    save(sheet(folder / "don-doc" / "don-doc-huyen-my-duc-2024-2025.pdf", FIRST, WIDTH), "bao-cao-don-doc.png")


def form(_names: Collection[str], folder: Path) -> None:
    """Fill in the form with mistakes, have them marked, and draw the sheet as an office would print it."""
    copy_workspace(folder)
    empty, filled, marked = folder / "bieu.xlsx", folder / "dien.xlsx", folder / "sua.xlsx"
    chungtay(folder, "form", "--unit", FORM_UNIT, "--year", FORM_YEAR, "-o", str(empty))
    _fill(empty, filled)
    chungtay(folder, "import", str(filled), "--dry-run", "--annotate", str(marked), ends=1)
    page = sheet(as_office_prints(marked, folder), "HOẠT ĐỘNG - ", 1245)
    save(page.crop((0, TOP, page.width, BOTTOM)), "bieu-excel.png")


def _fill(empty: Path, filled: Path) -> None:
    book = openpyxl.load_workbook(empty)
    rows = book[SHEET]
    for row in range(KEPT + 1, rows.max_row + 1):
        for cell in rows[row]:
            cell.value = None
    for row, values in enumerate(NEW_ROWS, KEPT + 1):
        for column, value in zip("BCDGK", values, strict=True):
            rows[f"{column}{row}"] = value
    book.save(filled)
