"""What somebody most likely meant by a word that is nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process


def closest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that was most likely meant, capitals or not, or None when nothing is close; ties go to the alphabet."""
    found = process.extractOne(word, sorted(words), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60)
    return found[0] if found else None
