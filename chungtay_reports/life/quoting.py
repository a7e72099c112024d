"""What a notice quotes of a line that reads otherwise now: the cells or the sentences that moved, cut around the difference."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chungtay_reports.archive.sentences import sentences

LONGEST = 300  # characters of a line that a notice quotes
LEAD = 60  # characters that are quoted before the word that moved
CELLS = " | "
_LETTER = re.compile(r"[^\W\d_]")


def apart(old: str, new: str) -> tuple[str, str, str]:
    """Return the name of a row, and of both lines what the other one has not: never two quotations that look alike."""
    before, after = old.split(CELLS), new.split(CELLS)
    if len(before) == len(after) > 1:
        return _cells(before, after)
    return ("", *_clipped(*_sentences(old, new)))


def short(text: str) -> str:
    """Cut a line that is quoted whole."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rpartition(' ')[0]}…"


def _cells(before: list[str], after: list[str]) -> tuple[str, str, str]:
    """Quote the cells that moved; the number of a row says nothing, and a row with another name is another row."""
    start = int(before[0].isdecimal() and after[0].isdecimal() and before[1:] != after[1:])
    pairs = list(zip(before[start:], after[start:], strict=True))
    moved = [pair for pair in pairs if pair[0] != pair[1]]
    named, other = next((pair for pair in pairs if any(map(_LETTER.search, pair))), ("", ""))
    if named != other:
        return "", *_clipped(*_sides(pairs))
    return short(named), *_clipped(*_sides(moved))


def _sides(pairs: Sequence[tuple[str, str]]) -> tuple[str, str]:
    return CELLS.join(old for old, _ in pairs), CELLS.join(new for _, new in pairs)


def _sentences(old: str, new: str) -> tuple[str, str]:
    before, after = sentences(old), sentences(new)
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    return " ".join(before[head : len(before) - tail]), " ".join(after[head : len(after) - tail])


def _clipped(old: str, new: str) -> tuple[str, str]:
    """Leave out the words around the difference of passages that are too long to quote."""
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    at = _alike(old, new)
    start = old.rfind(" ", 0, at - LEAD) + 1 if at > LEAD else 0
    return _around(old, start, at), _around(new, start, at)


def _around(text: str, start: int, at: int) -> str:
    """Quote from `start` on, past the character `at`, to the end of a word where one ends in time."""
    end = len(text)
    if end - start > LONGEST:
        stop = text.rfind(" ", at + 1, start + LONGEST)
        end = stop if stop > at else start + LONGEST
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Count how much both begin with: characters of texts, sentences of lists."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))
