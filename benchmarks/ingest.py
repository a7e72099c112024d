"""How fast records are read: 90,000 of them in 3,000 files, against PyYAML's CSafeLoader over the same files in the same run.

Run: python benchmarks/ingest.py [FILES] [FOLDER]. The CPU time of this process is measured, the ways alternate, and
medians are shown; the folder is kept when it is named, and used again. The sample alone, in which nothing is told
again, is measured beside it.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import world
import yaml

from chungtay_reports import check
from chungtay_reports.census import program_digest
from chungtay_reports.workspace.layout import survey
from chungtay_reports.workspace.reading import read_records
from chungtay_reports.workspace.stock import EMPTY, keep_stock, open_stock

TODAY = date(2026, 11, 25)
ROUNDS = 5


def main(files: int, root: Path) -> None:
    world.make(root, files)
    library, problems = check.load(root, TODAY, EMPTY)
    assert library is not None  # noqa: S101
    keep_stock(root, program_digest(), EMPTY, library)
    print(f"{len(problems)} problems")
    del library
    measure(world.REPO, ways(world.REPO))
    listed = survey(root).records
    stocked = {
        "ours, from the stock of the last build": lambda: (
            read_records(root, listed, lambda _: None, open_stock(root, program_digest())).loaded
        )
    }
    measure(root, {**ways(root), **stocked})


def ways(root: Path) -> dict[str, Callable[[], object]]:
    listed = survey(root).records
    texts = [root / file.path for file in listed]
    return {
        "CSafeLoader: parse": lambda: [yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in texts],
        "ours: parse, validate, places on demand": lambda: read_records(root, listed, lambda _: None),
    }


def measure(root: Path, compared: dict[str, Callable[[], object]]) -> None:
    listed = survey(root).records
    count = len(read_records(root, listed, lambda _: None).loaded)
    seconds: dict[str, list[float]] = {name: [] for name in compared}
    for _ in range(ROUNDS):
        for name, way in compared.items():
            seconds[name].append(cpu(way))
    first = statistics.median(next(iter(seconds.values())))
    print(f"{count} records in {len(listed)} files")
    for name, times in seconds.items():
        median = statistics.median(times)
        print(f"{name:42} {median:7.2f} s  {median / count * 1e6:6.1f} µs/record  ratio {median / first:.3f}")


def cpu(way: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    way()
    return time.process_time() - started


if __name__ == "__main__":
    gc.set_threshold(1_000_000, 50, 100)  # as the command does
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    if len(sys.argv) > 2:
        main(amount, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(amount, Path(folder) / "workspace")
