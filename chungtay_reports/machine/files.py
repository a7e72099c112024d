"""Locks that die with their holder, folders flushed to the disk, and two folders exchanged in one moment."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import importlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

# Open a file to read it: no link is followed, no pipe waited for, no byte translated, where the system knows of these.
READ = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))

READ_LINKED = READ & ~getattr(os, "O_NOFOLLOW", 0)  # the same, where a link may be what the user named

_FOLDER = getattr(os, "O_DIRECTORY", 0)  # 0: a folder cannot be opened here
FLUSHES = bool(_FOLDER)
_BEYOND = 1 << 30  # on Windows nobody can read a locked byte: lock one far behind the text of the file
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def _locker() -> Callable[[int], None] | None:
    """Return what locks an open file or raises OSError, as this system has it."""
    with contextlib.suppress(ImportError):
        posix: Any = importlib.import_module("fcntl")
        return lambda handle: posix.flock(handle, posix.LOCK_EX | posix.LOCK_NB)
    with contextlib.suppress(ImportError):
        windows: Any = importlib.import_module("msvcrt")

        def lock(handle: int) -> None:
            os.lseek(handle, _BEYOND, os.SEEK_SET)
            windows.locking(handle, windows.LK_NBLCK, 1)

        return lock
    return None


_LOCK = _locker()
LOCKS = _LOCK is not None


def read_ordinary(path: Path, first: int = 0, size: int = -1) -> bytes:
    """Read a file of our own, or a part of it; OSError where something else stands there, a link included."""
    handle = os.open(path, READ)
    with os.fdopen(handle, "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        file.seek(first)
        return (file.readall() if size < 0 else file.read(size)) or b""


class Below:
    """Opens files below a folder to read them; a link in any part of a path is an OSError, so that none leads outside.

    The folder of the last file stays open, so that its neighbours are one step away. To be closed.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._parts: Sequence[str] = ()
        self._folder = -1

    def open(self, parts: Sequence[str]) -> int:
        """Open a file by the parts of its path."""
        if (
            not _FOLDER or os.open not in os.supports_dir_fd
        ):  # then a link that comes between looking and opening is followed
            steps = [self._root.joinpath(*parts[:count]) for count in range(1, len(parts) + 1)]
            if any(step.is_symlink() for step in steps):
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(steps[-1]))
            return os.open(steps[-1], READ)
        if self._folder < 0 or parts[:-1] != self._parts:
            self._enter(parts[:-1])
        return os.open(parts[-1], READ, dir_fd=self._folder)

    def _enter(self, parts: Sequence[str]) -> None:
        self.close()
        self._folder = os.open(self._root, os.O_RDONLY | _FOLDER | getattr(os, "O_CLOEXEC", 0))
        try:
            for part in parts:
                inner = os.open(part, READ | _FOLDER, dir_fd=self._folder)
                os.close(self._folder)
                self._folder = inner
        except OSError:
            self.close()
            raise
        self._parts = parts

    def close(self) -> None:
        """Let go of the folder of the last file."""
        if self._folder >= 0:
            os.close(self._folder)
            self._folder = -1


def try_lock(handle: int) -> bool:
    """Lock an open file and say so, or say that somebody else holds it; the system frees the lock of a program that dies."""
    try:
        if _LOCK:
            _LOCK(handle)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


@contextlib.contextmanager
def locked_folder(folder: Path, wait: Callable[[int], None]) -> Iterator[None]:
    """Hold a lock on a folder that gets no new file for it; `wait` is given an open file and returns once it is locked.

    Where folders cannot be opened a hidden file beside it stands in.
    """
    beside = folder.with_name(f".{folder.name}.lock")
    handle = os.open(folder, READ | _FOLDER) if _FOLDER else os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        wait(handle)
        yield
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to the disk; elsewhere than on POSIX there is no such thing, and nothing happens."""
    if not _FOLDER:
        return
    handle = os.open(folder, READ_LINKED | _FOLDER)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def exchange(new: Path, old: Path, cannot: frozenset[int]) -> bool:
    """Let two files or folders change places in one moment.

    Returns False, nothing done, where the system has no such call or answers with an error that is in `cannot`.
    """
    try:
        function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    except (OSError, TypeError):  # Windows has no library of that name
        return False
    if function is None:
        return False
    if function(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in cannot:
        return False
    raise OSError(code, os.strerror(code), str(old))
