"""Find numbers in Vietnamese running text: digits of any script, number words, Roman numerals.

Some words are numbers only in company: “năm” is five before a counted noun or inside a numeral and a year elsewhere;
“tư”, “lăm”, “mốt”, “linh”, “lẻ” count only beside a number word; “tỷ” not in “tỷ lệ”, “triệu” not in “triệu tập”,
“chín” not in “chín muồi”, “tá” not in “thượng tá”. The table `SENSES` says so for each word. Names of units and people
are not decided here: whoever knows them removes them from what is found. Sino-Vietnamese numerals (nhị, tam, tứ, song)
do not count things in modern prose and are not looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from chungtay_reports.numerals import read_number

WORD_VALUES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
SCALES = {
    "mươi": 10, "chục": 10, "tá": 12, "trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000,
    "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sense:
    """When a word is a number: never right before or after some syllables; `beside`: only next to a number."""

    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    only_after: frozenset[str] = frozenset()
    beside: bool = False


def _sense(before: str = "", after: str = "", only_after: str = "", *, beside: bool = False) -> Sense:
    return Sense(frozenset(before.split()), frozenset(after.split()), frozenset(only_after.split()), beside)


_PLAIN = Sense()
_RATIO_WORDS = "lệ số trọng mỉ mẩn giá suất phú thí dụ tê"
SENSES: dict[str, Sense] = {
    **dict.fromkeys(
        ("một", "hai", "bốn", "sáu", "bảy", "tám", "mười", "mươi", "chục", "trăm", "nghìn", "ngàn"), _PLAIN
    ),
    **dict.fromkeys(("rưỡi", "nửa"), _PLAIN),
    "ba": _sense("mẹ má lô rem toong gai"),
    "bẩy": _sense(after="đòn"),
    "chín": _sense("muồi chắn chắc mọng đỏ vàng rộ nhũn", "nấu lúa quả trái cơm"),
    "vạn": _sense("sự vật dặm lý thọ niên tuế bất năng tường an hoa", "muôn"),
    "triệu": _sense("tập chứng hồi gọi thị văn đình", "bà họ"),
    "tỷ": _sense(_RATIO_WORDS),
    "tỉ": _sense(_RATIO_WORDS),
    "tư": _sense(only_after="mươi linh lẻ trăm phần"),
    "lăm": _sense(only_after="mươi mười"),
    "nhăm": _sense(only_after="mươi"),
    "mốt": _sense(only_after="mươi"),
    "tá": _sense(only_after="một hai ba bốn năm sáu bảy tám chín mười vài mấy hàng nửa cả"),
    "đôi": _sense(only_after="gấp nhân tăng giảm chia"),
    "linh": _sense(beside=True),
    "lẻ": _sense(beside=True),
}
_YEAR_AFTER = frozenset(
    [
        "mỗi",
        "hằng",
        "hàng",
        "trong",
        "nhiều",
        "cuối",
        "đầu",
        "giữa",
        "suốt",
        "những",
        "các",
        "qua",
        "từng",
        "sang",
        "vào",
        "nay",
        "bao",
        "theo",
        "quanh",
        "tết",
        "mấy",
        "vài",
        "lâu",
    ]
)
_FIVE_BEFORE = frozenset(["mươi", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "chục"])
_NOUNS = frozenset(
    """
    trường|quận|huyện|thị xã|xã|phường|tỉnh|thành phố|chuyên đề|buổi|tiết|lượt|giáo viên|học sinh|học viên|em|cháu|thầy|cô|thầy cô
    đơn vị|cặp|phòng|trung tâm|hoạt động|bộ|quyển|cuốn|chiếc|máy|suất|phần quà|đồng|nhóm|nội dung|mô hình|tổ|ngày|tuần|tháng
    giờ|phút|lần|bản|biên bản|văn bản|kế hoạch|giao ước|đầu việc|tài khoản|hội thảo|hội nghị|cuộc|môn|cán bộ|người|nhà giáo|đại biểu
    lớp học|địa phương|cụm|giải|công trình|chương trình|hạng mục|điểm|sở|ban|ngành|tiết học|học bổng|bài|câu|nhiệm vụ|giải pháp
    """.replace("\n", "|")
    .replace("    ", "")
    .strip("|")
    .split("|")
)
_NOT_STUDENTS = frozenset({"hoạt", "ra", "tồn"})  # “năm học sinh hoạt” is a school year, not five pupils
_ROMAN_LABELS = frozenset(
    [
        "quý",
        "kỳ",
        "kì",
        "lục",
        "chương",
        "mục",
        "phần",
        "khóa",
        "khoá",
        "hội",
        "thứ",
        "kỷ",
        "kỉ",
        "tập",
        "vòng",
        "cấp",
        "loại",
        "đợt",
        "hạng",
        "bậc",
        "điều",
        "bảng",
        "khối",
    ]
)
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ANY_ROMAN = re.compile(r"(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_TOKEN = re.compile(r"[^\W\d_]+|[^\s\w]|\w|\s+", re.UNICODE)
_JOINED = re.compile("(?:" + "|".join(sorted({*WORD_VALUES, *SCALES} - {"tá", "tư", "tỷ", "tỉ"}, key=len)) + "){2,}")
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


def numbers(text: str, nouns: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Find every number of `text`, in order; neighbours make one (“sáu trăm bảy mươi hai”, “500 triệu”).

    `nouns` are further counted nouns (the units of metrics) that tell “năm” five from “năm” year. A digit inside a
    word (“0ne”, “lớp10A”) is a number from that digit on; so are ½, ², Ⅻ, ① and digits of other scripts.
    """
    tokens = _tokens(text)
    words = [token for token in tokens if token.kind != "space"]
    counted = _NOUNS | {noun.casefold() for noun in nouns}
    flags = [_kind(words, index, counted) for index in range(len(words))]
    for index, word in enumerate(words):
        if SENSES.get(word.text, _PLAIN).beside and not flags[index]:
            neighbours = (flags[index - 1 : index] or [""]) + (flags[index + 1 : index + 2] or [""])
            flags[index] = "words" if "words" in neighbours else ""
    index = 0
    while index < len(words):
        if not flags[index]:
            index += 1
            continue
        end = index + 1
        while (
            end < len(words)
            and _goes_on(words[end - 1], words[end], flags[end])
            and _touch(text, *words[end - 1 : end + 1])
        ):
            end += 1
        yield _found(text, words[index:end], flags[index])
        index = end


