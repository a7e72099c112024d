"""The site in build/site/: whole, deterministic, relative, without dead links; it shows what may be seen and no more."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64encode
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import feedparser
import pytest
import sites
from conftest import Workspace
from defusedxml import ElementTree

from chungtay_reports.errors import WriteError
from chungtay_reports.model import Coverage, Period
from chungtay_reports.site import NothingToShowError, build_site
from chungtay_reports.site.book import Book, Span
from chungtay_reports.site.city import latest_year
from chungtay_reports.site.leaf import Site

ATOM = "{http://www.w3.org/2005/Atom}"
SLUG = "2023-07-tong-ket"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of the tiny workspace, with a base address."""
    root = small(tmp_path_factory.mktemp("kho") / "kho")
    settings = (root / "chungtay.yaml").read_text("utf-8")
    settings = settings.replace("publishing:\n", "publishing:\n  base_url: https://chungtay.example.vn/tin\n")
    (root / "chungtay.yaml").write_text(settings, "utf-8")
    return sites.build(root)


SENTENCE = "\n{{ so('truong_ky_ket', don_vi='quan-hoang-mai') }} trường của quận Hoàng Mai đã ký biên bản ghi nhớ.\n"


def small(root: Path) -> Path:
    from conftest import VALID  # noqa: PLC0415

    shutil.copytree(VALID, root)
    with (root / "content/bulletins" / f"{SLUG}.md").open("a", encoding="utf-8") as bulletin:
        bulletin.write(SENTENCE)
    return root


def test_every_link_leads_to_a_file_and_every_fragment_to_a_place(files: dict[str, bytes]) -> None:
    assert sites.broken_links(files, "/tin/") == []


def test_a_dead_link_would_be_found(files: dict[str, bytes]) -> None:
    page = files["index.html"].replace(b"dinh-chinh/index.html", b"dinh-chinh/khong-co.html")
    assert sites.broken_links({**files, "index.html": page}, "/tin/") == ["index.html: dinh-chinh/khong-co.html"]


def test_links_are_relative_and_spell_index_html_out(files: dict[str, bytes]) -> None:
    for path, page in sites.outlines(files).items():
        local = [link for link in page.links if not re.match(r"https?:|mailto:|#", link)]
        begin = "/tin/" if path == "404.html" else ""
        assert [link for link in local if link.startswith("/") != bool(begin) or link.endswith("/")] == [], path


def test_what_a_host_shows_where_there_is_no_page_names_nothing_relative_to_where_it_is_shown(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    for made, folder in ((files, "/tin/"), (sites.build(small(tmp_path / "kho")), "/")):
        page = sites.Outline(made["404.html"])
        assert {link for link in page.links if not link.startswith((folder, "#"))} == set()
        assert {f"{folder}index.html", f"{folder}tim-kiem/index.html"} <= set(page.links)
        assert b'rel="canonical"' not in made["404.html"]


def test_without_an_address_the_page_for_wrong_ones_has_its_style_in_itself(tmp_path: Path) -> None:
    page = sites.build(small(tmp_path / "kho"))["404.html"].decode()
    assert re.findall(r"(?:stylesheet|src=)[^>]*", page) == []
    assert "@font-face" not in page
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    for tag in ("style", "script"):
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digests = [b64encode(sha256(text.encode()).digest()).decode() for text in found]
        assert len(found) == 2
        assert [digest for digest in digests if digest not in policy[1]] == []


def test_a_style_of_the_workspace_cannot_end_its_element(workspace: Workspace) -> None:
    workspace.write("templates/site/site.css", '.a::after { content: "</style><p>ra ngoài"; }\r\n')
    page = sites.build(workspace.root)["404.html"].decode()
    assert page.count("</style>") == 2
    assert "ra ngoài" not in sites.Outline(page.encode()).text


def test_pages_have_one_first_heading_skip_no_level_repeat_no_id_and_hold_nothing_inline(
    files: dict[str, bytes],
) -> None:
    for path, page in sites.outlines(files).items():
        assert page.levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(page.levels)), path
        assert len(page.ids) == len(set(page.ids)), path
        assert page.inline == [], path


EMPTY = re.compile(rb"<(?:ul|ol|dl|tbody|section)(?![^>]*\bhidden\b)[^>]*>\s*</")


