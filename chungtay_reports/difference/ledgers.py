"""Two ledgers, row by row: which printed numbers are other ones now, which are new, which are gone."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chungtay_reports.edition import Ledger, LedgerRow
from chungtay_reports.model import Figure, Period


@dataclass(frozen=True, slots=True)
class PrintChange:
    """One place where a figure is printed; `old` or `new` is empty when it is not printed there on that side."""

    where: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is printed otherwise than before; `old` is None when only the new side has it, and the reverse.

    `prints` has only the places whose text is not the same; empty when the value has moved behind an unchanged text
    (“gần 700” for 690 and then 695).
    """

    label: str
    old: LedgerRow | None
    new: LedgerRow | None
    prints: tuple[PrintChange, ...]

    @property
    def old_text(self) -> str:
        """The old number as printed, each text once: “gần 700, 690”."""
        return _texts(self.old)

    @property
    def new_text(self) -> str:
        return _texts(self.new)

    @property
    def where(self) -> tuple[str, ...]:
        """Where the figure is printed, on either side, each place once, the new side's first."""
        rows = (row for row in (self.new, self.old) if row)
        return tuple(dict.fromkeys(one.where for row in rows for one in row.prints))


def ledger_changes(old: Ledger, new: Ledger) -> tuple[Change, ...]:
    """List the printed figures whose value or text differs, in the order of the new ledger, then what is gone.

    Rows are the same figure when they ask the same: metric, filters, operation, and the same kind of period (the
    ledger's own, the one before, or else the very days), so that issues of a bulletin compare with each other.
    """
    found = []
    for before, after in pairs(old, new):
        row = after or before
        if row and _differ(before, after):
            found.append(Change(row.label, before, after, _prints(before, after)))
    return tuple(found)


def pairs(old: Ledger, new: Ledger) -> Iterator[tuple[LedgerRow | None, LedgerRow | None]]:
    """Match the rows of two ledgers: in the order of the new one, then the old rows that have no counterpart."""
    waiting: dict[Hashable, list[LedgerRow]] = {}
    for row in old.rows:
        waiting.setdefault(asked(row.figure, old.period), []).append(row)
    for row in new.rows:
        candidates = waiting.get(asked(row.figure, new.period), [])
        match = max(candidates, key=lambda one: _likeness(one, row), default=None)
        if match:
            candidates.remove(match)
        yield match, row
    left = {row.id for rows in waiting.values() for row in rows}
    yield from ((row, None) for row in old.rows if row.id in left)


def asked(figure: Figure, own: Period) -> Hashable:
    """Say what a figure answers, whatever the answer is, relative to the period of its ledger."""
    query = figure.query
    operands: Sequence[Figure] = ()
    if figure.op in _COMPARING:
        operands = figure.operands[:1] if figure.op == "rank" else figure.operands
    where = tuple(sorted(query.where, key=repr))
    below = tuple(asked(operand, own) for operand in operands)
    return query.metric, where, _kind(query.period, own), figure.op, below


# What such a figure compares stands in its operands; those of a ratio or a sum follow from the metric's definition.
_COMPARING = frozenset({"share", "difference", "change", "rank"})


def _kind(period: Period, own: Period) -> Hashable:
    if (period.start, period.end) == (own.start, own.end):
        return "kỳ này"
    if period.end < own.start:
        return "kỳ trước"
    return period.start, period.end


def _likeness(one: LedgerRow, other: LedgerRow) -> tuple[bool, int]:
    places = {printed.where for printed in one.prints}
    return one.figure.query.period == other.figure.query.period, sum(p.where in places for p in other.prints)


def _prints(old: LedgerRow | None, new: LedgerRow | None) -> tuple[PrintChange, ...]:
    """Compare place by place; a figure printed twice at one place compares in order."""
    before, after = _by_place(old), _by_place(new)
    return tuple(
        PrintChange(where, ", ".join(before.get(where, ())), ", ".join(after.get(where, ())))
        for where in dict.fromkeys((*after, *before))
        if before.get(where) != after.get(where)
    )


def _by_place(row: LedgerRow | None) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for printed in row.prints if row else ():
        found.setdefault(printed.where, []).append(printed.text)
    return found


def _differ(old: LedgerRow | None, new: LedgerRow | None) -> bool:
    """A number that only stands in another paragraph is the same; so is one that is not printed, whatever it is."""
    before, after = (sorted(one.text for one in row.prints) if row else [] for row in (old, new))
    moved = old is not None and new is not None and old.figure.value != new.figure.value
    return before != after or (moved and bool(after))


def _texts(row: LedgerRow | None) -> str:
    return ", ".join(dict.fromkeys(printed.text for printed in row.prints)) if row else ""
