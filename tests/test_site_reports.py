"""A report's page on the site: its text with its tables, short annexes folded, long ones on pages of their own."""

from __future__ import annotations

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
        ("Phụ lục I", "DANH SÁCH GIAO ƯỚC, BIÊN BẢN GHI NHỚ"),
        ("Phụ lục II", "HỖ TRỢ HỌC SINH CÓ HOÀN CẢNH KHÓ KHĂN"),
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
