"""Relations judged again only around what has changed since all of them were last in order.

The records of changed files are judged, those that point to one that is another now, and those that look like one that
was or is. What was found about all others still holds. Whenever that is not certain, the whole must be judged.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from chungtay_reports.errors import Problem, Severity
from chungtay_reports.settings import Calendar
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.kin import agreement_mark, id_mark, like_mark, pointed_to, same_mark
from chungtay_reports.workspace.library import Entry, Related
from chungtay_reports.workspace.reading import Loaded, Reading
from chungtay_reports.workspace.relations import (
    LIKELY_TWICE,
    OVERLAP,
    Books,
    likeness_problems,
    reference_problems,
)

_LIKENESS = frozenset({LIKELY_TWICE.code, OVERLAP.code})


class _DoubtError(Exception):
    """Something can only be said by looking at all records."""


def problems_around(
    reading: Reading, related: Related, registry: Registry, calendar: Calendar
) -> tuple[Problem, ...] | None:
    """Return the problems between records, given what they were in the stock; None when all must be looked at.

    `related` must be what relations between the stock's records came to, judged by this registry and calendar.
    """
    clean = all(source.clean for source in reading.sources.values())
    if not related.basis or not clean or reading.problems:
        return None
    try:
        return tuple(_Change.of(reading).problems(reading, related, registry, calendar))
    except _DoubtError:
        return None


@dataclass(frozen=True, slots=True)
class _Change:
    """The records of changed files, as they were and as they are, by case-folded id."""

    paths: frozenset[str]
    before: Mapping[str, Entry]
    after: Mapping[str, Loaded]

    @staticmethod
    def of(reading: Reading) -> _Change:
        stock = reading.stock
        paths = frozenset({*reading.fresh, *(stock.lots.keys() - reading.sources.keys())})
        before: dict[str, Entry] = {}
        for path in sorted(paths & stock.lots.keys()):
            entries = stock.entries(path)
            if entries is None:
                raise _DoubtError
            before.update((entry.record.id.casefold(), entry) for entry in entries)
        records = [one for found in reading.fresh.values() for one in found]
        after = {one.record.id.casefold(): one for one in records}
        if len(after) < len(records):
            raise _DoubtError
        return _Change(paths, before, after)

    def problems(self, reading: Reading, related: Related, registry: Registry, calendar: Calendar) -> Iterator[Problem]:
        """Judge what has changed and what stands around it; keep what was found about the rest."""
        self._refuse_repeats(reading)
        by_id = _ById(reading, self)
        pointing = self._pointing(reading)
        alike = self._alike(reading)
        judged = (*self.after.values(), *pointing)
        found = (
            *reference_problems(Books(_in_order(judged, reading), by_id, frozenset(), registry, calendar)),
            *likeness_problems(Books(alike, by_id, frozenset(), registry, calendar)),
        )
        if any(problem.severity is Severity.ERROR for problem in found):
            raise _DoubtError  # what is said of an error may name any record
        again = frozenset({*self.before, *(_key(one) for one in judged)})
        again_alike = frozenset({*self._gone(), *(_key(one) for one in alike)})
        owner = _owners(reading)
        for problem in related.problems:
            if owner(problem) not in (again_alike if problem.code in _LIKENESS else again):
                yield problem
        yield from found

    def _gone(self) -> Iterator[str]:
        """Give the ids whose records are not, letter for letter and place for place, what they were."""
        for id_ in {**self.before, **self.after}:
            was, now = self.before.get(id_), self.after.get(id_)
            if was is None or now is None or was != now.entry:
                yield id_

    def _altered(self) -> list[str]:
        """List the ids whose records say something else than they did, wherever they stand."""
        return [id_ for id_ in self._gone() if self._told(self.before.get(id_)) != self._told(self.after.get(id_))]

    @staticmethod
    def _told(one: Entry | Loaded | None) -> object:
        return one and one.record

    def _refuse_repeats(self, reading: Reading) -> None:
        new = [id_mark(id_) for id_ in self.after.keys() - self.before.keys()]
        if any(path not in self.paths for path, _ in reading.stock.kin.holders(sorted(new))):
            raise _DoubtError

    def _pointing(self, reading: Reading) -> tuple[Loaded, ...]:
        """List the records of other files that point to one that is another now."""
        found = reading.holding(mark for id_ in self._altered() for mark in (same_mark(id_), agreement_mark(id_)))
        return tuple(one for one in found if _key(one) not in self.after)

    def _alike(self, reading: Reading) -> tuple[Loaded, ...]:
        """List the records that look like one that has changed, or like one of an event that is told otherwise now."""
        gone = set(self._gone())
        records = [entry.record for id_, entry in self.before.items() if id_ in gone]
        records += [one.record for id_, one in self.after.items() if id_ in gone]
        records += [one.record for one in self._of_one_event(reading)]
        return reading.holding(mark for record in records if (mark := like_mark(record)))

    def _of_one_event(self, reading: Reading) -> tuple[Loaded, ...]:
        """List the records that are joined by `same_as`, also through others, to one that says something else now."""
        altered = set(self._altered())
        told = [*(self.before[id_].record for id_ in altered & self.before.keys())]
        ids = altered | {id_.casefold() for record in told for id_ in pointed_to(record)}
        found: dict[str, Loaded] = {}
        waiting = ids
        while waiting:
            near = reading.holding(mark for id_ in sorted(waiting) for mark in (id_mark(id_), same_mark(id_)))
            more = {_key(one): one for one in near if _key(one) not in found}
            found |= more
            waiting = {*more, *(id_.casefold() for one in more.values() for id_ in pointed_to(one.record))} - ids
            ids |= waiting
        return tuple(found.values())


class _ById(Mapping[str, Loaded]):
    """The records by case-folded id, looked up one by one; whoever wants to see all is told to judge the whole."""

    def __init__(self, reading: Reading, change: _Change) -> None:
        self._reading, self._change = reading, change
        self._looked: dict[str, Loaded | None] = {}  # a look is one through all marks, and many ask for the same

    def __getitem__(self, id_: str) -> Loaded:
        if id_ not in self._looked:
            found = self._change.after.get(id_) or next(iter(self._reading.holding([id_mark(id_)])), None)
            self._looked[id_] = found
        if (one := self._looked[id_]) is None:
            raise KeyError(id_)
        return one

    def __iter__(self) -> Iterator[str]:
        raise _DoubtError

    def __len__(self) -> int:
        raise _DoubtError


def _key(one: Loaded) -> str:
    return one.record.id.casefold()


def _in_order(judged: Iterable[Loaded], reading: Reading) -> tuple[Loaded, ...]:
    ranks = {path: number for number, path in enumerate(reading.sources)}
    return tuple(sorted(judged, key=lambda one: (ranks[one.entry.place.file], one.entry.place)))


def _owners(reading: Reading) -> Callable[[Problem], str]:
    """Say whose a problem is, of the records as they were: the last that begins before it."""

    @cache
    def starts(path: str) -> tuple[Entry, ...]:
        entries = reading.stock.entries(path)
        if entries is None:
            raise _DoubtError
        return entries

    def owner(problem: Problem) -> str:
        entries = starts(problem.place.file)
        lines = [(entry.place.line, entry.place.column) for entry in entries]
        number = bisect_right(lines, (problem.place.line, problem.place.column)) - 1
        if number < 0:
            raise _DoubtError
        return entries[number].record.id.casefold()

    return owner
