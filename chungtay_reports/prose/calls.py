"""Find the `{{ name(arguments) }}` of a manuscript and read them, without ever evaluating anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from chungtay_reports.errors import Code, Problem
from chungtay_reports.prose.manuscript import Manuscript

UNCLOSED = Code("P101", "Chỗ điền “{{{{” chưa được đóng bằng “}}}}”.")
STRAY_END = Code("P102", "Dấu “}}}}” thừa, không có “{{{{” mở trước nó.")
STATEMENT = Code("P103", "Bài viết không dùng “{sign} … %}}” hay chú thích; chỉ dùng chỗ điền {{{{ tên(…) }}}}.")
NOT_A_CALL = Code(
    "P104", "Chỗ điền phải là một tên kèm dấu ngoặc, ví dụ {{{{ so('truong_ky_ket') }}}}; không tính toán, không lọc."
)
NOT_CONSTANT = Code("P105", "Tham số phải viết thẳng ra: chữ trong nháy đơn, số, True, False hoặc danh sách các chữ.")
CURLY_QUOTE = Code("P106", "Trong chỗ điền dùng nháy thẳng 'như thế này', không dùng nháy cong {quote}.")
TOO_LONG = Code("P107", "Chỗ điền dài quá {limit} ký tự hoặc lồng ngoặc quá sâu.")
PRIVATE = Code("P108", "Ký tự U+{number} không dùng được trong bài.")

ONE_BRACE = Code("P109", "Chỗ điền viết trong hai ngoặc nhọn: {{{{{inside}}}}}.")

MARK, FILL = "\ue000", "\ue001"
LIMIT = 1500
DEPTH = 5

Constant = str | int | float | bool | None | tuple["Constant", ...]

_OPENING = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|\{(?=\s*[a-z_]+\()")
_CURLY = re.compile("[“”‘’«»]")
_PRIVATE = re.compile("[\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_JINJA = Environment(autoescape=True)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its keyword (or ""), its constant value, and the offsets of keyword and value."""

    name: str
    value: Constant
    name_at: int
    value_at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A placeholder as typed, at the offsets [start, end); `name` is "" when it could not be read."""

    name: str
    arguments: tuple[Argument, ...]
    start: int
    end: int
    name_at: int


@dataclass(frozen=True, slots=True)
class Marked:
    """The text with every placeholder masked by as many private characters, and the placeholders by offset."""

    text: str
    calls: dict[int, Call]
    problems: tuple[Problem, ...]


def mark_calls(source: Manuscript) -> Marked:
    """Find every placeholder; what is broken is reported once and masked too, so that it causes nothing else."""
    problems: list[Problem] = []
    calls: dict[int, Call] = {}
    characters = list(source.text)
    for match in _PRIVATE.finditer(source.text):
        problems.append(PRIVATE.at(source.place(match.start()), number=f"{ord(match.group()):04X}"))
        characters[match.start()] = " "
    clean = "".join(characters)
    position = 0
    while opening := _OPENING.search(clean, position):
        start, sign = opening.start(), opening.group()
        call, found = _read(source, clean, start, sign)
        problems.extend(found)
        calls[start] = call
        characters[start : call.end] = [MARK, *[FILL] * (call.end - start - 1)]
        position = call.end
    return Marked("".join(characters), calls, tuple(problems))


def _read(source: Manuscript, text: str, start: int, sign: str) -> tuple[Call, tuple[Problem, ...]]:
    place = source.place(start)
    if sign in {"}}", "%}"}:
        return _broken(start, start + 2), (STRAY_END.at(place),)
    if sign == "{":
        closing = text.find("}", start, _line_end(text, start))
        end = _line_end(text, start) if closing < 0 else closing + (2 if text.startswith("}}", closing) else 1)
        return _broken(start, end), (ONE_BRACE.at(place, inside=text[start:end].strip("{}")),)
    if sign != "{{":
        closing = text.find("%}" if sign == "{%" else "#}", start)
        end = closing + 2 if closing >= 0 else _line_end(text, start)
        return _broken(start, end), (STATEMENT.at(place, sign=sign),)
    stop = _call_end(text, start)
    if stop is None:
        return _broken(start, _line_end(text, start)), (UNCLOSED.at(place),)
    return _parse(source, text, start, stop)


def _broken(start: int, end: int) -> Call:
    return Call("", (), start, end, start)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _call_end(text: str, start: int) -> int | None:
    """Find the end of `}}` outside quotes, or of the first `}}` at all when a quote is left open."""
    blank = re.compile(r"\n[ ]*\n").search(text, start)
    stop = blank.start() if blank else len(text)
    quote, position = "", start + 2
    while position < stop:
        character = text[position]
        if quote:
            if character == "\\":
                position += 1
            elif character == quote:
                quote = ""
        elif character in "'\"":
            quote = character
        elif text.startswith("}}", position):
            return position + 2
        position += 1
    first = text.find("}}", start, stop)
    return None if first < 0 else first + 2


@lru_cache(2048)  # every unit's report asks the same questions
def _tree(written: str) -> nodes.Template:
    return _JINJA.parse(written)


def _parse(source: Manuscript, text: str, start: int, end: int) -> tuple[Call, tuple[Problem, ...]]:
    written = text[start:end]
    broken, place = _broken(start, end), source.place(start)
    if len(written) > LIMIT or _depth(written) > DEPTH:
        return broken, (TOO_LONG.at(place, limit=LIMIT),)
    try:
        tree = _tree(written)
    except TemplateSyntaxError:
        curly = _CURLY.search(written)
        if curly:
            return broken, (CURLY_QUOTE.at(source.place(start + curly.start()), quote=curly.group()),)
        return broken, (NOT_A_CALL.at(place),)
    call = _only_call(tree)
    if call is None:
        return broken, (NOT_A_CALL.at(place),)
    name_at, spots = _spots(written, start)
    arguments, problems = [], []
    pairs = [("", node) for node in call.args] + [(pair.key, pair.value) for pair in call.kwargs]
    for (name, node), (keyword_at, value_at) in zip(pairs, spots, strict=False):
        try:
            arguments.append(Argument(name, _constant(node), keyword_at, value_at))
        except ValueError:
            problems.append(NOT_CONSTANT.at(source.place(value_at)))
    if problems:
        return broken, tuple(problems)
    assert isinstance(call.node, nodes.Name)  # noqa: S101 - _only_call has seen to it; tells mypy
    return Call(call.node.name, tuple(arguments), start, end, name_at), ()


def _depth(text: str) -> int:
    deepest = depth = 0
    for character in text:
        depth += (character in "([") - (character in ")]")
        deepest = max(deepest, depth)
    return deepest


def _only_call(tree: nodes.Template) -> nodes.Call | None:
    """Give the call that the whole placeholder consists of, or None when it is anything else."""
    match tree.body:
        case [nodes.Output(nodes=[nodes.Call(node=nodes.Name(), dyn_args=None, dyn_kwargs=None) as call])]:
            return call
    return None


def _constant(node: nodes.Node) -> Constant:
    match node:
        case nodes.Const(value=str() | int() | float() | None as value):
            return value
        case nodes.Neg(node=nodes.Const(value=int() | float() as number)) if not isinstance(number, bool):
            return -number
        case nodes.List(items=items) | nodes.Tuple(items=items):
            return tuple(_constant(item) for item in items)
    raise ValueError


def _spots(written: str, start: int) -> tuple[int, list[tuple[int, int]]]:
    """Give the offset of the name, and of the keyword and the value of each argument, in order."""
    tokens = list(_tokens(written, start))
    name_at = next((at for at, kind, _ in tokens if kind == "name"), start)
    spots: list[tuple[int, int]] = []
    depth = 0
    fresh = False
    for index, (at, kind, value) in enumerate(tokens):
        if depth == 1 and fresh and value != ")":
            named = kind == "name" and index + 2 < len(tokens) and tokens[index + 1][2] == "="
            spots.append((at, tokens[index + 2][0] if named else at))
        fresh = (depth == 0 and value == "(") or (depth == 1 and value == ",")
        depth += (value in {"(", "["}) - (value in {")", "]"})
    return name_at, spots


def _tokens(written: str, start: int) -> Iterator[tuple[int, str, str]]:
    at = start
    for _, kind, value in _JINJA.lex(written):
        if kind not in {"whitespace", "variable_begin", "variable_end"}:
            yield at, kind, value
        at += len(value)
