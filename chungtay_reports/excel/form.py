"""`chungtay form`: a workbook that an office fills in, with what the workspace already knows of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from chungtay_reports.errors import UsageError, did_you_mean
from chungtay_reports.excel import look
from chungtay_reports.excel.choosing import Lists, add_choices, list_sheet
from chungtay_reports.excel.flat import Row, Value, fingerprint, rows
from chungtay_reports.excel.grid import letters
from chungtay_reports.excel.guide import guide_sheet
from chungtay_reports.excel.offices import Names, offered
from chungtay_reports.excel.packing import packed
from chungtay_reports.excel.sheets import SHEETS, Column, Sheet
from chungtay_reports.records import Agreement
from chungtay_reports.workspace.layout import school_year, school_year_of
from chungtay_reports.workspace.library import Library
from chungtay_reports.workspace.rules import bounds

HEADING_ROW = 3
BLANK_ROWS = 15  # ruled on paper; a screen has as many as one likes
_NEEDED_MARK = " *"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose form, for which school year, on which day names are taken."""

    library: Library
    unit: str
    year: str

    @property
    def names(self) -> Names:
        """Units as they were called at the end of the year, or when the unit last was there."""
        period = school_year(self.year, self.library.settings.calendar)
        end = self.library.registry.units[self.unit].valid_to
        return Names(self.library.registry, min(period.end, end) if end else period.end)


def wanted(library: Library, unit: str, year: str | None, today: date) -> Wanted:
    """Settle which form is meant; without a year, that of the unit's latest records. UsageError with what is close."""
    registry = library.registry
    if unit not in registry.units:
        raise UsageError(f"Không có đơn vị “{unit}”." + did_you_mean(registry.suggest(unit, top=True)))
    top = registry.top(unit)
    if top != unit:
        raise UsageError(f"“{unit}” không có sổ riêng; hãy lấy biểu của “{top}”.")
    years = sorted({entry.year for entry in library.entries if entry.unit == unit})
    year = year or (years[-1] if years else school_year_of(today, library.settings.calendar))
    period = school_year(year, library.settings.calendar)
    known = registry.units[unit]
    if (known.valid_to and known.valid_to < period.start) or (known.valid_from and known.valid_from > period.end):
        heirs = ", ".join(heir.id for heir in registry.successors(unit, period.end)[:3])
        more = f" Đơn vị kế tục: {heirs}." if heirs else ""
        raise UsageError(f"Trong năm học {year} không có đơn vị “{unit}”.{more}")
    return Wanted(library, unit, year)


def write_form(what: Wanted) -> bytes:
    """Write the form of a unit for a school year as an .xlsx; the same workspace gives the same bytes."""
    names = what.names
    filled = _filled(what, names)
    lists = _lists(what, names)
    book = Workbook()
    guide = book.active
    if not isinstance(guide, Worksheet):
        raise TypeError("openpyxl starts a workbook with one sheet")
    guide_sheet(guide, what.library, what.unit, what.year)
    title = f"{what.library.registry.name(what.unit, names.day, 'official')}, năm học {what.year}"
    for sheet in SHEETS:
        _fill(book.create_sheet(sheet.name), sheet, filled[sheet.name], title)
    list_sheet(book, lists)
    for sheet in SHEETS:
        add_choices(book[sheet.name], sheet, lists, HEADING_ROW + 1)
    book.active = 0
    return packed(book)


def _filled(what: Wanted, names: Names) -> Mapping[str, list[Row]]:
    filled: dict[str, list[Row]] = {sheet.name: [] for sheet in SHEETS}
    for entry in what.library.entries:
        if entry.unit == what.unit and entry.year == what.year and entry.record.removed is None:
            for sheet, row in rows(entry.record, names):
                filled[sheet.name].append(row)
    return filled


