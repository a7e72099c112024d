import unicodedata

import pytest
from babel.lists import format_list
from hypothesis import example, given
from hypothesis import strategies as st

from chungtay_reports import vietnamese
from chungtay_reports.vietnamese.typography import (
    NBSP,
    join,
    sentence_middle,
    sentence_start,
    typography,
    typography_across,
)

pieces_of_text = st.sampled_from(
    ['"', "“", "”", "‘", "’", "'", "«", "»", " ", "  ", NBSP, "\t", "…", "...", ".", ",", "(", ")", "%", " - ", "–", "!", "/",
     "a", "Hà Nội", "ngày", "năm", "Điều", "GD&ĐT", "TM.", "trường", "672", "2.100", "6/5", "IV", "triệu", "đ", "\n", "a\u0301"]
)  # fmt: skip
texts = st.lists(pieces_of_text, max_size=14).map("".join)


def shown(text):
    return typography(text).replace(NBSP, "~")


@pytest.mark.parametrize(
    ("text", "set_text"),
    [
        ('Phong trào "Nhà trường cùng chung tay"', "Phong trào “Nhà trường cùng chung tay”"),
        ('ông nói: "Mô hình "Tiếng trống học bài" rất hay"', "ông nói: “Mô hình ‘Tiếng trống học bài’ rất hay”"),
        ("“Mô hình “Tiếng trống” hay”", "“Mô hình ‘Tiếng trống’ hay”"),
        ("«Chung tay»", "“Chung tay”"),
        ("'Chung tay'", "“Chung tay”"),
        ('("Chung tay")', "(“Chung tay”)"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("H’Hen Niê", "H’Hen Niê"),
    ],
)
def test_quotes_are_curly_and_nested_ones_single(text, set_text):
    assert typography(text) == set_text


@pytest.mark.parametrize(
    ("text", "set_text"),
    [
        ("gồm 700 triệu đồng", "gồm 700~triệu đồng"), ("1,5 tỷ đồng", "1,5~tỷ đồng"), ("Có 672 trường ký", "Có 672~trường ký"),
        ("28/30 quận, huyện", "28/30~quận, huyện"), ("ngày 6/5 tại", "ngày~6/5 tại"), ("Năm 2025, Sở", "Năm~2025, Sở"),
        ("ngày 06 tháng 5 năm 2025", "ngày~06 tháng~5 năm~2025"), ("tháng 12/2022", "tháng~12/2022"),
        ("Phụ lục I và Điều 5", "Phụ lục~I và Điều~5"), ("quý II/2025", "quý~II/2025"), ("TM. ỦY BAN", "TM.~ỦY BAN"),
        ("Sở GD&ĐT Hà Nội", "Sở GD&ĐT~Hà Nội"), ("Phòng GD&ĐT quận Ba Vì", "Phòng GD&ĐT quận Ba Vì"),
        ("năm học 2022-2023 trường A", "năm học~2022-2023 trường A"), ("năm trường", "năm trường"),
        ("Kế hoạch số 4340/KH-SGDĐT", "Kế hoạch số~4340/KH-SGDĐT"), ("Quận 1", "Quận~1"), ("672 người dân", "672~người dân"),
        ("trong 3 điều kiện", "trong 3 điều kiện"),
    ],
)  # fmt: skip
def test_what_belongs_together_is_not_broken(text, set_text):
    assert shown(text) == set_text


@pytest.mark.parametrize(
    ("text", "set_text"),
    [
        ("một , hai ; ba : bốn .", "một, hai; ba: bốn."), ("hay  không ?", "hay không?"), ("( xem bảng )", "(xem bảng)"),
        ("chuyên đề, giao lưu…", "chuyên đề, giao lưu..."), ("giao lưu ...và", "giao lưu... và"), ("đạt 99,5 %", "đạt 99,5%"), ("như sau ./.", "như sau./."), ("dạy - học", "dạy - học"), ("dạy – học", "dạy - học"),
        ("2022–2023", "2022-2023"), ("GDNN-GDTX", "GDNN-GDTX"), ("“ Chung tay ”", "“Chung tay”"), ("a\tb", "a b"),
        ("một\nhai", "một\nhai"), ("Hà Nội ", "Hà Nội "), ("", ""),
    ],
)  # fmt: skip
def test_spaces_dots_and_hyphens_are_those_of_print(text, set_text):
    assert typography(text) == set_text


def test_decomposed_text_is_set_composed():
    assert typography(unicodedata.normalize("NFD", "Ứng Hòa")) == "Ứng Hòa"


@given(texts)
@example("“... a")
def test_setting_a_set_text_changes_nothing(text):
    assert typography(typography(text)) == typography(text)


@given(texts)
def test_every_letter_and_digit_stays(text):
    def letters(any_text):
        return [char for char in unicodedata.normalize("NFC", any_text) if char.isalnum()]

    assert letters(typography(text)) == letters(text)


@given(st.lists(st.lists(pieces_of_text, max_size=5).map("".join), max_size=6))
@example(["Có “", "672", " trường”…", " và ", "12", " ."])
@example(["a", "\u0301b"])
def test_a_sentence_in_pieces_is_set_as_a_whole(pieces):
    across = typography_across(pieces)
    assert len(across) == len(pieces)
    assert "".join(across) == typography("".join(pieces))


@given(st.lists(st.lists(pieces_of_text, max_size=5).map("".join), max_size=6))
def test_pieces_keep_their_own_letters(pieces):
    def letters(text):
        return [char for char in text if char.isalnum()]

    composed = [unicodedata.normalize("NFC", piece) for piece in pieces]
    assert [letters(piece) for piece in typography_across(composed)] == [letters(piece) for piece in composed]


def test_a_number_in_a_piece_of_its_own_holds_on_to_its_noun():
    assert typography_across(["Đã có ", "672", " trường ký; ngày ", "6/5", " là hạn"]) == (
        "Đã có ", "672", f"{NBSP}trường ký; ngày{NBSP}", "6/5", " là hạn",
    )  # fmt: skip
    assert typography_across([]) == ()


def test_lists_have_no_comma_before_the_last():
    assert [join(list("ABC"[:n])) for n in range(4)] == ["", "A", "A và B", "A, B và C"]
    assert join(["A", "B"], "hoặc") == "A hoặc B"
    assert join(["Sở, Phòng", "Trường", "Lớp"]) == "Sở, Phòng; Trường và Lớp"
    assert join(["1,5 tỷ đồng", "2 tỷ đồng", "3 tỷ đồng"]) == "1,5 tỷ đồng, 2 tỷ đồng và 3 tỷ đồng"


@given(st.lists(st.sampled_from(["Ba Vì", "Cầu Giấy", "Văn Miếu - Quốc Tử Giám"]), min_size=1, max_size=6))
def test_lists_without_commas_in_them_are_those_of_cldr(items):
    assert join(items) == format_list(items, locale="vi")


def test_a_sentence_begins_with_a_capital_past_its_opening_marks():
    assert sentence_start("quận Đống Đa") == "Quận Đống Đa"
    assert sentence_start("“đổi mới”") == "“Đổi mới”"
    assert sentence_start("672 trường") == "672 trường"
    assert sentence_start("") == ""


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("Giáo viên mong có thêm giờ", "giáo viên mong có thêm giờ"),
        ("Trường THCS là nơi khó nhất", "trường THCS là nơi khó nhất"),
        ("Cô Hoa mong được dạy tiếp", "cô Hoa mong được dạy tiếp"),
        ("Hà Nội sẽ còn đồng hành", "Hà Nội sẽ còn đồng hành"),
        ("GD&ĐT là việc của mọi nhà", "GD&ĐT là việc của mọi nhà"),
        ("Mỗi trường", "mỗi trường"),
        ("“Tiếng trống” vang xa", "“Tiếng trống” vang xa"),
        ("A", "a"),
        ("", ""),
    ],
)
def test_within_a_sentence_a_text_begins_small_unless_a_name_begins_it(text: str, within: str) -> None:
    assert sentence_middle(text) == within


def test_every_name_that_vietnamese_offers_is_there():
    assert sorted(vietnamese.__all__) == vietnamese.__all__
    assert all(callable(getattr(vietnamese, name)) for name in vietnamese.__all__)
