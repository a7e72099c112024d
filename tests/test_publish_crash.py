"""`publish` and `correct` are killed at random points: the archive is valid whenever that is, and the next run is whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Workspace
from presses import LATER, NOON, ONE, SLUG, approve, edit, publish, remove_a_record, set_up

from chungtay_reports import life
from chungtay_reports.archive.ocfl import validate
from chungtay_reports.archive.publication import Publication, State, publications

# What the interpreter announces of a program that reads and writes files; each is a point at which it may be killed.
TOUCHES = frozenset({"open", "os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "os.truncate", "os.chmod"})
POINTS, POINTS_OF_CORRECT = 100, 20
SEED = 20261125


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    set_up(workspace, "json")
    workspace.remove("content/media")
    edit(workspace, f"content/bulletins/{SLUG}.md", "photos: [sinh-hoat-chuyen-de]\n", "")
    approve(workspace)
    return workspace


def run(work: Callable[[], object], last: int = sys.maxsize) -> int:
    """Do `work` in a process of its own that is killed when it touches files for the `last` time; count its touches."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _die_at(last, writing, work)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        counted = pipe.read()
    _, status = os.waitpid(child, 0)
    if last == sys.maxsize:
        assert os.WIFEXITED(status)
        assert os.WEXITSTATUS(status) == 0
        return int(counted)
    # a second run may touch a file or two less than the one that was counted, and then ends just before its last points
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return last if os.WIFSIGNALED(status) else 0


def _die_at(last: int, writing: int, work: Callable[[], object]) -> None:
    count = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:  # noqa: ARG001
        nonlocal count
        if event in TOUCHES:
            count += 1
            if count == last:
                os.kill(os.getpid(), signal.SIGKILL)

    code = 1
    try:
        sys.addaudithook(watch)
        work()
        os.write(writing, str(count).encode())
        code = 0
    finally:
        os._exit(code)


def newest(root: Path) -> Publication:
    (publication,) = publications(root / "archive")
    return publication


def wrong(root: Path) -> list[str]:
    """What is wrong with the archive, in words; nothing while there is none yet. A list of sums may lag behind."""
    archive = root / "archive"
    findings = validate(archive).findings if archive.exists() else ()
    return [str(finding) for finding in findings if not finding.warning]


def clean(root: Path) -> None:
    shutil.rmtree(root / "archive", ignore_errors=True)
    shutil.rmtree(root / ".archive.staging", ignore_errors=True)


def test_publish_killed_at_a_hundred_points_leaves_a_valid_archive_and_the_next_is_whole(desk: Workspace) -> None:
    total = run(lambda: publish(desk))
    whole = newest(desk.root)
    clean(desk.root)
    killed = 0
    for last in random.Random(SEED).choices(range(1, total + 1), k=POINTS):  # noqa: S311 - a test's points, not a secret
        killed += bool(run(lambda: publish(desk), last))
        assert wrong(desk.root) == [], f"killed at {last} of {total}"
        publish(desk)
        assert list(validate(desk.root / "archive").findings) == [], f"after a kill at {last} of {total}"
        assert newest(desk.root) == whole
        clean(desk.root)
    assert killed >= POINTS - 5


def test_correct_killed_at_twenty_points_leaves_one_version_or_two_and_the_next_is_whole(
    desk: Workspace, tmp_path: Path
) -> None:
    publish(desk)
    remove_a_record(desk)
    approve(desk, LATER.date(), LATER.date())
    kept = tmp_path / "kept"
    shutil.copytree(desk.root, kept)

    def correct() -> object:
        return life.correct(desk.root, ONE, "Báo lại", LATER)

    total = run(correct)
    sheet = (desk.root / "content" / "notices" / f"{SLUG}.yaml").read_bytes()
    for last in random.Random(SEED).choices(range(1, total + 1), k=POINTS_OF_CORRECT):  # noqa: S311
        shutil.rmtree(desk.root)
        shutil.copytree(kept, desk.root)
        run(correct, last)
        assert wrong(desk.root) == [], f"killed at {last} of {total}"
        if newest(desk.root).state is State.CORRECTED:
            publish(desk, LATER)  # gives the workspace the notice that the archive has
        else:
            correct()
        assert (newest(desk.root).version, newest(desk.root).state) == ("v2", State.CORRECTED)
        assert (desk.root / "content" / "notices" / f"{SLUG}.yaml").read_bytes() == sheet
        assert wrong(desk.root) == []


def test_the_moment_is_the_one_thing_that_a_second_attempt_may_change(desk: Workspace) -> None:
    publish(desk)
    first = newest(desk.root)
    clean(desk.root)
    publish(desk, LATER)
    second = newest(desk.root)
    assert (first.published, second.published) == (NOON, LATER)
    assert first.fingerprint == second.fingerprint
