"""`chungtay import`: a filled-in form to records, all of it or nothing, with every problem by its cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chungtay_reports import disk
from chungtay_reports.errors import Code, ContentError, Problem, Severity
from chungtay_reports.excel import staging
from chungtay_reports.excel.csvfile import read_csv
from chungtay_reports.excel.filing import Filed, Verdict, judge
from chungtay_reports.excel.gathering import gather
from chungtay_reports.excel.grid import Book, Spot
from chungtay_reports.excel.layouts import fingerprints_of, lay, unit_of
from chungtay_reports.excel.sheetxml import Broken, read_grids
from chungtay_reports.excel.shelf import Shelf, open_shelf
from chungtay_reports.excel.zipguard import DAMAGED, MACROS, MAX_FILE, NOT_A_WORKBOOK, OLD_OR_LOCKED, open_workbook
from chungtay_reports.source.files import read_bytes

NO_UNIT = Code("X143", "không biết biểu của đơn vị nào; hãy thêm --unit ĐƠN_VỊ, ví dụ --unit quan-cau-giay")
WRONG_UNIT = Code("X144", "biểu này của đơn vị “{unit}”, không phải “{wanted}”")
UNKNOWN_UNIT = Code("X145", "không có đơn vị “{unit}” trong danh mục content/units")


@dataclass(frozen=True, slots=True)
class Wish:
    """How to import: for whom, whether good rows go in beside wrong ones, whether anything is written.

    With a `reason`, changes of records that were in the books before are written as corrections.
    """

    unit: str | None = None
    partial: bool = False
    dry_run: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or would do: records by sheet and fate (“mới”, “sửa”, “giữ nguyên”), files, problems."""

    unit: str
    tally: Mapping[tuple[str, str], int]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    written: bool

    @property
    def failed(self) -> bool:
        """Whether there is an error, so that not everything went in."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def import_file(root: Path, path: Path, today: date, wish: Wish) -> Outcome:
    """Import a workbook or CSV file; ContentError only when the file cannot be read as a form at all.

    The workspace is locked from reading to writing, so that two imports do not number alike.
    """
    book = read_book(path)
    with disk.lock(root):
        shelf = open_shelf(root, today)
        unit = _unit(book, shelf, wish.unit)
        verdict = _verdict(book, shelf, unit, wish=wish)
        staged = staging.stage(verdict.filed, shelf)
        problems = tuple(sorted((*verdict.problems, *staged.problems)))
        if staged.files and not wish.dry_run:
            staging.write(staged, root)
    filed = () if staged.problems else verdict.filed
    tally = Counter((one.draft.sheet.name, _fate(one)) for one in filed)
    wrote = bool(staged.files) and not wish.dry_run
    return Outcome(unit, dict(tally), tuple(staged.files), problems, wrote)


def read_book(path: Path) -> Book:
    """Read a file as cells; ContentError when its kind, its zip directory or its XML is refused."""
    file = path.name
    data = read_bytes(path.parent.resolve(), path.name, MAX_FILE)
    if isinstance(data, Problem):
        raise ContentError((data,))
    suffix = path.suffix.casefold()
    if suffix in (".csv", ".txt"):
        grid = read_csv(data, file)
        if isinstance(grid, Problem):
            raise ContentError((grid,))
        return Book(file, (grid,), csv=True)
    if suffix in _REFUSED:
        raise ContentError((_REFUSED[suffix].at(Spot(file, 0)),))
    archive = open_workbook(data, file)
    if isinstance(archive, Problem):
        raise ContentError((archive,))
    try:
        with archive:
            return Book(file, read_grids(archive))
    except Broken as error:
        raise ContentError((DAMAGED.at(Spot(file, 0)),)) from error


_REFUSED = {".xls": OLD_OR_LOCKED, ".xlsm": MACROS, ".xlsb": NOT_A_WORKBOOK, ".ods": NOT_A_WORKBOOK}


def _unit(book: Book, shelf: Shelf, wanted: str | None) -> str:
    named, spot = unit_of(book)
    spot = spot or Spot(book.file, 0)
    unit = wanted or named
    if unit is None:
        raise ContentError((NO_UNIT.at(spot),))
    if wanted and named and wanted != named:
        raise ContentError((WRONG_UNIT.at(spot, unit=named, wanted=wanted),))
    if shelf.registry.top(unit) != unit:
        close = shelf.registry.top(unit) or shelf.registry.suggest(unit, top=True)
        raise ContentError((UNKNOWN_UNIT.at(spot, hint=close, unit=unit),))
    return unit


def _verdict(book: Book, shelf: Shelf, unit: str, *, wish: Wish) -> Verdict:
    laid = lay(book)
    drafts = gather(laid, shelf, unit, alone=book.csv)
    faulty = any(problem.severity is Severity.ERROR for problem in laid.problems)
    # A fault of the layout may hide cells of any row: then not even single rows are safe to take.
    verdict = judge(drafts, shelf, unit, fingerprints_of(book), partial=wish.partial, reason=wish.reason)
    return Verdict(() if faulty else verdict.filed, (*laid.problems, *verdict.problems))


def _fate(one: Filed) -> str:
    return "mới" if one.old is None else "sửa" if one.changed else "giữ nguyên"
