"""The pictures of docs/ show what one sees today: none is older than the files that it shows, none is loose."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))
from picture_sources import INPUTS, PICTURES, ROOT, changed, record, recorded, sources

LISTED = sorted(name for pictures in INPUTS.values() for name in pictures)


@pytest.mark.parametrize("name", LISTED)
def test_a_picture_is_as_new_as_what_it_shows(name: str) -> None:
    newer = changed(recorded().get(name), sources()[name])
    assert not newer, f"docs/images/{name} is older than {', '.join(newer)}: run make pictures"


def test_every_picture_is_drawn_by_a_script_and_every_drawing_is_kept() -> None:
    drawn = {PICTURES / name for name in LISTED}
    images = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"}
    there = {path for path in (ROOT / "docs").rglob("*") if path.suffix.lower() in images}
    assert {path.name for path in there ^ drawn} == set(), "list it in scripts/picture_sources.py and run make pictures"
    assert sorted(recorded()) == LISTED, "run make pictures"


@pytest.mark.parametrize("name", LISTED)
def test_a_picture_is_shown_with_words_for_those_who_do_not_see_it(name: str) -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    shown = [line for page in pages for line in page.read_text("utf-8").splitlines() if f"images/{name})" in line]
    assert shown, f"docs/images/{name}: no page shows it; show it, or take it out and run make pictures"
    assert all("![](" not in line for line in shown), name


def test_a_change_of_one_file_makes_just_the_pictures_that_show_it_old(tmp_path: Path) -> None:
    inputs = {"page": {"a.png": ("a.css",), "both.png": ("*.css",)}}
    file = tmp_path / "nguon.json"

    def old() -> dict[str, tuple[str, ...]]:
        return {name: changed(recorded(file).get(name), now) for name, now in sources(tmp_path, inputs).items()}

    for name in ("a.css", "b.css"):
        (tmp_path / name).write_text(name, "utf-8")
    assert old() == {"a.png": ("a.css",), "both.png": ("a.css", "b.css")}
    record(sources(tmp_path, inputs), file, inputs)
    assert old() == {"a.png": (), "both.png": ()}
    (tmp_path / "b.css").write_text("changed", "utf-8")
    assert old() == {"a.png": (), "both.png": ("b.css",)}
    (tmp_path / "b.css").unlink()
    assert old() == {"a.png": (), "both.png": ("b.css",)}


def test_the_record_forgets_a_picture_that_nothing_draws(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a", "utf-8")
    file, inputs = tmp_path / "nguon.json", {"page": {"a.png": ("a.css",)}}
    record({**sources(tmp_path, inputs), "gone.png": {"b.css": "0"}}, file, inputs)
    assert list(recorded(file)) == ["a.png"]


def test_a_source_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"templates/gone\.css"):
        sources(tmp_path, {"page": {"a.png": ("templates/gone.css",)}})
