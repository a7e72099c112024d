"""The PDF of an official paper: valid by PDF/A and PDF/UA, with its figures inside, the same bytes each time."""

from __future__ import annotations

import io
from typing import Any

import page
import papers
import pikepdf
import pytest
from printed_papers import EXACT, LAYOUT, REPORT, SETTINGS, letter, made, report

from chungtay_reports.formats import PAPER_FORMATS, paper_pdf


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
