"""Whatever can change an edition is looked at: nothing that nobody looks at is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import TODAY, Workspace
from two_bulletins import DATA

from chungtay_reports import pipeline, resources, unchanged
from chungtay_reports.errors import ContentError

STYLE = "templates/bulletin/style.css"
LEDGER = "templates/bulletin/ledger.html.j2"


def packaged(path: str) -> str:
    return (resources.template_folder().parent / path).read_text("utf-8")


def problems(root: Path) -> list[tuple[str, str]]:
    with pytest.raises(ContentError) as refused:
        pipeline.build(root, DATA, TODAY)
    return [(problem.place.file, problem.code) for problem in refused.value.problems]


@pytest.mark.parametrize("target", ["khac.css", "../../mau.css", "nowhere"])
def test_a_template_that_is_a_link_is_refused(workspace: Workspace, target: str) -> None:
    workspace.write("templates/bulletin/khac.css", packaged(STYLE))
    workspace.write("mau.css", packaged(STYLE))
    (workspace.root / STYLE).symlink_to(target)
    assert problems(workspace.root) == [(STYLE, "W107")]


def test_a_folder_of_templates_that_is_a_link_is_refused(workspace: Workspace) -> None:
    workspace.write("mau/style.css", packaged(STYLE))
    (workspace.root / "templates").mkdir()
    (workspace.root / "templates/bulletin").symlink_to("../mau")
    assert problems(workspace.root) == [("templates/bulletin", "W107")]


def test_templates_that_are_a_link_themselves_are_refused(workspace: Workspace) -> None:
    workspace.write("mau/bulletin/style.css", packaged(STYLE))
    (workspace.root / "templates").symlink_to("mau")
    assert problems(workspace.root) == [("templates", "W107")]


@pytest.mark.parametrize("hidden", ["bulletin/.phan.html", "bulletin/__pycache__/phan.html", ".an/phan.html"])
def test_a_template_that_is_hidden_is_no_template(workspace: Workspace, hidden: str) -> None:
    workspace.write(LEDGER, packaged(LEDGER) + f'{{% include "{hidden}" %}}')
    workspace.write(f"templates/{hidden}", "<p>")
    assert problems(workspace.root) == [(LEDGER, "W171")]


@pytest.mark.parametrize("folder", [".an", "__pycache__"])
@pytest.mark.parametrize("where", ["metrics", "units", "quotes", "media", "records/2022-2023/quan-hoang-mai"])
def test_a_hidden_folder_of_the_content_is_not_read(workspace: Workspace, where: str, folder: str) -> None:
    before = unchanged.look(workspace.root, {}, TODAY).state
    workspace.write(f"content/{where}/{folder}/x.yaml", "- id: [what is this?")
    assert workspace.codes() == []
    assert unchanged.look(workspace.root, {}, TODAY).state == before


def test_the_clock_of_the_file_system_is_read_through_no_link(workspace: Workspace) -> None:
    victim = workspace.root / "chungtay.yaml"
    before = victim.read_bytes()
    (workspace.root / ".cache").mkdir()
    (workspace.root / ".cache/clock").symlink_to(victim)
    unchanged.look(workspace.root, {}, TODAY)
    assert victim.read_bytes() == before
