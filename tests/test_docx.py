"""The DOCX of official papers: what Word is told about styles, tables, fields and blanks, and the same bytes always."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import papers
import pytest
from docx.oxml.ns import qn
from docx_papers import LAYOUT, MM, control, data, headings, opened, text_of
from editions import inlines, settings

from chungtay_reports.edition import Emphasis, ItemList, Paragraph, Strong, Text
from chungtay_reports.formats import PAPER_FORMATS
from chungtay_reports.official.head import measure
from chungtay_reports.official.paper import Annex, Paper

# --------------------------------------------------------------------------- the file


def test_a_paper_is_filed_beside_its_pdf() -> None:
    (made,) = PAPER_FORMATS["docx"](papers.paper(), settings())
    assert made.path == "bao-cao-nam-hoc/2023-2024/quan-cau-giay/bao-cao-nam-hoc-quan-cau-giay-2023-2024.docx"
    assert (made.format, made.edition, made.unit) == ("docx", "bao-cao-nam-hoc", "quan-cau-giay")


MAKE = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
import papers
from editions import settings
from chungtay_reports.formats import PAPER_FORMATS
paper = papers.paper(body=(*papers.body(), papers.chart()))
print(hashlib.sha256(PAPER_FORMATS["docx"](paper, settings())[0].data).hexdigest())
"""