def test_no_page_prints_a_lone_nought_or_an_empty_section(files: dict[str, bytes]) -> None:
    for path, page in sites.outlines(files).items():
        if not path.endswith("so-lieu.html"):
            assert [word for word in page.words if re.fullmatch(r"0(?:[,.]0+)?%?", word)] == [], path
        assert not EMPTY.search(files[path]), path


def test_the_same_workspace_gives_the_same_site(tmp_path: Path) -> None:
    one, other = small(tmp_path / "một"), small(tmp_path / "nơi khác" / "hai")
    assert sites.build(one) == sites.build(other)


def test_a_site_is_in_the_manifest_and_leaves_strangers_and_editions_alone(workspace: Workspace) -> None:
    sites.build(workspace.root)
    (workspace.root / "build/site/cua-toi.txt").write_text("ghi chú", "utf-8")
    files = sites.build(workspace.root)
    manifest = json.loads((workspace.root / "build/manifest.json").read_text("utf-8"))["files"]
    assert files["cua-toi.txt"].decode() == "ghi chú"
    assert {f"site/{path}" for path in files} - {"site/cua-toi.txt"} == {entry["path"] for entry in manifest}


def test_a_file_of_somebody_in_the_place_of_the_site_stays(workspace: Workspace) -> None:
    sites.build(workspace.root)
    folder = workspace.root / "build/site"
    shutil.rmtree(folder)
    folder.write_text("ghi chú", "utf-8")
    with pytest.raises(WriteError, match="đang là một tệp"):
        build_site(workspace.root, sites.NOW, drafts=True)
    assert folder.read_text("utf-8") == "ghi chú"


def test_a_build_of_all_editions_leaves_the_site_alone(workspace: Workspace) -> None:
    from chungtay_reports import disk, pipeline  # noqa: PLC0415

    before = sites.build(workspace.root)
    with disk.lock(workspace.root):
        disk.write_editions(workspace.root, workspace.root / "build", [], whole=True, keep=[pipeline.SITE])
    assert (workspace.root / "build/site/index.html").read_bytes() == before["index.html"]


def test_without_published_editions_two_ways_out_are_named(workspace: Workspace) -> None:
    with pytest.raises(NothingToShowError) as error:
        build_site(workspace.root, sites.NOW)
    assert "chungtay publish" in str(error.value)
    assert "chungtay site --drafts" in str(error.value)
    assert error.value.exit_code == 1
    assert not (workspace.root / "build").exists()


# --------------------------------------------------------------------------- what the pages show


def test_the_text_of_a_bulletin_is_untouched_by_the_frame_of_the_site(workspace: Workspace) -> None:
    from chungtay_reports import pipeline  # noqa: PLC0415
    from chungtay_reports.formats import FORMATS  # noqa: PLC0415

    page = sites.build(workspace.root)[f"{SLUG}/index.html"].decode()
    library, (edition,), _ = pipeline.works(workspace.root, pipeline.Request(draft=True), sites.NOW.date())
    alone = next(one.data.decode() for one in FORMATS["html"](edition, library.settings) if one.path.endswith("x.html"))
    article = re.compile(r'<p class="thoi-diem">.*</article>', re.DOTALL)
    assert article.findall(page) == article.findall(alone) != []


def test_style_script_and_fonts_are_there_once(files: dict[str, bytes]) -> None:
    shared = [path for path in files if path.endswith((".css", ".js", ".woff2"))]
    assert len(shared) == len({path.rpartition("/")[2] for path in shared})
    assert {path.split("/")[0] for path in shared if not path.endswith("chi-muc.js")} == {"tai-san"}


def test_a_bulletin_page_weighs_less_than_300_kb_without_photos_and_fonts(files: dict[str, bytes]) -> None:
    page = files[f"{SLUG}/index.html"]
    shared = [data for path, data in files.items() if path.endswith((".css", ".js")) and path.startswith("tai-san/")]
    assert len(page) + sum(map(len, shared)) < 300_000


def test_a_unit_page_names_its_partner_its_figures_and_the_bulletin_that_speaks_about_it(
    files: dict[str, bytes],
) -> None:
    page = sites.Outline(files["don-vi/quan-hoang-mai/index.html"])
    assert "Quận Hoàng Mai" in page.text
    assert f"../../{SLUG}/index.html" in page.links


