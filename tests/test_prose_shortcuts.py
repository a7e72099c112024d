"""Where ordinary text is read by a shorter way, the shorter way reads what the careful one reads."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay_reports.errors import Place
from chungtay_reports.prose.allow import _lower
from chungtay_reports.prose.calls import _by_jinja, _understood, mark_calls
from chungtay_reports.prose.lines import FILLERS, INVISIBLE, plain_line
from chungtay_reports.prose.manuscript import manuscript
from chungtay_reports.prose.markdown import _PLAIN_LINE, _READER, _Layout, read_blocks
from chungtay_reports.prose.number_words import numbers

LETTERS = "aăâđêôơư ÀỶẵ.,;:“”…–-&%0129\n"
texts = st.one_of(
    st.text(LETTERS, max_size=60), st.text(LETTERS + "\t\r\u0301\u00ad\u200bİΣς½Ⅻ", max_size=60), st.text(max_size=40)
)

_NAMES = st.sampled_from(["so", "ty_le", "not", "is", "true", "x1", "_a", "none", "loop"])
_WORDS = st.sampled_from(["'abc'", "'Quận Cầu Giấy, a=b'", "''", "True", "False", "'{{'", "'}}'", r"'a\n'", '"q"'])
_OTHERS = st.sampled_from(["12", "0", "01", "1_0", "true", "None", "['a']", "x", "1 2", "1.5", "-1", "'a''b'", "(1)"])
_VALUES = st.one_of(_WORDS, _OTHERS)
_GAP = st.sampled_from(["", "", " ", "  ", "\n"])


@st.composite
def typed_calls(draw):
    """A placeholder as somebody may type it, right or wrong, nearly always such as the plain way may be tempted to read."""
    arguments = [
        draw(st.one_of(st.just(""), _NAMES.map(lambda name: f"{name}="))) + draw(_VALUES)
        for _ in range(draw(st.integers(0, 3)))
    ]
    inside = f",{draw(_GAP)}".join(arguments) + draw(st.sampled_from(["", "", "", ","]))
    gap = draw(_GAP)
    return f"{{{{{draw(st.sampled_from(['', '', '', '-']))}{gap}{draw(_NAMES)}({gap}{inside}{gap}){gap}}}}}"


@settings(max_examples=400, deadline=None)
@given(typed_calls())
def test_a_plain_call_is_read_as_jinja_reads_it(written):
    assert repr(_understood(written)) == repr(_by_jinja(written))


@given(st.text(LETTERS, max_size=80), st.integers(1, 40), st.integers(1, 40))
def test_every_character_of_a_text_in_nfc_knows_its_line_and_column(text, line, column):
    read = manuscript(text, Place("bai.md", line, column))
    assert read.text == text
    for offset in range(len(text) + 1):
        before = text[:offset].split("\n")
        begins = column if len(before) == 1 else 1
        assert read.place(offset) == Place("bai.md", line + len(before) - 1, begins + len(before[-1]))
    assert list(read.origins) == [(place.line, place.column) for place in map(read.place, range(len(text) + 1))]


@given(texts)
def test_a_text_that_is_not_ordinary_stands_where_the_ordinary_part_of_it_would(text):
    """A mark that must be joined, at the very end, makes the reader careful with all of it."""
    quick, careful = manuscript(text, Place("bai.md", 3, 5)), manuscript(f"{text}\ue000a\u0301", Place("bai.md", 3, 5))
    assert careful.text == quick.text + "\ue000á"
    assert list(careful.origins)[: len(quick.text) + 1] == list(quick.origins)


@given(texts)
def test_a_line_leaves_out_what_nobody_sees(text):
    read = manuscript(text, Place("bai.md"))
    shown = plain_line(read, 0, read.text)
    seen = [
        (at, character)
        for at, character in enumerate(read.text)
        if unicodedata.category(character) not in INVISIBLE and character not in FILLERS
    ]
    assert list(zip(shown.offsets, shown.text, strict=True)) == seen


@given(texts)
def test_lower_case_moves_no_position(text):
    assert _lower(text) == "".join(low if len(low := one.lower()) == 1 else one for one in text)


@given(texts)
def test_numbers_are_found_in_a_text_of_words_as_beside_a_digit(text):
    """A digit makes the reader look at every character; what stands before a full stop is found all the same."""
    alone = list(numbers(f"{text}. x"))
    beside = list(numbers(f"{text}. x 7"))
    assert beside[:-1] == alone


MARKDOWN = st.lists(
    st.sampled_from(
        ["Quận ", "a", "1", ". ", ", ", " - ", "- ", "{{ so('x') }}", "GD&ĐT", "&amp;", "“", "”", "(", ")", "%"]
    )
    | st.sampled_from(["*", "_", "\n", "  ", "\u00a0", "[a](b)", "1. ", "http://a.vn", "…", ":"]),
    max_size=12,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(MARKDOWN)
def test_a_paragraph_of_words_is_laid_out_as_markdown_lays_it_out(text):
    source = manuscript(text, Place("bai.md"))
    marked = mark_calls(source)
    layout = _Layout(source, marked)
    assert read_blocks(source, marked) == (layout.blocks(_READER.parse(marked.text)), tuple(layout.problems))
    if _PLAIN_LINE.fullmatch(marked.text):
        tokens, offsets = [], range(len(marked.text))
        _READER.inline.parse(marked.text, _READER, {}, tokens)
        assert layout._tree(tokens, marked.text, offsets) == tuple(layout.runs(marked.text, 0, offsets))
