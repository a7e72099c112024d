"""Notices: what readers of a corrected or withdrawn edition are told, in HTML, PDF and DOCX, and which builds bear them."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date, datetime

import docx
import editions
import papers
import pytest
from conftest import TODAY, Workspace

from chungtay_reports import pipeline
from chungtay_reports.edition import Change, Chart, Edition, Notice
from chungtay_reports.fingerprint import Mark, TextLine, fingerprint
from chungtay_reports.formats import FORMATS, PAPER_FORMATS, paper_pdf, pdf
from chungtay_reports.life import amending
from chungtay_reports.model import HANOI
from chungtay_reports.official.paper import Paper
from chungtay_reports.pipeline import Request
from chungtay_reports.standing import notice_sheet
from chungtay_reports.standing.withdrawal import withdrawn
from chungtay_reports.workspace.notices import read_notices

SLUG = "2023-07-tong-ket"
SETTINGS = editions.settings()
CORRECTION = Notice(
    "dinh-chinh",
    date(2026, 11, 20),
    "Quận Hoàng Mai báo lại số trường",
    "673 trường nối nội thành với ngoại thành",
    "v1",
    datetime(2026, 11, 2, 9, tzinfo=HANOI),
    date(2026, 11, 20),
    (Change("Trường ký biên bản ghi nhớ", "673", "672", "tít, đoạn 1"), Change("", "", "tám tháng", "sapo")),
)
WITHDRAWAL = replace(CORRECTION, kind="thu-hoi", changes=(), reason="Công bố nhầm bản chưa hoàn thiện.")


def page(edition: Edition) -> str:
    return FORMATS["html"](edition, SETTINGS)[0].data.decode()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_corrected_page_says_what_was_printed_what_is_right_when_and_why() -> None:
    text = words(page(editions.edition(notices=(CORRECTION,))))
    assert "Đính chính, ngày 20/11/2026" in text
    assert "Bản công bố ngày 2/11/2026 của bài này có chỗ chưa chính xác, nay sửa lại như sau:" in text
    assert "Tít, đoạn 1: đã in “673”, xin đọc là “672” (Trường ký biên bản ghi nhớ);" in text
    assert "Sapo: thêm “tám tháng”." in text
    assert "Lý do: Quận Hoàng Mai báo lại số trường. Bản tin Chung tay xin cáo lỗi cùng bạn đọc." in text


def test_machines_are_told_of_a_correction_and_of_its_day() -> None:
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page(editions.edition(notices=(CORRECTION,)))
    )
    assert found
    article = json.loads(found[1])
    assert article["dateModified"] == "2026-11-20"
    (comment,) = article["correction"]
    assert comment["@type"] == "CorrectionComment"
    assert "xin đọc là “672”" in comment["text"]
    assert "correction" not in page(editions.edition())


def test_a_correction_is_printed_too() -> None:
    html = pdf.print_job(editions.edition(notices=(CORRECTION,)), SETTINGS).html
    assert "xin đọc là “672”" in html.replace("\u00a0", " ")


def test_an_official_paper_says_after_its_opening_what_it_replaces_and_why() -> None:
    paper = papers.paper(notices=(CORRECTION,))
    html = words(paper_pdf.print_job(paper, SETTINGS).html).replace("\u00a0", " ")
    assert "đính chính và thay thế bản công bố ngày 02 tháng 11 năm 2026. Lý do: Quận Hoàng Mai" in html
    document = docx.Document(io.BytesIO(PAPER_FORMATS["docx"](paper, SETTINGS)[0].data))
    lines = [each.text for each in document.paragraphs]
    first = next(n for n, line in enumerate(lines) if "đính chính và thay thế" in line)
    assert lines[first + 1 : first + 3] == [
        "- Tít, đoạn 1: “673” sửa thành “672” (Trường ký biên bản ghi nhớ);",
        "- Sapo: thêm “tám tháng”.",
    ]


def test_notices_do_not_change_the_fingerprint() -> None:
    assert fingerprint(editions.edition(notices=(CORRECTION,))) == fingerprint(editions.edition())


def test_a_withdrawn_bulletin_says_so_and_nothing_that_it_said() -> None:
    left = withdrawn(editions.edition(), WITHDRAWAL)
    assert isinstance(left, Edition)
    text = words(page(replace(left, notices=(WITHDRAWAL,))))
    assert "Bản tin đã được thu hồi" in text
    assert "Bản tin “673 trường nối nội thành với ngoại thành”, công bố ngày 2/11/2026, được thu hồi" in text
    assert "Lý do: Công bố nhầm bản chưa hoàn thiện." in text
    assert "xin đọc là" not in text
    assert "672" not in text
    job = pdf.print_job(left, SETTINGS)
    assert "Sổ số liệu" not in words(job.html)
    assert fingerprint(left).short in job.html  # `verify` proves a notice of withdrawal like any other page
    assert "records.json" in {attached.name for attached in job.attachments}


def test_a_withdrawn_paper_keeps_its_head_and_ends_as_papers_do() -> None:
    left = withdrawn(papers.paper(), WITHDRAWAL)
    assert isinstance(left, Paper)
    html = words(paper_pdf.print_job(left, SETTINGS).html).replace("\u00a0", " ")
    assert "được thu hồi từ ngày 20 tháng 11 năm 2026. Lý do: Công bố nhầm" in html
    assert "của bản ấy./." in html
    assert not left.annexes
    assert left.ledger is None


def test_a_report_is_withdrawn_by_an_announcement_and_a_letter_by_a_letter() -> None:
    left = withdrawn(papers.paper(), WITHDRAWAL)
    assert (left.type_name, left.letterhead.symbol) == ("THÔNG BÁO", "TB-PGDĐT")
    assert left.title.startswith("Thu hồi Báo cáo kết quả thực hiện phong trào")
    assert left.folder == papers.paper().folder
    assert withdrawn(papers.letter(), WITHDRAWAL).type_name == ""


def test_notices_are_read_back_as_they_were_written(workspace: Workspace) -> None:
    tricky = replace(CORRECTION, reason='Có “ngoặc”, {a}: # và "nháy"', title="- [x]: y")
    workspace.write("content/notices/x.yaml", notice_sheet([WITHDRAWAL, tricky]))
    noticed, problems = read_notices(workspace.root, "content/notices/x.yaml")
    assert problems == ()
    assert noticed
    assert noticed.newest_first == (tricky, WITHDRAWAL)


@pytest.mark.parametrize(("as_of", "borne"), [(None, 1), (date(2026, 11, 20), 1), (date(2023, 7, 31), 0)])
def test_an_edition_as_of_a_day_before_the_correction_does_not_bear_it(
    workspace: Workspace, as_of: date | None, borne: int
) -> None:
    workspace.write(f"content/notices/{SLUG}.yaml", notice_sheet([CORRECTION]))
    _, (work,), _ = pipeline.works(workspace.root, Request(editions=(SLUG,), as_of=as_of), TODAY)
    assert len(work.notices) == borne
    assert isinstance(work, Edition)
    assert work.ledger.as_of == (as_of or date(2026, 11, 20))


def test_an_edition_with_a_notice_of_withdrawal_is_built_withdrawn(workspace: Workspace) -> None:
    workspace.write(f"content/notices/{SLUG}.yaml", notice_sheet([WITHDRAWAL]))
    _, (work,), _ = pipeline.works(workspace.root, Request(editions=(SLUG,)), TODAY)
    assert isinstance(work, Edition)
    assert (work.blocks[1:], work.draft) == (work.blocks[1:2], False)
    assert work.ledger.rows == ()


def test_a_notice_calls_a_chart_by_its_title() -> None:
    work = editions.edition()
    chart = next(block for block in work.blocks if isinstance(block, Chart))
    where = [f"biểu đồ {chart.id}, Ba Đình", "sapo", "sapo"]
    assert amending._places(where, amending._charts(work)) == f"biểu đồ “{chart.title}”, Ba Đình, sapo"


def test_a_row_that_goes_from_a_list_is_told_once_and_those_below_it_not_at_all() -> None:
    before = [TextLine(f"Phụ lục II, hàng {n}", f"{n} | {title}") for n, title in enumerate("ABCD", start=1)]
    after = [TextLine(f"Phụ lục II, hàng {n}", f"{n} | {title}") for n, title in enumerate("ACD", start=1)]
    assert list(amending._lines(before, after)) == [Change("", "2 | B", "", "Phụ lục II, hàng 2")]


def test_a_number_that_becomes_a_dash_is_left_to_the_figures() -> None:
    where = "bảng 1, hàng 2"
    before = TextLine(where, "2 | THCS | 3 | 1", (Mark("s1", 11, 12), Mark("s2", 15, 16)))
    after = TextLine(where, "2 | THCS | 3 | -", (Mark("s1", 11, 12),))
    assert list(amending._lines([before], [after])) == []


def test_a_place_in_a_report_is_told_by_its_innermost_heading() -> None:
    where = "mục “KẾT QUẢ THỰC HIỆN”, mục “Hoạt động chuyên môn”, mục “Chuyên đề cấp trường”, đoạn 1"
    assert amending._named(where, {}) == "mục “Chuyên đề cấp trường”, đoạn 1"
