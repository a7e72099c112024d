"""The same bytes on a system without fcntl, resource, fork, process groups, links, folders that open: as Windows and macOS are."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from builds import REPO, STATISTICAL, build_workspace, copy_workspace, once

from chungtay_reports.machine import files

HERE = Path(__file__).parent / "other_system"
UNIT = "quan-cau-giay"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter that lacks what other systems lack, also in the processes that it starts."""
    path = tmp_path_factory.mktemp("python") / "python"
    path.write_text(f'#!/bin/sh\nOTHER_PYTHON="$0" exec "{sys.executable}" "{HERE / "python.py"}" "$@"\n', "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def chungtay(python: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    # Its locks and ours do not see each other, so neither may find the other's temporary folders: they would be swept.
    own = python.parent / "tam"
    own.mkdir(exist_ok=True)
    strange = {
        "LC_ALL": "C",
        "PYTHONIOENCODING": "cp1252",
        "PYTHONUTF8": "0",
        "PYTHONPATH": str(REPO),
        "TMPDIR": str(own),
    }
    return subprocess.run(
        [python, "-m", "chungtay_reports", *arguments],
        cwd=cwd,
        env={**plain, **strange},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_a_system_that_lacks_nearly_everything_builds_the_same_bytes(
    python: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here = once(tmp_path_factory, "published", build_workspace) / "build"
    root = copy_workspace(tmp_path / "workspace")
    for arguments in ((STATISTICAL,), ("bao-cao-nam-hoc", "--unit", UNIT)):
        result = chungtay(python, "build", *arguments, "--final", "--jobs", "2", cwd=root)
        assert result.returncode == 0, result.stderr
        assert "Đã dựng" in result.stderr
    made = {path.relative_to(root / "build"): path.read_bytes() for path in (root / "build").rglob("*.*")}
    del made[Path("manifest.json")]
    assert len(made) > 20
    assert [path for path, data in made.items() if (here / path).read_bytes() != data] == []
    assert b"\\" not in (root / "build/manifest.json").read_bytes()


def test_doctor_says_what_such_a_system_does_not_keep(python: Path, tmp_path: Path) -> None:
    result = chungtay(python, "doctor", cwd=tmp_path)
    assert "Traceback" not in result.stderr
    assert re.search(r"✗ Giới hạn bộ nhớ.*không có", result.stdout)


def test_no_module_names_outright_what_only_one_system_has() -> None:
    """`machine/` alone knows of them, and asks first."""
    only = re.compile(
        r"\b(?:import (?:fcntl|resource|msvcrt|pwd|grp|termios)\b|os\.(?:fork|killpg|pread|pwrite|O_DIRECTORY|O_NOFOLLOW"
        r"|O_NONBLOCK|O_CLOEXEC|getuid|mkfifo)\b|signal\.(?:SIGKILL|SIGXCPU|SIGHUP|setitimer|alarm)\b|start_new_session)"
    )
    named = [
        f"{path.relative_to(REPO).as_posix()}: {found[0]}"
        for path in sorted((REPO / "chungtay_reports").rglob("*.py"))
        if path.parent.name != "machine"
        for found in only.finditer(path.read_text("utf-8"))
    ]
    assert named == []


def test_text_is_written_as_bytes_or_with_plain_line_ends() -> None:
    """Elsewhere `write_text` and `open("w")` turn every line end into two characters."""
    loose = [
        f"{path.relative_to(REPO).as_posix()}: {line.strip()}"
        for path in sorted((REPO / "chungtay_reports").rglob("*.py"))
        for line in path.read_text("utf-8").splitlines()
        if re.search(r'\.write_text\(|open\([^)]*"[wxa]t?"', line) and "newline=" not in line
    ]
    assert loose == []


def test_what_is_named_for_reading_follows_no_link() -> None:
    assert files.READ & os.O_NOFOLLOW
    assert not files.READ_LINKED & os.O_NOFOLLOW
