"""Have Pango break and shape each text of a document once per style and width, however often it stands there.

Tables repeat their texts; columns are laid out again and again until they balance. What is remembered lies with the
document's own styles and goes with them, so no document can see what another one was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.css import AnonymousStyle, ComputedStyle
from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

# All that WeasyPrint reads of the style of a plain text to break, shape and place it within its line.
READ = (
    *("direction", "lang", "font_family", "font_style", "font_stretch", "font_weight", "font_size", "font_kerning"),
    *("font_variation_settings", "font_language_override", "font_feature_settings", "font_variant_ligatures"),
    *("font_variant_position", "font_variant_caps", "font_variant_numeric", "font_variant_alternates"),
    *("font_variant_east_asian", "text_decoration_line", "word_spacing", "letter_spacing", "tab_size", "white_space"),
    *("overflow_wrap", "word_break", "hyphens", "hyphenate_character", "hyphenate_limit_chars"),
    *("hyphenate_limit_zone", "line_height", "text_align_all", "text_align_last", "text_indent"),
)
FEATURES = (
    *("font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps"),
    *("font_variant_numeric", "font_variant_alternates", "font_variant_east_asian", "font_feature_settings"),
)
NAMES = frozenset(READ)
OF_BOXES = {AnonymousStyle, ComputedStyle}  # a drawing's texts have styles of other kinds
PLAIN = {str, float, int}

Line = tuple[Any, int, int | None, float, float, float]


class Shape:
    """What a style makes of a text; two styles with the same shape break, shape and place every text alike."""

    __slots__ = ("_style", "glyphs", "lines", "pango", "strut")

    def __init__(self, style: Any) -> None:
        self.pango: tuple[Any, Any, Any, bytes] | None = None
        self.lines: dict[Any, Any] = {}
        self.glyphs: dict[Any, Any] = {}
        self.strut: tuple[float, float] | None = None
        self._style = style

    def line(self) -> tuple[float, float]:
        """Say how high a line is without a text, and where its baseline is."""
        if self.strut is None:
            self.strut = line_break.strut(self._style)
        return self.strut


def shape_each_text_once() -> None:
    """Put the memory between WeasyPrint's layout and Pango."""
    inline.split_first_line = preferred.split_first_line = split_first_line
    inline.strut = lambda style: shape(style).line()
    Layout.setup = _with_short_way(Layout.setup)


def _with_short_way(plain: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Let all texts of a shape share their Pango context and font; lines above or below them are left to WeasyPrint."""

    def setup(layout: Any, style: Any) -> None:
        if style["text_decoration_line"] != "none" or type(style) not in OF_BOXES:
            plain(layout, style)
            return
        found = shape(style)
        if found.pango is None:
            plain(layout, style)
            found.pango = _pango(layout, style)
        context, description, layout.language, features = found.pango
        layout.style, layout.first_line_direction = style, 0
        layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)  # noqa: FBT003 - a function of C
        pango.pango_layout_set_font_description(layout.layout, description)
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        if features:
            attributes = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(attributes, style.font_config.font_features[features])
            pango.pango_layout_set_attributes(layout.layout, attributes)

    return setup


def _pango(layout: Any, style: Any) -> tuple[Any, Any, Any, bytes]:
    """Make the Pango context of a shape, its font and its features, as a layout that was set up has them."""
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003 - a function of C
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    if style["lang"] or style["font_language_override"] != "normal":
        pango.pango_context_set_language(context, layout.language)
    features = font_features(*(style[name] for name in FEATURES))
    wanted = ",".join(f"{key} {value}" for key, value in features.items()).encode()
    return context, get_font_description(style), layout.language, wanted


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
