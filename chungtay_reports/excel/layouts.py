"""Grids to rows: which sheet is which, where its headings are, and everything that a form must not contain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from chungtay_reports.errors import Code, Problem, Severity
from chungtay_reports.excel.grid import MAX_COLUMNS, MAX_ROWS, Book, Cell, Grid, Oddity, Spot
from chungtay_reports.excel.sheets import FINGERPRINTS, GUIDE, LISTS, SHEETS, UNIT_LABEL, Column, Sheet
from chungtay_reports.vietnamese import fold

TOO_FAR = Code("X106", f"ô này nằm ngoài vùng được đọc (tối đa {MAX_ROWS} dòng, {MAX_COLUMNS} cột); hãy xóa ô thừa")
FORMULA = Code("X107", "ô này là công thức; hãy chép ô rồi dán lại dạng giá trị (Paste Special, Values)")
ERROR = Code("X108", "ô này báo lỗi {value}; hãy gõ lại giá trị")
HIDDEN_ROW = Code("X109", "dòng này đang bị ẩn mà có số liệu; hãy cho hiện lại (Unhide, hoặc bỏ lọc) rồi lưu")
HIDDEN_COLUMN = Code("X110", "cột này đang bị ẩn mà có số liệu; hãy cho hiện lại (Unhide) rồi lưu")
HIDDEN_SHEET = Code("X111", "trang này đang bị ẩn; hãy cho hiện lại (Unhide) rồi lưu")
MERGED = Code("X112", "ô gộp; hãy bỏ gộp (Unmerge) và điền từng ô")
NO_HEADINGS = Code("X113", "không thấy dòng tiêu đề của trang “{sheet}”; hãy lấy lại biểu bằng chungtay form")
MISSING = Code("X114", "thiếu cột “{heading}”; hãy giữ đủ các cột của biểu")
UNKNOWN = Code("X115", "biểu không có cột “{value}”")
TWICE = Code("X116", "cột “{heading}” có hai lần (lần đầu ở ô {cell}); hãy bỏ một")
NO_HEADING = Code("X117", "ô này có chữ nhưng cột không có tiêu đề")
RENAMED = Code("X118", "biểu không có trang “{value}”; hãy giữ nguyên tên trang")
NOT_READ = Code("X119", "trang “{value}” không thuộc biểu nên không được đọc", Severity.WARNING)
NOTHING = Code("X120", "không thấy trang hay cột nào của biểu; hãy lấy biểu bằng chungtay form rồi điền vào đó")

_HEADING_ROWS = 10  # a form has its headings in row 3; offices put a title or two above
_CLOSE = 75


@dataclass(frozen=True, slots=True)
class Line:
    """One filled row of a sheet: its cells by column of the form, and where each is or would be."""

    sheet: Sheet
    row: int
    cells: Mapping[str, Cell]
    spots: Mapping[str, Spot]


@dataclass(frozen=True, slots=True)
class Laid:
    """The rows of all sheets that were found, and the sheets that were (also when they are empty)."""

    lines: tuple[Line, ...]
    present: frozenset[str]
    problems: tuple[Problem, ...]


def unit_of(book: Book) -> tuple[str | None, Spot | None]:
    """Return the unit that the guide of a form names, and the cell that does."""
    for grid in book.grids:
        if fold(grid.name) == fold(GUIDE):
            for (row, column), cell in sorted(grid.cells.items()):
                value = grid.cells.get((row, column + 1))
                if cell.value == UNIT_LABEL and value is not None and isinstance(value.value, str):
                    return value.value.strip(), grid.spot(book.file, row, column + 1)
    return None, None


def fingerprints_of(book: Book) -> Mapping[str, str]:
    """Return the digest that each record had when the form went out, by id; nothing for a file that is no form."""
    for grid in book.grids:
        if grid.name == LISTS:
            column = next((at for (row, at), cell in grid.cells.items() if row == 1 and cell.value == FINGERPRINTS), 0)
            pairs = (str(cell.value).split() for (row, at), cell in grid.cells.items() if at == column and row > 1)
            return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
    return {}


def lay(book: Book) -> Laid:
    """Find sheets, headings and rows; every fault of the layout is reported by its cell."""
    lines: list[Line] = []
    problems: list[Problem] = []
    present: set[str] = set()
    named = {fold(sheet.name): sheet for sheet in SHEETS}
    seen = {fold(grid.name) for grid in book.grids}
    for grid in book.grids:
        sheet = _best(grid) if book.csv else named.get(fold(grid.name))
        if sheet is None:
            problems += _stranger(book, grid, seen)
            continue
        present.add(sheet.name)
        found = tuple(_faults(book.file, grid))
        problems += found
        if grid.beyond is None:
            lines += _lines(book.file, grid, sheet, problems)
    if not present and not problems:
        problems.append(NOTHING.at(Spot(book.file, 0)))
    return Laid(tuple(lines), frozenset(present), tuple(problems))


def _stranger(book: Book, grid: Grid, seen: set[str]) -> Iterator[Problem]:
    name = fold(grid.name)
    if book.csv or not grid.cells or name in (fold(GUIDE), fold(LISTS)):
        return
    free = {fold(sheet.name): sheet.name for sheet in SHEETS if fold(sheet.name) not in seen}
    close = process.extractOne(name, sorted(free), scorer=fuzz.ratio, score_cutoff=60)
    if close:
        yield RENAMED.at(grid.spot(book.file), hint=free[close[0]], value=grid.name)
    else:
        yield NOT_READ.at(grid.spot(book.file), value=grid.name)


def _best(grid: Grid) -> Sheet | None:
    """Return the sheet whose headings a CSV file has most of."""
    present = {heading_key(cell.value) for (row, _), cell in grid.cells.items() if row <= _HEADING_ROWS}
    scores = [(len(present & {heading_key(name) for name in sheet.headings}), sheet) for sheet in SHEETS]
    score, best = max(scores, key=lambda pair: (pair[0] / len(pair[1].columns), pair[0]))
    return best if score >= 2 else None


def heading_key(value: object) -> str:
    """Make headings comparable: without the star, brackets, case and spaces."""
    return fold(re.sub(r"\*|\([^)]*\)", " ", str(value)))


def _faults(file: str, grid: Grid) -> Iterator[Problem]:
    if grid.hidden:
        yield HIDDEN_SHEET.at(grid.spot(file))
    if grid.beyond:
        yield TOO_FAR.at(grid.spot(file, *grid.beyond))
    hidden: set[tuple[str, int]] = set()
    for (row, column), cell in sorted(grid.cells.items()):
        spot = grid.spot(file, row, column)
        if cell.oddity is Oddity.FORMULA:
            yield FORMULA.at(spot)
        elif cell.oddity is Oddity.ERROR:
            yield ERROR.at(spot, value=cell.shown)
        if row in grid.hidden_rows and ("row", row) not in hidden:
            hidden.add(("row", row))
            yield HIDDEN_ROW.at(spot)
        if column in grid.hidden_columns and ("column", column) not in hidden:
            hidden.add(("column", column))
            yield HIDDEN_COLUMN.at(spot)


def _lines(file: str, grid: Grid, sheet: Sheet, problems: list[Problem]) -> Iterator[Line]:
    known = {heading_key(column.heading): column for column in sheet.columns}
    heading_row = _heading_row(grid, known)
    if heading_row is None:
        problems.append(NO_HEADINGS.at(grid.spot(file), sheet=sheet.name))
        return
    columns = _columns(file, grid, sheet, heading_row, problems)
    problems += (MERGED.at(grid.spot(file, *first)) for first in grid.merged if first[0] >= heading_row)
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        if row > heading_row and not (isinstance(cell.value, str) and not cell.value.strip()):
            rows.setdefault(row, {})[column] = cell
    for row, cells in rows.items():
        for number in sorted(cells.keys() - columns.keys()):
            if (heading_row, number) not in grid.cells:
                problems.append(NO_HEADING.at(grid.spot(file, row, number)))
        spots = {column.heading: grid.spot(file, row, number) for number, column in columns.items()}
        named = {columns[number].heading: cell for number, cell in cells.items() if number in columns}
        if named:
            yield Line(sheet, row, named, spots)


def _heading_row(grid: Grid, known: Mapping[str, Column]) -> int | None:
    scores = {
        row: sum(heading_key(cell.value) in known for (at, _), cell in grid.cells.items() if at == row)
        for row in range(1, _HEADING_ROWS + 1)
    }
    best = max(scores, key=lambda row: (scores[row], -row))
    return best if scores[best] >= min(2, len(known)) else None


def _columns(file: str, grid: Grid, sheet: Sheet, row: int, problems: list[Problem]) -> Mapping[int, Column]:
    known = {heading_key(column.heading): column for column in sheet.columns}
    found: dict[int, Column] = {}
    strangers: list[tuple[int, Cell]] = []
    for (at, number), cell in sorted(grid.cells.items()):
        column = known.get(heading_key(cell.value)) if at == row else None
        before = next((other for other, one in found.items() if one is column), None) if column else None
        if column and before:
            first = grid.spot(file, row, before).cell
            problems.append(TWICE.at(grid.spot(file, row, number), heading=column.heading, cell=first))
        elif column:
            found[number] = column
        elif at == row:
            strangers.append((number, cell))
    missing = {heading_key(one.heading): one.heading for one in sheet.columns if one not in found.values()}
    for number, cell in strangers:
        key = heading_key(cell.value)
        close = process.extractOne(key, sorted(missing), scorer=fuzz.ratio, score_cutoff=_CLOSE)
        problems.append(
            UNKNOWN.at(grid.spot(file, row, number), hint=missing[close[0]] if close else None, value=cell.shown)
        )
    problems += (MISSING.at(grid.spot(file, row), heading=heading) for heading in missing.values())
    return found
