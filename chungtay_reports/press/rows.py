"""Lay out the cells of a table that hold one plain text or link, or nothing, without the machinery for blocks within blocks.

A cell opens a formatting context of its own: no float reaches into it, no margin collapses through it. What is left for
a plain text is to set its lines one below the other. A cell that would have to be broken by the end of the page is left
to WeasyPrint, and so is every page break.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.css import ComputedStyle
from weasyprint.formatting_structure.boxes import LineBox, TableCellBox
from weasyprint.layout import block

from chungtay_reports.press.lines import plain_lines
from chungtay_reports.press.linked import linked_line

# A cell with a value of its own for any of these is not ours.
UNUSUAL = frozenset({"position", "float", "max_lines", "box_decoration_break", "continue", "direction"})


def lay_out_plain_cells_directly() -> None:
    """Put the short way before WeasyPrint's own; `table_layout` looks the function up at each call."""
    block.block_container_layout = _with_short_way(block.block_container_layout)


def _with_short_way(plain: Callable[..., Any]) -> Callable[..., Any]:
    def block_container_layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any, **named: Any
    ) -> Any:
        if type(box) is TableCellBox and skip_stack is None and _is_plain(box):
            cell = _laid_out(context, box, bottom_space)
            if cell is not None:
                return cell, None, {"break": "any", "page": box.style["page"]}, [], False, None
        return plain(context, box, bottom_space, skip_stack, *rest, **named)

    return block_container_layout


def _is_plain(cell: Any) -> bool:
    children = cell.children
    return (
        len(children) <= 1
        and (not children or type(children[0]) is LineBox)
        and type(cell.style) is ComputedStyle
        and UNUSUAL.isdisjoint(cell.style.cascaded)
        and cell.first_letter_style is None
        and cell.first_line_style is None
        and not cell.force_fragmentation
    )


def _laid_out(context: Any, cell: Any, bottom_space: float) -> Any:
    """Set a cell's lines; None when they are not plain, or do not fit on the page."""
    top = bottom = cell.content_box_y()
    lines: list[Any] = []
    if cell.children:
        (box,) = cell.children
        found = plain_lines(context, box, cell, top)
        if found is None:
            line = linked_line(context, box, cell, top)
            if line is None:
                return None
            found = [line]
        lines = found
        bottom = lines[-1].position_y + lines[-1].height
        if context.overflows_page(bottom_space, bottom + (cell.border_bottom_width + cell.padding_bottom)):
            return None
    made = cell.copy_with_children(lines)
    if made.height == "auto":
        made.height = max(0, bottom - top)
    made.height = max(min(made.height, made.max_height), made.min_height)
    return made
