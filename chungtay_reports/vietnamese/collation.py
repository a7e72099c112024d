"""How Vietnamese texts are compared: the order of the dictionary, the order of people, and a forgiving key for matching.

The order is that of CLDR for Vietnamese as ICU computes it (root collation, punctuation not ignored, digits one by
one): letters first over the whole text, then tones, then capitals. It never asks the machine's locale.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; ngang has no mark
SHAPES = "\u0306\u0302\u031b"  # breve, circumflex, horn: with their letter they make another letter
# CLDR root order of what stands before letters; found here means before, in this order
SIGNS = "\t\n _-‐–—,;:!?.…·'‘’\"“”«»()[]{}§¶@*/\\&#%‰•`´^¨°©®→+±÷×<=>|~−≤≥¢$£¥₫€0123456789"
SAME_SIGN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2011": "\u2010"})

SortKey = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], str]
Elements = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]


def sort_key(text: str) -> SortKey:
    """Make a key that orders texts as a Vietnamese dictionary does.

    Four levels: letters; tones (ngang < huyền < hỏi < ngã < sắc < nặng); small before capital; at last the text itself,
    so that only equal texts have equal keys. Characters beyond the alphabet and common signs come after z, by code point.
    """
    normal = unicodedata.normalize("NFC", text)
    elements = [_elements(char) for char in normal]
    primary, secondary, tertiary = (tuple(w for element in elements for w in element[level]) for level in range(3))
    return primary, secondary, tertiary, normal


@cache
def _elements(char: str) -> Elements:
    """Weigh one NFC character: its letter, then a secondary weight for each mark that is not part of the letter."""
    base, *marks = tuple(unicodedata.normalize("NFD", char.translate(SAME_SIGN)))
    shape = [mark for mark in marks if mark in SHAPES]
    letter = unicodedata.normalize("NFC", base + "".join(shape[:1]))
    extra = [mark for mark in marks if mark not in shape[:1]]
    if unicodedata.combining(base):
        return (), (_mark_weight(base),), (0,)
    weights = (0, *(_mark_weight(mark) for mark in extra))
    capital = int(letter != letter.lower())
    return (_primary(letter.lower()),), weights, (capital, *(0 for _ in extra))


def _mark_weight(mark: str) -> int:
    return TONES.index(mark) + 1 if mark in TONES else ord(mark)


def _primary(char: str) -> int:
    for start, chars in ((0, SIGNS), (1000, LETTERS)):
        if char in chars:
            return start + chars.index(char)
    return 2000 + ord(char[0])


# Tone on the first vowel (old style) → on the second (new style), in open syllables of oa, oe, uy; after q the u belongs
# to the consonant: “quý”, “quà” have one spelling only
_OLD_TONES = {
    **{
        old + vowel: "o" + new
        for vowel, news in (("a", "àảãáạ"), ("e", "èẻẽéẹ"))
        for old, new in zip("òỏõóọ", news, strict=True)
    },
    **{old + "y": "u" + new for old, new in zip("ùủũúụ", "ỳỷỹýỵ", strict=True)},
}
_OLD_TONE = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_TONES)})(?![^\W\d_])")
_HYPHENS = re.compile(r"\s*[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]\s*")
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))


def fold(text: str) -> str:
    """Make a key under which spellings of one name are equal; for comparing only, never for printing.

    Forgives NFD, case, invisible characters, runs of spaces, the kind of hyphen and the spaces around it, and where the
    tone stands in oa, oe, uy (hòa = hoà, Thụy = Thuỵ). i and y stay apart: Mỹ and Mĩ may be two names.
    """
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).translate(_INVISIBLE).casefold())
    hyphened = _HYPHENS.sub("-", " ".join(plain.split()))
    return _OLD_TONE.sub(lambda match: _OLD_TONES[match[0]], hyphened)
