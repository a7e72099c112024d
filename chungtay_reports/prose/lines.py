"""A paragraph, heading, list item or headline as the checks see it: plain characters that know their offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from chungtay_reports.errors import Place
from chungtay_reports.prose.calls import Call
from chungtay_reports.prose.manuscript import Manuscript
from chungtay_reports.prose.markdown import RawCall, RawInline, RawText

HOLE = "\ufffc"  # stands for a placeholder
# A soft hyphen, a zero-width space or an underlining mark must not hide a number word from the lint; Vietnamese in NFC
# has no combining mark of its own left.
INVISIBLE = frozenset({"Cf", "Mn", "Me"})
FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
_VISIBLE = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e]*")


@dataclass(frozen=True, slots=True)
class Line:
    """The visible text with one `HOLE` for each placeholder, emphasis and links dissolved, invisible characters left out.

    `offsets[i]` is where character `i` stands in `source`; `calls` are the placeholders by position in `text`.
    """

    text: str
    offsets: tuple[int, ...]
    calls: dict[int, Call]
    source: Manuscript

    def place(self, position: int) -> Place:
        """Say where the character at `position` stands in the author's file."""
        return self.source.place(self.offsets[position] if position < len(self.offsets) else len(self.source.text))


def line(inlines: tuple[RawInline, ...], source: Manuscript) -> Line:
    """Dissolve inlines to a line."""
    characters: list[str] = []
    offsets: list[int] = []
    calls: dict[int, Call] = {}
    for piece in _leaves(inlines):
        if isinstance(piece, RawCall):
            calls[len(characters)] = piece.call
            characters.append(HOLE)
            offsets.append(piece.call.start)
            continue
        if _VISIBLE.fullmatch(piece.text):
            characters.extend(piece.text)
            offsets.extend(range(piece.start, piece.start + len(piece.text)))
            continue
        for index, character in enumerate(piece.text):
            if unicodedata.category(character) not in INVISIBLE and character not in FILLERS:
                characters.append(character)
                offsets.append(piece.start + index)
    return Line("".join(characters), tuple(offsets), calls, source)


def plain_line(source: Manuscript, start: int, text: str) -> Line:
    """Take words that stand in the manuscript from offset `start`, such as a caption inside a placeholder."""
    return line((RawText(text, start),), source)


def _leaves(inlines: tuple[RawInline, ...]) -> Iterator[RawText | RawCall]:
    for piece in inlines:
        if isinstance(piece, RawText | RawCall):
            yield piece
        else:
            yield from _leaves(piece.children)
