"""The press on a cluster: the same jobs, set by the workers of a `dask.distributed` scheduler.

A job carries its page, its pictures and its attachments, so the machines need no folder in common; each worker has a
warm press of its own, with the same limits as here. The scheduler runs the jobs of a lost worker again. An answer is
used only when its digest is right, and a cluster only when its machines would set the same bytes as this one.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import hashlib
import io
import logging
import re
import time
from collections.abc import Mapping
from concurrent.futures import CancelledError, Executor, Future
from functools import cache
from types import TracebackType
from typing import Any, Self

from chungtay_reports import errors
from chungtay_reports.errors import MachineError, ReportsError, UsageError
from chungtay_reports.press import wire
from chungtay_reports.press.engine import engine
from chungtay_reports.press.job import PrintJob, Sheet, TypesetError, TypesetLimitError
from chungtay_reports.press.pool import Press

ADDRESS = re.compile(r"dask(?P<tls>\+tls)?://(?P<place>[A-Za-z0-9.-]+:\d{1,5}|\[[0-9A-Fa-f:]+\]:\d{1,5})")
CONNECT_SECONDS = 10
LONELY_SECONDS = 60  # without any worker, before the build gives up: one that restarts may take a while
INSTALL = "pip install 'chungtay-reports[cluster]'"
REFUSALS = {kind.__name__: kind for kind in (TypesetError, TypesetLimitError, MachineError)}


def scheduler(text: str) -> str:
    """Read `dask://host:port` (or `dask+tls://`) as the address that distributed understands; UsageError otherwise."""
    found = ADDRESS.fullmatch(text)
    if not found:
        raise UsageError(
            f"--executor phải là local hoặc dask://máy:cổng, ví dụ dask://127.0.0.1:8786, không phải “{text}”."
        )
    return f"{'tls' if found['tls'] else 'tcp'}://{found['place']}"


class Cluster:
    """Set documents on the workers of a scheduler; a context manager that is used like `Press`."""

    def __init__(self, address: str) -> None:
        self._address = scheduler(address)
        self._seen, self._met = 0, time.monotonic()

    def __enter__(self) -> Self:
        try:
            from distributed import Client  # noqa: PLC0415 - an extra, loaded when it is asked for
        except ImportError as error:
            raise MachineError(f"Máy này chưa cài phần chạy trên cụm máy; hãy chạy {INSTALL}.") from error
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told below, in our words
        try:
            connect: Any = Client
            self._client = connect(self._address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError) as error:
            raise MachineError(
                f"Không nối được bộ điều phối {self._address} trong {CONNECT_SECONDS} giây; "
                "hãy xem “dask scheduler” đã chạy và cổng đã mở chưa."
            ) from error
        try:
            self._refuse_other_engines()
        except BaseException:
            self._client.close()
            raise
        self._executor: Executor = self._client.get_executor(pure=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # All answers are in, or a failure is on its way out: what a dead scheduler does to a farewell must not replace it.
        with contextlib.suppress(Exception, asyncio.CancelledError):
            self._executor.shutdown(wait=kind is None)
        with contextlib.suppress(Exception, asyncio.CancelledError):
            self._client.close(timeout=CONNECT_SECONDS)

    @property
    def workers(self) -> int:
        """Say how many machines' processes there are now."""
        return max(self._seen, self._count())

    def look_after(self) -> None:
        """Give up when all workers have been gone for a while: dask itself would wait for new ones for ever."""
        now = time.monotonic()
        if self._count():
            self._met = now
        elif now - self._met > LONELY_SECONDS:
            raise MachineError(
                f"Cụm {self._address} không còn máy nào đã {LONELY_SECONDS} giây. "
                "Hãy chạy lại “dask worker” rồi dựng lại; trang nào đã dàn xong thì khỏi dàn lại."
            )

    def _count(self) -> int:
        count = len(self._client.scheduler_info(n_workers=-1).get("workers", ()))  # it knows none once it gave up
        self._seen = max(self._seen, count)
        return count

    def submit(self, job: PrintJob) -> Future[Sheet]:
        """Queue a job; the future gives its PDF, or raises what a press here would raise."""
        answer: Future[Sheet] = Future()
        frame = _framed(*wire.pack(job))
        waiting = self._executor.submit(typeset_frame, frame, job.seconds)
        waiting.add_done_callback(lambda done: _settle(answer, done, job, self._address))
        return answer

    def _refuse_other_engines(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except TimeoutError as error:
            raise MachineError(
                f"Bộ điều phối {self._address} chưa có máy nào sau {CONNECT_SECONDS} giây; hãy chạy “dask worker” trước."
            ) from error
        _compare(self._client.run(engine), engine())


def typeset_frame(frame: bytes, seconds: float) -> bytes:
    """Set one job on the machine of a worker: a frame with its PDF and digest, or why there is none. Runs in the cluster."""
    header, blobs = wire.receive(io.BytesIO(frame))
    job = wire.unpack(header, blobs, seconds)
    try:
        sheet = _press().submit(job).result()
    except ReportsError as error:
        return _framed({"refused": type(error).__name__, "arguments": error.args, "engine": engine()})
    digest = hashlib.sha256(sheet.pdf).hexdigest()
    return _framed({"sha256": digest, "seconds": sheet.seconds, "engine": engine()}, (sheet.pdf,))


def _compare(engines: Mapping[str, Mapping[str, str]], ours: Mapping[str, str]) -> None:
    """Refuse workers that would set other bytes than this machine."""
    for worker, theirs in sorted(engines.items()):
        other = [f"{name} {theirs.get(name)} (ở đây {ours[name]})" for name in ours if theirs.get(name) != ours[name]]
        if other:
            raise MachineError(
                f"Máy {worker} trong cụm có phiên bản khác nên sẽ ra tệp khác: {', '.join(other)}. "
                "Hãy cài cùng một phiên bản trên mọi máy."
            )


@cache
def _press() -> Press:
    """Keep one warm press for each process of the cluster; it ends with its process."""
    opened = contextlib.ExitStack()
    atexit.register(opened.close)
    return opened.enter_context(Press(1))


def _framed(header: wire.Header, blobs: tuple[bytes, ...] = ()) -> bytes:
    buffer = io.BytesIO()
    wire.send(buffer, header, blobs)
    return buffer.getvalue()


def _settle(answer: Future[Sheet], done: Future[bytes], job: PrintJob, address: str) -> None:
    try:
        answer.set_result(_checked(done.result(), job))
    except ReportsError as error:
        answer.set_exception(error)
    except (CancelledError, asyncio.CancelledError):
        answer.set_exception(
            MachineError(
                f"Mất liên lạc với bộ điều phối {address} khi đang dàn “{job.name}”. "
                "Hãy xem “dask scheduler” còn chạy không rồi dựng lại; trang nào đã dàn xong thì khỏi dàn lại."
            )
        )
    except Exception as error:  # noqa: BLE001 - whatever the cluster answers, one job has failed and must say so
        answer.set_exception(
            MachineError(f"Cụm máy không dàn được “{job.name}”: {errors.shown(f'{type(error).__name__} {error}')}")
        )


def _checked(frame: bytes, job: PrintJob) -> Sheet:
    damaged = MachineError(f"Bản in “{job.name}” hỏng trên đường từ cụm máy về; hãy dựng lại.")
    try:
        header, blobs = wire.receive(io.BytesIO(frame))
        refused: Any = REFUSALS.get(str(header.get("refused")))
        arguments, theirs = header.get("arguments", []), dict(header["engine"])
    except (EOFError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise damaged from error
    _compare({"vừa dàn “" + job.name + "”": theirs}, engine())  # it may have joined after the others were asked
    if refused:
        raise refused(*(tuple(each) if isinstance(each, list) else each for each in arguments))
    if len(blobs) != 1 or hashlib.sha256(blobs[0]).hexdigest() != header.get("sha256"):
        raise damaged
    return Sheet(blobs[0], float(header["seconds"]))