def test_another_process_zone_locale_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    here = hashlib.sha256(data(papers.paper(body=(*papers.body(), papers.chart())))).hexdigest()
    environment = os.environ | {"TZ": "America/Lima", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    there = subprocess.run(
        [sys.executable, "-c", MAKE, str(Path(__file__).parent)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert there.stdout.strip() == here


def test_the_zip_has_sorted_entries_of_one_time_and_nothing_of_a_template() -> None:
    with zipfile.ZipFile(io.BytesIO(data(papers.paper()))) as file:
        names = file.namelist()
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])
    assert not [
        name for name in names if re.search(r"theme|customXml|thumbnail|numbering|WithEffects|webSettings", name)
    ]


def test_the_properties_say_what_the_paper_is_and_know_no_clock() -> None:
    core = opened(papers.paper()).core_properties
    assert core.title == f"Báo cáo: {papers.paper().title}"
    assert core.author == "Phòng Giáo dục và Đào tạo quận Cầu Giấy"
    assert core.created == core.modified == datetime(2024, 6, 9, 17, tzinfo=UTC)  # the 10th begins in Hanoi
    assert core.language == "vi-VN"


# What the format prescribes about the order of children; Word calls a document damaged when it is another.
ORDER = {
    "pPr": "pStyle keepNext keepLines widowControl pBdr spacing ind jc outlineLvl sectPr",
    "rPr": "rFonts b bCs i iCs color sz szCs lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "trPr": "cantSplit tblHeader",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType titlePg",
    "sdtPr": "alias tag id showingPlcHdr text",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
}  # fmt: skip


@pytest.mark.parametrize(
    "paper", [papers.paper(body=(*papers.body(), papers.chart())), papers.letter()], ids=["report", "letter"]
)
def test_every_element_has_its_children_in_the_order_of_the_format(paper: Paper) -> None:
    document = opened(paper)
    section = document.sections[0]
    parts = (
        document.element,
        document.styles.element,
        document.settings.element,
        section.header._element,
        section.footer._element,
    )
    for part in parts:
        for element in part.iter():
            order = ORDER.get(element.tag.rpartition("}")[2])
            if order:
                places = [order.split().index(child.tag.rpartition("}")[2]) for child in element]
                assert places == sorted(places), element.xml


def test_every_style_that_is_used_exists_and_every_part_that_is_named() -> None:
    document = opened(papers.paper(body=(*papers.body(), papers.chart())))
    known = {style.style_id for style in document.styles}
    used = set(document.element.body.xpath(".//w:pStyle/@w:val | .//w:tblStyle/@w:val"))
    assert used <= known
    references = set(document.element.xpath("//@r:id | //@r:embed"))
    assert references <= set(document.part.rels)


# --------------------------------------------------------------------------- styles


def test_the_only_face_is_the_decrees_and_the_language_is_vietnamese() -> None:
    styles = opened(papers.paper()).styles.element
    (fonts,) = styles.xpath(".//w:rFonts")
    assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert styles.xpath(".//w:lang/@w:val") == ["vi-VN"]
    assert not opened(papers.paper()).element.body.xpath(".//w:rFonts | .//w:color[@w:val != '000000']")


@pytest.mark.parametrize(
    ("style", "name"),
    [("Body Text", "text"), ("Heading 1", "section"), ("Heading 3", "point"), ("Title", "type_name"),
     ("Tiêu ngữ", "motto"), ("Nơi nhận", "recipients_word"), ("Danh sách nơi nhận", "recipients"), ("Kèm theo", "annex_reference")],
)  # fmt: skip
def test_styles_have_the_numbers_of_the_layout(style: str, name: str) -> None:
    made, wanted = opened(papers.paper()).styles[style], getattr(LAYOUT.styles, name)
    assert made.font.size.pt == wanted.size
    assert (bool(made.font.bold), bool(made.font.italic)) == (wanted.bold, wanted.italic)
    assert made.paragraph_format.space_before.pt == wanted.before
    assert made.paragraph_format.line_spacing == pytest.approx(wanted.line, abs=0.01)
    indent = made.paragraph_format.first_line_indent
    assert (indent.mm if indent else 0) == pytest.approx(wanted.indent, abs=0.02)


def test_headings_are_real_and_annexes_stand_in_the_navigation() -> None:
    document = opened(papers.paper())
    found = headings(document)
    assert found[0] == ("Heading 1", "I. ĐẶC ĐIỂM TÌNH HÌNH")
    assert ("Heading 2", "1. Ký kết giao ước, biên bản ghi nhớ") in found
    assert ("Heading 3", "b) Chuyên đề trực tuyến") in found
    assert document.styles["Phụ lục"].element.xpath(".//w:outlineLvl/@w:val") == ["0"]
    assert [p.text for p in document.paragraphs if p.style.name == "Phụ lục"] == ["Phụ lục\xa0I", "Phụ lục\xa0II"]


def test_running_text_keeps_its_emphasis_and_lists_their_marks() -> None:
    body = (
        Paragraph((Text("Có "), Strong((Text("41"), Emphasis((Text(" chuyên đề"),)))), Text("."))),
        ItemList((inlines("một;"), inlines("hai.")), ordered=True),
    )
    first, *items = [p for p in opened(papers.paper(body=body)).paragraphs if p.style.name == "Body Text"][:3]
    assert [(run.text, bool(run.bold), bool(run.italic)) for run in first.runs] == [
        ("Có ", False, False), ("41", True, False), (" chuyên đề", True, True), (".", False, False),
    ]  # fmt: skip
    assert [item.text for item in items] == ["a) một;", "b) hai."]


# --------------------------------------------------------------------------- pages


def test_the_paper_stands_upright_and_the_wide_annex_across_each_numbered_from_one() -> None:
    main, wide, upright = opened(papers.paper()).sections
    for section, sheet in ((main, LAYOUT.page), (wide, LAYOUT.annex.landscape), (upright, LAYOUT.page)):
        box = (section.page_width, section.page_height, section.top_margin, section.right_margin,
               section.bottom_margin, section.left_margin, section.header_distance)  # fmt: skip
        wanted = (sheet.width, sheet.height, sheet.top, sheet.right, sheet.bottom, sheet.left, sheet.header)
        assert [side.mm for side in box] == pytest.approx(wanted, abs=0.02)
        assert section._sectPr.xpath("./w:pgNumType/@w:start") == ["1"]
    assert main.orientation == upright.orientation == 0
    assert wide.orientation == 1


def test_a_page_number_is_a_field_at_the_top_and_the_first_page_has_none() -> None:
    for section in opened(papers.paper()).sections:
        assert section.different_first_page_header_footer
        assert section.header._element.xpath(".//w:instrText/text()") == ["PAGE"]
        assert not section.first_page_header._element.xpath(".//w:t | .//w:instrText")
    assert opened(papers.paper()).styles["Header"].paragraph_format.alignment == 1


def test_made_up_data_are_marked_on_every_page_and_real_data_are_not() -> None:
    marked, real = opened(papers.paper()).sections[0], opened(papers.paper(illustration="")).sections[0]
    assert text_of(marked.footer._element) == text_of(marked.first_page_footer._element) == papers.ILLUSTRATION
    assert not text_of(real.footer._element) + text_of(real.first_page_footer._element)


# --------------------------------------------------------------------------- head and end


def test_number_and_day_are_blanks_that_the_office_fills_in() -> None:
    document = opened(papers.paper())
    for tag in ("so", "ngay", "nguoi-ky"):
        blank = control(document, tag)
        assert blank.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
        assert not text_of(blank)
    assert "Số: /BC-PGDĐT" in text_of(document.element)
    assert "Cầu Giấy, ngày tháng 6 năm 2024" in text_of(document.element)


def test_number_day_and_name_that_are_known_stand_in_their_controls_with_their_zeros() -> None:
    head = papers.letterhead(number="5", day=date(2024, 2, 6), month=date(2024, 2, 1))
    signature = replace(papers.paper().signature, name="Nguyễn Văn Mẫu")
    document = opened(papers.paper(letterhead=head, signature=signature))
    assert [text_of(control(document, tag)) for tag in ("so", "ngay", "nguoi-ky")] == ["05", "06", "Nguyễn Văn Mẫu"]
    assert not document.element.xpath(".//w:showingPlcHdr")
    assert "Số: 05/BC-PGDĐT" in text_of(document.element)
    assert "Cầu Giấy, ngày 06 tháng 02 năm 2024" in text_of(document.element)


def test_rules_are_as_long_as_the_decree_says() -> None:
    document = opened(papers.paper())
    office, motto, title = document.element.xpath(".//w:p[w:pPr/w:pBdr]")
    lines = (
        (office, LAYOUT.head.issuer_width, "office", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", 12),
        (motto, LAYOUT.head.nation_width, "motto", LAYOUT.words.motto, 14),
        (title, LAYOUT.page.text_width, "title", "năm học 2023-2024", 14),
    )
    for rule, room, name, text, size in lines:
        left, right = (int(rule.xpath(f"./w:pPr/w:ind/@w:{side}")[0]) for side in ("left", "right"))
        assert left == right
        length = measure(getattr(LAYOUT.styles, name), LAYOUT, size)(text)
        assert room - (left + right) / MM == pytest.approx(length * getattr(LAYOUT.rules, name), abs=0.1)


def test_a_name_of_place_too_long_for_its_column_takes_room_from_the_number() -> None:
    head = papers.letterhead(place="Văn Miếu - Quốc Tử Giám và vùng phụ cận của Thủ đô")
    row = opened(papers.paper(letterhead=head)).tables[0]._tbl.tr_lst[1]
    assert row.xpath("./w:tc[last()]/w:tcPr/w:gridSpan/@w:val") == ["3"]
    assert row.xpath("./w:tc[last()]/w:p/w:pPr/w:jc/@w:val") == ["right"]


def test_a_letter_has_its_subject_below_the_number_and_dashes_under_the_colon() -> None:
    document = opened(papers.letter())
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == []
    assert "V/v đôn đốc gửi báo cáo kết quả phong trào “chung tay” năm học 2023-2024" in text_of(
        document.tables[0]._tbl
    )
    word, *lines = [p for p in document.paragraphs if p.style.name == "Kính gửi"]
    assert [line.text[-1] for line in lines] == [";", "."]
    colon = word.paragraph_format.left_indent.mm + measure(LAYOUT.styles.addressees, LAYOUT)("Kính gửi")
    for line in lines:
        start = line.paragraph_format.left_indent.mm + line.paragraph_format.first_line_indent.mm
        assert start == pytest.approx(colon, abs=0.1)


def test_the_end_stays_on_the_page_of_the_last_sentence() -> None:
    document = opened(papers.paper(annexes=()))
    ending = document.tables[-1]._tbl
    assert ending.xpath("./w:tr/w:trPr/w:cantSplit")
    assert ending.getprevious().xpath("./w:pPr/w:keepNext")
    left = ending.xpath("./w:tr/w:tc[1]//w:p")
    assert [text_of(line) for line in left][:2] == ["Nơi nhận:", "- Như trên;"]
    assert text_of(left[-2]) == "- Lưu: VT."
    assert text_of(left[-1]).startswith("Mã kiểm chứng: ")
    assert document.element.body.xpath("name(./*[last() - 1])") == "w:p"  # no document ends with a table


def test_no_line_ends_within_a_number_or_within_what_a_recipient_gets_the_paper_for() -> None:
    body = (papers.paragraph("Kinh phí ", "s10=54.000.000 đồng", "."),)
    document = opened(papers.paper(body=body, annexes=(), recipients=("UBND quận Cầu Giấy (để b/c)", "Lưu: VT")))
    written = "".join(document.element.body.xpath(".//w:t/text()"))
    assert "Kinh phí 54.000.000\u00a0đồng." in written
    assert "- UBND quận Cầu Giấy (để\u00a0b/c);" in written


def test_a_paper_of_nothing_but_its_frame_is_a_document() -> None:
    head = papers.letterhead(superior=(), office=())
    document = opened(papers.paper(letterhead=head, body=(), recipients=(), annexes=()))
    assert re.fullmatch(r"Nơi nhận:Mã kiểm chứng: [0-9A-Z-]{14}TRƯỞNG PHÒNG", text_of(document.tables[-1]._tbl))


def test_an_annex_ends_once() -> None:
    ended = Annex("", "NHẬN XÉT", (papers.paragraph("Không có phát sinh./."),))
    assert text_of(opened(papers.paper(annexes=(ended,))).element).count("./.") == 2  # the report's own, and this
    assert text_of(opened(papers.paper()).element).count("./.") == 3
