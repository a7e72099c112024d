"""Two sides held against each other: which printed numbers differ, by how much, and by which causes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chungtay_reports.comparing.sides import Side
from chungtay_reports.difference import Difference, World, differences
from chungtay_reports.difference.causes import COMPARING
from chungtay_reports.difference.ledgers import asked, pairs
from chungtay_reports.difference.splitting import forebears, heirs, renamed
from chungtay_reports.edition import Ledger, LedgerRow
from chungtay_reports.figures.periods import label as period_label
from chungtay_reports.model import Figure, Period
from chungtay_reports.units.registry import Registry

Rows = tuple[LedgerRow | None, LedgerRow | None]


@dataclass(frozen=True, slots=True)
class Line:
    """A figure on both sides: its ledger rows, and why it differs; None when one side does not ask for it at all.

    `name` says what it counts, without the period and the unit that both sides are about.
    """

    old: LedgerRow | None
    new: LedgerRow | None
    difference: Difference | None
    name: str

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

    @property
    def shared(self) -> tuple[Line, ...]:
        """The figures that can be held against each other: also of a unit that was divided, where the other has none."""
        return tuple(line for line in self.lines if line.difference)

    @property
    def only_old(self) -> int:
        return sum(line.new is None and line.difference is None for line in self.lines)

    @property
    def only_new(self) -> int:
        return sum(line.old is None and line.difference is None for line in self.lines)

    @property
    def apart(self) -> bool:
        """Whether the two windows do not touch, as of two school years."""
        one, other = self.old.world.period, self.new.world.period
        return one.end < other.start or other.end < one.start


def compare(old: Side, new: Side) -> Comparison:
    """Compare two sides by cause; a side without a text of its own is asked for the other one's figures."""
    back = new.world.as_of < old.world.as_of  # units are divided and merged forwards in time
    early, late = (new, old) if back else (old, new)
    rows = tuple(_rows(early, late))
    questions = [_asked_of_both(*pair, early, late) for pair in rows]
    turned = [(one[1], one[0]) if back else one for one in questions if one]
    found = iter(differences(old.world, new.world, turned))
    sided = [(after, before) if back else (before, after) for before, after in rows]
    lines = (
        Line(*pair, next(found) if asks else None, name)
        for pair, asks, name in zip(sided, questions, _names(sided, old, new), strict=True)
    )
    return Comparison(old, new, tuple(lines))


def subject(row: LedgerRow) -> str:
    """Say what a figure counts, without its period."""
    return row.label.removesuffix(f", {period_label(row.figure.query.period)}")


def _names(rows: Sequence[Rows], old: Side, new: Side) -> Iterator[str]:
    """Name the figures; whose report it is goes without saying, unless it tells one figure from another.

    Of the reports of two units this holds where both have the figure.
    """
    names = [next(_name(row, side) for row, side in ((after, new), (before, old)) if row) for before, after in rows]
    own = f", {new.world.registry.name(new.unit, new.world.period.end, 'full')}" if new.unit else ""
    taken = set(names)
    for name, (before, after) in zip(names, rows, strict=True):
        bare = name.replace(own, "") if own and (new.unit == old.unit or (before and after)) else name
        yield name if bare in taken else bare


def _name(row: LedgerRow, side: Side) -> str:
    asked_of, own = row.figure.query.period, side.world.period
    return subject(row) if (asked_of.start, asked_of.end) == (own.start, own.end) else row.label


def _asked_of_both(
    before: LedgerRow | None, after: LedgerRow | None, old: Side, new: Side
) -> tuple[Figure, Figure] | None:
    """Say what to ask of each side; of a unit that only one side knows the other is asked too, where it has nothing."""
    if before and after:
        return before.figure, after.figure
    days = old.world.period.end, new.world.period.end
    registry = new.world.registry
    own = (old.unit, new.unit) if _divided(old, new) else ("", "")
    if before and old.ledger and before.figure.op not in COMPARING and heirs(before.figure, registry, days):
        return before.figure, renamed(_moved(before, old.ledger, new.world).figure, {own[0]: own[1]})
    if after and new.ledger and after.figure.op not in COMPARING and forebears(after.figure, registry, days):
        return renamed(_moved(after, new.ledger, old.world).figure, {own[1]: own[0]}), after.figure
    return None


def _divided(old: Side, new: Side) -> bool:
    """Whether the report of a unit is compared with that of one of those among which it was divided."""
    registry, day = new.world.registry, new.world.period.end
    return any(heir.id == new.unit for heir in registry.successors(old.unit, day))


def _rows(old: Side, new: Side) -> Iterator[Rows]:
    before, after = old.ledger, new.ledger
    if before is None and after is not None:
        found: Iterator[Rows] = ((_moved(row, after, old.world), row) for row in after.rows)
    elif after is None and before is not None:
        found = ((row, _moved(row, before, new.world)) for row in before.rows)
    elif before is not None and after is not None:
        found = _with_heirs(before, after, new.world.registry, (old.unit, new.unit))
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


def _with_heirs(old: Ledger, new: Ledger, registry: Registry, own: tuple[str, str]) -> Iterator[Rows]:
    """Match rows, also those of a unit that another carries on for by the end of the new period.

    That is its one heir, or, of a unit that was divided, the heir whose report is compared with its own.
    """
    matched = list(pairs(old, new))
    fresh = {asked(row.figure, new.period): row for before, row in matched if before is None and row}
    heirs: dict[str, LedgerRow] = {}
    for before, after in matched:
        if before and after is None:
            key = asked(_inherited(before.figure, registry, new.period.end, own), old.period)
            if key in fresh:
                heirs[before.id] = fresh.pop(key)
    carried = {row.id: id_ for id_, row in heirs.items()}
    by_id: Mapping[str, LedgerRow] = {row.id: row for row in old.rows}
    for before, after in matched:
        if before is None and after and after.id in carried:
            yield by_id[carried[after.id]], after
        elif not (before and after is None and before.id in heirs):
            yield before, after


def _inherited(figure: Figure, registry: Registry, day: date, own: tuple[str, str]) -> Figure:
    """Name in a figure's filters the heir of every unit that is no more."""

    def heir(value: str) -> str:
        if value not in registry.units or registry.valid(value, day):
            return value
        found = [unit.id for unit in registry.successors(value, day)]
        chosen = own[1] if value == own[0] and own[1] in found else None
        return chosen or (found[0] if len(found) == 1 else value)

    where = tuple(replace(test, values=tuple(map(heir, test.values))) for test in figure.query.where)
    operands = (_inherited(operand, registry, day, own) for operand in figure.operands)
    return replace(figure, query=replace(figure.query, where=where), operands=tuple(operands))
