"""A registry that was kept is the one that the files give, or it is not taken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from builds import REPO
from conftest import TODAY, Workspace

from chungtay_reports.model import FormerName
from chungtay_reports.source.files import read_yaml
from chungtay_reports.units.kept import keep_registry, kept_registry
from chungtay_reports.units.reader import read_registry
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.ground import Laid, keep, lay
from chungtay_reports.workspace.stock import Stock

KEPT = ".cache/units.json"


def laid_and_kept(root: Path, key: str) -> Laid:
    """Read a workspace and keep what was read, as a build does."""
    found = lay(root, TODAY, Stock(key), {})
    assert isinstance(found, Laid)
    keep(root, key, Stock(key), found)
    return found


def test_every_unit_of_the_sample_comes_back_as_it_was(tmp_path: Path) -> None:
    files = sorted(path.relative_to(REPO).as_posix() for path in (REPO / "content/units").rglob("*.yaml"))
    documents = tuple(parsed for parsed, _ in (read_yaml(REPO, file) for file in files) if parsed)
    read, problems = read_registry(documents)
    assert not problems
    renamed = replace(read.units["quan-cau-giay"], former=(FormerName(TODAY, "Quận Tây", "Tây"),), aliases=("Giấy",))
    registry = Registry(read.tiers, {**read.units, renamed.id: renamed})
    assert any(unit.moves for unit in registry.units.values())
    keep_registry(tmp_path, "now", registry)
    kept = kept_registry(tmp_path, "now")
    assert kept == registry
    assert kept
    assert list(kept.units.items()) == list(registry.units.items())
    assert kept_registry(tmp_path, "later") is None


@pytest.mark.parametrize("harm", [b"quan-hoang-mai", b'"state"'])
def test_a_registry_that_was_spoilt_is_read_again(workspace: Workspace, harm: bytes) -> None:
    registry = laid_and_kept(workspace.root, "k").ground.registry
    path = workspace.root / KEPT
    path.write_bytes(path.read_bytes().replace(harm, harm.upper()))
    assert laid_and_kept(workspace.root, "k").ground.registry == registry


def test_a_changed_file_or_another_program_has_a_registry_of_its_own(workspace: Workspace) -> None:
    path = "content/units/ha-noi.yaml"
    laid_and_kept(workspace.root, "k")
    text = (workspace.root / path).read_text("utf-8")
    workspace.write(path, text.replace("Hoàng Mai", "Hoàng Văn"))
    assert laid_and_kept(workspace.root, "k").ground.registry.units["quan-hoang-mai"].name == "Quận Hoàng Văn"
    before = (workspace.root / KEPT).read_bytes()
    laid_and_kept(workspace.root, "another")
    assert (workspace.root / KEPT).read_bytes() != before


def test_a_registry_with_a_problem_is_not_kept_and_neither_is_one_of_no_program(workspace: Workspace) -> None:
    laid_and_kept(workspace.root, "")
    workspace.write("content/units/them.yaml", "units: [{id: quan-x, tier: quan, name: Quận X, parent: khong-co}]\n")
    assert {problem.code for problem in laid_and_kept(workspace.root, "k").problems} == {"U103"}
    assert {problem.code for problem in laid_and_kept(workspace.root, "k").problems} == {"U103"}
    assert not (workspace.root / KEPT).exists()


def test_what_a_kept_registry_is_asked_is_answered_alike(workspace: Workspace) -> None:
    first, again = (laid_and_kept(workspace.root, "k").ground.registry for _ in range(2))
    assert type(again.units) is not type(first.units)

    def answers(registry: Registry) -> list[object]:
        return [(registry.name(id_, TODAY), registry.top(id_), registry.order(id_)) for id_ in registry.units]

    assert answers(first) == answers(again)
