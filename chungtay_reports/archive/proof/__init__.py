"""Verify one PDF anywhere, offline and without a workspace: `verify` opens it in a fenced process and tells what it is."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from chungtay_reports import machine
from chungtay_reports.archive.proof.index import Listed, index_of, read_index, to_json
from chungtay_reports.archive.proof.reading import TOO_MUCH
from chungtay_reports.archive.proof.report import Report, data, from_data, placed, sentences
from chungtay_reports.errors import Place, UsageError, why

__all__ = ["Limits", "Listed", "Report", "data", "index_of", "read_index", "sentences", "to_json", "verify"]

PACKAGE_PARENT = Path(__file__).resolve().parents[3]
LARGEST_CERTIFICATE = 1_000_000  # bytes of a file of certificates


@dataclass(frozen=True, slots=True)
class Limits:
    """What opening one file may take: its size, wall and CPU seconds, the address space in bytes."""

    size: int = 100_000_000
    seconds: float = 60
    cpu_seconds: int = 45
    address_space: int = 3 * 1024**3


def verify(
    path: Path, listed: tuple[Listed, ...] | None = None, trust: Sequence[Path] = (), limits: Limits | None = None
) -> Report:
    """Verify a PDF; whatever it holds, the answer is a report. UsageError when there is no such file to read."""
    bounds = limits or Limits()
    for certificate in trust:
        require_certificate(certificate)
    with _opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > bounds.size:
            reason = f"{size // 1_000_000} MB"
            return Report(path.name, "", problems=(TOO_MUCH.at(Place(path.name), reason=reason),))
        report = _examined(file, path.name, trust, bounds)
    return report if listed is None else placed(report, listed)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a regular file; a pipe or a device would never end."""
    try:
        handle = os.open(path, machine.READ_LINKED)
    except OSError as error:
        raise UsageError(f"Không mở được {path}: {why(error)}.") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UsageError(f"{path} không phải một tệp; hãy nêu tên một tệp PDF.")
    with os.fdopen(handle, "rb") as file:
        yield file


def require_certificate(path: Path) -> None:
    """Raise UsageError for a file that is no certificate, or a broken one: the PDF is not to be blamed for it."""
    with _opened(path) as file:
        data = file.read(LARGEST_CERTIFICATE)
    try:
        written = data.decode("ascii", "ignore") if b"-----BEGIN CERTIFICATE-----" in data else data
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=written)
    except (ssl.SSLError, ValueError) as error:
        raise UsageError(
            f"{path.name} không phải chứng thư số; hãy nêu tệp .pem, .crt hay .cer của nơi cấp."
        ) from error


def _examined(file: IO[bytes], name: str, trust: Sequence[Path], limits: Limits) -> Report:
    command = [sys.executable, "-P", "-m", "chungtay_reports.archive.proof.worker", name]
    command += [str(limits.cpu_seconds), str(limits.address_space), *(str(one.resolve()) for one in trust)]
    with machine.scratch("verify") as folder:
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            **machine.apart(),
        )
        try:
            answer, _ = process.communicate(timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            answer = b""
        finally:
            machine.end(process)
    try:
        return from_data(json.loads(answer))
    except ValueError:
        file.seek(0)
        digest = hashlib.sha256(file.read()).hexdigest()
        reason = "mở quá lâu hoặc cần quá nhiều bộ nhớ"
        return Report(name, digest, problems=(TOO_MUCH.at(Place(name), reason=reason),))


def _environment(folder: Path) -> dict[str, str]:
    return machine.inherited() | {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(PACKAGE_PARENT),
        # one thread each: their arenas count against the address space
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }
