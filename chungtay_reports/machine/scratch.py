"""Temporary folders that last as long as a block; what a killed program leaves is swept by the next one that needs such a folder.

Each has a file in it that its owner keeps locked, so that nobody sweeps a folder that is in use.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from chungtay_reports.errors import MachineError, why
from chungtay_reports.machine.files import LOCKS, READ, try_lock

PREFIX = "chungtay-"
INNER, LOCK = "tam", "khoa"


@contextlib.contextmanager
def scratch(purpose: str) -> Iterator[Path]:
    """Make an empty folder for this user alone, and remove it with all that is in it when the block ends."""
    with _told():
        home = Path(tempfile.gettempdir())
        _sweep(home)
        folder, handle = _made(home, f"{PREFIX}{purpose}-")
    try:
        yield folder / INNER
    finally:
        _remove(folder, handle)


def _made(home: Path, prefix: str) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=home))
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        # A sweeper may have come between the two lines above and have taken the folder for one that was left.
        if try_lock(handle) and os.fstat(handle).st_nlink:
            (folder / INNER).mkdir(mode=0o700)
            return folder, handle
        os.close(handle)


def _sweep(home: Path) -> None:
    """Remove the folders of programs that are gone: ours by name and owner, no link, and nobody holds their lock."""
    if not LOCKS:
        return
    with contextlib.suppress(OSError), os.scandir(home) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and _ours(entry):
                _remove_if_left(Path(entry.path))


def _ours(entry: os.DirEntry[str]) -> bool:
    with contextlib.suppress(OSError):
        status = entry.stat(follow_symlinks=False)
        return stat.S_ISDIR(status.st_mode) and (not hasattr(os, "getuid") or status.st_uid == os.getuid())
    return False


def _remove_if_left(folder: Path) -> None:
    with contextlib.suppress(OSError):  # in most cases: there is no lock, so the folder is none of these
        handle = os.open(folder / LOCK, READ | os.O_RDWR)
        if try_lock(handle):
            _remove(folder, handle)
        else:
            os.close(handle)


def _remove(folder: Path, handle: int) -> None:
    """Remove a folder whose lock is held, the lock last, so that whatever a crash leaves can still be swept."""
    shutil.rmtree(folder / INNER, ignore_errors=True)
    os.close(handle)  # Windows removes no open file
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or tempfile.gettempprefix()
        raise MachineError(
            f"Không tạo được thư mục tạm {where}: {why(error)}. Hãy dọn bớt, hoặc đặt biến TMPDIR vào thư mục khác."
        ) from error
