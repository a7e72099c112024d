"""One cell to one value, forgiving where only one thing can be meant, and refusing with a hint where not.

Values have the shapes that YAML gives: days as `2023-03-16`, counts and đồng as int, vocabularies and units as ids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from rapidfuzz import fuzz, process

from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.excel.grid import Cell, Spot
from chungtay_reports.excel.offices import resolve
from chungtay_reports.excel.sheets import NO, YES, Column
from chungtay_reports.source.days import iso_of_spoken
from chungtay_reports.source.files import clean_text
from chungtay_reports.units.registry import Registry
from chungtay_reports.vietnamese import fold, read_money, sentence_start

DAY = Code("X121", "“{heading}” phải là ngày/tháng/năm, ví dụ 16/3/2023, không phải “{value}”")
COUNT = Code("X122", "“{heading}” phải là số nguyên, ví dụ 45 hoặc 1.200, không phải “{value}”")
MONEY = Code(
    "X123", "“{heading}” phải là số tiền nguyên đồng, ví dụ 20.000.000 hoặc 20 triệu đồng, không phải “{value}”"
)
CHOICE = Code("X124", "“{heading}” không nhận “{value}”; hãy chọn trong danh sách: {allowed}")
UNIT = Code("X125", "không có đơn vị “{value}”; hãy chọn trong danh sách, hoặc gõ tên kèm quận, huyện")
SEVERAL = Code("X126", "“{value}” có thể là {count} đơn vị ({names}); hãy gõ tên kèm quận, huyện")
YES_NO = Code("X127", "“{heading}” chỉ nhận Có hoặc Không, không phải “{value}”")
TEXT = Code("X128", "“{heading}” phải là chữ, không phải {value}; hãy đặt ô kiểu Text rồi gõ lại")
ID = Code("X129", "“{value}” không phải mã: mã chỉ gồm chữ cái không dấu, chữ số và gạch nối, ví dụ CD-2023-0412")

MARK = re.compile(r"(?:m|mới|moi)[ -]?(\d{1,4})", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+")
_GUESSED = re.compile(r"\D*(\d{1,3}(?:[.,]\d{3})+|\d+)\D*")
_SHORT_YEAR = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-])(\d{2})")
_YES = {"có", "co", "x", "đúng", "yes", "true", "1"}
_NO = {"không", "khong", "no", "sai", "false", "0"}
_CLOSE = 70


@dataclass(frozen=True, slots=True)
class Context:
    """What cells are read by: the registry, and the day on which names of units are taken."""

    registry: Registry
    day: date
    spellings: dict[date, dict[str, str]] = field(default_factory=dict)  # folded names by id, made once per day

    def names(self) -> dict[str, str]:
        """Return the folded name of every unit on the day."""
        if self.day not in self.spellings:
            ids = sorted(self.registry.units)
            self.spellings[self.day] = {id_: fold(self.registry.name(id_, self.day)) for id_ in ids}
        return self.spellings[self.day]


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell gave: a value or none, and what was wrong or doubtful."""

    value: object = None
    problems: tuple[Problem, ...] = ()


def read(cell: Cell, column: Column, spot: Spot, context: Context) -> Value:
    """Read a cell as its column means it."""
    return _READERS[column.kind](cell, column, spot, context)


def _failed(code: Code, column: Column, cell: Cell, spot: Spot, hint: str | None = None) -> Value:
    return Value(problems=(code.at(spot, hint=hint, heading=column.heading, value=cell.shown),))


def _string(cell: Cell) -> str:
    """Return what a cell shows, trimmed; for kinds whose form is checked afterwards anyway."""
    text, _ = clean_text(cell.shown if not isinstance(cell.value, str) else cell.value, Place(""))
    return text.strip()


def _text(cell: Cell, column: Column, spot: Spot, context: Context) -> Value:  # noqa: ARG001 - one signature for all
    if isinstance(cell.value, bool | float | date):
        what = {bool: "giá trị đúng/sai", date: f"ngày {cell.shown}", float: f"số {cell.shown}"}[type(cell.value)]
        return Value(problems=(TEXT.at(spot, heading=column.heading, value=what),))
    text, found = clean_text(str(cell.value), Place(""))
    problems = tuple(replace(problem, place=spot) for problem in found)
    text = text.strip()
    if column.path[-1] not in ("note", "result"):
        text = " ".join(text.split("\n")).replace("\t", " ")
    return Value(None if any(p.severity is Severity.ERROR for p in problems) else text or None, problems)


def _day(cell: Cell, column: Column, spot: Spot, context: Context) -> Value:  # noqa: ARG001
    if isinstance(cell.value, date):
        return Value(cell.value.isoformat())
    text = _string(cell)
    if isinstance(cell.value, str):
        iso = iso_of_spoken(re.sub(r"\s*([/.-])\s*", r"\1", text))
        if iso:
            return Value(iso)
        match = _SHORT_YEAR.fullmatch(text)
        if match and iso_of_spoken(f"{match[1]}20{match[2]}"):
            return _failed(DAY, column, cell, spot, f"{match[1]}20{match[2]}")
    return _failed(DAY, column, cell, spot)


