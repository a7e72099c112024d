"""How running Vietnamese text is set: quotes, spaces that must not break, hyphens, ellipsis, lists.

`typography` works on one text; `typography_across` on the pieces of one sentence that are kept apart because some of
them carry a link or a proof. Both leave every letter and digit as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

NBSP = "\u00a0"

# nouns that take the number after them: “ngày 6/5”, “năm 2025”, “Phụ lục I”, “Điều 5”, “quý II”
NUMBERED = (
    "ngày", "tháng", "năm", "năm học", "giai đoạn", "quý", "tuần", "thế kỷ", "khóa", "khoá", "sáng", "chiều", "tối",
    "phụ lục", "điều", "khoản", "mục", "phần", "chương", "bảng", "biểu", "biểu đồ", "hình", "trang", "tập", "số",
    "lớp", "khối", "học kỳ", "học kì", "quận", "phường",
)  # fmt: skip
# first syllables of what is counted: the number and the noun stay on one line
COUNTED = (
    "nghìn", "triệu", "tỷ", "tỉ", "đồng", "trường", "đơn vị", "quận", "huyện", "thị xã", "xã", "phường", "tỉnh",
    "chuyên đề", "buổi", "tiết", "giờ", "phút", "ngày", "tuần", "tháng", "năm", "giáo viên", "thầy", "học sinh", "em",
    "trẻ", "cán bộ", "nhà giáo", "lượt", "lớp", "cặp", "biên bản", "giao ước", "bản ghi", "kế hoạch", "hoạt động",
    "trung tâm", "suất", "bộ", "cuốn", "máy", "phòng", "tài khoản", "mô hình", "đầu việc", "người", "cụm", "tuổi", "km", "kg",
)  # fmt: skip
TITLES = (
    "TM",
    "KT",
    "TL",
    "TUQ",
    "Q",
    "TP",
    "ThS",
    "TS",
    "PGS",
    "GS",
    "NGƯT",
    "NGND",
)  # with a full stop, before a name

_LETTER = r"[^\W\d_]"
_CAPITAL = f"[A-ZÀ-ÝĂĐĨŨƠƯ{''.join(map(chr, range(0x1EA0, 0x1EFA, 2)))}]"
_SPACE = f"[ \t{NBSP}]"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"…"), "..."),
    (re.compile(r"[‐‑‒–—−]"), "-"),  # one hyphen: “dạy - học”, “2022-2023”
    (re.compile(rf"{_SPACE}{{2,}}|\t"), " "),
    (re.compile(rf"{_SPACE}+(?=[.,;:!?%)\]}}”’]+(?![^\W_]))"), ""),
    (re.compile(rf"(?<=[(\[{{“‘]){_SPACE}+"), ""),
    (re.compile(rf"(?<=\.\.\.)(?={_LETTER})"), " "),
    (re.compile(rf"(?<!\w)((?i:{'|'.join(NUMBERED)})) (?=\d|[IVXLC]+(?!\w))"), rf"\1{NBSP}"),
    (re.compile(rf"(?<![\w.,/{NBSP}-])(\d[\d.,/-]*) (?=(?:{'|'.join(COUNTED)})(?!\w))"), rf"\1{NBSP}"),
    (re.compile(rf"(?<!\w)({'|'.join(TITLES)})\. (?={_CAPITAL})"), rf"\1.{NBSP}"),
    (re.compile(rf"(?<!\w)(GD&ĐT|GDĐT) (?={_CAPITAL})"), rf"\1{NBSP}"),
)


def typography(text: str) -> str:
    """Set a text for print: curly quotes (nested ‘ ’), `...`, one kind of hyphen, no space before punctuation, NBSP.

    A no-break space stands between a number and what it counts (“700 triệu”), after a numbered noun (“ngày 6/5”,
    “Điều 5”), after “TM.” and the like, and after “GD&ĐT”. Line breaks stay; setting a set text changes nothing.
    """
    set_text = _quotes(unicodedata.normalize("NFC", text))
    for pattern, replacement in _RULES:
        set_text = pattern.sub(replacement, set_text)
    return set_text


def typography_across(pieces: Sequence[str]) -> tuple[str, ...]:
    """Set pieces as the one sentence that they make (“Có ” + “672” + “ trường”), and give them back as pieces."""
    rest = typography("".join(pieces))
    result = []
    for piece in pieces[:-1]:
        cut = _cut(rest, piece)
        result.append(rest[:cut])
        rest = rest[cut:]
    return (*result, rest) if pieces else ()


def _cut(set_text: str, piece: str) -> int:
    """Find where `piece` ends in the beginning of a set text: setting keeps all that is not a space."""
    length, ends_open = len(piece), piece[-1:].isspace()
    as_typed = set_text[:length].replace(NBSP, " ") == piece.replace(NBSP, " ")
    if as_typed and not (ends_open and set_text[length : length + 1].isspace()):
        return length
    solid = len("".join(_settled(piece).split()))
    cut = 0
    while solid and cut < len(set_text):  # a mark torn from its letter may leave fewer
        solid -= not set_text[cut].isspace()
        cut += 1
    if ends_open:
        cut += len(set_text[cut:]) - len(set_text[cut:].lstrip())
    return cut


def _settled(piece: str) -> str:
    return _RULES[0][0].sub(_RULES[0][1], unicodedata.normalize("NFC", piece))


_QUOTE = re.compile("[“„«‘”»’\"']")
_OPENING, _CLOSING, _STRAIGHT = "“„«‘", "”»’", "\"'"
_PAIRS = ("“”", "‘’")  # by depth, in turn


def _quotes(text: str) -> str:
    """Turn every quotation mark into the one that its depth asks for; an apostrophe within a word stays."""
    if not _QUOTE.search(text):
        return text
    result: list[str] = []
    depth = 0
    for at, char in enumerate(text):
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if char not in _OPENING + _CLOSING + _STRAIGHT or (char in "'’" and before.isalnum() and after.isalnum()):
            result.append(char)
        elif _opens(char, before, after, depth):
            result.append(_PAIRS[depth % 2][0])
            depth += 1
        elif depth:
            depth -= 1
            # between letters a single one would pass for an apostrophe
            result.append("”" if before.isalnum() and after.isalnum() else _PAIRS[depth % 2][1])
        else:
            result.append("”" if char == '"' else char)
    return "".join(result)


def _opens(char: str, before: str, after: str, depth: int) -> bool:
    if char in _OPENING + _CLOSING:
        return char in _OPENING
    free_before = not before or before.isspace() or before in "([{-–—" + _OPENING + _STRAIGHT
    free_after = not after or after.isspace()
    return free_before and (not free_after or depth == 0) and bool(after)


def join(items: Sequence[str], conjunction: str = "và") -> str:
    """List items as Vietnamese does, without a comma before the last: A, B và C; with “;” when an item has a comma."""
    *first, last = items or ("",)
    separator = "; " if any(", " in item for item in items) else ", "
    return f"{separator.join(first)} {conjunction} {last}" if first else last


def sentence_start(text: str) -> str:
    """Give a sentence its capital, past opening quotes and brackets; one that starts with a figure stays."""
    first = next((at for at, char in enumerate(text) if char.isalnum()), 0)
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]


# what people are called by before their names, small within a sentence
_ADDRESSES = frozenset(["anh", "bà", "bác", "bạn", "cháu", "chị", "chú", "cô", "em", "ông", "thầy"])


def sentence_middle(text: str) -> str:
    """Let a text go on within a sentence: its first letter is small, unless a name or an abbreviation begins it."""
    first, _, rest = text.partition(" ")
    second = rest.partition(" ")[0]
    abbreviated = any(char.isupper() for char in first[1:])
    named = second[:1].isupper() and not second.isupper() and first.lower() not in _ADDRESSES
    return text if abbreviated or named else text[:1].lower() + text[1:]
