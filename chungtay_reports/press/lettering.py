"""Measure and write each letter of a document's drawings once.

WeasyPrint sets the texts of a drawing letter by letter, with a Pango layout for each to measure it and another to write
it. What comes of it depends on the letter and its font alone, so it is kept beside the document's layout.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.draw import text as drawing
from weasyprint.svg.text import Style, TextBox
from weasyprint.text import line_break

from chungtay_reports.press.glyphs import Glyphs, left_in

# All that WeasyPrint takes over from a node of a drawing into the style of its text.
READ = ("font_style", "font_weight", "font_size", "direction")
LETTERS = "chungtay_letters"


class Letter:
    """A letter in its font: stands for its layout until it has been written once, and writes itself from then on."""

    __slots__ = ("_fonts", "_glyphs", "_layout", "text")

    def __init__(self, layout: Any) -> None:
        self.text, self._layout = layout.text, layout
        self._fonts: Any = None
        self._glyphs: Glyphs | None = None

    def reactivate(self, style: Any) -> None:
        """Do nothing: a letter is ready."""

    def write(self, stream: Any, textbox: Any, matrix: Any) -> list[Any]:
        """Put the letter into a stream, as `draw_first_line` does."""
        fonts = stream._fonts  # noqa: SLF001 - which glyphs a font needs is noted in it as they are drawn
        if self._glyphs is not None and self._fonts is fonts:
            self._glyphs.write(stream, matrix.values)
            return []
        self._layout.reactivate(textbox.style)
        whole = TextBox(self._layout, textbox.style)
        whole.baseline = textbox.baseline
        start = len(stream.stream)
        emojis: list[Any] = _plain_drawing(stream, whole, "none", "none", matrix)
        self._layout.deactivate()
        self._fonts, self._glyphs = fonts, None if emojis else left_in(stream, start)
        return emojis


_plain_drawing = drawing.draw_first_line


def set_letters_once() -> None:
    """Put the memory before both functions, which the drawing of a text looks up at each call."""
    line_break.split_first_line = _measuring(line_break.split_first_line)
    drawing.draw_first_line = _draw_first_line


def _measuring(plain: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
    def split_first_line(text: str, style: Any, context: Any, *rest: Any, **named: Any) -> tuple[Any, ...]:
        if type(style) is not Style or context is None:
            return plain(text, style, context, *rest, **named)
        letters = context.__dict__.setdefault(LETTERS, {})
        key = (text, *style["font_family"], *(style[name] for name in READ))
        found: tuple[Any, ...] | None = letters.get(key)
        if found is None:
            layout, *measures = plain(text, style, context, *rest, **named)
            found = letters[key] = (Letter(layout), *measures)
        return found

    return split_first_line


def _draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> list[Any]:
    if type(textbox.pango_layout) is Letter:
        return textbox.pango_layout.write(stream, textbox, matrix)
    emojis: list[Any] = _plain_drawing(stream, textbox, text_overflow, block_ellipsis, matrix)
    return emojis
