"""The PDF of a bulletin: for everyone, for decades, and the same from every machine."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import editions
import newsroom
import page
import pikepdf
import pytest

from chungtay_reports import charts
from chungtay_reports.edition import Chart, Heading, ItemList, Paragraph, Table
from chungtay_reports.formats import FORMATS, pdf, pdf_ledger
from chungtay_reports.formats.anchors import anchored
from chungtay_reports.press import Press, PrintJob
from chungtay_reports.prose.reader import read_prose

EDITION = editions.edition()
SETTINGS = editions.settings(illustration="Dữ liệu minh họa")
VIETNAMESE = "".join(
    unicodedata.normalize("NFC", letter + tone)
    for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)
MARGIN = 17 / 25.4 * 72


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(1) as started:
        yield started


@pytest.fixture(scope="module")
def job() -> PrintJob:
    return pdf.print_job(EDITION, SETTINGS)


@pytest.fixture(scope="module")
def data(press: Press, job: PrintJob) -> bytes:
    return press.typeset(job)


@pytest.fixture(scope="module")
def file(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "ban-tin.pdf"
    path.write_bytes(data)
    return path


@pytest.fixture(scope="module")
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(data)) as document:
        yield document


def text_of(file: Path, *options: str) -> str:
    return subprocess.run(["pdftotext", *options, file, "-"], check=True, capture_output=True, text=True).stdout


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


class BodyText(HTMLParser):
    """The words of a page in its own order, without what stands at the head and foot of every page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._skipped = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        running = dict(attributes).get("class") in {"chan-trai", "chan-giua", "dau-trai"}
        if not self._skipped and (running or tag in {"head", "desc"} or (tag == "title" and self.words)):
            self._skipped = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._skipped:
            self._skipped = ""

    def handle_data(self, text: str) -> None:
        if not self._skipped:
            self.words += text.split()


