"""What stands in the HTML folder of an edition."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise

import editions
import pytest
from conftest import Workspace
from presses import BULLETIN, SLUG
from pydantic import ValidationError

from chungtay_reports import compose
from chungtay_reports.edition import Format, Heading, Paragraph
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.formats import FORMATS
from chungtay_reports.formats.anchors import Anchored, anchored, numbers_in
from chungtay_reports.formats.html import content_policy
from chungtay_reports.formats.metadata import metadata, plain
from chungtay_reports.formats.proofs import coverage_text, proofs, value_text
from chungtay_reports.model import Coverage, Period

FOLDER = "ban-tin-2023-08"


def files(**publishing: object) -> dict[str, bytes]:
    made = FORMATS["html"](editions.edition(), editions.settings(**publishing))
    return {document.path.removeprefix(f"{FOLDER}/"): document.data for document in made}


def page(name: str = "index.html", **publishing: object) -> str:
    return files(**publishing)[name].decode()


class Outline(HTMLParser):
    """The ids, addresses and heading levels of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.levels: list[int] = []
        self.inline: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [value for value in (given.get("id"),) if value]
        self.addresses += [value for name in ("href", "src", "action") if (value := given.get(name))]
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


@pytest.mark.parametrize("name", ["index.html", "so-lieu.html"])
def test_a_page_has_one_first_heading_and_skips_no_level(name: str) -> None:
    levels = Outline(page(name)).levels
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_page_skips_no_level_whatever_rank_its_author_begins_with(workspace: Workspace) -> None:
    text = (workspace.root / BULLETIN).read_text("utf-8")
    workspace.write(BULLETIN, f"{text}\n### Trường\n\nLời.\n\n## Lớp\n\nLời.\n\n### Bài\n\nLời.\n")
    library = workspace.library()
    tables = tabulate(library.entries, library.registry)
    made = compose.compose(library.bulletins[SLUG], library, tables, workspace.root).edition
    assert made
    assert [block.level for block in made.blocks if isinstance(block, Heading)] == [2, 2, 3]


@pytest.mark.parametrize("name", ["index.html", "so-lieu.html"])
def test_ids_are_unique_and_nothing_is_inline(name: str) -> None:
    outline = Outline(page(name, rating_endpoint="https://danh-gia.example.vn/gui"))
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.inline == []


def test_every_file_that_a_page_needs_is_in_its_folder_and_none_is_idle() -> None:
    made = files()
    needed = {"index.html", "so-lieu.html"}
    for name in ("index.html", "so-lieu.html"):
        needed |= {address.partition("#")[0] for address in Outline(made[name].decode()).addresses}
    needed |= set(re.findall(r'url\("([^"]+)"\)', made["style.css"].decode()))
    outside = {address for address in needed if re.match(r"[a-z]+:|\.\./", address)}
    beside = {"", "figures.json", "figures.csv", "records.csv", f"{FOLDER}.pdf"}
    assert needed - outside - beside == set(made)


def test_no_address_is_absolute_but_a_link_of_the_author_and_the_mail_of_the_publisher() -> None:
    absolute = {a for a in Outline(page()).addresses if re.match(r"[a-z]+:|/", a)}
    assert absolute == {"https://hanoi.edu.vn/", "mailto:bantin@example.vn"}


def test_the_folder_is_the_same_bytes_each_time() -> None:
    assert files() == files()


def test_the_article_says_when_where_from_and_by_whom() -> None:
    text = page()
    assert '<time datetime="2023-08-15T09:00:00+07:00">Thứ Ba, 15/8/2023, 09:00</time>' in text
    assert 'Số liệu tính đến <time datetime="2023-07-31">31/7/2023</time>' in text
    assert '<p class="sapo"><span class="the-nguon">(Sở GD&amp;ĐT Hà Nội)</span> Toàn bộ' in text
    assert '<p class="but-danh">Tổ Bản tin Chung tay</p>' in text
    assert '<li aria-current="page">Số 02/2023</li>' in text
    assert 'href="../ban-tin-2024-12/index.html"' in text
    assert "Minh họa: Bản tin Chung tay" in text


