"""Spare WeasyPrint's column balancing the heights at which it can be known to fail.

Balancing tries one column height after the other until the content fits. When the next block is one that must not be
broken (a picture, a table), it measures that block as if it could be, learns nothing, and tries the next pixel: for a
tall chart hundreds of layouts of the same columns. Here the block is measured whole, once, and a column that begins
with it fails at once while there is less room; so only the trials that count are real ones.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

from weasyprint.layout import block

ROUNDING = 1e-6

Layout = Callable[..., tuple[Any, ...]]


def balance_columns_quickly() -> None:
    """Put the memory into this process's WeasyPrint; `columns_layout` looks the function up at each call."""
    block.block_box_layout = _Remembering(block.block_box_layout)


class _Remembering:
    """`block_box_layout` with a memory of how the current columns begin at each place where one may begin."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._columns: Any = None
        self._beginnings: dict[str, tuple[Any, float]] = {}

    def __call__(
        self,
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        *rest: Any,
        **named: Any,
    ) -> Any:
        arguments = (containing_block, *rest)
        if not getattr(box, "is_column", False):
            return self._layout(context, box, bottom_space, skip_stack, *arguments, **named)
        if bottom_space == inf:  # how WeasyPrint measures the least that comes next
            whole, height = self._beginning(context, box, skip_stack, arguments, named)
            if height:
                return whole
        elif not rest[0] and self._known(box, skip_stack) > context.page_bottom - bottom_space - box.position_y:
            return None, None, {"break": "any", "page": None}, [], False, named.get("max_lines")
        answer = self._layout(context, box, bottom_space, skip_stack, *arguments, **named)
        if answer[0] is None:
            self._beginning(context, box, skip_stack, arguments, named)
        return answer

    def _known(self, box: Any, skip_stack: Any) -> float:
        return self._beginnings.get(repr(skip_stack), (None, 0.0))[1] if self._columns is box else 0.0

    def _beginning(self, context: Any, box: Any, skip_stack: Any, arguments: Any, named: Any) -> tuple[Any, float]:
        """Lay the column out with all the room there is; with it the height of its first block, 0 if that may break."""
        if self._columns is not box:
            self._columns, self._beginnings = box, {}
        found = self._beginnings.get(repr(skip_stack))
        if found is None:
            page_is_empty, styles = True, arguments[5:]
            whole = self._layout(
                context, box, -inf, skip_stack, arguments[0], page_is_empty, [], [], [], *styles, **named
            )
            block.remove_placeholders(context, [whole[0]], [], [])
            found = self._beginnings[repr(skip_stack)] = whole, _unbreakable_height(context, whole[0])
        return found


def _unbreakable_height(context: Any, column: Any) -> float:
    """Measure the block that a column begins with, 0 when it may be broken."""
    first = next((child for child in column.children if child.is_in_normal_flow()), None)
    if first is None or not block.avoid_page_break(first.style["break_inside"], context):
        return 0.0
    return float(first.border_height()) * (1 - ROUNDING)
