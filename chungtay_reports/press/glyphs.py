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
EMPTY = 0x0FFFFFFF  # Pango's number for no glyph; those of missing ones are higher
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

    def piece(self, glyph: int, width: int) -> str:
        """Write a glyph of a width, which may be kerned."""
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
    """Write a text as it was laid out; None where that is more than a row of glyphs of one font."""
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
        strings = _strings(item, layout.text, pen, stream)
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


def _strings(item: Any, text: str, pen: Pen, stream: Any) -> str | None:
    """Write the glyphs of a run; None when one of them is moved, missing, or new in a text from right to left."""
    row = item.glyphs
    numbers = memoryview(ffi.buffer(row.glyphs, row.num_glyphs * SIZE)).cast("i").tolist()
    if any(numbers[2::NUMBERS]) or any(numbers[3::NUMBERS]):
        return None
    pieces, written = pen.pieces, "<"
    for index, glyph in enumerate(zip(numbers[::NUMBERS], numbers[1::NUMBERS], strict=True)):
        piece = pieces.get(glyph)
        if piece is None:
            if not _note(glyph[0], index, item, text, pen, stream):
                return None
            piece = pen.piece(*glyph)
        written += piece
    return written[:-1] if written[-1] == "<" else written + ">"


def _note(glyph: int, index: int, item: Any, text: str, pen: Pen, stream: Any) -> bool:  # noqa: PLR0917
    """Note in a font which letters a glyph stands for and how wide it is, as WeasyPrint does with those that are new."""
    font, row, run = pen.font, item.glyphs, item.item
    if glyph in font.to_unicode and glyph in font.widths:
        return True
    if glyph >= EMPTY or run.analysis.level % 2:
        return False
    start = row.log_clusters[index]
    end = run.length if index == row.num_glyphs - 1 else row.log_clusters[index + 1]
    letters = text.encode()[run.offset + start : run.offset + end]
    font.to_unicode.setdefault(glyph, letters.decode())
    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(run.analysis.font, glyph, stream.ink_rect, stream.logical_rect)
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / pen.size)
    return True


def left_in(stream: Any, start: int) -> Glyphs | None:
    """Take what a text, begun at that item of a stream, left in it; None when it set another font on its way."""
    items, font = stream.stream[start + 1 :], stream._current_font  # noqa: SLF001
    sets = [index for index, item in enumerate(items) if item.endswith(SETS_FONT)]
    return Glyphs(font, tuple(items[len(sets) :])) if sets in ([], [0]) else None
