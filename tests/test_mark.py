"""The code and the QR at the end of every document: read back by machine, and out of the way of the layout."""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import editions
import page
import papers
import pikepdf
import pytest
import zxingcpp
from PIL import Image

from chungtay_reports.edition import Edition
from chungtay_reports.fingerprint import fingerprint
from chungtay_reports.formats import PAPER_FORMATS, paper_pdf, pdf
from chungtay_reports.formats.certificate import FILE, key, mark
from chungtay_reports.official.paper import Paper
from chungtay_reports.press import Press

SETTINGS = editions.settings()
EDITION, REPORT = editions.edition(), papers.paper()
PLAIN = papers.paper(annexes=())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("ma")
    jobs = {
        "bulletin": pdf.print_job(EDITION, SETTINGS),
        "report": paper_pdf.print_job(REPORT, SETTINGS),
        "plain": paper_pdf.print_job(PLAIN, SETTINGS),
    }
    with Press(1) as press:
        for name, job in jobs.items():
            (folder / f"{name}.pdf").write_bytes(press.typeset(job))
    return {name: folder / f"{name}.pdf" for name in jobs}


def last_page(path: Path) -> Image.Image:
    with pikepdf.open(path) as opened:
        number = str(len(opened.pages))
    command = ["pdftoppm", "-r", "200", "-f", number, "-l", number, "-png", path]
    return Image.open(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout))


@pytest.mark.parametrize(("name", "work"), [("bulletin", EDITION), ("report", REPORT), ("plain", PLAIN)])
def test_a_camera_reads_the_edition_and_its_digest_from_the_last_page(
    made: dict[str, Path], name: str, work: Edition | Paper
) -> None:
    (code,) = zxingcpp.read_barcodes(last_page(made[name]))
    assert code.text == f"urn:chungtay:{key(work)}?d={fingerprint(work).digest[:32]}"
    text = subprocess.run(["pdftotext", made[name], "-"], check=True, capture_output=True, text=True).stdout
    assert f"Mã kiểm chứng: {fingerprint(work).short}" in text


def test_with_an_address_of_the_site_the_code_leads_to_its_page_of_verification() -> None:
    settings = editions.settings(base_url="https://chungtay.example/ban-tin/")
    found = mark(REPORT, settings)
    digest = fingerprint(REPORT).digest[:32]
    assert found.address == f"https://chungtay.example/ban-tin/kiem-chung/?d={digest}&k={REPORT.folder}"


def test_the_code_is_the_same_for_a_draft_and_another_for_another_text() -> None:
    assert mark(replace(EDITION, draft=True), SETTINGS) == mark(EDITION, SETTINGS)
    assert mark(replace(EDITION, byline="Người khác"), SETTINGS).code != mark(EDITION, SETTINGS).code


def test_a_page_that_is_full_gets_no_further_page_for_the_code(made: dict[str, Path], tmp_path: Path) -> None:
    bare = paper_pdf.print_job(REPORT, SETTINGS)
    without = re.sub(r'<div class="ma">.*?</div></div>', "", bare.html, flags=re.DOTALL)
    assert without != bare.html
    with Press(1) as press:
        (tmp_path / "khong-ma.pdf").write_bytes(press.typeset(replace(bare, html=without)))
    with pikepdf.open(tmp_path / "khong-ma.pdf") as one, pikepdf.open(made["report"]) as other:
        assert len(one.pages) == len(other.pages)


def test_the_qr_is_a_figure_with_words_for_those_who_do_not_see_it(made: dict[str, Path]) -> None:
    with pikepdf.open(made["report"]) as opened:
        figures = [
            item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        alternatives = [str(figure.Alt) for figure in figures]
    assert f"Mã QR của bản này, mã kiểm chứng {fingerprint(REPORT).short}" in alternatives


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("name", ["bulletin", "report", "plain"])
def test_with_the_code_a_file_is_still_pdf_a_3a_and_pdf_ua_1(made: dict[str, Path], name: str, profile: str) -> None:
    checked = page.validate_pdf(made[name], profile=profile)
    assert checked.is_compliant, [failure.message for failure in checked.failures]


def test_a_docx_shows_the_same_code_below_its_recipients() -> None:
    (document,) = PAPER_FORMATS["docx"](REPORT, SETTINGS)
    table = docx.Document(io.BytesIO(document.data)).tables[-3]
    texts = [line.text for line in table.cell(0, 0).paragraphs]
    assert texts[0] == "Nơi nhận:"
    assert texts[-1] == f"Mã kiểm chứng: {fingerprint(REPORT).short}"


def test_the_certificate_inside_names_the_digest_of_every_other_file_and_every_line(made: dict[str, Path]) -> None:
    with pikepdf.open(made["report"]) as opened:
        files = {name: spec.get_file().read_bytes() for name, spec in opened.attachments.items()}
    certificate = json.loads(files.pop(FILE))
    assert certificate["files"] == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert certificate["key"] == REPORT.folder
    canonical = json.dumps(certificate["lines"], ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(canonical.encode()).hexdigest() == fingerprint(REPORT).text


def strokes(source: Any, content: bytes, resources: Any) -> str:
    """Digest what is drawn, with the digests of the drawings that are placed in it, in their order."""
    placed = dict.fromkeys(
        str(each.operands[0]) for each in pikepdf.parse_content_stream(source) if str(each.operator) == "Do"
    )
    drawings = [found for found in (resources.XObject[name] for name in placed) if found.Subtype == "/Form"]
    inner = "".join(strokes(found, found.read_bytes(), found.Resources) for found in drawings)
    return hashlib.sha256(content + inner.encode()).hexdigest()


def test_the_metadata_hold_the_digest_of_what_is_drawn_on_each_page(made: dict[str, Path]) -> None:
    for path in made.values():
        with pikepdf.open(path) as opened:
            said = re.search(rb'chungtay:pages="([^"]*)"', opened.Root.Metadata.read_bytes())
            drawn = [strokes(sheet, sheet.Contents.read_bytes(), sheet.Resources) for sheet in opened.pages]
        assert said
        assert said[1].decode().split() == drawn


def test_the_metadata_say_where_the_leader_signs(made: dict[str, Path]) -> None:
    with pikepdf.open(made["plain"]) as opened:
        said = re.search(rb'chungtay:signing="([^"]*)"', opened.Root.Metadata.read_bytes())
    assert said
    number, _left, bottom, width, height = map(float, said[1].split())
    assert number == 1
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (88, 32)
    assert bottom > 0
