"""How a bulletin should sound: warnings about connectives, empty phrases, headlines and sapo; nothing here is an error."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from chungtay_reports.edition import Emphasis, Inline, Inlines, Link, Number, Strong, Text
from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.prose.lines import Line

_W = Severity.WARNING
CONNECTIVE = Code("P401", "“{text}” đã mở một câu ở gần ngay trên; trong ba đoạn chỉ nên dùng một lần.", _W)
EMPTY_PHRASE = Code("P402", "“{text}”: {instead}.", _W)
MOVEMENT = Code("P403", "Tên phong trào viết lệch: “{text}”; dùng {{{{ phong_trao() }}}} để luôn đúng.", _W)
LONG_HEADLINE = Code("P404", "Tít dài {count} chữ; nên dưới {limit} chữ.", _W)
HEADLINE_STOP = Code("P405", "Tít không kết thúc bằng dấu chấm.", _W)
TWO_HEDGES = Code("P406", "Tít có {count} lời ước lượng; chỉ nên có một.", _W)
SAPO_LENGTH = Code("P407", "Sapo có {count} chữ; nên từ {low} đến {high} chữ, một đến hai câu.", _W)

CONNECTIVES = (
    "bên cạnh đó", "ngoài ra", "đồng thời", "cùng với đó", "song song với đó", "không chỉ vậy", "không những thế",
    "đặc biệt", "đáng chú ý", "theo đó", "qua đó", "mặt khác", "hơn nữa", "thêm vào đó", "trong khi đó",
)  # fmt: skip
PHRASES = {
    "tiến hành việc": "bỏ động từ rỗng, nói thẳng việc đã làm",
    "thực hiện việc": "bỏ động từ rỗng, nói thẳng việc đã làm",
    "tiến hành tổ chức": "viết “tổ chức”",
    "nhờ đó": "suy diễn nguyên nhân; chỉ viết khi có nguồn nói vậy",
    "góp phần nâng cao": "suy diễn kết quả; chỉ viết khi có nguồn nói vậy",
    "góp phần quan trọng": "suy diễn kết quả; chỉ viết khi có nguồn nói vậy",
    "cho biết rằng": "viết “cho biết” hoặc dẫn thẳng ý",
    "trên địa bàn thành phố hà nội": "viết “ở Hà Nội” hoặc bỏ",
    "hết sức quan trọng": "bỏ tính từ khen",
    "vô cùng ý nghĩa": "bỏ tính từ khen",
}
HEDGE_WORDS = re.compile(r"^(?:gần|hơn|dưới|trên|khoảng|hàng|hầu hết|đa số|phần lớn)(?!\w)", re.IGNORECASE)

WINDOW = 3  # paragraphs in which a connective may stand once
HEADLINE_WORDS = 20
SAPO_WORDS = (30, 50)
TOLERANCE = 8  # words beyond the bounds before a sapo is reported
SIMILAR = 86  # of 100; the movement's name with a word or a dash changed

_OPENING = re.compile(rf"(?:^|[.!?…][”’\")]*\s+)({'|'.join(CONNECTIVES)})(?!\w)", re.IGNORECASE)
_PHRASE = re.compile(rf"(?<!\w)(?:{'|'.join(PHRASES)})(?!\w)", re.IGNORECASE)


def body_voice(lines: Sequence[Line], movement: str, variants: Iterable[str]) -> Iterator[Problem]:
    """Listen to the paragraphs of a text, in order."""
    heard: dict[str, int] = {}
    for index, line in enumerate(lines):
        yield from line_voice(line, movement, variants)
        for match in _OPENING.finditer(line.text):
            word = match[1].lower()
            if index - heard.get(word, -WINDOW) < WINDOW:
                yield CONNECTIVE.at(line.place(match.start(1)), text=match[1])
            heard[word] = index


def line_voice(line: Line, movement: str, variants: Iterable[str]) -> Iterator[Problem]:
    """Listen to one line: empty phrases, and the movement's name gone wrong."""
    for match in _PHRASE.finditer(line.text):
        yield EMPTY_PHRASE.at(line.place(match.start()), text=match.group(), instead=PHRASES[match.group().lower()])
    for start, end in _misnamed(line.text, movement, variants):
        yield MOVEMENT.at(line.place(start), text=line.text[start:end])


def _misnamed(text: str, movement: str, variants: Iterable[str]) -> Iterator[tuple[int, int]]:
    known = [
        match.span()
        for variant in sorted(variants)
        if variant in text
        for match in re.finditer(re.escape(variant), text)
    ]
    if known:
        yield from known
        return
    if len(text) < len(movement) // 2 or movement in text:
        return
    found = fuzz.partial_ratio_alignment(movement, text, score_cutoff=SIMILAR)
    if found is not None and len(text[found.dest_start : found.dest_end]) > len(movement) // 2:
        yield found.dest_start, found.dest_end


def headline_voice(inlines: Inlines, place: Place) -> Iterator[Problem]:
    """Judge a headline as it will be printed."""
    text = plain(inlines)
    count = len(text.split())
    if count >= HEADLINE_WORDS:
        yield LONG_HEADLINE.at(place, count=count, limit=HEADLINE_WORDS)
    if text.rstrip().endswith(".") and not text.rstrip().endswith("..."):
        yield HEADLINE_STOP.at(place)
    hedges = sum(bool(HEDGE_WORDS.match(number.text)) for number in _numbers(inlines))
    if hedges > 1:
        yield TWO_HEDGES.at(place, count=hedges)


def sapo_voice(inlines: Inlines, place: Place) -> Iterator[Problem]:
    """Judge the length of a sapo as it will be printed."""
    low, high = SAPO_WORDS
    count = len(plain(inlines).split())
    if count and not low - TOLERANCE <= count <= high + TOLERANCE:
        yield SAPO_LENGTH.at(place, count=count, low=low, high=high)


def plain(inlines: Inlines) -> str:
    """Give the words of inlines as they will be read."""
    return "".join(_words(inlines))


def _words(inlines: Inlines) -> Iterator[str]:
    for inline in inlines:
        if isinstance(inline, Text | Number):
            yield inline.text
        elif isinstance(inline, Strong | Emphasis | Link):
            yield from _words(inline.children)


def _numbers(inlines: Iterable[Inline]) -> Iterator[Number]:
    for inline in inlines:
        if isinstance(inline, Number):
            yield inline
        elif isinstance(inline, Strong | Emphasis | Link):
            yield from _numbers(inline.children)
