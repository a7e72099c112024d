"""The texts of drawings, and texts of every kind of glyph, are set to the bytes that plain WeasyPrint makes of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from editions import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plain_press import PlainPress, plain_press

from chungtay_reports.press import Press, TypesetError


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press() as opened:
        yield opened


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainPress]:
    with plain_press(tmp_path_factory.mktemp("plain"), "write_each_object_once") as opened:
        yield opened


def both(body: str, press: Press, plain: PlainPress) -> tuple[object, object]:
    """Set a page both ways; the reasons against it where there are any."""
    try:
        made: object = press.typeset(small(body))
    except TypesetError as refused:
        made = refused.reasons
    return made, plain.typeset(small(body))


FONT = "font-family='Be Vietnam Pro'"
ATTRIBUTES = (
    *("", "", "x='20 30 40'", "y='40'", "dx='2 3'", "rotate='10 -20'", "letter-spacing='2'", "font-weight='bold'"),
    *("text-anchor='middle' x='90'", "text-anchor='end' x='150'", "textLength='90'", "font-style='italic'"),
    *("textLength='60' lengthAdjust='spacingAndGlyphs'", "fill='#c00'", "opacity='0.5'", "stroke='#00f'"),
    *("dominant-baseline='middle'", "direction='rtl'", "font-size='7'", "transform='rotate(9) scale(1.2)'"),
)
PIECES = ("Hà Nội", "2.345", "12%", "AVATAR To", "ﬁ ffi", " ", "Ưu tiên", "—", "漢", "a\u00a0b", "")
nodes = st.builds(
    "<text {} {} y='30'>{}<tspan {}>{}</tspan></text>".format,
    st.just(FONT),
    st.sampled_from([one for one in ATTRIBUTES if "y=" not in one]),
    st.sampled_from(PIECES),
    st.sampled_from(ATTRIBUTES),
    st.sampled_from(PIECES),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(nodes, min_size=1, max_size=5))
def test_any_text_of_a_drawing_is_set_to_the_same_bytes(texts: list[str], press: Press, plain: PlainPress) -> None:
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="80"><title>Hình</title>{"".join(texts)}</svg>'
    )
    made, drawn = both(f'<h1 id="chu-thich">Hình</h1>{drawing * 2}', press, plain)
    assert made == drawn


WORDS = st.sampled_from(
    ["AVATAR", "ﬁ", "office", "1/2", "Trường", "a\u0301\u0323", "漢", "\u200b", "a\u00adb", "→", "Tôi", "x\u202fy"]
)
STYLES = st.sampled_from(
    [
        *("", "word-spacing: 3px", "letter-spacing: -0.5px", "text-align: justify", "font-variant-caps: small-caps"),
        *("font-feature-settings: 'tnum'", "font-kerning: none", "direction: rtl", "font-size: 0.4px", "hyphens: auto"),
        *("font-family: 'Be Vietnam Pro', 'Source Serif 4'", "font-family: 'Source Serif 4'", "font-style: italic"),
        *("text-decoration: underline", "overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 9mm"),
    ]
)
paragraphs = st.tuples(STYLES, st.lists(WORDS, min_size=1, max_size=9).map(" ".join))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(paragraphs, min_size=1, max_size=5))
def test_any_text_is_drawn_to_the_same_bytes_from_the_line_that_was_laid_out(
    texts: list[tuple[str, str]], press: Press, plain: PlainPress
) -> None:
    written = "".join(f'<p style="{style}">{text} <b>{text}</b></p>' for style, text in texts)
    page = "@page { size: 60mm 90mm; margin: 5mm } p { font: 9pt 'Be Vietnam Pro' }"
    made, drawn = both(f'<style>{page}</style><h1 id="chu-thich">Chữ</h1>{written}', press, plain)
    assert made == drawn
