"""Pages on their way to the press: one that was set before comes from the shelf, the others from warm workers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from chungtay_reports.course import Course
from chungtay_reports.errors import ReportsError
from chungtay_reports.press import wire
from chungtay_reports.press.cluster import Cluster
from chungtay_reports.press.engine import engine
from chungtay_reports.press.job import PrintJob, Sheet, TypesetError, TypesetLimitError
from chungtay_reports.press.pool import Press
from chungtay_reports.shelf import Shelf

Sheets = tuple[bytes, float, bool]  # a PDF, the seconds of its setting, and whether it was there already
Result = Sheets | ReportsError

PATIENCE = 0.5  # seconds between two looks at what is being set


class Pages:
    """PDFs that are being set: from the cache where the same page was set before, the others by a press of warm workers."""

    def __init__(self, start: Callable[[], Press | Cluster], shelf: Shelf | None, course: Course) -> None:
        self._start, self._shelf, self._course = start, shelf, course
        self._open = ExitStack()
        self._press: Press | Cluster | None = None
        self._answers: list[Sheets | Future[Sheet]] = []
        self._keys: dict[Future[Sheet], str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    @property
    def workers(self) -> int:
        return self._press.workers if self._press else 0

    def add(self, job: PrintJob) -> int:
        """Take a page; returns its place among the results."""
        key = _key(job)
        if (known := self._shelf.find(key) if self._shelf else None) is not None:
            self._answers.append((known, 0.0, True))
            return len(self._answers) - 1
        self._course.expect(shared=job.cost)
        answer = self._ready().submit(job)
        self._keys[answer] = key
        answer.add_done_callback(lambda _: self._course.done(shared=job.cost))
        self._answers.append(answer)
        return len(self._answers) - 1

    def _ready(self) -> Press | Cluster:
        if self._press is None:
            press = self._start()
            self._open.enter_context(press)
            self._press = press
        return self._press

    def results(self) -> list[Result]:
        """Wait for all pages. Each goes into the cache as soon as it is set, so that it outlives whatever stops the rest."""
        waiting = set(self._keys)
        while waiting:
            done, waiting = wait(waiting, timeout=PATIENCE, return_when=FIRST_COMPLETED)
            self._ready().look_after()
            self._course.tell()
            for answer in done:
                if self._shelf and answer.exception() is None:
                    self._shelf.keep(self._keys[answer], answer.result().pdf)
        return [_result(answer) if isinstance(answer, Future) else answer for answer in self._answers]


def _result(answer: Future[Sheet]) -> Result:
    try:
        sheet = answer.result()
    except (TypesetError, TypesetLimitError) as error:
        return error
    return sheet.pdf, sheet.seconds, False


def _key(job: PrintJob) -> str:
    """Name everything that the bytes of a PDF depend on: its page and assets, the fonts, the versions that set it."""
    header, blobs = wire.pack(job)
    parts = [json.dumps([header, engine()], sort_keys=True).encode(), *blobs]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
