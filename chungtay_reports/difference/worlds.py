"""Two states of the books side by side, and every state in between: what a chain of causes is measured in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from chungtay_reports.difference.splitting import as_placed, filed
from chungtay_reports.figures.folding import AFTER, Fold, same_events
from chungtay_reports.figures.tables import Tables, lay_out
from chungtay_reports.model import Metric, Period
from chungtay_reports.records import Record, Submission
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.history import eventful, versions
from chungtay_reports.workspace.library import Entry, known
from chungtay_reports.workspace.rules import event_day

ALWAYS = date.min.toordinal()
Seen = Mapping[str, Entry]  # what an edition as of a day sees, by id


@dataclass(frozen=True, slots=True)
class World:
    """One state of the books: what is written, what it means, and the window through which one looks at it."""

    entries: Sequence[Entry]
    registry: Registry
    metrics: Mapping[str, Metric]
    period: Period
    as_of: date


@dataclass(frozen=True, slots=True)
class News:
    """How the records that two worlds see differ: ids, no id twice.

    `late` happened up to the end of the old period, and up to the old day, and came into the books afterwards; `new`
    happened after that: where both look through one window, only what the old side has not seen.
    """

    removed: frozenset[str]
    corrected: frozenset[str]
    late: frozenset[str]
    new: frozenset[str]


class Books:
    """What two worlds see of the records, laid out in one set of tables for each registry."""

    def __init__(self, old: World, new: World) -> None:
        self.old, self.new = old, new
        self.seen = _seen(old), _seen(new)
        self.news = _news(old, new.period, *self.seen)
        told: list[Entry] = []
        self._numbers: dict[int, int] = {}  # by the identity of an entry that is seen
        for id_ in sorted({*self.seen[0], *self.seen[1]}):
            one, other = (seen.get(id_) for seen in self.seen)
            for entry in (one, other if id_ in self.news.corrected or one is None else None):
                if entry is not None:
                    self._numbers[id(entry)] = len(told)
                    told.append(entry)
            if one is not None and other is not None:
                self._numbers.setdefault(id(other), self._numbers[id(one)])
        self._told = tuple(told)
        self._laid: dict[tuple[int, date | None], Tables] = {}
        self._absent = tuple(tuple(_absent(world, seen)) for world, seen in zip((old, new), self.seen, strict=True))

    @property
    def succeed(self) -> bool:
        """Whether the new window comes after the old one, so that units may have been divided or merged in between."""
        return self.new.period.start > self.old.period.end

    def state(self, seen: Seen, *, side: int, registry: Registry, placed: bool = False) -> Tables:
        """Return tables that see exactly these entries, whatever the day; records of `side` that nobody sees join others.

        `placed`: everything belongs to where it is at the end of the new window.
        """
        tables = self._tables(registry, self.new.period.end if placed else None)
        numbers = {id_: self._numbers[id(entry)] for id_, entry in seen.items()}
        since = np.full(len(self._told), AFTER, dtype=np.int64)
        since[list(numbers.values())] = ALWAYS
        absent = (record for record in self._absent[side] if record.id not in seen)
        classes = same_events((*(entry.record for entry in seen.values()), *absent))
        members = (tuple(numbers[id_] for id_ in ids if id_ in numbers) for ids in classes)
        epochs = ((ALWAYS, tuple(ids for ids in members if len(ids) > 1)),)
        fold = Fold(since, np.full(len(since), AFTER, dtype=np.int64), epochs)
        return replace(tables, fold=fold, memory={}, asked=set(), covered=set())

    def _tables(self, registry: Registry, placed: date | None) -> Tables:
        key = id(registry), placed
        if key not in self._laid:
            fold = Fold(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), ())
            units = as_placed(registry, placed) if placed else registry
            told = tuple(filed(entry, units, placed) for entry in self._told) if placed else self._told
            self._laid[key] = lay_out(told, fold, units, {})
        return self._laid[key]


def _seen(world: World) -> Seen:
    return {entry.record.id: entry for entry in known(world.entries, world.as_of)}


def _absent(world: World, seen: Seen) -> Iterable[Record]:
    """Give what stands in the books and is not seen, as it was last, or else is to be at first."""
    for entry in world.entries:
        if entry.record.id not in seen:
            history = versions(entry.record)
            yield next((one.record for one in reversed(history) if one.since <= world.as_of), history[0].record)


def _news(world: World, window: Period, old: Seen, new: Seen) -> News:
    end = world.period.end
    same = (window.start, window.end) == (world.period.start, end)
    added = new.keys() - old.keys()
    late = {id_ for id_ in added if _happened(new[id_]) <= min(end, world.as_of)}
    after = {id_ for id_ in new if _happened(new[id_]) > end and not isinstance(new[id_].record, Submission)}
    corrected = {id_ for id_ in old.keys() & new.keys() if not _alike(old[id_], new[id_])}
    return News(
        removed=frozenset(old.keys() - new.keys()),
        corrected=frozenset(corrected),
        late=frozenset(late),
        new=frozenset((added - late) | (frozenset() if same else after - corrected)),
    )


def _happened(entry: Entry) -> date:
    return event_day(entry.record) or date.min


def _alike(one: Entry, other: Entry) -> bool:
    return one is other or (one.unit == other.unit and _told(one.record) == _told(other.record))


def _told(record: Record) -> Record:
    return record.model_copy(update={"corrections": [], "removed": None}) if eventful(record) else record
