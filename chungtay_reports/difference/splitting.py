"""What became of a unit's figures when the unit was divided: each record goes where its schools now belong.

A quận that ended has as many heirs as took some of its land, and no rule says how its numbers are shared out. The
records do: a school has moved to one commune, and what it signed and held moves with it. What names no school that
moved (a gathering of the whole district) cannot be shared out, and is told as a rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from chungtay_reports.figures.derived import proof_ids
from chungtay_reports.figures.tables import Tables
from chungtay_reports.model import Figure, Unit
from chungtay_reports.records import Activity, Agreement
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.library import Entry

Answer = Callable[[Figure, Tables], Figure | None]


@dataclass(frozen=True, slots=True)
class Share:
    """What went to a unit (negative) or came from one (positive), by which records; the rest has no unit."""

    unit: str
    amount: int
    records: tuple[str, ...]


def as_placed(registry: Registry, day: date) -> Registry:
    """Return the registry in which every unit belongs, on any day, to where it is on `day`."""
    return replace(registry, units={id_: _placed(unit, registry, day) for id_, unit in registry.units.items()})


def _placed(unit: Unit, registry: Registry, day: date) -> Unit:
    moved = [move for move in unit.moves if move.on <= day]
    parent = moved[-1].parent if moved else unit.parent
    heirs = registry.successors(parent or "", day)
    return replace(unit, parent=heirs[0].id if len(heirs) == 1 else parent, moves=unit.moves[len(moved) :])


def filed(entry: Entry, placed: Registry, day: date) -> Entry:
    """File a record with the unit that its own schools belong to now; one of the whole old unit stays where it was."""
    heirs = placed.successors(entry.unit, day)
    if any(heir.id == entry.unit for heir in heirs):
        return entry
    if len(heirs) == 1:
        return replace(entry, unit=heirs[0].id)
    ids = {heir.id for heir in heirs}
    tops = {top for id_ in _parties(entry) if (top := placed.top(id_, day)) in ids}
    return replace(entry, unit=tops.pop()) if len(tops) == 1 else entry


def _parties(entry: Entry) -> tuple[str, ...]:
    record = entry.record
    if isinstance(record, Activity):
        return (record.host,)
    return tuple(record.parties) if isinstance(record, Agreement) else ()


@dataclass(frozen=True, slots=True)
class Kin:
    """A unit that one side's figure names and the other side does not know, and who stands for it there."""

    unit: str
    others: tuple[str, ...]


def heirs(figure: Figure, registry: Registry, days: tuple[date, date]) -> Kin | None:
    """Find who carries on, on the second of the days, for the one unit of the first that a figure names."""
    one = _only(figure, registry, *days)
    return Kin(one, tuple(unit.id for unit in registry.successors(one, days[1]))) if one else None


def forebears(figure: Figure, registry: Registry, days: tuple[date, date]) -> Kin | None:
    """Find for whom, on the first of the days, the one unit of the second that a figure names carries on."""
    one = _only(figure, registry, *reversed(days))
    if not one:
        return None
    before = (id_ for id_ in registry.units if registry.valid(id_, days[0]) and not registry.valid(id_, days[1]))
    found = (id_ for id_ in before if any(heir.id == one for heir in registry.successors(id_, days[1])))
    return Kin(one, tuple(sorted(found, key=registry.order)))


def _only(figure: Figure, registry: Registry, there: date, gone: date) -> str | None:
    named = {value for value in _values(figure) if registry.valid(value, there) and not registry.valid(value, gone)}
    return named.pop() if len(named) == 1 else None


def renamed(figure: Figure, names: Mapping[str, str]) -> Figure:
    """Ask the same of other units."""
    where = tuple(
        replace(test, values=tuple(names.get(value, value) for value in test.values)) for test in figure.query.where
    )
    operands = tuple(renamed(operand, names) for operand in figure.operands)
    return replace(figure, query=replace(figure.query, where=where), operands=operands)


def shares(
    old: tuple[Figure, Tables], new: tuple[Figure, Tables], registry: Registry, days: tuple[date, date], answer: Answer
) -> Iterator[Share]:
    """Share out what a figure loses and wins by the registry alone; shares with the rest make the whole difference.

    `old` and `new` are the answered figure and the tables in which it was asked, of one window and the same records.
    """
    before, after = old[0], new[0]
    lost = _moved(before, heirs(before, registry, days), new[1], answer)
    won = _moved(after, forebears(after, registry, days), old[1], answer)
    parts = [
        *(replace(share, amount=-share.amount) for share in lost if share.unit not in _values(after)),
        *(share for share in won if share.unit not in _values(before)),
    ]
    rest = int(after.value - before.value) - sum(part.amount for part in parts)
    if parts and rest:
        told = {id_ for part in parts for id_ in part.records}
        parts.append(Share("", rest, tuple(sorted((proof_ids(before) ^ proof_ids(after)) - told))))
    yield from parts


def _moved(figure: Figure, kin: Kin | None, there: Tables, answer: Answer) -> Iterator[Share]:
    """Ask of the records behind a figure alone how many of them each of the units has on the other side."""
    ids = proof_ids(figure)
    alone = there.only(ids, ids)
    for unit in kin.others if kin else ():
        found = answer(renamed(figure, {kin.unit: unit} if kin else {}), alone)
        if found and found.value:
            yield Share(unit, int(found.value), tuple(sorted(proof_ids(found))))


def _values(figure: Figure) -> Iterator[str]:
    for test in figure.query.where:
        yield from test.values
    for operand in figure.operands:
        yield from _values(operand)
