"""Spare the lines that `lines.py` set the passes over all boxes: they have no background, anchor, link or stacking.

Two boxes of three in a long annex are such lines and their texts. The walk over all boxes is made without a generator
for each level of them, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from weasyprint import anchors, document, draw, stacking
from weasyprint.draw import border
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout import background

from chungtay_reports.press.lines import IS_PLAIN


def pass_plain_lines_by() -> None:
    """Put the short ways before WeasyPrint's own, which call themselves by these names."""
    background.layout_box_backgrounds = _passing(background.layout_box_backgrounds, 1)
    anchors.gather_anchors = document.gather_anchors = _passing(anchors.gather_anchors, 0)
    border.draw_outline = draw.draw_outline = _passing(border.draw_outline, 1)
    stacking._dispatch = _dispatching(stacking._dispatch)  # noqa: SLF001 - there is no public name
    Box.descendants = _descendants
    Box.is_in_normal_flow = _remembering(Box.is_in_normal_flow)


def _passing(plain: Callable[..., None], place: int) -> Callable[..., None]:
    """Leave out plain lines, which the pass is given as its argument at that place."""

    def visit(*arguments: Any, **named: Any) -> None:
        if IS_PLAIN not in arguments[place].__dict__:
            plain(*arguments, **named)

    return visit


def _dispatching(plain: Callable[..., Any]) -> Callable[..., Any]:
    def dispatch(box: Any, *rest: Any) -> Any:
        return box if IS_PLAIN in box.__dict__ else plain(box, *rest)

    return dispatch


def _remembering(plain: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Keep with a style whether its boxes are in the flow, which is asked for each of them in every pass."""

    def is_in_normal_flow(box: Any) -> bool:
        try:
            return box.style.chungtay_in_flow  # type: ignore[no-any-return]
        except AttributeError:
            found = box.style.chungtay_in_flow = plain(box)
            return found

    return is_in_normal_flow


def _descendants(self: Any, placeholders: bool = False) -> Iterator[Any]:  # noqa: FBT001, FBT002 - WeasyPrint's
    waiting = [self]
    while waiting:
        box = waiting.pop()
        if isinstance(box, Box):
            yield box
            waiting.extend(reversed(box.children))
        elif placeholders:
            yield from box.descendants(placeholders)
        else:
            yield box
