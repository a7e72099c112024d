"""The text of a bulletin as its author typed it: clean for reading, every character still knowing its line and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from chungtay_reports.errors import Place

BREAKS = {"\r\n", "\r", "\n"}
# Letters, digits and punctuation of which each is a cluster by itself, in NFC as it stands.
_ORDINARY = re.compile("[\n -~\u00a0-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e]*")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text in NFC with line feeds for line ends and plain spaces for tabs.

    `origins[i]` is the (line, column) in the author's file of character `i`; there is one more for the end of the
    text. Columns count code points of the file, so they are right also where it was typed in NFD or with CRLF.
    """

    text: str
    file: str
    origins: Sequence[tuple[int, int]]

    def place(self, offset: int) -> Place:
        """Say where the character at `offset` stands in the author's file."""
        line, column = self.origins[min(offset, len(self.text))]
        return Place(self.file, line, column)


@dataclass(frozen=True, slots=True)
class _Straight(Sequence[tuple[int, int]]):
    """The origins of a text that stands in its file as it reads; they are asked for only when something is wrong."""

    text: str
    line: int
    column: int

    def __len__(self) -> int:
        return len(self.text) + 1

    @overload
    def __getitem__(self, index: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[int, int]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, int] | Sequence[tuple[int, int]]:
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        at = range(len(self))[index]
        breaks = self.text.count("\n", 0, at)
        begin = self.text.rfind("\n", 0, at) + 1
        return self.line + breaks, at - begin + (1 if breaks else self.column)


def manuscript(text: str, start: Place, spots: Sequence[tuple[int, int]] = ()) -> Manuscript:
    """Take in a text whose first character stands at `start`.

    `spots` says where each character and the end really stand, when the text is not laid out as in its file.
    """
    if spots:
        return _spotted(text, start.file, spots)
    if _ORDINARY.fullmatch(text):
        return Manuscript(text, start.file, _Straight(text, start.line, start.column))
    line, column = start.line, start.column
    characters: list[str] = []
    origins: list[tuple[int, int]] = []
    for cluster in _clusters(text.removeprefix("\ufeff")):
        if cluster in BREAKS:
            characters.append("\n")
            origins.append((line, column))
            line, column = line + 1, 1
            continue
        clean = _clean(cluster)
        characters.append(clean)
        origins.extend([(line, column)] * len(clean))
        column += len(cluster)
    return Manuscript("".join(characters), start.file, (*origins, (line, column)))


def _spotted(text: str, file: str, spots: Sequence[tuple[int, int]]) -> Manuscript:
    characters: list[str] = []
    origins: list[tuple[int, int]] = []
    at = 0
    for cluster in _clusters(text):
        clean = " " if cluster in BREAKS else _clean(cluster)
        characters.append(clean)
        origins.extend([spots[at]] * len(clean))
        at += len(cluster)
    return Manuscript("".join(characters), file, (*origins, spots[at]))


def _clean(cluster: str) -> str:
    return unicodedata.normalize("NFC", cluster).replace("\t", " ")


def _clusters(text: str) -> Iterator[str]:
    """Cut into line ends and base characters with their combining marks: the pieces that NFC never joins."""
    start = 0
    while start < len(text):
        end = start + 1
        if text[start] == "\r" and text[end : end + 1] == "\n":
            end += 1
        elif text[start] not in "\r\n":
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
        yield text[start:end]
        start = end
