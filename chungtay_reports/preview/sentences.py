"""The sentences of an edition with their numbers taken out, to find those that no edition has said before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chungtay_reports.edition import Edition, Inlines, ItemList, Number, Paragraph, Text, Told
from chungtay_reports.prose.inlines import begins_sentence, leaves

HOLE = "▢"
_PIECE = re.compile(r".*?[.!?…][”’\")]*\s+|.+$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: as it reads, its shape without what changes from issue to issue, the figures in it."""

    text: str
    shape: str
    figures: tuple[str, ...]
    number: str  # the first number as printed, or empty


def sentences(edition: Edition) -> Iterator[Sentence]:
    """Walk the sentences of headline, sapo, paragraphs and lists."""
    yield from _of(edition.headline)
    yield from _of(edition.sapo)
    for block in edition.blocks:
        if isinstance(block, Paragraph):
            yield from _of(block.inlines)
        elif isinstance(block, ItemList):
            for item in block.items:
                yield from _of(item)


def _of(inlines: Inlines) -> Iterator[Sentence]:
    part: list[Text | Number] = []
    for leaf in leaves(inlines):
        for piece in _pieces(leaf):
            part.append(piece)
            if begins_sentence("".join(one.text for one in part)):
                yield _sentence(part)
                part = []
    if any(piece.text.strip() for piece in part):
        yield _sentence(part)


def _pieces(leaf: Text | Number) -> list[Text | Number]:
    if isinstance(leaf, Number | Told):
        return [leaf]
    return [Text(match[0]) for match in _PIECE.finditer(leaf.text)]


def _sentence(part: list[Text | Number]) -> Sentence:
    numbers = [leaf for leaf in part if isinstance(leaf, Number)]
    shape = "".join(HOLE if isinstance(leaf, Number | Told) else leaf.text for leaf in part)
    return Sentence(
        text=" ".join("".join(leaf.text for leaf in part).split()),
        shape=" ".join(shape.casefold().split()),
        figures=tuple(number.figure for number in numbers),
        number=numbers[0].text if numbers else "",
    )
