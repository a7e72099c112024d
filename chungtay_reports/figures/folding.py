"""Records that name the same event count once: which of them stands for the event, as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from chungtay_reports.records import Record

ALWAYS = date.min.toordinal()
NEVER = date.max.toordinal()
AFTER = NEVER + 1
Days = NDArray[np.int64]
Classes = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """When the books said what, and the classes of records that name one event.

    `since` and `until` are day ordinals of every version, in the order of the records' ids and then of time; of one
    record a day sees one version at most. A class lists its versions, the preferred record's first: one that the
    others point to and that points to none, else one that is pointed to, else the smallest id. Classes have an epoch
    of their own after each day on which a correction changed who points to whom; nearly always there is one.
    """

    since: Days
    until: Days
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


def fold_same(ids: Sequence[str], since: Days, until: Days, pointing: Mapping[int, str]) -> Fold:
    """Build the fold of all versions, in the order of their records' ids and then of time.

    `pointing` says of versions, by their number, which record they call the same event.
    """
    linked = {ids[number] for number in pointing} | set(pointing.values())
    numbers: dict[str, list[int]] = {}
    for number, id_ in enumerate(ids) if linked else ():
        if id_ in linked:
            numbers.setdefault(id_, []).append(number)
    turns = {
        int(since[after])
        for own in numbers.values()
        for one, after in pairwise(own)
        if pointing.get(one) != pointing.get(after)
    }
    epochs = []
    for first in (ALWAYS, *sorted(turns)):
        there = {id_: pointing.get(_on(own, since, first)) for id_, own in numbers.items()}
        epochs.append((first, tuple(tuple(n for id_ in members for n in numbers[id_]) for members in _classes(there))))
    return Fold(since, until, tuple(epochs))


def same_events(records: Iterable[Record]) -> tuple[tuple[str, ...], ...]:
    """Class the ids of records that name one event, the preferred record first; what stands alone is left out."""
    return _classes({record.id: getattr(record, "same_as", None) for record in records})


def _classes(there: Mapping[str, str | None]) -> tuple[tuple[str, ...], ...]:
    """Class ids by whom each of them points to."""
    targets = {id_: same for id_, same in there.items() if same}
    classes: dict[str, list[str]] = {}
    for id_, root in sorted(_roots(targets).items()):
        classes.setdefault(root, []).append(id_)
    pointed = frozenset(targets.values())
    ranked = (sorted(ids, key=lambda id_: (id_ in targets, id_ not in pointed, id_)) for ids in classes.values())
    known = (tuple(id_ for id_ in ids if id_ in there) for ids in ranked)
    return tuple(members for members in known if len(members) > 1)


def _on(numbers: Sequence[int], since: Days, first: int) -> int:
    """Return the version that the books told last by a day; before the first entry, the one that they tell first."""
    return next((number for number in reversed(numbers) if since[number] <= first), numbers[0])


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
