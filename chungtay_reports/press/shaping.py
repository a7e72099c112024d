"""Have Pango break and shape each text of a document once per style and width, however often it stands there.

Tables repeat their texts; columns are laid out again and again until they balance. What is remembered lies with the
document's own styles and goes with them, so no document can see what another one was.
"""

from __future__ import annotations

from typing import Any

from weasyprint.css import AnonymousStyle
from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

# All that WeasyPrint reads of the style of a plain text to break, shape and place it within its line.
READ = (
    *("direction", "lang", "font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning"),
    *("font_variation_settings", "font_language_override", "font_feature_settings", "font_variant_ligatures"),
    *("font_variant_position", "font_variant_caps", "font_variant_numeric", "font_variant_alternates"),
    *("font_variant_east_asian", "text_decoration_line", "word_spacing", "letter_spacing", "tab_size", "white_space"),
    *("overflow_wrap", "word_break", "hyphens", "hyphenate_character", "hyphenate_limit_chars"),
    *("hyphenate_limit_zone", "line_height", "text_align_all", "text_align_last", "text_indent"),
)
NAMES = frozenset(READ)
PLAIN = {str, float, int}

Line = tuple[Any, int, int | None, float, float, float]


class Shape:
    """What a style makes of a text; two styles with the same shape break, shape and place every text alike."""

    __slots__ = ("glyphs", "lines", "strut")

    def __init__(self, style: Any) -> None:
        self.strut: tuple[float, float] = line_break.strut(style)
        self.lines: dict[Any, Any] = {}
        self.glyphs: dict[Any, Any] = {}


def shape_each_text_once() -> None:
    """Put the memory between WeasyPrint's layout and Pango."""
    inline.split_first_line = preferred.split_first_line = split_first_line
    inline.strut = lambda style: shape(style).strut


def split_first_line(  # noqa: PLR0917 - WeasyPrint's own signature
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,  # noqa: FBT001, FBT002
    minimum: bool = False,  # noqa: FBT001, FBT002
) -> Line:
    """Answer as WeasyPrint's function of this name does; boxes with the same text get the same layout."""
    lines = shape(style).lines
    key = (text, max_width, justification_spacing, is_line_start, minimum)
    found: Line | None = lines.get(key)
    if found is None:
        found = lines[key] = line_break.split_first_line(
            text, style, context, max_width, justification_spacing, is_line_start, minimum
        )
    return found


def shape(style: Any) -> Shape:
    """Find the shape of a style, which most take over from their parents as they are."""
    try:
        return style.chungtay_shape  # type: ignore[no-any-return]
    except AttributeError:
        if _takes_over(style):
            found = shape(style.parent_style)
        else:
            read = tuple([_hashable(style[name]) for name in READ])
            shapes = style.cache.setdefault("chungtay shapes", {})
            if (known := shapes.get(read)) is None:
                known = shapes[read] = Shape(style)
            found = known
        style.chungtay_shape = found
        return found


def _takes_over(style: Any) -> bool:
    parent = style.parent_style
    if parent is None or not (type(style) is AnonymousStyle or NAMES.isdisjoint(style.cascaded)):
        return False
    return all(style[name] is parent[name] or style[name] == parent[name] for name in NAMES & style.keys())


def _hashable(value: Any) -> Any:
    return value if type(value) in PLAIN else repr(value)
