"""Small archives for tests, and the judge of OCFL that is not ours."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from builds import REPO

from chungtay_reports.archive.ocfl import Report, Store, User, validate
from chungtay_reports.model import HANOI

NOON = datetime(2024, 6, 1, 12, tzinfo=HANOI)
OFFICE = User("Sở Giáo dục và Đào tạo Hà Nội", "mailto:vanthu@example.vn")
BULLETIN = "urn:chungtay:so-gddt-ha-noi:2023-08-tam-thang"
REPORT = "urn:chungtay:so-gddt-ha-noi:bao-cao-nam-hoc:2023-2024:quan-cau-giay"
FIRST = {"tai-lieu/ban-tin.pdf": b"%PDF first", "nguon/ghi chú.yaml": b"a: 1\n", "trống.txt": b""}
SECOND = {**FIRST, "tai-lieu/ban-tin.pdf": b"%PDF corrected", "đính-chính.txt": b"672 -> 673\n"}
JUDGE = REPO / ".venv" / "oracles" / "bin" / "ocfl-validate.py"


def add(
    store: Store, files: dict[str, bytes], object_id: str = BULLETIN, message: str = "Công bố", day: int = 0
) -> str:
    return store.commit(object_id, files, message=message, user=OFFICE, created=NOON + timedelta(days=day))


def small_archive(root: Path, step: Callable[[str], None] | None = None) -> Store:
    """Two objects: one in two versions, one in a single version."""
    store = Store.create(root, step)
    add(store, FIRST)
    add(store, SECOND, message="Đính chính", day=30)
    add(store, {"bao-cao.pdf": b"%PDF report"}, REPORT)
    return store


def judged(root: Path) -> tuple[int, str]:
    """What ocfl-py says of a storage root and all its objects, or of an object: its exit code and its words."""
    objects = sorted(path.parent for path in root.glob("*/0=ocfl_object_*"))  # of a root it does not count bad objects
    result = subprocess.run([JUDGE, root, *objects], capture_output=True, encoding="utf-8", check=False)
    return result.returncode, result.stdout + result.stderr


def files_of(root: Path) -> tuple[str, ...]:
    return tuple(sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()))


def codes_of(store: Store) -> list[str]:
    """The codes of all findings in an archive."""
    return [finding.code for finding in validate(store.root).findings]


def named(report: Report) -> set[str]:
    """The files that errors name."""
    return {finding.file for finding in report.findings if not finding.warning}


def told(report: Report) -> list[str]:
    return [str(finding) for finding in report.findings]
