"""The number lint: every number typed by hand is found, exactly where it stands, and nothing else is."""

from __future__ import annotations

import unicodedata

import newsroom
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay_reports.errors import Place, Problem
from chungtay_reports.prose.allow import package_list
from chungtay_reports.prose.number_words import numbers, value_of
from chungtay_reports.prose.reader import lint_rules, read_line, read_prose
from chungtay_reports.settings import AllowedNumber
from chungtay_reports.vietnamese import in_words

DESK = newsroom.desk()
TYPED = {"P201", "P202", "P203"}


def found(text: str, **options: object) -> list[str]:
    """The numbers that the lint finds in a paragraph, as typed."""
    return [
        problem.message.split("“")[1].split("”")[0] for problem in problems(text, **options) if problem.code in TYPED
    ]


def problems(text: str, **options: object) -> tuple[Problem, ...]:
    return read_prose(text, "b.md", 1, DESK, **options)[1]  # type: ignore[arg-type]


def places(text: str) -> list[tuple[int, int]]:
    return [(problem.place.line, problem.place.column) for problem in problems(text) if problem.code in TYPED]


@pytest.mark.parametrize(
    "text",
    [
        "672", "2.100", "1,5", "30/30", "6/5", "6/5/2025", "2022-2023", "100%", "12,5%", "0", "1", "05",
        "１２", "٣", "½", "²", "Ⅻ", "①", "𝟗",
    ],
)  # fmt: skip
def test_a_digit_of_any_script_is_a_number(text: str) -> None:
    assert found(f"Đã có {text} ở đây") == [text]


@pytest.mark.parametrize("text", ["0ne", "lớp10A", "x2", "K12"])
def test_a_digit_inside_a_word_is_a_number(text: str) -> None:
    assert len(found(f"Đã có {text} ở đây")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "một trường", "hai trường", "ba trường", "bốn trường", "năm trường", "sáu trường", "bảy trường", "tám trường",
        "chín trường", "mười trường", "mười lăm trường", "hai mươi tư trường", "hai mươi mốt trường", "một trăm linh năm",
        "sáu trăm bảy mươi hai trường", "hai nghìn một trăm linh sáu tiết", "ba triệu đồng", "một tỷ hai trăm triệu đồng",
        "vài chục", "hàng trăm", "năm chục", "năm trăm", "hai rưỡi", "một nửa", "quá nửa", "một tá", "gấp đôi", "gấp ba",
        "năm đơn vị", "năm giáo viên", "năm học sinh được nhận", "linh năm", "dăm chục", "tỷ đồng", "lần thứ ba", "tháng Năm",
    ],
)  # fmt: skip
def test_a_number_word_is_a_number(text: str) -> None:
    assert found(f"Có {text} ở đây")


@pytest.mark.parametrize("change", [str.upper, str.title, lambda text: unicodedata.normalize("NFD", text)])
def test_case_and_unicode_form_do_not_hide_a_number_word(change) -> None:
    assert found(change("có ba trường"))


@pytest.mark.parametrize(
    "text",
    ["sá**u** trường", "m\u00adười trường", "mư\u200bời trường", "haimươi trường", "**ba** trường", "[ba](https://a.vn) trường",
     "ｂａ trường", "𝐛𝐚 trường", "b\u034fa trường", "b\u0332a trường", "b\u3164a trường", "hai\nmươi trường"],
)  # fmt: skip
def test_markup_and_invisible_characters_do_not_hide_a_number_word(text: str) -> None:
    assert found(f"Có {text} ở đây")


def test_letters_of_another_script_in_a_word_are_reported() -> None:
    assert "P205" in {problem.code for problem in problems("Có b\u0430 trường")}


@pytest.mark.parametrize(
    "text",
    [
        "năm học này", "mỗi năm trường đều làm", "trong năm học sinh hoạt chuyên đề", "năm nay", "cuối năm trường tổng kết",
        "những năm tháng đẹp", "đầu tư", "tư vấn", "thứ tự", "linh hoạt", "lẻ loi", "tỷ lệ", "tỉ mỉ", "tỷ số", "triệu tập",
        "chín muồi", "quả chín", "vạn sự", "thượng tá", "tá túc", "ba mẹ", "đòn bẩy", "đôi khi", "không chỉ", "phần thưởng",
        "mốt thời trang", "lăm le", "sau này", "một số", "một trong những", "một phần", "hai bên", "đôi bên", "mỗi ngày một tốt",
        "quý II", "Đại hội XIII", "học kỳ I", "Phụ lục II", "thứ Ba", "Vạn Phúc", "MC", "tổ C", "em N.V.A.", "TP. Hà Nội", "không thiếu gì",
    ],
)  # fmt: skip
def test_words_that_only_look_like_numbers_may_stand(text: str) -> None:
    assert found(f"Các trường và {text} thì khác") == []


@pytest.mark.parametrize("text", ["XII trường", "đạt XXI", "IV chuyên đề", "V đơn vị"])
def test_a_roman_numeral_that_counts_is_a_number(text: str) -> None:
    assert [problem.code for problem in problems(f"Có {text} ở đây")] == ["P203"]


@pytest.mark.parametrize("name", ["huyện Ba Vì", "Ba Đình", "BA VÌ", "quận Ba Đình", "ông Nguyễn Văn Ba"])
def test_names_of_units_and_people_may_hold_number_words(name: str) -> None:
    assert found(f"Các trường của {name} cùng dự") == []


def test_a_name_in_small_letters_is_no_name() -> None:
    assert found("Có ba đình làng ở đây") == ["ba"]


def test_a_unit_name_does_not_hide_the_number_beside_it() -> None:
    assert found("Ở Ba Vì ba trường cùng dự") == ["ba"]


@pytest.mark.parametrize("entry", package_list(), ids=lambda entry: entry.text)
def test_every_allowed_phrase_may_stand_and_says_why(entry: AllowedNumber) -> None:
    assert found(f"Các trường {entry.text} và các đơn vị") == []
    assert len(entry.reason) > 5


def test_an_allowed_phrase_must_stand_whole() -> None:
    assert found("lớp 12") == []
    assert found("lớp 120") == ["120"]
    assert found("lớp 1.200") == ["1.200"]
    assert found("lớp 1/2") == ["1/2"]
    assert found("một số, một trăm") == ["một trăm"]
    assert found("Một\n  trong hai trường") == ["hai"]


def test_a_bulletin_may_allow_its_own_numbers_with_a_reason() -> None:
    assert found("Kế hoạch số 9999 đã ký") == ["9999"]
    assert found("Kế hoạch số 9999 đã ký", allow=[AllowedNumber(text="kế hoạch số 9999", reason="số văn bản")]) == []


def test_the_movement_and_its_stage_may_be_named() -> None:
    assert found("Phong trào “Nhà trường cùng chung tay phát triển” giai đoạn 2022-2025") == []


def test_numbers_from_placeholders_and_quotations_are_not_typed() -> None:
    assert problems("Có {{ so('chuyen_de_truong') }} chuyên đề. {{ trich_dan('loi-truong-phong') }}") == ()


# ------------------------------------------------------------------ where


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("672 trường", (1, 1)),
        ("Có 672 trường", (1, 4)),
        ("Dòng đầu\nCó 672 trường", (2, 4)),
        ("Dòng đầu\n   có 672 trường", (2, 7)),
        ("Dòng đầu\r\nCó 672 trường", (2, 4)),
        ("Dòng đầu\rCó 672 trường", (2, 4)),
        ("{{ so('chuyen_de') }} và 672 trường", (1, 26)),
        ("{{ so(\n  'chuyen_de') }} và 672 trường", (2, 22)),
        ("## Tít 672 xen", (1, 8)),
        ("### Tít 672 xen ###", (1, 9)),
        ("- mục\n- có 672 trường", (2, 6)),
        ("1. mục\n2. có\n   thêm 672 trường", (3, 9)),
        ("**Đậm *và 672* nghiêng**", (1, 11)),
        ("[nhãn 672](https://a.vn/999)", (1, 7)),
        ("Dấu \\* rồi 672", (1, 12)),
        ("\tCó 672", (1, 5)),
        (unicodedata.normalize("NFD", "Đã có ") + "672", (1, 9)),
        ("\ufeffCó 672", (1, 4)),
        ("Có\u200b 672", (1, 5)),
        ("Đoạn một phần.\n\nĐoạn sau có 672.", (3, 13)),
    ],
)  # fmt: skip
def test_a_number_is_reported_at_its_line_and_column(text: str, place: tuple[int, int]) -> None:
    assert places(text) == [place]


def test_a_number_in_a_line_is_reported_relative_to_the_place_of_its_first_character() -> None:
    (problem,) = read_line("Có 672 trường", Place("b.md", 7, 10), DESK)[1]
    assert str(problem.place) == "b.md:7:13"


BASES = (
    "Các trường cùng dạy, cùng học.",
    "## Chuyên môn là trục chính",
    "Dòng đầu của đoạn\nnối sang dòng sau\n\nĐoạn khác nữa.",
    "- mục đầu\n- mục sau\n\nLời kết.",
    "Chữ **đậm và *nghiêng*** rồi [liên kết](https://a.vn/b) ở cuối.",
    "Có {{ so('chuyen_de') }} chuyên đề, {{ ten('quan-cau-giay') }} và {{ hon('chuyen_de_truong') }} nữa.",
    "Dòng đầu\r\nnối sang dòng sau.\r\n",
)
SYNTAX = set("#*[]()-\n\r\\`|<>&{}_!")


def spots_of_prose(text: str) -> list[int]:
    """The offsets between two characters of plain prose: a digit put there stays prose and breaks no markup."""
    inside = set()
    for opening, closing in (("{{", "}}"), ("](", ")")):
        at = text.find(opening)
        while at >= 0:
            end = text.find(closing, at) + len(closing)
            inside.update(range(at + 1, end))
            at = text.find(opening, end)
    return [
        at
        for at in range(1, len(text))
        if at not in inside and not {text[at - 1], text[at]} & SYNTAX and at - 1 not in inside
    ]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_digits_put_anywhere_into_prose_are_refused_exactly_there(data: st.DataObject) -> None:
    base = data.draw(st.sampled_from(BASES))
    at = data.draw(st.sampled_from(spots_of_prose(base)))
    digits = data.draw(st.text("0123456789", min_size=1, max_size=6))
    text = base[:at] + digits + base[at:]
    before = text[:at].replace("\r\n", "\n")
    expected = (before.count("\n") + 1, at - max(text[:at].rfind("\n"), -1))
    assert expected in places(text)


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 10**7))
def test_every_number_in_words_is_found_whole_and_read_back(number: int) -> None:
    words = in_words(number)
    (only,) = numbers(f"Đã có {words} trường ở đây")
    assert only.text == words
    assert only.value == number


def test_a_numeral_is_read_from_words_and_figures() -> None:
    assert value_of(["500", "triệu"]) == 500_000_000
    assert value_of(["1,5", "tỷ"]) == 1_500_000_000
    assert value_of(["hai", "rưỡi"]) is None


# ------------------------------------------------------------------ what to write instead


def advice(text: str) -> tuple[str, str | None]:
    (problem,) = (one for one in problems(text) if one.code in TYPED)
    return problem.message, problem.hint


@pytest.mark.parametrize("number", ["628", "sáu trăm hai mươi tám", "６２８"])
def test_the_right_number_is_refused_too_and_its_placeholder_offered(number: str) -> None:
    message, hint = advice(f"Có {number} chuyên đề")
    assert hint == "{{ so('chuyen_de_truong') }}"
    assert "đúng bằng" in message


def test_a_wrong_number_is_refused_with_the_nearest_metric_and_its_value() -> None:
    message, hint = advice("Có 630 chuyên đề")
    assert hint == "{{ so('chuyen_de_truong') }}"
    assert "đang bằng 628" in message


def test_a_number_that_nothing_is_near_to_gets_no_wild_guess() -> None:
    assert advice("Có 99999 chuyên đề")[1] is None


def test_a_hedged_number_is_answered_with_the_hedge_that_is_true() -> None:
    assert advice("Có gần 800 chuyên đề")[1] == "{{ gan('chuyen_de') }}"
    assert advice("Có hơn 600 chuyên đề")[1] == "{{ hon('chuyen_de_truong') }}"


def test_percent_and_fractions_are_answered_with_ratios() -> None:
    assert advice("Đạt 100% kế hoạch")[1] == "{{ ty_le('ti_le_ky') }}"
    assert advice("Có 4/4 đơn vị")[1] == "{{ ti_so('ti_le_ky') }}"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("ngày 6/5/2025", "{{ ngay('2025-05-06') }}"),
        ("ngày 2025-05-06", "{{ ngay('2025-05-06') }}"),
        ("tháng 12/2022", "{{ ngay('2022-12') }}"),
        ("năm 2025", "{{ ngay('2025') }}"),
        ("năm học 2022-2023", "{{ ky('2022-2023') }}"),
    ],
)
def test_dates_are_answered_with_their_placeholder(text: str, hint: str) -> None:
    assert advice(f"Từ {text} đến nay")[1] == hint


