"""A workspace of any size for benchmarks: the sample of this repository, its activities told again and again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
PER_FILE = 30
EDITIONS = ("2023-08-tam-thang-chung-tay", "2024-12-noi-hai-bo-song")
_RECORD = re.compile(r"^- id: ", re.MULTILINE)
_ID = re.compile(r"^- id: (\S+)$", re.MULTILINE)
_TITLE = re.compile(r"^  title: (.+?)([\"']?)$", re.MULTILINE)


def make(root: Path, files: int) -> int:
    """Make a workspace with that many record files, thirty activities in each that is added; return the records it has."""
    if not (root / "content").is_dir():
        root.mkdir(parents=True, exist_ok=True)
        shutil.copytree(REPO / "content", root / "content")
        shutil.copy(REPO / "chungtay.yaml", root)
        there = sum(1 for _ in (root / "content" / "records").rglob("*.yaml"))
        for number, (folder, text) in zip(range(files - there), _more(), strict=False):
            (root / folder / f"them-{number:04}.yaml").write_text(text, "utf-8")
    texts = (path.read_text("utf-8") for path in (root / "content" / "records").rglob("*.yaml"))
    return sum(len(_RECORD.findall(text)) or 1 for text in texts)


def _more() -> Iterator[tuple[Path, str]]:
    """Tell the sample's activities again without end, under other ids and titles, in their own folders."""
    round_ = 0
    while True:
        round_ += 1
        for path in sorted((REPO / "content" / "records").rglob("activities.yaml")):
            text = path.read_text("utf-8")
            starts = [match.start() for match in _RECORD.finditer(text)]
            records = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
            again = [
                _TITLE.sub(rf"  title: \1, lần {round_}\2", _ID.sub(rf"- id: \1-L{round_}", one)) for one in records
            ]
            wanted = [one for one in again if "same_as" not in one and "day-truc-tuyen" not in one]
            for first in range(0, len(wanted), PER_FILE):
                # the last few of a folder are told together with more of the same
                chunk = wanted[first : first + PER_FILE]
                if len(chunk) >= PER_FILE // 2:
                    yield path.parent.relative_to(REPO), "".join(chunk)
