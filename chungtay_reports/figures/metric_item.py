"""One metric as it stands in its file: its texts and filters, and where its problems point to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chungtay_reports.errors import Code, Problem
from chungtay_reports.figures.columns import DIMENSIONS, TABLES
from chungtay_reports.meant import closest
from chungtay_reports.model import Filter
from chungtay_reports.source.files import Parsed
from chungtay_reports.units.registry import Registry

MISSING = Code("M102", "chỉ tiêu thiếu “{field}”; một chỉ tiêu cần name, label, unit, from, measure")
WRONG = Code("M104", "“{key}” phải là {expected}, không phải “{value}”")
UNKNOWN_FIELD = Code("M108", "bảng {table} không có trường “{field}”; chỉ có {fields}")
UNKNOWN_VALUE = Code("M109", "trường {field} không nhận giá trị “{value}”; chỉ nhận {values}")
UNKNOWN_UNIT = Code("M119", "trường {field} lọc theo đơn vị, nhưng danh mục không có đơn vị nào mã “{value}”")
OF_NUMBERS = Code(
    "M122", "trường {field} là số nên không lọc theo được, chỉ cộng được; hãy bỏ, hoặc lọc theo trường khác"
)

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One metric as it stands in its file, and where its problems go."""

    document: Parsed
    path: tuple[int]
    problems: list[Problem] = field(repr=False)
    registry: Registry | None = None  # without one, ids of units and tiers are taken as they are

    @property
    def data(self) -> dict[str, Any]:
        items = self.document.data
        item = items[self.path[0]] if isinstance(items, list) else None
        return item if isinstance(item, dict) else {}

    def report(
        self, code: Code, *path: str | int, hint: str | None = None, on_key: bool = False, **facts: object
    ) -> None:
        full = (*self.path, *path)
        place = self.document.key_place(full) if on_key else self.document.place(full)
        self.problems.append(code.at(place, hint=hint, **facts))

    def text(self, key: str, *, required: bool = False) -> str:
        value = self.data.get(key)
        if value is None:
            if required:
                self.report(MISSING, field=key)
            return ""
        if not isinstance(value, str) or not value.strip():
            self.report(WRONG, key, key=key, expected="chữ", value=value)
            return ""
        return value


def filters(item: Item, path: Path, table: str) -> tuple[Filter, ...]:
    data = _at(item, path)
    if data is None:
        return ()
    if not isinstance(data, dict):
        item.report(WRONG, *path, key=path[-1], expected="các cặp “trường: giá trị”", value=data)
        return ()
    return tuple(test for name in data if (test := _filter(item, (*path, name), table)))


def _filter(item: Item, path: Path, table: str) -> Filter | None:
    name, value = str(path[-1]), _at(item, path)
    if not known(item, path, name, table):
        return None
    if TABLES[table][name].number:
        item.report(OF_NUMBERS, *path, on_key=True, field=name)
        return None
    negate = isinstance(value, dict) and list(value) == ["not"]
    if negate:
        path, value = (*path, "not"), value["not"]
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(one, str | int) for one in values):
        item.report(WRONG, *path, key=name, expected="một giá trị, một danh sách, hay {not: …}", value=value)
        return None
    words = tuple(str(one).lower() if isinstance(one, bool) else str(one) for one in values)
    for index, word in enumerate(words):
        _judge(item, (*path, index) if isinstance(value, list) else path, word, name, table)
    return Filter(name, words, negate)


def _judge(item: Item, path: Path, word: str, name: str, table: str) -> None:
    """Report a value that no row can have: nothing would pass, and the metric would be 0 without a word."""
    column, registry = TABLES[table][name], item.registry
    if column.unit:
        if registry and word not in registry.units:
            item.report(UNKNOWN_UNIT, *path, hint=registry.suggest(word), field=name, value=word)
    elif (form := _FORMS.get(name)) and not form[0](word):
        item.report(UNKNOWN_VALUE, *path, field=name, value=word, values=form[1])
    else:
        tiers = registry.tiers if registry and name.endswith("tier") else None
        allowed = column.values if tiers is None else tiers
        if allowed is not None and word not in allowed:
            hint = closest(word, allowed)
            item.report(UNKNOWN_VALUE, *path, hint=hint, field=name, value=word, values=", ".join(allowed))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_month(text: str) -> bool:
    return _is_day(f"{text}-01")


_DAY: tuple[Callable[[str], bool], str] = (_is_day, "ngày viết như 2023-03-14")
_FORMS = {"month": (_is_month, "tháng viết như 2023-03"), "day": _DAY, "due": _DAY, "done_on": _DAY}


def known(item: Item, path: Path, name: str, table: str) -> bool:
    """Report a field that the table lacks; a dimension's name is answered with its field."""
    if name in TABLES[table]:
        return True
    hint = DIMENSIONS.get(name, {}).get(table) or closest(name, TABLES[table])
    item.report(UNKNOWN_FIELD, *path, hint=hint, on_key=True, table=table, field=name, fields=", ".join(TABLES[table]))
    return False


def _at(item: Item, path: Path) -> Any:
    value: Any = item.data
    for part in path:
        value = value.get(part) if isinstance(value, dict) else None
    return value
