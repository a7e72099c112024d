"""Make up the pages of a bulletin: decide where among its paragraphs each picture, chart and table stands.

An unbreakable block that does not fit below the text leaves a hole at the foot of its column. Newspapers let such a
block move among the paragraphs of its section; so do we. Heights are estimated, for A4 as `templates/bulletin/print.css`
sets it: a wrong estimate costs white space, never text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations, islice, pairwise

from chungtay_reports.formats.metadata import plain
from chungtay_reports.formats.pdf_heights import LINE, height_of, lines
from chungtay_reports.model import Block, Chart, Edition, Heading, Photo, Quotation, Table

# Millimetres, without the margins.
PAGE, FIRST_PAGE = 257.0, 266.0
MASTHEAD, HEADLINE_LINE, SAPO_LINE, STRIP = 30.0, 10.0, 6.0, 31.0
NOTE_LINE, NOTE_FRAME = 3.95, 6.0
# Characters on a line.
HEADLINE_CHARACTERS, SAPO_CHARACTERS, NOTE_CHARACTERS = 46, 74, 118

# A long table may go over to the next page, with its head again; a short one may not.
LONG_TABLE = 14
# A section with more ways than this to place its pictures is not searched to the end.
MOST_ARRANGEMENTS = 400

# The ledger starts a page of its own where the body leaves neither too much of the last page free nor too little.
FULL_ENOUGH, TOO_FULL = 0.45, 0.93

FRAMED = (Chart, Photo, Table)


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that are set together: one, or a heading with the wide table below it; each with its id on the page.

    `framed` parts are never broken unless `long`; `wide` ones span both columns.
    """

    blocks: tuple[tuple[Block, str], ...]
    framed: bool = False
    wide: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The made-up body; `ends_page` when what follows should start on a page of its own."""

    parts: tuple[Part, ...]
    ends_page: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """How far the pages are filled: `base` above the columns of the page, `filled` of the current one of two columns."""

    room: float
    base: float
    column: int = 0
    filled: float = 0.0
    holes: float = 0.0

    @property
    def left(self) -> float:
        return self.room - self.base - self.filled

    @property
    def balanced(self) -> float:
        """Where the columns end once they are balanced."""
        return self.base + (self.column * (self.room - self.base) + self.filled) / 2

    def turned(self) -> Sheet:
        """Go on at the top of the next column; what is left of this one is a hole."""
        holes = self.holes + max(0.0, self.left)
        if self.column == 0:
            return replace(self, column=1, filled=0.0, holes=holes)
        return Sheet(PAGE, 0.0, holes=holes)

    def with_text(self, height: float, start: float) -> Sheet:
        """Set text, of which `start` must stay together at the foot of a column; the rest flows on."""
        sheet = self if self.left >= min(height, start) else self.turned()
        while height > sheet.left:
            height -= sheet.left
            sheet = replace(sheet, filled=sheet.room - sheet.base).turned()
        return replace(sheet, filled=sheet.filled + height)

    def with_frame(self, height: float) -> Sheet:
        """Set an unbreakable block in a column."""
        sheet = self if self.left >= height else self.turned()
        return replace(sheet, filled=sheet.filled + height)

    def with_spread(self, height: float, *, breakable: bool) -> Sheet:
        """Set a block across both columns, below what the columns hold, which is balanced above it."""
        above = self.balanced
        left = self.room - above
        if height <= left:
            return Sheet(self.room, above + height, holes=self.holes)
        if breakable:
            return Sheet(PAGE, min(height - left, PAGE), holes=self.holes)
        return Sheet(PAGE, min(height, PAGE), holes=self.holes + 2 * left)


def flow(edition: Edition, note_room: float, name: Callable[[int, Block], str]) -> Body:
    """Order the blocks of the body for print; text keeps its order, and nothing leaves its section.

    `note_room` is kept free at the foot of the first page; `name(index, block)` gives each block its id.
    """
    sheet = _first_sheet(edition, note_room)
    if edition.lead_photo:
        sheet = sheet.with_frame(height_of(edition.lead_photo))
    parts: list[Part] = []
    for section in _sections([_part(block, name(index, block)) for index, block in enumerate(edition.blocks)]):
        arranged, sheet = _arranged(section, sheet)
        parts.extend(_bound(arranged))
    return Body(tuple(parts), FULL_ENOUGH <= sheet.balanced / sheet.room <= TOO_FULL)


def note_room(*texts: str) -> float:
    """Estimate, in millimetres and never too little, the room of the note at the foot of the first page."""
    return NOTE_FRAME + NOTE_LINE * sum(lines(len(text), NOTE_CHARACTERS) for text in texts)


def _first_sheet(edition: Edition, note_room: float) -> Sheet:
    head = (
        MASTHEAD
        + HEADLINE_LINE * lines(len(plain(edition.headline)), HEADLINE_CHARACTERS)
        + SAPO_LINE * lines(len(plain(edition.sapo)), SAPO_CHARACTERS)
        + (STRIP if edition.key_figures else 0.0)
    )
    return Sheet(FIRST_PAGE - note_room, head)


def _part(block: Block, name: str) -> Part:
    wide = isinstance(block, Chart | Table) and block.wide
    long = isinstance(block, Table) and len(block.rows) > LONG_TABLE
    return Part(((block, name),), isinstance(block, FRAMED), wide, long)


def _sections(parts: list[Part]) -> Iterator[list[Part]]:
    section: list[Part] = []
    for part in parts:
        if section and isinstance(part.blocks[0][0], Heading):
            yield section
            section = []
        section.append(part)
    if section:
        yield section


def _arranged(section: list[Part], sheet: Sheet) -> tuple[list[Part], Sheet]:
    """Choose the order with the smallest holes; of two alike, the one nearer to the author's."""
    best = min(
        ((order, _set(order, sheet)) for order in islice(_orders(section), MOST_ARRANGEMENTS)),
        key=lambda tried: (round((tried[1].holes - sheet.holes) / LINE), _moves(section, tried[0])),
    )
    return list(best[0]), best[1]


