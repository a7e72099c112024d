"""Open files of an archive without following links or waiting on pipes, and hash them byte by byte."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from chungtay_reports import machine

_CHUNK = 1 << 20


class Digest(Protocol):
    """A digest that is being computed."""

    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


class NotAFileError(OSError):
    """What lies there is a link, a folder or a special file."""


class TooLargeError(OSError):
    """The file is larger than the caller accepts."""


def read_bytes(path: Path, limit: int | None = None) -> bytes:
    """Read a regular file; raise NotAFileError, TooLargeError or another OSError."""
    handle = _open(path)
    with os.fdopen(handle, "rb") as file:
        if limit is not None and os.fstat(file.fileno()).st_size > limit:
            raise TooLargeError(f"tệp lớn hơn {limit} byte")
        return file.read()


def digests(path: Path, algorithms: Iterable[str]) -> Mapping[str, str]:
    """Hash a regular file with every algorithm in one reading; lower-case hex by the OCFL name of the algorithm."""
    sums = {name: new_digest(name) for name in algorithms}
    with os.fdopen(_open(path), "rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            for each in sums.values():
                each.update(chunk)
    return {name: each.hexdigest() for name, each in sums.items()}


def new_digest(algorithm: str) -> Digest:
    """Start a digest by its OCFL name (also those of extension 0001); KeyError for one that is not known."""
    name, size = ALGORITHMS[algorithm]
    if size:
        return hashlib.blake2b(digest_size=size)
    return hashlib.new(name, usedforsecurity=False)


# OCFL name: hashlib's name, and the length in bytes where blake2b is cut short (extension 0001)
ALGORITHMS: dict[str, tuple[str, int]] = {
    "md5": ("md5", 0),
    "sha1": ("sha1", 0),
    "sha256": ("sha256", 0),
    "sha512": ("sha512", 0),
    "sha512/256": ("sha512_256", 0),
    "blake2b-512": ("blake2b", 64),
    "blake2b-160": ("blake2b", 20),
    "blake2b-256": ("blake2b", 32),
    "blake2b-384": ("blake2b", 48),
}


def _open(path: Path) -> int:
    handle = os.open(path, machine.READ)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise NotAFileError("không phải tệp thường")
    return handle