def elements(opened: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Walk the structure tree in reading order."""
    waiting = [opened.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.get("/K", pikepdf.Array())
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in reversed(kids) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def links(opened: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for sheet in opened.pages:
        yield from (note for note in sheet.get("/Annots", ()) if note.Subtype == "/Link")


def destinations(opened: pikepdf.Pdf) -> set[str]:
    return {str(name) for name in list(opened.Root.Names.Dests.Names)[::2]}


# --------------------------------------------------------------------------- for everyone and for decades


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_one_file_is_pdf_a_3a_and_pdf_ua_1(file: Path, profile: str) -> None:
    report = page.validate_pdf(file, profile=profile)
    assert report.is_compliant, [failure.message for failure in report.failures]


def test_qpdf_finds_nothing_to_complain_about(file: Path) -> None:
    checked = subprocess.run(["qpdf", "--check", file], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_font_is_ours_embedded_and_readable_as_text(file: Path) -> None:
    rows = subprocess.run(["pdffonts", file], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert rows
    for row in rows:
        assert re.match(r"[A-Z]{6}\+(Be-Vietnam-Pro|Chung-Tay-Serif)", row), row
        assert re.search(r"Identity-H +yes yes yes", row), row


def test_the_text_that_is_copied_is_the_text_that_was_written(file: Path, job: PrintJob) -> None:
    written = BodyText()
    written.feed(job.html)
    copied = text_of(file)
    missing = [word for word in written.words if letters(word).casefold() not in letters(copied).casefold()]
    assert not missing
    assert copied == unicodedata.normalize("NFC", copied)
    assert "\ufffd" not in copied


def test_headings_and_captions_are_copied_in_one_piece(file: Path) -> None:
    copied = letters(text_of(file))
    for block in EDITION.blocks:
        if isinstance(block, Heading):
            assert letters(pdf.plain(block.inlines)) in copied
        elif isinstance(block, Chart | Table):
            assert letters(pdf.plain(block.caption)) in copied


@pytest.mark.parametrize("face", ["Be Vietnam Pro", "Chung Tay Serif", "Tinos"])
@pytest.mark.parametrize("style", ["font-weight:400", "font-weight:600", "font-weight:700", "font-style:italic"])
def test_every_vietnamese_letter_of_every_face_can_be_copied(
    press: Press, tmp_path: Path, face: str, style: str
) -> None:
    path = tmp_path / "chu.pdf"
    path.write_bytes(
        press.typeset(editions.small(f'<p style="font-family:{face};{style}">{" ".join(VIETNAMESE)} đ Đ</p>'))
    )
    assert letters(text_of(path)) == VIETNAMESE + "đĐ"


def test_no_word_leaves_the_type_area(file: Path) -> None:
    boxes = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', text_of(file, "-bbox"))
    assert boxes
    for left, top, right, bottom in (map(float, box) for box in boxes):
        assert left >= MARGIN - 1
        assert right <= 595.3 - MARGIN + 1
        assert top >= 20
        assert bottom <= 841.9 - 20


def test_a_word_longer_than_its_line_is_broken_and_not_cut_off(press: Press, tmp_path: Path) -> None:
    word = "thuongtinh" * 14
    blocks = (
        Paragraph(editions.inlines(word)),
        Heading(2, editions.inlines(word)),
        ItemList((editions.inlines(word),)),
    )
    made = tmp_path / "dai.pdf"
    made.write_bytes(press.typeset(pdf.print_job(replace(EDITION, blocks=blocks), SETTINGS)))
    assert letters(text_of(made, "-raw")).count(word) == len(blocks)
    test_no_word_leaves_the_type_area(made)


def test_headings_tables_and_pictures_are_tagged_for_a_screen_reader(opened: pikepdf.Pdf) -> None:
    found = list(elements(opened))
    headings = [str(element.S) for element in found if re.match(r"/H\d", str(element.get("/S", "")))]
    assert headings[0] == "/H1"
    assert headings.count("/H1") == 1
    levels = [int(heading[2:]) for heading in headings]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    heads = [element for element in found if element.get("/S") == "/TH"]
    assert {str(head.A.Scope) for head in heads} == {"/Row", "/Column"}
    figures = [element for element in found if element.get("/S") == "/Figure"]
    alternatives = " ".join(str(figure.Alt) for figure in figures)
    charts = [block for block in EDITION.blocks if isinstance(block, Chart)]
    assert len(figures) == 1 + len(charts) + 1  # the photo, the charts, the QR
    assert EDITION.lead_photo
    assert EDITION.lead_photo.alt in alternatives
    assert all(chart.title in alternatives and chart.description in alternatives for chart in charts)


def test_charts_of_one_title_are_each_described_in_their_own_words(press: Press) -> None:
    bars = [
        charts.BarChart(id=f"a-{n}", title="Theo cấp học", bars=(charts.Bar("THCS", charts.Datum(n, str(n))),))
        for n in (1, 2)
    ]
    body = "".join(f"<h1>Thử</h1><figure>{charts.draw(chart)}</figure>" for chart in bars)
    with pikepdf.open(io.BytesIO(press.typeset(editions.small(body)))) as document:
        figures = [element for element in elements(document) if element.get("/S") == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ["Theo cấp học. THCS: 1.", "Theo cấp học. THCS: 2."]


def test_heads_and_feet_of_pages_are_not_read_aloud(opened: pikepdf.Pdf) -> None:
    for sheet in opened.pages:
        artifacts = re.findall(rb"/Artifact\s+<<\s*/Type\s*/Pagination\s*>>\s*BDC", sheet.Contents.read_bytes())
        assert len(artifacts) >= 3


def test_the_file_says_what_it_is_and_who_issued_it(opened: pikepdf.Pdf) -> None:
    assert opened.Root.Lang == "vi"
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle) is True
    assert str(opened.docinfo.Title) == pdf.plain(EDITION.headline)
    assert str(opened.docinfo.Author) == SETTINGS.organisation.name
    assert str(opened.docinfo.Subject) == pdf.plain(EDITION.sapo)
    assert str(opened.docinfo.CreationDate) == str(opened.docinfo.ModDate) == "D:20230815090000+07'00"
    with opened.open_metadata(update_docinfo=False, set_pikepdf_as_editor=False) as xmp:
        assert xmp.pdfa_status == "3A"
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert xmp["xmp:CreateDate"] == "2023-08-15T09:00:00+07:00"
    assert "/Filter" not in opened.Root.Metadata


def test_the_outline_leads_to_every_heading_and_to_the_ledger(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        top = [item.title for item in outline.root]
        below = [item.title for item in outline.root[0].children]
    assert top == [pdf.plain(EDITION.headline), "Sổ số liệu"]
    assert below == [pdf.plain(b.inlines) for b in EDITION.blocks if isinstance(b, Heading) and b.level == 2]


# --------------------------------------------------------------------------- the proof travels with the page


def test_the_ledger_and_the_records_are_inside(opened: pikepdf.Pdf) -> None:
    made = {Path(d.path).name: d.data for name in ("json", "csv") for d in FORMATS[name](EDITION, SETTINGS)}
    kinds = {"figures.json": ("/Data", "/application/json"), "records.csv": ("/Source", "/text/csv")}
    assert sorted(opened.attachments) == sorted([*kinds, "ban-in.json"])
    assert len(opened.Root.AF) == len(kinds) + 1
    for name, (relationship, media_type) in kinds.items():
        attached = opened.attachments[name]
        inside = attached.get_file()
        assert inside.read_bytes() == made[name]
        assert str(attached.obj.AFRelationship) == relationship
        assert str(inside.obj.Subtype) == media_type
        assert str(inside.obj.Params.ModDate) == "D:20230815020000Z"


def test_every_number_leads_to_its_line_and_every_line_to_its_numbers(opened: pikepdf.Pdf) -> None:
    targets = [str(link.Dest) for link in links(opened) if "/Dest" in link]
    places = destinations(opened)
    for row in EDITION.ledger.rows:
        assert row.id in places
        assert row.id in targets
    printed = [place for row in EDITION.ledger.rows for place in row.prints]
    back = [target for target in dict.fromkeys(targets) if re.fullmatch(r"so-s\d+-\d+", target)]
    assert len(back) == sum(not place.where.startswith("biểu đồ") for place in printed)
    assert {target for target in targets if target.startswith("bieu-do-")} <= places
    assert places.issuperset(back)


def test_the_lines_of_the_tenth_chart_do_not_lead_to_the_first() -> None:
    desk = newsroom.desk()
    calls = [
        f"{{{{ bieu_do('thanh', '{metric}', theo='don_vi') }}}}"
        for metric in (*["chuyen_de_truong"] * 9, "chuyen_de_huyen")
    ]
    blocks, _ = read_prose("\n\n".join(calls), "b.md", 1, desk)
    shown = anchored(replace(EDITION, blocks=blocks, ledger=desk.ledger()), lambda *_: "")
    lines = pdf_ledger.chart_lines(shown)
    assert set(lines["bieu-do-thanh-1"]).isdisjoint(lines["bieu-do-thanh-10"])
    last = next(line for line in pdf_ledger.appendix(shown).lines if line.id == lines["bieu-do-thanh-10"][0])
    assert [place.anchor for _, places in last.texts for place in places] == ["bieu-do-thanh-10"]


def test_every_link_says_where_it_leads(opened: pikepdf.Pdf) -> None:
    said = {str(link.Dest): str(link.Contents) for link in links(opened) if "/Dest" in link}
    assert said["s1"] == "Sổ số liệu, dòng s1: 672 trường"
    assert said["so-s1-1"] == "Số “672” ở tít"
    assert all(link.Contents for link in links(opened))


# --------------------------------------------------------------------------- the same bytes everywhere

SCRIPT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
import editions
from chungtay_reports.formats import FORMATS
settings = editions.settings(illustration="Dữ liệu minh họa")
print(hashlib.sha256(FORMATS["pdf"](editions.edition(), settings)[0].data).hexdigest())
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "vi_VN.UTF-8", "LANG": "vi_VN.UTF-8"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "0"},
    ],
)
def test_another_process_locale_zone_and_folder_give_the_same_bytes(
    data: bytes, tmp_path: Path, surroundings: dict[str, str]
) -> None:
    tests = str(Path(__file__).parent)
    made = subprocess.run(
        [sys.executable, "-c", SCRIPT, tests],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **surroundings},
        check=True,
        capture_output=True,
        text=True,
    )
    assert made.stdout.strip() == hashlib.sha256(data).hexdigest()


def test_the_worker_and_the_order_of_jobs_leave_no_trace(data: bytes, job: PrintJob) -> None:
    others = [editions.small(f"<p>Trang {n}, chữ <b>đậm</b></p>") for n in range(3)]
    with Press(2) as press:
        answers = list(press.typeset_all([*others, job, *others, job]))
    assert answers[3] == answers[7] == data


def test_another_issue_time_gives_another_file(press: Press, data: bytes) -> None:
    later = pdf.print_job(replace(EDITION, issued=EDITION.issued.replace(hour=10)), SETTINGS)
    assert press.typeset(later) != data
