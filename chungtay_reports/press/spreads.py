"""Have WeasyPrint go on with a block across columns where the columns above it end at the foot of a page.

When columns fit a page at full height but not balanced, WeasyPrint 70 takes them for all that there is: the block
that spans them and everything after it is on no page. Here it is told which block the next page begins with.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from weasyprint.layout import block


def continue_below_columns() -> None:
    """Put the correction into this process's WeasyPrint; `block_box_layout` looks the function up at each call."""
    block.columns_layout = _continued(block.columns_layout)


def _continued(columns_layout: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
    def layout(context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any) -> tuple[Any, ...]:
        made, resume_at, next_page, *others = columns_layout(context, box, bottom_space, skip_stack, *rest)
        if made is not None and resume_at is None:
            first = next(iter(skip_stack)) if skip_stack else 0
            starts = _stretches(first, [child.style["column_span"] == "all" for child in box.children[first:]])
            done = len(_stretches(0, [not child.is_column for child in made.children]))
            if done < len(starts):
                resume_at, next_page = {starts[done]: None}, {"break": "any", "page": None}
        return (made, resume_at, next_page, *others)

    return layout


def _stretches(first: int, across: list[bool]) -> list[int]:
    """Say where each block across the columns begins, and each stretch of blocks in columns between them."""
    starts: list[int] = []
    place = first
    for spans, blocks in groupby(across):
        length = len(list(blocks))
        starts += range(place, place + length) if spans else [place]
        place += length
    return starts
