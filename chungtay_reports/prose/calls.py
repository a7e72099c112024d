"""Find the `{{ name(arguments) }}` of a manuscript and read them, without ever evaluating anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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
_BLANK_LINE = re.compile(r"\n[ ]*\n")
_QUOTED_OR_END = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\}\}|['"]""", re.DOTALL)
_VALUE = r"'[^'\\\n]*'|0|[1-9][0-9]*|True|False"
_PLAIN_ARGUMENT = re.compile(rf"(?:(?P<keyword>[a-z][a-z0-9_]*)[ ]*=[ ]*)?(?P<value>{_VALUE})", re.ASCII)
_NAMED = rf"[a-z][a-z0-9_]*[ ]*=[ ]*(?:{_VALUE})"
_PLAIN_CALL = re.compile(
    rf"\{{\{{[ ]*(?P<name>(?!(?:not|and|or|if|else|is|in|true|false|none)\b)[a-z][a-z0-9_]*)"
    rf"\([ ]*(?P<arguments>(?:(?:{_VALUE})(?:,[ ]*(?:{_VALUE}))*(?:,[ ]*{_NAMED})*|{_NAMED}(?:,[ ]*{_NAMED})*)?)[ ]*\)[ ]*\}}\}}",
    re.ASCII,
)
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
    blank = _BLANK_LINE.search(text, start)
    stop = blank.start() if blank else len(text)
    for piece in _QUOTED_OR_END.finditer(text, start + 2, stop):
        if piece.group() == "}}":
            return piece.end()
        if len(piece.group()) == 1:
            break
    first = text.find("}}", start, stop)
    return None if first < 0 else first + 2


@dataclass(frozen=True, slots=True)
class _Understood:
    """What a placeholder says, with offsets from its own start; without a call the codes and places of what is wrong."""

    call: Call | None
    wrong: tuple[tuple[Code, int, str], ...] = ()


def _parse(source: Manuscript, text: str, start: int, end: int) -> tuple[Call, tuple[Problem, ...]]:
    found = _understood(text[start:end])
    if found.call is None:
        problems = (code.at(source.place(start + at), **_facts(code, said)) for code, at, said in found.wrong)
        return _broken(start, end), tuple(problems)
    own = found.call
    arguments = tuple(Argument(one.name, one.value, one.name_at + start, one.value_at + start) for one in own.arguments)
    return Call(own.name, arguments, start, end, own.name_at + start), ()


def _facts(code: Code, said: str) -> dict[str, Any]:
    if code is NOT_CONSTANT:
        return {"hint": f"'{said}'" if said else None}
    return {"quote": said} if code is CURLY_QUOTE else {"limit": LIMIT} if code is TOO_LONG else {}


@lru_cache(4096)  # every unit's report asks the same questions, each of them once as a trial
def _understood(written: str) -> _Understood:
    if len(written) > LIMIT or _depth(written) > DEPTH:
        return _Understood(None, ((TOO_LONG, 0, ""),))
    plain = _PLAIN_CALL.fullmatch(written)
    return _Understood(_plainly(plain)) if plain else _by_jinja(written)


def _by_jinja(written: str) -> _Understood:
    try:
        tree = _JINJA.parse(written)
    except TemplateSyntaxError:
        curly = _CURLY.search(written)
        wrong = (CURLY_QUOTE, curly.start(), curly.group()) if curly else (NOT_A_CALL, 0, "")
        return _Understood(None, (wrong,))
    call = _only_call(tree)
    if call is None:
        return _Understood(None, ((NOT_A_CALL, 0, ""),))
    name_at, spots = _spots(written, 0)
    arguments, wrong_at = [], []
    pairs = [("", node) for node in call.args] + [(pair.key, pair.value) for pair in call.kwargs]
    for (name, node), (keyword_at, value_at) in zip(pairs, spots, strict=False):
        try:
            arguments.append(Argument(name, _constant(node), keyword_at, value_at))
        except ValueError:
            wrong_at.append((NOT_CONSTANT, value_at, node.name if isinstance(node, nodes.Name) else ""))
    if wrong_at:
        return _Understood(None, tuple(wrong_at))
    assert isinstance(call.node, nodes.Name)  # noqa: S101 - _only_call has seen to it; tells mypy
    return _Understood(Call(call.node.name, tuple(arguments), 0, len(written), name_at))


def _plainly(written: re.Match[str]) -> Call:
    """Read a call of which nothing needs Jinja's parser: words in quotes, whole numbers, True and False."""
    arguments = []
    for one in _PLAIN_ARGUMENT.finditer(written.string, *written.span("arguments")):
        keyword_at = one.start("keyword") if one["keyword"] else one.start("value")
        arguments.append(Argument(one["keyword"] or "", _plain_value(one["value"]), keyword_at, one.start("value")))
    return Call(written["name"], tuple(arguments), 0, written.end(), written.start("name"))


def _plain_value(text: str) -> Constant:
    if text[0] == "'":
        return text[1:-1]
    return int(text) if text.isdecimal() else text == "True"


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
