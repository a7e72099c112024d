"""A disk that is full, fails or may only be read: said in Vietnamese, with code 3, and the last good output is whole."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from builds import COMMAND, chungtay
from conftest import VALID, Workspace
from test_disk import documents

from chungtay_reports import disk
from chungtay_reports.errors import DiskError, WriteError
from chungtay_reports.shelf import Shelf

ONLY = ("build", "--to", "html,json,csv", "--final", "--no-cache")

# A disk of its own, in a namespace of its own: nobody else sees it, and it is gone with the shell.
SCRIPT = """set -e
mount -t tmpfs -o size=3m disk "$DISK"
cp -r "$VALID" "$DISK/ws" && cd "$DISK/ws"
"$@" > "$TOLD/out" 2>&1
cp -r build "$TOLD/before"
printf '\\nHẹn gặp lại.\\n' >> content/bulletins/2023-07-tong-ket.md
%s
set +e
"$@" > "$TOLD/out" 2> "$TOLD/err"
echo $? > "$TOLD/code"
diff -r build "$TOLD/before" > "$TOLD/diff"
true
"""
FULL = "dd if=/dev/zero of=fill bs=1k 2>/dev/null || true"
HARM = {
    "full": (FULL, "ổ đĩa đã đầy"),
    "nearly full": (f"{FULL}; truncate -s -40k fill", "ổ đĩa đã đầy"),
    "only to be read": ('mount -o remount,ro "$DISK"', "ổ đĩa chỉ cho đọc"),
}


@pytest.mark.slow
@pytest.mark.parametrize("harm", sorted(HARM))
def test_a_build_on_a_disk_that_takes_nothing_keeps_the_last_good_output(harm: str, tmp_path: Path) -> None:
    own = shutil.which("unshare")
    if not own or subprocess.run([own, "-rm", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a disk; the faults below stand in for it")
    done, said = HARM[harm]
    places = {"DISK": tmp_path / "disk", "TOLD": tmp_path / "told"}
    for folder in places.values():
        folder.mkdir()
    environment = {**os.environ, "VALID": str(VALID), **{name: str(path) for name, path in places.items()}}
    command = [own, "-rm", "sh", "-c", SCRIPT % done, "sh", *COMMAND, *ONLY]
    subprocess.run(command, env=environment, check=True)
    told = {path.name: path.read_text("utf-8") for path in places["TOLD"].iterdir() if path.is_file()}
    assert told["code"] == "3\n", told["err"]
    assert said in told["err"]
    assert "Bản cũ vẫn còn nguyên" in told["err"]
    assert told["diff"] == ""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "ổ đĩa đã đầy"),
        (errno.EDQUOT, "hết hạn mức ổ đĩa"),
        (errno.EROFS, "ổ đĩa chỉ cho đọc"),
        (errno.EACCES, "không có quyền"),
        (errno.EIO, "ổ đĩa báo lỗi"),
        (errno.EMFILE, "mở quá nhiều tệp cùng lúc"),
    ],
)
@pytest.mark.parametrize("step", [1, 2, 3])
def test_whichever_write_fails_is_told_and_no_edition_is_cut_in_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str, step: int
) -> None:
    (tmp_path / "content").mkdir()
    build = tmp_path / "build"
    disk.write_editions(tmp_path, build, documents(**{"a__1.html": "cũ", "a__2.html": "cũ"}))
    flushed, plain = [0], os.fsync

    def fsync(handle: int) -> None:
        flushed[0] += 1
        if flushed[0] == step:
            raise OSError(code, os.strerror(code))
        plain(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(DiskError, match=said) as failure:
        disk.write_editions(tmp_path, build, documents(**{"a__1.html": "mới", "a__2.html": "mới"}))
    assert failure.value.exit_code == 3
    assert (build / "a/1.html").read_text() == (build / "a/2.html").read_text() == "cũ"
    monkeypatch.undo()
    disk.write_editions(tmp_path, build, documents(**{"a__1.html": "mới", "a__2.html": "mới"}))
    assert (build / "a/2.html").read_text() == "mới"


def test_a_cache_that_cannot_be_written_is_told_like_any_other_file(tmp_path: Path) -> None:
    (tmp_path / "pdf").write_text("a file where the folder should be")
    with pytest.raises(WriteError, match="Không ghi được"):
        Shelf(tmp_path / "pdf").keep("a" * 64, b"%PDF-1.7")


def test_too_few_open_files_is_the_machines_fault_and_not_the_authors(workspace: Workspace) -> None:
    plain = chungtay(*ONLY, cwd=workspace.root)
    assert plain.returncode == 0, plain.stderr
    for most in (7, 9, 12):
        limited = subprocess.run(
            ["sh", "-c", f'ulimit -n {most}; exec "$@"', "sh", *COMMAND, *ONLY],
            cwd=workspace.root, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert limited.returncode in (0, 3), limited.stderr
        assert limited.returncode == 0 or "quá nhiều tệp" in limited.stderr


def without_a_reader(workspace: Workspace, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command whose output nobody reads from the first byte on; its errors and exit code are what is printed."""
    left = '{ "$@" 2>err; echo $? >code; } | { exec <&-; }; cat err code'
    line = ["sh", "-c", left, "sh", *COMMAND, *arguments]
    return subprocess.run(line, cwd=workspace.root, capture_output=True, encoding="utf-8", check=False)


def test_what_is_written_is_written_also_when_nobody_reads_what_is_printed(workspace: Workspace) -> None:
    sides = [f"2023-07-tong-ket@{day}" for day in ("2023-07-01", "2023-07-31")]
    assert without_a_reader(workspace, "diff", *sides, "--pdf", "so.pdf").stdout.split()[-1] == "141"
    assert (workspace.root / "so.pdf").read_bytes().startswith(b"%PDF")


def test_whoever_has_read_enough_of_the_output_is_left_in_peace(workspace: Workspace) -> None:
    done = without_a_reader(workspace, "figures", "--format", "json")
    assert done.stdout.split()[-1] == "141", "as every other program that was left"
    assert "Lỗi của chương trình" not in done.stdout
    assert "Traceback" not in done.stdout