def _orders(section: list[Part]) -> Iterator[list[Part]]:
    """Try every way to lay the framed parts among the others, the author's first; a heading stays at the head."""
    yield section
    head = 1 if isinstance(section[0].blocks[0][0], Heading) else 0
    frames = [part for part in section if part.framed]
    others = [part for part in section[head:] if not part.framed]
    for places in combinations(range(len(section) - head), len(frames)) if frames else ():
        rest, waiting = iter(others), iter(frames)
        yield section[:head] + [next(waiting if place in places else rest) for place in range(len(section) - head)]


def _moves(section: list[Part], order: list[Part]) -> int:
    """How far an order is from the author's; pictures side by side without a word between count as far."""
    crowded = sum(one.framed and other.framed for one, other in pairwise(order))
    return 3 * crowded + sum(abs(index - section.index(part)) for index, part in enumerate(order))


def _set(order: list[Part], sheet: Sheet) -> Sheet:
    for part, following in zip(order, [*order[1:], None], strict=True):
        block = part.blocks[0][0]
        height = height_of(block)
        if part.wide:
            sheet = sheet.with_spread(height, breakable=part.long)
        elif part.framed or isinstance(block, Quotation):
            sheet = sheet.with_frame(height)
        elif isinstance(block, Heading):
            kept = height_of(following.blocks[0][0]) if following and following.framed else 2 * LINE
            sheet = sheet.with_text(height, 0 if following and following.wide else height + kept)
        else:
            sheet = sheet.with_text(height, 2 * LINE)
    return sheet


def _bound(parts: list[Part]) -> Iterator[Part]:
    """Set a heading across both columns when a wide part follows it: it must not be left behind in a column."""
    waiting: Part | None = None
    for part in parts:
        if waiting and part.wide:
            yield replace(part, blocks=waiting.blocks + part.blocks)
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = part if isinstance(part.blocks[0][0], Heading) else None
        if waiting is None:
            yield part
    if waiting:
        yield waiting
