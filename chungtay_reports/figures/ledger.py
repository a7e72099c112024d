"""The ledger of an edition as files: figures.json (see docs/figures-json.md), figures.csv and records.csv."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from chungtay_reports.edition import Edition, Inlines, LedgerRow, Number, RecordNote, Text
from chungtay_reports.figures.derived import decimal
from chungtay_reports.figures.ledger_reader import LedgerUnreadableError, read_json
from chungtay_reports.figures.ledger_sheets import records_csv, to_csv
from chungtay_reports.model import Coverage, Filter, Measure, Metric, Period

__all__ = ["SCHEMA", "VERSION", "LedgerUnreadableError", "read_json", "records_csv", "to_csv", "to_json"]

SCHEMA = "urn:chungtay-reports:schema:figures-1"
VERSION = "1.0"


def to_json(edition: Edition) -> str:
    """Write figures.json: one metric, figure or record on a line, so that two versions compare line by line."""
    ledger = edition.ledger
    coverages = list(dict.fromkeys([ledger.coverage, *(row.figure.coverage for row in ledger.rows)]))
    head = {
        "$schema": SCHEMA,
        "version": VERSION,
        "edition": {
            "slug": edition.slug,
            "kind": edition.kind,
            "headline": plain(edition.headline),
            "issue": edition.issue,
            "issued": edition.issued.isoformat(),
        },
        "period": _period(ledger.period),
        "as_of": ledger.as_of.isoformat(),
    }
    lines = [f"{_key(name)}{_line(value)}" for name, value in head.items()]
    lines.append(_array("coverage", (_coverage(coverage) for coverage in coverages)))
    lines.append(_object("metrics", {name: _metric(metric) for name, metric in sorted(ledger.metrics.items())}))
    lines.append(_array("figures", (_row(row, coverages.index(row.figure.coverage)) for row in ledger.rows)))
    lines.append(_object("records", {id_: _record(note) for id_, note in sorted(ledger.records.items())}))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def plain(inlines: Inlines) -> str:
    """Return running text without its marks."""
    return "".join(_texts(inlines))


def _texts(inlines: Iterable[Any]) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Text | Number):
            yield inline.text
        else:
            yield from _texts(inline.children)


# --------------------------------------------------------------------------- values


def _period(period: Period) -> dict[str, str]:
    return {"from": period.start.isoformat(), "to": period.end.isoformat(), "name": period.name}


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {"expected": list(coverage.expected), "missing": list(coverage.missing)}


def _filters(where: Iterable[Filter]) -> list[dict[str, Any]]:
    return [{"field": test.field, "values": list(test.values), "negate": test.negate} for test in where]


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "op": measure.op,
        "field": measure.field,
        "terms": list(measure.terms),
        "registry": _filters(measure.registry),
    }


def _metric(metric: Metric) -> dict[str, Any]:
    return {
        "label": metric.label,
        "short": metric.short,
        "unit": metric.unit,
        "money": metric.money,
        "from": metric.table,
        "where": _filters(metric.where),
        "measure": _measure(metric.measure),
        "adds": metric.adds,
        "tests": [{"name": test.name, "argument": test.argument} for test in metric.tests],
        "file": metric.place.file,
        "line": metric.place.line,
        "column": metric.place.column,
    }


def _value(value: int | Fraction) -> int | dict[str, Any]:
    if isinstance(value, Fraction):
        return {"numerator": value.numerator, "denominator": value.denominator, "decimal": decimal(value)}
    return value


def _row(row: LedgerRow, coverage: int) -> dict[str, Any]:
    figure = row.figure
    return {
        "id": row.id,
        "label": row.label,
        "metric": figure.query.metric,
        "unit": row.unit,
        "value": _value(figure.value),
        "prints": [{"text": one.text, "hedge": one.hedge, "where": one.where} for one in row.prints],
        "filters": {"words": row.filters, "fields": _filters(figure.query.where)},
        "period": _period(figure.query.period),
        "as_of": figure.query.as_of.isoformat(),
        "op": figure.op,
        "operands": list(row.operands),
        "statistical": figure.statistical,
        "coverage": coverage,
        "reported": figure.coverage.reported,
        "expected": len(figure.coverage.expected),
        "records": list(figure.records),
        "units": list(figure.units),
    }


def _record(note: RecordNote) -> dict[str, Any]:
    return {
        "kind": note.kind,
        "summary": note.summary,
        "date": note.day.isoformat() if note.day else None,
        "file": note.place.file,
        "line": note.place.line,
        "column": note.place.column,
        "illustration": note.illustration,
        "statistical": note.statistical,
    }


# --------------------------------------------------------------------------- lines


# One for all lines: `json.dumps` would make an encoder for each.
_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(", ", ": ")).encode


def _key(name: str) -> str:
    return f"{_line(name)}: "


def _array(name: str, values: Iterable[object]) -> str:
    return f"{_key(name)}[{_inside(_line(value) for value in values)}]"


def _object(name: str, values: Mapping[str, object]) -> str:
    return f"{_key(name)}{{{_inside(f'{_key(key)}{_line(value)}' for key, value in values.items())}}}"


def _inside(lines: Iterable[str]) -> str:
    text = ",\n".join(lines)
    return f"\n{text}\n" if text else ""
