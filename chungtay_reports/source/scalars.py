"""What an unquoted YAML scalar means: a small core schema, and the traps that older YAML would fall into silently."""

from __future__ import annotations

import re

from chungtay_reports.errors import Code

BOOLEAN = Code("Y212", "“{text}” không rõ là chữ hay là đúng/sai; {meant}")
LEADING_ZERO = Code("Y213", "“{text}” bắt đầu bằng số 0; {meant}")
UNDERSCORE = Code("Y214", "“{text}” có dấu gạch dưới trong số; {meant}")
BASE = Code("Y215", "“{text}” là số viết theo hệ đếm khác; {meant}")
SEXAGESIMAL = Code("Y216", "“{text}” có nơi hiểu là số {seconds}; {meant}")
DECIMAL_COMMA = Code("Y217", "dấu phẩy trong {{…}} tách “{text}” thành hai mục; {meant}")
THOUSANDS = Code("Y218", "“{text}” không rõ là số nghìn hay số thập phân; {meant}")
NUMBER_FORM = Code("Y219", "“{text}” không phải cách viết số được nhận; {meant}")
DIGITS = Code("Y211", "số có hơn 18 chữ số; nếu là mã, hãy đặt trong ngoặc kép")

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_YES = {"yes", "on", "y", "true"}
_TRAP_WORDS = {
    form: word
    for word in ("yes", "no", "on", "off", "y", "n", "true", "false", "null")
    for form in (word, word.capitalize(), word.upper())
    if form not in _WORDS
}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_NUMBER_LIKE = re.compile(r"[-+]?[0-9][0-9_.]*")
_NUMERIC_START = frozenset("+-.0123456789")
_MAX_DIGITS = 18

Trap = tuple[Code, dict[str, str]]


def _quoted(text: str) -> str:
    return f'nếu là chữ hãy viết trong ngoặc kép "{text}"'


def _leading_zero(text: str) -> Trap:
    plain = text.lstrip("+-").lstrip("0") or "0"
    return LEADING_ZERO, {"meant": f'nếu là số hãy viết {plain}, nếu là mã hãy đặt trong ngoặc kép "{text}"'}


def _underscore(text: str) -> Trap:
    return UNDERSCORE, {"meant": f"hãy viết {text.replace('_', '')}"}


def _base(text: str) -> Trap:
    return BASE, {"meant": f"hãy viết số thập phân, hoặc {_quoted(text)}"}


def _sexagesimal(text: str) -> Trap:
    value = 0
    for part in text.lstrip("+-").split(":"):
        value = value * 60 + int(part)
    return SEXAGESIMAL, {"seconds": str(value), "meant": f'nếu là giờ hãy viết trong ngoặc kép "{text}"'}


def _thousands(text: str) -> Trap:
    return THOUSANDS, {"meant": f"hãy viết {text.replace('.', '')} (không dấu chấm)"}


def _number_form(text: str) -> Trap:
    return NUMBER_FORM, {"meant": f"hãy viết các chữ số liền nhau như 1250 hoặc 12.5; {_quoted(text)}"}


_TRAPS = (
    (re.compile(r"[-+]?0[0-9]+"), _leading_zero),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?"), _underscore),
    (re.compile(r"[-+]?0(?:x[0-9a-fA-F_]+|o[0-7_]+|b[01_]+)"), _base),
    (re.compile(r"[-+]?[0-9]{1,9}(?::[0-5]?[0-9]){1,4}"), _sexagesimal),
    (re.compile(r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+"), _thousands),
    (
        re.compile(
            r"\+[0-9]+(?:\.[0-9]*)?|[-+]?(?:\.[0-9]+|[0-9]+\.)(?:[eE][-+]?[0-9]+)?"
            r"|[-+]?[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
        ),
        _number_form,
    ),
)


def plain_value(text: str) -> tuple[str | int | float | bool | None, Trap | None]:
    """Read an unquoted scalar as YAML 1.2's core schema would, strictly: `true`, `false`, `null`, `12`, `12.5`, or text.

    Dates stay text. A trap keeps its text as the value and says in the second part what was probably meant.
    """
    if text in _WORDS:
        return _WORDS[text], None
    if text in _TRAP_WORDS:
        return text, _word_trap(text)
    if text[0] not in _NUMERIC_START:
        return text, None
    return _numeric_value(text)


def _numeric_value(text: str) -> tuple[str | int | float, Trap | None]:
    number: type[int | float] | None = int if _INTEGER.fullmatch(text) else None
    for pattern, trap in () if number else _TRAPS:
        if pattern.fullmatch(text):
            code, facts = trap(text)
            return text, (code, {"text": text, **facts})
    number = number or (float if _DECIMAL.fullmatch(text) else None)
    if number is None:
        return text, None
    return (text, (DIGITS, {})) if len(text.lstrip("-")) > _MAX_DIGITS else (number(text), None)


def _word_trap(text: str) -> Trap:
    word = _TRAP_WORDS[text]
    if word == "null":
        return BOOLEAN, {"text": text, "meant": f"để trống hoặc viết null; {_quoted(text)}"}
    value = "true" if word in _YES else "false"
    return BOOLEAN, {"text": text, "meant": f"nếu là đúng/sai hãy viết {value}, {_quoted(text)}"}


def is_text_key(text: str) -> bool:
    """Tell whether an unquoted mapping key is text and not a number, a truth value or nothing."""
    return text not in _WORDS and not _NUMBER_LIKE.fullmatch(text)
