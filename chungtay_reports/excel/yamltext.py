"""Records as YAML text in the style of the workspace: a field per line, nested values on their line, tasks one per line."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

# The order in which a new record's fields are written, for all kinds at once.
ORDER = (
    "id",
    "kind",
    "title",
    "of",
    "unit",
    "parties",
    "signed_on",
    "number",
    "valid",
    "date",
    "from",
    "to",
    "period",
    "on",
    "count",
    "complete",
    "nothing_to_report",
    "host",
    "partners",
    "agreement",
    "school_level",
    "level",
    "mode",
    "direction",
    "topics",
    "topic",
    "subject",
    "venue",
    "counts",
    "support",
    "plan",
    "result",
    "note",
    "same_as",
    "illustration",
    "recorded",
    "corrections",
    "removed",
)
_RANK = {name: rank for rank, name in enumerate(ORDER)}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN_FLOW = re.compile(r"[^\W_][^:#,\[\]{}\"'\n\\]*")
_PLAIN_BLOCK = re.compile(r"[^\W_](?:[^:#\n\"'\\]|:(?=[^\s:])|(?<=\S)#)*")
_AMBIGUOUS = re.compile(r"[-+.\d][\d_.,:eE+-]*|0[xo].*|true|false|yes|no|on|off|null|y|n|~", re.IGNORECASE)


def rank(name: str) -> int:
    """Return the place of a field in a record."""
    return _RANK.get(name, len(ORDER))


def scalar(value: object, plain: re.Pattern[str] = _PLAIN_FLOW) -> str:
    """Write one value; quotes only where without them it would be read as something else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if _DAY.fullmatch(text) or (plain.fullmatch(text) and not _AMBIGUOUS.fullmatch(text) and text == text.strip()):
        return text
    return json.dumps(text, ensure_ascii=False)


def flow(value: object) -> str:
    """Write a value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value)


def field_lines(name: str, value: object) -> list[str]:
    """Write one field of a record, not indented."""
    if name in ("plan", "corrections") and isinstance(value, list):
        return [f"{name}:", *(f"  - {flow(item)}" for item in value)]
    return [f"{name}: {flow(value) if isinstance(value, Mapping | list) else scalar(value, _PLAIN_BLOCK)}"]


def record_lines(data: Mapping[str, Any]) -> list[str]:
    """Write a record as an item of a list."""
    lines = [line for name in sorted(data, key=rank) for line in field_lines(name, data[name])]
    return [("  " if number else "- ") + line for number, line in enumerate(lines)]