def test_made_up_data_is_marked_on_every_page() -> None:
    for name in ("index.html", "so-lieu.html"):
        assert f'<p class="bang-bao minh-hoa">{editions.ILLUSTRATION}</p>' in page(name)


def test_a_draft_says_so_and_hides_from_search() -> None:
    made = FORMATS["html"](editions.edition(draft=True), editions.settings())
    assert b"noindex, nofollow" in made[0].data
    assert "Bản nháp.".encode() in made[0].data
    assert "Bản nháp." not in page()


def test_empty_parts_leave_nothing_behind() -> None:
    bare = editions.edition(
        issue="", category="", source_tag="", byline="", key_figures=(), related=(), keywords=(), assets=(),
        lead_photo=None, illustration="",
    )  # fmt: skip
    text = FORMATS["html"](bare, editions.settings(formats=["html"]))[0].data.decode()
    for trace in ("chi-so", "cung-phong-trao", "tu-khoa", "but-danh", "the-nguon", "minh-hoa", "<img", ".pdf", "()"):
        assert trace not in text, trace


def test_the_legal_footer_shows_only_what_is_set() -> None:
    text = page()
    assert "Chịu trách nhiệm nội dung: Văn phòng Sở" in text
    assert "Điện thoại" not in text
    assert "giấy phép" not in text.lower()


def test_the_rating_form_is_there_only_with_an_endpoint_and_the_policy_lets_it_go_there_only() -> None:
    endpoint = "https://danh-gia.example.vn/gui"
    text = page(rating_endpoint=endpoint)
    assert f'<form class="danh-gia" method="post" action="{endpoint}">' in text
    assert "form-action https://danh-gia.example.vn" in text
    assert "<form" not in page()
    assert "form-action &#39;none&#39;" in page()


def test_downloads_are_those_of_the_formats_published() -> None:
    text = page(formats=["html", "json"])
    assert 'href="figures.json"' in text
    assert "figures.csv" not in text
    assert ".pdf" not in text


