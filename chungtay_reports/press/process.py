"""One worker process and the pipes to it: it sets one document at a time, and is ended when it oversteps."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from chungtay_reports import machine
from chungtay_reports.errors import MachineError, ReportsError, why
from chungtay_reports.press import wire
from chungtay_reports.press.job import Limits, PrintJob, TypesetError, TypesetLimitError

PACKAGE_PARENT = Path(__file__).resolve().parents[2]
# WeasyPrint loses about 0.4 MB with each document; a new worker after so many keeps memory flat for 1% of the time.
DOCUMENTS_PER_WORKER = 64
CLOSED = "Việc dàn trang đã dừng."

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""


class Worker:
    """One process and the pipe to it; a process that is killed or dies is replaced for the next job."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._parent, self._limits = folder, limits
        self._changing, self._closed = threading.Lock(), False
        self._process = self._start()

    def close(self) -> None:
        """End the process for good: a thread that still waits for its answer begins no other."""
        with self._changing:
            self._closed = True
            self._kill()

    def _renew(self) -> None:
        with self._changing:
            if self._closed:
                raise TypesetLimitError(CLOSED)
            self._kill()
            self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self._set = 0
        try:
            return self._started()
        except OSError as error:
            raise MachineError(f"Không mở được tiến trình dàn trang: {why(error)}.") from error

    def _started(self) -> subprocess.Popen[bytes]:
        folder = Path(tempfile.mkdtemp(dir=self._parent))
        (folder / "fonts.conf").write_bytes(_FONTCONFIG.format(cache=escape(str(folder / "cache"))).encode())
        self._log = folder / "worker.log"
        limits = self._limits
        arguments = [str(limits.cpu_seconds), str(limits.address_space)]
        with self._log.open("wb") as log:
            # -P: a module of that name in the working folder is not ours
            return subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", "chungtay_reports.press.worker", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=folder,
                env=_environment(folder),
                **machine.apart(),
            )

    def typeset(self, job: PrintJob) -> bytes:
        if self._set == DOCUMENTS_PER_WORKER or self._process.poll() is not None:
            self._renew()
        overdue = threading.Event()
        timer = threading.Timer(self._patience(job), self._stop, [overdue])
        timer.daemon = True
        timer.start()
        try:
            wire.send(_pipe(self._process.stdin), *wire.pack(job))
            header, blobs = wire.receive(_pipe(self._process.stdout))
            pdf = blobs[0] if header.get("done") is True else None
        except (EOFError, OSError, ValueError, LookupError):
            self._kill()
            raise self._death(job, overdue=overdue.is_set()) from None
        finally:
            timer.cancel()
        if pdf is not None:
            self._set += 1
            return pdf
        if header.get("error") != "page":
            self._kill()
        raise _refusal(job, header)

    def _death(self, job: PrintJob, *, overdue: bool) -> ReportsError:
        if overdue or machine.overstepped(self._process):
            return TypesetLimitError(
                f"Bản in “{job.name}” dàn quá {self._patience(job):.0f} giây nên đã dừng; "
                "hãy chia nhỏ các bảng dài hoặc bớt ảnh."
            )
        tail = self._log.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]
        return TypesetLimitError(f"Tiến trình dàn trang dừng đột ngột khi dàn bản in “{job.name}”. {tail}".rstrip())

    def _patience(self, job: PrintJob) -> float:
        return max(self._limits.seconds, job.seconds)

    def _stop(self, overdue: threading.Event) -> None:
        if self._process.poll() is None:
            overdue.set()
            machine.end(self._process)

    def _kill(self) -> None:
        """End the process and all that it started."""
        machine.end(self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                _pipe(pipe).close()


def _refusal(job: PrintJob, header: wire.Header) -> ReportsError:
    reasons = header.get("reasons")
    lines = tuple(str(reason) for reason in reasons) if isinstance(reasons, list) else ()
    match header.get("error"):
        case "machine":
            return MachineError(" ".join(lines))
        case "memory":
            gigabytes = int(str(header.get("address_space", 0))) / 1024**3
            return TypesetLimitError(f"Bản in “{job.name}” cần hơn {gigabytes:.1f} GB bộ nhớ nên đã dừng.")
    return TypesetError(job.name, lines)


def _environment(folder: Path) -> dict[str, str]:
    """Give the worker an environment of our making, so that nobody's locale or font settings reach the page."""
    return machine.inherited() | {
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(PACKAGE_PARENT),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TMPDIR": str(folder),
        "TZ": "UTC",
    }


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise EOFError
    return stream
