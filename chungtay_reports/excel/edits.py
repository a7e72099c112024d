"""Changes to a file of records as changes to its lines: what is not concerned stays as it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chungtay_reports.excel.yamltext import field_lines, rank, record_lines
from chungtay_reports.source.files import Parsed, parse_yaml
from chungtay_reports.source.validation import value_at
from chungtay_reports.source.yaml_tree import PathParts

_BLANK = re.compile(r"\s*(?:#.*)?")
_BLOCK_TEXT = re.compile(r"[^#]*:\s*[|>][-+0-9]*\s*(?:#.*)?")


@dataclass(frozen=True, slots=True)
class Change:
    """A record of the file by its path, before and after; after None takes it out."""

    path: PathParts
    before: Mapping[str, Any]
    after: Mapping[str, Any] | None


def edited(text: str, parsed: Parsed | None, changes: Sequence[Change], added: Sequence[Mapping[str, Any]]) -> str:
    """Return the file with its records changed in place and new ones at the end.

    Comments, order, quoting and line ends of all other fields and records stay.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    if parsed is not None:
        if isinstance(parsed.data, dict) and added:
            lines = _listed(lines)
            reparsed, _ = parse_yaml("\n".join(lines), parsed.file)
            parsed = reparsed or parsed
            changes = [Change((0,), change.before, change.after) for change in changes]
        for change in sorted(changes, key=lambda each: parsed.place(each.path).line, reverse=True):
            start, stop = _extent(lines, parsed, change.path)
            lines[start:stop] = _rewritten(lines[start:stop], start, parsed, change)
    body = "\n".join(lines).rstrip("\n")
    parts = [body] if body.strip() else []
    parts += ["\n".join(record_lines(data)) for data in added]
    whole = "\n\n".join(parts) + "\n" if parts else ""
    return whole.replace("\n", "\r\n") if "\r\n" in text else whole


def _listed(lines: list[str]) -> list[str]:
    """Turn a file that is one record into a list of one, so that others can follow."""
    first = next(number for number, line in enumerate(lines) if not _BLANK.fullmatch(line))
    indented = [f"  {line}" if line.strip() else line for line in lines[first:]]
    return [*lines[:first], "- " + indented[0][2:], *indented[1:]]


def _extent(lines: list[str], parsed: Parsed, path: PathParts) -> tuple[int, int]:
    """Return the lines of a record, counted from 0, without the blank lines and comments that follow it."""
    start = parsed.place(path).line - 1
    stop = len(lines)
    if path and isinstance(parsed.data, list) and int(path[-1]) + 1 < len(parsed.data):
        stop = parsed.place((int(path[-1]) + 1,)).line - 1
    while stop > start + 1 and _BLANK.fullmatch(lines[stop - 1]):
        stop -= 1
    return start, stop


def _rewritten(old: list[str], start: int, parsed: Parsed, change: Change) -> list[str]:
    if change.after is None:
        return []
    fields = _fields(old, start, parsed, change.path)
    whole = record_lines(change.after)
    if fields is None or fields[0].name not in change.after:
        return whole if change.path else [line[2:] for line in whole]
    return _merged(fields, change)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field's lines, and the blank lines and comments after them."""

    name: str
    prefix: str  # before its name: spaces, or “- ”
    lines: tuple[str, ...]
    after: tuple[str, ...]


def _fields(old: list[str], start: int, parsed: Parsed, path: PathParts) -> list[_Field] | None:
    """Take a record in block style apart; None when its fields do not begin lines of their own."""
    names = list(value_at(parsed.data, path))
    places = [parsed.key_place((*path, name)) for name in names]
    rows = [place.line - 1 - start for place in places]
    if len({place.column for place in places}) != 1 or rows != sorted(set(rows)) or rows[0] != 0:
        return None
    if old[0][: places[0].column - 1].strip() not in ("", "-"):
        return None
    fields = []
    for index, (name, row) in enumerate(zip(names, rows, strict=True)):
        stop = rows[index + 1] if index + 1 < len(rows) else len(old)
        last = stop
        block = _BLOCK_TEXT.fullmatch(old[row])
        while last > row + 1 and _follows(old[last - 1], places[0].column, block=bool(block)):
            last -= 1
        prefix = old[row][: places[0].column - 1]
        fields.append(_Field(name, prefix, tuple(old[row:last]), tuple(old[last:stop])))
    return fields


def _follows(line: str, column: int, *, block: bool) -> bool:
    """Tell whether a line after a field is none of its value; in a block text only what is not indented deeper."""
    indent = len(line) - len(line.lstrip())
    return bool(_BLANK.fullmatch(line)) and not (block and line.strip() and indent >= column)


def _merged(fields: list[_Field], change: Change) -> list[str]:
    after = change.after or {}
    indent = " " * len(fields[0].prefix)
    pieces: list[tuple[str, list[str]]] = []
    for one in fields:
        if one.name not in after:
            pieces.append(("", list(one.after)))
        elif one.name in change.before and change.before[one.name] == after[one.name]:
            pieces.append((one.name, [*one.lines, *one.after]))
        else:
            pieces.append((one.name, [*_new_lines(one, after[one.name], indent), *one.after]))
    present = {one.name for one in fields}
    for name in sorted((name for name in after if name not in present), key=rank):
        before = [index for index, (other, _) in enumerate(pieces) if other and rank(other) < rank(name)]
        lines = [indent + line for line in field_lines(name, after[name])]
        pieces.insert(before[-1] + 1 if before else len(pieces), (name, lines))
    return [line for _, lines in pieces for line in lines]


def _new_lines(old: _Field, value: object, indent: str) -> list[str]:
    lines = field_lines(old.name, value)
    if len(lines) == 1 and len(old.lines) == 1:
        lines[0] += _comment(old.lines[0])
    kept = {_item(line): line for line in old.lines[1:] if line.lstrip().startswith("- ")}
    new = [old.prefix + lines[0]]
    for line in lines[1:]:
        new.append(kept.get(_item(line)) or indent + line)  # noqa: PERF401 - a comprehension hides which line is kept
    return new


def _item(line: str) -> str:
    """Read an item of a list that stands on one line, so that one that did not change keeps its comment."""
    parsed, _ = parse_yaml(line.strip(), "")
    return repr(parsed.data) if parsed else line


def _comment(line: str) -> str:
    """Return the comment at the end of a field's only line, with the spaces before it."""
    stripped = line.strip().removeprefix("- ")
    whole, _ = parse_yaml(stripped, "")
    for match in re.finditer(r"\s+#", stripped):
        head, problems = parse_yaml(stripped[: match.start()], "")
        if whole and head and not problems and head.data == whole.data:
            return stripped[match.start() :]
    return ""
