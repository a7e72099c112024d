"""A folder of finished things by key; whatever is not exactly what was kept there is treated as not there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from chungtay_reports import machine
from chungtay_reports.disk import clear_way, make_folder, replace_file

# What it may end in to read an entry that a program of another version wrote: whole, and of another form.
FOREIGN = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
DIGEST = 64  # hexadecimal characters of a SHA-256


class Shelf:
    """Entries are bound to their key by a digest, so that a damaged or a swapped one is noticed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str) -> bytes | None:
        try:
            stored = machine.read_ordinary(self._folder / key)
        except OSError:
            return None
        digest, data = stored[:DIGEST], stored[DIGEST:]
        return data if digest == seal(key, data) else None

    def keep(self, key: str, data: bytes) -> None:
        make_folder(self._folder, mode=0o700)
        clear_way(self._folder / key)
        replace_file(self._folder / key, seal(key, data) + data)


def seal(key: str, data: bytes) -> bytes:
    """Return the digest that binds data to its key."""
    return hashlib.sha256(key.encode() + data).hexdigest().encode()
