"""The same workspace gives the same bytes: in another folder, locale, time zone, hash seed, process count, and later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builds import REPO, SAMPLE, build_workspace, chungtay, copy_workspace, once

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "published", build_workspace)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace in a folder with spaces and Vietnamese letters, built by a machine that has little in common."""
    folder = copy_workspace(tmp_path_factory.mktemp("nơi khác") / "Bản tin của Sở")
    strange = {
        "LC_ALL": "C",
        "LANG": "C",
        "TZ": "America/St_Johns",
        "PYTHONHASHSEED": "4242",
        "PYTHONUTF8": "0",
        "HOME": str(folder.parent),
        "COLUMNS": "40",
        "SOURCE_DATE_EPOCH": "2000000000",
    }
    result = chungtay("-q", "build", *SAMPLE, "--final", "--jobs", "1", cwd=folder, **strange)
    assert result.returncode == 0, result.stderr
    return folder


def contents(root: Path) -> dict[str, bytes]:
    build = root / "build"
    files = sorted(path for path in build.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(build).as_posix(): path.read_bytes() for path in files}


def manifest(root: Path) -> list[dict[str, object]]:
    files = json.loads((root / "build" / "manifest.json").read_text("utf-8"))["files"]
    return [
        {name: value for name, value in entry.items() if name not in {"seconds", "cached", "why"}} for entry in files
    ]


def assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert list(one) == list(other)
    assert [path for path in one if one[path] != other[path]] == []


def test_another_folder_locale_zone_seed_time_and_one_process_give_the_same_bytes(first: Path, elsewhere: Path) -> None:
    assert_same(contents(first), contents(elsewhere))
    assert manifest(first) == manifest(elsewhere)


def test_a_build_from_the_cache_gives_the_same_bytes(elsewhere: Path) -> None:
    before = contents(elsewhere)
    result = chungtay("-q", "build", *SAMPLE, "--final", cwd=elsewhere)
    assert result.returncode == 0, result.stderr
    entries = json.loads((elsewhere / "build" / "manifest.json").read_text("utf-8"))["files"]
    assert all(entry["cached"] for entry in entries if entry["format"] == "pdf")
    assert_same(before, contents(elsewhere))


def test_no_document_names_the_machine(first: Path) -> None:
    private = [str(first).encode(), str(REPO).encode(), str(Path.home()).encode() + b"/"]
    named = [path for path, data in contents(first).items() if any(word in data for word in private)]
    assert named == []
