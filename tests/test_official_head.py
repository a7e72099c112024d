"""The head of an official paper keeps Decree 30/2020, Appendix I: office, nation, number, title, addressees, grounds."""

from __future__ import annotations

from datetime import date
from typing import Any

import papers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed_papers import CITY, COMMUNE, EXACT, LAYOUT, MM, REPORT, SPLIT, issuer, letter, made, nation, report

from chungtay_reports.official.head import fit_head, title_lines
from chungtay_reports.official.measuring import broken, width
from chungtay_reports.official.phrases import listed, number_line, place_date_line

# --------------------------------------------------------------------------- the head


def test_the_nation_stands_in_13_bold_capitals_on_one_line_and_the_motto_in_14_bold() -> None:
    name, motto, *_ = nation(report())
    assert (name.text, name.faces) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {("Tinos-Bold", 13.0)})
    assert (motto.text, motto.faces) == ("Độc lập - Tự do - Hạnh phúc", {("Tinos-Bold", 14.0)})
    assert motto.middle == pytest.approx(name.middle, abs=EXACT)


def test_the_rule_below_the_motto_is_as_long_as_the_motto() -> None:
    motto = nation(report())[1]
    rule = next(rule for rule in report().pages[0].rules() if rule.left > SPLIT)
    assert rule.left == pytest.approx(motto.left, abs=EXACT)
    assert rule.right == pytest.approx(motto.right, abs=EXACT)
    assert 0 < rule.y - motto.bottom < 3


@pytest.mark.parametrize("head", [CITY, COMMUNE, REPORT.letterhead], ids=["Sở", "phường", "phòng"])
def test_the_rule_below_the_office_is_a_third_to_a_half_of_its_line_and_centred(head: Any) -> None:
    file = made(papers.paper(letterhead=head))
    office = next(line for line in issuer(file) if line.text == head.office[-1])
    rule = next(rule for rule in file.pages[0].rules() if rule.right < SPLIT)
    assert 1 / 3 <= rule.length / (office.right - office.left) <= 1 / 2
    assert rule.middle == pytest.approx(office.middle, abs=EXACT)
    assert 0 < rule.y - office.bottom < 3


def test_the_office_stands_below_its_superior_in_bold() -> None:
    superior, office, *_ = issuer(made(papers.paper(letterhead=CITY)))
    assert (superior.text, superior.faces) == ("UBND THÀNH PHỐ HÀ NỘI", {("Tinos", 13.0)})
    assert (office.text, office.faces) == ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", {("Tinos-Bold", 13.0)})
    assert office.middle == pytest.approx(superior.middle, abs=EXACT)


def test_a_name_that_is_too_long_for_its_column_at_13_points_takes_12_before_it_is_broken() -> None:
    assert fit_head(REPORT.letterhead, LAYOUT).issuer_size == 12
    assert issuer(report())[1].text == "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"


def test_the_longest_names_are_broken_by_sense_and_the_nation_stays_on_one_line() -> None:
    file = made(papers.paper(letterhead=COMMUNE))
    assert [line.text for line in issuer(file)][:3] == [
        "UBND PHƯỜNG",
        "VĂN MIẾU - QUỐC TỬ GIÁM",
        "PHÒNG VĂN HÓA - XÃ HỘI",
    ]
    assert nation(file)[0].text == LAYOUT.words.nation
    dated = file.pages[0].line("Văn Miếu", 88)
    assert dated.right == pytest.approx(210 - LAYOUT.page.right, abs=1)
    assert dated.faces == {("Tinos-Italic", 13.0)}


def test_the_two_columns_never_touch() -> None:
    for head in (CITY, COMMUNE, REPORT.letterhead):
        left = [line for line in issuer(made(papers.paper(letterhead=head))) if line.top < 40]
        right = nation(made(papers.paper(letterhead=head)))[:2]
        assert min(line.left for line in right) - max(line.right for line in left) >= 3


def test_number_and_date_stand_on_one_line_each_below_its_column() -> None:
    number, dated = report().pages[0].line("Số:", 0, SPLIT), report().pages[0].line("Cầu Giấy,", SPLIT)
    assert number.faces == {("Tinos", 13.0)}
    assert dated.faces == {("Tinos-Italic", 14.0)}
    baseline = [
        next(c for c in report().pages[0].sheet.chars if abs(c["x0"] * MM - line.left) < 0.1 and abs(c["top"] * MM - line.top) < 0.3)
        for line in (number, dated)
    ]  # fmt: skip
    assert baseline[0]["matrix"][5] == pytest.approx(baseline[1]["matrix"][5], abs=0.2)
    assert dated.middle == pytest.approx(nation(report())[0].middle, abs=EXACT)
    assert number.middle == pytest.approx(issuer(report())[1].middle, abs=EXACT)


