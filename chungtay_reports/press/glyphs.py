"""Write a text from the glyphs that Pango chose for its layout, instead of having it shaped once more to be drawn.

WeasyPrint throws the shaped line away with its layout and walks over its glyphs one by one. Here the line is kept as
long as the layout, and what a glyph of some width is in a font's strings is worked out once for a document.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

ffi.cdef("""
    PangoLayoutLine * pango_layout_line_ref (PangoLayoutLine *line);
    void pango_layout_line_unref (PangoLayoutLine *line);
""")

NUMBERS = 5  # in a PangoGlyphInfo: its glyph, its width, two offsets and a flag
SIZE = ffi.sizeof("PangoGlyphInfo")
SETS_FONT = b" Tf"
PENS = "chungtay pens"


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What a text leaves in a stream after its place: the font that it is set in, and its strings."""

    font: tuple[Any, Any] | None
    strings: tuple[bytes, ...]

    def write(self, stream: Any, matrix: tuple[float, ...]) -> None:
        """Put them into a stream, within a text, at a place."""
        if self.strings:
            stream.set_text_matrix(*matrix)
            if self.font:
                stream.set_font_size(*self.font)
            stream.stream.extend(self.strings)


@dataclass(frozen=True, slots=True)
class Pen:
    """A font of a document at a size, and what it has written; the line keeps Pango's font where it is."""

    font: Any
    size: float
    line: Any
    pieces: dict[tuple[int, int], str] = field(default_factory=dict)

    def piece(self, glyph: int, width: int) -> str | None:
        """Write a glyph of a width; None until WeasyPrint has noted the glyph in the font."""
        if glyph not in self.font.to_unicode or glyph not in self.font.widths:
            return None
        kerning = self.font.widths[glyph] - width * 1000 * FROM_UNITS / self.size
        found = self.pieces[glyph, width] = f"{glyph:04x}>{int(kerning)}<" if kerning else f"{glyph:04x}"
        return found


def keep_shaped_lines() -> None:
    """Keep the line of a layout that WeasyPrint is done with."""
    Layout.deactivate = _with_line(Layout.deactivate)


def _with_line(plain: Callable[[Any], None]) -> Callable[[Any], None]:
    def deactivate(layout: Any) -> None:
        line = pango.pango_layout_get_line_readonly(layout.layout, 0)
        layout.chungtay_line = ffi.gc(pango.pango_layout_line_ref(line), pango.pango_layout_line_unref)
        plain(layout)

    return deactivate


def of_layout(layout: Any, style: Any, stream: Any) -> Glyphs | None:
    """Write a text as it was laid out; None where that is more than a row of glyphs of one font, each seen before."""
    line = getattr(layout, "chungtay_line", None)
    if line is None or layout.justification_spacing or not layout.text.strip() or style["font_size"] < 1:
        return None
    pen, text, run = None, "", line.runs
    while run:
        item, run = run.data, run.next
        found = _pen(item.item.analysis.font, line, style, stream)
        if found is None or (pen is not None and found is not pen):
            return None
        pen = found
        strings = _strings(item.glyphs, pen)
        if strings is None:
            return None
        text += strings
    if pen is None:
        return None
    return Glyphs((pen.font.hash, pen.size), (f"[{text}] TJ".encode("ascii"),))


def _pen(pango_font: Any, line: Any, style: Any, stream: Any) -> Pen | None:
    fonts = stream._fonts  # noqa: SLF001 - the fonts of the file that is drawn
    known = style.cache.get(PENS)
    if known is None or known[0] is not fonts:
        known = style.cache[PENS] = (fonts, {})
    pens: dict[Any, Pen | None] = known[1]
    if pango_font not in pens:
        font, size = stream.add_font(pango_font)
        drawn = font.bitmap or font.svg or font.png or font.colr
        pens[pango_font] = None if drawn else Pen(font, size, line)
    return pens[pango_font]


def _strings(glyph_string: Any, pen: Pen) -> str | None:
    """Write the glyphs of a run; None when one of them is moved or not yet known."""
    numbers = memoryview(ffi.buffer(glyph_string.glyphs, glyph_string.num_glyphs * SIZE)).cast("i").tolist()
    if any(numbers[2::NUMBERS]) or any(numbers[3::NUMBERS]):
        return None
    pieces, text = pen.pieces, "<"
    for glyph in zip(numbers[::NUMBERS], numbers[1::NUMBERS], strict=True):
        piece = pieces.get(glyph) or pen.piece(*glyph)
        if piece is None:
            return None
        text += piece
    return text[:-1] if text[-1] == "<" else text + ">"


def left_in(stream: Any, start: int) -> Glyphs | None:
    """Take what a text, begun at that item of a stream, left in it; None when it set another font on its way."""
    items, font = stream.stream[start + 1 :], stream._current_font  # noqa: SLF001
    sets = [index for index, item in enumerate(items) if item.endswith(SETS_FONT)]
    return Glyphs(font, tuple(items[len(sets) :])) if sets in ([], [0]) else None
