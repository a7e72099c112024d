"""A build that has nothing to do over 3,000 record files, against `git status` in the same tree and a bare interpreter.

Run: python benchmarks/noop.py [FILES] [FOLDER]. Whole commands, alternated; medians of CPU (user + sys) and wall.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import world

ROUNDS = 15
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}  # bytecode is kept
# Without PDFs: setting them is measured elsewhere.
ASKED = ("-q", "build", *world.EDITIONS, "--to", "json,html")
BUILD = (sys.executable, "-m", "chungtay_reports", *ASKED)
COMMANDS = {
    "python -m chungtay_reports build": BUILD,
    "chungtay build": (str(Path(sys.executable).with_name("chungtay")), *ASKED),
    "git status": ("git", "status", "--short"),
    "python -c pass": (sys.executable, "-c", "pass"),
}


def main(files: int, root: Path) -> None:
    count = world.make(root, files)
    subprocess.run(("git", "init", "-q"), cwd=root, check=True)
    subprocess.run(("git", "add", "content"), cwd=root, check=True)
    print(f"{count} records; first build: {measure(BUILD, root)[0]:.1f} CPU s")
    time.sleep(2.5)  # so that times of files prove something
    print(f"nothing changed, contents compared: {measure(BUILD, root)[0] * 1000:.0f} ms CPU")
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            taken[name].append(measure(command, root))
    for name, pairs in taken.items():
        cpu, wall = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
        print(f"{name:33} {cpu:6.0f} ms CPU  {wall:6.0f} ms wall")


def measure(command: tuple[str, ...], root: Path) -> tuple[float, float]:
    """Run a command; return its CPU and wall seconds."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL, env=PLAIN)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


if __name__ == "__main__":
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    if len(sys.argv) > 2:
        main(amount, Path(sys.argv[2]).resolve())
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(amount, Path(folder) / "workspace")
