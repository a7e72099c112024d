"""Editions become documents in order; a page that was set before is not set again, and a spoilt cache is not trusted."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import editions
import pytest

from chungtay_reports import documents
from chungtay_reports.course import Course
from chungtay_reports.documents import Made, Order
from chungtay_reports.edition import Edition, Text
from chungtay_reports.formats import FORMATS
from chungtay_reports.formats.pdf import print_job
from chungtay_reports.press import pages
from chungtay_reports.press.engine import SYSTEM, engine
from chungtay_reports.press.job import DEPOSIT, Attached, Fetched
from chungtay_reports.shelf import DIGEST, Shelf

SETTINGS = editions.settings(illustration="Dữ liệu minh họa")
FIRST = editions.edition()
SECOND = replace(FIRST, slug="so-hai", headline=(Text("Bản tin thứ nhì"),))


def make(root: Path, *made: Edition, formats: tuple[str, ...] = ("pdf",), cache: bool = True) -> tuple[Made, ...]:
    return documents.make(root, made, SETTINGS, Order(formats, (), 1, cache), Course())


def cached(made: tuple[Made, ...]) -> list[bool]:
    return [note.cached for _, note in made]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which one bulletin has been set once."""
    folder = tmp_path_factory.mktemp("documents")
    assert cached(make(folder, FIRST)) == [False]
    return folder


def test_the_same_page_comes_from_the_cache_with_the_same_bytes(root: Path) -> None:
    again, fresh = make(root, FIRST), make(root, FIRST, cache=False)
    assert (cached(again), cached(fresh)) == ([True], [False])
    assert again[0][0].data == fresh[0][0].data


def test_only_what_changed_is_set_again_and_the_order_stays(root: Path) -> None:
    made = make(root, SECOND, FIRST, formats=("json", "pdf"))
    assert [(document.edition, document.format) for document, _ in made] == [
        ("so-hai", "json"),
        ("so-hai", "pdf"),
        (FIRST.slug, "json"),
        (FIRST.slug, "pdf"),
    ]
    assert [note.cached for document, note in made if document.format == "pdf"] == [False, True]


def test_a_spoilt_entry_of_the_cache_is_made_again(root: Path) -> None:
    (entry, *_) = sorted((root / ".cache" / "pdf").iterdir())
    whole = entry.read_bytes()
    for spoilt in (whole[:-1], whole[:100], b"", whole.replace(b"%PDF", b"%PDX", 1)):
        entry.write_bytes(spoilt)
        assert Shelf(entry.parent).find(entry.name) is None
    entry.write_bytes(whole)
    assert Shelf(entry.parent).find(entry.name) == whole[DIGEST:]


def test_an_entry_under_another_name_is_not_taken_for_that_page(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "pdf")
    shelf.keep("a" * 64, b"%PDF-1.7")
    (tmp_path / "pdf" / ("a" * 64)).rename(tmp_path / "pdf" / ("b" * 64))
    assert shelf.find("b" * 64) is None
    assert shelf.find("a" * 64) is None


def test_a_page_that_anything_else_would_set_or_that_carries_anything_else_has_a_key_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = print_job(FIRST, SETTINGS)
    assert pages._key(print_job(FIRST, SETTINGS)) == pages._key(job)
    keys = {pages._key(job)}
    one, other = Fetched("text/css", b"a{}"), Attached("a.json", "application/json", "Data", "x", b"{}")
    changed = [
        replace(job, name="khac"),
        replace(job, html=f"{job.html} "),
        replace(job, variant=DEPOSIT),
        replace(job, imprint=replace(job.imprint, title="khac")),
        replace(job, destinations={**job.destinations, "a": "b"}),
        replace(job, assets={**job.assets, "a.css": one}),
        replace(job, assets={**job.assets, "b.css": one}),
        replace(job, assets={**job.assets, "a.css": replace(one, data=b"b{}")}),
        replace(job, assets={**job.assets, "a.css": replace(one, media_type="text/html")}),
        replace(job, attachments=(*job.attachments, other)),
        replace(job, attachments=(*job.attachments, replace(other, data=b"[]"))),
        replace(job, attachments=(*job.attachments, replace(other, description="y"))),
    ]
    keys |= {pages._key(each) for each in changed}
    ours = engine()
    for name in ours:
        monkeypatch.setattr(pages, "engine", lambda name=name: {**ours, name: "another"})
        keys.add(pages._key(job))
    assert len(keys) == 1 + len(changed) + len(ours)


def test_the_engine_knows_the_libraries_of_the_system() -> None:
    assert [name for name in SYSTEM if not re.fullmatch(r"\d+\.\d+\.\d+", engine()[name])] == []


def test_the_cache_is_for_its_owner_alone(root: Path) -> None:
    assert (root / ".cache" / "pdf").stat().st_mode & 0o077 == 0


def test_progress_is_told_from_little_to_everything_and_never_backwards(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    order = Order(("html", "pdf", "json"), (), 1, cache=False)
    documents.make(tmp_path, [FIRST, SECOND], SETTINGS, order, Course(lambda *at: steps.append(at)))
    done = [at for at, _ in steps]
    assert done == sorted(done)
    assert len(set(done)) >= 6
    assert steps[-1][0] == steps[-1][1]


def test_every_format_of_the_table_makes_files_below_its_edition(tmp_path: Path) -> None:
    made = make(tmp_path, FIRST, formats=tuple(name for name in FORMATS if name != "pdf"))
    paths = [document.path for document, _ in made]
    assert all(path.startswith(f"{FIRST.slug}/") and ".." not in path for path in paths)
    assert len(paths) == len(set(paths))
    assert all(note.bytes == len(document.data) for document, note in made)


@pytest.mark.parametrize("formats", [("html",), ("html", "json"), ("html", "csv")])
def test_a_page_offers_for_download_only_what_is_made_with_it(tmp_path: Path, formats: tuple[str, ...]) -> None:
    made = {document.path: document.data for document, _ in make(tmp_path, FIRST, formats=formats)}
    page = made[f"{FIRST.slug}/index.html"].decode()
    offered = set(re.findall(r'href="((?:[\w-]+)\.(?:pdf|json|csv))"', page))
    assert offered == {path.rpartition("/")[2] for path in made if path.endswith((".pdf", ".json", ".csv"))}


def test_without_a_pdf_to_set_no_press_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(documents, "Press")
    assert make(tmp_path, FIRST, formats=("json",))
