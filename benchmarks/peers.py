"""Time the press against other ways to make the same PDFs: a naive WeasyPrint script, headless Chromium, Typst.

    python benchmarks/peers.py [rounds] [kind …]      kinds: bulletin report annex year communes

Every peer gets the same texts, tables and drawings of this repository's own workspace. “Chromium” is one browser that
stays open and prints our own HTML, tagged (playwright, Debian's chromium). “Typst” is compiled in a process of its own
from the same content in its own markup, tagged. “Press” is one warm worker; “naive” a loop in one process with web
fonts and automatic columns. For `year` — 30 district reports — and `communes` — 126 of them — press means all cores, and
start-up counts for both.
Peers alternate within a round; CPU is user and system time of all processes of the peer, from its first document to
its last, without composing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import typst_markup

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]
DOCUMENTS = {"bulletin": 3, "report": 3, "annex": 1, "year": 30, "communes": 126}
RUNS = {"year", "communes"}  # whole runs, from a cold start on all cores
ANNEX_ROWS = 3000
TICKS = os.sysconf("SC_CLK_TCK")


def works(kind: str) -> list[Any]:
    """Compose what is to be set; the same document several times where one alone is too short to time."""
    import papers  # noqa: PLC0415

    from chungtay_reports import pipeline  # noqa: PLC0415

    if kind == "annex":
        return [papers.long_annex(ANNEX_ROWS)]
    request = {
        "bulletin": pipeline.Request(editions=("2023-08-tam-thang-chung-tay",)),
        "report": pipeline.Request(("bao-cao-nam-hoc",), units=("quan-cau-giay",), years=("2023-2024",)),
        "year": pipeline.Request(("bao-cao-nam-hoc",), years=("2023-2024",)),
        "communes": pipeline.Request(("bao-cao-nam-hoc",), years=("2025-2026",)),
    }[kind]
    composed = list(pipeline.works(ROOT, request, date(2026, 11, 25))[1])
    return composed * DOCUMENTS[kind] if len(composed) == 1 else composed


def jobs(kind: str) -> list[Any]:
    import editions  # noqa: PLC0415

    from chungtay_reports.edition import Edition  # noqa: PLC0415
    from chungtay_reports.formats import paper_pdf, pdf  # noqa: PLC0415

    settings = editions.settings()
    return [
        pdf.print_job(work, settings) if isinstance(work, Edition) else paper_pdf.print_job(work, settings)
        for work in works(kind)
    ]


@contextmanager
def stopwatch() -> Iterator[dict[str, float]]:
    found: dict[str, float] = {}
    cpu, wall = tree_cpu(), time.perf_counter()
    yield found
    found.update(cpu=tree_cpu() - cpu, wall=time.perf_counter() - wall)


def tree_cpu() -> float:
    """Add the CPU seconds of this process, of all below it, and of those of them that have ended."""
    stats = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            stats[int(entry.name)] = (int(fields[1]), sum(map(int, fields[11:15])))
    wanted = {os.getpid()}
    while more := {pid for pid, (parent, _) in stats.items() if parent in wanted} - wanted:
        wanted |= more
    return sum(stats[pid][1] for pid in wanted) / TICKS


def asset(job: Any, address: str) -> tuple[bytes, str]:
    from chungtay_reports import resources  # noqa: PLC0415

    if address.startswith("fonts/"):
        return (resources.font_folder() / address[6:]).read_bytes(), "font/ttf"
    found = job.assets[address]
    return found.data, found.media_type


def naive(kind: str) -> dict[str, float]:
    work = jobs(kind)
    with stopwatch() as found:
        from weasyprint import CSS, HTML  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

        from chungtay_reports import resources  # noqa: PLC0415

        faces = resources.font_css("chungtay://fonts/", ".woff2") + "table { table-layout: auto !important }"

        class Files(URLFetcher):  # type: ignore[misc]
            def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
                del headers
                data, media_type = asset(job, url.removeprefix("chungtay://"))
                return URLFetcherResponse(url, data, {"Content-Type": media_type})

        for job in work:
            fonts = FontConfiguration()
            style = CSS(string=faces, font_config=fonts, url_fetcher=Files())
            HTML(string=job.html, url_fetcher=Files()).write_pdf(
                font_config=fonts, stylesheets=[style], pdf_variant="pdf/a-3a"
            )
    return found


def press(kind: str) -> dict[str, float]:
    from chungtay_reports.press import Press  # noqa: PLC0415

    work = jobs(kind)
    cold: AbstractContextManager[dict[str, float]] = stopwatch() if kind in RUNS else nullcontext({})
    with cold as whole, Press(os.cpu_count() or 1 if kind in RUNS else 1) as printing:
        if kind not in RUNS:
            printing.typeset(jobs("bulletin")[0])
        with stopwatch() as found:
            assert all(isinstance(answer, bytes) for answer in printing.typeset_all(work))  # noqa: S101
    return whole or found


def chromium(kind: str) -> dict[str, float]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from chungtay_reports import resources  # noqa: PLC0415

    faces = f"<style>{resources.font_css('chungtay://fonts/', '.ttf')}</style></head>"
    origin = "http://chungtay.test/"
    work = jobs(kind)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()

        def answer(route: Any) -> None:
            address = route.request.url.removeprefix(origin)
            if not address:
                html = job.html.replace("</head>", faces).replace("chungtay://", origin)
                route.fulfill(body=html, content_type="text/html; charset=utf-8")
            else:
                data, media_type = asset(job, address)
                if media_type == "text/css":
                    data = data.replace(b"chungtay://", origin.encode())
                route.fulfill(body=data, content_type=media_type)

        page.route("**/*", answer)
        job = work[0]
        page.goto(origin)
        page.pdf(tagged=True)
        with stopwatch() as found:
            for job in work:  # noqa: B007 - `answer` looks at it
                page.goto(origin, wait_until="load")
                page.evaluate("document.fonts.ready")
                data = page.pdf(tagged=True, prefer_css_page_size=True, print_background=True)
                assert len(data) > 10_000  # noqa: S101
        browser.close()
    return found


def typst(kind: str) -> dict[str, float]:
    import typst as engine  # noqa: PLC0415

    from chungtay_reports import resources  # noqa: PLC0415

    work = works(kind)
    with tempfile.TemporaryDirectory() as name, stopwatch() as found:
        for number, one in enumerate(work):
            folder = Path(name) / str(number)
            folder.mkdir()
            source = typst_markup.write(one, folder)
            engine.compile(
                str(source),
                output=str(folder / "out.pdf"),
                font_paths=[str(resources.font_folder())],
                ignore_system_fonts=True,
                pdf_tags=True,
            )
    return found


PEERS: dict[str, Callable[[str], dict[str, float]]] = {
    "press": press,
    "naive": naive,
    "chromium": chromium,
    "typst": typst,
}


def measured(peer: str, kind: str) -> dict[str, float]:
    command = [sys.executable, "-W", "ignore", __file__, "--run", peer, kind]
    answer = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, text=True)
    found: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return found


def main(rounds: int = 3, kinds: tuple[str, ...] = ()) -> None:
    for kind in kinds or tuple(DOCUMENTS):
        found: dict[str, list[dict[str, float]]] = {peer: [] for peer in PEERS}
        for _ in range(rounds):
            for peer in PEERS:
                found[peer].append(measured(peer, kind))
        ours = {unit: median(run[unit] for run in found["press"]) for unit in ("cpu", "wall")}
        print(f"\n| {kind} | CPU s | wall s | press ÷ it, CPU | wall |\n|---|---|---|---|---|")
        for peer, runs in found.items():
            cpu, wall = (median(run[unit] for run in runs) for unit in ("cpu", "wall"))
            print(
                f"| {peer} | {cpu:.2f} | {wall:.2f} | {ours['cpu'] / cpu:.2f} | {ours['wall'] / wall:.2f} |", flush=True
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(PEERS[sys.argv[2]](sys.argv[3])))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 3, tuple(sys.argv[2:]))
