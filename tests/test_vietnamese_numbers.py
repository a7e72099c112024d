import decimal
import locale
from fractions import Fraction
from itertools import pairwise

import pytest
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from chungtay_reports.vietnamese.numerals import in_words, money, number, percent, read_money, read_number

NUMBER_WORDS = "âm không một mốt hai ba bốn tư năm lăm sáu bảy tám chín mười mươi trăm nghìn triệu tỷ linh"
fractions = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"), (672, 0, "672"), (1000, 0, "1.000"), (2106, 0, "2.106"), (1_234_567, 0, "1.234.567"),
        (-2106, 0, "-2.106"), (Fraction(25, 2), 1, "12,5"), (Fraction(1, 2), 0, "1"), (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"), (Fraction(1, 4), 1, "0,3"), (Fraction(12), 1, "12"), (Fraction(1, 20), 2, "0,05"),
        (Fraction(-1, 100), 1, "0"), (Fraction(12345675, 10), 1, "1.234.567,5"), (10**21, 0, "1." + ".".join(["000"] * 7)),
    ],
)  # fmt: skip
def test_numbers_have_dots_between_thousands_and_a_decimal_comma(value, decimals, text):
    assert number(value, decimals) == text


@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_are_grouped_as_cldr_groups_them(n):
    assert number(n) == format_decimal(n, locale="vi")


@given(fractions, st.integers(0, 6))
def test_a_printed_number_is_within_half_a_unit_of_its_last_digit(value, decimals):
    read = read_number(number(value, decimals))
    assert read is not None
    assert abs(read - value) <= Fraction(1, 2 * 10**decimals)


@given(st.integers(-(10**12), 10**12))
def test_reading_a_printed_number_gives_it_back(n):
    assert read_number(number(n)) == n


@pytest.mark.parametrize(
    "text", ["", "2,100.5", "1.00", "1.0000", "12.5", "1,", ",5", "1 000", "0x1f", "1e3", "٣", "hai"]
)
def test_what_is_not_written_the_vietnamese_way_is_not_read(text):
    assert read_number(text) is None


def test_numbers_do_not_depend_on_the_machines_locale_or_the_threads_decimal_context():
    before = locale.setlocale(locale.LC_ALL)
    locale.setlocale(locale.LC_ALL, "C")
    try:
        with decimal.localcontext() as context:
            context.prec = 2
            assert number(Fraction(123456789, 100), 2) == "1.234.567,89"
    finally:
        locale.setlocale(locale.LC_ALL, before)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "không"), (1, "một"), (4, "bốn"), (5, "năm"), (9, "chín"), (10, "mười"), (11, "mười một"), (14, "mười bốn"),
        (15, "mười lăm"), (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"),
        (44, "bốn mươi tư"), (55, "năm mươi lăm"), (91, "chín mươi mốt"), (100, "một trăm"), (101, "một trăm linh một"),
        (104, "một trăm linh bốn"), (105, "một trăm linh năm"), (110, "một trăm mười"), (111, "một trăm mười một"),
        (115, "một trăm mười lăm"), (121, "một trăm hai mươi mốt"), (672, "sáu trăm bảy mươi hai"), (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"), (1050, "một nghìn không trăm năm mươi"),
        (2106, "hai nghìn một trăm linh sáu"), (10_000, "mười nghìn"), (21_000, "hai mươi mốt nghìn"),
        (105_000, "một trăm linh năm nghìn"), (1_000_000, "một triệu"), (1_000_005, "một triệu không trăm linh năm"),
        (1_050_000, "một triệu không trăm năm mươi nghìn"), (1_500_000_000, "một tỷ năm trăm triệu"),
        (10**9 + 7, "một tỷ không trăm linh bảy"), (10**12, "một nghìn tỷ"), (-24, "âm hai mươi tư"),
    ],
)  # fmt: skip
def test_numbers_are_spelt_as_they_are_read_aloud(n, words):
    assert in_words(n) == words


def test_numbers_in_words_are_all_different():
    assert len({in_words(n) for n in range(30_000)}) == 30_000


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_numbers_in_words_keep_to_the_words_of_numbers(n):
    known = set(NUMBER_WORDS.split())
    words = in_words(n).split(" ")
    assert set(words) <= known
    assert all(before == "mươi" for before, word in pairwise(words) if word in ("mốt", "tư"))


def test_a_number_beyond_words_is_an_error():
    with pytest.raises(ValueError, match="1000"):
        in_words(10**18)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(1), "100%"), (Fraction(0), "0%"), (Fraction(1, 8), "12,5%"), (Fraction(2, 3), "66,7%"),
        (Fraction(999, 1000), "99,9%"), (Fraction(2899, 2900), "99,97%"), (Fraction(1, 30_000), "0,003%"),
        (Fraction(-1, 3), "-33,3%"), (Fraction(-1, 5000), "-0,02%"), (Fraction(10_001, 10_000), "100,01%"),
        (Fraction(3), "300%"), (Fraction(192, 1000), "19,2%"), (Fraction(1, 2000), "0,1%"),
    ],
)  # fmt: skip
def test_percent_has_no_space_and_a_comma(value, text):
    assert percent(value) == text


@given(st.fractions(-3, 3, max_denominator=10**7), st.integers(0, 3))
@example(Fraction(999_999, 1_000_000), 0)
def test_percent_says_all_or_nothing_only_when_it_is_so(value, decimals):
    text = percent(value, decimals)
    assert (text == "100%") == (value == 1)
    assert (text in ("0%", "-0%")) == (value == 0)


@pytest.mark.parametrize(
    ("dong", "press", "official", "table"),
    [
        (1_500_000_000, "1,5 tỷ đồng", "1.500.000.000 đồng", "1.500.000.000"),
        (500_000_000, "500 triệu đồng", "500.000.000 đồng", "500.000.000"),
        (41_000_000, "41 triệu đồng", "41.000.000 đồng", "41.000.000"),
        (2_000_000_000, "2 tỷ đồng", "2.000.000.000 đồng", "2.000.000.000"),
        (1_234_500_000, "1.234,5 triệu đồng", "1.234.500.000 đồng", "1.234.500.000"),
        (12_345_678, "12.345.678 đồng", "12.345.678 đồng", "12.345.678"),
        (650_000, "650.000 đồng", "650.000 đồng", "650.000"),
        (0, "0 đồng", "0 đồng", "0"),
    ],
)
def test_money_is_shortened_in_the_press_only(dong, press, official, table):
    assert (money(dong), money(dong, "official"), money(dong, "table")) == (press, official, table)


@given(st.integers(0, 10**13) | st.integers(0, 10**7).map(lambda n: n * 10**6))
def test_not_one_dong_is_lost_in_a_printed_amount(dong):
    assert read_money(money(dong)) == read_money(money(dong, "official")) == dong


@pytest.mark.parametrize(
    ("text", "dong"),
    [("650 nghìn đồng", 650_000), ("1,5 tỷ", None), ("1.5 tỷ đồng", None), ("đồng", None), ("x đồng", None)],
)
def test_amounts_are_read_strictly(text, dong):
    assert read_money(text) == dong
