"""Whoever stops a build, at whatever moment, finds build/ as it was, no process left, and no temporary folder."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from builds import COMMAND, chungtay
from conftest import VALID
from test_machine import waited

from chungtay_reports import machine

pytestmark = pytest.mark.slow

SLUG = "2023-07-tong-ket"
BUILD = ("build", SLUG, "--final", "--no-cache", "--jobs", "2")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that was built, and whose bulletin has grown since, so that its setting takes seconds on any machine."""
    root = tmp_path_factory.mktemp("interrupt") / "workspace"
    shutil.copytree(VALID, root)
    result = chungtay(*BUILD, cwd=root)
    assert result.returncode == 0, result.stderr
    bulletin = root / f"content/bulletins/{SLUG}.md"
    bulletin.write_text(bulletin.read_text("utf-8") + "\nHẹn gặp lại.\n" * 1500, "utf-8")
    return root


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


def contents(root: Path) -> dict[str, bytes]:
    build = root / "build"
    return {path.relative_to(build).as_posix(): path.read_bytes() for path in build.rglob("*") if path.is_file()}


def ours(home: Path) -> list[int]:
    """Name the processes whose temporary files lie in this folder."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdecimal() and process.name != str(os.getpid()):
            try:
                if str(home).encode() in (process / "environ").read_bytes():
                    found.append(int(process.name))
            except OSError:
                continue
    return found


def stopped(root: Path, home: Path, number: int, until: str) -> subprocess.Popen[str]:
    """Start a build and stop it as soon as a moment has come."""
    process = subprocess.Popen(
        (*COMMAND, *BUILD),
        cwd=root,
        env={**os.environ, "TMPDIR": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )
    moments = {
        "reading": (root / ".cache/lock").exists,
        "loading": lambda: any(home.glob("chungtay-press-*/tam/*")),
        "setting": lambda: any(home.glob("chungtay-press-*/tam/*")),
        "writing": (root / ".cache/staging").exists,
    }
    (root / ".cache/lock").unlink(missing_ok=True)
    shutil.rmtree(root / ".cache/staging", ignore_errors=True)
    assert waited(moments[until], 30, pause=0.002 if until == "writing" else 0.05)
    time.sleep({"writing": 0, "setting": 0.8}.get(until, 0.1))
    process.send_signal(number)
    return process


@pytest.mark.parametrize(
    ("number", "until"), [(signal.SIGTERM, "reading"), (signal.SIGINT, "loading"), (signal.SIGINT, "setting")]
)
def test_a_stopped_build_leaves_the_last_good_output_and_nothing_else(
    built: Path, home: Path, until: str, number: int
) -> None:
    before = contents(built)
    process = stopped(built, home, number, until)
    told = process.communicate(timeout=20)[1]
    assert process.returncode == 130
    assert "Đã dừng." in told
    assert "Traceback" not in told
    assert contents(built) == before
    assert list(home.glob("chungtay-*")) == []
    assert waited(lambda: ours(home) == [])


def test_a_build_that_is_stopped_while_it_writes_leaves_every_edition_whole(built: Path, home: Path) -> None:
    process = stopped(built, home, signal.SIGTERM, "writing")
    process.communicate(timeout=20)
    files = json.loads((built / "build/manifest.json").read_text("utf-8"))["files"]
    there = {path: hashlib.sha256(data).hexdigest() for path, data in contents(built).items()}
    del there["manifest.json"]
    assert there == {file["path"]: file["sha256"] for file in files}


def test_a_killed_build_leaves_the_last_good_output_and_no_process_for_long(built: Path, home: Path) -> None:
    before = contents(built)
    process = stopped(built, home, signal.SIGKILL, "loading")
    process.communicate(timeout=20)
    assert contents(built) == before
    assert waited(lambda: ours(home) == [])
    with_left = list(home.glob("chungtay-*"))
    assert with_left
    script = "from chungtay_reports.machine import scratch\nwith scratch('x'): pass"
    subprocess.run([sys.executable, "-c", script], env={**os.environ, "TMPDIR": str(home)}, check=True)
    assert list(home.glob("chungtay-*")) == []


def test_who_stops_a_command_that_is_still_being_loaded_reads_no_traceback() -> None:
    script = """
import sys
class Stopped:
    def find_spec(self, name, path, target=None):
        if name == "chungtay_reports.cli":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stopped())
sys.argv[1:] = ["check"]
from chungtay_reports.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Đã dừng.\n")


@pytest.fixture
def handler() -> Iterator[list[int]]:
    """Note what signals come, in this process."""
    came: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: came.append(number))
    yield came
    signal.signal(signal.SIGTERM, before)


def test_a_signal_waits_until_what_must_not_be_cut_short_is_over(handler: list[int]) -> None:
    with machine.undisturbed():
        os.kill(os.getpid(), signal.SIGTERM)
        assert handler == []
    assert handler == [signal.SIGTERM]
