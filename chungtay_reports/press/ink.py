"""Write the glyphs of each text of a document once, however often it is drawn.

Drawing a text costs WeasyPrint a new Pango layout and a walk over its glyphs. The strings that come of it depend on the
text and the style alone, so they are kept, with their font, beside the document's styles (`shaping.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

import pydyf
from weasyprint import draw
from weasyprint.draw import text as plain
from weasyprint.matrix import Matrix

from chungtay_reports.press.glyphs import Glyphs, left_in, of_layout
from chungtay_reports.press.lines import IS_PLAIN
from chungtay_reports.press.shaping import shape

FONTS = "fonts"
SPAN = "Span"


def write_glyphs_once() -> None:
    """Put the memory before WeasyPrint's drawing of texts."""
    draw.draw_text = draw_text
    draw.draw_inline_level = _with_short_way(draw.draw_inline_level)


def _with_short_way(plain: Callable[..., None]) -> Callable[..., None]:
    """Draw a plain line by its text alone, under its mark."""

    def draw_inline_level(stream: Any, page: Any, box: Any, *rest: Any, **named: Any) -> None:
        marks = stream._tags  # noqa: SLF001
        if marks is None or IS_PLAIN not in box.__dict__:
            plain(stream, page, box, *rest, **named)
            return
        (text_box,) = box.children
        number = len(marks)
        marks[text_box] = {"tag": SPAN, "mcid": number}
        stream.begin_marked_content(SPAN, pydyf.Dictionary({"MCID": number}))
        offset = (rest[0] if rest else 0) + text_box.position_x - box.position_x
        draw_text(stream, text_box, offset, box.text_overflow, box.block_ellipsis)
        stream.end_marked_content()

    return draw_inline_level


def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: Any) -> None:
    """Draw a box of text; what is more than its glyphs, or shortened, is drawn by WeasyPrint."""
    style = textbox.style
    if (
        style["text_decoration_line"] != "none"
        or style["visibility"] != "visible"
        or text_overflow != "clip"
        or block_ellipsis != "none"
    ):
        textbox.pango_layout = copy(textbox.pango_layout)  # others may share it, and it may be shortened now
        plain.draw_text(stream, textbox, offset_x, text_overflow, block_ellipsis)
        return
    layout = textbox.pango_layout
    known = shape(style).glyphs
    if known.get(FONTS) is not stream._fonts:  # noqa: SLF001 - which glyphs a font needs is noted in it as they are drawn
        known.clear()
        known[FONTS] = stream._fonts  # noqa: SLF001
    key = (textbox.text, layout.text, layout.justification_spacing)
    glyphs = known.get(key)
    if glyphs is None:
        glyphs = of_layout(layout, style, stream)
        if glyphs is None:
            known[key] = _drawn(stream, textbox)
            return
        known[key] = glyphs
    stream.set_color(style["color"])
    stream.begin_text()
    glyphs.write(stream, (1, 0, 0, -1, textbox.position_x, textbox.position_y + textbox.baseline))
    stream.end_text()


def _drawn(stream: Any, textbox: Any) -> Glyphs | None:
    """Draw a text as WeasyPrint does and note what came of it; None when that is not the same at every place."""
    x, y = textbox.position_x, textbox.position_y + textbox.baseline
    stream.set_color(textbox.style["color"])
    textbox.pango_layout.reactivate(textbox.style)
    stream.begin_text()
    start = len(stream.stream)
    emojis = plain.draw_first_line(stream, textbox, "clip", "none", Matrix(d=-1, e=x, f=y))
    glyphs = None if emojis else left_in(stream, start)
    stream.end_text()
    plain.draw_emojis(stream, textbox.style, x, y, emojis)
    textbox.pango_layout.deactivate()
    return glyphs
