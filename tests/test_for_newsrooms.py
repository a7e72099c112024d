"""The article for other newsrooms: an HTML fragment that stands in any page, and plain text."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import editions
import pytest

from chungtay_reports.edition import Chart, ItemList, Link, Paragraph, Strong, Table, Text
from chungtay_reports.formats import FORMATS, pdf
from chungtay_reports.formats.metadata import plain

BASE = "https://chungtay.example.vn/ban-tin"
ALLOWED = {
    "article", "p", "h1", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "span", "time", "figure", "figcaption", "img",
    "blockquote", "br", "div", "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


class Marks(HTMLParser):
    """The elements of a fragment outside its drawings, their attributes, and whether all are closed."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in self.open and tag != "svg":
            self.tags.append((tag, dict(attrs)))
        if tag not in {"img", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Drawings close their marks by themselves."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "svg" not in self.open:
            self.text += data


def made(name: str, **publishing: object) -> str:
    (document,) = FORMATS[name](editions.edition(), editions.settings(**publishing))
    return document.data.decode()


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_fragment_has_no_head_no_script_and_only_what_an_article_needs() -> None:
    marks = Marks(made("fragment"))
    assert {tag for tag, _ in marks.tags} <= ALLOWED
    assert marks.open == []


def test_a_fragment_brings_its_own_styles_and_no_class_or_id_of_ours() -> None:
    fragment = made("fragment")
    assert not re.search(r'\s(?:class|id|on\w+|aria-labelledby)="', fragment)
    for tag, given in Marks(fragment).tags:
        if tag in {"p", "h1", "h2", "h3", "table", "figcaption", "img", "th", "td"}:
            assert given.get("style"), tag


def test_a_fragment_refers_to_nothing_that_it_does_not_carry() -> None:
    addresses = re.findall(r'(?:href|src)="([^"]*)"', made("fragment"))
    assert addresses
    assert [one for one in addresses if not one.startswith(("https://", "data:image/png;base64,"))] == []


def test_with_a_base_address_pictures_are_fetched_from_there_and_the_source_is_named() -> None:
    fragment = made("fragment", base_url="https://chungtay.example.vn")
    assert 'src="https://chungtay.example.vn/ban-tin-2023-08/images/chung-tay.png"' in fragment
    assert 'href="https://chungtay.example.vn/ban-tin-2023-08/"' in fragment
    assert "base64" not in fragment


LINKED = replace(
    editions.edition(),
    blocks=(
        Paragraph((Text("Xem "), Link("../so-truoc/index.html", (Strong((Text("số trước"),)),)))),
        Paragraph((Link("#so-cai", (Text("Sổ số liệu"),)),)),
        ItemList(((Link("https://hanoi.edu.vn/", (Text("trang của Sở"),)),),)),
    ),
)


def test_links_to_pages_beside_the_article_lead_to_where_it_is_published_or_are_words() -> None:
    published, unpublished = (
        FORMATS["fragment"](LINKED, editions.settings(base_url=base))[0].data.decode() for base in (BASE, "")
    )
    assert [link["href"] for tag, link in Marks(published).tags if tag == "a"][:3] == [
        f"{BASE}/so-truoc/index.html",
        f"{BASE}/ban-tin-2023-08/index.html#so-cai",
        "https://hanoi.edu.vn/",
    ]
    assert [link["href"] for tag, link in Marks(unpublished).tags if tag == "a"] == ["https://hanoi.edu.vn/"]
    assert "<strong>số trước</strong>" in unpublished


def test_a_pdf_leads_to_where_the_edition_is_published() -> None:
    published = pdf.print_job(LINKED, editions.settings(base_url=BASE)).html
    assert f'href="{BASE}/so-truoc/index.html"' in published
    assert 'href="#so-cai"' in published
    assert 'href="../so-truoc/index.html"' in pdf.print_job(LINKED, editions.settings(base_url="")).html


@pytest.mark.parametrize("name", ["fragment", "text"])
def test_every_paragraph_and_table_of_the_edition_is_in_it_with_every_number(name: str) -> None:
    source = made(name)
    text = words(Marks(source).text if name == "fragment" else source)
    edition = editions.edition()
    for inlines in (edition.headline, edition.sapo, edition.data_note):
        assert words(plain(inlines)) in text
    for block in edition.blocks:
        if isinstance(block, Table):
            cells = [plain(cell.inlines) for row in block.rows for cell in row]
            assert [cell for cell in cells if cell not in text] == []
        elif isinstance(block, Chart):
            assert block.title in source
        elif hasattr(block, "inlines"):
            assert words(plain(block.inlines)).casefold() in text.casefold()


@pytest.mark.parametrize("name", ["fragment", "text"])
def test_a_draft_says_so_first(name: str) -> None:
    (document,) = FORMATS[name](editions.edition(draft=True), editions.settings())
    assert "chưa được duyệt" in document.data.decode().casefold()[:700]
    assert "chưa được duyệt" not in made(name).casefold()


def test_plain_text_has_no_markup_and_columns_that_line_up() -> None:
    text = made("text")
    assert not re.search(r"</?[a-z]+[ >]|&\w+;|\*\*|\u00ad", text)
    lines = text.split("\n")
    rows = [line for line in lines if line.startswith(("Cầu Giấy ", "Đống Đa ", "Toàn thành phố "))]
    assert len({len(row) for row in rows}) == 1
    assert not any(line != line.rstrip() for line in lines)


def test_the_article_itself_is_escaped() -> None:
    sapo = editions.inlines("Cặp <b>A & B</b>")
    (document,) = FORMATS["fragment"](editions.edition(sapo=sapo), editions.settings())
    assert "Cặp &lt;b&gt;A &amp; B&lt;/b&gt;" in document.data.decode()
