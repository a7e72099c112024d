"""How high a block of the bulletin will be in print, estimated from its text and its proportions.

In millimetres, for A4 as `templates/bulletin/print.css` sets it, with the space around the block.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import ceil
from typing import Any

from chungtay_reports.edition import Block, Cell, Chart, Heading, ItemList, Paragraph, Photo, Quotation, Table
from chungtay_reports.formats.metadata import plain
from chungtay_reports.formats.notices import Told

COLUMN, SPREAD = 85.1, 176.0
LINE = 5.4
NOTICE_FRAME, NOTICE_LINE, NOTICE_CHARACTERS = 14.0, 4.7, 104
CAPTION_CHARACTERS, TABLE_CHARACTERS = 54, 52


def height_of(block: Block) -> float:
    """Estimate the height of a block in its column or across both, with the space around it."""
    return next((estimate(block) for kind, estimate in HEIGHTS.items() if isinstance(block, kind)), LINE)


def lines(characters: int, per_line: int) -> int:
    """Count the lines that a text of so many characters takes; an empty one still takes its line."""
    return max(1, ceil(characters / per_line))


def notice_height(notice: Told) -> float:
    """Estimate the height of a notice of correction, which stands across the page."""
    texts = (notice.lead, *notice.items, notice.closing)
    return NOTICE_FRAME + NOTICE_LINE * sum(lines(len(text), NOTICE_CHARACTERS) for text in texts)


def _paragraph(block: Paragraph) -> float:
    return LINE * lines(len(plain(block.inlines)), 48) + 2.2


def _item_list(block: ItemList) -> float:
    return sum(LINE * lines(len(plain(item)), 44) + 0.8 for item in block.items) + 2.2


def _heading(block: Heading) -> float:
    size, space, characters = (5.7, 5.6, 34) if block.level == 2 else (5.1, 4.2, 40)
    return size * lines(len(plain(block.inlines)), characters) + space


def _quotation(block: Quotation) -> float:
    source = 4.1 if block.source else 0.0
    return 5.8 * lines(len(plain(block.inlines)), 40) + _caption(block.speaker + block.note) + source + 10.0


def _photo(block: Photo) -> float:
    return COLUMN * block.height / block.width + _caption(plain(block.caption) + block.credit) + 5.4


def _chart(block: Chart) -> float:
    box = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', block.svg)
    ratio = float(box[2]) / float(box[1]) if box else 0.6
    return (SPREAD if block.wide else COLUMN) * ratio + _caption(plain(block.caption)) + 8.8


def _table(block: Table) -> float:
    widths = (TABLE_CHARACTERS * 2.1, 5.1) if block.wide else (TABLE_CHARACTERS * 1.0, 6.5)
    rows = [*block.head, *block.rows, *([block.total] if block.total else [])]
    note = 4.0 * lines(len(plain(block.note)), 62) + 1.2 if block.note else 0.0
    return 4.4 * lines(len(plain(block.caption)), 48) + 6.0 + note + sum(_row(row, *widths) for row in rows)


def _row(cells: tuple[Cell, ...], characters: float, height: float) -> float:
    """A row is as high as its fullest cell; the first column is about three times as wide as each other."""
    shares = [3.0, *[1.0] * (len(cells) - 1)]
    fullest = max(
        lines(len(plain(cell.inlines)), max(3, int(characters * share / sum(shares))))
        for cell, share in zip(cells, shares, strict=True)
    )
    return height + 3.9 * (fullest - 1)


def _caption(text: str) -> float:
    return 4.1 * lines(len(text), CAPTION_CHARACTERS) if text else 0.0


HEIGHTS: dict[type[Block], Callable[[Any], float]] = {
    Paragraph: _paragraph,
    ItemList: _item_list,
    Heading: _heading,
    Quotation: _quotation,
    Photo: _photo,
    Chart: _chart,
    Table: _table,
}
