"""An archivist can follow docs/luu-tru.md word for word, with a shell, sha512sum and chungtay."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from archives import BULLETIN, small_archive
from builds import REPO

from chungtay_reports.archive.ocfl import Store, founding

PAGE = (REPO / "docs" / "luu-tru.md").read_text("utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
CHECKS = [block for block in COMMANDS if "chungtay" not in block.replace("%3achungtay%3a", "")]


def follow(folder: Path, blocks: list[str]) -> subprocess.CompletedProcess[str]:
    """Run blocks one after the other in a shell that stops at the first failure."""
    script = re.sub(r"(goi-[sa]ip) 2023-08-tam-thang", rf"\1 {BULLETIN}", "\n".join(blocks))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["bash", "-euo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, encoding="utf-8", check=False
    )


def test_every_command_of_the_page_works(shelf: Path) -> None:
    small_archive(shelf / "archive")
    (shelf / "chungtay.yaml").write_text("")
    result = follow(shelf, COMMANDS)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "HỎNG" not in result.stdout
    assert result.stdout.count(": OK") == 6 + 1 + 5


def test_what_the_page_checks_with_sha512sum_alone_finds_changed_and_lost_files(shelf: Path) -> None:
    store = small_archive(shelf / "archive")
    file = store.place(BULLETIN) / "v1" / "content" / "tai-lieu" / "ban-tin.pdf"
    every = [COMMANDS[0].splitlines()[0], next(block for block in CHECKS if block.startswith("for "))]
    assert "HỎNG" not in follow(shelf, every).stdout
    file.write_bytes(b"?")
    assert "HỎNG" in follow(shelf, every).stdout
    file.unlink()
    assert "HỎNG" in follow(shelf, every).stdout


def test_the_note_in_the_archive_gives_the_same_commands_as_the_page(shelf: Path) -> None:
    note = (Store.create(shelf / "archive").root / founding.README).read_text("utf-8")
    said = re.findall(r"(?:sha512sum -c \S+|sed -nE .*)$", note, re.MULTILINE)
    assert len(said) == 3
    assert [command for command in said if command not in PAGE] == []
