"""A comparison as plain data for other programs; docs/so-sanh.md documents it."""

from __future__ import annotations

from fractions import Fraction

from chungtay_reports.comparing.comparison import Comparison, Line
from chungtay_reports.comparing.sides import Side
from chungtay_reports.comparing.wording import paragraph
from chungtay_reports.difference import Difference, Part
from chungtay_reports.edition import LedgerRow

SCHEMA = "urn:chungtay-reports:schema:difference-1"


def comparison_data(found: Comparison) -> dict[str, object]:
    """Give a comparison, every printed figure of it, also those that did not change."""
    return {
        "$schema": SCHEMA,
        "old": _side(found.old),
        "new": _side(found.new),
        "summary": paragraph(found),
        "figures": [_line(line) for line in found.lines],
    }


def explained(difference: Difference | None) -> list[dict[str, object]]:
    """Give the causes of a difference; their amounts add up to it."""
    parts = difference.parts if difference else ()
    return [_part(part) for part in parts]


def _part(part: Part) -> dict[str, object]:
    unit = {"unit": part.unit, "name": part.called} if part.unit else {}
    return {"cause": part.cause, "amount": plain(part.amount), **unit, "records": list(part.records)}


def plain(value: int | Fraction | None) -> object:
    """Give a value exactly: a ratio as numerator and denominator, like in figures.json."""
    if isinstance(value, Fraction):
        return {"numerator": value.numerator, "denominator": value.denominator}
    return value


def _side(side: Side) -> dict[str, object]:
    world = side.world
    return {
        "edition": side.key,
        "words": side.words,
        "as_of": world.as_of.isoformat(),
        "period": {"from": world.period.start.isoformat(), "to": world.period.end.isoformat()},
    }


def _line(line: Line) -> dict[str, object]:
    found = line.difference
    return {
        "label": line.row.label,
        "metric": line.row.figure.query.metric,
        "unit": line.row.unit,
        "changed": line.changed,
        "old": _printed(line.old, found.old if found else None),
        "new": _printed(line.new, found.new if found else None),
        "causes": explained(found),
    }


def _printed(row: LedgerRow | None, value: int | Fraction | None) -> object:
    if row is None:
        return None if value is None else {"value": plain(value), "prints": []}
    prints = [{"text": one.text, "where": one.where} for one in row.prints]
    return {"value": plain(row.figure.value if value is None and prints else value), "prints": prints}
