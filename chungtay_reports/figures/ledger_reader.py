"""figures.json read back into a ledger: what `diff` and `verify` start from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from chungtay_reports.edition import Ledger, LedgerRow, Printed, RecordNote
from chungtay_reports.errors import Place, ReportsError, other_version
from chungtay_reports.model import Coverage, Figure, Filter, Measure, Metric, MetricTest, Period, Query

READABLE = "1."


class LedgerUnreadableError(ReportsError):
    """The text is not a figures.json that this program understands."""

    exit_code = 1


def read_json(text: str) -> Ledger:
    """Read a ledger back: `read_json(to_json(edition)) == edition.ledger`. Other minor versions of 1 are read too."""
    try:
        data = json.loads(text, object_pairs_hook=_no_repeats, parse_constant=_no_constant)
        version = data.get("version", "") if isinstance(data, dict) else ""
        if not str(version).startswith(READABLE):
            raise LedgerUnreadableError(f"Tệp sổ số liệu {other_version(version)}.")
        return _ledger(data)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, ZeroDivisionError, RecursionError) as error:
        raise LedgerUnreadableError(f"Không đọc được tệp sổ số liệu: {type(error).__name__} {error}") from error


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("khóa lặp lại")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _ledger(data: Mapping[str, Any]) -> Ledger:
    coverages = [Coverage(tuple(one["expected"]), tuple(one["missing"])) for one in data["coverage"]]
    rows = {row["id"]: row for row in data["figures"]}

    @cache
    def figure(id_: str) -> Figure:
        row = rows[id_]
        return Figure(
            query=Query(row["metric"], _period(row["period"]), _day(row["as_of"]), _filters(row["filters"]["fields"])),
            value=_value(row["value"]),
            coverage=coverages[row["coverage"]],
            records=tuple(row["records"]),
            units=tuple(row["units"]),
            statistical=row["statistical"],
            op=row["op"],
            operands=tuple(figure(operand) for operand in row["operands"]),
        )

    return Ledger(
        rows=tuple(_row(row, figure(id_)) for id_, row in rows.items()),
        records={id_: _record(id_, note) for id_, note in data["records"].items()},
        as_of=_day(data["as_of"]),
        period=_period(data["period"]),
        coverage=coverages[0],
        metrics={name: _metric(name, metric) for name, metric in data["metrics"].items()},
    )


def _row(row: Mapping[str, Any], figure: Figure) -> LedgerRow:
    return LedgerRow(
        id=row["id"],
        figure=figure,
        label=row["label"],
        unit=row["unit"],
        prints=tuple(Printed(one["text"], one["hedge"], one["where"]) for one in row["prints"]),
        operands=tuple(row["operands"]),
        filters=row["filters"]["words"],
    )


def _value(value: Any) -> int | Fraction:
    if isinstance(value, dict):
        return Fraction(value["numerator"], value["denominator"])
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _period(data: Mapping[str, str]) -> Period:
    return Period(_day(data["from"]), _day(data["to"]), data["name"])


def _filters(data: list[Mapping[str, Any]]) -> tuple[Filter, ...]:
    return tuple(Filter(one["field"], tuple(one["values"]), one["negate"]) for one in data)


def _place(data: Mapping[str, Any]) -> Place:
    return Place(data["file"], data["line"], data["column"])


def _metric(name: str, data: Mapping[str, Any]) -> Metric:
    measure = data["measure"]
    return Metric(
        name=name,
        label=data["label"],
        unit=data["unit"],
        table=data["from"],
        measure=Measure(measure["op"], measure["field"], tuple(measure["terms"]), _filters(measure["registry"])),
        where=_filters(data["where"]),
        tests=tuple(MetricTest(test["name"], test["argument"]) for test in data["tests"]),
        place=_place(data),
        short=data["short"],
        money=data["money"],
        adds=data["adds"],
    )


def _record(id_: str, data: Mapping[str, Any]) -> RecordNote:
    return RecordNote(
        id=id_,
        kind=data["kind"],
        place=_place(data),
        summary=data["summary"],
        day=_day(data["date"]) if data["date"] else None,
        illustration=data["illustration"],
        statistical=data["statistical"],
    )
