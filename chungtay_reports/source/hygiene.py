"""Text as it may enter the program: NFC, without controls, direction marks, invisible or broken characters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from chungtay_reports.errors import Code, Place, Problem, Severity

CONTROL = Code("Y111", "có ký tự điều khiển {char} không nhìn thấy được; hãy xóa và gõ lại chỗ này")
DIRECTION = Code("Y112", "có ký tự đảo chiều chữ {char}, có thể làm chữ hiện khác với chữ thật; hãy xóa")
BROKEN = Code("Y113", "có ký tự hỏng {char}; chữ ở đây đã mất khi chuyển mã, hãy gõ lại")
INVISIBLE = Code("Y114", "có ký tự ẩn {char} (dán từ Word hoặc trang mạng), đã bỏ qua; nên xóa", Severity.WARNING)
MIXED = Code(
    "Y115",
    "từ “{word}” trộn chữ cái La-tinh với chữ cái Nga hoặc Hy Lạp trông giống hệt; hãy gõ lại cả từ",
    Severity.WARNING,
)
STACKED = Code("Y116", "có hơn bốn dấu chồng lên một chữ cái; tiếng Việt không cần quá hai dấu", Severity.WARNING)
ETH = Code("Y117", "“{word}” dùng chữ {char} của tiếng Iceland, không phải chữ Đ của tiếng Việt", Severity.WARNING)

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BROKEN = "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff" + "".join(
    chr(plane * 0x10000 + low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF)
)
_INVISIBLE = "\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff"
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_LOOKALIKE = "\u0370-\u03ff\u0400-\u052f"

# One cheap pass decides whether the slow rules below have anything to do.
_SUSPECT = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_BROKEN}{_INVISIBLE}{_MARKS}{_LOOKALIKE}ÐðƉ]")
_RULES: tuple[tuple[re.Pattern[str], Code], ...] = (
    (re.compile(f"[{_CONTROLS}]"), CONTROL),
    (re.compile(f"[{_DIRECTIONS}]"), DIRECTION),
    (re.compile(f"[{_BROKEN}]"), BROKEN),
    (re.compile(f"[{_INVISIBLE}]"), INVISIBLE),
    (re.compile(rf"[{_LATIN}](?=[{_LOOKALIKE}])|[{_LOOKALIKE}](?=[{_LATIN}])"), MIXED),
    (re.compile(f"[{_MARKS}]{{5,}}"), STACKED),
    (re.compile("[ÐðƉ]"), ETH),
)
# UTF-8 of what Vietnamese is written with: ASCII, Latin letters (C2-C6), U+1E80-1EFF (E1 BA, E1 BB), dashes and quotes
# (E2 80). Everything here is NFC by itself, and nothing here but Ð, ð, Ɖ is for the rules below to find.
_VIETNAMESE = bytes((*range(0x20, 0x7F), 0x0A, *range(0x80, 0xC0), *range(0xC2, 0xC7), 0xE1, 0xE2))
_ETHS = tuple(letter.encode() for letter in "ÐðƉ")
_REFUSED = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_BROKEN}{_INVISIBLE}]")
_WORD = re.compile(r"\S+")


def clean_text(text: str, place: Place) -> tuple[str, tuple[Problem, ...]]:
    """Return `text` in NFC with plain line ends and without the characters that are refused, and what was wrong with it.

    `place` is where its first character stands; each rule is reported once per line.
    """
    if _plainly_vietnamese(text):
        return text, ()
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not _SUSPECT.search(text):
        return text, ()
    problems = tuple(
        problem for number, line in enumerate(text.split("\n")) for problem in _faults(line, _line(place, number))
    )
    return _REFUSED.sub("", text), problems


def _plainly_vietnamese(text: str) -> bool:
    """Tell in a few passes at memory speed that a text is as it should be; False says nothing about it."""
    data = text.encode("utf-8", "surrogatepass")
    return (
        not data.translate(None, _VIETNAMESE)
        and data.count(b"\xe1") == data.count(b"\xe1\xba") + data.count(b"\xe1\xbb")
        and data.count(b"\xe2") == data.count(b"\xe2\x80")
        and not any(eth in data for eth in _ETHS)
        and text.replace("\n", "").isprintable()
    )


def _line(place: Place, number: int) -> Place:
    return place if number == 0 else replace(place, line=place.line + number, column=1)


def _faults(line: str, start: Place) -> list[Problem]:
    if not _SUSPECT.search(line):
        return []
    found = []
    for pattern, code in _RULES:
        match = pattern.search(line)
        if match:
            place = replace(start, column=start.column + match.start())
            found.append(code.at(place, char=f"U+{ord(match[0][0]):04X}", word=_word(line, match.start())))
    return found


def _word(line: str, position: int) -> str:
    return next((m[0] for m in _WORD.finditer(line) if m.start() <= position < m.end()), "").strip(".,;:!?\"'()“”")
