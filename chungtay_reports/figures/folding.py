"""Records that name the same event count once: which of them stands for the event, as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from chungtay_reports.records import Record
from chungtay_reports.workspace.history import Version

NEVER = date.max.toordinal()
AFTER = NEVER + 1
Classes = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """When the books said what, and the classes of records that name one event.

    `since` and `until` are day ordinals of every version, in the order of the records' ids and then of time; of one
    record a day sees one version at most. A class lists its versions, the preferred record's first: one that the
    others point to and that points to none, else one that is pointed to, else the smallest id. Classes have an epoch
    of their own after each day on which a correction changed who points to whom; nearly always there is one.
    """

    since: NDArray[np.int64]
    until: NDArray[np.int64]
    epochs: tuple[tuple[int, Classes], ...]  # (first day, classes), oldest first

    def seen(self, as_of: date) -> NDArray[np.bool_]:
        """Say which versions an edition as of `as_of` sees.

        Of a class the first that was in the books by then: a preferred record that came later hides nothing before.
        """
        day = as_of.toordinal()
        seen: NDArray[np.bool_] = (self.since <= day) & (day < self.until)
        classes = next(classes for first, classes in reversed(self.epochs) if first <= day)
        for members in classes:
            known = [member for member in members if seen[member]]
            seen[known[1:]] = False
        return seen

    def only(self, kept: NDArray[np.bool_]) -> Fold:
        """Return the fold of a world in which only the kept versions exist."""
        epochs = tuple((first, tuple(_left(classes, kept))) for first, classes in self.epochs)
        return Fold(np.where(kept, self.since, NEVER), self.until, epochs)


def _left(classes: Classes, kept: NDArray[np.bool_]) -> Iterator[tuple[int, ...]]:
    found = (tuple(member for member in members if kept[member]) for members in classes)
    return (members for members in found if len(members) > 1)


def fold_same(histories: Sequence[tuple[Version, ...]]) -> Fold:
    """Build the fold of all records, given by their versions in the order of their ids."""
    versions = [version for history in histories for version in history]
    since = np.array([version.since.toordinal() for version in versions], dtype=np.int64)
    until = np.array([version.until.toordinal() if version.until else AFTER for version in versions], dtype=np.int64)
    numbers: dict[str, list[int]] = {}
    for number, version in enumerate(versions):
        numbers.setdefault(version.record.id, []).append(number)
    turns = {
        after.since
        for history in histories
        for one, after in pairwise(history)
        if _same(one.record) != _same(after.record)
    }
    epochs = []
    for first in (date.min, *sorted(turns)):
        classes = same_events([_on(history, first) for history in histories])
        epochs.append((first.toordinal(), tuple(tuple(n for id_ in ids for n in numbers[id_]) for ids in classes)))
    return Fold(since, until, tuple(epochs))


def same_events(records: Iterable[Record]) -> tuple[tuple[str, ...], ...]:
    """Class the ids of records that name one event, the preferred record first; what stands alone is left out."""
    there = {record.id: _same(record) for record in records}
    targets = {id_: same for id_, same in there.items() if same}
    classes: dict[str, list[str]] = {}
    for id_, root in sorted(_roots(targets).items()):
        classes.setdefault(root, []).append(id_)
    pointed = frozenset(targets.values())
    ranked = (sorted(ids, key=lambda id_: (id_ in targets, id_ not in pointed, id_)) for ids in classes.values())
    known = (tuple(id_ for id_ in ids if id_ in there) for ids in ranked)
    return tuple(members for members in known if len(members) > 1)


def _same(record: Record) -> str | None:
    return getattr(record, "same_as", None)


def _on(history: tuple[Version, ...], day: date) -> Record:
    """Return what the books said last by a day; before the first entry, what they were to say at first."""
    return next((version.record for version in reversed(history) if version.since <= day), history[0].record)


def _roots(targets: Mapping[str, str]) -> dict[str, str]:
    """Join ids that point to each other, through others too; the value is one id of the class, the same for all."""
    parents = {id_: id_ for pair in targets.items() for id_ in pair}

    def root(id_: str) -> str:
        while parents[id_] != id_:
            parents[id_] = parents[parents[id_]]
            id_ = parents[id_]
        return id_

    for left, right in sorted(targets.items()):
        first, second = sorted((root(left), root(right)))
        parents[second] = first
    return {id_: root(id_) for id_ in parents}
