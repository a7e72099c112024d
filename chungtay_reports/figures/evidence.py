"""records.json: the records and the registry that a ledger stands on, whole enough to compute every figure again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from chungtay_reports.edition import LedgerRow
from chungtay_reports.errors import Place, ReportsError, other_version
from chungtay_reports.figures.tables import Tables, tabulate
from chungtay_reports.model import NOWHERE, Coverage, Move, Tier, Unit
from chungtay_reports.records import RECORD_TYPES, Activity, Agreement, Record
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.history import HISTORY
from chungtay_reports.workspace.library import Entry

SCHEMA = "urn:chungtay-reports:schema:records-1"
VERSION = "1.0"
READABLE = "1."

# What no figure is computed from stays at home: notes, places and results say more than a reader needs to count.
UNCOUNTED = frozenset({"note", "number", "venue", "subject", "result", "nothing_to_report", "valid", "agreement"})
TIER_FIELDS = ("label", "group", "area", "order", "reports", "school_level")


class EvidenceUnreadableError(ReportsError):
    """The text is not a records.json that this program understands."""

    exit_code = 1


@dataclass(frozen=True)
class Evidence:
    """What `measure.recompute` needs to give every value of a ledger again, and nothing else."""

    entries: tuple[Entry, ...]  # in the order of ids
    units: tuple[Unit, ...]  # in the order of ids, with all that they belong to
    tiers: tuple[Tier, ...]

    def to_json(self) -> str:
        """Write records.json: one tier, unit or record on a line, so that two versions compare line by line."""
        return self._json

    @cached_property
    def _json(self) -> str:
        sections: tuple[tuple[str, Iterable[tuple[str, object]]], ...] = (
            ("tiers", ((tier.id, _tier(tier)) for tier in self.tiers)),
            ("units", ((unit.id, _unit(unit)) for unit in self.units)),
            ("records", ((entry.record.id, _entry(entry)) for entry in self.entries)),
        )
        lines = [f"{_line('$schema')}: {_line(SCHEMA)}", f"{_line('version')}: {_line(VERSION)}"]
        lines += [f"{_line(name)}: {{{_inside(values)}}}" for name, values in sections]
        return "{\n" + ",\n".join(lines) + "\n}\n"

    def tables(self) -> Tables:
        """Lay out frames in which nothing but this evidence exists."""
        registry = Registry({tier.id: tier for tier in self.tiers}, {unit.id: unit for unit in self.units})
        return tabulate(self.entries, registry)


def gather(rows: Iterable[LedgerRow], own: Coverage, tables: Tables) -> Evidence:
    """Collect what the rows of a ledger list: their records, their units, and who is expected to report."""
    figures = [row.figure for row in rows]
    days = {id_: figure.query.as_of for figure in figures for id_ in figure.records}
    entries = tuple(tables.entry(id_, day) for id_, day in sorted(days.items()))  # as they were known on that day
    named = {id_ for entry in entries for id_ in (entry.unit, *_units_of(entry.record))}
    named.update(id_ for figure in figures for id_ in figure.units)
    for coverage in {own, *(figure.coverage for figure in figures)}:
        named.update(coverage.expected)
    registry = tables.registry
    units = tuple(registry.units[id_] for id_ in sorted(_with_parents(named, registry)))
    kinds = {unit.tier for unit in units}
    return Evidence(entries, units, tuple(tier for id_, tier in sorted(registry.tiers.items()) if id_ in kinds))


def read_evidence(text: str) -> Evidence:
    """Read records.json back: the records go through the very models that the workspace's own are checked by."""
    try:
        data = json.loads(text, object_pairs_hook=_no_repeats)
        version = data.get("version", "") if isinstance(data, dict) else ""
        if not str(version).startswith(READABLE):
            raise EvidenceUnreadableError(f"Tệp bản ghi {other_version(version)}.")
        tiers = tuple(_read_tier(id_, row) for id_, row in sorted(data["tiers"].items()))
        units = tuple(_read_unit(id_, row) for id_, row in sorted(data["units"].items()))
        entries = tuple(_read_entry(id_, row) for id_, row in sorted(data["records"].items()))
        _refuse_cycles(units, {tier.id for tier in tiers})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EvidenceUnreadableError(f"Không đọc được tệp bản ghi: {type(error).__name__} {error}") from error
    return Evidence(entries, units, tiers)


