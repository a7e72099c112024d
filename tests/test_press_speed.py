"""Short cuts in the setting of pages change no byte of what is set."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

import editions
import papers
import pikepdf
import pytest
from editions import small
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from plain_press import OTHER_WORDS, PlainPress, plain_press, short_press

from chungtay_reports.formats import paper_pdf, pdf
from chungtay_reports.press import Press, PrintJob, TypesetError, speed


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainPress]:
    with short_press(tmp_path_factory.mktemp("press")) as opened:
        yield opened


@pytest.fixture(scope="module")
def real() -> Iterator[Press]:
    with Press() as opened:
        yield opened


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainPress]:
    """WeasyPrint as it is, but for the short cuts that say the same in other words."""
    with plain_press(tmp_path_factory.mktemp("plain"), *OTHER_WORDS) as opened:
        yield opened


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainPress]:
    with plain_press(tmp_path_factory.mktemp("wordy")) as opened:
        yield opened


def bulletin() -> PrintJob:
    return pdf.print_job(editions.edition(), editions.settings())


def report() -> PrintJob:
    return paper_pdf.print_job(papers.long_annex(60), editions.settings())


@pytest.mark.parametrize("job", [bulletin, report])
def test_a_page_is_set_to_the_same_bytes_with_and_without_short_cuts(
    job: Callable[[], PrintJob], press: PlainPress, plain: PlainPress
) -> None:
    made = press.typeset(job())
    assert isinstance(made, bytes)
    assert made == plain.typeset(job())


def test_no_document_tells_in_a_file_what_its_worker_has_set_before() -> None:
    """What short cuts remember lies with the styles of one document."""
    others = [
        small(f'<h1 id="chu-thich">Số {n}</h1><p style="font: {8 + n}pt \'Be Vietnam Pro\'">Chung tay chung tay</p>')
        for n in range(8)
    ]
    with Press() as one, Press() as other:
        first = one.typeset(bulletin())
        for job in (report(), *others):
            one.typeset(job)
        assert one.typeset(bulletin()) == first
        assert other.typeset(report()) == one.typeset(report())


def test_the_objects_of_a_file_are_those_that_plain_weasyprint_writes(press: PlainPress, wordy: PlainPress) -> None:
    job = replace(bulletin(), html=bulletin().html.replace("<table", '<table style="border-collapse: separate"'))
    made, drawn = press.typeset(job), wordy.typeset(job)
    assert isinstance(made, bytes)
    assert isinstance(drawn, bytes)
    assert objects(made) == objects(drawn)


def objects(data: bytes) -> list[tuple[bytes, bytes]]:
    """Every object of a file but those that hold others, as it reads when nothing is compressed."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        return [
            (b"", item.read_bytes()) if isinstance(item, pikepdf.Stream) else (item.unparse(), b"")
            for item in opened.objects
            if not isinstance(item, pikepdf.Stream) or item.get("/Type") not in {"/ObjStm", "/XRef"}
        ]


def test_short_cuts_are_for_the_versions_that_were_measured_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert speed.measured()
    monkeypatch.setitem(speed.MEASURED, "weasyprint", "69.")
    assert not speed.measured()


