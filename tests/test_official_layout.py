"""An official paper in PDF keeps Decree 30/2020, Appendix I, on its pages, in its text and at its end, measured in the file."""

from __future__ import annotations

import io

import papers
import pikepdf
import pytest
from printed_papers import EXACT, LAYOUT, MM, SPLIT, letter, made, report

from chungtay_reports.official.paper import Signature
from chungtay_reports.official.phrases import on_one_line, with_purpose

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


def test_a_word_longer_than_a_line_is_broken_and_keeps_the_margins() -> None:
    word = "thuongtinh" * 14
    file = made(papers.paper(body=(*papers.body(), papers.paragraph(word))))
    lines = [line for page in file.pages for line in page.lines()]
    assert word in "".join(line.text for line in lines)
    assert all(
        line.right <= LAYOUT.page.width - LAYOUT.page.right + EXACT for line in lines if "thuongtinh" in line.text
    )


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
