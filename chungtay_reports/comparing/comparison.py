"""Two sides held against each other: which printed numbers differ, by how much, and by which causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from chungtay_reports.comparing.sides import Side
from chungtay_reports.difference import Difference, World, differences
from chungtay_reports.difference.ledgers import asked, pairs
from chungtay_reports.edition import Ledger, LedgerRow
from chungtay_reports.model import Figure, Period
from chungtay_reports.units.registry import Registry

Rows = tuple[LedgerRow | None, LedgerRow | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure on both sides: its ledger rows, and why it differs; None when one side does not ask for it at all."""

    old: LedgerRow | None
    new: LedgerRow | None
    difference: Difference | None

    @property
    def row(self) -> LedgerRow:
        found = self.new or self.old
        assert found is not None  # noqa: S101 - one side has it; tells mypy
        return found

    @property
    def changed(self) -> bool:
        """Whether the value is another one, or stands on other records of which some come and some go."""
        return self.difference is None or bool(self.difference.parts) or self.difference.old != self.difference.new


@dataclass(frozen=True, slots=True)
class Comparison:
    """All printed figures of two sides, in the order of the new one's printing, then what only the old one has."""

    old: Side
    new: Side
    lines: tuple[Line, ...]

    @property
    def changed(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.changed)


def compare(old: Side, new: Side) -> Comparison:
    """Compare two sides by cause; a side without a text of its own is asked for the other one's figures."""
    rows = tuple(_rows(old, new))
    both = [(one, other) for one, other in rows if one and other]
    found = differences(old.world, new.world, [(one.figure, other.figure) for one, other in both])
    by_rows = {(id(one), id(other)): difference for (one, other), difference in zip(both, found, strict=True)}
    lines = (Line(one, other, by_rows.get((id(one), id(other)))) for one, other in rows)
    return Comparison(old, new, tuple(lines))


def _rows(old: Side, new: Side) -> Iterator[Rows]:
    before, after = old.ledger, new.ledger
    if before is None and after is not None:
        found: Iterator[Rows] = ((_moved(row, after, old.world), row) for row in after.rows)
    elif after is None and before is not None:
        found = ((row, _moved(row, before, new.world)) for row in before.rows)
    elif before is not None and after is not None:
        found = _with_heirs(before, after, new.world.registry)
    else:
        return
    yield from (pair for pair in found if any(row and row.prints for row in pair))


def _moved(row: LedgerRow, ledger: Ledger, world: World) -> LedgerRow:
    """Ask the same of another world: its day, and its period where the row has that of its ledger."""

    def figure(one: Figure) -> Figure:
        own = (one.query.period.start, one.query.period.end) == (ledger.period.start, ledger.period.end)
        period: Period = world.period if own else one.query.period
        query = replace(one.query, period=period, as_of=world.as_of)
        return replace(one, query=query, operands=tuple(map(figure, one.operands)))

    return replace(row, figure=figure(row.figure), prints=())


def _with_heirs(old: Ledger, new: Ledger, registry: Registry) -> Iterator[Rows]:
    """Match rows, also those of a unit that one other unit carries on for by the end of the new period."""
    matched = list(pairs(old, new))
    fresh = {asked(row.figure, new.period): row for before, row in matched if before is None and row}
    heirs: dict[str, LedgerRow] = {}
    for before, after in matched:
        if before and after is None:
            key = asked(_inherited(before.figure, registry, new.period.end), old.period)
            if key in fresh:
                heirs[before.id] = fresh.pop(key)
    carried = {row.id: id_ for id_, row in heirs.items()}
    by_id: Mapping[str, LedgerRow] = {row.id: row for row in old.rows}
    for before, after in matched:
        if before is None and after and after.id in carried:
            yield by_id[carried[after.id]], after
        elif not (before and after is None and before.id in heirs):
            yield before, after


def _inherited(figure: Figure, registry: Registry, day: date) -> Figure:
    """Name in a figure's filters the one heir of every unit that is no more."""

    def heir(value: str) -> str:
        if value not in registry.units or registry.valid(value, day):
            return value
        found = registry.successors(value, day)
        return found[0].id if len(found) == 1 else value

    where = tuple(replace(test, values=tuple(map(heir, test.values))) for test in figure.query.where)
    operands = (_inherited(operand, registry, day) for operand in figure.operands)
    return replace(figure, query=replace(figure.query, where=where), operands=tuple(operands))