def test_a_metric_page_says_what_is_counted_and_shows_each_unit(files: dict[str, bytes]) -> None:
    page = sites.Outline(files["chi-tieu/truong_ky_ket/index.html"])
    assert "Đếm số trường khác nhau trong các văn bản đã ký" in page.text
    assert "../../don-vi/quan-hoang-mai/index.html" in page.links
    assert "../../du-lieu/truong_ky_ket.csv" in page.links


def test_a_site_of_a_movement_of_which_nothing_is_recorded_yet_is_whole(workspace: Workspace) -> None:
    for folder in ("records", "bulletins"):
        workspace.remove(f"content/{folder}")
    (workspace.root / "content/records").mkdir()
    workspace.write(f"content/bulletins/{SLUG}.md", NOTHING_YET)
    files = sites.build(workspace.root)
    assert sites.broken_links(files) == []
    assert json.loads(files["du-lieu/so-lieu.json"])["du_lieu"] == []
    assert [path for path in files if path.endswith(".html") and EMPTY.search(files[path])] == []


NOTHING_YET = """---
title: Phong trào bắt đầu
sapo: Phong trào vừa được phát động.
issued: "2023-07-31T09:00:00+07:00"
period: {from: 2022-12-01, to: 2023-07-31}
as_of: 2023-07-31
---
Các trường đang chuẩn bị.
"""


def test_a_picture_on_the_front_page_is_described_as_its_author_wrote(workspace: Workspace) -> None:
    media = next((workspace.root / "content/media").glob("*.yaml"))
    text = re.sub(r"alt: .*", "alt: Thầy & trò ngồi quanh bàn", media.read_text("utf-8"))
    media.write_text(text, "utf-8")
    assert 'alt="Thầy &amp; trò ngồi quanh bàn"' in sites.build(workspace.root)["index.html"].decode()


def test_a_unit_is_not_counted_on_its_own_page(files: dict[str, bytes]) -> None:
    """A metric of the registry counts the unit itself, which says nothing about it."""
    page = sites.Outline(files["don-vi/quan-hoang-mai/index.html"]).text
    assert "Quận, huyện, thị xã của Hà Nội" not in page


def span(key: str, reported: int, *, whole: bool = True) -> Span:
    units = tuple(f"u{number}" for number in range(4))
    year = int(key[:4])
    return Span(key, key, Period(date(year, 8, 1), date(year + 1, 7, 31)), whole, Coverage(units, units[reported:]))


@pytest.mark.parametrize(
    ("reported", "chosen"),
    [((4, 4), "2023-2024"), ((4, 0), "2022-2023"), ((3, 2), "2022-2023"), ((0, 0), "2023-2024")],
)
def test_the_city_is_shown_in_the_last_year_that_most_units_have_reported_on(
    workspace: Workspace, reported: tuple[int, int], chosen: str
) -> None:
    years = (span("2022-2023", reported[0]), span("2023-2024", reported[1]), span("2024-2025", 4, whole=False))
    book = Book(date(2024, 12, 10), years, years[-1], {}, ())
    latest = latest_year(Site(workspace.library(), (), book, None, drafts=True))
    assert latest is not None
    assert latest.key == chosen


SUMMED = """- {name: cd_truong, label: Chuyên đề cấp trường, unit: chuyên đề, from: activities, where: {kind: chuyen-de, level: truong}, measure: count}
- {name: cd_huyen, label: Chuyên đề cấp huyện, unit: chuyên đề, from: activities, where: {kind: chuyen-de, level: huyen}, measure: count}
- {name: chuyen_de, label: Chuyên đề các cấp, unit: chuyên đề, measure: {sum_of: [cd_truong, cd_huyen]}}
"""


def test_the_city_is_shown_also_where_bulletins_put_a_sum_of_metrics_first(workspace: Workspace) -> None:
    core = (workspace.root / "content/metrics/core.yaml").read_text("utf-8")
    workspace.write("content/metrics/core.yaml", SUMMED + core[core.index("- name: truong_ky_ket") :])
    assert "Chuyên đề các cấp" in sites.build(workspace.root)["thanh-pho/index.html"].decode()


