"""A report's page on the site: its text with its tables, short annexes folded, long ones on pages of their own."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import papers
import pytest
import sites
from editions import settings
from worlds import REGISTRY

from chungtay_reports.figures.tables import tabulate
from chungtay_reports.formats import PAPER_FORMATS
from chungtay_reports.site.book import open_book
from chungtay_reports.site.drawn import Drawn, redrawn
from chungtay_reports.site.leaf import Site
from chungtay_reports.site.letter import Letter, Table, Words, read_letter
from chungtay_reports.site.reports import PAGE, report_pages
from chungtay_reports.site.shown import DRAFT, REPORT, Facts, Issue, shown
from chungtay_reports.workspace.library import Library

if TYPE_CHECKING:
    from chungtay_reports.official.paper import Paper

MOMENT = datetime(2024, 6, 10, 8, tzinfo=timezone(timedelta(hours=7)))
KEY = "bao-cao-nam-hoc/2023-2024/quan-cau-giay"


def docx(paper: Paper) -> bytes:
    (made,) = PAPER_FORMATS["docx"](paper, settings())
    return made.data


def pages(paper: Paper) -> dict[str, str]:
    facts = Facts(KEY, REPORT, paper.title, "", paper.unit, paper.year, MOMENT, (Issue("v1", MOMENT, DRAFT),))
    edition = shown(facts, {"bao-cao.docx": docx(paper)}, papers.AS_OF)
    library = Library(settings(), REGISTRY, (), {}, {}, {}, {}, {})
    book = open_book(library, tabulate((), REGISTRY), (edition,))
    site = Site(library, (edition,), book, None, drafts=True)
    return {path.removeprefix(f"{KEY}/"): data.decode() for path, data in report_pages(site, edition)}


def tables(letter: Letter, annex: int | None = None) -> list[Table]:
    pieces = letter.body if annex is None else letter.annexes[annex].pieces
    return [piece for piece in pieces if isinstance(piece, Table)]


def test_every_table_of_the_text_is_read_with_its_title_head_and_rows() -> None:
    letter, printed = read_letter(docx(papers.paper())), papers.table()
    (found,) = tables(letter)
    assert found.title == printed.title
    assert len(found.rows) == len(printed.table.rows) + bool(printed.table.total)
    assert {len(row) for row in found.rows} == {len(printed.table.columns)}


def test_the_head_and_foot_of_a_letter_are_no_tables_and_its_recipients_no_text() -> None:
    letter = read_letter(docx(papers.letter()))
    assert (tables(letter), letter.annexes) == ([], ())
    said = [piece.text for piece in letter.body if isinstance(piece, Words)]
    assert said[0].startswith("Theo kế hoạch của phong trào")
    assert said[-1].endswith("thực hiện./.")


def test_every_annex_is_read_with_its_title_and_all_of_its_rows() -> None:
    letter = read_letter(docx(papers.paper()))
    assert [(one.label, one.title) for one in letter.annexes] == [
        ("Phụ lục\u00a0I", "DANH SÁCH GIAO ƯỚC, BIÊN BẢN GHI NHỚ"),
        ("Phụ lục\u00a0II", "HỖ TRỢ HỌC SINH CÓ HOÀN CẢNH KHÓ KHĂN"),
    ]
    assert [len(tables(letter, number)[0].rows) for number in (0, 1)] == [29, 11]


def test_a_row_is_named_by_its_first_words_and_each_cell_knows_its_column() -> None:
    first = tables(read_letter(docx(papers.paper())), 0)[0].rows[0]
    assert [cell.text for cell in first if cell.head] == ["Trường Tiểu học Minh họa 1"]
    assert [cell.label for cell in first][:3] == ["STT", "Đơn vị", "Đơn vị kết nối"]


def test_short_annexes_are_folded_into_the_page() -> None:
    made = pages(papers.paper())
    assert list(made) == ["index.html"]
    assert made["index.html"].count("<details>") == 2
    assert "Trường Tiểu học Minh họa 28" in sites.Outline(made["index.html"].encode()).text


@pytest.mark.parametrize(("rows", "count"), [(40, 1), (PAGE - 1, 1), (PAGE, 2), (3 * PAGE, 4)])
def test_a_long_annex_has_pages_of_so_many_rows_and_none_is_lost(rows: int, count: int) -> None:
    made = pages(papers.long_annex(rows))
    annex = [name for name in made if name != "index.html"]
    assert len(annex) == count
    assert sum(made[name].count("<tr>") - 1 for name in annex) == rows + 1  # with the total
    assert all(name in made["index.html"] for name in annex[:1])
    assert all(len(page) < 150_000 for page in made.values())


def test_a_table_says_what_it_is_also_where_its_rows_stand_one_below_the_other() -> None:
    page = pages(papers.paper())["index.html"]
    assert page.count('<table class="bang-bc" aria-labelledby=') == 3
    assert 'data-nhan="Đơn vị kết nối"' in page
    assert 'scope="row"' in page


def test_a_chart_is_drawn_on_the_page_as_in_the_paper_for_a_desk_and_for_a_phone() -> None:
    chart = papers.chart()
    paper = papers.paper(body=(*papers.body(), chart))
    (drawn,) = (piece for piece in read_letter(docx(paper)).body if isinstance(piece, Drawn))
    assert [svg.count("<rect") for svg in (drawn.svg, drawn.phone)] == [
        svg.count("<rect") for svg in (chart.svg, chart.phone)
    ]
    page = pages(paper)["index.html"]
    assert drawn.svg in page
    assert f"{chart.description}</desc>" in page


def test_a_drawing_brings_no_link_and_nothing_that_charts_do_not_draw() -> None:
    paper = papers.paper(body=(*papers.body(), papers.chart()))
    (drawn,) = (piece for piece in read_letter(docx(paper)).body if isinstance(piece, Drawn))
    assert "href" in papers.chart().svg
    assert not any(word in drawn.svg for word in ("href", "<a", 'role="group"'))
    evil = b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script><g style="a"/></svg>'
    assert redrawn(evil, 0) == "<svg><g></g></svg>"


def test_a_number_keeps_its_noun_on_the_page_as_on_paper() -> None:
    texts = [piece.text for piece in read_letter(docx(papers.paper())).body if isinstance(piece, Words)]
    assert any("\u00a0" in text for text in texts)


def test_columns_of_numbers_stand_right_and_rows_that_are_only_numbered_do_not() -> None:
    (found,) = tables(read_letter(docx(papers.paper())))
    assert [cell.text for cell in found.rows[0] if cell.number] == ["9", "1", "302", "+2"]
    assert [cell.text for row in found.head for cell in row if cell.number] == [
        "Lượt giáo viên",
        "So với năm học trước",
        "Trực tiếp",
        "Trực tuyến",
    ]
    assert not any(cell.number for row in found.rows for cell in row if cell.label in {"TT", "STT"})
    assert any(cell.number for cell in found.rows[0])


def test_the_parts_of_a_report_are_listed_beside_it_and_each_can_be_gone_to() -> None:
    page = pages(papers.paper())["index.html"]
    listed = re.findall(r'<li><a href="#(than-\d+)">', page)
    assert listed
    assert all(f'<h3 class="muc-lon" id="{id_}">' in page for id_ in listed)
