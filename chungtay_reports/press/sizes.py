"""Work the margins, paddings, borders, sizes and corners out once for all boxes of a style that gives no percentages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background, block, inline, table

SIDES = ("left", "right", "top", "bottom")
LENGTHS = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
CORNERS = tuple(f"border_{side}_radius" for side in ("top_left", "top_right", "bottom_right", "bottom_left"))
SQUARE = dict.fromkeys(CORNERS, (0, 0))
BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


def resolve_sizes_once() -> None:
    """Put the memory before the function that every layout begins with, under each name that it is called by."""
    resolve = _remembering(table.resolve_percentages)
    for module in (block, inline, table):
        module.resolve_percentages = resolve
    background.resolve_radii_percentages = _squaring(background.resolve_radii_percentages)


def _remembering(plain: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    def resolve_percentages(box: Any, containing_block: Any) -> None:
        style = box.style
        try:
            fixed = style.chungtay_fixed
        except AttributeError:
            fixed = style.chungtay_fixed = _fixed(style)
        if fixed is None:
            plain(box, containing_block)
            return
        lengths, borders = fixed
        held = box.__dict__
        held.update(lengths)
        if style["border_collapse"] == "collapse":  # then they may have been agreed upon with the neighbours
            for name, width in borders.items():
                held.setdefault(name, width)
        else:
            held.update(borders)

    return resolve_percentages


def _squaring(plain: Callable[[Any], None]) -> Callable[[Any], None]:
    def resolve_radii_percentages(box: Any) -> None:
        style = box.style
        try:
            square = style.chungtay_square
        except AttributeError:
            square = style.chungtay_square = all((0, "px") in style[name] for name in CORNERS)
        if square and isinstance(box, Box):  # a placeholder of one hands on what it is given, name by name
            box.__dict__.update(SQUARE)
        else:
            plain(box)

    return resolve_radii_percentages


def _fixed(style: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Find what a style gives each of its boxes; None when that depends on what stands around them."""
    if style["box_sizing"] != "content-box":
        return None
    lengths: dict[str, Any] = {}
    for name in LENGTHS:
        value = style[name]
        if value != "auto" and getattr(value, "unit", None) != "px":
            return None
        lengths[name] = value if value == "auto" else value.value
    for name in ("min_width", "min_height"):
        if lengths[name] == "auto":
            lengths[name] = 0
    return lengths, {name: style[name] for name in BORDERS}
