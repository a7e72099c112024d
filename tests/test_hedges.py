from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chungtay_reports.errors import Place
from chungtay_reports.vietnamese.claims import CLAIMS, Leader, hedge_ratio, superlative
from chungtay_reports.vietnamese.hedges import (
    RULES,
    Hedged,
    Refusal,
    hedge,
    hedge_money,
    marks_around,
    verifies,
)
from chungtay_reports.vietnamese.numerals import number, read_number

KINDS = [*RULES, "hang"]
MILLION = 10**6
counts = st.integers(0, MILLION)
kinds = st.sampled_from(KINDS)
starts = st.dates(date(2022, 12, 1), date(2030, 12, 31))


def round_marks(limit):
    """All marks up to a limit, from the words of their definition."""
    marks = {*range(20, 100, 10), 100, 150, 200, 250, *range(300, 1000, 100)}
    power = 100
    while 10 * power <= limit:
        marks.update(range(10 * power, 100 * power, power))
        power *= 10
    return sorted(mark for mark in marks if mark <= limit)


def text_of(outcome):
    return outcome.text if isinstance(outcome, Hedged) else f"không: {outcome.offer}"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("gan", 672, "gần 700"), ("gan", 664, "gần 700"), ("gan", 788, "gần 800"), ("gan", 628, "không: hơn 600"),
        ("hon", 628, "hơn 600"), ("hon", 203, "hơn 200"), ("hon", 2106, "hơn 2.100"), ("gan", 2106, "không: hơn 2.100"),
        ("gan", 700, "không: 700"), ("hon", 2100, "không: 2.100"), ("khoang", 1000, "không: 1.000"),
        ("hon", 672, "không: gần 700"), ("khoang", 672, "khoảng 700"), ("khoang", 628, "khoảng 600"),
        ("gan", 655, "không: 655"), ("hon", 655, "không: 655"), ("gan", 19, "gần 20"), ("gan", 29, "gần 30"),
        ("gan", 28, "không: 28"), ("gan", 9, "không: 9"), ("gan", 0, "không: 0"), ("hon", 1, "không: 1"),
        ("hon", 11, "không: 11"), ("hon", 21, "hơn 20"), ("hon", 153, "hơn 150"), ("gan", 248, "gần 250"),
        ("hon", 122, "không: 122"), ("gan", 9_960, "gần 10.000"), ("hon", 10_400, "hơn 10.000"), ("gan", 2_962, "gần 3.000"),
        ("tren", 203, "trên 200"), ("duoi", 672, "dưới 700"), ("hang", 672, "hàng trăm"), ("hang", 45, "hàng chục"),
        ("hang", 2106, "hàng nghìn"), ("hang", 120, "không: 120"), ("hang", 300, "không: 300"), ("hang", 7, "không: 7"),
        ("hang", 34_567, "hàng chục nghìn"), ("hang", 1_234, "không: hơn 1.200"),
    ],
)  # fmt: skip
def test_a_hedge_is_proven_or_a_true_text_is_offered(kind, value, text):
    assert text_of(hedge(kind, value)) == text


def test_marks_are_those_of_the_definition_and_every_value_stands_between_two():
    marks = round_marks(MILLION)
    known = set(marks)
    for value in [*range(20, 30_000), *(mark + near for mark in marks[:-1] for near in (-1, 0, 1))]:
        lower, upper = marks_around(value)
        assert lower <= value <= upper
        assert (lower == upper) == (value in known)
        assert value < 20 or {lower, upper} <= known
    for lower, upper in pairwise(marks):
        assert marks_around(lower + 1) == marks_around(upper - 1) == (lower, upper)


def test_no_round_mark_takes_a_hedge_and_each_offers_itself():
    for mark in round_marks(MILLION):
        for kind in KINDS:
            refused = hedge(kind, mark)
            assert isinstance(refused, Refusal)
            assert refused.code.code == "H101"
            assert refused.offer == number(mark)


