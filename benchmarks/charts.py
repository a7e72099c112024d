"""Time the writing of each kind of chart: milliseconds of CPU for one drawing.

python benchmarks/charts.py
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]


def main(times: int = 200) -> None:
    import chart_samples  # noqa: PLC0415

    from chungtay_reports.charts import draw  # noqa: PLC0415

    print("| chart | ms |\n|---|---|")
    for name, spec in vars(chart_samples).items():
        if isinstance(spec, type) or not hasattr(spec, "subtitle"):
            continue
        draw(spec)
        found = []
        for _ in range(times):
            started = time.process_time_ns()
            draw(spec)
            found.append((time.process_time_ns() - started) / 1e6)
        print(f"| {name} | {median(found):.2f} |")


if __name__ == "__main__":
    main()
