"""The press seen from the program: warm worker processes, one document each at a time, killed when they overstep."""

from __future__ import annotations

import contextlib
import math
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Self

from chungtay_reports import machine
from chungtay_reports.errors import ReportsError
from chungtay_reports.press.job import Limits, PrintJob, Sheet, TypesetLimitError
from chungtay_reports.press.process import CLOSED, Worker

# A worker takes half a second of computing to start (benchmarks/RESULTS.md): it should have twice that to do.
WORTH_A_START = 1.0


class Press:
    """Set documents in up to `workers` processes that stay warm from one document to the next, the longest first.

    A document's bytes depend on its job alone: not on the worker, the order, the folder, the locale or the clock.
    Use as a context manager. One worker starts at once and loads while the caller prepares its first job; another joins
    when there is more to do than its start costs.
    """

    def __init__(self, workers: int = 1, limits: Limits | None = None) -> None:
        self._most = max(1, workers)
        self._limits = limits or Limits()

    @property
    def workers(self) -> int:
        """Say how many workers have been started."""
        return len(self._workers)

    def __enter__(self) -> Self:
        self._changing = threading.Lock()
        self._queue: queue.PriorityQueue[_Waiting] = queue.PriorityQueue()
        self._workers: list[Worker] = []
        self._threads: list[threading.Thread] = []
        self._waiting, self._numbers, self._closed = 0.0, count(), False
        with contextlib.ExitStack() as opening:
            self._folder = opening.enter_context(machine.scratch("press"))
            opening.callback(self._end)
            with self._changing:
                self._hire()
            self._opened = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._dismiss(last=True)
        finally:
            self._opened.close()

    def look_after(self) -> None:
        """See to it that somebody works: threads of this process do."""

    def typeset(self, job: PrintJob) -> bytes:
        """Make the PDF; TypesetError, TypesetLimitError or MachineError when that cannot be."""
        return self.submit(job).result().pdf

    def submit(self, job: PrintJob) -> Future[Sheet]:
        """Queue a job; the future gives what `typeset` gives, and how long that took."""
        waiting = _Waiting(-job.cost, next(self._numbers), job, Future())
        with self._changing:
            if self._closed:
                raise TypesetLimitError(CLOSED)
            self._waiting += job.cost
            self._queue.put(waiting)
            if len(self._workers) < self._most and self._waiting > WORTH_A_START * (len(self._workers) + 1):
                self._hire()
        return waiting.answer

    def typeset_all(self, jobs: Sequence[PrintJob]) -> Iterator[bytes | ReportsError]:
        """Set all jobs, answers in the order of the jobs; one that fails gives its error and stops no other."""
        for future in [self.submit(job) for job in jobs]:
            try:
                yield future.result().pdf
            except ReportsError as error:
                yield error

    def _hire(self) -> None:
        worker = Worker(self._folder, self._limits)
        self._workers.append(worker)
        self._threads.append(threading.Thread(target=self._serve, args=(worker,), name="press", daemon=True))
        self._threads[-1].start()

    def _serve(self, worker: Worker) -> None:
        while (waiting := self._queue.get()).job is not None:
            if not waiting.answer.set_running_or_notify_cancel():
                continue
            started = time.perf_counter()
            try:
                sheet = Sheet(worker.typeset(waiting.job), time.perf_counter() - started)
            except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to whoever waits for the answer
                waiting.answer.set_exception(error)
            else:
                waiting.answer.set_result(sheet)
            with self._changing:
                self._waiting -= waiting.job.cost

    def _dismiss(self, *, last: bool) -> None:
        """Send the threads home, after the jobs that wait or before them, and wait until they have gone."""
        for _ in self._threads:
            self._queue.put(_Waiting(math.inf if last else -math.inf, next(self._numbers), None, Future()))
        for thread in self._threads:
            thread.join()

    def _end(self) -> None:
        """End all processes, whatever they do; jobs that still wait are cancelled."""
        with self._changing:
            self._closed = True
        for worker in self._workers:
            worker.close()
        self._dismiss(last=False)
        while not self._queue.empty():
            self._queue.get().answer.cancel()


@dataclass(order=True, frozen=True, slots=True)
class _Waiting:
    """A job in the queue; without a job it sends a thread home."""

    place: float
    number: int
    job: PrintJob | None = field(compare=False)
    answer: Future[Sheet] = field(compare=False)
