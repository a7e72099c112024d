"""An official paper in PDF keeps Decree 30/2020, Appendix I: boxes, fonts and rules are measured in the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import editions
import page
import papers
import pdfplumber
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay_reports.formats import PAPER_FORMATS, paper_pdf
from chungtay_reports.formats.paper_tables import ruled
from chungtay_reports.official.head import fit_head, title_lines
from chungtay_reports.official.layout import layout
from chungtay_reports.official.measuring import broken, width
from chungtay_reports.official.outline import outline
from chungtay_reports.official.paper import AnnexRow, Paper, Signature
from chungtay_reports.official.phrases import (
    annex_label,
    annex_reference,
    listed,
    number_line,
    on_one_line,
    place_date_line,
    with_purpose,
)
from chungtay_reports.press import Press

MM = 25.4 / 72
EXACT = 0.35  # mm: about one point
SETTINGS = editions.settings()
LAYOUT = layout()
REPORT, LETTER = papers.paper(), papers.letter()
COMMUNE = papers.letterhead(
    superior=("UBND PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM",),
    office=("PHÒNG VĂN HÓA - XÃ HỘI",),
    symbol="BC-VHXH",
    place="Văn Miếu - Quốc Tử Giám",
)
CITY = papers.letterhead(
    superior=("UBND THÀNH PHỐ HÀ NỘI",), office=("SỞ GIÁO DỤC VÀ ĐÀO TẠO",), symbol="BC-SGDĐT", place="Hà Nội"
)


@dataclass(frozen=True)
class Line:
    """A line of text on a page: mm from the left and the upper edge, faces as (font, size)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    faces: frozenset[tuple[str, float]]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Rule:
    left: float
    right: float
    y: float

    @property
    def length(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Page:
    """One page of a PDF, measured in mm."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.width, self.height = sheet.width * MM, sheet.height * MM

    def lines(self, left: float = 0, right: float = 1000) -> list[Line]:
        """Read the lines between two abscissas, from top to bottom."""
        cut = self.sheet.filter(lambda o: o["object_type"] != "char" or left <= o["x0"] * MM < right)
        return [
            Line(
                found["text"],
                found["x0"] * MM,
                found["x1"] * MM,
                found["top"] * MM,
                found["bottom"] * MM,
                frozenset((c["fontname"].partition("+")[2], round(c["size"], 2)) for c in found["chars"]),
            )
            for found in cut.extract_text_lines(return_chars=True)
        ]

    def line(self, start: str, left: float = 0, right: float = 1000) -> Line:
        return next(line for line in self.lines(left, right) if line.text.startswith(start))

    def rules(self) -> list[Rule]:
        """Find the filled horizontal strokes that stand alone, from top to bottom; those of a QR are shorter."""
        return sorted(
            (
                Rule(r["x0"] * MM, r["x1"] * MM, r["top"] * MM)
                for r in self.sheet.rects
                if r["height"] < 1.5 and r["width"] > 15
            ),
            key=lambda rule: (rule.y, rule.left),
        )

    def text(self) -> str:
        return " ".join(line.text for line in self.lines())


class File:
    """A PDF that was set for a test."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pages = [Page(sheet) for sheet in pdfplumber.open(io.BytesIO(data)).pages]

    def words(self) -> str:
        return " ".join(page.text() for page in self.pages)


PRESS: list[Press] = []


@pytest.fixture(scope="module", autouse=True)
def _press() -> Iterator[None]:
    with Press(1) as press:
        PRESS.append(press)
        yield
        PRESS.clear()
        report.cache_clear()


def made(paper: Paper) -> File:
    return File(PRESS[0].typeset(paper_pdf.print_job(paper, SETTINGS)))


@cache
def report() -> File:
    return made(REPORT)


@cache
def letter() -> File:
    return made(LETTER)


SPLIT = 97.0  # between the two columns of the head, in mm from the left edge


def issuer(file: File) -> list[Line]:
    return file.pages[0].lines(0, SPLIT)


def nation(file: File) -> list[Line]:
    return file.pages[0].lines(SPLIT)


# --------------------------------------------------------------------------- the page


def test_the_numbers_of_the_layout_are_within_what_the_decree_allows() -> None:
    for sheet in (LAYOUT.page, LAYOUT.annex.landscape):
        assert {sheet.width, sheet.height} == {210, 297}
        assert 20 <= sheet.top <= 25
        assert 20 <= sheet.bottom <= 25
        assert 30 <= sheet.left <= 35
        assert 15 <= sheet.right <= 20
    styles, rules = LAYOUT.styles, LAYOUT.rules
    assert 1 / 3 <= rules.office <= 1 / 2
    assert 1 / 3 <= rules.title <= 1 / 2
    assert rules.motto == 1
    assert styles.text.indent in {10, 12.7}
    assert styles.text.before >= 6
    assert 1 <= styles.text.line <= 1.5
    assert LAYOUT.signing.room >= 30
    assert all(12 <= size <= 13 for size in LAYOUT.head.issuer_sizes)
    assert all(13 <= size <= 14 for size in LAYOUT.head.place_date_sizes)
    head = LAYOUT.head
    assert head.issuer_width + head.gutter + head.nation_width == pytest.approx(LAYOUT.page.text_width)


def test_pages_are_a4_and_text_keeps_the_margins() -> None:
    sheet = LAYOUT.page
    for page_ in report().pages[:2]:
        assert (page_.width, page_.height) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
        inner = [line for line in page_.lines() if line.top > sheet.top - 1 and line.bottom < 297 - sheet.bottom]
        assert min(line.left for line in inner) == pytest.approx(sheet.left, abs=EXACT)
        assert max(line.right for line in inner) == pytest.approx(210 - sheet.right, abs=EXACT)
        assert sheet.top - EXACT <= min(line.top for line in inner) <= sheet.top + 4


def test_page_numbers_stand_top_centre_in_the_margin_in_14_points_and_not_on_page_1() -> None:
    first, second = report().pages[:2]
    assert not [line for line in first.lines() if line.bottom < LAYOUT.page.top]
    (number,) = [line for line in second.lines() if line.bottom < LAYOUT.page.top]
    assert (number.text, number.faces) == ("2", {("Tinos", 14.0)})
    assert number.middle == pytest.approx(LAYOUT.page.left + LAYOUT.page.text_width / 2, abs=EXACT)
    assert number.top == pytest.approx(LAYOUT.page.header, abs=1)


def test_everything_is_black_and_in_the_official_face() -> None:
    for page_ in report().pages:
        assert {c["fontname"].partition("+")[2].partition("-")[0] for c in page_.sheet.chars} == {"Tinos"}
        assert {c["non_stroking_color"] for c in page_.sheet.chars} <= {(0.0, 0.0, 0.0), (0,), (0.0,), 0}


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


# --------------------------------------------------------------------------- the text


def test_text_is_14_justified_with_an_indent_and_single_to_one_and_a_half_lines() -> None:
    first = report().pages[0]
    lines = first.lines()
    start = next(n for n, line in enumerate(lines) if line.text.startswith("Thực hiện"))
    opening, second, third = lines[start : start + 3]
    assert opening.left == pytest.approx(LAYOUT.page.left + 12.7, abs=EXACT)
    assert second.left == pytest.approx(LAYOUT.page.left, abs=EXACT)
    assert opening.right == pytest.approx(210 - LAYOUT.page.right, abs=EXACT)
    assert opening.faces == {("Tinos", 14.0)}
    leading = (third.top - second.top) / MM / 14
    assert 1.149 <= leading <= 1.5 * 1.149
    heading = lines[start + 3]
    assert (heading.top - third.top) / MM - leading * 14 >= 6 - 0.1


def test_sections_are_bold_capitals_items_bold_and_points_upright() -> None:
    first = report().pages[0]
    assert first.line("I. ĐẶC ĐIỂM").faces == {("Tinos-Bold", 14.0)}
    assert first.line("1. Ký kết").faces == {("Tinos-Bold", 14.0)}
    assert first.line("a) Chuyên đề").faces == {("Tinos", 14.0)}
    for start in ("I. ĐẶC", "1. Ký", "a) Chuyên", "- Giao đầu mối"):
        assert first.line(start).left == pytest.approx(LAYOUT.page.left + 12.7, abs=EXACT)


def test_a_heading_is_never_the_last_line_of_a_page() -> None:
    for lead in range(4):
        extra = tuple(papers.paragraph(f"Đoạn {n}.") for n in range(lead))
        for page_ in made(papers.paper(body=(*extra, *papers.body()), annexes=())).pages:
            last = [line for line in page_.lines() if line.bottom < 297 - LAYOUT.page.bottom][-1]
            assert not last.text.startswith(("I", "V", "1.", "2.", "3.", "a)", "b)", "Bảng"))


def test_the_text_ends_with_the_closing_mark() -> None:
    assert "Cầu Giấy./." in report().words()


# --------------------------------------------------------------------------- the end


def test_recipients_are_12_bold_italic_above_a_list_in_11() -> None:
    last = report().pages[1]
    assert last.line("Nơi nhận:", 0, 110).faces == {("Tinos-Bold-Italic", 12.0)}
    entries = [line for line in last.lines(0, 107) if line.text.startswith("- ")]
    assert [line.text for line in entries][::4] == ["- Như trên;", "- Lưu: VT."]
    assert all(line.faces == {("Tinos", 11.0)} for line in entries)
    assert entries[0].left == pytest.approx(LAYOUT.page.left, abs=EXACT)


@pytest.mark.parametrize("filler", range(1, 12))
def test_what_a_recipient_gets_the_paper_for_is_never_broken(filler: int) -> None:
    recipients = (f"Ủy ban nhân dân {'x' * filler} quận Cầu Giấy (để b/c)", "Lưu: VT")
    found = made(papers.paper(recipients=recipients, body=papers.body()[-1:], annexes=())).pages[0]
    assert any("(để b/c);" in line.text for line in found.lines(0, 110))


def test_only_what_stands_last_in_brackets_is_what_a_paper_is_sent_for() -> None:
    assert with_purpose("UBND xã A (mới) (để b/c);") == ("UBND xã A (mới)", "(để b/c);")
    assert with_purpose("Lưu: VT.") == ("Lưu: VT.", "")


def test_a_number_stays_with_its_unit_at_the_end_of_a_line() -> None:
    assert on_one_line("187.155.000 đồng") == "187.155.000\u00a0đồng"
    for filler in range(20, 30):
        sentence = papers.paragraph(f"{'mi ' * filler}", "s10=187.155.000 đồng", ".")
        page_ = made(papers.paper(body=(sentence, papers.body()[-1]), annexes=())).pages[0]
        assert any("187.155.000 đồng" in line.text.replace("\u00a0", " ") for line in page_.lines())


def test_the_signature_has_its_lines_room_to_sign_and_the_name() -> None:
    signature = Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Nguyễn Thị Minh Họa")
    page_ = made(papers.paper(signature=signature, annexes=())).pages[-1]
    *titles, name = [page_.line(text, 107) for text in (*signature.lines, signature.name)]
    assert all(line.faces == {("Tinos-Bold", 13.0)} for line in titles)
    assert name.faces == {("Tinos-Bold", 14.0)}
    assert name.top - titles[-1].bottom >= 30
    assert titles[0].top == pytest.approx(page_.line("Nơi nhận:", 0, 107).top, abs=1)
    assert len({round(line.middle, 1) for line in (*titles, name)}) == 1


def test_room_to_sign_is_kept_on_the_page_when_the_name_is_not_known() -> None:
    page_ = report().pages[1]
    title = page_.line("TRƯỞNG PHÒNG", 107)
    assert title.bottom + LAYOUT.signing.room <= 297 - LAYOUT.page.bottom


@pytest.mark.parametrize("lines", range(15, 25))
def test_the_end_is_never_torn_nor_alone_on_a_page(lines: int) -> None:
    body = (*(papers.paragraph(f"Đoạn {n} có một dòng.") for n in range(lines)), papers.body()[-1])
    last = made(papers.paper(body=body, annexes=())).pages[-1].text()
    assert "Cầu Giấy./." in last
    assert "TRƯỞNG PHÒNG" in last
    assert "Lưu: VT." in last


# --------------------------------------------------------------------------- letters


def test_a_letter_has_no_type_name_and_its_subject_stands_below_the_number_in_12() -> None:
    first = letter().pages[0]
    number, subject = first.line("Số:", 0, SPLIT), first.line("V/v", 0, SPLIT)
    assert subject.faces == {("Tinos", 12.0)}
    assert subject.middle == pytest.approx(number.middle, abs=EXACT)
    assert subject.top - number.bottom > 1
    assert "CÔNG VĂN" not in first.text()
    assert len(first.rules()) == 2


def test_a_letter_without_figures_carries_its_certificate_alone() -> None:
    with pikepdf.open(io.BytesIO(letter().data)) as opened:
        assert set(opened.attachments) == {"ban-in.json"}


# --------------------------------------------------------------------------- tables and annexes


def test_a_table_is_ruled_and_grouped_columns_share_a_first_head_row() -> None:
    table = ruled(papers.table().table)
    assert [(cell.text, cell.across, cell.down) for cell in table.head[0]] == [
        ("TT", 1, 2), ("Cấp học", 1, 2), ("Hình thức", 2, 1), ("Lượt giáo viên", 1, 2), ("So với năm học trước", 1, 2),
    ]  # fmt: skip
    assert [cell.text for cell in table.head[1]] == ["Trực tiếp", "Trực tuyến"]
    (found,) = report().pages[1].sheet.find_tables()
    assert found.bbox[0] * MM == pytest.approx(LAYOUT.page.left, abs=EXACT)
    assert found.bbox[2] * MM == pytest.approx(210 - LAYOUT.page.right, abs=EXACT)


def test_totals_and_subtotals_are_bold() -> None:
    assert report().pages[1].line("Tổng cộng").faces == {("Tinos-Bold", 12.0)}
    assert report().pages[5].line("I Hỗ trợ học sinh").faces == {("Tinos-Bold", 12.0)}


def test_an_annex_begins_a_page_with_its_label_its_title_and_the_paper_that_it_belongs_to() -> None:
    first = report().pages[2]
    label, title, reference = first.lines()[:3]
    assert (label.text.replace("\u00a0", " "), label.faces) == ("Phụ lục I", {("Tinos-Bold", 14.0)})
    assert (title.text, title.faces) == ("DANH SÁCH GIAO ƯỚC, BIÊN BẢN GHI NHỚ", {("Tinos-Bold", 14.0)})
    assert reference.faces == {("Tinos-Italic", 14.0)}
    assert reference.text.startswith("(Kèm theo Báo cáo số")
    assert annex_reference(REPORT, LAYOUT).replace("\u00a0", " ") == (
        "(Kèm theo Báo cáo số        /BC-PGDĐT ngày      tháng 6 năm 2024 "
        "của Phòng Giáo dục và Đào tạo quận Cầu Giấy)"
    )  # fmt: skip


def test_a_single_annex_has_no_numeral() -> None:
    assert annex_label(replace(REPORT.annexes[0], numeral=""), LAYOUT) == "Phụ lục"


def test_annexes_count_their_own_pages_and_hide_the_first() -> None:
    shown = [[line.text for line in page_.lines() if line.bottom < LAYOUT.page.top] for page_ in report().pages]
    assert shown == [[], ["2"], [], ["2"], ["3"], []]


def test_a_wide_annex_lies_across_with_the_same_margins_and_the_next_one_stands() -> None:
    sheet = LAYOUT.annex.landscape
    for page_ in report().pages[2:5]:
        assert (page_.width, page_.height) == (pytest.approx(297, abs=0.1), pytest.approx(210, abs=0.1))
        (table,) = page_.sheet.find_tables()
        assert table.bbox[0] * MM == pytest.approx(sheet.left, abs=EXACT)
        assert table.bbox[2] * MM == pytest.approx(297 - sheet.right, abs=EXACT)
        assert table.bbox[3] * MM <= 210 - sheet.bottom + EXACT
    assert report().pages[5].width == pytest.approx(210, abs=0.1)


def test_the_head_of_a_table_is_repeated_on_every_page_and_its_total_stands_once() -> None:
    heads = [page_.text().count("Đơn vị kết nối") for page_ in report().pages[2:5]]
    totals = [page_.text().count("Tổng cộng") for page_ in report().pages[2:5]]
    assert heads == [1, 1, 1]
    assert totals == [0, 0, 1]


def test_a_total_never_begins_a_page() -> None:
    for count in (26, 27, 28, 29):
        annex = replace(REPORT.annexes[0], blocks=(replace(papers.table(), title="", table=papers.agreements(count)),))
        for page_ in made(papers.paper(annexes=(annex,))).pages[2:]:
            (table,) = page_.sheet.find_tables()
            assert "Tổng cộng" not in (table.extract()[1][1] or "")


def test_an_annex_ends_with_the_closing_mark_once() -> None:
    assert report().pages[4].text().count("./.") == 1
    closing = replace(REPORT.annexes[1], blocks=(papers.paragraph("Hết phần thuyết minh./."),))
    assert made(papers.paper(annexes=(closing,))).pages[-1].text().count("./.") == 1


def test_a_row_with_more_or_fewer_cells_than_columns_is_a_mistake_of_the_program() -> None:
    table = papers.table().table
    with pytest.raises(ValueError, match="zip"):
        ruled(replace(table, rows=(AnnexRow(papers.cells("1")),)))


def test_a_short_table_goes_over_to_the_next_page_as_a_whole() -> None:
    for lines in range(18, 24):
        body = (*(papers.paragraph(f"Đoạn {n}.") for n in range(lines)), papers.table(), papers.body()[-1])
        found = [page_ for page_ in made(papers.paper(body=body, annexes=())).pages if page_.sheet.find_tables()]
        assert len(found) == 1
        assert "Bảng 1." in found[0].text()


def test_a_short_table_that_is_taller_than_its_wide_page_begins_below_the_heading_of_its_annex() -> None:
    cells = papers.cells("1", *["Ủy ban nhân dân phường Cầu Giấy, thành phố Hà Nội, và các trường trên địa bàn"] * 6)
    table = replace(papers.agreements(1), rows=(AnnexRow(cells),) * 9, total=())
    annex = replace(papers.paper().annexes[0], blocks=(replace(papers.table(), title="", table=table),))
    wide = [page_ for page_ in made(papers.paper(annexes=(annex,))).pages if page_.width > page_.height]
    assert len(wide) > 1
    assert all(page_.sheet.find_tables() for page_ in wide)


def test_a_tall_drawing_leaves_room_for_text_on_its_page() -> None:
    tall = replace(papers.chart(), svg=papers.chart().svg.replace("<svg ", '<svg id="cao" ', 1), wide=True)
    box = re.search(r'viewBox="0 0 (\S+) (\S+)"', tall.svg)
    assert box is not None
    tall = replace(tall, svg=tall.svg.replace(box[0], f'viewBox="0 0 {box[1]} {float(box[1]) * 2}"'))
    body = (tall, *(papers.paragraph(f"Đoạn {n}.") for n in range(4)), papers.body()[-1])
    pages = made(papers.paper(body=body, annexes=())).pages
    assert any("Đoạn 3." in page_.text() and page_.sheet.curves + page_.sheet.rects for page_ in pages)


def test_the_citys_diagram_of_pairs_stands_behind_all_results() -> None:
    of_arcs = [
        (section.heading, below.heading)
        for section in outline("outline-city").sections
        for below in (section, *section.sections)
        if "vong_cung" in str(below.passages)
    ]
    results = outline("outline-city").sections[2]
    assert of_arcs == [(results.heading, results.sections[-1].heading)]


def test_a_narrow_column_keeps_its_title_on_one_line() -> None:
    columns = papers.columns(("TT", 5, "center"), ("Cấp học", 95, "left"))
    table = replace(papers.table(), table=replace(papers.table().table, columns=columns, groups=(), total=(),
                                                  rows=(AnnexRow(papers.cells("1", "Mầm non")),)))  # fmt: skip
    assert made(papers.paper(body=(table, papers.body()[-1]), annexes=())).pages[0].line("TT").text == "TT Cấp học"


@pytest.mark.parametrize("space", [" ", "\u00a0"])
def test_a_line_ends_where_it_is_full_also_before_a_hyphenated_word(space: str) -> None:
    sentence = (
        "Phòng Giáo dục và Đào tạo quận Cầu Giấy chủ trì 18 chuyên đề cấp quận, chiếm 28,6% tổng số chuyên đề, "
        f"tăng 8 chuyên đề (tăng 80%) so với năm học{space}2022-2023."
    )
    first = made(papers.paper(body=(papers.paragraph(sentence), papers.body()[-1]), annexes=())).pages[0]
    assert first.line("chiếm").text.startswith("chiếm 28,6% tổng số chuyên đề, tăng 8 chuyên đề")


@pytest.mark.slow
def test_an_annex_of_three_thousand_rows_is_set_within_the_limits() -> None:
    file = pikepdf.open(io.BytesIO(PRESS[0].typeset(paper_pdf.print_job(papers.long_annex(3000), SETTINGS))))
    assert len(file.pages) > 200


# --------------------------------------------------------------------------- the file


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("kind", ["report", "letter", "chart"])
def test_a_paper_is_pdf_a_3a_and_pdf_ua_1(kind: str, profile: str, tmp_path: Any) -> None:
    with_chart = papers.paper(body=(*papers.body()[:2], papers.chart(), papers.body()[-1]), annexes=())
    file = {"report": report, "letter": letter, "chart": lambda: made(with_chart)}[kind]()
    path = tmp_path / "van-ban.pdf"
    path.write_bytes(file.data)
    checked = page.validate_pdf(path, profile=profile)
    assert checked.is_compliant, [failure.message for failure in checked.failures]


def test_the_figures_and_their_records_travel_inside_and_no_ledger_is_printed() -> None:
    with pikepdf.open(io.BytesIO(report().data)) as opened:
        assert set(opened.attachments) == {"figures.json", "records.csv", "ban-in.json"}
    assert "Sổ số liệu" not in report().words()


def test_the_file_knows_its_title_its_office_its_day_and_its_outline() -> None:
    with pikepdf.open(io.BytesIO(report().data)) as opened:
        assert str(opened.docinfo["/Title"]) == f"Báo cáo: {REPORT.title}"
        assert str(opened.docinfo["/Author"]) == "Phòng Giáo dục và Đào tạo quận Cầu Giấy"
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20240610")
        with opened.open_outline() as outline:
            top = outline.root[0]
            assert [str(item.title).replace("\u00a0", " ") for item in top.children][-1].startswith("Phụ lục II")
            assert str(top.children[2].children[1].children[0].title) == "a) Chuyên đề trực tiếp"


def test_made_up_data_are_marked_at_the_foot_of_every_page_and_real_data_are_not() -> None:
    for page_ in report().pages:
        foot = page_.lines()[-1]
        assert foot.text == papers.ILLUSTRATION
        assert page_.height - 20 < foot.top
        assert foot.bottom <= page_.height - LAYOUT.page.footer + EXACT
        assert foot.faces == {("Tinos-Italic", 9.0)}
    assert papers.ILLUSTRATION not in made(papers.paper(illustration="")).words()


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert made(REPORT).data == report().data


def test_every_format_of_a_paper_files_it_by_specification_year_and_unit() -> None:
    for name in ("json", "csv"):
        for document in PAPER_FORMATS[name](REPORT, SETTINGS):
            assert document.path.startswith("bao-cao-nam-hoc/2023-2024/quan-cau-giay/")
            assert (document.edition, document.unit, document.format) == ("bao-cao-nam-hoc", "quan-cau-giay", name)
    document = paper_pdf.pdf_document(REPORT, b"")
    assert document.path.endswith("/bao-cao-nam-hoc-quan-cau-giay-2023-2024.pdf")
    assert document.folder == REPORT.folder


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