def _whole(cell: Cell) -> int | None:
    if isinstance(cell.value, bool) or isinstance(cell.value, date):  # noqa: SIM101 - bool is an int
        return None
    if isinstance(cell.value, int):
        return cell.value
    text = _string(cell)
    if not isinstance(cell.value, str):
        return None
    if re.fullmatch(r"\d{1,15}", text) and (text == "0" or not text.startswith("0")):
        return int(text)
    return int(re.sub(r"\D", "", text)) if _GROUPED.fullmatch(text) else None


def _count(cell: Cell, column: Column, spot: Spot, context: Context) -> Value:  # noqa: ARG001
    number = _whole(cell)
    if number is not None and 0 <= number <= 10_000_000:
        return Value(number)
    return _failed(COUNT, column, cell, spot, _guess(cell))


def _money(cell: Cell, column: Column, spot: Spot, context: Context) -> Value:  # noqa: ARG001
    number = _whole(cell)
    if number is None and isinstance(cell.value, str):
        text = re.sub(r"\s+", " ", _string(cell).casefold()).replace("tỉ", "tỷ")
        text = re.sub(r" ?(?:đồng|đ|vnđ|vnd)$", "", text)
        whole = re.sub(r"\D", "", text) if _GROUPED.fullmatch(text) else text
        amount = read_money(f"{whole} đồng")
        number = int(amount) if amount is not None and amount.denominator == 1 else None
    if number is not None and 0 <= number <= 10_000_000_000_000:
        return Value(number)
    return _failed(MONEY, column, cell, spot, _guess(cell))


def _guess(cell: Cell) -> str | None:
    """Offer the number that was probably meant: “1,200” → 1.200, “khoảng 50” → 50; 1.2 typed for 1.200 under English."""
    if isinstance(cell.value, float) and 0 < cell.value < 1000 and (cell.value * 1000).is_integer():
        return f"{cell.value:.3f}"
    match = _GUESSED.fullmatch(_string(cell)) if isinstance(cell.value, str) else None
    return match[1].replace(",", ".") if match else None


def _choice(cell: Cell, column: Column, spot: Spot, context: Context) -> Value:  # noqa: ARG001
    choices = column.choices or {}
    text = _string(cell)
    found = chosen(text, choices)
    if found:
        return Value(found)
    labels = {fold(label): sentence_start(label) for label in choices.values()}
    close = process.extractOne(fold(text), sorted(labels), scorer=fuzz.ratio, score_cutoff=_CLOSE)
    allowed = "; ".join(labels[key] for key in labels)
    problem = CHOICE.at(
        spot, hint=labels[close[0]] if close else None, heading=column.heading, value=text, allowed=allowed
    )
    return Value(problems=(problem,))


def chosen(text: str, choices: Mapping[str, str]) -> str | None:
    """Return the key that a text names: the key itself, or its label whatever its case, place of accents and spaces."""
    folded = fold(text)
    return next((key for key, label in choices.items() if folded in (fold(key), fold(label))), None)


def _unit(cell: Cell, column: Column, spot: Spot, context: Context) -> Value:
    text = _string(cell)
    found = resolve(text, context.registry, context.day)
    if len(found) == 1:
        return Value(found[0].id)
    registry = context.registry
    if found:
        names = "; ".join(f"{registry.name(unit.id, context.day)} - mã {unit.id}" for unit in found[:4])
        return Value(problems=(SEVERAL.at(spot, value=text, count=len(found), names=names),))
    close = registry.suggest(text) or _similar(text, context)
    return _failed(UNIT, column, Cell(text, text), spot, f"{registry.name(close, context.day)}" if close else None)


def _similar(text: str, context: Context) -> str | None:
    """Return the unit whose name is written most like `text`; the district after a comma does not count."""
    wanted = fold(text.partition(",")[0])
    close = process.extractOne(wanted, context.names(), scorer=fuzz.ratio, score_cutoff=80)
    return str(close[2]) if close else None


def _yes(cell: Cell, column: Column, spot: Spot, context: Context) -> Value:  # noqa: ARG001
    if isinstance(cell.value, bool):
        return Value(cell.value)
    text = fold(_string(cell))
    if text in _YES | _NO:
        return Value(text in _YES)
    return _failed(YES_NO, column, cell, spot, YES if text.startswith("c") else NO if text.startswith("k") else None)


def _id(cell: Cell, column: Column, spot: Spot, context: Context) -> Value:  # noqa: ARG001
    text = _string(cell)
    mark = MARK.fullmatch(text)
    if mark:
        return Value(f"M{int(mark[1])}")
    return Value(text) if _ID.fullmatch(text) else _failed(ID, column, cell, spot)


def _each(one: Callable[[Cell, Column, Spot, Context], Value]) -> Callable[[Cell, Column, Spot, Context], Value]:
    """Read a list: items between semicolons or on lines of their own."""

    def several(cell: Cell, column: Column, spot: Spot, context: Context) -> Value:
        items = [part.strip() for part in re.split(r"[;\n]", _string(cell)) if part.strip()]
        read_items = [one(Cell(item, item), column, spot, context) for item in items]
        problems = tuple(problem for item in read_items for problem in item.problems)
        return Value([item.value for item in read_items if item.value is not None], problems)

    return several


_READERS: dict[str, Callable[[Cell, Column, Spot, Context], Value]] = {
    "id": _id,
    "reference": _id,
    "text": _text,
    "day": _day,
    "count": _count,
    "money": _money,
    "yes": _yes,
    "choice": _choice,
    "choices": _each(_choice),
    "unit": _unit,
    "units": _each(_unit),
}
