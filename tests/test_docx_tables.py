"""Tables and charts of the DOCX: ruled, repeated, whole, as wide as the text, with a picture for each chart."""

from __future__ import annotations

import io
from dataclasses import replace

import chart_samples
import papers
import pytest
from docx_papers import LAYOUT, MM, opened, ruled, text_of
from PIL import Image

from chungtay_reports.charts import block
from chungtay_reports.charts.specs import Heading as ChartHeading
from chungtay_reports.official.docx.picture import picture
from chungtay_reports.official.docx.tables import shared
from chungtay_reports.official.paper import Annex, AnnexTable, OfficialTable

CHARTS = tuple(
    spec for name in sorted(vars(chart_samples)) if isinstance(spec := getattr(chart_samples, name), ChartHeading)
)


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
