"""A record's past told field by field: what it said, what it says instead, from which day on, by whom and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chungtay_reports.records import Record
from chungtay_reports.workspace.history import HISTORY, earlier_data

NOTHING = "chưa ghi"


@dataclass(frozen=True, slots=True)
class Turn:
    """One correction, or the removal, which has no fields; `fields` are (field, old, new)."""

    on: date
    by: str
    reason: str
    fields: tuple[tuple[str, str, str], ...]
    removes: bool = False


def retold(record: Record) -> tuple[Turn, ...]:
    """Tell all that has happened to a record since it came into the books, oldest first."""
    return tuple(_turns(record))


def _turns(record: Record) -> Iterator[Turn]:
    written = record.model_dump(mode="json", by_alias=True, exclude_none=True)
    present = {name: value for name, value in written.items() if name not in HISTORY}
    told = [present, *earlier_data(written)][::-1]
    for before, after, one in zip(told, told[1:], record.corrections, strict=False):
        yield Turn(one.on, one.by, one.reason, tuple(_fields(one.was, before, after)))
    if record.removed:
        yield Turn(record.removed.on, record.removed.by, record.removed.reason, (), removes=True)


def _fields(patch: Mapping[str, Any], before: Any, after: Any, outer: str = "") -> Iterator[tuple[str, str, str]]:
    for name, value in patch.items():
        old, new = (side.get(name) if isinstance(side, Mapping) else None for side in (before, after))
        if isinstance(value, Mapping):
            yield from _fields(value, old, new, f"{outer}{name}.")
        else:
            yield f"{outer}{name}", _plain(old), _plain(new)


def _plain(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(map(_plain, value)) or NOTHING
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_plain(each)}" for name, each in value.items())
    return str(value)
