"""How long a line of official text is, and where a long title or name is broken by sense."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from PIL import ImageFont

from chungtay_reports import resources

UNITS = 2048  # at this size one pixel is one unit of the font, so nothing is rounded
MM_PER_POINT = 25.4 / 72

Measure = Callable[[str], float]

# What a broken line costs, in lines: one more line, a quoted name torn apart, a line that ends with a dash, a number cut
# off from its noun, a break within a phrase, and the square of the share of the line that stays empty.
LINE, TORN, DASHED, CUT, CLUMSY, EMPTY = 1.0, 3.0, 0.6, 0.5, 0.3, 1.0
# Words that begin a phrase, and words that a name of its own follows: a break stands well before or after them.
OPENING = frozenset(
    [
        "và",
        "hoặc",
        "của",
        "trong",
        "về",
        "theo",
        "do",
        "tại",
        "cho",
        "từ",
        "đến",
        "năm",
        "giai",
        "các",
        "với",
        "giữa",
        "nhằm",
        "để",
        "phong",
        "tháng",
        "quý",
    ]
)
NAMING = frozenset(["phường", "xã", "quận", "huyện", "phố", "tỉnh"])


def width(
    text: str, size: float, *, bold: bool = False, italic: bool = False, family: str = resources.OFFICIAL
) -> float:
    """Measure a line set in `size` points, in mm, without kerning; kerning makes it shorter by about 1 % at most."""
    return _face(family, bold, italic).getlength(text) / UNITS * size * MM_PER_POINT


def broken(text: str, room: float, measure: Measure) -> tuple[str, ...]:
    """Break a text into few and even lines no longer than `room`, by sense where there is a choice.

    No line begins with a dash, and names in “…” stay whole as long as they fit. A word longer than a line stands alone.
    """
    words = _words(text)
    if not words or measure(" ".join(words)) <= room:
        return (" ".join(words),)
    inside = _inside_quotes(words)
    # best[n]: the cheapest way to set the first n words, as (cost, where its last line begins)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        best.append(
            min(
                (
                    best[start][0]
                    + _cost(words, start, end, room, measure)
                    + TORN * (end < len(words) and inside[end]),
                    start,
                )
                for start in range(end)
            )
        )
    lines: list[str] = []
    end = len(words)
    while end:
        start = best[end][1]
        lines.insert(0, " ".join(words[start:end]))
        end = start
    return tuple(lines)


def _cost(words: Sequence[str], start: int, end: int, room: float, measure: Measure) -> float:
    """Price the line of words `start` to `end`, and the break after it."""
    length = measure(" ".join(words[start:end]))
    if length > room and end - start > 1:
        return float("inf")
    cost = LINE + EMPTY * max(0.0, 1 - length / room) ** 2
    if end < len(words):
        before, after = words[end - 1].casefold(), words[end].casefold()
        good = after in OPENING or before in NAMING or before.endswith((",", ";", "”")) or after.startswith("“")
        cost += DASHED * before.endswith(" -") + CUT * after[:1].isdigit() + CLUMSY * (not good)
    return cost


def _words(text: str) -> list[str]:
    """Split at spaces that may break; a dash stays with the word before it."""
    words: list[str] = []
    for word in text.replace("\n", " ").split(" "):
        if word == "-" and words:
            words[-1] += " -"
        elif word:
            words.append(word)
    return words


def _inside_quotes(words: Sequence[str]) -> list[bool]:
    """Say of each word whether a break before it would tear a quoted name."""
    inside, depth = [], 0
    for word in words:
        inside.append(depth > 0)
        depth += word.count("“") - word.count("”")
    return inside


@cache
def _face(family: str, bold: bool, italic: bool) -> ImageFont.FreeTypeFont:  # noqa: FBT001 - a key of the cache
    wanted = (family, 700 if bold else 400, "italic" if italic else "normal")
    (face,) = [face for face in resources.FACES if (face.family, face.weight, face.style) == wanted]
    # the basic engine is in every Pillow and gives the same lengths everywhere
    return ImageFont.truetype(str(face.ttf), UNITS, layout_engine=ImageFont.Layout.BASIC)