def test_four_digits_before_a_counted_noun_are_no_year() -> None:
    assert advice("Có 1999 chuyên đề")[1] is None


def test_a_percent_sign_after_a_placeholder_is_refused() -> None:
    assert [problem.code for problem in problems("Đạt {{ so('chuyen_de') }}%")] == ["P204"]


def test_a_vague_quantity_is_a_warning() -> None:
    (problem,) = problems("Có vài trường chưa tham gia")
    assert (problem.code, problem.severity) == ("P206", "cảnh báo")


# ------------------------------------------------------------------ claims


@pytest.mark.parametrize(
    ("word", "use"),
    [("gần", "gan"), ("hơn", "hon"), ("Khoảng", "khoang"), ("trên", "tren"), ("cả", "ca"), ("toàn bộ", "ca"), ("hàng", "hang"),
     ("tăng", "tang_giam"), ("gần\n", "gan"), ("gần **", "gan")],
)  # fmt: skip
def test_a_hedge_typed_before_a_number_is_refused_with_the_placeholder_that_proves_it(word: str, use: str) -> None:
    closing = "**" if word.endswith("**") else ""
    gap = "" if closing else " "
    (problem,) = problems(f"Có {word}{gap}{{{{ so('chuyen_de') }}}}{closing} chuyên đề")
    assert problem.code == "P211"
    assert f"{{{{ {use}('chuyen_de') }}}}" in problem.message
    assert (problem.place.line, problem.place.column) == (1, 4)


def test_a_hedge_before_a_date_or_a_name_is_plain_speech() -> None:
    assert problems("Trên {{ ten('quan-cau-giay') }}, hơn {{ thoi_gian() }}") == ()


def test_a_hedge_typed_after_a_number_is_refused() -> None:
    assert [problem.code for problem in problems("Có {{ so('chuyen_de') }} trở lên")] == ["P212"]


@pytest.mark.parametrize(
    "text",
    ["toàn bộ các trường", "tất cả đơn vị", "hầu hết giáo viên", "đa số trường", "nhiều nhất là", "dẫn đầu thành phố",
     "cao nhất", "đơn vị duy nhất", "TOÀN BỘ", "toàn\nbộ", "tăng mạnh"],
)  # fmt: skip
def test_a_claim_that_needs_a_proof_is_refused(text: str) -> None:
    assert [problem.code for problem in problems(f"Ở đây {text} đã ký")] == ["P213"]


def test_a_superlative_is_proven_by_a_leader_in_its_sentence() -> None:
    assert problems("{{ dan_dau('chuyen_de_truong', theo='don_vi') }} dẫn đầu về số chuyên đề.") == ()
    told = problems("{{ dan_dau('chuyen_de_truong', theo='don_vi') }} làm tốt. Huyện khác dẫn đầu.")
    assert [problem.code for problem in told] == ["P213"]


@pytest.mark.parametrize("claim", ["ít nhất là", "thấp nhất là", "nơi duy nhất là", "đứng thứ nhì là", "lập kỷ lục là"])
def test_a_leader_in_the_sentence_proves_nothing_of_the_last_and_the_only(claim: str) -> None:
    (problem,) = problems(f"{{{{ xep_hang('chuyen_de_truong', theo='don_vi') }}}}, còn {claim} Ba Vì.")
    assert problem.code == "P213"
    assert "liet_ke" in problem.message


def test_first_is_only_a_warning() -> None:
    (problem,) = problems("Đây là đơn vị đầu tiên ký")
    assert (problem.code, problem.severity) == ("P214", "cảnh báo")
    assert problems("Đây là lần đầu tiên các trường gặp nhau") == ()


def test_the_rules_of_the_lint_know_the_nouns_of_the_metrics() -> None:
    assert "chuyên đề" in lint_rules(DESK).nouns


def test_a_comma_ends_what_nam_could_count() -> None:
    assert found("Kết thúc năm, trường tổng kết") == []


def test_a_name_that_nobody_declared_is_told_where_to_declare_it() -> None:
    assert "tên riêng" in advice("Trường mang tên Lê Văn Tám đã dự")[0]


def test_a_lone_mot_is_told_how_to_do_without() -> None:
    assert "không đếm" in advice("Ở một đầu cầu")[0]


def test_a_small_number_without_a_counted_noun_is_no_reason_to_guess() -> None:
    assert advice("Các đầu cầu cách nhau 7 cây số")[1] is None
    assert advice("Có 7 hội thảo")[1] == "{{ so('hoi_thao') }}"
