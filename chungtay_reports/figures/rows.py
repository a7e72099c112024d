"""Records become rows of tables: which table, which fields, which day decides."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from chungtay_reports.figures.columns import COUNTS
from chungtay_reports.model import Unit
from chungtay_reports.records import Activity, Agreement, Statistic, Submission
from chungtay_reports.records.activity import ACTIVITY_KINDS
from chungtay_reports.records.agreement import AGREEMENT_KINDS
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.library import Entry

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]
NEVER = date.max.toordinal()


def rows(entry: Entry, traits: Traits) -> Rows:
    """Lay one record out: (table, row) for every row that it makes.

    Beside the fields of `columns.TABLES` a row may carry `event` (ordinal of the day that decides its period),
    `weight` and `marked` (of statistical rows), `done` and `start` (ordinals). Fields with several values hold tuples.
    """
    return _ROWS[type(entry.record)](entry, entry.record, traits)


Trait = Mapping[str, str | None]


class Traits:
    """What tables say about a unit of the registry on a day (tier, level, unit, area), asked once per unit and place."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._turns: dict[str, tuple[date, ...]] = {}
        self._known: dict[tuple[str, int], Trait] = {}

    def of(self, id_: str, day: date) -> Trait:
        """Return the traits of a unit on a day: a school that has moved belongs to where it was by then."""
        turns = self._turns.get(id_)
        if turns is None:
            turns = self._turns[id_] = self.registry.turns(id_)
        place = bisect_right(turns, day) if turns else 0
        found = self._known.get((id_, place))
        if found is None:
            unit = self.registry.unit(id_)
            found = self._of(unit, day) if unit else dict.fromkeys(("tier", "level", "unit", "area"))
            self._known[id_, place] = found
        return found

    def _of(self, unit: Unit, day: date) -> Trait:
        fields = {name: self.registry.field(unit.id, name, day) or None for name in ("tier", "level", "unit", "area")}
        if fields["area"] is None and fields["unit"] is not None:
            fields["area"] = self.registry.field(fields["unit"], "area") or None
        return fields

    def named(self, prefix: str, id_: str, day: date) -> Row:
        """Make the fields of a party, host or partner that a record of that day names."""
        return {prefix: id_, **{f"{prefix}.{name}": value for name, value in self.of(id_, day).items()}}

    def unnamed(self, prefix: str, unit: str, level: str | None, day: date) -> Row:
        """Make the party of a statistical row, which names no school but knows their district and level."""
        own = self.of(unit, day)
        return {f"{prefix}.level": level, f"{prefix}.unit": own["unit"] or unit, f"{prefix}.area": own["area"]}

    def reporting(self, id_: str | None) -> bool:
        """Say whether a unit is of a tier that reports."""
        unit = self.registry.unit(id_ or "")
        return unit is not None and self.registry.tiers[unit.tier].reports

    def every(self, ids: Iterable[str], name: str, day: date) -> tuple[str, ...]:
        """List one trait of several units on a day, each value once."""
        return tuple(dict.fromkeys(value for id_ in ids if (value := self.of(id_, day)[name])))


def first_day(record: Activity) -> date:
    """Return the day of an activity, the first one when it took several."""
    day = record.day or record.start
    if day is None:
        raise ValueError(record.id)  # check lets no activity pass without a day
    return day


def _dated(day: date) -> Row:
    return {"event": day.toordinal(), "day": day.isoformat(), "month": day.isoformat()[:7]}


def _agreement(entry: Entry, record: Agreement, traits: Traits) -> Rows:
    common = {"id": record.id, "kind": record.kind, "unit": entry.unit}
    for party in dict.fromkeys(record.parties):
        yield "agreements", {**common, **_dated(record.signed_on), **traits.named("party", party, record.signed_on)}
    for number, task in enumerate(record.plan, 1):
        row = {
            **common,
            "task": f"{record.id}/{number}",
            "event": task.due.toordinal(),
            "due": task.due.isoformat(),
            "month": task.due.isoformat()[:7],
            "done_on": task.done_on.isoformat() if task.done_on else None,
            "done": task.done_on.toordinal() if task.done_on else NEVER,
            "parties.unit": traits.every(record.parties, "unit", record.signed_on),
        }
        yield "plan_tasks", row


def _activity(entry: Entry, record: Activity, traits: Traits) -> Rows:
    day = first_day(record)
    common = {"id": record.id, "kind": record.kind, "level": record.level, "mode": record.mode, **_dated(day)}
    host = traits.of(record.host, day)["unit"]
    partners = tuple(dict.fromkeys(record.partners))
    row = {
        **common,
        **traits.named("host", record.host, day),
        **numbers(record),
        "direction": record.direction,
        "topic": record.topics[0] if record.topics else None,
        "topics": tuple(dict.fromkeys(record.topics)),
        "partner": partners,
        "partner.level": traits.every(partners, "level", day),
        "partner.unit": traits.every(partners, "unit", day),
        "unit": host if traits.reporting(host) else entry.unit,
    }
    yield "activities", row
    for party in dict.fromkeys((record.host, *partners)):
        role = "chu-tri" if party == record.host else "phoi-hop"
        yield "participants", {**common, "role": role, **traits.named("party", party, day)}


def _statistic(_: Entry, record: Statistic, traits: Traits) -> Rows:
    common = {
        "id": record.id,
        "kind": record.of,
        "unit": traits.of(record.unit, record.period.end)["unit"] or record.unit,
        "weight": record.count,
        "marked": True,
        **_dated(record.period.end),
    }
    if record.of in AGREEMENT_KINDS:
        yield "agreements", {**common, **traits.unnamed("party", record.unit, record.school_level, record.period.end)}
    if record.of in ACTIVITY_KINDS:
        row = {
            **common,
            **traits.unnamed("host", record.unit, record.school_level, record.period.end),
            **numbers(record),
            "level": record.level,
            "mode": record.mode,
            "topic": record.topic,
            "topics": (record.topic,) if record.topic else (),
        }
        yield "activities", row


def _submission(_: Entry, record: Submission, traits: Traits) -> Rows:
    row = {
        **_dated(record.on),
        "event": record.period.end.toordinal(),
        "start": record.period.start.toordinal(),
        "id": record.id,
        "unit": traits.of(record.unit, record.period.end)["unit"] or record.unit,
        "complete": "true" if record.complete else "false",
    }
    yield "submissions", row


_ROWS: Mapping[type, Callable[[Entry, Any, Traits], Rows]] = {
    Agreement: _agreement,
    Activity: _activity,
    Statistic: _statistic,
    Submission: _submission,
}


def numbers(record: Activity | Statistic) -> Row:
    """Give what a record counts, by the fields of the tables; goods by the sum of what they are worth."""
    row: Row = {name: getattr(record.counts, name.removeprefix("counts.")) for name in COUNTS}
    if record.support is not None:
        values = [goods.value for goods in record.support.goods if goods.value is not None]
        row["support.money"] = record.support.money
        row["support.goods_value"] = sum(values) if values else None
        row["support.sponsored"] = record.support.sponsored
        row["support.pupils"] = record.support.pupils
    return row
