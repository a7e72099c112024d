"""A copy of a form in which every problem stands as a note at its cell: red where it must be mended, yellow for doubts."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from chungtay_reports.errors import Problem, Severity, did_you_mean
from chungtay_reports.excel import look
from chungtay_reports.excel.grid import Book, Spot
from chungtay_reports.excel.packing import packed

_AUTHOR = "Chung tay"
_OURS = {look.WRONG_FILL.start_color.rgb, look.DOUBT_FILL.start_color.rgb}


def annotated(path: Path, book: Book, problems: Iterable[Problem]) -> bytes:
    """Return a copy of the file with notes; a CSV file becomes a workbook of one sheet. Earlier notes of ours go."""
    workbook = _copied_csv(book) if book.csv else load_workbook(io.BytesIO(path.read_bytes()))
    pages = {page.title: page for page in workbook.worksheets}
    for page in workbook.worksheets:
        _forget(page)
    notes: dict[tuple[str, int, int], list[Problem]] = defaultdict(list)
    for problem in sorted(problems):
        place = problem.place
        if isinstance(place, Spot) and place.sheet in pages:
            notes[place.sheet, max(place.line, 1), max(place.column, 1)].append(problem)
    for (sheet, row, column), found in notes.items():
        _note(pages[sheet], row, column, found)
    if notes:
        workbook.active = list(pages).index(next(iter(notes))[0])
    return packed(workbook)


def _copied_csv(book: Book) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for grid in book.grids:
        page = workbook.create_sheet(grid.name)
        for (row, column), cell in grid.cells.items():
            target = page.cell(row, column, str(cell.value))
            target.data_type, target.number_format = "s", look.TEXT_FORMAT
    return workbook


def _forget(page: Worksheet) -> None:
    for row in page.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author == _AUTHOR:
                cell.comment = None
                if cell.fill.fill_type == "solid" and cell.fill.start_color.rgb in _OURS:
                    cell.fill = look.NO_FILL


def _note(page: Worksheet, row: int, column: int, found: list[Problem]) -> None:
    text = "\n".join(_sentence(problem) for problem in found)
    cell = page.cell(row, column)
    comment = Comment(text, _AUTHOR)
    comment.width, comment.height = 320, 40 + 18 * (1 + len(text) // 45)
    cell.comment = comment
    wrong = any(problem.severity is Severity.ERROR for problem in found)
    cell.fill = look.WRONG_FILL if wrong else look.DOUBT_FILL


def _sentence(problem: Problem) -> str:
    message = problem.message[:1].upper() + problem.message[1:]
    stop = "" if message.endswith((".", "…", "?", "!")) else "."
    return message + stop + did_you_mean(problem.hint)
