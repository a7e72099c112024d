"""Refuse every number in prose that does not come from a figure.

A number is a digit of any script, a number word, or a Roman numeral (see `number_words`). It may stand only when it
comes from a placeholder, or inside an allowed phrase, a unit's or a person's name, or the movement's name. The message
names the figure of that value or the nearest one, so a right number typed by hand is refused as a wrong one is.
Claims that only a proof can carry (“gần”, “toàn bộ”, “dẫn đầu” …) are in `unproven`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chungtay_reports.errors import Code, Problem, Severity
from chungtay_reports.prose.allow import Allowed
from chungtay_reports.prose.lines import HOLE, Line
from chungtay_reports.prose.nearest import Advice
from chungtay_reports.prose.number_words import Found, numbers

DIGITS = Code("P201", "Con số “{text}” gõ tay; mọi số trong bài phải lấy từ bản ghi. {advice}")
WORDS = Code("P202", "Số viết bằng chữ “{text}” gõ tay; mọi số trong bài phải lấy từ bản ghi. {advice}")
ROMAN = Code(
    "P203", "Số La Mã “{text}” gõ tay; nếu là số đếm thì lấy từ chỉ tiêu, nếu là tên thì khai ở allow_numbers."
)
PERCENT = Code("P204", "Dấu “%” gõ tay sau chỗ điền; tỉ lệ phần trăm viết bằng {{{{ ty_le('…') }}}}.")
MIXED = Code("P205", "Chữ “{text}” lẫn ký tự của hệ chữ khác, trông giống mà không phải chữ Việt.")
VAGUE = Code(
    "P206",
    "“{text}” là số lượng ước chừng không có bản ghi; viết số bằng chỗ điền hoặc bỏ.",
    Severity.WARNING,
)

_CODES = {"digits": DIGITS, "words": WORDS, "roman": ROMAN}
_VAGUE = re.compile(r"(?<!\w)(?:vài ba|dăm ba|dăm bảy|dăm|vài|đôi ba|mấy)(?= [^\W\d_])", re.IGNORECASE)
_NAME_WINDOW = 9  # words on either side in which a name is looked for
_FOREIGN = re.compile("[^\x00-\u02af\u1e00-\u1eff\u2000-\u206f\ufffc]")  # what may be of another script
_PERCENT = re.compile(f"{HOLE}(?: |\u00a0)?(%)")
_WORD = re.compile(r"[^\s“”\"(),;:.!?…\ufffc]+")


@dataclass(frozen=True, slots=True)
class LintRules:
    """What may stand and what to advise.

    `is_name` tells whether some words are exactly the name of a unit or a person; `advise` gets the number found and
    the text before and after it; `nouns` are the counted nouns of the metrics.
    """

    allowed: Allowed
    is_name: Callable[[str], bool]
    advise: Callable[[Found, str, str], Advice]
    nouns: frozenset[str]


def lint(line: Line, rules: LintRules) -> Iterator[Problem]:
    """Find every typed number of a line, in order of place within each kind."""
    spans = rules.allowed.spans(line.text)
    for found in numbers(line.text, rules.nouns):
        if within((found.start, found.end), spans) or is_named(line.text, found, rules.is_name):
            continue
        advice = rules.advise(found, line.text[: found.start], line.text[found.end :])
        facts = {} if found.kind == "roman" else {"advice": advice.sentence}
        yield _CODES[found.kind].at(line.place(found.start), hint=advice.placeholder, text=found.text, **facts)
    for match in _PERCENT.finditer(line.text):
        yield PERCENT.at(line.place(match.start(1)))
    for match in _VAGUE.finditer(line.text):
        if not within(match.span(), spans):
            yield VAGUE.at(line.place(match.start()), text=match.group())
    yield from _mixed(line)


def stray_digit(text: str, rules: LintRules) -> str | None:
    """Find a digit of typed text outside every allowed phrase and name, by a way of its own: the second net."""
    if not any(map(str.isnumeric, text)):
        return None
    spans = rules.allowed.spans(text)
    for at, character in enumerate(text):
        if unicodedata.numeric(character, None) is None or any(start <= at < end for start, end in spans):
            continue
        if not is_named(text, Found(at, at + 1, "digits", character, None), rules.is_name):
            return character
    return None


def within(span: tuple[int, int], spans: tuple[tuple[int, int], ...]) -> bool:
    """Tell whether a span lies inside one of `spans`."""
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def is_named(text: str, found: Found, is_name: Callable[[str], bool]) -> bool:
    """Tell whether the number is part of a name: “Hai Bà Trưng”, “Ba Vì”, “Trường Tiểu học 20-10”."""
    words = [match.span() for match in _WORD.finditer(text, max(0, found.start - 120), found.end + 120)]
    inside = [index for index, (start, end) in enumerate(words) if start < found.end and found.start < end]
    if not inside or not any(text[start].isupper() or text[start].isnumeric() for start, _ in _pick(words, inside)):
        return False
    first, last = inside[0], inside[-1]
    for begin in range(max(0, first - _NAME_WINDOW), first + 1):
        for end in range(min(len(words) - 1, last + _NAME_WINDOW), last - 1, -1):
            if is_name(text[words[begin][0] : words[end][1]]):
                return True
    return False


def _pick(words: list[tuple[int, int]], indexes: list[int]) -> list[tuple[int, int]]:
    return [words[index] for index in indexes]


def _mixed(line: Line) -> Iterator[Problem]:
    """Find words that mix Latin letters with look-alikes (“bа” with a Cyrillic а hides a number word)."""
    if not _FOREIGN.search(line.text):
        return
    for match in re.finditer(r"[^\W\d_]+", line.text):
        scripts = {unicodedata.name(character, "").split(" ")[0] for character in match.group()}
        if scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}:
            yield MIXED.at(line.place(match.start()), text=match.group())
