"""What Excel offers and refuses while one types: drop-downs, days, whole numbers, and a hint for every column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from chungtay_reports.excel.grid import MAX_ROWS, letters
from chungtay_reports.excel.sheets import FINGERPRINTS, LISTS, NO, SHEETS, YES, Column, Sheet
from chungtay_reports.vietnamese import press_date, sentence_start

_DAY_NOUGHT, _LAST_DAY = date(1899, 12, 30), 55153  # as Excel counts days; 31/12/2050
_PROMPT, _PROMPT_TITLE = 250, 32
_UNITS, _AGREEMENTS = "Đơn vị", "Mã giao ước"


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of one unit's form, and since when it takes days; the vocabularies are known from the columns."""

    units: tuple[str, ...]
    agreements: tuple[str, ...]
    since: date
    fingerprints: tuple[str, ...] = ()  # “id digest” of every record in the form


def list_sheet(book: Workbook, lists: Lists) -> None:
    """Add the hidden sheet that holds what the drop-downs offer, one list in each column under its name."""
    page = book.create_sheet(LISTS)
    for number, (name, items) in enumerate(_columns(lists), 1):
        page.cell(1, number, name)
        for row, item in enumerate(items, 2):
            page.cell(row, number, item).data_type = "s"
    page.sheet_state = "hidden"
    page.protection.sheet = True


def add_choices(page: Worksheet, sheet: Sheet, lists: Lists, first: int) -> None:
    """Give every column of a sheet its hint and its rule, from row `first` down."""
    ranges = {
        name: f"{LISTS}!${letters(number)}$2:${letters(number)}${len(items) + 1}"
        for number, (name, items) in enumerate(_columns(lists), 1)
        if items
    }
    for number, column in enumerate(sheet.columns, 1):
        rule = _rule(column, ranges, lists.since)
        rule.promptTitle = column.heading[:_PROMPT_TITLE]
        rule.prompt = column.hint[:_PROMPT]
        rule.showInputMessage = True
        rule.allow_blank = True
        rule.add(f"{letters(number)}{first}:{letters(number)}{MAX_ROWS}")
        page.add_data_validation(rule)


def _columns(lists: Lists) -> list[tuple[str, tuple[str, ...]]]:
    found: dict[str, tuple[str, ...]] = {
        _UNITS: lists.units,
        _AGREEMENTS: lists.agreements,
        FINGERPRINTS: lists.fingerprints,
    }
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.choices and column.kind == "choice":
                found[_list_name(column)] = tuple(sentence_start(label) for label in column.choices.values())
    return list(found.items())


def _list_name(column: Column) -> str:
    """Name a vocabulary's list by its first heading; columns of one vocabulary share it."""
    for sheet in SHEETS:
        for other in sheet.columns:
            if other.choices is column.choices:
                return other.heading
    return column.heading


def _rule(column: Column, ranges: dict[str, str], since: date) -> DataValidation:
    if column.kind == "choice":
        rule = DataValidation(type="list", formula1=ranges[_list_name(column)])
        return _stopping(rule, "Hãy chọn một mục trong danh sách thả xuống.")
    if column.kind == "yes":
        return _stopping(DataValidation(type="list", formula1=f'"{YES},{NO}"'), f"Chỉ điền {YES} hoặc {NO}.")
    if column.kind == "day":
        first = str((since - _DAY_NOUGHT).days)
        rule = DataValidation(type="date", operator="between", formula1=first, formula2=str(_LAST_DAY))
        return _stopping(rule, f"Hãy gõ ngày/tháng/năm, từ {press_date(since)} trở đi, ví dụ 16/3/2023.")
    if column.kind in ("count", "money"):
        limit = "10000000" if column.kind == "count" else "10000000000000"
        rule = DataValidation(type="whole", operator="between", formula1="0", formula2=limit)
        return _stopping(rule, "Hãy gõ một số nguyên, không kèm chữ.")
    known = {"unit": _UNITS, "reference": _AGREEMENTS if column.path == ("agreement",) else ""}.get(column.kind, "")
    if known in ranges:
        # An office may also work with a unit that the list does not have: warn, do not stop.
        rule = DataValidation(type="list", formula1=ranges[known], errorStyle="warning", showErrorMessage=True)
        rule.errorTitle, rule.error = "Không có trong danh sách", "Mục này không có trong danh sách. Vẫn giữ?"
        return rule
    return DataValidation(type=None)


def _stopping(rule: DataValidation, message: str) -> DataValidation:
    rule.errorStyle = "stop"
    rule.showErrorMessage = True
    rule.errorTitle, rule.error = "Chưa đúng", message
    return rule
