"""Break blocks that hold one plain text into lines without WeasyPrint's machinery for everything else a line may hold.

Most blocks of a report are such: cells, list items, headings. For them the lines follow from the text, its shape and
the width by a few sums, which stand here in the order in which WeasyPrint makes them, so that not a bit differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.layout import block, inline
from weasyprint.layout.percent import percentage

from chungtay_reports.press.shaping import Shape, shape, split_first_line

# What WeasyPrint treats in a way of its own: other breaks than at spaces, hyphens on request.
SPECIAL = re.compile("[\t\n\f\r\x1c-\x1f\xad\x85\u2028\u2029]")
COLLAPSING = {"normal", "nowrap"}
JUSTIFIED = "justify"
ALIGNED = {"start", "left", "end", "right", "center", JUSTIFIED}
LEFT = {"start", "left", JUSTIFIED}
ROUNDING = 1 + 1e-9

# What a box of a line that was set here is known by in later passes.
IS_PLAIN = "chungtay_is_plain"

# What `resolve_percentages` gives a box that has no style but its parent's, and the pass over backgrounds as well.
BARE: dict[str, Any] = {
    **{f"{kind}_{side}": 0 for kind in ("margin", "padding") for side in ("left", "right", "top", "bottom")},
    **{f"border_{side}_width": 0 for side in ("top", "right", "bottom", "left")},
    "min_width": 0,
    "min_height": 0,
    "max_width": inf,
    "max_height": inf,
    "background": None,
    **{f"border_{corner}_radius": (0, 0) for corner in ("top_left", "top_right", "bottom_right", "bottom_left")},
    IS_PLAIN: True,
}

Lines = Iterator[tuple[Any, Any]]


def break_plain_texts_directly() -> None:
    """Put the short way before WeasyPrint's own; `_linebox_layout` looks the function up at each call."""
    block.iter_line_boxes = _lines


@dataclass(frozen=True, slots=True)
class Line:
    """A line wherever it stands: what its text's box holds, and their places from its baseline."""

    text: dict[str, Any]
    width: float
    text_top: float
    top: float
    height: float
    resume: int | None


def _lines(context: Any, box: Any, position_y: float, bottom_space: float, skip_stack: Any, *rest: Any) -> Lines:
    containing_block, first_letter_style, first_line_style = rest[0], rest[-2], rest[-1]
    special = (
        first_letter_style or first_line_style or context.excluded_shapes or (skip_stack and not skip_stack.get(0))
    )
    if special or not _is_plain(box):
        yield from inline.iter_line_boxes(context, box, position_y, bottom_space, skip_stack, *rest)
        return
    block_of_text = _PlainBlock(context, box, containing_block)
    indent = 0 if skip_stack else percentage(box.style["text_indent"], box.style, containing_block.width)
    while True:
        line = block_of_text.line(next(iter(skip_stack[0])) if skip_stack else 0, indent)
        if line is None:
            yield from inline.iter_line_boxes(context, box, position_y, bottom_space, skip_stack, *rest)
            return
        made = block_of_text.placed(line, indent, position_y)
        skip_stack = None if line.resume is None else {0: {line.resume: None}}
        position_y += made.height
        yield made, skip_stack
        if skip_stack is None:
            return
        indent = 0


def plain_lines(context: Any, box: Any, containing_block: Any, position_y: float) -> list[Any] | None:
    """Break a whole block without floats beside it; None when it holds more than a plain text."""
    if not _is_plain(box):
        return None
    block_of_text, lines, skip = _PlainBlock(context, box, containing_block), [], 0
    indent = percentage(box.style["text_indent"], box.style, containing_block.width)
    while True:
        line = block_of_text.line(skip, indent)
        if line is None:
            return None
        made = block_of_text.placed(line, indent, position_y)
        lines.append(made)
        if line.resume is None:
            made.resume_at = None
            return lines
        made.resume_at = {0: {line.resume: None}}
        position_y += made.height
        skip, indent = line.resume, 0


def _is_plain(box: Any) -> bool:
    if len(box.children) != 1:
        return False
    (text_box,) = box.children
    return is_plain_text(text_box) and text_box.style is box.style and lays_out_plainly(box.style)


