"""Tables and annexes of an official paper: ruled, repeated, whole, numbered on their own."""

from __future__ import annotations

import re
from dataclasses import replace

import papers
import pytest
from printed_papers import EXACT, LAYOUT, MM, REPORT, made, report

from chungtay_reports.charts import Arc, ArcDiagram, Datum, Station, block
from chungtay_reports.formats.paper_tables import ruled
from chungtay_reports.official.paper import Annex, AnnexRow
from chungtay_reports.official.phrases import annex_label, annex_reference


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


def test_the_citys_diagram_of_pairs_fills_a_page_of_its_own_in_type_that_can_be_read() -> None:
    stations = tuple(Station(str(n), f"Đơn vị {n}", inner=n < 15) for n in range(30))
    arcs = tuple(Arc(str(n), str(29 - n), Datum(n, str(n))) for n in range(15))
    pairs = ArcDiagram(id="doi", title="Chuyên đề chung", stations=stations, arcs=arcs)
    annex = Annex("", "CHUYÊN ĐỀ CHUNG", (block(pairs),))
    *_, last = made(papers.paper(annexes=(annex,))).pages
    assert "Mã kiểm chứng" in last.text()
    sizes = [char["size"] for char in last.sheet.chars if "Be-Vietnam" in char["fontname"]]
    assert min(sizes) >= 8


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
    assert len(made(papers.long_annex(3000)).pages) > 200
