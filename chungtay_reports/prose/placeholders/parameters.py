"""The arguments of placeholders: what each kind of argument may be, and how a typed call is bound to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chungtay_reports.errors import Code, Problem
from chungtay_reports.figures.columns import AREAS, DIMENSIONS, DIRECTIONS
from chungtay_reports.figures.desk import Desk
from chungtay_reports.meant import closest
from chungtay_reports.model import Filter, Period
from chungtay_reports.prose.calls import Argument, Call, Constant
from chungtay_reports.prose.manuscript import Manuscript
from chungtay_reports.records import KIND_LABELS
from chungtay_reports.records.fields import LEVELS, MODES, SCHOOL_LEVELS, TOPICS

UNKNOWN_ARGUMENT = Code("P311", "“{name}” không có tham số “{argument}”; có: {known}.")
MISSING_ARGUMENT = Code("P312", "“{name}” thiếu tham số “{argument}”: {help}.")
TOO_MANY = Code("P313", "“{name}” có nhiều giá trị không tên hơn số tham số; gọi tên tham số, ví dụ cap_hoc='thcs'.")
TWICE = Code("P314", "Tham số “{argument}” được cho hai lần.")
WRONG_VALUE = Code("P315", "Tham số “{argument}” nhận {expected}; ở đây là “{value}”.")
UNKNOWN_METRIC = Code("P316", "Không có chỉ tiêu “{value}”; xem danh sách bằng lệnh chungtay figures.")


MOST_DECIMALS = 3


class WrongValueError(Exception):
    """A value that its parameter does not take: what it takes, and a close right value."""

    def __init__(self, expected: str, hint: str | None = None) -> None:
        super().__init__(expected)
        self.expected = expected
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its short Vietnamese name, its kind (a row of `KINDS`), what it means; `choices` for kind choice."""

    name: str
    kind: str
    help: str
    required: bool = False
    default: Constant = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """The arguments of a call by parameter, and the filters and the period that they make."""

    values: Mapping[str, object]
    where: tuple[Filter, ...]
    period: Period | None
    spots: Mapping[str, int]  # offset of each given value in the manuscript

    def text(self, name: str) -> str:
        return str(self.values[name] or "")

    def flag(self, name: str) -> bool:
        return bool(self.values[name])

    def many(self, name: str) -> tuple[str, ...]:
        value = self.values[name]
        return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),) if value else ()

    def count(self, name: str, default: int) -> int:
        value = self.values[name]
        return value if isinstance(value, int) else default


def _metric(value: Constant, desk: Desk, _: Parameter) -> object:
    if isinstance(value, str) and value in desk.library.metrics:
        return value
    raise WrongValueError("", closest(str(value), desk.library.metrics))


def _metrics(value: Constant, desk: Desk, parameter: Parameter) -> object:
    values = value if isinstance(value, tuple) else (value,)
    if not values:
        raise WrongValueError("ít nhất một chỉ tiêu, ví dụ ['truong_ky_ket', 'chuyen_de']")
    return tuple(_metric(one, desk, parameter) for one in values)


def _text(value: Constant, _: Desk, __: Parameter) -> object:
    if isinstance(value, str) and value.strip():
        return value
    raise WrongValueError("một đoạn chữ trong nháy đơn")


def _flag(value: Constant, _: Desk, __: Parameter) -> object:
    if isinstance(value, bool):
        return value
    raise WrongValueError("True hoặc False")


def _count(value: Constant, _: Desk, __: Parameter) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 200:
        return value
    raise WrongValueError("một số nguyên từ 1 đến 200")


def _decimals(value: Constant, _: Desk, __: Parameter) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_DECIMALS:
        return value
    raise WrongValueError(f"một số nguyên từ 0 đến {MOST_DECIMALS}")


def _choice(value: Constant, _: Desk, parameter: Parameter) -> object:
    if value in parameter.choices:
        return value
    choices = ", ".join(f"'{choice}'" for choice in parameter.choices)
    raise WrongValueError(f"một trong {choices}", closest(str(value), parameter.choices))


