"""The DOCX of official papers as LibreOffice opens it, beside the PDF of the same paper."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import docx
import papers
import pikepdf
import pytest
from editions import settings

from chungtay_reports.formats import PAPER_FORMATS
from chungtay_reports.formats.paper_pdf import print_job
from chungtay_reports.official.paper import Paper, Signature
from chungtay_reports.press import Press

pytestmark = pytest.mark.slow

# The blanks are filled in one paper and left in the others.
SIGNED = papers.paper(
    letterhead=papers.letterhead(number="7", day=date(2024, 6, 3)),
    signature=Signature(("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), "Nguyễn Thị Minh Họa"),
    bases=("Kế hoạch số 4340/KH-SGDĐT của Sở Giáo dục và Đào tạo Hà Nội", "Kế hoạch năm học của quận"),
)
PAPERS: Mapping[str, Paper] = {
    "report": papers.paper(),
    "signed": SIGNED,
    "letter": papers.letter(),
    "long": papers.long_annex(200),
    "charted": replace(papers.paper(), body=(*papers.body()[:-1], papers.chart(), papers.body()[-1])),
}
TABLES = {"report": 3, "signed": 3, "letter": 0, "long": 2, "charted": 3}


@dataclass(frozen=True)
class Rendered:
    """One paper: its DOCX, that DOCX as LibreOffice prints it, and its own PDF."""

    docx: bytes
    office: Path
    pdf: Path


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Rendered]:
    folder = tmp_path_factory.mktemp("papers")
    made = {}
    with Press() as press:
        for name, paper in PAPERS.items():
            (document,) = PAPER_FORMATS["docx"](paper, settings())
            (folder / f"{name}.docx").write_bytes(document.data)
            (folder / f"{name}-own.pdf").write_bytes(press.typeset(print_job(paper, settings())))
            made[name] = Rendered(document.data, folder / f"{name}.pdf", folder / f"{name}-own.pdf")
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", folder, *(folder / f"{name}.docx" for name in PAPERS)],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    assert done.stdout.count("writer_pdf_Export") == len(PAPERS)
    assert "Error" not in done.stdout + done.stderr
    return made


def words(pdf: Path) -> list[str]:
    """Read a PDF in its order, without page numbers and the code, which a DOCX shows elsewhere than a PDF."""
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    text, codes = re.subn(r"Mã kiểm chứng: [0-9A-Z-]{14}", "", text)
    assert codes <= 1
    return re.sub(r"(?m)^[\f ]*\d+$", "", text).split()


def pages(pdf: Path) -> int:
    with pikepdf.open(pdf) as file:
        return len(file.pages)


@pytest.mark.parametrize("name", [name for name in PAPERS if name != "charted"])
def test_the_text_is_that_of_the_pdf_word_for_word(name: str, rendered: Mapping[str, Rendered]) -> None:
    assert words(rendered[name].office) == words(rendered[name].pdf)


def test_a_chart_takes_nothing_from_the_text_around_it(rendered: Mapping[str, Rendered]) -> None:
    plain, charted = words(rendered["report"].office), words(rendered["charted"].office)
    assert not Counter(plain) - Counter(charted)
    with pikepdf.open(rendered["charted"].office) as file:
        assert any(page.get_images() for page in file.pages)


@pytest.mark.parametrize("name", PAPERS)
def test_there_are_as_many_pages_as_in_the_pdf_but_for_one(name: str, rendered: Mapping[str, Rendered]) -> None:
    assert abs(pages(rendered[name].office) - pages(rendered[name].pdf)) <= 1


@pytest.mark.parametrize("name", PAPERS)
def test_there_are_as_many_tables_as_in_the_pdf(name: str, rendered: Mapping[str, Rendered]) -> None:
    document = docx.Document(io.BytesIO(rendered[name].docx))
    assert len(document.element.body.xpath("./w:tbl[w:tblPr/w:tblStyle/@w:val='BangKe']")) == TABLES[name]
    # a PDF tags the part of a table on each page as one of its own, so that its source is asked
    assert print_job(PAPERS[name], settings()).html.count("<table") == TABLES[name]


def test_pages_have_the_size_of_their_section_and_begin_with_one_in_each(rendered: Mapping[str, Rendered]) -> None:
    with pikepdf.open(rendered["report"].office) as file:
        across = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in file.pages]
    assert across == [False, False, True, True, True, False]
    shown = [numbers(rendered["report"].office, page) for page in range(1, len(across) + 1)]
    assert shown == [[], ["2"], [], ["2"], ["3"], []]


def numbers(pdf: Path, page: int) -> list[str]:
    """Read what stands in the top margin of a page."""
    box = ["-x", "0", "-y", "0", "-W", "842", "-H", "56"]  # 20 mm
    call = ["pdftotext", "-f", str(page), "-l", str(page), *box, pdf, "-"]
    return subprocess.run(call, capture_output=True, text=True, check=True).stdout.split()


def test_the_head_of_a_table_is_repeated_on_every_page_of_it(rendered: Mapping[str, Rendered]) -> None:
    text = subprocess.run(
        ["pdftotext", "-raw", rendered["long"].office, "-"], capture_output=True, text=True, check=True
    )
    annex = [page for page in text.stdout.split("\f") if "Biên bản ghi nhớ" in page]
    assert len(annex) > 10
    assert all("STT Đơn vị Đơn vị kết nối" in " ".join(page.split()) for page in annex)


def test_opening_it_in_libreoffice_and_saving_it_again_loses_no_style_and_no_blank(
    rendered: Mapping[str, Rendered], tmp_path: Path
) -> None:
    (tmp_path / "report.docx").write_bytes(rendered["report"].docx)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
         "docx:Office Open XML Text", "--outdir", tmp_path / "saved", tmp_path / "report.docx"],
        capture_output=True, check=True, timeout=300,
    )  # fmt: skip
    before, after = (
        docx.Document(io.BytesIO(rendered["report"].docx)),
        docx.Document(str(tmp_path / "saved" / "report.docx")),
    )
    assert [(p.style.name, p.text) for p in after.paragraphs if p.style.name.startswith("Heading")] == [
        (p.style.name, p.text) for p in before.paragraphs if p.style.name.startswith("Heading")
    ]
    assert len(after.tables) == len(before.tables)
    assert after.element.xpath(".//w:sdtPr/w:alias/@w:val") == ["Số", "Ngày", "Họ và tên người ký"]
