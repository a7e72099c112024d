"""Make this interpreter lack what Windows lacks; imported before anything else of a run that must work without."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import types
from collections.abc import Sequence
from typing import Any, NoReturn

MODULES = ("fcntl", "resource", "termios", "pwd", "grp")
FUNCTIONS = (
    "fork",
    "forkpty",
    "killpg",
    "pread",
    "pwrite",
    "getuid",
    "geteuid",
    "sched_getaffinity",
    "fchmod",
    "mkfifo",
)
FLAGS = ("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC")
SIGNALS = ("SIGKILL", "SIGXCPU", "SIGHUP", "setitimer", "alarm")


class Hidden:
    """Finds the modules that are not there before anybody else does."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> None:  # noqa: ARG002
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def hide() -> None:
    subprocess.Popen.kill = subprocess.Popen.terminate  # type: ignore[method-assign]  # as on Windows
    sys.modules["msvcrt"] = windows_locks()
    for name in MODULES:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, Hidden())  # type: ignore[arg-type]
    for module, names in ((os, (*FUNCTIONS, *FLAGS)), (signal, SIGNALS)):
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    os.supports_dir_fd.clear()
    os.symlink = os.link = refuse  # type: ignore[assignment]
    ctypes.CDLL = Libraries  # type: ignore[misc]


def refuse(*_paths: object, **_options: object) -> NoReturn:
    raise NotImplementedError("links are not for everybody")


class Libraries(ctypes.CDLL):
    """Windows has no library without a name."""

    def __init__(self, name: str | None, *rest: Any, **options: Any) -> None:
        if name is None:
            raise TypeError("bad argument type for built-in operation")
        super().__init__(name, *rest, **options)


def windows_locks() -> types.ModuleType:
    """Lock as `msvcrt` does: from where the file stands, and only once."""
    module = types.ModuleType("msvcrt")
    lockf, flags = os.lockf, os.F_TLOCK

    def locking(handle: int, mode: int, size: int) -> None:
        assert mode == 2
        lockf(handle, flags, size)

    module.locking, module.LK_NBLCK = locking, 2  # type: ignore[attr-defined]
    return module


hide()
