"""One record among tens of thousands changes: the build that follows, step by step, and which editions it makes again.

Run: python benchmarks/one_change.py [FILES] [FOLDER]. CPU seconds of whole commands, medians of a few changes each.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import noop
import world

ROUNDS = 3


def main(files: int, root: Path) -> None:
    count = world.make(root, files)
    first, _ = noop.measure(noop.BUILD, root)
    print(f"{count} records; first build of {len(world.EDITIONS)} bulletins without PDF: {first:.1f} CPU s")
    report("a count of a record that no bulletin counts", root, "teachers")
    report("the day of a record that one counts", root, "date")


def report(what: str, root: Path, field: str) -> None:
    path, id_ = unlisted(root) if field == "teachers" else listed(root)
    seconds, made = [], set()
    for step in range(ROUNDS):
        text = path.read_text("utf-8")
        head, tail = text.split(f"- id: {id_}\n")
        path.write_text(f"{head}- id: {id_}\n{changed(tail, field, step)}", "utf-8")
        cpu, _ = noop.measure(noop.BUILD, root)
        seconds.append(cpu)
        notes = json.loads((root / "build" / "manifest.json").read_text("utf-8"))["files"]
        made |= {note["edition"] for note in notes if not note["cached"]}
    print(f"{what}: {statistics.median(seconds):.2f} CPU s; made again: {', '.join(sorted(made)) or 'nothing'}")


def listed(root: Path) -> tuple[Path, str]:
    return next(records(root))


def unlisted(root: Path) -> tuple[Path, str]:
    """Find a record that no bulletin proves anything by."""
    proofs = "".join(path.read_text("utf-8") for path in (root / "build").rglob("records.json"))
    return next((path, id_) for path, id_ in records(root) if f'"{id_}":' not in proofs)


def records(root: Path) -> Iterator[tuple[Path, str]]:
    """Give the records that say how many teachers came, with their files."""
    for path in sorted((root / "content" / "records" / "2023-2024").rglob("them-*.yaml")):
        for one in path.read_text("utf-8").split("- id: ")[1:]:
            if "teachers: " in one:
                yield path, one.split("\n", 1)[0]


def changed(text: str, field: str, step: int) -> str:
    """Change the first record of a text."""
    if field == "date":
        return re.sub(r"(  date: \d{4}-\d{2}-)(\d{2})", lambda m: f"{m[1]}{10 + step}", text, count=1)
    return re.sub(r"(teachers: )\d+", lambda m: f"{m[1]}{20 + step}", text, count=1)


if __name__ == "__main__":
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    if len(sys.argv) > 2:
        main(amount, Path(sys.argv[2]).resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(amount, Path(folder) / "workspace")