# --------------------------------------------------------------------------- feeds and addresses


def test_feeds_are_valid_atom(files: dict[str, bytes]) -> None:
    feeds = [path for path in files if path.endswith("feed.xml")]
    assert "feed.xml" in feeds
    assert "don-vi/quan-hoang-mai/feed.xml" in feeds
    for path in feeds:
        parsed = feedparser.parse(files[path])
        assert not parsed.bozo, parsed.get("bozo_exception")
        root = ElementTree.fromstring(files[path])
        for node in (root, *root.findall(f"{ATOM}entry")):  # RFC 4287, 4.1.1 and 4.1.2
            assert all(len(node.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated")), path
            assert node.find(f"{ATOM}id").text.startswith("urn:chungtay:so-gddt-ha-noi:")
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00", node.find(f"{ATOM}updated").text)
        ids = [node.text for node in root.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids))
        assert root.find(f"{ATOM}author/{ATOM}name") is not None
        assert root.find(f"{ATOM}updated").text == max(node.text for node in root.iter(f"{ATOM}updated"))


def test_a_feed_links_to_whole_addresses_when_there_is_a_base_address(files: dict[str, bytes]) -> None:
    links = [link.get("href") for link in ElementTree.fromstring(files["feed.xml"]).iter(f"{ATOM}link")]
    assert f"https://chungtay.example.vn/tin/{SLUG}/" in links
    assert "https://chungtay.example.vn/tin/feed.xml" in links


def test_a_feed_without_a_base_address_links_to_files(tmp_path: Path) -> None:
    made = sites.build(small(tmp_path / "kho"))
    links = [
        link.get("href") for link in ElementTree.fromstring(made["don-vi/quan-hoang-mai/feed.xml"]).iter(f"{ATOM}link")
    ]
    assert f"../../{SLUG}/index.html" in links
    assert "sitemap.xml" not in made
    assert "robots.txt" not in made


def test_a_site_of_drafts_asks_search_engines_to_stay_away(files: dict[str, bytes]) -> None:
    assert b"Disallow: /" in files["robots.txt"]
    assert "sitemap.xml" not in files
    for path, data in files.items():
        assert not path.endswith(".html") or b'content="noindex' in data, path


# --------------------------------------------------------------------------- embargo


HELD_BACK = """---
title: "Tít còn giữ kín về {{ so('chuyen_de') }} chuyên đề"
sapo: Sapo còn giữ kín.
issued: "2023-08-15T09:00:00+07:00"
embargo: "2026-12-01T06:00:00+07:00"
period: {from: 2022-12-01, to: 2023-08-10}
as_of: 2023-08-12
keywords: [từ khóa giữ kín]
---
Lời còn giữ kín: {{ so('chuyen_de') }} chuyên đề.
"""


def test_an_edition_under_embargo_leaks_nowhere(workspace: Workspace) -> None:
    workspace.write("content/bulletins/2023-08-giu-kin.md", HELD_BACK)
    for path, data in sites.build(workspace.root).items():
        assert "giu-kin" not in path
        assert b"giu-kin" not in data, path
        assert "giữ kín" not in data.decode("utf-8", "replace"), path
        assert b"2023-08-12" not in data, path  # nor do the figures run ahead to its day


def test_a_preview_of_nothing_but_held_back_editions_says_so(workspace: Workspace) -> None:
    workspace.remove("content/bulletins")
    workspace.write("content/bulletins/2023-08-giu-kin.md", HELD_BACK)
    with pytest.raises(NothingToShowError, match="Mọi bản nháp còn hẹn giờ"):
        sites.build(workspace.root)


def test_an_edition_is_there_from_the_moment_that_its_embargo_ends(workspace: Workspace) -> None:
    workspace.write("content/bulletins/2023-08-giu-kin.md", HELD_BACK)
    before = sites.build(workspace.root, sites.moment("2026-12-01T05:59:59+07:00"))
    after = sites.build(workspace.root, sites.moment("2026-12-01T06:00:00+07:00"))
    assert "2023-08-giu-kin/index.html" not in before
    assert "2023-08-giu-kin/index.html" in after
    assert "còn giữ kín" in after["feed.xml"].decode()
