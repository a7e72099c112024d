"""A tiny valid workspace in a temporary folder, and builders that change only what a test is about."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from chungtay_reports.errors import Problem
from chungtay_reports.workspace.library import Library

if TYPE_CHECKING:
    from excel_forms import Form

# A shell that runs the tests in the background has them ignore Ctrl-C, and so would every command that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

VALID = Path(__file__).parent / "broken" / "_valid"
TODAY = date(2026, 11, 22)

ACTIVITY: dict[str, Any] = {
    "id": "HD-2023-9001",
    "kind": "chuyen-de",
    "level": "truong",
    "mode": "truc-tiep",
    "date": "2023-03-21",
    "title": "Dạy học trải nghiệm môn Khoa học tự nhiên",
    "host": "thcs-dinh-cong",
    "partners": ["thcs-hoa-xa"],
    "topics": ["phuong-phap-day-hoc"],
    "counts": {"sessions": 1, "teachers": 30},
    "recorded": {"on": "2023-03-25", "by": "pgd-hoang-mai"},
}
AGREEMENT: dict[str, Any] = {
    "id": "BGN-2023-9001",
    "kind": "ghi-nho-song-phuong",
    "parties": ["th-dai-kim", "th-van-dinh"],
    "signed_on": "2023-02-20",
    "recorded": {"on": "2023-02-25", "by": "pgd-hoang-mai"},
}


@dataclass(frozen=True)
class Workspace:
    """A workspace on disk; every method that writes returns the file's path relative to the root."""

    root: Path

    def write(self, path: str, text: str | bytes) -> str:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def remove(self, path: str) -> None:
        file = self.root / path
        shutil.rmtree(file) if file.is_dir() else file.unlink()

    def record(
        self, base: dict[str, Any], *, unit: str = "quan-hoang-mai", year: str = "2022-2023", **fields: Any
    ) -> str:
        """Write one record: `base` with `fields` changed; a field given as None is left out."""
        data = {name: value for name, value in {**base, **fields}.items() if value is not None}
        # JSON is YAML, quotes every text and keeps the order of the fields.
        return self.write(
            f"content/records/{year}/{unit}/{data['id'].lower()}.yaml", json.dumps(data, ensure_ascii=False)
        )

    def activity(self, *, unit: str = "quan-hoang-mai", year: str = "2022-2023", **fields: Any) -> str:
        return self.record(ACTIVITY, unit=unit, year=year, **fields)

    def agreement(self, *, unit: str = "quan-hoang-mai", year: str = "2022-2023", **fields: Any) -> str:
        return self.record(AGREEMENT, unit=unit, year=year, **fields)

    def load(self, today: date = TODAY) -> tuple[Library | None, tuple[Problem, ...]]:
        from chungtay_reports import check  # noqa: PLC0415 - tests of single modules need not import everything

        return check.load(self.root, today)

    def library(self) -> Library:
        """Return the library of a workspace that must have no problem at all."""
        library, problems = self.load()
        assert not problems, "\n".join(map(str, problems))
        assert library is not None
        return library

    def ids(self) -> set[str]:
        """Return the ids of all records that could be read."""
        library, _ = self.load()
        assert library
        return {entry.record.id for entry in library.entries}

    def codes(self) -> list[str]:
        """Return the codes of all problems, in the order of their places."""
        return [problem.code for problem in self.load()[1]]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A copy of tests/broken/_valid: two districts, four schools, six records, one bulletin, no problems."""
    root = tmp_path / "workspace"
    shutil.copytree(VALID, root)
    return Workspace(root)


@pytest.fixture
def form(workspace: Workspace, tmp_path: Path) -> Form:
    """An Excel form of Hoàng Mai for 2022-2023, as the tiny workspace writes it."""
    from excel_forms import Form  # noqa: PLC0415 - tests without Excel need not import it

    return Form(workspace, tmp_path)


@pytest.fixture
def reports(workspace: Workspace) -> Workspace:
    """The tiny workspace with the reports of the repository."""
    from reportkit import with_reports  # noqa: PLC0415 - tests without reports need not import everything

    return with_reports(workspace)


@pytest.fixture(scope="session")
def sample() -> Library:
    """The repository's own workspace, read once for all tests of this process."""
    from chungtay_reports import pipeline  # noqa: PLC0415 - tests of single modules need not import everything

    return pipeline.load(VALID.parents[2], TODAY)


@pytest.fixture
def at(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The tiny valid workspace, which is also where the command is run."""
    monkeypatch.chdir(workspace.root)
    return workspace


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A temporary folder for archives, in memory where the machine has that: they flush every file that they write."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder made in it is private
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)
