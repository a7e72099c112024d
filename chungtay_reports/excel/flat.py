"""A record as the rows of the form, cell by cell; the way to the sheets, of which `gathering.py` is the way back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from chungtay_reports.excel.offices import Names
from chungtay_reports.excel.sheets import NO, PART_SHEETS, RECORD_SHEETS, YES, Column, Path, Sheet
from chungtay_reports.records import Record
from chungtay_reports.vietnamese import sentence_start
from chungtay_reports.workspace.history import HISTORY

Value = str | int | date | None
Row = tuple[Value, ...]


def plain(record: Record) -> dict[str, Any]:
    """Return a record as authors write it: their names of fields, days as text, nothing that is the default anyway."""
    data: dict[str, Any] = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {name: value for name, value in data.items() if value not in ({}, [])}


def fingerprint(record: Record) -> str:
    """Return a short digest of what a record says, by which a form knows later whether it has changed since."""
    said = {name: value for name, value in plain(record).items() if name not in HISTORY}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def rows(record: Record, names: Names) -> Iterator[tuple[Sheet, Row]]:
    """Give the rows that a record fills, its own first, then those of its parts."""
    data = plain(record)
    for sheet in RECORD_SHEETS:
        if record.kind in sheet.kinds:
            yield sheet, tuple(_value(data, column, names) for column in sheet.columns)
    for sheet in PART_SHEETS:
        part = at(data, sheet.part)
        for item in part if isinstance(part, list) else [part] if part else []:
            row = tuple(_value({**item, "id": record.id}, column, names) for column in sheet.columns)
            if any(value is not None for value in row[1:]):
                yield sheet, row


def at(data: object, path: Path) -> Any:
    """Return the part of plain data at a path, or None."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(str(part))
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part] if part < len(data) else None
        else:
            return None
    return data


def _value(data: dict[str, Any], column: Column, names: Names) -> Value:
    if column.kind in ("units", "choices"):
        first = int(column.path[-1])
        items = (at(data, column.path[:-1]) or [])[first:]
        return "; ".join(_shown(item, column, names) for item in items) or None
    value = at(data, column.path)
    if value is None:
        return NO if column.kind == "yes" and column.required else None
    if column.kind == "day":
        return date.fromisoformat(value)
    if column.kind == "yes":
        return YES if value else NO
    if column.kind in ("choice", "unit"):
        return _shown(value, column, names)
    shown: Value = value
    return shown


def _shown(value: str, column: Column, names: Names) -> str:
    return sentence_start(column.choices[value]) if column.choices else names.label(value)
