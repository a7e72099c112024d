import csv
import functools
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icu_referee import collator

from chungtay_reports.vietnamese.collation import LETTERS, SIGNS, fold, sort_key

DATA = Path(__file__).parents[2] / "shared/data"
ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x f j w z"
RIMES = "a ă â e ê i o ô ơ u ư y ia oa oe uy ươ uô iê ai ao ay âu eo oai uya"
TONES = "\u0300\u0309\u0303\u0301\u0323"
LETTERS_WITH_TONES = [
    unicodedata.normalize("NFC", case + tone)
    for letter in LETTERS
    for tone in ("", *(TONES if letter in "aăâeêioôơuưy" else ""))
    for case in (letter, letter.upper())
]
texts = st.text(st.sampled_from([*LETTERS_WITH_TONES, *SIGNS]), max_size=8)


def registry_names():
    with (DATA / "hanoi_units_2025.csv").open(encoding="utf-8") as file:
        units = [f"{row['kind']} {row['name']}" for row in csv.DictReader(file)]
    with (DATA / "hanoi_tiles.csv").open(encoding="utf-8") as file:
        districts = [row["district"] for row in csv.DictReader(file)]
    return units + [unit.split(" ", 1)[1] for unit in units] + districts


def random_names(count):
    """Syllables as Vietnamese builds them, in names of one to four, some in capitals and some with a number."""
    chance = random.Random(20221201)  # noqa: S311 - the same strings in every run
    onsets = ["", *ONSETS.split()]
    rimes = RIMES.split()
    codas = ["", "", "c", "ch", "m", "n", "ng", "nh", "p", "t"]

    def syllable():
        rime = chance.choice(rimes)
        at = chance.randrange(len(rime))
        toned = rime[: at + 1] + chance.choice(["", *TONES]) + rime[at + 1 :]
        word = unicodedata.normalize("NFC", chance.choice(onsets) + toned + chance.choice(codas))
        return chance.choice([word, word.capitalize(), word.upper()])

    for _ in range(count):
        words = [syllable() for _ in range(chance.randint(1, 4))]
        tail = chance.choice(["", "", "", f" {chance.randint(1, 120)}", " (cơ sở 2)", " - Hà Nội"])
        yield chance.choice([" ", " ", "-", " - "]).join(words) + tail


def agrees(a, b):
    icu = collator()(a, b)
    ours = (sort_key(a) > sort_key(b)) - (sort_key(a) < sort_key(b))
    return icu in (0, ours)


def in_order_of_icu(names):
    return sorted(names, key=functools.cmp_to_key(collator()))  # stable: what ICU holds equal stays as it came


def test_every_name_of_the_registry_is_ordered_as_icu_orders_it():
    ours = sorted(registry_names(), key=sort_key)
    assert len(ours) > 250
    assert in_order_of_icu(ours) == ours


def test_thousands_of_made_up_names_are_ordered_as_icu_orders_them():
    ours = sorted({*random_names(6000), *registry_names()}, key=sort_key)
    assert len(ours) > 5000
    assert in_order_of_icu(ours) == ours


@given(texts, texts)
@example("hoà", "hòa")
@example("hoa", "HOÀ")
@example("a b", "ab")
@example("…", "...")
def test_any_two_texts_compare_as_in_icu(a, b):
    assert agrees(a, b)


@given(texts)
def test_a_decomposed_text_stands_where_the_composed_one_does(text):
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text))


@given(texts, texts)
def test_only_equal_texts_have_equal_keys(a, b):
    assert (sort_key(a) == sort_key(b)) == (unicodedata.normalize("NFC", a) == unicodedata.normalize("NFC", b))


@given(st.text(max_size=12))
def test_any_unicode_text_has_a_key(text):
    assert sort_key(text) == sort_key(text)


def test_letters_stand_in_the_order_of_the_alphabet():
    vietnamese = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    assert "".join(sorted(vietnamese, key=sort_key)) == vietnamese
    assert sorted("zwjfxy", key=sort_key) == list("fjwxyz")


def test_tones_order_words_of_the_same_letters():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_letters_weigh_more_than_tones_over_the_whole_text():
    assert sorted(["Bà Vi", "Ba Vì", "Ba Đình", "Bá An"], key=sort_key) == ["Bá An", "Ba Đình", "Ba Vì", "Bà Vi"]


def test_small_letters_stand_before_capitals():
    assert sorted(["Hòa", "hòa", "HÒA"], key=sort_key) == ["hòa", "Hòa", "HÒA"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ứng Hòa", "Ứng Hoà"),
        ("Thụy Khuê", "Thuỵ Khuê"),
        ("khỏe", "khoẻ"),
        ("xòe", "xoè"),
        ("Hóa", "HOÁ"),
        ("ỦY BAN", "uỷ ban"),
        ("tùy", "tuỳ"),
        ("Văn Miếu - Quốc Tử Giám", "văn miếu–quốc  tử giám"),
        ("Cầu Giấy", unicodedata.normalize("NFD", "CẦU GIẤY")),
        ("Cầu\u00a0Giấy ", " Cầu Giấy"),
        ("Ba\u200b Vì", "Ba Vì"),
        ("ĐỐNG ĐA", "Đống Đa"),
    ],
)
def test_spellings_of_one_name_fold_to_one_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mỹ Đức", "Mĩ Đức"), ("Yên Bái", "Yên Bài"), ("Ba Vì", "Ba Vĩ"), ("Đan Phượng", "Dan Phượng"),
        ("quý", "qúy"), ("quà", "qùa"), ("giá", "gía"), ("hoàn", "hòan"), ("Yên Hòa", "Yên Hoa"), ("Hà Đông", "Hạ Đông"),
    ],
)  # fmt: skip
def test_different_names_fold_to_different_keys(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("word", ["quà", "quý", "quỳ", "giá", "già", "hoàn", "toán", "thuyền", "khuỷu", "ngoáy", "của"])
def test_words_with_one_spelling_fold_to_themselves(word):
    assert fold(word) == word


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_no_two_names_of_the_registry_fold_together():
    with (DATA / "hanoi_units_2025.csv").open(encoding="utf-8") as file:
        names = {row["name"] for row in csv.DictReader(file)}
    assert len({fold(name) for name in names}) == len(names)