def test_room_is_left_for_the_clerk_where_number_and_day_are_not_given() -> None:
    assert number_line(REPORT.letterhead, LAYOUT).replace("\u00a0", " ") == "Số:        /BC-PGDĐT"
    assert place_date_line(REPORT.letterhead, LAYOUT).replace("\u00a0", " ") == "Cầu Giấy, ngày      tháng 6 năm 2024"
    chars = report().pages[0].sheet.chars
    colon, slash = (next(c for c in chars if c["text"] == sign) for sign in (":", "/"))
    assert (slash["x0"] - colon["x1"]) * MM > 8


@pytest.mark.parametrize(
    ("number", "day", "line", "dated"),
    [
        ("5", date(2024, 2, 6), "Số: 05/BC-PGDĐT", "ngày 06 tháng 02 năm 2024"),
        ("182", date(2024, 3, 10), "Số: 182/BC-PGDĐT", "ngày 10 tháng 3 năm 2024"),
        ("10", date(2024, 12, 1), "Số: 10/BC-PGDĐT", "ngày 01 tháng 12 năm 2024"),
    ],
)
def test_small_numbers_days_and_the_first_two_months_begin_with_a_zero(
    number: str, day: date, line: str, dated: str
) -> None:
    head = papers.letterhead(number=number, day=day)
    assert number_line(head, LAYOUT) == line
    assert place_date_line(head, LAYOUT) == f"Cầu Giấy, {dated}"


# --------------------------------------------------------------------------- title, addressees, grounds


def test_type_and_title_are_14_bold_and_centred_and_the_title_carries_a_rule() -> None:
    first = report().pages[0]
    kind, last = first.line("BÁO CÁO"), first.line("năm học 2023-2024")
    centre = LAYOUT.page.left + LAYOUT.page.text_width / 2
    for line in (kind, first.line("Kết quả"), last):
        assert line.faces == {("Tinos-Bold", 14.0)}
        assert line.middle == pytest.approx(centre, abs=EXACT)
    rule = first.rules()[-1]
    assert 1 / 3 <= rule.length / (last.right - last.left) <= 1 / 2
    assert rule.middle == pytest.approx(centre, abs=EXACT)
    assert 0 < rule.y - last.bottom < 3


def test_a_title_is_broken_by_sense_and_the_movement_stays_whole() -> None:
    assert title_lines(REPORT.title, LAYOUT)[1] == papers.MOVEMENT


def test_one_addressee_stands_on_the_line_and_several_below_with_dashes_under_the_colon() -> None:
    assert report().pages[0].line("Kính gửi").text == "Kính gửi: Sở Giáo dục và Đào tạo Hà Nội."
    first = letter().pages[0]
    opening = first.line("Kính gửi")
    one, two = first.line("- Phòng Giáo dục và Đào tạo huyện Mỹ Đức;"), first.line("- Phòng", 0)
    chars = [c for c in first.sheet.chars if abs(c["top"] * MM - opening.top) < 0.3]
    colon = next(c for c in chars if c["text"] == ":")
    assert opening.text == "Kính gửi:"
    assert one.left == pytest.approx(colon["x0"] * MM, abs=EXACT)
    assert two.left == one.left
    assert "huyện Ứng Hòa." in first.text()


def test_grounds_are_italic_each_with_a_semicolon_and_the_last_with_a_full_stop() -> None:
    file = made(papers.paper(bases=("Căn cứ kế hoạch thứ nhất", "Căn cứ kế hoạch thứ hai;")))
    lines = [line for line in file.pages[0].lines() if line.text.startswith("Căn cứ")]
    assert [line.text for line in lines] == ["Căn cứ kế hoạch thứ nhất;", "Căn cứ kế hoạch thứ hai."]
    assert all(line.faces == {("Tinos-Italic", 14.0)} for line in lines)


def test_entries_of_a_list_end_alike_however_they_were_written() -> None:
    assert listed(("Như trên;", "Lưu: VT.")) == ("Như trên;", "Lưu: VT.")
    assert listed(("A", "A")) == ("A;", "A.")
    assert listed(()) == ()


# --------------------------------------------------------------------------- breaking lines


WORDS = st.lists(st.text("abcdươĐ“”-,", min_size=1, max_size=9), min_size=1, max_size=25).map(" ".join)


@given(WORDS, st.floats(20, 120))
def test_broken_lines_hold_the_same_words_and_none_is_longer_than_the_room(text: str, room: float) -> None:
    def measure(line: str) -> float:
        return width(line, 14)

    lines = broken(text, room, measure)
    assert " ".join(lines).split() == text.split()
    assert all(measure(line) <= room or len(line.removesuffix(" -").split()) == 1 for line in lines)


@given(WORDS)
def test_no_line_begins_with_a_dash(text: str) -> None:
    assert not any(line.startswith("- ") for line in broken(f"Phòng {text}", 40, lambda line: width(line, 14))[1:])


def test_a_measured_line_is_as_long_as_the_printed_one() -> None:
    for line in (nation(report())[0], report().pages[0].line("BÁO CÁO")):
        (face,) = line.faces
        assert width(line.text, face[1], bold=True) == pytest.approx(line.right - line.left, rel=0.012)