WORDS = ("Trường", "THCS", "2023-2024", "5,5", "x" * 60, "hợp\u00a0tác", "a\u00adb", "<", "—", "nghiêng", "30/9/2023")
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=5).map("  ".join).map(" {}\n".format),
)
MARKED = ("{}", "{}", "{}", "<b>{}</b>", "<i>a</i> {}", "<p>{}</p><p>{}</p>", '<a href="#chu-thich">{}</a>', "<br>{}")
cells = st.builds(lambda mark, text: mark.replace("{}", escape(text)), st.sampled_from(MARKED), texts)
STYLES = (
    *("text-align: center", "text-align: right", "text-align: justify", "text-indent: 7mm", "vertical-align: middle"),
    *("white-space: nowrap", "white-space: pre-wrap", "hyphens: auto", "overflow-wrap: anywhere", "font-weight: 700"),
    *("letter-spacing: 1px", "line-height: 1.7", "direction: rtl", "break-inside: avoid", "padding: 3mm 1px 0 2pt"),
    *(
        "text-transform: uppercase",
        "text-decoration: underline",
        "height: 9mm",
        "orphans: 3; widows: 3",
        "max-lines: 2",
    ),
    *("overflow: hidden; text-overflow: ellipsis", "background: #eee", "border: 2px solid #777", "position: relative"),
    *("box-sizing: border-box", "border-style: dashed double", "opacity: 0.5", "visibility: hidden", "min-height: 8mm"),
)
styled = st.lists(st.sampled_from(STYLES), max_size=2).map("; ".join)
SIDES = ("", "", "", ' colspan="2"', ' rowspan="2"')


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table of random cells, longer than its small page, in random styles."""
    columns = draw(st.integers(1, 4))
    pool = draw(st.lists(cells, min_size=1, max_size=6))
    cell = st.tuples(st.sampled_from(["td", "td", "td", "th"]), st.sampled_from(SIDES), st.sampled_from(pool))
    rows = draw(st.lists(st.lists(cell, min_size=1, max_size=columns), min_size=1, max_size=14))
    body = "".join(
        f'<tr class="r{n % 3}">' + "".join(f"<{tag}{side}>{text}</{tag}>" for tag, side, text in row) + "</tr>"
        for n, row in enumerate(rows)
    )
    head = (
        "<thead><tr>" + f'<th scope="col">{draw(cells)}</th>' * columns + "</tr></thead>" if draw(st.booleans()) else ""
    )
    rules = [
        f"{place} {{ {draw(styled)} }}" for place in ("table", "td", "tr.r1 td", "td:first-child", "th", "p", "b, a")
    ]
    collapse = draw(st.sampled_from(["collapse", "separate"]))
    layout = draw(st.sampled_from(["fixed", "fixed", "auto"]))
    rules += [
        f"table {{ border-collapse: {collapse}; table-layout: {layout}; width: 100% }}",
        "@page { size: 90mm 70mm; margin: 8mm; @bottom-center { content: counter(page) } }",
        f"td {{ border: 1px solid #000; font: {draw(st.integers(6, 13))}pt 'Be Vietnam Pro' }}",
        draw(
            st.sampled_from(
                [
                    "",
                    "td::first-letter { font-weight: 700 }",
                    "td::before { content: '- ' }",
                    "td::first-line { color: #00f }",
                ]
            )
        ),
    ]
    return f'<style>{" ".join(rules)}</style><h1 id="chu-thich">Bảng</h1><table>{head}<tbody>{body}</tbody></table><p>{draw(cells)}</p>'


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=tables())
def test_any_table_is_set_to_the_same_bytes_with_and_without_short_cuts(
    body: str, press: PlainPress, plain: PlainPress
) -> None:
    assert press.typeset(small(body)) == plain.typeset(small(body))


@pytest.mark.parametrize("job", [bulletin, report])
def test_a_document_is_heard_as_plain_weasyprint_tags_it(
    job: Callable[[], PrintJob], real: Press, wordy: PlainPress, tmp_path: Path
) -> None:
    made, drawn = real.typeset(job()), wordy.typeset(job())
    assert isinstance(drawn, bytes)
    heard = read_aloud(made, tmp_path)
    assert sum(line.startswith(("TD", "TH")) for line in heard) > 99
    assert heard == read_aloud(drawn, tmp_path)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=tables())
def test_any_table_is_heard_as_plain_weasyprint_tags_it(
    body: str, real: Press, wordy: PlainPress, tmp_path: Path
) -> None:
    try:
        made = real.typeset(small(body))
    except TypesetError:
        return
    drawn = wordy.typeset(small(body))
    assert isinstance(drawn, bytes)
    assert read_aloud(made, tmp_path) == read_aloud(drawn, tmp_path)


def read_aloud(data: bytes, folder: Path) -> list[str]:
    """Every element of a file with its attributes and texts in reading order, but for runs that say nothing by themselves.

    Names of cells are made of object numbers.
    """
    file = folder / "doc.pdf"
    file.write_bytes(data)
    told = subprocess.run(["pdfinfo", "-struct-text", file], check=True, capture_output=True, text=True).stdout
    lines = [re.sub(r"\b\d+-(?=\d+-\d+)|(?<=^Object )\d+", "", line.strip()) for line in told.splitlines()]
    return [line for line in lines if line not in {"Span (inline)", ""}]


BORDERS = (
    *("2px solid #000", "2px solid #c00", "1px solid #000", "1px dashed #000", "3px double #00a", "none", "hidden"),
    *("4px solid rgb(0 0 0 / 40%)", "2px solid #000", "0.5pt solid #000", "1mm groove #777", "0"),
)
bordered = st.builds(
    "border{}: {}".format, st.sampled_from(["", "", "-top", "-left", "-bottom", "-right"]), st.sampled_from(BORDERS)
)
SPANS = """<style>@page { size: 90mm 70mm; margin: 8mm } td { border: 1px solid #000; font: 6pt 'Be Vietnam Pro' }
table { width: 100% }</style><h1 id="chu-thich">Bảng</h1><table><thead><tr><th scope="col"></th></tr></thead>
<tbody><tr><td></td></tr><tr><td></td></tr><tr><td></td></tr><tr><td></td></tr><tr><td></td></tr>
<tr><td colspan="2"></td></tr><tr><td rowspan="2"></td></tr><tr><td></td></tr></tbody></table>"""
PLACES = ("table", "td", "th", "tr.r1 td", "td:first-child", "tbody", "tr.r2", "col")


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=tables(), borders=st.lists(st.tuples(st.sampled_from(PLACES), bordered), min_size=1, max_size=4))
@example(body=SPANS, borders=[("table", "border: 2px solid #000")])
def test_the_rules_of_any_table_look_as_if_each_cell_had_drawn_its_own(
    body: str, borders: list[tuple[str, str]], press: PlainPress, wordy: PlainPress, tmp_path: Path
) -> None:
    rules = "".join(f"{place} {{ {border} }}" for place, border in borders)
    job = small(f"{body}<style>{rules} table {{ border-collapse: collapse }}</style>")
    made, drawn = press.typeset(job), wordy.typeset(job)
    if not isinstance(made, bytes):
        return
    assert isinstance(drawn, bytes)
    assert pictures(made, tmp_path / "made.pdf") == pictures(drawn, tmp_path / "drawn.pdf")


def pictures(data: bytes, file: Path) -> bytes:
    for earlier in file.parent.glob(f"{file.stem}-*.png"):
        earlier.unlink()
    file.write_bytes(data)
    # Cairo draws a stroke where it is; pdftoppm moves it to whole pixels, by its length.
    command = ["pdftocairo", "-r", "160", "-png", "-gray", "-antialias", "none", file, file.with_suffix("")]
    subprocess.run(command, check=True, capture_output=True)
    return b"".join(page.read_bytes() for page in sorted(file.parent.glob(f"{file.stem}-*.png")))
