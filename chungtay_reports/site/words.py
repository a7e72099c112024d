"""What metrics mean and what their values look like, in words for readers who know neither YAML nor SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache

from chungtay_reports.figures.labels import group_label
from chungtay_reports.figures.measure import definition
from chungtay_reports.model import Coverage, Figure, Filter, Metric
from chungtay_reports.site.book import Span
from chungtay_reports.units.registry import Registry
from chungtay_reports.vietnamese import join, number, percent, press_date, sentence_start
from chungtay_reports.vietnamese import money as dong

# table → what one row of it is, and which day puts it into a period
ROWS: Mapping[str, tuple[str, str]] = {
    "agreements": ("văn bản đã ký", "tính vào kỳ có ngày ký"),
    "activities": ("hoạt động đã diễn ra", "tính vào kỳ có ngày đầu của hoạt động"),
    "participants": ("hoạt động có đơn vị tham gia", "tính vào kỳ có ngày đầu của hoạt động"),
    "plan_tasks": (
        "đầu việc của kế hoạch kết nối",
        "tính vào kỳ có hạn hoàn thành; xong hay chậm xét đến ngày chốt số liệu",
    ),
    "submissions": ("lần nộp báo cáo", "tính vào kỳ có ngày cuối của báo cáo"),
    "units": ("đơn vị trong danh mục", "tính những đơn vị còn hiệu lực vào ngày cuối kỳ"),
}
FIELDS: Mapping[str, str] = {
    "kind": "loại", "level": "cấp", "mode": "hình thức", "direction": "chiều", "topic": "nội dung", "topics": "nội dung",
    "status": "tình trạng", "complete": "đủ số liệu", "group": "nhóm", "area": "khối", "tier": "loại đơn vị", "role": "vai trò",
    "party": "bên ký", "host": "đơn vị chủ trì", "partner": "đơn vị phối hợp", "unit": "đơn vị", "parties": "bên ký", "parent": "thuộc",
    "reports": "phải báo cáo", "statistical": "dòng tổng hợp",
}  # fmt: skip
IN_TABLE = {("participants", "party"): "đơn vị tham gia", ("units", "level"): "cấp học"}
# The part of a unit that a test looks at, after the word for the unit: “đơn vị phối hợp thuộc tỉnh Yên Bái”.
PARTS: Mapping[str, str] = {"level": "cấp học", "tier": "là", "area": "thuộc", "unit": "thuộc"}
WHOSE = {"tier", "area", "unit"}  # parts that need the word for the unit
TRUTH = {"true": "{field}", "false": "không {field}"}
OPS: Mapping[str, str] = {
    "count": "Đếm từng {row}",
    "count_distinct": "Đếm số {unit} khác nhau trong các {row}; một {unit} có mặt nhiều lần vẫn tính một",
    "sum": "Cộng số {unit} ghi trong từng {row}",
}


def value_words(figure: Figure, metric: Metric, *, noun: bool = False) -> str:
    """Print a value exactly: “672”, “40,3%”, “1.250.000.000”; with its noun “672 trường”."""
    if isinstance(figure.value, Fraction):
        return percent(figure.value)
    text = _printed(figure.value, money=metric.money)
    return f"{text}\u00a0{metric.unit}" if noun else text


@cache
def _printed(value: int, *, money: bool) -> str:
    """Print a whole number; small ones come again and again over the pages."""
    return dong(value, "table") if money else number(value)


def coverage_words(coverage: Coverage) -> str:
    """Say who has reported, or nothing where nobody is expected to or nobody has."""
    expected = len(coverage.expected)
    return f"{number(coverage.reported)}/{number(expected)} đơn vị đã báo cáo đủ" if coverage.reported else ""


def span_words(span: Span, as_of: date) -> str:
    """Name a school year, saying so when it is not over."""
    return span.name if span.whole else f"{span.name}, đến {press_date(as_of)}"


def meaning(metric: Metric, metrics: Mapping[str, Metric], registry: Registry, day: date) -> tuple[str, ...]:
    """Define a metric in full sentences: how it is counted, what alone counts, which day decides."""
    op = metric.measure.op
    if op == "ratio":
        return (_ratio(metric, metrics, registry, day),)
    if op == "sum_of":
        terms = join([f"“{definition(term, metrics).label}”" for term in metric.measure.terms])
        return (f"Cộng {terms}{f' ({metric.adds})' if metric.adds else ''}.",)
    row, decides = ROWS[metric.table]
    counted = "tiền (đồng)" if metric.money else metric.unit
    sentences = [f"{OPS[op].format(row=row, unit=counted)}."]
    if metric.where:
        tests = "; ".join(_test(test, metric.table, registry, day) for test in metric.where)
        sentences.append(f"Chỉ tính: {tests}.")
    return (*sentences, f"{sentence_start(decides)}.")


def _ratio(metric: Metric, metrics: Mapping[str, Metric], registry: Registry, day: date) -> str:
    first, *rest = [definition(term, metrics).label for term in metric.measure.terms]
    if rest:
        return f"“{first}” chia cho “{rest[0]}”."
    tests = "; ".join(_test(test, "units", registry, day) for test in metric.measure.registry)
    return f"“{first}” chia cho số đơn vị trong danh mục còn hiệu lực vào ngày cuối kỳ ({tests})."


def _test(test: Filter, table: str, registry: Registry, day: date) -> str:
    """Say a filter in words: “loại chuyên đề”, “cấp học mầm non, tiểu học hoặc THCS”, “đơn vị phối hợp thuộc tỉnh Yên Bái”."""
    head, _, part = test.field.partition(".")
    field = IN_TABLE.get((table, head)) or FIELDS.get(head, head)
    if set(test.values) <= set(TRUTH):
        return " hoặc ".join(TRUTH[value].format(field=field) for value in test.values)
    if part in PARTS:
        field = f"{field} {PARTS[part]}" if part in WHOSE else PARTS[part]
    *most, last = [group_label(test.field, value, day, registry, table) for value in test.values]
    if any("," in value for value in most):
        *most, last = [f"“{value}”" for value in (*most, last)]
    values = f"{', '.join(most)} hoặc {last}" if most else last
    text = values if values.startswith(field) else f"{field} {values}"
    return f"không phải {text}" if test.negate else text
