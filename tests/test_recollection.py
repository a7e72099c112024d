"""A change is told as what was and what is, at its line; nothing is told that is not known."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from conftest import TODAY, VALID, Workspace

from chungtay_reports import pipeline, recollection
from chungtay_reports.making import GONE
from chungtay_reports.pipeline import Request
from chungtay_reports.recollection import Inputs

DATA = Request(formats=("html", "json"), final=True)
SLUG = "2023-07-tong-ket"
RECORDS = "content/records/2022-2023/quan-hoang-mai/activities.yaml"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("told") / "workspace"
    shutil.copytree(VALID, root)
    Workspace(root).write("templates/bulletin/style.css", "body { color: red; }\n")
    pipeline.build(root, DATA, TODAY)
    return root


@pytest.fixture
def built(first: Path, tmp_path: Path) -> Workspace:
    return Workspace(shutil.copytree(first, tmp_path / "workspace"))


def told(workspace: Workspace, request: Request = DATA) -> str:
    return "; ".join(pipeline.explain(workspace.root, request, TODAY)[SLUG])


def edit(workspace: Workspace, path: str, old: str, new: str) -> None:
    text = (workspace.root / path).read_text("utf-8")
    assert old in text
    workspace.write(path, text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("chungtay.yaml", "short: Sở GD&ĐT Hà Nội", "short: Sở", "cài đặt đổi: chungtay.yaml:3 “short: Sở GD&ĐT Hà Nội” → “short: Sở”"),
        ("content/metrics/core.yaml", "label: Chuyên đề đã tổ chức", "label: Chuyên đề", "“label: Chuyên đề đã tổ chức” → “label: Chuyên đề”"),
        ("templates/bulletin/style.css", "red", "blue", "mẫu trình bày đổi: templates/bulletin/style.css:1 “body { color: red; }” → “body { color: blue; }”"),
        (f"content/bulletins/{SLUG}.md", "đã được thực hiện.", "đã làm.", "bài viết đổi: content/bulletins/"),
        ("content/units/ha-noi.yaml", "cơ sở Hòa Xá", "cơ sở Hòa Xá mới", "danh mục đơn vị đổi: content/units/ha-noi.yaml:"),
        (RECORDS, "teachers: 45", "teachers: 46", f"bản ghi HD-2023-0412 đổi: counts.teachers 45 → 46 ({RECORDS}:1)"),
        (RECORDS, "- id: HD-2023-0412", "\n- id: HD-2023-0412", f"bản ghi HD-2023-0412 đổi chỗ ({RECORDS}:1 → {RECORDS}:2)"),
    ],
)  # fmt: skip
def test_an_edit_is_told_with_its_line_as_it_was_and_as_it_is(
    built: Workspace, path: str, old: str, new: str, said: str
) -> None:
    edit(built, path, old, new)
    assert said in told(built)


def test_what_comes_and_what_goes_is_named(built: Workspace) -> None:
    built.activity()
    assert told(built).startswith("thêm bản ghi HD-2023-9001 (content/records/2022-2023/quan-hoang-mai/")
    built.remove("templates")
    assert "mẫu trình bày đổi: bỏ templates/bulletin/style.css" in told(built)


def test_a_picture_is_told_by_its_size(built: Workspace) -> None:
    path = "content/media/sinh-hoat-chuyen-de.png"
    old = (built.root / path).read_bytes()
    built.write(path, old + b"\0")
    assert f"ảnh đổi: {path} ({len(old)} → {len(old) + 1} byte)" in told(built)


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (Request(formats=("html",), final=True), "tùy chọn đổi: định dạng html, json → html"),
        (Request(formats=("html", "json"), draft=True), "tùy chọn đổi: --draft không → có, --final có → không"),
        (Request(formats=("html", "json"), final=True, as_of=TODAY), "tùy chọn đổi: --as-of không → 2026-11-22"),
    ],
)
def test_another_wish_is_told_by_its_option(built: Workspace, request_: Request, said: str) -> None:
    assert told(built, request_) == said


def test_a_file_of_build_that_was_spoilt_is_named(built: Workspace) -> None:
    (built.root / "build" / SLUG / "index.html").unlink()
    assert told(built) == f"{GONE}: {SLUG}/index.html"


def test_another_version_of_program_or_library_is_told_by_number() -> None:
    old = {"Chung tay": "0.1.0", "weasyprint": "69.0", "source": "a", "fonts": "a"}
    new = {"Chung tay": "0.1.0", "weasyprint": "70.0", "source": "b", "fonts": "a"}
    known = Inputs(values={"x": old, "y": new})
    assert known.change("x", "y", known) == "weasyprint 69.0 → 70.0, mã nguồn của chương trình khác trước"


@pytest.mark.parametrize("harm", [b"", b"{}", b"x" * 100])
def test_without_what_was_kept_the_same_is_made_and_less_is_told(built: Workspace, harm: bytes) -> None:
    (built.root / ".cache" / recollection.KEY).write_bytes(harm)
    edit(built, "chungtay.yaml", "short: Sở GD&ĐT Hà Nội", "short: Sở")
    assert told(built) == "cài đặt đổi"
    pipeline.build(built.root, DATA, TODAY)
    edit(built, "chungtay.yaml", "short: Sở", "short: Sở Hà Nội")
    assert "“short: Sở” → “short: Sở Hà Nội”" in told(built)


def test_only_what_some_edition_was_made_of_is_kept(built: Workspace) -> None:
    for number in range(3):
        built.write("templates/bulletin/style.css", f"body {{ margin: {number}px; }}\n")
        pipeline.build(built.root, DATA, TODAY)
    kept = recollection.recall(built.root)
    assert [text for text in kept.texts.values() if text.startswith("body")] == ["body { margin: 2px; }\n"]
    assert all(hashlib.sha256(text.encode()).hexdigest() == digest for digest, text in kept.texts.items())
