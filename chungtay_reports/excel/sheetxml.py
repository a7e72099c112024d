"""The XML of a workbook's parts as streams of events: values, formats and what is hidden, in bounded memory.

A declared dimension is never believed, rows and columns are counted as they come, and reading stops at the first cell
outside the limits. Entities and document types are refused by defusedxml.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml import sax as safe_sax
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.utils.escape import unescape

from chungtay_reports.excel.grid import MAX_COLUMNS, MAX_ROWS, Cell, Grid, Oddity
from chungtay_reports.excel.zipguard import WORKBOOK

_STRINGS = 500_000


class Broken(Exception):  # noqa: N818 - it stops the reading of one file and never leaves this package
    """The parts of the workbook do not fit together, or an XML trick was tried."""


class _Stop(Exception):  # noqa: N818 - how a handler ends its own parsing
    pass


def read_grids(archive: zipfile.ZipFile) -> tuple[Grid, ...]:
    """Read every sheet of a workbook that the zip guard has let pass; Broken when it is damaged."""
    try:
        return _read(archive)
    except (SAXParseException, DefusedXmlException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as e:
        raise Broken(type(e).__name__) from e


def _read(archive: zipfile.ZipFile) -> tuple[Grid, ...]:
    outline = _parse(archive, WORKBOOK, _Outline())
    targets = _parse(archive, "xl/_rels/workbook.xml.rels", _Targets()).targets
    names = set(archive.namelist())
    strings = _parse(archive, "xl/sharedStrings.xml", _Strings()).texts if "xl/sharedStrings.xml" in names else []
    dated = _parse(archive, "xl/styles.xml", _Styles()).dated() if "xl/styles.xml" in names else ()
    epoch = CALENDAR_MAC_1904 if outline.from_1904 else CALENDAR_WINDOWS_1900
    grids = []
    for order, (name, relation, hidden) in enumerate(outline.sheets, 1):
        target = targets[relation]
        if not target.startswith("xl/worksheets/"):
            continue  # a sheet of a chart
        handler = _parse(archive, target, _Sheet(_Reader(strings, dated, epoch)))
        grids.append(handler.grid(name, order, hidden=hidden))
    return tuple(grids)


H = TypeVar("H", bound=ContentHandler)


def _parse(archive: zipfile.ZipFile, part: str, handler: H) -> H:
    with archive.open(part) as stream, contextlib.suppress(_Stop):
        safe_sax.parse(stream, handler, forbid_dtd=True)
    return handler


class _Outline(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        local = _local(name)
        if local == "sheet":
            relation = next(attrs[key] for key in attrs.getNames() if _local(key) == "id" and ":" in key)
            self.sheets.append((attrs["name"], relation, attrs.get("state", "visible") != "visible"))
        elif local == "workbookPr":
            self.from_1904 = attrs.get("date1904", "0") in ("1", "true")


class _Targets(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        if _local(name) == "Relationship" and attrs.get("TargetMode") != "External":
            target = attrs["Target"]
            self.targets[attrs["Id"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"


class _Strings(ContentHandler):
    """Shared strings; the reading aids of East Asian text (rPh) are no part of them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._inside = self._aside = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802, ARG002
        local = _local(name)
        if local == "si":
            self._parts = []
        self._aside = self._aside or local == "rPh"
        self._inside = local == "t" and not self._aside

    def endElement(self, name: str) -> None:  # noqa: N802
        local = _local(name)
        self._inside = False
        if local == "rPh":
            self._aside = False
        elif local == "si":
            self.texts.append(unescape("".join(self._parts)))
            if len(self.texts) > _STRINGS:
                raise ValueError(local)

    def characters(self, content: str) -> None:
        if self._inside:
            self._parts.append(content)


