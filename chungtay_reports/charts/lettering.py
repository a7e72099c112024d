"""How wide a line of Be Vietnam Pro is, and where a long label breaks."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from itertools import combinations, pairwise
from pathlib import Path

REGULAR, BOLD = 400, 600
LEADING = 1.28  # line height that keeps the marks of Ẩ off the line above
UNKNOWN = 700  # a cautious width for a sign that the face lacks
CLINGING = frozenset("–—-·/")
BALANCED_WORDS = 12  # beyond it, lines are filled and not balanced


@cache
def _advances(weight: int) -> dict[str, int]:
    table = json.loads((Path(__file__).parent / "advances.json").read_text("utf-8"))
    widths: dict[str, int] = table[str(weight)]
    return widths


@lru_cache(4096)  # a label is measured again for every place that it may have
def width(text: str, size: float, weight: int = REGULAR) -> float:
    """Measure a line in the unit of `size`, without kerning: WeasyPrint sets chart text letter by letter."""
    advances = _advances(weight)
    return sum(advances.get(character, UNKNOWN) for character in text) * size / 1000


def wrap(text: str, room: float, size: float, weight: int = REGULAR) -> tuple[str, ...]:
    """Break a text into the fewest lines that fit, as even as they can be; cut a word that is wider than a line."""
    words = [piece for word in _words(text) for piece in _cut(word, room, size, weight)]
    if not words:
        return ("",)
    lines = _fill(words, room, size, weight)
    if len(lines) == 1 or len(words) > BALANCED_WORDS:
        return lines
    return min(
        (_split(words, breaks) for breaks in combinations(range(1, len(words)), len(lines) - 1)),
        key=lambda split: max(width(line, size, weight) for line in split),
    )


def _words(text: str) -> list[str]:
    """Split at spaces, but keep a dash or a dot with the word before it."""
    words: list[str] = []
    for word in text.split():
        if words and word in CLINGING:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _fill(words: list[str], room: float, size: float, weight: int) -> tuple[str, ...]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _split(words: list[str], breaks: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(" ".join(words[start:end]) for start, end in pairwise((0, *breaks, len(words))))


def _cut(word: str, room: float, size: float, weight: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character, size, weight) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces
