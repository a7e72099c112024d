"""What figures and their groups are called in words: for prose, the ledger and the appendix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from chungtay_reports.figures.columns import TABLES, Column, field_of
from chungtay_reports.figures.measure import base_metrics, definition
from chungtay_reports.figures.periods import label as period_label
from chungtay_reports.model import Figure, Filter, Metric, Period
from chungtay_reports.units.registry import Registry

# A derived figure's label from the labels of its first operands and of their common period.
DERIVED: Mapping[str, str] = {
    "share": "Tỷ trọng của “{0}” trong “{1}”",
    "difference": "Chênh lệch của “{0}” so với “{1}”",
    "change": "Mức tăng, giảm của “{0}” so với “{1}”",
    "rank": "Thứ hạng của “{0}”",
}
# Of one thing in two periods: its name is said once.
OVER_TIME: Mapping[str, str] = {
    "difference": "Chênh lệch của “{0}”, {1} so với {2}",
    "change": "Mức tăng, giảm của “{0}”, {1} so với {2}",
}
UNITS: Mapping[str, str] = {"share": "%", "change": "%", "rank": "hạng"}
POINTS = "điểm phần trăm"


def figure_unit(figure: Figure, metrics: Mapping[str, Metric]) -> str:
    """Return the noun that a figure counts; “%” for shares, “điểm phần trăm” for a difference of percentages."""
    own = definition(figure.query.metric, metrics).unit
    if figure.op == "difference":
        return POINTS if own == "%" or figure.operands[0].op in UNITS else own
    return UNITS.get(figure.op, own)


def figure_label(figure: Figure, metrics: Mapping[str, Metric], registry: Registry) -> str:
    """Say what a figure is: “Chuyên đề cấp trường, quận Cầu Giấy, 12/2022–7/2023”."""
    pattern = DERIVED.get(figure.op)
    if pattern is None:
        return f"{_subject(figure, metrics, registry)}, {period_label(figure.query.period)}"
    operands = figure.operands[:2]
    same = figure.op == "rank" or len({operand.query.period for operand in operands}) == 1
    subjects = [_subject(operand, metrics, registry) for operand in operands]
    if not same and figure.op in OVER_TIME and len(set(subjects)) == 1:
        return OVER_TIME[figure.op].format(subjects[0], *(period_label(operand.query.period) for operand in operands))
    name = _subject if same else figure_label
    text = pattern.format(*(name(operand, metrics, registry) for operand in operands))
    return f"{text}, {period_label(figure.query.period)}" if same else text


def _subject(figure: Figure, metrics: Mapping[str, Metric], registry: Registry) -> str:
    metric = definition(figure.query.metric, metrics)
    if figure.op in DERIVED:
        return figure_label(figure, metrics, registry)
    words = filter_words(figure, metrics, registry)
    return f"{metric.label}, {words}" if words else metric.label


def filter_words(figure: Figure, metrics: Mapping[str, Metric], registry: Registry) -> str:
    """Say a query's filters in words, in the order in which they were asked: “quận Cầu Giấy, cấp trường”."""
    query = figure.query
    table = base_metrics(query.metric, metrics)[0].table
    return ", ".join(_filter(test, table, query.period, registry) for test in query.where)


def _filter(test: Filter, table: str, period: Period, registry: Registry) -> str:
    words = " hoặc ".join(group_label(test.field, value, period.end, registry, table) for value in test.values)
    return f"trừ {words}" if test.negate else words


def group_label(
    dimension: str, key: str, day: date, registry: Registry, table: str = "", *, style: str = "full"
) -> str:
    """Name a group in prose: “quận Cầu Giấy”, “THCS”, “cấp trường”, “tháng 3/2023”; units are named as of `day`."""
    for field, column in _columns(dimension, table):
        if column.unit and key in registry.units:
            return registry.name(key, day, style)
        if column.values and key in column.values:
            return column.values[key]
        if field == "month":
            year, month = key.split("-")
            return f"tháng {int(month)}/{year}"
        if field.endswith("tier") and key in registry.tiers:
            return registry.tiers[key].label
    return key


def _columns(dimension: str, table: str) -> Iterator[tuple[str, Column]]:
    """List the fields that a dimension or field name means: in `table`, or else in every table that has it."""
    for name in (table,) if table else TABLES:
        field = field_of(dimension, name)
        if field:
            yield field, TABLES[name][field]
