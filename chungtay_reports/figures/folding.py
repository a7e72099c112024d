"""Records that name the same event count once: which of them stands for the event, as of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from chungtay_reports.records import Submission
from chungtay_reports.workspace.library import Entry

NEVER = date.max.toordinal()
Classes = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """When each record entered the books, and the classes of records that name one event.

    `recorded` are day ordinals in the order of the records' ids; a class lists its records, the preferred one first:
    one that the others point to and that points to none, else one that is pointed to, else the smallest id.
    """

    recorded: NDArray[np.int64]
    classes: Classes

    def seen(self, as_of: date) -> NDArray[np.bool_]:
        """Say which records an edition as of `as_of` sees.

        Of a class the first that was in the books by then: a preferred record that came later hides nothing before.
        """
        seen: NDArray[np.bool_] = self.recorded <= as_of.toordinal()
        for members in self.classes:
            known = [member for member in members if seen[member]]
            seen[known[1:]] = False
        return seen

    def only(self, kept: NDArray[np.bool_]) -> Fold:
        """Return the fold of a world in which only the kept records exist."""
        classes = (tuple(member for member in members if kept[member]) for members in self.classes)
        return Fold(np.where(kept, self.recorded, NEVER), tuple(members for members in classes if len(members) > 1))


def fold_same(entries: tuple[Entry, ...]) -> Fold:
    """Build the fold of all records, given in the order of their ids."""
    recorded = np.array([_recorded(entry).toordinal() for entry in entries], dtype=np.int64)
    targets = {entry.record.id: same for entry in entries if (same := getattr(entry.record, "same_as", None))}
    numbers = {entry.record.id: number for number, entry in enumerate(entries)}
    classes: dict[str, list[str]] = {}
    for id_, root in sorted(_roots(targets).items()):
        classes.setdefault(root, []).append(id_)
    pointed = frozenset(targets.values())
    ranked = (sorted(ids, key=lambda id_: (id_ in targets, id_ not in pointed, id_)) for ids in classes.values())
    known = (tuple(numbers[id_] for id_ in ids if id_ in numbers) for ids in ranked)
    return Fold(recorded, tuple(members for members in known if len(members) > 1))


def _recorded(entry: Entry) -> date:
    """A submission is known from the day on which both are true: handed in, and in the books."""
    record = entry.record
    return max(record.recorded.on, record.on) if isinstance(record, Submission) else record.recorded.on


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
