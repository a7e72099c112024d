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

import chart_samples
import docx
import papers
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from editions import inlines, settings
from PIL import Image

from chungtay_reports.charts import block
from chungtay_reports.charts.specs import Heading as ChartHeading
from chungtay_reports.edition import Emphasis, ItemList, Paragraph, Strong, Text
from chungtay_reports.formats import PAPER_FORMATS
from chungtay_reports.official.docx.picture import picture
from chungtay_reports.official.docx.tables import shared
from chungtay_reports.official.head import measure
from chungtay_reports.official.layout import layout
from chungtay_reports.official.paper import Annex, AnnexTable, OfficialTable, Paper

LAYOUT = layout()
MM = 1440 / 25.4  # twips
CHARTS = tuple(
    spec for name in sorted(vars(chart_samples)) if isinstance(spec := getattr(chart_samples, name), ChartHeading)
)


def data(paper: Paper) -> bytes:
    (made,) = PAPER_FORMATS["docx"](paper, settings())
    return made.data


def opened(paper: Paper) -> WordDocument:
    return docx.Document(io.BytesIO(data(paper)))


def text_of(element: object) -> str:
    """Read an element as it is printed: a break is a space, a no-break space too."""
    parts = [
        " " if node.tag == qn("w:br") else node.text or ""
        for node in element.iter(qn("w:t"), qn("w:br"))  # type: ignore[attr-defined]
    ]
    return " ".join("".join(parts).replace("\xa0", " ").split())


def ruled(document: WordDocument) -> list[Table]:
    return [table for table in document.tables if table.style is not None and table.style.name == "Bảng kẻ"]


def headings(document: WordDocument) -> list[tuple[str, str]]:
    return [
        (p.style.name, p.text)
        for p in document.paragraphs
        if p.style is not None and p.style.name.startswith("Heading")
    ]


def control(document: WordDocument, tag: str) -> object:
    (found,) = document.element.body.xpath(f".//w:sdt[w:sdtPr/w:tag/@w:val='{tag}']")
    return found


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


# --------------------------------------------------------------------------- tables


def test_every_table_of_text_and_annexes_is_a_table_with_a_head_that_is_repeated() -> None:
    body, agreements, support = (table._tbl for table in ruled(opened(papers.paper())))
    assert [len(table.xpath("./w:tr[w:trPr/w:tblHeader]")) for table in (body, agreements, support)] == [2, 1, 1]
    for table in (body, agreements, support):
        assert len(table.xpath("./w:tr/w:trPr/w:cantSplit")) == len(table.tr_lst)


def test_columns_share_the_width_of_the_text_to_the_last_twip() -> None:
    body, agreements, _ = (table._tbl for table in ruled(opened(papers.paper())))
    for table, sheet in ((body, LAYOUT.page), (agreements, LAYOUT.annex.landscape)):
        widths = [int(width) for width in table.xpath("./w:tblGrid/w:gridCol/@w:w")]
        assert sum(widths) == round(sheet.text_width * MM)
    assert shared(100, (1, 1, 1)) == (33, 34, 33)


def test_grouped_titles_span_their_columns_and_the_others_span_both_rows() -> None:
    table = ruled(opened(papers.paper()))[0]._tbl
    upper, lower = table.tr_lst[:2]
    assert [text_of(cell) for cell in upper.tc_lst] == [
        "TT",
        "Cấp học",
        "Hình thức",
        "Lượt giáo viên",
        "So với năm học trước",
    ]
    assert upper.xpath("./w:tc/w:tcPr/w:gridSpan/@w:val") == ["2"]
    assert lower.xpath("./w:tc/w:tcPr/w:vMerge/@w:val") == ["continue"] * 4


def test_the_total_is_bold_and_never_alone_on_a_page() -> None:
    table = ruled(opened(papers.paper()))[0]._tbl
    *_, last, total = table.tr_lst
    assert text_of(total) == "Tổng cộng3471.284+7"
    assert len(total.xpath(".//w:r/w:rPr/w:b")) == len(total.xpath(".//w:r"))
    assert len(last.xpath("./w:tc/w:p/w:pPr/w:keepNext")) == len(last.tc_lst)


def test_a_short_table_within_the_text_stays_whole_and_one_of_an_annex_breaks() -> None:
    paper = papers.paper(annexes=(Annex("", "DANH SÁCH", (papers.table(),)),))
    within, annexed = (table._tbl for table in ruled(opened(paper)))
    for table, kept in ((within, [True] * 5 + [False]), (annexed, [True, True, False, False, True, False])):
        rows = [table_row.xpath("./w:tc/w:p/w:pPr[w:keepNext]") for table_row in table.tr_lst]
        assert [len(found) == len(row.tc_lst) for found, row in zip(rows, table.tr_lst, strict=True)] == kept


def test_two_tables_that_follow_each_other_stay_two() -> None:
    bare = OfficialTable("", papers.support())
    document = opened(papers.paper(body=(papers.paragraph("Như sau:"), bare, bare), annexes=()))
    assert len(ruled(document)) == 2
    assert not document.element.body.xpath("./w:tbl/following-sibling::*[1][self::w:tbl]")


def test_a_table_without_rows_has_its_head() -> None:
    empty: AnnexTable = replace(papers.support(), rows=(), total=())
    (table,) = ruled(
        opened(
            papers.paper(
                annexes=(Annex("", "TRỐNG", (OfficialTable("", empty),)),), body=(papers.paragraph("Kèm phụ lục."),)
            )
        )
    )
    assert len(table.rows) == 1


# --------------------------------------------------------------------------- charts


def test_a_chart_is_a_picture_that_says_what_it_shows() -> None:
    chart, other = papers.chart(), block(chart_samples.MAP, wide=True)
    document = opened(papers.paper(body=(chart, other, papers.paragraph("Hết./."))))
    drawn = document.element.body.xpath(".//wp:docPr")
    assert [item.get("descr") for item in drawn] == [chart.description, other.description]
    assert len({item.get("id") for item in drawn}) == 2
    narrow, wide = (shape.width.mm for shape in document.inline_shapes)
    assert wide == pytest.approx(LAYOUT.page.text_width, abs=0.1)
    assert narrow < wide


@pytest.mark.parametrize("spec", CHARTS, ids=lambda spec: spec.id)
def test_every_kind_of_chart_can_be_drawn_as_a_picture(spec: ChartHeading) -> None:
    drawn = picture(block(spec, wide=True))  # type: ignore[arg-type]
    image = Image.open(io.BytesIO(drawn.png))
    assert image.width / image.height == pytest.approx(drawn.width / drawn.height, rel=0.01)
    assert image.width / (LAYOUT.page.text_width / 25.4) >= 300  # dots per inch in print
    assert len(image.getcolors(1 << 24) or ()) > 8