def test_hedges_hold_at_every_value_up_to_three_thousand_and_around_every_mark():
    values = {*range(3001), *(mark + near for mark in round_marks(MILLION) for near in (-1, 1, 2))}
    for value in values:
        near, over = hedge("gan", value), hedge("hon", value)
        assert not (isinstance(near, Hedged) and isinstance(over, Hedged))
        if isinstance(near, Hedged):
            assert value < near.mark <= value * 100 / 94
        if isinstance(over, Hedged):
            assert over.mark < value <= over.mark * 110 / 100


@given(kinds, counts)
@example("gan", 664)
@example("hon", 2106)
def test_every_hedge_verifies_and_every_refusal_does_not(kind, value):
    outcome = hedge(kind, value)
    if isinstance(outcome, Hedged):
        assert verifies(outcome.text, value)
    elif kind != "hang":
        lower, upper = marks_around(value)
        assert not any(verifies(f"{RULES[kind].word} {number(mark)}", value) for mark in (lower, upper))


@given(kinds, counts)
def test_every_offer_is_true(kind, value):
    outcome = hedge(kind, value)
    if isinstance(outcome, Refusal):
        assert verifies(outcome.offer, value)
        assert outcome.reason == outcome.code.text.format(**dict(outcome.facts))


@given(st.sampled_from(["gan", "duoi", "hon", "tren", "khoang"]), counts, st.integers(1, 200_000))
def test_a_text_is_true_of_no_value_on_the_wrong_side_of_its_mark(kind, value, other):
    outcome = hedge(kind, value)
    if isinstance(outcome, Hedged) and kind in ("gan", "duoi"):
        assert not verifies(outcome.text, outcome.mark + other - 1)
    if isinstance(outcome, Hedged) and kind in ("hon", "tren"):
        assert not verifies(outcome.text, outcome.mark - other + 1)


@given(st.sampled_from(["gan", "hon", "khoang"]), counts, counts)
def test_a_larger_value_never_has_a_smaller_mark(kind, a, b):
    low, high = hedge(kind, min(a, b)), hedge(kind, max(a, b))
    if isinstance(low, Hedged) and isinstance(high, Hedged):
        assert low.mark <= high.mark


@given(st.sampled_from(["gan", "hon", "khoang"]), counts, counts, counts)
def test_values_that_share_a_text_leave_no_gap_between_them(kind, a, b, c):
    low, middle, high = sorted((a, b, c))
    first, last = hedge(kind, low), hedge(kind, high)
    if isinstance(first, Hedged) and isinstance(last, Hedged) and first.text == last.text:
        between = hedge(kind, middle)
        # “khoảng 700” holds on both sides of 700, which itself takes none
        assert middle == first.mark or text_of(between) == first.text


@pytest.mark.parametrize(
    ("text", "value", "true"),
    [
        ("gần 700", 672, True), ("Gần\u00a0700", 672, True), ("gần 700", 628, False), ("gần 700", 700, False),
        ("gần 670", 664, False), ("hơn 2.100", 2106, True), ("hơn 2.000", 2106, False), ("hơn 2100", 2106, True),
        ("hơn 2,100", 2106, False), ("672", 672, True), ("672", 673, False), ("hàng trăm", 340, True),
        ("hàng trăm", 34, False), ("hơn 1,5 tỷ đồng", 1_520_000_000, True), ("1,5 tỷ đồng", 1_500_000_000, True),
        ("1,5 tỷ đồng", 1_520_000_000, False), ("gần 700 trường", 672, False), ("gần", 672, False), ("", 0, False),
        ("chừng 700", 672, False),
    ],
)  # fmt: skip
def test_a_printed_text_is_checked_against_its_value(text, value, true):
    assert verifies(text, value) is true


@given(st.text(max_size=15) | st.text("gầnhơ 0123456789.,tỷđồriệu", max_size=15), st.integers(-10, MILLION))
def test_any_text_can_be_checked(text, value):
    assert verifies(text, value) in (True, False)


