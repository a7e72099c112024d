"""Publish the sample workspace into archive/: two bulletins and the reports of one school year, with one correction.

Works on a copy of the content, so that the correction stays out of the repository. An archive that is there is never touched.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
ARCHIVE = REPO / "archive"
EDITOR = "thu-ky-toa-soan"
YEAR = "2023-2024"
REPORTS = ("bao-cao-nam-hoc", "bao-cao-thanh-pho")
CORRECTED = "2023-08-tam-thang-chung-tay"
REASON = "Quận Hoàng Mai báo lại: một chuyến tham quan đã được ghi hai lần"
# A file whose last record is a visit that the corrected bulletin counts, and what the district says about it later.
RECORDS = "content/records/2022-2023/quan-hoang-mai/activities.yaml"
REMOVED = "  removed: {{on: {day}, by: pgd-hoang-mai, reason: Ghi hai lần}}\n"


def main() -> int:
    if ARCHIVE.exists():
        print("archive/ đã có. Kho lưu trữ không ghi đè; hãy dời đi nơi khác rồi chạy lại.", file=sys.stderr)
        return 1
    bulletins = sorted(path.stem for path in (REPO / "content" / "bulletins").glob("*.md"))
    cache = REPO / ".cache"
    (cache / "pdf").mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="archive-", dir=cache) as name:
        copy = Path(name)
        _copy(copy)
        for bulletin in bulletins:
            _run(copy, "approve", bulletin, "--by", EDITOR)
        for report in REPORTS:
            _run(copy, "approve", report, "--year", YEAR, "--by", EDITOR)
        _run(copy, "publish", *bulletins)
        _run(copy, "publish", *REPORTS, "--year", YEAR)
        correct(copy)
        _run(copy, "archive", "verify")
        (copy / "archive").rename(ARCHIVE)
    return 0


def _copy(folder: Path) -> None:
    """Copy the workspace; what is set in type here is set in type there, too."""
    shutil.copy(REPO / "chungtay.yaml", folder)
    shutil.copytree(REPO / "content", folder / "content")
    (folder / ".cache").mkdir(mode=0o700)
    (folder / ".cache" / "pdf").symlink_to(REPO / ".cache" / "pdf", target_is_directory=True)


def correct(copy: Path) -> None:
    """Say that one visit was recorded twice, as of today, and correct the bulletin that counted it."""
    day = _today(copy)
    records = copy / RECORDS
    records.write_text(records.read_text("utf-8").rstrip("\n") + "\n" + REMOVED.format(day=day), "utf-8")
    _run(copy, "approve", CORRECTED, "--as-of", day, "--by", EDITOR)
    _run(copy, "correct", CORRECTED, "--reason", REASON)


def _today(copy: Path) -> str:
    """Read the day on which the program says that the bulletins were approved."""
    sheet = (copy / "content" / "approvals" / f"{CORRECTED}.yaml").read_text("utf-8")
    return sheet.partition("on: ")[2].partition("}")[0]


def _run(folder: Path, *arguments: str) -> None:
    print("chungtay", *arguments, flush=True)
    command = [sys.executable, "-m", "chungtay_reports", "-C", folder, "-q", *arguments]
    subprocess.run(command, cwd=REPO, check=True)  # noqa: S603 - our own program


if __name__ == "__main__":
    sys.exit(main())
