"""Read content/metrics/*.yaml into metric definitions, or every reason why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from chungtay_reports.errors import Code, Problem
from chungtay_reports.figures.columns import TABLES
from chungtay_reports.figures.metric_item import MISSING, WRONG, Item, Path, filters, known
from chungtay_reports.figures.metric_rules import relations
from chungtay_reports.meant import closest
from chungtay_reports.model import Measure, Metric, MetricTest
from chungtay_reports.source.files import Parsed
from chungtay_reports.units.registry import Registry

NOT_A_LIST = Code("M101", "tệp chỉ tiêu phải là một danh sách, mỗi chỉ tiêu bắt đầu bằng “- name: …”")
UNKNOWN_KEY = Code("M103", "chỉ tiêu không có mục “{key}”; chỉ có {keys}")
NAME = Code("M105", "tên “{name}” phải là chữ thường không dấu, chữ số và gạch dưới, bắt đầu bằng chữ: truong_ky_ket")
DUPLICATE = Code("M106", "chỉ tiêu “{name}” đã định nghĩa ở {other}; mỗi tên chỉ dùng một lần")
UNKNOWN_TABLE = Code("M107", "không có bảng “{table}”; chỉ có {tables}")
UNKNOWN_MEASURE = Code("M110", "không hiểu cách đếm “{op}”; chỉ có {ops}")
NOT_A_NUMBER = Code("M111", "trường {field} không cộng được; cộng được {fields}")
NOT_COUNTABLE = Code(
    "M112",
    "không đếm theo trường {field} như vậy được; “count” đếm bản ghi, “count_distinct” đếm giá trị, “sum” cộng số",
)
DERIVED_TABLE = Code(
    "M113", "chỉ tiêu {op} lấy số từ các chỉ tiêu khác nên không có “{key}”; hãy bỏ, hoặc lọc ở chỉ tiêu gốc"
)
BAD_TEST = Code(
    "M120", "không hiểu phép thử “{test}”; chỉ có not_above: <chỉ tiêu>, max_jump: <số lần>, one_per: <trường>"
)
BAD_JUMP = Code("M121", "max_jump phải là một số lớn hơn 1, ví dụ 3 (không quá ba lần kỳ trước), không phải “{value}”")

KEYS = ("name", "label", "short", "unit", "from", "where", "measure", "tests", "money", "adds")
OPS = ("count", "count_distinct", "sum", "ratio", "sum_of")
DERIVED = ("ratio", "sum_of")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)


def read_metrics(
    documents: tuple[Parsed, ...], registry: Registry | None = None
) -> tuple[Mapping[str, Metric], tuple[Problem, ...]]:
    """Read all definitions; files may refer to each other, and, given a registry, name only its units and tiers.

    A metric that cannot be read, or that stands on one that is not there, is left out and reported.
    """
    problems: list[Problem] = []
    found: dict[str, Metric] = {}
    for document in documents:
        if not isinstance(document.data, list):
            problems.append(NOT_A_LIST.at(document.place(())))
            continue
        for index in range(len(document.data)):
            metric = _metric(Item(document, (index,), problems, registry))
            if metric is None:
                continue
            if metric.name in found:
                place = document.place((index, "name"))
                problems.append(DUPLICATE.at(place, name=metric.name, other=found[metric.name].place))
                continue
            found[metric.name] = metric
    sound, more = relations(found)
    return {name: sound[name] for name in sorted(sound)}, tuple(sorted({*problems, *more}))


def _metric(item: Item) -> Metric | None:
    before = len(item.problems)
    if not item.data:
        item.report(NOT_A_LIST)
        return None
    for key in item.data:
        if key not in KEYS:
            item.report(UNKNOWN_KEY, key, hint=closest(key, KEYS), on_key=True, key=key, keys=", ".join(KEYS))
    name = item.text("name", required=True)
    if name and not _NAME.fullmatch(name):
        item.report(NAME, "name", name=name)
    op = _op(item)
    table = _table(item, op)
    measure = _MEASURES[op](item, op, table) if op else Measure("")
    metric = Metric(
        name=name,
        label=item.text("label", required=True),
        unit=item.text("unit", required=op != "ratio") or "%",
        table=table,
        measure=measure,
        where=filters(item, ("where",), table) if table else (),
        tests=_tests(item, table),
        place=item.document.place((*item.path, "name")),
        short=item.text("short"),
        money=_flag(item, "money"),
        adds=item.text("adds"),
    )
    return metric if len(item.problems) == before else None


def _flag(item: Item, key: str) -> bool:
    value = item.data.get(key, False)
    if not isinstance(value, bool):
        item.report(WRONG, key, key=key, expected="true hoặc false", value=value)
    return value is True


def _op(item: Item) -> str:
    """Return what the metric does: `measure: count`, or the key of `measure: {…}` that names an operation."""
    measure = item.data.get("measure")
    if measure is None:
        item.report(MISSING, field="measure")
        return ""
    words = [measure] if isinstance(measure, str) else list(measure) if isinstance(measure, dict) else [str(measure)]
    known = [word for word in words if word in OPS]
    extra = [word for word in words if word not in OPS and not (word == "registry" and known == ["ratio"])]
    if len(known) == 1 and not extra and (isinstance(measure, dict) or known == ["count"]):
        return known[0]
    wrong = (extra or words or [""])[0]
    item.report(UNKNOWN_MEASURE, "measure", hint=closest(str(wrong), OPS), op=wrong, ops=", ".join(OPS))
    return ""


def _table(item: Item, op: str) -> str:
    if op in DERIVED:
        for key in ("from", "where"):
            if key in item.data:
                item.report(DERIVED_TABLE, key, on_key=True, op=op, key=key)
        return ""
    table = item.text("from", required=bool(op))
    if table and table not in TABLES:
        item.report(UNKNOWN_TABLE, "from", hint=closest(table, TABLES), table=table, tables=", ".join(TABLES))
        return ""
    return table


# --------------------------------------------------------------------------- measures


def _count(item: Item, op: str, table: str) -> Measure:
    data = item.data["measure"]
    name = data[op] if isinstance(data, dict) else "id"
    if name == "id" or not table:  # “count: id” counts rows' things also where they have a key of their own
        return Measure(op, "id")
    if not isinstance(name, str) or not known(item, ("measure", op), name, table):
        return Measure(op, "id")
    if not TABLES[table][name].key:
        item.report(NOT_COUNTABLE, "measure", op, field=name, hint=f"{{count_distinct: {name}}}")
    return Measure(op, name)


def _of_field(item: Item, op: str, table: str) -> Measure:
    name = item.data["measure"][op]
    if not isinstance(name, str):
        item.report(WRONG, "measure", op, key=op, expected="tên một trường", value=name)
    elif table and known(item, ("measure", op), name, table):
        numbers = [other for other, column in TABLES[table].items() if column.number]
        if op == "sum" and name not in numbers:
            offer = ", ".join(numbers) or "không trường nào"
            item.report(NOT_A_NUMBER, "measure", op, hint=closest(name, numbers), field=name, fields=offer)
        if op == "count_distinct" and name in numbers:
            item.report(NOT_COUNTABLE, "measure", op, field=name, hint=f"{{sum: {name}}}")
    return Measure(op, str(name))


def _ratio(item: Item, op: str, _: str) -> Measure:
    """Read `{ratio: [A, B]}`, `{ratio: A, registry: {…}}`, or the same with `of`, `to`, `registry` inside `ratio`."""
    data = item.data["measure"]
    inner = data[op]
    path: Path = ("measure",)
    if isinstance(inner, dict):
        path, data = ("measure", op), {op: inner.get("of"), **inner}
        inner = [inner["of"], inner["to"]] if {"of", "to"} <= inner.keys() else inner.get("of")
    terms = inner if isinstance(inner, list) else [inner]
    unknown = set(data) - {op, "of", "to", "registry"}
    if unknown or not all(isinstance(term, str) for term in terms) or len(terms) + ("registry" in data) != 2:
        expected = "{ratio: [tử, mẫu]} hay {ratio: tử, registry: {…}}"
        item.report(WRONG, "measure", key="measure", expected=expected, value=item.data["measure"])
        return Measure(op)
    registry = filters(item, (*path, "registry"), "units") if "registry" in data else ()
    return Measure(op, terms=tuple(terms), registry=registry)


def _sum_of(item: Item, op: str, _: str) -> Measure:
    terms = item.data["measure"][op]
    if not isinstance(terms, list) or len(terms) < 2 or not all(isinstance(term, str) for term in terms):
        item.report(WRONG, "measure", op, key=op, expected="danh sách từ hai chỉ tiêu trở lên", value=terms)
        return Measure(op)
    return Measure(op, terms=tuple(terms))


_MEASURES: Mapping[str, Callable[[Item, str, str], Measure]] = {
    "count": _count,
    "count_distinct": _of_field,
    "sum": _of_field,
    "ratio": _ratio,
    "sum_of": _sum_of,
}


# --------------------------------------------------------------------------- tests


def _tests(item: Item, table: str) -> tuple[MetricTest, ...]:
    """Read `tests: {not_above: M}` or a list of such."""
    data = item.data.get("tests") or []
    parts = [((), data)] if isinstance(data, dict) else [((index,), part) for index, part in enumerate(data)]
    found = []
    for path, part in parts:
        if not isinstance(part, dict):
            item.report(BAD_TEST, "tests", *path, test=part)
            continue
        for name, argument in part.items():
            _check_test(item, ("tests", *path, name), argument, table)
            found.append(MetricTest(name, str(argument)))
    return tuple(found)


def _check_test(item: Item, path: Path, argument: object, table: str) -> None:
    name = str(path[-1])
    if name == "one_per" and isinstance(argument, str) and table:
        known(item, path, argument, table)
    elif name == "max_jump":
        if not _factor(argument):
            item.report(BAD_JUMP, *path, value=argument)
    elif name != "not_above" or not isinstance(argument, str):
        item.report(BAD_TEST, *path, on_key=True, hint=closest(name, ("not_above", "max_jump", "one_per")), test=name)


def _factor(argument: object) -> bool:
    try:
        return not isinstance(argument, bool) and Fraction(str(argument)) > 1
    except (ValueError, ZeroDivisionError):
        return False
