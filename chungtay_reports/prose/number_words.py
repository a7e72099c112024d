"""Find numbers in Vietnamese running text: digits of any script, number words, Roman numerals.

Some words are numbers only in company: “năm” is five before a counted noun or inside a numeral and a year elsewhere;
“tư”, “lăm”, “mốt”, “linh”, “lẻ” count only beside a number word; “tỷ” not in “tỷ lệ”, “triệu” not in “triệu tập”,
“chín” not in “chín muồi”, “tá” not in “thượng tá”. The table `number_vocabulary.SENSES` says so for
each word. Names of units and people are not decided here: whoever knows them removes them from what is found.
Sino-Vietnamese numerals (nhị, tam, tứ, song) do not count things in modern prose and are not looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import takewhile

from chungtay_reports.prose.number_vocabulary import (
    FIVE_AFTER,
    FIVE_BEFORE,
    NOT_STUDENTS,
    NOUNS,
    ROMAN_LABELS,
    SCALES,
    SENSES,
    WORD_VALUES,
    YEAR_AFTER,
)
from chungtay_reports.vietnamese.numerals import read_number

_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ANY_ROMAN = re.compile(r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_TOKEN = re.compile(r"[^\W\d_]+|[^\s\w]|\w|\s+", re.UNICODE)
_JOINED = re.compile(
    "(?:" + "|".join(sorted({*WORD_VALUES, *SCALES} - {"tá", "tư", "tỷ", "tỉ", "không"}, key=len)) + "){2,}"
)
_INNER = ".,/:-–−‑"


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text at [start, end): `kind` is digits, words or roman; `value` when it can be told."""

    start: int
    end: int
    kind: str
    text: str
    value: Fraction | None


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str  # as compared: NFKC, lower case
    written: str
    kind: str  # word | digits | space | other


@lru_cache(256)  # the sentences of a paragraph are read as trials first
def numbers(text: str, nouns: frozenset[str] = frozenset()) -> tuple[Found, ...]:
    """Find every number of `text`, in order; neighbours make one (“sáu trăm bảy mươi hai”, “500 triệu”).

    `nouns` are further counted nouns (the units of metrics) that tell “năm” five from “năm” year. A digit inside a
    word (“0ne”, “lớp10A”) is a number from that digit on; so are ½, ², Ⅻ, ① and digits of other scripts.
    """
    return tuple(_numbers(text, nouns))


def _numbers(text: str, nouns: frozenset[str]) -> Iterator[Found]:
    tokens = _tokens(text)
    words = [token for token in tokens if token.kind != "space"]
    counted = _counted(nouns)
    flags = [_kind(words, index, counted) for index in range(len(words))]
    for index, word in enumerate(words):
        if not flags[index] and (sense := SENSES.get(word.text)) and sense.beside:
            neighbours = (flags[index - 1 : index] or [""]) + (flags[index + 1 : index + 2] or [""])
            flags[index] = "words" if "words" in neighbours else ""
    index = 0
    while index < len(words):
        if not flags[index]:
            index += 1
            continue
        end = index + 1
        while end < len(words) and flags[end] == "words" and _goes_on(text, words[end - 1], words[end]):
            end += 1
        yield _found(text, words[index:end], flags[index])
        index = end


@lru_cache(64)
def _counted(nouns: frozenset[str]) -> frozenset[str]:
    return NOUNS | {noun.casefold() for noun in nouns}


def _tokens(text: str) -> list[_Token]:
    if not any(map(str.isnumeric, text)):
        return [_token(match.start(), match.group()) for match in _TOKEN.finditer(text)]
    tokens: list[_Token] = []
    position = 0
    while position < len(text):
        if text[position].isnumeric():
            end = _digits_end(text, position)
            tokens.append(_Token(position, end, text[position:end], text[position:end], "digits"))
        else:
            match = _TOKEN.match(text, position)
            end = match.end() if match else position + 1
            end = next((at for at in range(position + 1, end) if text[at].isnumeric()), end)
            tokens.append(_token(position, text[position:end]))
        position = end
    return tokens


def _token(start: int, written: str) -> _Token:
    return _Token(start, start + len(written), *_compared(written))


@lru_cache(8192)  # a language has few words, and says them often
def _compared(written: str) -> tuple[str, str, str]:
    kind = "space" if written.isspace() else "word" if written[0].isalpha() else "other"
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", written)).lower(), written, kind


