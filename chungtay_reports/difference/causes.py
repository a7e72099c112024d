"""Why a figure is another one now: the difference as a sum of causes, which is exact whatever the figure counts.

The old world is turned into the new one in seven steps, and the figure is measured after each: first the records that
were removed go, then the corrected ones change, the late ones come; then the definitions, the registry, and the window
are the new ones; and last come the records that happened after the old period. What a step changes is that cause's
part. As each part is the difference of two neighbours, all parts together are the difference of the ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from chungtay_reports.difference.splitting import shares
from chungtay_reports.difference.worlds import Books, News, Seen, World
from chungtay_reports.figures.derived import ARITHMETIC, DIVIDES, Refused, proof_ids
from chungtay_reports.figures.measure import BUILT_IN, measure
from chungtay_reports.figures.tables import Tables
from chungtay_reports.model import Figure, Metric

Value = int | Fraction
Pair = tuple[Figure, Figure]  # what the old side asked and what the new side asked; their values do not matter

REMOVED, CORRECTED, LATE, DEFINITION, UNIT, PERIOD, NEW = (
    "bo", "sua", "muon", "dinh-nghia", "don-vi", "ky", "moi"
)  # fmt: skip
CAUSES = (REMOVED, CORRECTED, LATE, DEFINITION, UNIT, PERIOD, NEW)
COMPARING = frozenset({"share", "difference", "change", "rank"})


@dataclass(frozen=True, slots=True)
class Part:
    """What one cause adds to a difference, and the ids of the records (or units) behind it, sorted.

    A unit that was divided or merged has a part for each unit to which its records went or from which they came, as
    the id and what it is called; what the records do not share out is a part without a unit.
    """

    cause: str
    amount: Value
    records: tuple[str, ...]
    unit: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure on both sides; `parts` add up to `new - old`. A side that has no such value is None, and explains nothing."""

    old: Value | None
    new: Value | None
    parts: tuple[Part, ...]

    @property
    def total(self) -> Value | None:
        return None if self.old is None or self.new is None else self.new - self.old


def differences(old: World, new: World, pairs: Iterable[Pair]) -> tuple[Difference, ...]:
    """Explain what each figure was, what it is, and why, in the order given.

    Going back in time is the way forward with every sign turned.
    """
    if new.as_of < old.as_of:
        forward = differences(new, old, [(after, before) for before, after in pairs])
        return tuple(_turned(one) for one in forward)
    books = Books(old, new)
    chain = tuple(_chain(books))
    return tuple(_difference(books, chain, *pair) for pair in pairs)


@dataclass(frozen=True, slots=True)
class _State:
    """The world after a step: which records concern the step, and whose way of asking holds."""

    cause: str
    tables: Tables
    metrics: Mapping[str, Metric]
    concerned: frozenset[str] | None  # None: whatever comes or goes
    names_new: bool = False  # units are called as the new side calls them
    window_new: bool = False


def _chain(books: Books) -> Iterator[_State]:
    old, new, news = books.old, books.new, books.news
    before, after = books.seen
    left = {id_: entry for id_, entry in before.items() if id_ not in news.removed}
    mended = {id_: after[id_] if id_ in news.corrected else entry for id_, entry in left.items()}
    told = {**mended, **{id_: after[id_] for id_ in news.late}}
    happened = {id_: entry for id_, entry in told.items() if id_ not in news.new}

    def state(cause: str, seen: Seen, side: int, concerned: frozenset[str] | None, **how: bool) -> _State:
        registry = new.registry if how else old.registry
        placed = cause == UNIT and books.succeed
        metrics = new.metrics if how or cause == DEFINITION else old.metrics
        return _State(cause, books.state(seen, side=side, registry=registry, placed=placed), metrics, concerned, **how)

    yield state("", before, 0, frozenset())
    yield state(REMOVED, left, 0, news.removed)
    yield state(CORRECTED, mended, 0, news.corrected)
    yield state(LATE, told, 1, news.late)
    yield state(DEFINITION, told, 1, None)
    yield state(UNIT, told, 1, None, names_new=True)
    yield state(PERIOD, happened, 1, None, names_new=True, window_new=True)
    yield state(NEW, after, 1, news.new, names_new=True, window_new=True)


