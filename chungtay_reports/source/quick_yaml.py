"""The quick way into a YAML file: one look that proves it ordinary, then a parser in Rust; anything else goes the careful way.

`yaml-rs` resolves what authors must not write (012, True, 1_000, anchors, tags) silently. So a grammar of lines says
first which texts mean the same to both parsers: ASCII keys, flow collections that end on their line, words that are
no traps, plain whole numbers, days, quoted text without escapes, at most twelve columns of indentation and three
levels of brackets. Nothing else ever reaches the parser, which could not bear 100,000 nested dashes either.
"""

from __future__ import annotations

import re
from functools import lru_cache

import yaml_rs

from chungtay_reports.source.scalars import plain_value

LARGEST = 100_000  # characters: a scalar cannot be longer than its file, nor can a file this short hold too many values

_TRAP = r"(?:[yY](?:es|ES)?|[nN](?:o|O|ull|ULL)?|[oO](?:n|N|ff|FF)|[tT]rue|TRUE|[fF]alse|FALSE)"
_KEY = r"(?>(?!(?:true|false|null):)[a-z_]++|\"[^\"\\\n]++\")"
_BLOCK_END = r"(?:\ *\n|\ +[#])"
_FLOW_END = r"\ *+[,\]}]"


def _scalar(excluded: str, end: str) -> str:
    """Write the pattern of one value: `end` stands behind it, `excluded` characters are not in its plain text."""
    text = rf"(?:[^\n:\#{excluded}]|:(?=[^\s,\[\]{{}}?]))*+"
    return rf"""(?:(?!{_TRAP}{end})[^\W\d_]{text}
      |(?:true|false|null|-?(?:0|[1-9][0-9]{{0,17}})|[0-9]{{4}}-[0-9][0-9]-[0-9][0-9])(?={end})
      |“{text}
      |[0-9][0-9A-Za-z.-]*+(?:\ ++[^\ \n:\#,\[\]{{}}"']|[^\s0-9A-Za-z_.+\-:\#,\[\]{{}}"']){text}
      |"[^"\\\n]*+"(?={end})|'[^'\n]*+'(?={end}))"""


def _flow(depth: int) -> str:
    value = one = _scalar(r",\[\]{}\"'", _FLOW_END)
    for _ in range(depth):
        value = rf"""(?>{one}|\[\ *+(?:{value}\ *+(?:,\ *+(?=[^\],])|(?=\])))*+\]
          |\{{\ *+(?:{_KEY}:\ {value}\ *+(?:,\ *+(?=[^}},])|(?=\}})))*+\}})"""
    return rf"(?=[\[{{]){value}"


_VALUE = rf"(?>(?![\[{{]){_scalar('', _BLOCK_END)}|{_flow(3)})\ *+(?:(?<=\ )[#][^\n]*+)?"
# The value is written once: compiled, it is by far the longest part, and everything that is run pays for it.
_HEAD = rf"(?>(?:-\ ){{1,2}}+(?>{_KEY}:\ |(?!{_KEY}:))|{_KEY}:\ |(?=[\[{{]))"
_LINE = rf"\ {{0,12}}+(?>{_HEAD}{_VALUE}|(?:(?:-\ ){{1,2}}+)?+{_KEY}:\ *+|[#][^\n]*+|)\n"
_ORDINARY = re.compile(rf"(?>{_LINE})*+", re.VERBOSE)
_NAME = r"(?!(?:true|false|null):)[a-z_]++"
_WORD = r"-?+[0-9A-Za-z][0-9A-Za-z-]*+"
_SIMPLE = re.compile(
    rf"({_NAME}): (?:({_WORD})"
    rf"|\{{({_NAME}: {_WORD}(?:, {_NAME}: {_WORD})*+)\}}"
    rf"|\[({_WORD}(?:, {_WORD})*+)\]"
    rf"|((?!{_TRAP}\Z)[^\W\d_][^\n\t:#]*+)(?<!\s))"
)
_ITEM = re.compile(r"^- ", re.MULTILINE)
_BEFORE = re.compile(r"(?: *(?:#[^\n]*)?\n)* *")

Spot = tuple[int, int]


def quick_yaml(text: str) -> object | None:
    """Give the plain data of a clean text that is ordinary YAML; None for every other text, right or wrong.

    What it gives, `parse_yaml` gives too, and without any problem.
    """
    lines = text if text.endswith("\n") else f"{text}\n"
    if len(text) > LARGEST or not _ORDINARY.fullmatch(lines):
        return None
    try:
        data: object = yaml_rs.loads(lines, parse_datetime=False)
    except yaml_rs.YAMLDecodeError:
        return None
    return data


def quick_fields(fields: list[str]) -> list[object] | None:
    """Give the plain data of clean texts, each of which is a field of a mapping; None when not all of them are ordinary.

    Most are one word, a few between brackets, or a title; these need no parser.
    """
    found = [_simple(field) for field in fields]
    others = [field for field, data in zip(fields, found, strict=True) if data is None]
    if not others:
        return found
    read = quick_yaml("- " + "\n- ".join(others))
    if not isinstance(read, list) or len(read) != len(others):
        return None
    rest = iter(read)
    return [next(rest) if data is None else data for data in found]


def _simple(field: str) -> object | None:
    parts = _SIMPLE.fullmatch(field)
    if parts is None:
        return None
    name, token, pairs, items, text = parts.groups()
    if text:
        return {name: text}
    try:
        if pairs:
            value: object = dict(map(_pair, told := pairs.split(", ")))
            return {name: value} if len(value) == len(told) else None  # type: ignore[arg-type]
        return {name: _token(token) if token else list(map(_token, items.split(", ")))}
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def _pair(text: str) -> tuple[str, object]:
    name, _, token = text.partition(": ")
    return name, _token(token)


@lru_cache(maxsize=8192)
def _token(text: str) -> object:
    value, trap = plain_value(text)
    if trap:
        raise ValueError(text)
    return value


def item_spots(text: str, data: object) -> tuple[Spot, ...]:
    """Give line and column of each item of an ordinary list, or of the mapping that the text is; () when it is set otherwise."""
    if not isinstance(data, list):
        before = _BEFORE.match(text)
        at = before.end() if before else 0
        return ((text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)),)
    spots, line, begin = [], 1, 0
    for item in _ITEM.finditer(text):
        line, begin = line + text.count("\n", begin, item.start()), item.start()
        spots.append((line, 3))
    return tuple(spots) if len(spots) == len(data) else ()
