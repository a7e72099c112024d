"""YAML as a careful person writes it: block style for records, one flow mapping per line for long lists."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

Value = object
_PLAIN = {
    "flow": re.compile(r"[^\W_][^:#,\[\]{}\"\n]*"),
    "block": re.compile(r"[^\W_](?:[^:#\n]|:(?=[^\s:])|(?<=\S)#)*"),
}
_AMBIGUOUS = re.compile(r"^(?:[-+.\d][\d_.,:eE+-]*|0[xo].*|true|false|yes|no|on|off|null|y|n|~)$", re.IGNORECASE)
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def slug(text: str) -> str:
    """ASCII id of a Vietnamese name: “Văn Miếu - Quốc Tử Giám” → van-mieu-quoc-tu-giam."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d")) if ord(c) < 128)
    return re.sub(r"[^a-z0-9]+", "-", bare.lower()).strip("-")


def scalar(value: Value, style: str = "flow") -> str:
    """One YAML scalar, quoted only where a plain one would be read as something else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    plain = _PLAIN[style].fullmatch(text) and not _AMBIGUOUS.match(text) and text == text.strip()
    return text if plain or _DATE.match(text) else json.dumps(text, ensure_ascii=False)


def flow(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value)


def block(record: Mapping[str, Value]) -> str:
    """A list item with one field per line; nested values on their line, lists of mappings one item per line."""
    lines: list[str] = []
    for key, value in record.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            lines.append(f"{key}:")
            lines.extend(f"  - {flow(item)}" for item in value)
        else:
            text = flow(value) if isinstance(value, Mapping | list | tuple) else scalar(value, "block")
            lines.append(f"{key}: {text}")
    return "- " + "\n  ".join(lines) + "\n"


def write(path: Path, text: str) -> None:
    """Write UTF-8 with Unix line ends, whatever the machine; refuse text that is not NFC or a file above 1 MB."""
    data = text.encode()
    if unicodedata.normalize("NFC", text) != text or len(data) > 1_000_000:
        message = f"{path}: not NFC or {len(data)} bytes"
        raise ValueError(message)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def records(rows: Iterable[Mapping[str, Value]]) -> str:
    """A file of records, an empty line between two."""
    return "\n".join(block(row) for row in rows)
