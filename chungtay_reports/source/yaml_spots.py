"""Where every character of a YAML text stands in its file, through folding, quoting and escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chungtay_reports.source.yaml_tree import Parsed, PathParts

Spot = tuple[int, int]  # line and column, from 1

_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")


def text_spots(parsed: Parsed, path: PathParts, text: str) -> tuple[Spot, ...]:
    """Give the line and column of every character of `text`, the value at `path`, and of its end.

    The value is laid over the file from its first character: white space matches white space however it was folded,
    `''` and backslash escapes match what they stand for. A character that cannot be found stands where the one before
    it ended.
    """
    start = parsed.text_place(path)
    lines = parsed.text.split("\n")
    raw = "\n".join(lines[start.line - parsed.first_line :])
    at = start.column - 1
    quote = raw[at - 1 : at] if start != parsed.place(path) and raw[at - 1 : at] in {"'", '"'} else ""
    offsets = list(_laid(text, raw, at, quote))
    return tuple(_spots(raw, offsets, start.line))


def _laid(text: str, raw: str, at: int, quote: str) -> Iterator[int]:
    """Yield the offset in `raw` of each character of `text`, then of its end."""
    for character in text:
        if character.isspace():
            yield at
            at = _past_space(raw, at, quote)
            continue
        at = _past_space(raw, at, quote)  # a folded line break that the value does not have
        yield at
        at += _width(raw, at, character, quote)
    yield at


def _past_space(raw: str, at: int, quote: str) -> int:
    while raw[at : at + 1].isspace() or (quote == '"' and raw.startswith("\\\n", at)):
        at += 2 if raw[at] == "\\" else 1
    return at


def _width(raw: str, at: int, character: str, quote: str) -> int:
    if raw[at : at + 1] == character and not (quote == "'" and character == "'"):
        return 1
    if quote == "'" and raw.startswith("''", at):
        return 2
    escape = _ESCAPE.match(raw, at) if quote == '"' else None
    return len(escape.group()) if escape else 0


def _spots(raw: str, offsets: list[int], first_line: int) -> Iterator[Spot]:
    """Turn offsets, which never go back, into lines and columns."""
    line, begin = first_line, 0
    for offset in offsets:
        while (turn := raw.find("\n", begin, offset)) >= 0:
            line, begin = line + 1, turn + 1
        yield line, offset - begin + 1