# --------------------------------------------------------------------------- inside


def _units_of(record: Record) -> tuple[str, ...]:
    if isinstance(record, Agreement):
        return tuple(record.parties)
    if isinstance(record, Activity):
        return (record.host, *record.partners)
    return (record.unit,)


def _with_parents(ids: Iterable[str], registry: Registry) -> set[str]:
    found: set[str] = set()
    waiting = [id_ for id_ in ids if id_ in registry.units]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            unit = registry.units[id_]
            above = (unit.parent, *(move.parent for move in unit.moves))
            waiting += [parent for parent in above if parent and parent in registry.units]
    return found


def _tier(tier: Tier) -> dict[str, object]:
    return {name: getattr(tier, name) for name in TIER_FIELDS}


def _unit(unit: Unit) -> dict[str, object]:
    row = {
        "tier": unit.tier,
        "name": unit.name,
        "short": unit.short,
        "parent": unit.parent,
        "valid_from": unit.valid_from.isoformat() if unit.valid_from else None,
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "area": unit.area,
        "moves": [{"on": move.on.isoformat(), "parent": move.parent} for move in unit.moves],
    }
    return {name: value for name, value in row.items() if value}


def _entry(entry: Entry) -> dict[str, object]:
    record = entry.record.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude={"id", *UNCOUNTED, *HISTORY}
    )
    return {"folder": f"{entry.year}/{entry.unit}", **record}


def _read_tier(id_: str, row: Mapping[str, Any]) -> Tier:
    return Tier(id=id_, **{name: row[name] for name in TIER_FIELDS})


def _read_unit(id_: str, row: Mapping[str, Any]) -> Unit:
    return Unit(
        id=id_,
        tier=row["tier"],
        name=row["name"],
        short=row["short"],
        place=NOWHERE,
        parent=row.get("parent"),
        valid_from=_day(row.get("valid_from")),
        valid_to=_day(row.get("valid_to")),
        area=row.get("area", ""),
        moves=tuple(Move(date.fromisoformat(move["on"]), move["parent"]) for move in row.get("moves", ())),
    )


def _read_entry(id_: str, row: Mapping[str, Any]) -> Entry:
    year, _, unit = row["folder"].partition("/")
    fields = {name: value for name, value in row.items() if name != "folder"}
    record = RECORD_TYPES[row["kind"]].model_validate({"id": id_, **fields})
    return Entry(record, Place("records.json"), unit, year)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _refuse_cycles(units: tuple[Unit, ...], tiers: set[str]) -> None:
    """A registry that goes in circles would never end; one of another make may not even have its tiers."""
    above = {unit.id: [parent for parent in (unit.parent, *(m.parent for m in unit.moves)) if parent] for unit in units}
    done: set[str] = set()
    for unit in units:
        if unit.tier not in tiers:
            raise ValueError(f"đơn vị “{unit.id}” thuộc loại “{unit.tier}” không có trong tệp")
        _climb(unit.id, above, done)


def _climb(start: str, above: Mapping[str, list[str]], done: set[str]) -> None:
    path: list[tuple[str, Iterator[str]]] = [(start, iter(above.get(start, ())))]
    while path:
        id_, parents = path[-1]
        parent = next(parents, None)
        if parent is None:
            done.add(id_)
            path.pop()
        elif any(parent == other for other, _ in path):
            raise ValueError(f"đơn vị “{parent}” là cấp trên của chính nó")
        elif parent not in done:
            path.append((parent, iter(above.get(parent, ()))))


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("khóa lặp lại")
    return found


# One for all lines: `json.dumps` would make an encoder for each.
_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(", ", ": ")).encode


def _inside(values: Iterable[tuple[str, object]], line: Callable[[object], str] = _line) -> str:
    text = ",\n".join(f"{line(key)}: {line(value)}" for key, value in values)
    return f"\n{text}\n" if text else ""