@pytest.mark.parametrize(
    ("kind", "dong", "text"),
    [
        ("hon", 1_520_000_000, "hơn 1,5 tỷ đồng"), ("gan", 1_960_000_000, "gần 2 tỷ đồng"), ("hon", 41_300_000, "hơn 41 triệu đồng"),
        ("gan", 1_520_000_000, "không: hơn 1,5 tỷ đồng"), ("hon", 1_500_000_000, "không: 1,5 tỷ đồng"),
        ("khoang", 498_000_000, "khoảng 500 triệu đồng"), ("gan", 0, "không: 0 đồng"),
    ],
)  # fmt: skip
def test_money_is_hedged_in_the_words_of_the_press(kind, dong, text):
    assert text_of(hedge_money(kind, dong)) == text


@given(st.sampled_from(list(RULES)), st.integers(0, 10**13))
def test_every_hedge_and_every_offer_of_money_verifies(kind, dong):
    outcome = hedge_money(kind, dong)
    assert verifies(outcome.text if isinstance(outcome, Hedged) else outcome.offer, dong)


def test_a_refusal_is_a_problem_with_the_offer_as_its_hint():
    refused = hedge("gan", 628)
    assert isinstance(refused, Refusal)
    problem = refused.at(Place("content/bulletins/a.md", 12, 5))
    assert str(problem) == (
        "content/bulletins/a.md:12:5: lỗi H103: “gần” cần một mốc tròn ngay trên, gần hơn mốc dưới và hụt không quá 6%; "
        "628 còn hụt 72 (10,3%) mới đến 700. Ý bạn là “hơn 600”?"
    )


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("gan", 700, "H101"),
        ("gan", 5, "H102"),
        ("gan", 628, "H103"),
        ("hon", 672, "H104"),
        ("khoang", 655, "H105"),
        ("hang", 120, "H106"),
    ],
)
def test_every_reason_of_a_refused_number_has_its_code(kind, value, code):
    refused = hedge(kind, value)
    assert isinstance(refused, Refusal)
    assert refused.code.code == code
    assert "{" not in refused.reason


# --------------------------------------------------------------------------- shares


@pytest.mark.parametrize(
    ("kind", "part", "whole", "complete", "text"),
    [
        ("toan_bo", 30, 30, True, "toàn bộ"), ("ca", 30, 30, True, "cả 30"), ("tat_ca", 30, 30, True, "tất cả"),
        ("tram_phan_tram", 30, 30, True, "100%"), ("tram_phan_tram", 30, 30, False, "không: 30/30"),
        ("toan_bo", 29, 30, True, "không: hầu hết"), ("hau_het", 28, 30, False, "hầu hết"), ("hau_het", 30, 30, True, "không: toàn bộ"),
        ("hau_het", 20, 30, True, "không: phần lớn"), ("phan_lon", 20, 30, True, "phần lớn"), ("da_so", 16, 30, True, "đa số"),
        ("mot_nua", 15, 30, True, "một nửa"), ("hon_mot_nua", 16, 30, True, "hơn một nửa"), ("gan_mot_nua", 14, 30, True, "gần một nửa"),
        ("phan_lon", 15, 30, True, "không: một nửa"), ("phan_lon", 3, 30, True, "không: 3/30"), ("toan_bo", 1, 1, True, "không: 1/1"),
        ("toan_bo", 0, 0, True, "không: 0/0"), ("toan_bo", 31, 30, True, "không: 31/30"), ("ca", 2900, 2900, True, "cả 2.900"),
    ],
)  # fmt: skip
def test_a_claim_about_a_share_is_proven_or_a_true_text_is_offered(kind, part, whole, complete, text):
    assert text_of(hedge_ratio(kind, part, whole, complete=complete)) == text


def proven(text, part, whole, *, complete):
    """Whether some claim that is printed so is proven."""
    kinds = [kind for kind, claim in CLAIMS.items() if claim.text.format(whole=number(whole)) == text]
    return any(isinstance(hedge_ratio(kind, part, whole, complete=complete), Hedged) for kind in kinds)


