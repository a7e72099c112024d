"""Time the press against what a first script would do: WeasyPrint in a loop, on the same bulletins.

    python benchmarks/pdf.py [documents] [rounds]

Peers: “one process each” starts Python for every document; “loop” makes them one after the other in one process. Both
load the web fonts of the HTML edition and lay tables out automatically. CPU is user and system time of all processes.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]


def jobs(count: int) -> list[object]:
    import editions  # noqa: PLC0415 - each variant imports only what it uses

    from chungtay_reports.formats import pdf  # noqa: PLC0415

    settings = editions.settings(illustration="Dữ liệu minh họa")
    made = (replace(editions.edition(), slug=f"ban-tin-{n}", issue=f"{n:02}/2023") for n in range(1, count + 1))
    return [pdf.print_job(edition, settings) for edition in made]


def naive(count: int, start: int = 0) -> None:
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    from chungtay_reports import resources  # noqa: PLC0415

    faces = resources.font_css("chungtay://fonts/", ".woff2") + "table { table-layout: auto !important }"

    class Files(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            del headers
            address = url.removeprefix("chungtay://")
            if address.startswith("fonts/"):
                return URLFetcherResponse(url, (resources.font_folder() / address[6:]).read_bytes())
            asset = job.assets[address]  # type: ignore[attr-defined]
            return URLFetcherResponse(url, asset.data, {"Content-Type": asset.media_type})

    for job in jobs(count)[start:]:
        fonts = FontConfiguration()
        style = CSS(string=faces, font_config=fonts, url_fetcher=Files())
        HTML(string=job.html, url_fetcher=Files()).write_pdf(  # type: ignore[attr-defined]
            font_config=fonts, stylesheets=[style], pdf_variant="pdf/a-3a"
        )


def pressed(count: int, workers: int) -> None:
    from chungtay_reports.press import Press  # noqa: PLC0415

    with Press(workers) as press:
        assert all(isinstance(answer, bytes) for answer in press.typeset_all(jobs(count)))  # noqa: S101


VARIANTS: dict[str, Callable[[int], None]] = {
    "loop": naive,
    "press, 1 worker": lambda count: pressed(count, 1),
    "press, 2 workers": lambda count: pressed(count, 2),
}
EACH = "one process each"


def measured(variant: str, count: int) -> tuple[float, float]:
    """Run a variant in processes of its own; wall and CPU seconds."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    runs = [("loop", n + 1, n) for n in range(count)] if variant == EACH else [(variant, count, 0)]
    with tempfile.TemporaryDirectory() as folder:
        for name, last, first in runs:
            command = [sys.executable, __file__, "--run", name, str(last), str(first)]
            subprocess.run(command, check=True, cwd=folder, env=os.environ, stderr=subprocess.DEVNULL)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(count: int = 10, rounds: int = 3) -> None:
    names = [EACH, *VARIANTS]
    found = {name: [measured(name, count) for _ in range(rounds)] for name in names}
    medians = {name: tuple(median(values) for values in zip(*runs, strict=True)) for name, runs in found.items()}
    base = medians["loop"]
    print(
        f"| {count} bulletins, median of {rounds} | wall s | CPU s | wall ÷ loop | CPU ÷ loop |\n|---|---|---|---|---|"
    )
    for name, (wall, cpu) in medians.items():
        print(f"| {name} | {wall:.1f} | {cpu:.1f} | {wall / base[0]:.2f} | {cpu / base[1]:.2f} |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        name, last, first = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
        naive(last, first) if name == "loop" else VARIANTS[name](last)
    else:
        main(*map(int, sys.argv[1:3]))