def is_plain_text(text_box: Any) -> bool:
    """Say whether a box holds a text alone, to be broken at spaces only."""
    if type(text_box) is not TextBox:
        return False
    text = text_box.text
    return bool(
        type(text_box.style) is AnonymousStyle
        and not text_box.justification_spacing
        and not text_box.is_leader
        and text
        and not text.startswith(" ")
        and not text.endswith(" ")
        and not SPECIAL.search(text)
    )


def lays_out_plainly(style: Any) -> bool:
    """Say whether a block's lines are set in none but the usual ways."""
    return (
        type(style) is AnonymousStyle
        and style["white_space"] in COLLAPSING
        and style["direction"] == "ltr"
        and style["text_align_all"] in ALIGNED
        and style["text_align_last"] in ALIGNED | {"auto"}
        and style["font_size"] > 0
    )


class _PlainBlock:
    """A block of one plain text and the room that it has, from its left edge."""

    __slots__ = ("_available", "_box", "_context", "_left", "_limit", "_shape", "_text_box")

    def __init__(self, context: Any, box: Any, containing_block: Any) -> None:
        self._context, self._box, self._text_box = context, box, box.children[0]
        self._shape: Shape = shape(box.style)
        self._left: float = containing_block.content_box_x()
        self._available: float = self._left + containing_block.width - self._left
        self._limit = (self._left + self._available) * ROUNDING

    def line(self, skip: int, indent: float) -> Line | None:
        """Find the line that begins at a byte of the text; None when it is not as plain as it looked."""
        text, lines = self._text_box.text, self._shape.lines
        key = (text, skip, self._limit - (self._left + indent))
        if key not in lines:
            lines[key] = self._measured(*key)
        found: Line | None = lines[key]
        return found

    def _measured(self, text: str, skip: int, width: float) -> Line | None:
        encoded = text.encode()[skip:]
        rest = encoded.lstrip(b" ") if skip else encoded
        skip += len(encoded) - len(rest)
        layout, length, resume, line_width, height, baseline = split_first_line(
            rest.decode(), self._box.style, self._context, width, 0, is_line_start=True
        )
        if length <= 0 or layout.text.endswith(" ") or (resume is not None and rest[length:resume].strip(b" ")):
            return None
        line_height, line_baseline = self._shape.line()
        leading = (line_height - height) / 2
        held = {**BARE, "text": layout.text, "width": line_width, "pango_layout": layout, "height": height}
        held |= {"margin_top": leading, "margin_bottom": leading, "baseline": baseline + leading}
        text_top = 0 - held["baseline"]
        text_bottom = text_top + (height + leading + leading)
        font_size = self._box.style["font_size"]
        leading = (line_height - font_size) / 2
        top = min(0 - line_baseline, text_top)
        bottom = max(0 - line_baseline + (font_size + leading + leading), text_bottom)
        return Line(held, line_width, text_top, top, bottom - top, None if resume is None else resume + skip)

    def placed(self, line: Line, indent: float, position_y: float) -> Any:
        """Make the boxes of a line at its place."""
        start = self._left + indent
        width = start + line.width - self._left
        room, style = self._available - width, self._box.style
        decided = line.resume is None and style["text_align_last"] != "auto"
        align = style["text_align_last"] if decided else style["text_align_all"]
        across = 0.0
        if room > 0 and align not in LEFT:
            across = room / 2 if align == "center" else room
        words = copied(self._text_box, line.text)
        words.position_x, words.position_y = start + across, line.text_top + (position_y - line.top)
        made = copied(self._box, BARE)
        made.children = [words]
        made.width, made.height, made.baseline = width, line.height, 0 - line.top
        made.position_x, made.position_y = self._left + across, position_y
        if room > 0 and align == JUSTIFIED:
            inline.justify_line(self._context, made, room)
        return made


def copied(box: Any, changes: dict[str, Any]) -> Any:
    """Make a box like another but for some of what it holds."""
    made = object.__new__(type(box))
    made.__dict__.update(box.__dict__)
    made.__dict__.update(changes)
    return made
