"""PDFs set by a cluster: a real scheduler and real workers on this machine, one of which is lost on the way."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import editions
import pytest
from builds import chungtay
from conftest import Workspace
from distributed import Client

from chungtay_reports.course import Course
from chungtay_reports.errors import MachineError, ReportsError, UsageError
from chungtay_reports.formats import pdf
from chungtay_reports.press import Press, PrintJob, TypesetError, cluster, wire
from chungtay_reports.press.cluster import Cluster, scheduler
from chungtay_reports.press.engine import engine
from chungtay_reports.press.pages import Pages
from chungtay_reports.shelf import Shelf

WORKERS = 3
SCHEDULERS: dict[int, subprocess.Popen[bytes]] = {}  # by the process of each of their workers
QUIET = {"DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "60s", "DASK_LOGGING__DISTRIBUTED": "error"}


@contextmanager
def running(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler with workers on the loopback address; all of them end with the block."""
    file = folder / "scheduler.json"
    common = {**os.environ, **QUIET}
    started = [_start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file, environment=common)]
    try:
        address = _address(file)
        workers = [
            _start("worker", address, "--host", "127.0.0.1", "--nthreads", 1, "--no-nanny", "--local-directory", folder,
                   environment=common)
            for _ in range(WORKERS)
        ]  # fmt: skip
        started += workers
        SCHEDULERS.update(dict.fromkeys((worker.pid for worker in workers), started[0]))
        with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(WORKERS, timeout=120)
        yield address.replace("tcp://", "dask://"), workers
    finally:
        for process in started:
            process.kill()
            process.wait()


def _start(role: str, *arguments: object, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", role, *map(str, arguments), "--no-dashboard"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _address(file: Path) -> str:
    for _ in range(600):
        if file.exists() and (text := file.read_text()):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise TimeoutError(file)


def jobs(count: int) -> list[PrintJob]:
    settings = editions.settings()
    return [pdf.print_job(replace(editions.edition(), slug=f"ban-tin-{n}"), settings) for n in range(count)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("cluster")) as (place, _):
        yield place


@pytest.mark.slow
def test_a_cluster_sets_the_same_bytes_as_this_machine_also_when_a_worker_is_lost(tmp_path: Path) -> None:
    work = jobs(6)
    with running(tmp_path) as (place, workers), Cluster(place) as printing:
        waiting = [printing.submit(job) for job in work]
        waiting[0].result(timeout=120)
        workers[0].send_signal(signal.SIGKILL)
        made = [future.result(timeout=120).pdf for future in waiting]
    with Press(2) as press:
        assert made == list(press.typeset_all(work))


@pytest.mark.slow
def test_a_page_that_cannot_be_set_is_refused_by_the_cluster_in_the_same_words(address: str) -> None:
    broken = replace(jobs(1)[0], html="<!doctype html><html lang=vi><title>a</title><p>一</p></html>")
    with Cluster(address) as printing, pytest.raises(TypesetError) as there:
        printing.submit(broken).result(timeout=120)
    with Press() as press, pytest.raises(TypesetError) as here:
        press.typeset(broken)
    assert str(there.value) == str(here.value)


@pytest.mark.slow
def test_an_edition_is_built_on_a_cluster_by_the_command_to_the_same_files(address: str, workspace: Workspace) -> None:
    manifests = []
    for executor in ("local", address):
        result = chungtay(
            "build", "2023-07-tong-ket", "--no-cache", "--executor", executor, "--format", "json", cwd=workspace.root
        )
        assert result.returncode == 0, result.stderr
        manifests.append([(one["path"], one["sha256"]) for one in json.loads(result.stdout)["files"]])
    assert manifests[0] == manifests[1]


def test_a_cluster_of_another_version_is_refused() -> None:
    ours = engine()
    cluster._compare({"tcp://nut-1:1": ours}, ours)
    with pytest.raises(MachineError, match=r"nut-2.*weasyprint 69\.0"):
        cluster._compare({"tcp://nut-1:1": ours, "tcp://nut-2:1": {**ours, "weasyprint": "69.0"}}, ours)


def test_an_answer_that_was_damaged_on_its_way_is_refused() -> None:
    with pytest.raises(MachineError, match="hỏng trên đường"):
        cluster._checked(cluster._framed({"sha256": "0" * 64, "seconds": 1.0}, (b"%PDF-1.7 ...",)), jobs(1)[0])


def test_a_scheduler_that_is_given_up_has_no_machines_and_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    there = Cluster("dask://127.0.0.1:8786")
    there._client = SimpleNamespace(scheduler_info=lambda **_: {})  # what dask knows when it could not connect again
    there.look_after()
    assert there.workers == 0
    monkeypatch.setattr(cluster, "LONELY_SECONDS", -1)
    with pytest.raises(MachineError, match="không còn máy nào"):
        there.look_after()


def test_an_answer_of_a_machine_that_joined_later_with_another_version_is_refused() -> None:
    job, pdf_ = jobs(1)[0], b"%PDF-1.7 ..."
    answer = {"sha256": hashlib.sha256(pdf_).hexdigest(), "seconds": 1.0}
    assert cluster._checked(cluster._framed({**answer, "engine": engine()}, (pdf_,)), job).pdf == pdf_
    with pytest.raises(MachineError, match=r"pango 1\.0"):
        cluster._checked(cluster._framed({**answer, "engine": {**engine(), "pango": "1.0"}}, (pdf_,)), job)
    with pytest.raises(MachineError, match=r"pango 1\.0"):
        cluster._checked(cluster._framed({"refused": "TypesetError", "engine": {**engine(), "pango": "1.0"}}), job)


def test_a_job_carries_all_that_its_page_shows() -> None:
    job = jobs(1)[0]
    answer = cluster.typeset_frame(cluster._framed(*wire.pack(job)), 60)
    with Press() as press:
        assert cluster._checked(answer, job).pdf == press.typeset(job)


@pytest.mark.parametrize(
    ("text", "address"), [("dask://nut-1:8786", "tcp://nut-1:8786"), ("dask+tls://10.0.0.1:1", "tls://10.0.0.1:1")]
)
def test_the_address_of_a_scheduler_is_read(text: str, address: str) -> None:
    assert scheduler(text) == address


@pytest.mark.parametrize("text", ["dask", "dask://", "tcp://a:1", "dask://a", "dask://a:b", "dask://a:1/x"])
def test_any_other_executor_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match=re.escape("dask://127.0.0.1:8786")):
        scheduler(text)