@given(st.sampled_from(list(CLAIMS)), st.integers(0, 300), st.integers(0, 300), st.booleans())
def test_every_claim_verifies_and_so_does_every_offer_in_words(kind, part, whole, complete):
    outcome = hedge_ratio(kind, part, whole, complete=complete)
    if isinstance(outcome, Hedged):
        assert proven(outcome.text, part, whole, complete=complete)
    elif "/" not in outcome.offer:
        assert proven(outcome.offer, part, whole, complete=complete)
    else:
        assert outcome.offer == f"{number(part)}/{number(whole)}"


@given(
    st.sampled_from(["toan_bo", "tat_ca", "ca", "tram_phan_tram"]),
    st.integers(0, 300),
    st.integers(0, 300),
    st.booleans(),
)
def test_all_is_said_only_of_all_and_only_when_every_report_is_in(kind, part, whole, complete):
    said = isinstance(hedge_ratio(kind, part, whole, complete=complete), Hedged)
    assert said == (complete and part == whole >= 2)


@given(st.integers(2, 300), st.data())
def test_most_is_more_than_half_and_almost_all_at_least_nine_tenths(whole, data):
    part = data.draw(st.integers(0, whole))
    share = Fraction(part, whole)
    assert isinstance(hedge_ratio("phan_lon", part, whole, complete=True), Hedged) == (Fraction(1, 2) < share < 1)
    assert isinstance(hedge_ratio("hau_het", part, whole, complete=True), Hedged) == (Fraction(9, 10) <= share < 1)


@pytest.mark.parametrize(
    ("kind", "part", "whole", "complete", "code"),
    [
        ("hau_het", 3, 30, True, "H111"),
        ("ca", 30, 30, False, "H112"),
        ("ca", 1, 1, True, "H113"),
        ("ca", 31, 30, True, "H114"),
    ],
)
def test_every_reason_of_a_refused_share_has_its_code(kind, part, whole, complete, code):
    refused = hedge_ratio(kind, part, whole, complete=complete)
    assert isinstance(refused, Refusal)
    assert refused.code.code == code
    assert "{" not in refused.reason


# --------------------------------------------------------------------------- superlatives


def test_the_first_without_a_tie_leads():
    values = [("Ba Đình", 23), ("Cầu Giấy", 28), ("Đống Đa", 19)]
    assert superlative(values, complete=True) == Leader("Cầu Giấy", 28, 5)


@pytest.mark.parametrize(
    ("values", "complete", "code", "offer"),
    [
        ([("Cầu Giấy", 28), ("Ba Vì", 3), ("Ba Đình", 28)], True, "H121", "Cầu Giấy và Ba Đình cùng có 28"),
        ([("Cầu Giấy", 28), ("Ba Đình", 23)], False, "H122", "Cầu Giấy có 28"),
        ([("Cầu Giấy", 28)], True, "H123", "Cầu Giấy có 28"), ([], True, "H123", ""), ([("A", 0), ("B", 0)], True, "H123", ""),
    ],
)  # fmt: skip
def test_a_superlative_is_refused_on_a_tie_a_gap_or_nothing_to_compare(values, complete, code, offer):
    refused = superlative(values, complete=complete)
    assert isinstance(refused, Refusal)
    assert (refused.code.code, refused.offer) == (code, offer)
    assert "{" not in refused.reason


@given(st.lists(st.tuples(st.sampled_from("ABCDEF"), st.integers(0, 5)), max_size=6, unique_by=lambda pair: pair[0]))
def test_a_leader_has_more_than_any_other(values):
    outcome = superlative(values, complete=True)
    if isinstance(outcome, Leader):
        assert all(value < outcome.value for name, value in values if name != outcome.name)
        assert outcome.lead > 0
    else:
        best = max((value for _, value in values), default=0)
        assert best == 0 or len(values) < 2 or sum(value == best for _, value in values) > 1


def test_numbers_in_hedges_can_be_read_back():
    assert all(read_number(number(mark)) == mark for mark in round_marks(MILLION))
