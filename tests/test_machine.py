"""What is left of a run: nothing after its end, and after a kill only what the next run sweeps away."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from chungtay_reports import machine
from chungtay_reports.errors import MachineError

HOLDER = "import time; from chungtay_reports.machine import scratch\nwith scratch('thu'): print('x', flush=True); time.sleep(99)"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary folders, of this test alone."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


def holder(home: Path) -> subprocess.Popen[bytes]:
    """Another program that has such a folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(home)}
    )
    assert process.stdout
    process.stdout.read(1)
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def test_a_scratch_folder_is_for_its_owner_alone_and_ends_with_its_block(home: Path) -> None:
    with machine.scratch("thu") as folder:
        (folder / "a" / "b").mkdir(parents=True)
        assert folder.parent.stat().st_mode & 0o077 == 0
        assert folder.parent.parent == home
    assert list(home.iterdir()) == []


def test_what_a_killed_program_left_is_swept_and_what_is_in_use_is_not(home: Path) -> None:
    killed, living = holder(home), holder(home)
    kill(killed)
    assert len(list(home.iterdir())) == 2
    with machine.scratch("thu") as mine:
        assert len(list(home.iterdir())) == 2
        assert mine.exists()
    (left,) = home.iterdir()
    assert (left / "tam").exists()
    kill(living)


def test_nothing_but_what_is_surely_ours_is_swept(home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "khoa").touch()
    (home / "chungtay-link").symlink_to(elsewhere)
    (home / "chungtay-without-a-lock").mkdir()
    (home / "other-program").mkdir()
    (home / "other-program" / "khoa").touch()
    (home / "chungtay-lock-is-a-link").mkdir()
    (home / "chungtay-lock-is-a-link" / "khoa").symlink_to(elsewhere / "khoa")
    before = sorted(home.iterdir())
    with machine.scratch("thu"):
        pass
    assert sorted(home.iterdir()) == before
    assert (elsewhere / "khoa").exists()


def test_a_temporary_folder_that_cannot_be_made_is_said_in_vietnamese(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(home / "missing"))
    with pytest.raises(MachineError, match=r"Không tạo được thư mục tạm .*TMPDIR"), machine.scratch("thu"):
        pass


def test_a_lock_is_held_by_one_at_a_time_and_freed_by_death(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    script = "import os, sys, time; from chungtay_reports.machine import try_lock\n"
    script += "print(try_lock(os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)), flush=True); time.sleep(99)"
    other = subprocess.Popen([sys.executable, "-c", script, path], stdout=subprocess.PIPE)
    assert other.stdout
    assert other.stdout.readline() == b"True\n"
    handle = os.open(path, os.O_RDWR)
    assert not machine.try_lock(handle)
    kill(other)
    assert machine.try_lock(handle)
    os.close(handle)


def test_a_process_leaves_soon_after_the_one_that_began_it_is_killed() -> None:
    child = "import time; from chungtay_reports import machine; machine.leave_with_parent(); time.sleep(99)"
    parent = "import subprocess, sys, time\n"
    parent += f"print(subprocess.Popen([sys.executable, '-c', {child!r}]).pid, flush=True); time.sleep(99)"
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE)
    assert process.stdout
    pid = int(process.stdout.readline())
    time.sleep(0.5)
    kill(process)
    assert gone(pid)


def gone(pid: int, seconds: float = 10) -> bool:
    return waited(
        lambda: not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_bytes(), seconds
    )


def waited(true: Callable[[], bool], seconds: float = 10, pause: float = 0.05) -> bool:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def test_a_fence_says_which_limits_this_system_does_not_keep() -> None:
    assert machine.fence(no_such_limit=1) == {"no_such_limit"}
