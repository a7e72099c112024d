"""Make the boxes of a table cell that holds one plain text as they will be in the end.

WeasyPrint 70 goes through all boxes nine times: white space, capitals, tables, flexible boxes, grids, lines in blocks and
blocks in lines. A cell of one text comes out of it as a cell of one line of that text; so it is made, and passed by.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure import boxes, build

from chungtay_reports.press.cascade import Kind, SharedStyles

CELLS = frozenset(("td", "th"))
# White space that would collapse, and a text that begins or ends with it.
AWKWARD = re.compile(r"[\t\n\r\f]|  |^ | $")
PASSES = ("anonymous_table_boxes", "flex_boxes", "grid_boxes", "inline_in_block", "block_in_inline")
PSEUDO = frozenset(("before", "after", "first-letter", "first-line"))
SPANNING = frozenset(("colspan", "rowspan"))
CELL = boxes.TableCellBox
IS_READY = "chungtay_is_ready"

# What a style must say of a cell so that its text stays as it is, and nothing else is made of it.
QUIET = (
    ("display", (("table-cell",),)),
    ("position", ("static",)),
    ("float", ("none",)),
    ("white_space", ("normal", "nowrap")),
    ("text_transform", ("none",)),
    ("hyphens", ("manual", "auto")),
    ("counter_reset", ((),)),
    ("counter_set", ((),)),
    ("counter_increment", ("auto", ())),
    ("string_set", ("none",)),
    ("bookmark_level", ("none",)),
    ("overflow", ("visible",)),
)


def make_plain_cells_directly() -> None:
    """Put the short ways before WeasyPrint's own, which call themselves by these names."""
    build.element_to_box = _making(build.element_to_box)
    for name in PASSES:
        setattr(build, name, _passing(getattr(build, name)))
    boxes.TableCellBox.process_whitespace = _process_whitespace
    boxes.TableCellBox.process_text_transform = _process_text_transform


def _making(plain: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    def element_to_box(element: Any, style_for: Any, *rest: Any) -> list[Any]:
        if element.tag in CELLS and not len(element) and type(style_for) is SharedStyles:
            text, kind = element.text, style_for.kind_of(element)
            if kind is not None and _is_quiet(kind) and not (text and AWKWARD.search(text)):
                return [_cell(element, style_for(element), text, rest)]
        return plain(element, style_for, *rest)

    return element_to_box


def _is_quiet(kind: Kind) -> bool:
    if kind.quiet is None:
        style = kind.style
        kind.quiet = PSEUDO.isdisjoint(kind.pseudo) and all(style[name] in values for name, values in QUIET)
    return kind.quiet


def _cell(element: Any, style: Any, text: str | None, rest: tuple[Any, ...]) -> Any:
    box = (
        boxes.TableCellBox(element.tag, style, element, [])
        if SPANNING & element.attrib.keys()
        else _box(CELL, element, style)
    )
    _, _, targets, *_, (_, counter_values, _, _) = rest
    if style["anchor"]:
        targets.store_target(style["anchor"], counter_values, box)
    if text:
        words = _box(boxes.TextBox, element, style.anonymous_style)
        words.text = text
        line = _box(boxes.LineBox, element, style.anonymous_style)
        line.children = [words]
        box.children = [line]
    box.string_set = []
    box.__dict__[IS_READY] = True
    return box


def _box(kind: Any, element: Any, style: Any) -> Any:
    """Make a box as `Box.__init__` does."""
    box = object.__new__(kind)
    box.__dict__ = {
        "element_tag": element.tag,
        "element": element,
        "style": style,
        "remove_decoration_sides": set(),
        "children": [],
        "first_letter_style": None,
        "first_line_style": None,
    }
    return box


def _passing(plain: Callable[..., Any]) -> Callable[..., Any]:
    return lambda box, *rest: box if IS_READY in box.__dict__ else plain(box, *rest)


def _process_whitespace(self: Any, following_collapsible_space: bool = False) -> Any:  # noqa: FBT001, FBT002 - WeasyPrint's
    if IS_READY in self.__dict__:
        return False
    return boxes.BlockContainerBox.process_whitespace(self, following_collapsible_space)


def _process_text_transform(self: Any) -> None:
    if IS_READY not in self.__dict__:
        boxes.BlockContainerBox.process_text_transform(self)
