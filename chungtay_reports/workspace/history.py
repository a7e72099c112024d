"""Records over time: what a record said on a day, before it was corrected and until it was removed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chungtay_reports.records import Record, Submission


@dataclass(frozen=True, slots=True)
class Version:
    """What the books say from day `since` on and before day `until`."""

    record: Record
    since: date
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def versions(record: Record) -> tuple[Version, ...]:
    """Give everything that the books have said in a record's place, oldest first; the last is the record as it stands.

    A correction counts from its day on, and so does a removal. A submission is known from the day on which both are
    true: handed in, and in the books. Between two corrections of one day nothing was ever seen.
    """
    return tuple(_windows(record)) if eventful(record) else (Version(record, _known_from(record, record.recorded.on)),)


def as_known(record: Record, as_of: date) -> Record | None:
    """Return what the books said on a day, or None when the record was not in them, or no more."""
    if not eventful(record):
        return record if _known_from(record, record.recorded.on) <= as_of else None
    return next((version.record for version in _windows(record) if as_of in version), None)


def eventful(record: Record) -> bool:
    """Say whether a record has a past: most have none."""
    return bool(record.corrections) or record.removed is not None


def earlier_data(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Undo the corrections of a record, written as authors write it: what it said before each, newest first.

    `was` is a merge patch (RFC 7396): what it names comes in the place of what is there, group by group; null takes
    away. What a record says of its history is no part of what it said.
    """
    told = {name: value for name, value in data.items() if name not in HISTORY}
    for correction in reversed(data.get("corrections") or []):
        told = merged(told, correction["was"])
        yield told


HISTORY = frozenset({"corrections", "removed"})


def merged(data: Any, patch: Any) -> Any:
    """Apply a merge patch to plain data; neither is changed."""
    if not isinstance(patch, Mapping):
        return patch
    found = dict(data) if isinstance(data, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            found.pop(name, None)
        else:
            found[name] = merged(found.get(name), value)
    return found


def patch_between(data: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Give the merge patch that makes `other` of `data`, neither of which has nulls."""
    patch: dict[str, Any] = {name: None for name in data if name not in other}
    for name, value in other.items():
        before = data.get(name)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            inner = patch_between(before, value)
            patch |= {name: inner} if inner else {}
        elif _written(before) != _written(value):
            patch[name] = value
    return patch


def _written(value: Any) -> str:
    """Write plain data out: to Python false is 0 and true is 1, also within lists; to a reader they are not."""
    return json.dumps(value, sort_keys=True, default=str)


def _windows(record: Record) -> Iterator[Version]:
    written = record.model_dump(mode="json", by_alias=True, exclude_none=True)
    model = type(record)
    past = [model.model_validate(data) for data in earlier_data(written)][::-1]
    turns = (record.recorded.on, *(correction.on for correction in record.corrections))
    ends = (*turns[1:], record.removed.on if record.removed else None)
    for one, since, until in zip((*past, record), turns, ends, strict=True):
        yield Version(one, _known_from(one, since), until)


def _known_from(record: Record, since: date) -> date:
    return max(since, record.on) if isinstance(record, Submission) else since
