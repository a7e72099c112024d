"""Parts of a paper are numbered as Vietnamese offices number them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay_reports.official.numbering import LETTERS, Numbering, annex_numerals, letter, roman

ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def read_roman(text: str) -> int:
    values = [ROMAN[sign] for sign in text]
    return sum(-v if any(later > v for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


@given(st.integers(1, 3999))
def test_a_roman_numeral_reads_back_as_its_number(n: int) -> None:
    assert read_roman(roman(n)) == n


def test_the_numerals_of_short_papers() -> None:
    assert " ".join(map(roman, range(1, 13))) == "I II III IV V VI VII VIII IX X XI XII"


def test_points_count_with_the_vietnamese_alphabet_where_d_bar_follows_d_and_no_f_j_w_z_stands() -> None:
    assert " ".join(map(letter, range(1, 24))) == "a b c d đ e g h i k l m n o p q r s t u v x y"


def test_points_beyond_the_alphabet_get_two_letters() -> None:
    assert [letter(n) for n in (23, 24, 25, 28, 46, 47)] == ["y", "aa", "ab", "ađ", "ay", "ba"]


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_two_points_never_share_a_letter(a: int, b: int) -> None:
    assert (letter(a) == letter(b)) == (a == b)


@given(st.integers(1, 20_000))
def test_only_letters_of_the_alphabet_stand_in_a_label(n: int) -> None:
    assert set(letter(n)) <= set(LETTERS)


@pytest.mark.parametrize("count", [0, -1])
def test_counting_begins_with_one(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        letter(count)
    with pytest.raises(ValueError, match=str(count)):
        roman(count)


def test_a_heading_begins_anew_what_is_below_it() -> None:
    numbering = Numbering()
    labels = [numbering.label(level) for level in (2, 3, 4, 4, 3, 4, 2, 3, 3)]
    assert labels == ["I.", "1.", "a)", "b)", "2.", "a)", "II.", "1.", "2."]


def test_each_part_begins_its_sections_anew() -> None:
    numbering = Numbering()
    assert [numbering.label(level) for level in (1, 2, 2, 1, 2)] == ["Phần I", "I.", "II.", "Phần II", "I."]


def test_one_annex_has_no_numeral_and_several_have_roman_ones() -> None:
    assert list(annex_numerals(0)) == []
    assert list(annex_numerals(1)) == [""]
    assert list(annex_numerals(4)) == ["I", "II", "III", "IV"]
