"""Make up the pages of a bulletin: decide where among its paragraphs each picture, chart and table stands.

An unbreakable block that does not fit below the text leaves a hole at the foot of its column. Newspapers let such a
block move among the paragraphs; so do we. Heights are estimated: a wrong estimate costs white space, never text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chungtay_reports.edition import Block, Chart, Edition, Heading, Photo, Quotation, Table
from chungtay_reports.formats.metadata import plain
from chungtay_reports.formats.pdf_heights import LINE, height_of, lines
from chungtay_reports.formats.pdf_sheet import FIRST_PAGE, Sheet

# Millimetres above the columns of the first page and below them, and the characters on their lines.
MASTHEAD, HEADLINE_LINE, SAPO_LINE, STRIP = 30.0, 10.0, 6.0, 31.0
NOTE_LINE, NOTE_FRAME = 3.95, 4.0
HEADLINE_CHARACTERS, SAPO_CHARACTERS, NOTE_CHARACTERS = 46, 74, 124

# Rows from which a table may go over to the next column or page, with its head again; a shorter one is kept whole.
LONG_TABLE, LONG_WIDE_TABLE = 14, 40

# What it costs, in lines of white space, to set a frame away from the author's place: for each text part that it
# passes, for each heading among them, and for standing next to another frame; before its place is worse than after.
STEP, HEADING, NEIGHBOUR, BEFORE = 0.4, 2.0, 3.0, 2.0
FARTHEST = 8
FRONT = 1.5
MOST_DRAFTS = 6

# The ledger starts a page of its own where the body leaves neither too much of the last page free nor too little.
FULL_ENOUGH, TOO_FULL = 0.45, 0.93

FRAMED = (Chart, Photo, Table)


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that are set together: one, or a heading with what follows it; each with its id on the page.

    `height` is that of the last of them, estimated in millimetres. `framed` parts are never broken unless `long`; `wide` ones span both columns.
    """

    blocks: tuple[tuple[Block, str], ...]
    height: float
    framed: bool = False
    wide: bool = False
    long: bool = False

    @property
    def heads(self) -> bool:
        return isinstance(self.blocks[0][0], Heading)


@dataclass(frozen=True, slots=True)
class Body:
    """The made-up body; `ends_page` when what follows should start on a page of its own."""

    parts: tuple[Part, ...]
    ends_page: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A beginning of the body as it may be set; `moved` is what the displaced frames cost."""

    sheet: Sheet
    order: tuple[Part, ...] = ()
    moved: float = 0.0

    @property
    def cost(self) -> float:
        return self.sheet.holes / LINE + self.moved


def flow(edition: Edition, note_room: float, name: Callable[[int, Block], str]) -> Body:
    """Order the blocks of the body for print: text keeps its order, frames keep theirs, the two are shuffled.

    `note_room` is kept free at the foot of the first page; `name(index, block)` gives each block its id.
    """
    sheet = _first_sheet(edition, note_room)
    if edition.lead_photo:
        sheet = sheet.with_frame(height_of(edition.lead_photo))
    best = _best([_part(block, name(index, block)) for index, block in enumerate(edition.blocks)], sheet)
    return Body(tuple(_bound(best.order)), FULL_ENOUGH <= best.sheet.balanced / best.sheet.room <= TOO_FULL)


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
    return Sheet(FIRST_PAGE - note_room, head, weight=FRONT)


def _part(block: Block, name: str) -> Part:
    wide = isinstance(block, Chart | Table) and block.wide
    long = isinstance(block, Table) and len(block.rows) > (LONG_WIDE_TABLE if wide else LONG_TABLE)
    return Part(((block, name),), height_of(block), isinstance(block, FRAMED), wide, long)


def _best(parts: list[Part], sheet: Sheet) -> Draft:
    """Find a cheap shuffle: for each number of words set and of frames set, keep the few best drafts."""
    words = [part for part in parts if not part.framed]
    frames = [part for part in parts if part.framed]
    homes = [sum(not part.framed for part in parts[: parts.index(frame)]) for frame in frames]
    row: dict[int, list[Draft]] = {}  # by the number of frames set
    for w in range(len(words) + 1):
        above, row = row, {}
        for f in range(len(frames) + 1):
            if f < len(frames) and w > homes[f] + FARTHEST:
                continue  # the next frame could stand nowhere any more
            found = [_with_words(draft, words[w - 1]) for draft in above.get(f, ())]
            if f and (price := _price(words, homes[f - 1], w)) is not None:
                at_home = homes[f - 1] == w
                found += [_with_frame(draft, frames[f - 1], price, at_home=at_home) for draft in row.get(f - 1, ())]
            row[f] = sorted(found, key=lambda draft: draft.cost)[:MOST_DRAFTS] if w or f else [Draft(sheet)]
    return row[len(frames)][0]


def _price(words: Sequence[Part], home: int, place: int) -> float | None:
    """What it costs to set a frame after `place` words instead of `home`; None where it must not stand."""
    if place == home:
        return 0.0
    passed = words[min(home, place) : max(home, place)]
    alone = home > 0 and words[home - 1].heads and (home == len(words) or words[home].heads)
    below_other_heading = place > 0 and words[place - 1].heads and any(part.heads for part in passed)
    if alone or below_other_heading or len(passed) > FARTHEST:
        return None
    return (STEP * len(passed) + HEADING * sum(part.heads for part in passed)) * (BEFORE if place < home else 1.0)


def _with_words(draft: Draft, part: Part) -> Draft:
    if isinstance(part.blocks[0][0], Quotation):
        sheet = draft.sheet.with_frame(part.height)
    else:
        sheet = draft.sheet.with_text(part.height, (part.height if part.heads else 0.0) + 2 * LINE)
    return replace(draft, sheet=sheet, order=(*draft.order, part))


def _with_frame(draft: Draft, part: Part, price: float, *, at_home: bool) -> Draft:
    crowded = bool(draft.order) and draft.order[-1].framed and not at_home
    if part.wide:
        sheet = draft.sheet.with_spread(part.height, breakable=part.long)
    elif part.long:
        sheet = draft.sheet.with_text(part.height, part.height / 2)
    else:
        sheet = draft.sheet.with_frame(part.height)
    return Draft(sheet, (*draft.order, part), draft.moved + price + (NEIGHBOUR if crowded else 0.0))


def _bound(parts: Iterable[Part]) -> Iterator[Part]:
    """Set a heading together with what follows it, in one frame with a framed part.

    A heading alone must not be left behind in a column by a wide part. And WeasyPrint, balancing the columns, tries one
    height after the other, a pixel apart, while it cannot tell what a heading that may not stand alone must move with.
    """
    waiting: Part | None = None
    for part in parts:
        if waiting and not part.heads:
            yield replace(part, blocks=waiting.blocks + part.blocks)
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = part if part.heads else None
        if waiting is None:
            yield part
    if waiting:
        yield waiting