def _tokens(text: str) -> list[_Token]:
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
            written = text[position:end]
            kind = "space" if written.isspace() else "word" if written[0].isalpha() else "other"
            compared = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", written)).lower()
            tokens.append(_Token(position, end, compared, written, kind))
        position = end
    return tokens


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
    if word.kind == "digits":
        return "digits"
    if word.kind != "word":
        return ""
    before = words[index - 1].text if index else ""
    after = words[index + 1].text if index + 1 < len(words) else ""
    if word.text == "năm":
        return "words" if _is_five(words, index, counted) else ""
    sense = SENSES.get(word.text)
    if sense is not None:
        return "words" if _counts(sense, before, after) else ""
    if _JOINED.fullmatch(word.text) and word.text not in SENSES:
        return "words"
    return "roman" if _is_roman(words, index, counted) else ""


def _counts(sense: Sense, before: str, after: str) -> bool:
    if sense.beside:
        return False
    if sense.only_after and before not in sense.only_after:
        return False
    return after not in sense.not_before and before not in sense.not_after


def _is_five(words: list[_Token], index: int, counted: frozenset[str]) -> bool:
    """“năm trường”, “năm trăm”, “hai mươi năm”, “linh năm”; not “năm học”, “mỗi năm trường tổ chức”."""
    before = words[index - 1].text if index else ""
    following = [word.text for word in words[index + 1 : index + 4] if word.kind == "word"]
    if before in {"linh", "lẻ", "phẩy"} or (following and following[0] in _FIVE_BEFORE):
        return True
    if before in _YEAR_AFTER or not following:
        return False
    if following[:2] == ["học", "sinh"] and following[2:3] and following[2] in _NOT_STUDENTS:
        return False
    return following[0] in counted or " ".join(following[:2]) in counted


def _is_roman(words: list[_Token], index: int, counted: frozenset[str]) -> bool:
    """“XII trường”, “đạt XXI”; not “quý II”, “Đại hội XIII”, nor an initial such as “V.” or “MC”."""
    written = words[index].written
    before = words[index - 1].text if index else ""
    following = [word.text for word in words[index + 1 : index + 3] if word.kind == "word"]
    counts = bool(following) and (following[0] in counted or " ".join(following) in counted)
    if before in _ROMAN_LABELS:
        return False
    if counts and _ANY_ROMAN.fullmatch(written):
        return before != "."
    return len(written) > 1 and _ROMAN.fullmatch(written) is not None


def _goes_on(left: _Token, right: _Token, flag: str) -> bool:
    """“500 triệu” and “hai mươi” are one number; “672 một” and “12 30” are two."""
    return flag == "words" and (left.kind != "digits" or right.text in SCALES or right.text == "rưỡi")


def _touch(text: str, left: _Token, right: _Token) -> bool:
    return not text[left.end : right.start].strip()


def _found(text: str, words: list[_Token], kind: str) -> Found:
    start, end = words[0].start, words[-1].end
    while kind == "digits" and text[end : end + 1] == "%":
        end += 1
    return Found(start, end, kind, text[start:end], value_of([word.text for word in words]))


def value_of(words: list[str]) -> Fraction | None:
    """Read a numeral of words and digits (“sáu”, “trăm”, …; “1,5”, “triệu”); None when it makes no number."""
    total = group = last = Fraction(0)
    for word in words:
        if word in WORD_VALUES:
            last = Fraction(WORD_VALUES[word])
        elif word[:1].isnumeric():
            value = _figures(word)
            if value is None:
                return None
            last = value
        elif word == "rưỡi":
            return None
        elif word in SCALES and SCALES[word] >= 1000:
            total += (group + last or 1) * SCALES[word]
            group = last = Fraction(0)
        elif word in SCALES:
            group += (last or 1) * SCALES[word]
            last = Fraction(0)
        elif word not in {"linh", "lẻ"}:
            return None
    return total + group + last


def _figures(text: str) -> Fraction | None:
    digits = "".join(str(unicodedata.digit(c, "")) if c.isnumeric() else c for c in text)
    return read_number(digits)
