"""The site of what the archive has published: its very bytes, its corrections in the open, nothing before its time."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import feedparser
import pytest
import sites
from conftest import Workspace
from defusedxml import ElementTree

from chungtay_reports.archive.proof.index import read_index
from chungtay_reports.archive.publication import Change, State
from chungtay_reports.site import NothingToShowError, build_site

SLUG = "2023-07-tong-ket"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CHANGE = Change("Chuyên đề", "3", "2", "tít, đoạn 1")


def published(workspace: Workspace, **changes: object) -> dict[str, bytes]:
    sites.publish(workspace.root, SLUG, **changes)  # type: ignore[arg-type]
    return sites.build(workspace.root, drafts=False)


def corrected(workspace: Workspace) -> dict[str, bytes]:
    sites.publish(workspace.root, SLUG, "2026-11-18T09:00:00+07:00")
    return published(
        workspace,
        when="2026-11-21T10:00:00+07:00",
        state=State.CORRECTED,
        reason="Hoàng Mai báo lại.",
        changes=(CHANGE,),
    )


def withdrawn(workspace: Workspace) -> dict[str, bytes]:
    other = (
        (workspace.root / f"content/bulletins/{SLUG}.md")
        .read_text("utf-8")
        .replace("chuyên đề chung", "chuyên đề khác")
    )
    workspace.write("content/bulletins/2023-08-con-lai.md", other)
    sites.publish(workspace.root, "2023-08-con-lai")
    sites.publish(workspace.root, SLUG, "2026-11-18T09:00:00+07:00")
    return published(workspace, when="2026-11-21T10:00:00+07:00", state=State.WITHDRAWN, reason="Công bố nhầm.")


def with_address(workspace: Workspace) -> None:
    text = (workspace.root / "chungtay.yaml").read_text("utf-8")
    workspace.write(
        "chungtay.yaml", text.replace("publishing:\n", "publishing:\n  base_url: https://chungtay.example.vn\n")
    )


def entries(files: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(entry.id.rpartition(":")[2], entry.title) for entry in feedparser.parse(files["feed.xml"]).entries]


def test_documents_are_byte_for_byte_those_of_the_archive(workspace: Workspace) -> None:
    sent = sites.publish(workspace.root, SLUG)
    files = sites.build(workspace.root, drafts=False)
    kept = [name for name in sent if name.endswith((".pdf", ".json", ".csv", ".png"))]
    assert f"{SLUG}.pdf" in kept
    assert [name for name in kept if files[f"{SLUG}/{name}"] != sent[name]] == []


def test_every_link_of_a_published_site_leads_somewhere(workspace: Workspace) -> None:
    assert sites.broken_links(corrected(workspace)) == []


def test_what_the_workspace_says_since_does_not_change_what_was_published(workspace: Workspace) -> None:
    before = published(workspace)
    path = workspace.root / f"content/bulletins/{SLUG}.md"
    path.write_text(path.read_text("utf-8").replace("chuyên đề đã được thực hiện", "chuyên đề đã xong"), "utf-8")
    assert sites.build(workspace.root, drafts=False)[f"{SLUG}/index.html"] == before[f"{SLUG}/index.html"]


def test_a_published_site_is_no_draft(workspace: Workspace) -> None:
    for path, data in published(workspace).items():
        assert not path.endswith(".html") or "Bản nháp" not in data.decode(), path


def test_sitemap_and_robots_name_every_page_by_its_whole_address(workspace: Workspace) -> None:
    with_address(workspace)
    files = published(workspace)
    root: Element = ElementTree.fromstring(files["sitemap.xml"])
    listed = {node.text for node in root.iter(f"{SITEMAP}loc")}
    assert "https://chungtay.example.vn/" in listed
    assert f"https://chungtay.example.vn/{SLUG}/" in listed
    assert all(node.text.endswith("+07:00") for node in root.iter(f"{SITEMAP}lastmod") if node.text)
    assert b"Sitemap: https://chungtay.example.vn/sitemap.xml" in files["robots.txt"]
    assert b"Disallow: /" not in files["robots.txt"]
    assert b'<link rel="canonical" href="https://chungtay.example.vn/dinh-chinh/">' in files["dinh-chinh/index.html"]


def test_pages_that_ask_to_be_left_out_are_not_in_the_sitemap(workspace: Workspace) -> None:
    with_address(workspace)
    files = withdrawn(workspace)
    assert b"so-lieu.html" not in files["sitemap.xml"]
    assert b"404" not in files["sitemap.xml"]
    assert f"/{SLUG}/<".encode() not in files["sitemap.xml"]


def test_a_correction_stands_in_the_log_in_the_lists_and_in_the_feed(workspace: Workspace) -> None:
    files = corrected(workspace)
    log = sites.Outline(files["dinh-chinh/index.html"]).text
    assert "Hoàng Mai báo lại." in log
    assert "Chuyên đề 3 2 tít, đoạn 1" in log
    assert "21/11/2026" in log
    assert "Đã đính chính" in sites.Outline(files["ban-tin/index.html"]).text
    (second, title), (first, _) = entries(files)
    assert (second, first) == ("v2", "v1")
    assert title.startswith("Đính chính: ")
    assert feedparser.parse(files["feed.xml"]).feed.updated == "2026-11-21T10:00:00+07:00"


def test_what_was_printed_before_a_correction_stays_and_leads_to_what_is_right(workspace: Workspace) -> None:
    sites.publish(workspace.root, SLUG, "2026-11-18T09:00:00+07:00")
    path = workspace.root / f"content/bulletins/{SLUG}.md"
    path.write_text(path.read_text("utf-8").replace("chuyên đề đã được thực hiện", "chuyên đề đã xong"), "utf-8")
    with_address(workspace)
    files = published(workspace, when="2026-11-21T10:00:00+07:00", state=State.CORRECTED, reason="Lời chưa đúng.")
    old = f"{SLUG}/ban-cu/v1/index.html"
    page = sites.Outline(files[old])
    assert "chuyên đề đã được thực hiện" in page.text
    assert "Bản cũ. Đây là bản công bố ngày 18/11/2026, đã được thay." in page.text
    assert f"../../../{SLUG}/index.html" in page.links
    assert f"../{old}" in sites.Outline(files["dinh-chinh/index.html"]).links
    assert "ban-cu" not in files["sitemap.xml"].decode()
    assert "ban-cu" not in files["tim-kiem/chi-muc.js"].decode()
    assert sites.broken_links(files) == []


def test_the_register_lists_every_version_with_its_code(workspace: Workspace) -> None:
    files = corrected(workspace)
    listed = read_index(files["kiem-chung/chung-thuc.json"].decode())
    assert [(one.key, one.version, one.state) for one in listed] == [
        (SLUG, "v1", "published"),
        (SLUG, "v2", "corrected"),
    ]
    page = sites.Outline(files["kiem-chung/index.html"])
    assert page.text.count(listed[0].short) == 2
    assert "chung-thuc.json" in page.links


def test_the_register_of_drafts_is_none(workspace: Workspace) -> None:
    files = sites.build(workspace.root)
    assert "kiem-chung/chung-thuc.json" not in files
    assert "chung-thuc.json" not in files["kiem-chung/index.html"].decode()


def test_a_withdrawn_edition_leaves_its_place_its_reason_and_nothing_else(workspace: Workspace) -> None:
    files = withdrawn(workspace)
    page = sites.Outline(files[f"{SLUG}/index.html"]).text
    assert "Đã thu hồi ngày 21/11/2026" in page
    assert "Công bố nhầm." in page
    assert [path for path in files if path.startswith(f"{SLUG}/")] == [f"{SLUG}/index.html"]
    assert SLUG not in files["tim-kiem/chi-muc.js"].decode()
    assert f"{SLUG}/index.html" not in sites.Outline(files["index.html"]).links
    assert entries(files)[0][1].startswith("Thu hồi: ")
    assert sites.broken_links(files) == []


def test_the_archive_does_not_show_what_is_under_embargo(workspace: Workspace) -> None:
    sites.publish(workspace.root, SLUG, embargo=sites.moment("2026-12-01T06:00:00+07:00"))
    with pytest.raises(NothingToShowError):
        build_site(workspace.root, sites.NOW)
    build_site(workspace.root, sites.moment("2026-12-01T06:00:00+07:00"))
    assert (workspace.root / f"build/site/{SLUG}/index.html").is_file()


def test_an_older_look_is_kept_beside_the_present_one(workspace: Workspace) -> None:
    files = published(workspace)
    (look,) = {path.rpartition("/")[0] for path in files if path.endswith("/style.css")}
    workspace.write("templates/bulletin/style.css", files[f"{look}/style.css"] + b"\n/* moi */\n")
    after = sites.build(workspace.root, drafts=False)
    assert len([path for path in after if path.endswith("/style.css")]) == 2
    old = next(path for path in after if path.endswith("/style.css") and b"moi" not in after[path])
    assert f'href="../{old}"' in after[f"{SLUG}/index.html"].decode()
    assert sites.broken_links(after) == []