def test_the_policy_lets_in_only_files_of_the_folder() -> None:
    assert content_policy(editions.settings()) == (
        "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; script-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_machines_read_a_news_article() -> None:
    found = re.search(r'<script type="application/ld\+json">(.*)</script>', page())
    assert found
    article = json.loads(found[1])
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "672 trường nối nội thành với ngoại thành sau tám tháng"
    assert article["datePublished"] == "2023-08-15T09:00:00+07:00"
    assert "image" not in article


def test_whole_addresses_are_told_only_with_a_base_address() -> None:
    text = page()
    assert "canonical" not in text
    assert "og:image" not in text
    with_base = page(base_url="https://chungtay.example.vn/ban-tin/")
    assert f'<link rel="canonical" href="https://chungtay.example.vn/ban-tin/{FOLDER}/">' in with_base
    assert f'content="https://chungtay.example.vn/ban-tin/{FOLDER}/images/chung-tay.png"' in with_base


def test_a_headline_cannot_break_out_of_the_data_block() -> None:
    edition = editions.edition(headline=editions.inlines("</script><script>alert(1)</script>"))
    assert "<" not in metadata(edition, editions.settings()).json_ld


def test_the_same_figure_twice_in_a_paragraph_opens_one_panel() -> None:
    text = Paragraph(editions.inlines("s1=672", " trường, tức ", "s1=gần 700", " trường."))
    made = FORMATS["html"](editions.edition(blocks=(text,)), editions.settings())[0].data.decode()
    assert made.count('id="muc-0-s1"') == 1
    assert made.count('href="#muc-0-s1"') == 2
    assert '<a class="dong" href="#so-s1-3">' in made


def test_numbers_of_tables_and_charts_open_the_ledger_page() -> None:
    text = page()
    assert '<td class="cot-so"><a class="so" id="so-s11-1" href="so-lieu.html#s11">28</a></td>' in text
    assert 'class="ct-link" href="so-lieu.html#s12"' in text


def test_the_ledger_page_lists_every_record_of_every_figure_with_its_line() -> None:
    text = page("so-lieu.html")
    for row in editions.ledger().rows:
        section = text[text.index(f'id="{row.id}"') :].partition("</section>")[0]
        assert section.count('<td class="ma">') == len(row.figure.records), row.id
    assert "content/records/2022-2023/quan-cau-giay/gn.yaml:14" in text


def test_the_ledger_page_leads_back_to_every_place_where_a_figure_is_printed() -> None:
    text = page("so-lieu.html")
    assert '<a href="index.html#so-s1-1">tít</a>: “672”' in text
    assert '<a href="index.html#so-s11-1">bảng 1, hàng Ba Đình</a>: “28”' in text
    assert 'href="index.html#bieu-do-chu-de">biểu đồ chu-de' in text


def test_long_lists_are_folded_and_short_ones_are_open() -> None:
    text = page("so-lieu.html")
    assert "<summary>336 bản ghi</summary>" in text
    assert "<summary>6 bản ghi</summary>" not in text


def test_anchors_are_unique_and_the_rest_of_the_edition_is_untouched() -> None:
    edition = editions.edition()
    shown = anchored(edition, lambda zone, _block, figure: f"#{zone}-{figure}")
    anchors = [node.anchor for node in numbers_in(shown.blocks) if isinstance(node, Anchored)]
    assert len(anchors) == len(set(anchors)) == len(list(numbers_in(edition.blocks)))
    assert plain(shown.headline) == plain(edition.headline)
    assert (shown.ledger, shown.assets, shown.slug) == (edition.ledger, edition.assets, edition.slug)


def test_a_derived_figure_says_how_it_is_computed_and_from_what() -> None:
    proof = proofs(editions.ledger())["s9"]
    assert proof.named == "40,3%"
    assert proof.formula == "271 trong tổng số 672"
    assert [operand.named for operand in proof.operands] == ["271\u00a0trường", "672\u00a0trường"]


@pytest.mark.parametrize(
    ("op", "value", "unit", "text"),
    [
        ("", 2106, "tiết", "2.106\u00a0tiết"),
        ("ratio", 1, "%", "100%"),
        ("rank", 2, "hạng", "thứ 2"),
        ("difference", Fraction(3, 200), "điểm phần trăm", "1,5\u00a0điểm phần trăm"),
        ("difference", -7, "trường", "-7\u00a0trường"),
    ],
)
def test_a_value_is_written_exactly(op: str, value: int | Fraction, unit: str, text: str) -> None:
    assert value_text(editions.figure("x", value, op=op), unit) == text


def test_a_proof_owns_up_to_missing_reports_and_to_totals_without_records() -> None:
    ledger = editions.ledger()
    row = ledger.rows[0]
    weak = replace(row.figure, statistical=12, coverage=Coverage(editions.COVERAGE.expected, ("pgd-1", "pgd-2")))
    proof = proofs(replace(ledger, rows=(replace(row, figure=weak),)))["s1"]
    assert proof.coverage == "28/30 đơn vị đã báo cáo"
    assert proof.statistical.startswith("trong đó 12 theo bảng tổng hợp")
    assert coverage_text(Coverage((), ())) == ""


def test_a_definition_leaves_the_period_to_its_own_line() -> None:
    ledger = editions.ledger()
    row = replace(ledger.rows[0], label="Trường ký biên bản ghi nhớ, 12/2022–7/2023")
    proof = proofs(replace(ledger, rows=(row,), period=Period(editions.PERIOD.start, editions.PERIOD.end)))["s1"]
    assert proof.definition == "Trường ký biên bản ghi nhớ"
    assert proof.period == "từ 1/12/2022 đến 31/7/2023"


def test_every_format_has_its_row() -> None:
    assert set(FORMATS) == {item.value for item in Format}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://a.vn; script-src *", "https://a.vn/ x", "//a.vn"])
def test_an_address_that_could_loosen_the_policy_is_no_address(address: str) -> None:
    with pytest.raises(ValidationError):
        editions.settings(rating_endpoint=address)
