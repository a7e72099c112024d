"""Time composing reports, without making documents: the 30 of a school year and the 126 of the communes.

Run: python benchmarks/composing.py [ROUNDS]. CPU seconds per report, medians of processes in turn: as the program asks, and
asking singly, that is every question anew and by a look through its whole table, as a figure is proven again.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
YEARS = {"2023-2024": 30, "2025-2026": 126}
WAYS = ("as it is", "singly")


def main(rounds: int) -> None:
    print("| reports | as it is, CPU ms each | asking singly, CPU ms each | ratio |\n|---|---|---|---|")
    for year, reports in YEARS.items():
        found: dict[str, list[float]] = {way: [] for way in WAYS}
        for _ in range(rounds):
            for way in WAYS:
                command = [sys.executable, __file__, "--run", way, year]
                answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
                found[way].append(float(answer.stdout))
        quick, single = (statistics.median(found[way]) / reports * 1000 for way in WAYS)
        print(f"| {reports} | {quick:.0f} | {single:.0f} | {quick / single:.2f} |", flush=True)


def run(way: str, year: str) -> float:
    from chungtay_reports import check  # noqa: PLC0415
    from chungtay_reports.figures.tables import tabulate  # noqa: PLC0415
    from chungtay_reports.official.compose import compose_report  # noqa: PLC0415
    from chungtay_reports.official.selection import choose  # noqa: PLC0415

    library, _ = check.load(ROOT, date(2026, 11, 25))
    assert library  # noqa: S101
    if way == "singly":
        ask_singly()
    jobs = choose(library, ("bao-cao-nam-hoc",), (), (year,))
    assert len(jobs) == YEARS[year]  # noqa: S101
    tables = tabulate(library.entries, library.registry)
    started = time.process_time()
    for job in jobs:
        composed = compose_report(job.report, job.year, job.unit, library, tables.watched())
        assert composed.paper, composed.problems  # noqa: S101
    return time.process_time() - started


def ask_singly() -> None:
    """Let every question be asked anew, by the way that proves figures."""
    from chungtay_reports.figures import desk, measure  # noqa: PLC0415
    from chungtay_reports.figures.tally import select, tally  # noqa: PLC0415
    from chungtay_reports.model import Filter  # noqa: PLC0415

    def count(query, metric, tables):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        return tally(select(metric, query.where, query.period, query.as_of, tables), metric, tables)

    def count_by(query, metric, name, tables) -> Iterator[tuple[str, object]]:  # type: ignore[no-untyped-def] # noqa: ANN001
        rows = select(metric, query.where, query.period, query.as_of, tables, name)
        pairs = tables.sheets[metric.table].many.get(name)
        values = rows[name] if pairs is None else pairs[pairs["row"].isin(rows.index)]["value"]
        for key in values.dropna().unique():
            test = Filter(name, (key,))
            yield key, tally(select(metric, (*query.where, test), query.period, query.as_of, tables), metric, tables)

    measure.count, measure.count_by = count, count_by  # type: ignore[assignment]
    desk.Desk.remember = lambda _, __, compute: compute()  # type: ignore[method-assign]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(run(*sys.argv[2:]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