def _dimension(value: Constant, _: Desk, __: Parameter) -> object:
    if value in DIMENSIONS:
        return value
    raise WrongValueError(f"một trong {', '.join(DIMENSIONS)}", closest(str(value), DIMENSIONS))


def _unit(value: Constant, desk: Desk, _: Parameter) -> object:
    registry = desk.library.registry
    values = value if isinstance(value, tuple) else (value,)
    for one in values:
        if not isinstance(one, str) or registry.unit(one) is None:
            raise WrongValueError(
                "mã đơn vị trong danh mục, ví dụ 'quan-cau-giay'", registry.suggest(str(one), top=True)
            )
    return values


def _one_of(words: Mapping[str, str]) -> Kind:
    def check(value: Constant, _: Desk, __: Parameter) -> object:
        values = value if isinstance(value, tuple) else (value,)
        for one in values:
            if one not in words:
                raise WrongValueError(f"một trong {', '.join(words)}", closest(str(one), words))
        return values

    return check


def _month(value: Constant, _: Desk, __: Parameter) -> object:
    values = value if isinstance(value, tuple) else (value,)
    if all(isinstance(one, str) and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", one) for one in values):
        return values
    raise WrongValueError("tháng, ví dụ '2023-03'")


def _period(value: Constant, desk: Desk, _: Parameter) -> object:
    if isinstance(value, Period):
        return value
    period = read_period(value, desk) if isinstance(value, str) else None
    if period is None:
        expected = "'ky_nay', 'ky_truoc', 'tu_dau', năm học '2023-2024', năm '2023', tháng '2023-03' hoặc '2023-03-01..2023-05-31'"
        raise WrongValueError(expected, closest(str(value), ("ky_nay", "ky_truoc", "tu_dau")))
    return period


Kind = Callable[[Constant, Desk, Parameter], object]
KINDS: Mapping[str, Kind] = {
    "metric": _metric,
    "metrics": _metrics,
    "text": _text,
    "prose": _text,  # words that reach the page: the lint reads them too
    "flag": _flag,
    "count": _count,
    "decimals": _decimals,
    "choice": _choice,
    "dimension": _dimension,
    "unit": _unit,
    "month": _month,
    "period": _period,
    "cap_hoc": _one_of(SCHOOL_LEVELS),
    "cap": _one_of(LEVELS),
    "chu_de": _one_of(TOPICS),
    "hinh_thuc": _one_of(MODES),
    "khoi": _one_of(AREAS),
    "loai": _one_of(KIND_LABELS),
    "chieu": _one_of(DIRECTIONS),
}

PERIOD = Parameter("ky", "period", "kỳ khác với kỳ của bài")
FILTERS: tuple[Parameter, ...] = (
    Parameter("don_vi", "unit", "chỉ tính đơn vị này (mã trong danh mục)"),
    Parameter("cap_hoc", "cap_hoc", f"cấp học: {', '.join(SCHOOL_LEVELS)}"),
    Parameter("cap", "cap", f"cấp tổ chức: {', '.join(LEVELS)}"),
    Parameter("chu_de", "chu_de", "nhóm nội dung chuyên đề"),
    Parameter("hinh_thuc", "hinh_thuc", f"hình thức: {', '.join(MODES)}"),
    Parameter("khoi", "khoi", f"khối: {', '.join(AREAS)}"),
    Parameter("loai", "loai", "loại giao ước hoặc hoạt động"),
    Parameter("chieu", "chieu", f"chiều tham quan: {', '.join(DIRECTIONS)}"),
    Parameter("thang", "month", "tháng, ví dụ '2023-03'"),
)
_FILTER_NAMES = frozenset(parameter.name for parameter in FILTERS)
SCOPE = (*FILTERS, PERIOD)


def read_period(text: str, desk: Desk) -> Period | None:
    """Read the name of a period: the edition's, the one compared with, a school year, a year, a month, or two days."""
    match text:
        case "ky_nay":
            return desk.period
        case "ky_truoc":
            return desk.previous
        case "tu_dau":
            return Period(desk.library.settings.movement.start, desk.period.end)
    try:
        return _dated_period(text, desk)
    except ValueError:
        return None


def _dated_period(text: str, desk: Desk) -> Period | None:
    if re.fullmatch(r"\d{4}-\d{4}", text):
        first = int(text[:4])
        if int(text[5:]) != first + 1:
            return None
        turn = desk.library.settings.calendar.school_year_start
        start, following = (date.fromisoformat(f"{year}-{turn}") for year in (first, first + 1))
        return Period(start, following - timedelta(days=1), f"năm học {text}")
    if re.fullmatch(r"\d{4}", text):
        return Period(date(int(text), 1, 1), date(int(text), 12, 31), f"năm {text}")
    if re.fullmatch(r"\d{4}-\d{2}", text):
        start = date.fromisoformat(f"{text}-01")
        following = (start + timedelta(days=31)).replace(day=1)
        return Period(start, following - timedelta(days=1), f"tháng {start.month}/{start.year}")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}", text):
        start, end = (date.fromisoformat(part) for part in text.split(".."))
        return Period(start, end) if start <= end else None
    return None