def _difference(books: Books, chain: tuple[_State, ...], old: Figure, new: Figure) -> Difference:
    measured = [answer(_asked(state, old, new), state.tables, state.metrics) for state in chain]
    first, last = measured[0], measured[-1]
    if first is None or last is None:
        return Difference(first.value if first else None, last.value if last else None, ())
    parts: list[Part] = []
    before, since = first, chain[0]
    for state, after in zip(chain[1:], measured[1:], strict=True):
        if after is None:  # a share of nothing on the way: the next state that has a value takes it along
            continue
        divided = _divided(books, (since, before), (state, after)) if state.cause == UNIT else ()
        part = _part(state, before, after)
        parts += divided or ([part] if part else [])
        before, since = after, state
    return Difference(first.value, last.value, tuple(parts))


def _part(state: _State, before: Figure, after: Figure) -> Part | None:
    amount = after.value - before.value
    ids, other = proof_ids(before), proof_ids(after)
    moved = (ids | other) & state.concerned if state.concerned is not None else ids ^ other
    return Part(state.cause, amount, tuple(sorted(moved))) if amount else None


def _divided(books: Books, old: tuple[_State, Figure], new: tuple[_State, Figure]) -> tuple[Part, ...]:
    """Tell the parts of a unit that was divided or merged, unit by unit; empty when there is no such unit."""
    (since, before), (state, after) = old, new
    whole = not isinstance(before.value, Fraction) and before.op not in COMPARING and before.op not in DIVIDES
    if not books.succeed or not whole:
        return ()
    registry, days = books.new.registry, (books.old.period.end, books.new.period.end)

    def ask(figure: Figure, tables: Tables) -> Figure | None:
        return answer(figure, tables, state.metrics)

    found = shares((before, since.tables), (after, state.tables), registry, days, ask)
    return tuple(
        Part(UNIT, one.amount, one.records, one.unit, registry.name(one.unit, days[1]) if one.unit else "")
        for one in found
    )


def _asked(state: _State, old: Figure, new: Figure) -> Figure:
    if state.window_new:
        return new
    return _retimed(new, old) if state.names_new else old


def _retimed(new: Figure, old: Figure) -> Figure:
    """Ask as the new side does, through the old window; what has other operands is asked as before."""
    if new.op != old.op or len(new.operands) != len(old.operands):
        return old
    query = replace(new.query, period=old.query.period, as_of=old.query.as_of)
    operands = (_retimed(one, other) for one, other in zip(new.operands, old.operands, strict=True))
    return replace(new, query=query, operands=tuple(operands))


def answer(asked: Figure, tables: Tables, metrics: Mapping[str, Metric]) -> Figure | None:
    """Answer in some state of the books what a figure asks; None when there is no honest answer in it."""
    if asked.op not in COMPARING:
        if asked.query.metric not in metrics and asked.query.metric not in BUILT_IN:
            return None
        try:
            return measure(asked.query, tables, metrics)
        except (Refused, KeyError):  # a definition whose terms this state does not have
            return None
    operands = tuple(found for one in asked.operands if (found := answer(one, tables, metrics)))
    if len(operands) != len(asked.operands) or (asked.op in DIVIDES and operands[1].value == 0):
        return None
    return replace(asked, value=ARITHMETIC[asked.op]([one.value for one in operands]), records=(), operands=operands)


def _turned(one: Difference) -> Difference:
    parts = tuple(replace(part, amount=-part.amount) for part in one.parts)
    return Difference(one.new, one.old, parts)


__all__ = ["CAUSES", "Difference", "News", "Part", "World", "differences"]
