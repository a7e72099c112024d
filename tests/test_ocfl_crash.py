"""A commit that is killed, or whose disk fills up, at any step leaves a whole archive, and the next one finishes what it left."""

from __future__ import annotations

import errno
import hashlib
import itertools
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from archives import BULLETIN, FIRST, REPORT, SECOND, add, codes_of, judged, small_archive

from chungtay_reports.archive.ocfl import ArchiveError, Store, validate
from chungtay_reports.archive.ocfl.scribe import Scribe
from chungtay_reports.archive.ocfl.sums import read_sums

ALL_STEPS = 80  # a commit has fewer
KILLED = 9


@pytest.fixture
def store(shelf: Path) -> Store:
    return small_archive(shelf / "archive")


def killed_at(number: int, root: Path, files: dict[str, bytes], *, links: bool) -> bool:
    """Commit in a process that ends at its `number`th step; without `links` the disk has none. Say whether it was killed."""
    count = itertools.count()

    def step(name: str) -> None:
        if next(count) == number:
            os._exit(KILLED)
        if name.startswith("link") and not links:
            raise OSError(errno.EPERM, "no links here")

    def work() -> None:
        add(Store.create(root, step), files, day=60)

    return in_a_process(work) == KILLED


def in_a_process(work: Callable[[], object], wait: float | None = None) -> int:
    """Run `work` in a process of its own, killed after `wait` seconds; return its exit code, -9 when killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - nothing may reach the parent's pytest
            os._exit(1)
        os._exit(0)
    if wait is not None:
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def assert_whole(root: Path) -> int:
    """Nothing is wrong before recovery; after it nothing is left half done, every version reads, and the next commit works.

    Return the version found.
    """
    assert [str(finding) for finding in validate(root).findings if not finding.warning] == []
    Store(root).recover()
    assert Store(root).recover() == ()
    assert not list(root.parent.glob(".*")), "nothing staged is left"
    assert validate(root).findings == ()
    inventory = Store(root).inventory(BULLETIN)
    assert inventory is not None
    for version in inventory.versions:
        for path in version.state:
            Store(root).read(BULLETIN, path, version.number)
    listed = read_sums((root / "SHA512SUMS").read_bytes())
    assert {path: hashlib.sha512((root / path).read_bytes()).hexdigest() for path in listed} == listed
    assert len(listed) == 4 + len(Store(root).objects())
    assert add(Store(root), FIRST, day=90) == f"v{inventory.head.number + 1}"
    return inventory.head.number


def test_an_empty_folder_that_is_a_disk_of_its_own_becomes_an_archive(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).parent != shelf)
    for number in range(ALL_STEPS):
        root = shelf / f"{number}" / "archive"
        root.mkdir(parents=True)
        killed = killed_at(number, root, FIRST, links=True)
        store = Store.find(root)
        if store is None or not store.objects():
            add(Store.create(root), FIRST)
        assert [path.name for path in root.parent.iterdir()] == ["archive"], "nothing beside a disk is on that disk"
        assert_whole(root)
        if not killed:
            break
    assert number > 30


@pytest.mark.parametrize("links", [True, False])
def test_killed_at_any_step_the_archive_is_whole_after_recovery(shelf: Path, *, links: bool) -> None:
    found = set()
    ready = small_archive(shelf / "ready").root
    for number in range(ALL_STEPS):
        root = shelf / f"{number}" / "archive"
        shutil.copytree(ready, root)
        killed = killed_at(number, root, {**SECOND, "ba.txt": b"3"}, links=links)
        found.add(assert_whole(root))
        if not killed:
            break
    else:
        pytest.fail(f"a commit has more than {ALL_STEPS} steps")
    assert found == {2, 3}


def test_a_disk_that_fills_up_at_any_step_is_told_and_leaves_the_archive_whole(shelf: Path) -> None:
    ready = small_archive(shelf / "ready").root
    for number in range(ALL_STEPS):
        root = shelf / f"{number}" / "archive"
        shutil.copytree(ready, root)
        count = itertools.count()

        def step(_: str, count: Iterator[int] = count, number: int = number) -> None:
            if next(count) == number:
                raise OSError(errno.ENOSPC, "full", "disk")

        try:
            add(Store(root, Scribe(step)), {**SECOND, "ba.txt": b"3"}, day=60)
        except ArchiveError as error:
            assert (error.exit_code, "ổ đĩa đã đầy" in str(error)) == (3, True)  # noqa: PT017 - only some steps are reached
        else:
            break
        assert_whole(root)
    assert number > 20


def test_killed_at_any_step_a_new_object_is_there_or_not(shelf: Path) -> None:
    for number in range(ALL_STEPS):
        root = shelf / f"{number}" / "archive"
        if not killed_at(number, root, FIRST, links=True):
            break
        add(Store.create(root), FIRST)
        assert_whole(root)
    assert number > 20


def test_killed_at_any_moment_the_archive_is_whole_after_recovery(shelf: Path) -> None:
    root = shelf / "archive"
    small_archive(root)
    chance = random.Random(20221201)  # noqa: S311

    def work() -> None:
        for number in itertools.count():
            add(Store(root), {**SECOND, "số.txt": b"%d" % number * 50_000})

    for _ in range(20):
        assert in_a_process(work, chance.uniform(0.001, 0.03)) == -signal.SIGKILL
        assert_whole(root)
    assert judged(root)[0] == 0


@pytest.mark.parametrize("whole", [True, False])
def test_a_version_newer_than_the_root_inventory_is_finished_or_removed(store: Store, *, whole: bool) -> None:
    place = store.place(BULLETIN)
    old = {name: (place / name).read_bytes() for name in ("inventory.json", "inventory.json.sha512")}
    sums = (store.root / "SHA512SUMS").read_bytes()
    add(store, {**SECOND, "ba.txt": b"3"}, day=60)
    for name, data in old.items():
        (place / name).write_bytes(data)
    (store.root / "SHA512SUMS").write_bytes(sums)
    if not whole:
        (place / "v3" / "content" / "ba.txt").write_bytes(b"?")
    said = store.recover()
    assert [line.split(": đã ")[1] for line in said] == (
        ["hoàn tất phiên bản v3 ghi dở.", "ghi phiên bản v3 vào SHA512SUMS."] if whole else ["bỏ phiên bản v3 ghi dở."]
    )
    assert (place / "v3").exists() is whole
    assert judged(store.root)[0] == 0
    assert assert_whole(store.root) == (3 if whole else 2)


def test_an_archive_that_fills_its_own_disk_stages_within_itself(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = small_archive(shelf / "archive")
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != store.root.parent)
    assert killed_at(25, store.root, {**SECOND, "ba.txt": b"3"}, links=True)
    assert (store.root / "extensions" / "chungtay-staging").is_dir()
    report = validate(store.root)
    assert (report.valid, [finding.code for finding in report.findings]) == (True, ["A112", "W016"])
    assert judged(store.root)[0] == 0
    assert assert_whole(store.root) in {2, 3}


def test_a_reader_never_sees_half_a_version(shelf: Path) -> None:
    """Where folders can change places, the archive is valid at every step, without any recovery."""
    store = small_archive(shelf / "archive")
    seen: set[int] = set()

    def look(name: str) -> None:
        inventory = store.inventory(BULLETIN)
        assert inventory is not None
        seen.add(inventory.head.number)
        if name.startswith("fsync archive"):
            assert judged(store.root)[0] == 0, name

    add(Store.create(store.root, look), {**SECOND, "ba.txt": b"3"}, day=60)
    assert seen == {2, 3}
    assert judged(store.root)[0] == 0


def test_the_next_version_of_any_object_finishes_what_a_crash_left(store: Store) -> None:
    number = next(
        number
        for number in range(ALL_STEPS)
        if killed_at(number, store.root, {"n.txt": b"%d" % number}, links=True) and codes_of(store) == ["A105"]
    )
    assert number
    add(store, {"bao-cao.pdf": b"%PDF again"}, REPORT)
    assert codes_of(store) == []
