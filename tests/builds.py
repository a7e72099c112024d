"""The repo's own workspace, built once for all tests of a run, and what can be read from the documents."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

REPO = Path(__file__).parent.parent
COMMAND = (sys.executable, "-m", "chungtay_reports")
STATISTICAL, FEATURE = "2023-08-tam-thang-chung-tay", "2024-12-noi-hai-bo-song"
# both bulletins, a district's report and the city's: every kind of document in a quarter of the time of all
SAMPLE = (
    STATISTICAL,
    FEATURE,
    "bao-cao-nam-hoc",
    "bao-cao-thanh-pho",
    "--unit",
    "quan-cau-giay",
    "--unit",
    "so-gddt-ha-noi",
)


def chungtay(
    *arguments: str, cwd: Path | None = None, timeout: float = 300, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, with the given variables on top of a plain environment."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "NO_COLOR"))}
    return subprocess.run(
        (*COMMAND, *arguments),
        cwd=cwd,
        env={**plain, "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )


@contextmanager
def started(*arguments: str, cwd: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the command beside the test; whatever the test finds, it does not outlive it."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    command = (*COMMAND, *arguments)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=cwd, stdout=pipe, stderr=pipe, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def copy_workspace(target: Path) -> Path:
    """Copy the repo's workspace, without what can be built again."""
    target.mkdir(parents=True)
    shutil.copytree(REPO / "content", target / "content")
    shutil.copy(REPO / "chungtay.yaml", target)
    return target


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Make a folder once for all workers of a run; the others wait and use it."""
    base = factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    with (folder.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done, failed = folder / ".done", folder / ".failed"
        if failed.exists():  # every test that needs it says why, and none makes it again
            pytest.fail(failed.read_text("utf-8"))
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            try:
                make(folder)
            except Exception as error:
                folder.mkdir(exist_ok=True)
                failed.write_text(str(error), "utf-8")
                raise
            done.touch()
    return folder


def build_workspace(folder: Path) -> None:
    copy_workspace(folder)
    result = chungtay("build", *SAMPLE, "--final", "--jobs", "2", "--no-cache", cwd=folder)
    assert result.returncode == 0, result.stderr


def figures(edition: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((edition / "figures.json").read_text("utf-8"))
    return data


class _Words(HTMLParser):
    """What a reader sees of a page: the text of its body, without charts' hidden words and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.depth += tag in {"head", "script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in {"head", "script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.words.append(data)


def html_text(path: Path) -> str:
    parser = _Words()
    parser.feed(path.read_text("utf-8"))
    return one_line("".join(parser.words))


def pdf_pages(path: Path) -> tuple[str, ...]:
    """The text of each page in the order in which it is set (two columns stand side by side)."""
    printed = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode()
    return tuple(one_line(sheet) for sheet in printed.split("\f")[:-1])


def one_line(text: str) -> str:
    """Join lines and let every space be a plain one, so that sentences can be looked for."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("\u00ad", "")).strip()