def test_a_scheduler_that_does_not_answer_is_said_in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.3)
    with pytest.raises(MachineError, match="Không nối được bộ điều phối"), Cluster("dask://127.0.0.1:9"):
        pass


@pytest.mark.slow
def test_a_scheduler_that_vanishes_is_said_and_what_was_set_is_kept(tmp_path: Path) -> None:
    shelf, work = Shelf(tmp_path / "pdf"), jobs(12)

    def set_and_kill(place: str, scheduler: subprocess.Popen[bytes]) -> None:
        with Pages(lambda: Cluster(place), shelf, Course(lambda _done, _all: None)) as pages:
            for job in work:
                pages.add(job)
            first = pages._answers[0]
            assert isinstance(first, Future)
            first.result(timeout=120)
            scheduler.kill()
            for sheets in pages.results():
                if isinstance(sheets, ReportsError):
                    raise sheets

    with running(tmp_path) as (place, workers), pytest.raises(MachineError, match="Mất liên lạc với bộ điều phối"):
        set_and_kill(place, scheduler_of(workers[0]))
    assert list((tmp_path / "pdf").iterdir())


def test_leaving_a_cluster_that_has_hung_up_hides_no_failure_that_was_told_before(tmp_path: Path) -> None:
    def submit_and_fail(place: str) -> None:
        with Cluster(place) as machines:
            machines.submit(jobs(1)[0])
            machines._client.close()
            raise MachineError("đã nói trước")

    with running(tmp_path) as (place, _), pytest.raises(MachineError, match="đã nói trước"):
        submit_and_fail(place)


@pytest.mark.slow
def test_a_cluster_without_any_worker_left_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "LONELY_SECONDS", 3)

    def set_and_kill(place: str, workers: Sequence[subprocess.Popen[bytes]]) -> None:
        with Pages(lambda: Cluster(place), None, Course(lambda _done, _all: None)) as pages:
            for job in jobs(12):
                pages.add(job)
            for worker in workers:
                worker.kill()
            pages.results()

    with running(tmp_path) as (place, workers), pytest.raises(MachineError, match="không còn máy nào"):
        set_and_kill(place, workers)


def scheduler_of(worker: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    return SCHEDULERS[worker.pid]
