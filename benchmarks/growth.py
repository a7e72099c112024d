"""Time how the program grows: with records, with reporting units, with rows of an annex; and a worker's memory.

    python benchmarks/growth.py [records] [units] [annex] [memory]

Each point runs in a process of its own; CPU seconds, peak memory. The curves go to benchmarks/growth-*.svg.
“records” lays out the sample's records, repeated, as tables and measures every metric of the sample by unit.
“units” measures every metric by unit, and the coverage, in a registry of so many reporting units with ten records each.
“annex” sets a report with an annex of so many rows; “memory” sets 500 reports, one after the other, in one press.
"""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "tests")]
POINTS = {
    "records": (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
    "units": (30, 126, 500, 1_000, 3_321),
    "annex": (100, 300, 1_000, 3_000, 10_000),
    "memory": (500,),
}
Point = dict[str, float]


def records(count: int) -> Point:
    from chungtay_reports import check  # noqa: PLC0415
    from chungtay_reports.figures.tables import tabulate  # noqa: PLC0415
    from chungtay_reports.model import Period  # noqa: PLC0415
    from chungtay_reports.workspace.library import Entry  # noqa: PLC0415

    library, _ = check.load(ROOT, date(2026, 11, 25))
    assert library  # noqa: S101
    entries, sample = list[Entry](), library.entries
    while len(entries) < count:
        for one in sample[: count - len(entries)]:
            record = one.record.model_copy(update={"id": f"{one.record.id}-{len(entries)}"})
            entries.append(Entry(record, one.place, one.unit, one.year))
    started = time.process_time()
    tables = tabulate(tuple(entries), library.registry)
    laid_out = time.process_time()
    _measure_all(library.metrics, tables, Period(date(2022, 12, 1), date(2024, 12, 31)), date(2024, 12, 31))
    return {"layout": laid_out - started, "measure": time.process_time() - laid_out}


def units(count: int) -> Point:
    import worlds  # noqa: PLC0415

    from chungtay_reports.figures.coverage import coverage  # noqa: PLC0415
    from chungtay_reports.figures.metrics import read_metrics  # noqa: PLC0415
    from chungtay_reports.figures.tables import tabulate  # noqa: PLC0415
    from chungtay_reports.source.files import read_yaml  # noqa: PLC0415

    names = [f"quan-{number}" for number in range(count)]
    districts = [worlds.unit(name, "quan", f"Quận {name}", area="noi-thanh") for name in names]
    schools = [worlds.unit(f"thcs-{name}", "thcs", f"Trường THCS {name}", parent=name) for name in names]
    registry = worlds.registry(*districts, *schools)
    entries = [
        worlds.activity(f"HD-{name}-{number}", host=f"thcs-{name}", folder=name)
        for name in names
        for number in range(9)
    ] + [worlds.submission(f"NB-{name}", name) for name in names]
    files = sorted((ROOT / "content/metrics").glob("*.yaml"))
    read = [read_yaml(ROOT, path.relative_to(ROOT).as_posix())[0] for path in files]
    metrics, _ = read_metrics(tuple(one for one in read if one))
    started = time.process_time()
    tables = tabulate(tuple(entries), registry)
    _measure_all(metrics, tables, worlds.YEAR, worlds.AS_OF)
    assert coverage(worlds.YEAR, worlds.AS_OF, tables).expected  # noqa: S101
    return {"measure": time.process_time() - started}


def _measure_all(metrics: Any, tables: Any, period: Any, as_of: date) -> None:
    from chungtay_reports.figures.derived import Refused  # noqa: PLC0415
    from chungtay_reports.figures.measure import measure_by  # noqa: PLC0415
    from chungtay_reports.model import Query  # noqa: PLC0415

    for name in metrics:
        with suppress(Refused):
            measure_by(Query(name, period, as_of), "don_vi", tables, metrics)


def annex(count: int) -> Point:
    import editions  # noqa: PLC0415
    import papers  # noqa: PLC0415

    from chungtay_reports.formats import paper_pdf  # noqa: PLC0415
    from chungtay_reports.press import Limits, Press  # noqa: PLC0415

    job = paper_pdf.print_job(papers.long_annex(count), editions.settings())
    with Press(1, Limits(seconds=900, cpu_seconds=900, address_space=8 * 1024**3)) as press:
        press.typeset(paper_pdf.print_job(papers.paper(), editions.settings()))
        pid = press._workers[0]._process.pid  # noqa: SLF001 - the worker's own numbers
        before = _cpu(pid)
        press.typeset(job)
        return {"set": _cpu(pid) - before, "worker MB": _memory(pid)}


def memory(count: int) -> Point:
    import editions  # noqa: PLC0415
    import papers  # noqa: PLC0415

    from chungtay_reports.formats import paper_pdf  # noqa: PLC0415
    from chungtay_reports.press import Press  # noqa: PLC0415

    job, found = paper_pdf.print_job(papers.paper(), editions.settings()), list[float]()
    with Press(1) as press:
        for _ in range(count):
            press.typeset(job)
            found.append(_memory(press._workers[0]._process.pid))  # noqa: SLF001 - the worker's own numbers
    return {"after 20 MB": found[19], "most MB": max(found), "last MB": found[-1]}


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


KINDS: dict[str, Callable[[int], Point]] = {"records": records, "units": units, "annex": annex, "memory": memory}


def run(kind: str, count: int) -> Point:
    command = [sys.executable, __file__, "--run", kind, str(count)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    found: Point = json.loads(answer.stdout.splitlines()[-1])
    return found


def plot(kind: str, points: dict[int, Point]) -> str:
    """Draw the curves on logarithmic axes, with a grey line of slope 1 from the first point of each."""
    width, height, edge = 480, 320, 48
    curves = {name: [(count, point[name]) for count, point in points.items()] for name in next(iter(points.values()))}
    curves = {name: [(x, y) for x, y in curve if y > 0] for name, curve in curves.items() if not name.endswith("MB")}
    xs = [x for curve in curves.values() for x, _ in curve]
    ys = [y for curve in curves.values() for _, y in curve]

    def place(x: float, y: float) -> str:
        across = (math.log10(x) - math.log10(min(xs))) / (math.log10(max(xs)) - math.log10(min(xs)) or 1)
        up = (math.log10(y) - math.log10(min(ys))) / (math.log10(max(ys)) - math.log10(min(ys)) or 1)
        return f"{edge + across * (width - 2 * edge):.1f},{height - edge - up * (height - 2 * edge):.1f}"

    lines = []
    for ink, (name, curve) in zip(("#9b1c1f", "#0f5c6e"), curves.items(), strict=False):
        (x, y), last = curve[0], curve[-1]
        steady = f"{place(x, y)} {place(last[0], min(y * last[0] / x, max(ys)))}"
        lines.append(f'<polyline points="{steady}" fill="none" stroke="#bbb" stroke-dasharray="4 4"/>')
        lines.append(f'<polyline points="{" ".join(place(*at) for at in curve)}" fill="none" stroke="{ink}"/>')
        for at in curve:
            spot = place(*at).split(",")
            lines.append(f'<circle cx="{spot[0]}" cy="{spot[1]}" r="3" fill="{ink}"/>')
            lines.append(f'<text x="{spot[0]}" y="{float(spot[1]) - 7}" text-anchor="end">{at[1]:.2g}</text>')
        lines.append(f'<text x="{width - edge}" y="{20 + 14 * len(lines) // 20}" fill="{ink}">{name}</text>')
    ticks = [
        f'<text x="{place(x, min(ys)).split(",")[0]}" y="{height - 24}" text-anchor="middle">{x:,}</text>'
        for x in points
    ]
    title = f'<text x="{edge}" y="20" font-weight="bold">{kind}: CPU seconds; grey: in proportion</text>'
    body = "\n".join([title, *lines, *ticks])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="9">\n{body}\n</svg>\n'
    )


def main(kinds: tuple[str, ...]) -> None:
    for kind in kinds or tuple(KINDS):
        points = {count: run(kind, count) for count in POINTS[kind]}
        names = list(next(iter(points.values())))
        print(f"\n| {kind} | " + " | ".join(names) + " |\n|---" * 1 + "|---" * len(names) + "|")
        for count, point in points.items():
            print(f"| {count:,} | " + " | ".join(f"{point[name]:.2f}" for name in names) + " |", flush=True)
        if kind != "memory":
            (HERE / f"growth-{kind}.svg").write_text(plot(kind, points), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        point = KINDS[sys.argv[2]](int(sys.argv[3]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(point if sys.argv[2] in ("annex", "memory") else point | {"peak MB": peak}))
    else:
        main(tuple(sys.argv[1:]))