class _Styles(ContentHandler):
    """Which cell styles show a number as a day."""

    def __init__(self) -> None:
        super().__init__()
        self._formats: dict[int, str] = dict(BUILTIN_FORMATS)
        self._styles: list[int] = []
        self._in_cells = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        local = _local(name)
        if local == "numFmt":
            self._formats[int(attrs["numFmtId"])] = attrs.get("formatCode", "")
        elif local == "cellXfs":
            self._in_cells = True
        elif local == "xf" and self._in_cells:
            self._styles.append(int(attrs.get("numFmtId", "0")))

    def endElement(self, name: str) -> None:  # noqa: N802
        if _local(name) == "cellXfs":
            self._in_cells = False

    def dated(self) -> tuple[bool, ...]:
        return tuple(bool(is_date_format(self._formats.get(number))) for number in self._styles)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What turns the text of a `v` element into a value."""

    strings: Sequence[str]
    dated: Sequence[bool]
    epoch: datetime

    def cell(self, kind: str, style: int, text: str) -> Cell | None:
        if kind == "e":
            return Cell(text, text, Oddity.ERROR)
        if kind == "s":
            shared = self.strings[int(text)]
            return Cell(shared, shared) if shared else None
        if kind == "b":
            return Cell(text == "1", "TRUE" if text == "1" else "FALSE")
        if kind in ("inlineStr", "str"):
            text = unescape(text)
            return Cell(text, text) if text else None
        if kind == "d":
            day = datetime.fromisoformat(text).date()
            return Cell(day, f"{day.day}/{day.month}/{day.year}")
        return self._number(style, text) if text.strip() else None

    def _number(self, style: int, text: str) -> Cell:
        number = float(text)
        if style < len(self.dated) and self.dated[style]:
            day = _day(number, self.epoch)
            return Cell(number, text) if day is None else Cell(day, f"{day.day}/{day.month}/{day.year}")
        return Cell(int(number), str(int(number))) if number.is_integer() else Cell(number, f"{number:.12g}")


def _day(number: float, epoch: datetime) -> date | None:
    try:
        moment = from_excel(number, epoch)
    except (ValueError, OverflowError):
        return None
    return moment.date() if isinstance(moment, datetime) else None  # a time of the day has no day


@dataclass(slots=True)
class _Found:
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int]] = field(default_factory=list)
    beyond: tuple[int, int] | None = None


class _Sheet(ContentHandler):
    """One sheet's cells; stops at the first cell with a value outside the limits."""

    def __init__(self, reader: _Reader) -> None:
        super().__init__()
        self._reader = reader
        self._found = _Found()
        self._row = self._column = 0
        self._kind, self._style, self._formula = "n", 0, False
        self._parts: list[str] = []
        self._inside = self._aside = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        start = _STARTS.get(_local(name))
        if start:
            start(self, attrs)

    def _start_row(self, attrs: AttributesImpl) -> None:
        self._row = int(attrs["r"]) if "r" in attrs else self._row + 1
        self._column = 0
        if attrs.get("hidden") in ("1", "true") and self._row <= MAX_ROWS:
            self._found.hidden_rows.add(self._row)

    def _start_cell(self, attrs: AttributesImpl) -> None:
        if "r" in attrs:
            self._row, self._column = position(attrs["r"])
        else:
            self._column += 1
        self._kind, self._style, self._formula = attrs.get("t", "n"), int(attrs.get("s", "0")), False
        self._parts = []

    def _start_text(self, attrs: AttributesImpl) -> None:  # noqa: ARG002
        self._inside = not self._aside

    def _start_aside(self, attrs: AttributesImpl) -> None:  # noqa: ARG002
        self._aside = True

    def _start_formula(self, attrs: AttributesImpl) -> None:  # noqa: ARG002
        self._formula = True

    def _start_columns(self, attrs: AttributesImpl) -> None:
        if attrs.get("hidden") in ("1", "true"):
            last = min(int(attrs["max"]), MAX_COLUMNS)
            self._found.hidden_columns.update(range(int(attrs["min"]), last + 1))

    def _start_merge(self, attrs: AttributesImpl) -> None:
        if len(self._found.merged) < MAX_ROWS:
            self._found.merged.append(position(attrs["ref"].split(":")[0]))

    def endElement(self, name: str) -> None:  # noqa: N802
        local = _local(name)
        if local in ("v", "t"):
            self._inside = False
        elif local == "rPh":
            self._aside = False
        elif local == "c":
            self._end_cell("".join(self._parts))

    def _end_cell(self, text: str) -> None:
        cell = Cell(text, text, Oddity.FORMULA) if self._formula else self._reader.cell(self._kind, self._style, text)
        if cell is None:
            return
        if self._row > MAX_ROWS or self._column > MAX_COLUMNS:
            self._found.beyond = (self._row, self._column)
            raise _Stop
        self._found.cells[self._row, self._column] = cell

    def characters(self, content: str) -> None:
        if self._inside:
            self._parts.append(content)

    def grid(self, name: str, order: int, *, hidden: bool) -> Grid:
        found = self._found
        return Grid(
            name,
            order,
            found.cells,
            frozenset(found.hidden_rows),
            frozenset(found.hidden_columns),
            hidden,
            tuple(found.merged),
            found.beyond,
        )


_STARTS = {
    "row": _Sheet._start_row,  # noqa: SLF001 - the handler's own table
    "c": _Sheet._start_cell,  # noqa: SLF001
    "v": _Sheet._start_text,  # noqa: SLF001
    "t": _Sheet._start_text,  # noqa: SLF001
    "rPh": _Sheet._start_aside,  # noqa: SLF001
    "f": _Sheet._start_formula,  # noqa: SLF001
    "col": _Sheet._start_columns,  # noqa: SLF001
    "mergeCell": _Sheet._start_merge,  # noqa: SLF001
}


def position(name: str) -> tuple[int, int]:
    """Read “D7” as (7, 4); ValueError for anything else."""
    head = name.rstrip("0123456789")
    if not head or not head.isalpha() or not head.isascii() or len(head) > 3:
        raise ValueError(name)
    column = 0
    for letter in head.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(head) :]), column


def _local(name: str) -> str:
    return name.rpartition(":")[2]