def bind(
    call: Call, parameters: tuple[Parameter, ...], desk: Desk, source: Manuscript
) -> tuple[Bound | None, tuple[Problem, ...]]:
    """Bind a call's arguments to parameters, or give every reason why not at the very argument."""
    given, problems = _assign(call, parameters, source)
    values: dict[str, object] = {}
    for parameter in parameters:
        argument = given.get(parameter.name)
        if argument is None:
            if parameter.required and not problems:
                facts = {"name": call.name, "argument": parameter.name, "help": parameter.help}
                problems.append(MISSING_ARGUMENT.at(source.place(call.name_at), **facts))
            values[parameter.name] = parameter.default
            continue
        if argument.value is None:
            values[parameter.name] = parameter.default
            continue
        try:
            values[parameter.name] = KINDS[parameter.kind](argument.value, desk, parameter)
        except WrongValueError as wrong:
            problems.append(_wrong(argument, parameter, wrong, source))
    if problems:
        return None, tuple(problems)
    spots = {name: argument.value_at for name, argument in given.items()}
    return Bound(values, _where(values), _chosen(values), spots), ()


def _assign(
    call: Call, parameters: tuple[Parameter, ...], source: Manuscript
) -> tuple[dict[str, Argument], list[Problem]]:
    names = [parameter.name for parameter in parameters]
    given: dict[str, Argument] = {}
    problems: list[Problem] = []
    position = 0
    for argument in call.arguments:
        place = source.place(argument.name_at)
        name = argument.name
        if not name:
            if position >= len(names):
                problems.append(TOO_MANY.at(place, name=call.name))
                continue
            name = names[position]
            position += 1
        if name not in names:
            facts = {"name": call.name, "argument": name, "known": ", ".join(names) or "không tham số nào"}
            problems.append(UNKNOWN_ARGUMENT.at(place, hint=closest(name, names) if names else None, **facts))
        elif name in given:
            problems.append(TWICE.at(place, argument=name))
        else:
            given[name] = argument
    return given, problems


def _wrong(argument: Argument, parameter: Parameter, wrong: WrongValueError, source: Manuscript) -> Problem:
    place = source.place(argument.value_at)
    if parameter.kind in {"metric", "metrics"} and not wrong.expected:
        return UNKNOWN_METRIC.at(place, hint=wrong.hint, value=_shown(argument.value))
    facts = {"argument": parameter.name, "expected": wrong.expected, "value": _shown(argument.value)}
    return WRONG_VALUE.at(place, hint=wrong.hint, **facts)


def _shown(value: Constant) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _where(values: Mapping[str, object]) -> tuple[Filter, ...]:
    """Make the filters that a call asks for; dimensions are names that measuring knows for every table."""
    return tuple(
        Filter(name, tuple(map(str, value)))
        for name, value in values.items()
        if name in _FILTER_NAMES and isinstance(value, tuple)
    )


def _chosen(values: Mapping[str, object]) -> Period | None:
    period = values.get("ky")
    return period if isinstance(period, Period) else None


def names(parameters: Iterable[Parameter]) -> tuple[str, ...]:
    """List the names of parameters."""
    return tuple(parameter.name for parameter in parameters)
