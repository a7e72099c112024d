"""A change of records that no edition asks for is answered without composing, and exactly then."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builds import COMMAND
from conftest import TODAY, Workspace
from two_bulletins import DATA, FIRST, SECOND, SECOND_TEXT, built_by_steps, with_bulletins

from chungtay_reports import pipeline
from chungtay_reports.errors import ContentError
from chungtay_reports.making import SAME
from chungtay_reports.pipeline import Request
from chungtay_reports.workspace.relations import LIKELY_TWICE

DAY = "2024-03-04"
# of a kind that neither bulletin counts, in a year that the first one does not tell of
UNASKED: dict[str, Any] = {
    "kind": "the-thao",
    "level": None,
    "mode": None,
    "year": "2023-2024",
    "date": DAY,
    "recorded": {"on": DAY, "by": "pgd-hoang-mai"},
}


@pytest.fixture(scope="module")
def once_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = with_bulletins(tmp_path_factory.mktemp("aside") / "workspace").root
    assert built_by_steps(root, DATA)[1] == "built"
    return root


@pytest.fixture
def built(tmp_path: Path, once_built: Path) -> Workspace:
    return Workspace(shutil.copytree(once_built, tmp_path / "workspace"))


def test_a_record_that_no_edition_asks_for_is_written_changed_and_deleted_aside(built: Workspace) -> None:
    path = built.activity(**UNASKED)
    for change in (lambda: built.activity(**UNASKED, title="Một tên khác"), lambda: built.remove(path)):
        answer, step = built_by_steps(built.root, DATA)
        assert step == "aside"
        assert {(note.cached, note.why) for note in answer.notes} == {(True, SAME)}
        change()
    assert built_by_steps(built.root, DATA)[1] == "aside"
    assert built_by_steps(built.root, DATA)[1] == "unchanged"
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_what_was_answered_aside_is_known_to_the_next_build(built: Workspace) -> None:
    built.activity(**UNASKED)
    built_by_steps(built.root, DATA)
    built.activity(**{**UNASKED, "kind": "day-truc-tuyen"})
    assert built_by_steps(built.root, DATA)[1] == "built"
    assert "khác" not in (built.root / "build" / SECOND / "index.html").read_text("utf-8")
    assert pipeline.differences(built.root, DATA, TODAY) == ()
    built.write(f"content/bulletins/{SECOND}.md", SECOND_TEXT.replace("qua mạng", "trên mạng"))
    built.activity(**UNASKED)
    assert built_by_steps(built.root, DATA)[1] == "built"
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_what_is_warned_of_is_what_a_whole_build_warns_of(built: Workspace) -> None:
    built.activity(**UNASKED)
    built.activity(**{**UNASKED, "id": "HD-2023-9002"})  # looks like the first
    (answer, step), composed = built_by_steps(built.root, DATA), pipeline.works(built.root, DATA, TODAY)
    assert step == "aside"
    assert answer.warnings == composed[2]
    assert {problem.code for problem in answer.warnings} == {LIKELY_TWICE.code}


def _another_text(built: Workspace) -> None:
    built.write(f"content/bulletins/{SECOND}.md", SECOND_TEXT.replace("qua mạng", "trên mạng"))


def _a_spoilt_page(built: Workspace) -> None:
    page = built.root / "build" / FIRST / "index.html"
    page.write_bytes(page.read_bytes() + b" ")


def _another_build(built: Workspace) -> None:
    pipeline.build(built.root, DATA, TODAY)


def _a_spoilt_memory(built: Workspace) -> None:
    memory = built.root / ".cache" / "memory.json"
    memory.write_bytes(memory.read_bytes().replace(b'"the-thao"', b'"tham-quan"').replace(b"2024", b"2025", 1))


@pytest.mark.parametrize("harm", [_another_text, _a_spoilt_page, _another_build, _a_spoilt_memory])
def test_nothing_is_answered_aside_when_anything_else_is_not_what_it_was(
    built: Workspace, harm: Callable[[Workspace], None]
) -> None:
    built.activity(**UNASKED)
    harm(built)
    assert built_by_steps(built.root, DATA)[1] == "built"
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_a_build_of_one_edition_says_nothing_about_the_other(built: Workspace) -> None:
    only = Request(editions=(SECOND,), formats=DATA.formats)
    assert built_by_steps(built.root, only)[1] == "built"
    built.activity()  # which the first bulletin counts
    assert built_by_steps(built.root, only)[1] == "aside"
    assert built_by_steps(built.root, DATA)[1] == "built"
    assert pipeline.differences(built.root, DATA, TODAY) == ()


def test_a_mistake_in_a_record_is_refused_as_ever(built: Workspace) -> None:
    built.activity(**UNASKED, partners=["truong-khong-co"])
    before = (built.root / "build" / "manifest.json").read_bytes()
    with pytest.raises(ContentError):
        built_by_steps(built.root, DATA)
    assert (built.root / "build" / "manifest.json").read_bytes() == before


def test_the_command_imports_nothing_that_composes(built: Workspace) -> None:
    asked = ("build", "--to", "html,json")
    subprocess.run((*COMMAND, *asked), cwd=built.root, check=True, capture_output=True)
    built.activity(**UNASKED)
    told = (
        "import sys; sys.argv[1:] = sys.argv[1].split()\nfrom chungtay_reports.__main__ import main\ntry:\n    main()\n"
    )
    told += "except SystemExit:\n    pass\nprint(*sys.modules)"
    run = subprocess.run(
        (sys.executable, "-c", told, " ".join(asked)), cwd=built.root, check=True, capture_output=True, text=True
    )
    assert "không đổi" in run.stderr
    assert not {"pandas", "pyarrow", "numpy", "jinja2", "chungtay_reports.compose"} & set(run.stdout.split())
    notes = json.loads((built.root / "build" / "manifest.json").read_text("utf-8"))["files"]
    assert {note["why"] for note in notes} == {SAME}
