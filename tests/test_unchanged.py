"""A build that has nothing to do says so from what it kept, and only while that is still true."""

from __future__ import annotations

import os

import pytest
from conftest import TODAY, Workspace
from two_bulletins import DATA, FIRST

from chungtay_reports import pipeline, unchanged
from chungtay_reports.making import SAME


def test_the_second_look_finds_the_answer_and_the_first_change_loses_it(workspace: Workspace) -> None:
    first = unchanged.look(workspace.root, {"editions": ()}, TODAY)
    assert first.answer is None
    outcome = pipeline.build(workspace.root, DATA, TODAY)
    first.keep(outcome.made, outcome.warnings)
    again = unchanged.look(workspace.root, {"editions": ()}, TODAY)
    assert again.answer is not None
    assert [note.path for note in again.answer.notes] == [note.path for note in outcome.made]
    assert {(note.cached, note.why) for note in again.answer.notes} == {(True, SAME)}
    assert unchanged.look(workspace.root, {"editions": ("x",)}, TODAY).answer is None
    assert unchanged.look(workspace.root, {"editions": ()}, TODAY.replace(day=1)).answer is None


def test_an_answer_that_was_spoilt_is_not_given(workspace: Workspace) -> None:
    look = unchanged.look(workspace.root, {}, TODAY)
    look.keep((), ())
    assert unchanged.look(workspace.root, {}, TODAY).answer is None  # there is no manifest
    outcome = pipeline.build(workspace.root, DATA, TODAY)
    look.keep(outcome.made, ())
    path = workspace.root / ".cache" / "last-build.json"
    assert unchanged.look(workspace.root, {}, TODAY).answer is not None
    for spoilt in (path.read_bytes().replace(b"html", b"hxml"), b"{}", b""):
        path.write_bytes(spoilt)
        assert unchanged.look(workspace.root, {}, TODAY).answer is None


@pytest.mark.parametrize("path", ["content/people.yaml", f"build/{FIRST}/index.html", "build/manifest.json"])
def test_a_file_of_the_same_size_and_times_but_other_content_is_noticed(workspace: Workspace, path: str) -> None:
    look = unchanged.look(workspace.root, {}, TODAY)
    look.keep(pipeline.build(workspace.root, DATA, TODAY).made, ())
    file = workspace.root / path
    status, data = file.stat(), file.read_bytes()
    with file.open("r+b") as stream:  # the same node
        stream.write(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert unchanged.look(workspace.root, {}, TODAY).answer is None
