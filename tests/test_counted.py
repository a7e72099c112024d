"""A number stands before the noun that it counts."""

from __future__ import annotations

from fractions import Fraction

import newsroom
import pytest

from chungtay_reports.errors import Place
from chungtay_reports.prose.nearest import Candidate, advise
from chungtay_reports.prose.number_words import Found
from chungtay_reports.prose.reader import read_line

CANDIDATES = (
    Candidate("truong_ky_ket", "so", 672, "trường", "Trường mầm non, tiểu học, THCS ký biên bản ghi nhớ"),
    Candidate("chuyen_de_truong", "so", 628, "chuyên đề", "Chuyên đề cấp trường"),
    Candidate("cap_thpt", "so", 65, "đơn vị", "Trường THPT và trung tâm GDNN-GDTX ký cam kết"),
)


def codes(text: str) -> list[str]:
    return [problem.code for problem in read_line(text, Place("bai.md"), newsroom.desk())[1]]


def offer(number: str, value: int, before: str, after: str) -> str | None:
    return advise(Found(0, len(number), "digits", number, Fraction(value)), before, after, CANDIDATES).placeholder


@pytest.mark.parametrize(
    "text",
    [
        "{{ so('chuyen_de_truong') }} hoạt động",
        "{{ so('don_vi_ky') }} chuyên đề",
        "Đã có {{ so('chuyen_de_truong') }} **hội thảo** trong kỳ",
    ],
)
def test_the_noun_of_another_count_after_a_number_is_refused(text: str) -> None:
    assert codes(text) == ["P215"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ so('chuyen_de_truong') }} chuyên đề",
        "{{ so('chuyen_de_truong') }} chuyên đề, hội thảo của nhiều trường",
        "{{ so('chuyen_de_truong') }} cuộc gặp mặt",
        "{{ so('don_vi_ky') }} lần",
        "{{ so('chuyen_de_truong') }}; {{ so('don_vi_ky') }} quận, huyện",
    ],
)
def test_the_right_noun_and_words_that_nothing_counts_are_let_pass(text: str) -> None:
    assert codes(text) == []


def test_a_typed_number_is_answered_with_a_metric_that_counts_what_the_text_names() -> None:
    assert offer("672", 672, "", " trường") == "{{ so('truong_ky_ket') }}"
    assert offer("672", 672, "", " chuyên đề") == "{{ so('chuyen_de_truong') }}"
    assert offer("65", 65, "", " trường THPT và trung tâm") == "{{ so('cap_thpt') }}"


def test_almost_700_chuyen_de_is_never_answered_with_a_number_of_schools() -> None:
    assert offer("700", 700, "gần ", " trường") == "{{ gan('truong_ky_ket') }}"
    assert offer("700", 700, "gần ", " chuyên đề") == "{{ so('chuyen_de_truong') }}"


def test_a_typed_span_of_time_is_answered_with_the_placeholder_of_the_period() -> None:
    assert offer("8", 8, "sau ", " tháng") == "{{ thoi_gian() }}"