def _digits_end(text: str, start: int) -> int:
    """A digit run goes on over one separator when another digit follows: 2.100, 6/5/2025, 2022-2023."""
    end = start + 1
    while end < len(text):
        if text[end].isnumeric():
            end += 1
        elif text[end] in _INNER and end + 1 < len(text) and text[end + 1].isnumeric():
            end += 2
        else:
            break
    return end


def _kind(words: list[_Token], index: int, counted: frozenset[str]) -> str:
    word = words[index]
    if word.kind != "word":
        return "digits" if word.kind == "digits" else ""
    if _is_number_word(words, index, counted):
        return "words"
    return "roman" if word.text not in SENSES and _is_roman(words, index, counted) else ""


def _is_number_word(words: list[_Token], index: int, counted: frozenset[str]) -> bool:
    word = words[index]
    before = words[index - 1].text if index else ""
    if before == "thứ" and word.written.istitle():
        return False  # “thứ Ba” is a day of the week, “thứ ba” a place in a row
    if word.text == "năm":
        return _is_five(words, index, counted)
    sense = SENSES.get(word.text)
    if sense is None:
        return _joined(word.text)
    return sense.counts(before, words[index + 1].text if index + 1 < len(words) else "")


@lru_cache(8192)
def _joined(word: str) -> bool:
    return _JOINED.fullmatch(word) is not None


def _is_five(words: list[_Token], index: int, counted: frozenset[str]) -> bool:
    """“năm trường”, “năm trăm”, “hai mươi năm”, “linh năm”; not “năm học”, “mỗi năm trường tổ chức”."""
    before = words[index - 1].text if index else ""
    following = _following(words, index)
    if before == "tháng" and words[index].written.istitle():
        return True  # “tháng Năm” is May
    if before in FIVE_AFTER or (following and following[0] in FIVE_BEFORE):
        return True
    if before in YEAR_AFTER or not following:
        return False
    if following[:2] == ["học", "sinh"] and following[2:3] and following[2] in NOT_STUDENTS:
        return False
    return following[0] in counted or " ".join(following[:2]) in counted


def _following(words: list[_Token], index: int) -> list[str]:
    """Give up to three words that follow without a stop or comma between."""
    return [word.text for word in takewhile(lambda word: word.kind == "word", words[index + 1 : index + 4])]


def _is_roman(words: list[_Token], index: int, counted: frozenset[str]) -> bool:
    """“XII trường”, “đạt XXI”; not “quý II”, “Đại hội XIII”, nor an initial such as “V.” or “MC”."""
    written = words[index].written
    if not _ANY_ROMAN.fullmatch(written):  # which _ROMAN is a part of
        return False
    before = words[index - 1].text if index else ""
    following = _following(words, index)
    counts = bool(following) and (following[0] in counted or " ".join(following[:2]) in counted)
    if before in ROMAN_LABELS:
        return False
    if counts:
        return before != "."
    return len(written) > 1 and _ROMAN.fullmatch(written) is not None


def _goes_on(text: str, left: _Token, right: _Token) -> bool:
    """“500 triệu” and “hai mươi” are one number; “672 một” and “hai, ba” are two."""
    apart = text[left.end : right.start].strip()
    return not apart and (left.kind != "digits" or right.text in SCALES or right.text == "rưỡi")


def _found(text: str, words: list[_Token], kind: str) -> Found:
    start, end = words[0].start, words[-1].end
    while kind == "digits" and text[end : end + 1] == "%":
        end += 1
    return Found(start, end, kind, text[start:end], value_of([word.text for word in words]))


def value_of(words: list[str]) -> Fraction | None:
    """Read a numeral of words and digits (“sáu”, “trăm”, …; “1,5”, “triệu”); None when it makes no number."""
    total = group = Fraction(0)
    last: Fraction | None = None  # a digit that waits for its scale
    for word in words:
        if word == "mười":
            group += 10  # “mười một”: what follows is added, not a new digit
        elif word in WORD_VALUES:
            last = Fraction(WORD_VALUES[word])
        elif word[:1].isnumeric():
            last = _figures(word)
            if last is None:
                return None
        elif word in SCALES:
            amount = Fraction(1) if last is None else last
            if SCALES[word] < 1000:
                group += amount * SCALES[word]
            else:
                total += (group + (last or 0) or 1) * SCALES[word]
                group = Fraction(0)
            last = None
        elif word not in {"linh", "lẻ"}:
            return None
    return total + group + (last or 0)


def _figures(text: str) -> Fraction | None:
    digits = "".join(str(unicodedata.digit(c, "")) if c.isnumeric() else c for c in text)
    return read_number(digits)