def _lists(what: Wanted, names: Names) -> Lists:
    agreements = [
        entry.record.id
        for entry in what.library.entries
        if isinstance(entry.record, Agreement)
        and entry.record.removed is None
        and what.unit in {names.registry.top(id_) for id_ in entry.record.parties}
    ]
    units = [names.label(id_) for id_ in offered(what.library, what.unit, what.year)]
    own = (one.record for one in what.library.entries if (one.unit, one.year) == (what.unit, what.year))
    prints = tuple(f"{record.id} {fingerprint(record)}" for record in own)
    since = bounds(what.library.settings, date.max).first
    return Lists(tuple(dict.fromkeys(units)), tuple(sorted(agreements)), since, prints)


def _fill(page: Worksheet, sheet: Sheet, filled: Iterable[Row], title: str) -> None:
    page["A1"] = f"{sheet.name.upper()} - {title}"
    page["A1"].font = look.TITLE
    page["A2"] = sheet.about + " Tiêu đề đỏ, có dấu *: bắt buộc điền."
    page["A2"].font = look.ABOUT
    for number, column in enumerate(sheet.columns, 1):
        _heading(page.cell(HEADING_ROW, number), column)
        dimension = page.column_dimensions[letters(number)]
        dimension.width = column.width
        dimension.protection = look.OPEN
        dimension.font = look.BODY
        dimension.number_format = look.FORMATS.get(column.kind, look.TEXT_FORMAT)
    last = HEADING_ROW
    for row in filled:
        last += 1
        for number, (column, value) in enumerate(zip(sheet.columns, row, strict=True), 1):
            write(page.cell(last, number), value, column)
        page.row_dimensions[last].height = _height(sheet, row)
    for line in range(last + 1, last + 1 + BLANK_ROWS):
        for number, column in enumerate(sheet.columns, 1):
            write(page.cell(line, number), None, column)
    _finish(page, sheet, last + BLANK_ROWS)


def _heading(cell: Cell | MergedCell, column: Column) -> None:
    cell.value = column.heading + (_NEEDED_MARK if column.required else "")
    cell.font = look.NEEDED if column.required else look.HEADING
    cell.fill, cell.border, cell.alignment = look.HEADING_FILL, look.BOX, look.CENTRE


def write(cell: Cell | MergedCell, value: Value, column: Column) -> None:
    """Put a value into an open cell; text stays text, also when it begins like a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    cell.font = look.ID if column.kind in ("id", "reference") else look.BODY
    cell.border, cell.protection = look.BOX, look.OPEN
    cell.alignment = look.RIGHT if column.kind in ("count", "money", "day") else look.WRAP
    cell.number_format = look.FORMATS.get(column.kind, look.TEXT_FORMAT)


def _height(sheet: Sheet, row: Row) -> float:
    """Estimate the height of a row in points from its longest text, as no program sets it by itself."""
    wrapped = (ceil(len(str(value)) / column.width) for column, value in zip(sheet.columns, row, strict=True))
    return 13.5 * max(wrapped, default=1) + 1.5


def _finish(page: Worksheet, sheet: Sheet, last: int) -> None:
    page.row_dimensions[HEADING_ROW].height = 34
    page.row_dimensions[1].height = 22
    page.freeze_panes = f"B{HEADING_ROW + 1}"
    page.sheet_view.zoomScale = 100
    page.auto_filter.ref = f"A{HEADING_ROW}:{letters(len(sheet.columns))}{last}"
    guard = page.protection
    guard.sheet = True
    # For these, False means that the reader may do it.
    guard.formatCells = guard.formatColumns = guard.formatRows = False
    guard.insertRows = guard.deleteRows = guard.sort = guard.autoFilter = False
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = sheet.pages, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.5, 0.8, 0.4
    page.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    page.print_title_cols = "A:A"
    page.oddFooter = HeaderFooterItem()
    page.oddFooter.left.text = sheet.name
    page.oddFooter.right.text = "Trang &P/&N"
