"""Processes that are fenced in, stand apart from the terminal, and neither outlive nor outstay the program."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any

# Where programs and libraries lie, and without what Windows starts no program; nothing that changes what is made.
INHERITED = (
    *("PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES"),
    *("SYSTEMROOT", "SYSTEMDRIVE", "PATHEXT"),
)
PARENT_SECONDS = 1.0  # how long a process may outlive the one that began it


def _limits() -> Any:
    try:
        return importlib.import_module("resource")
    except ImportError:
        return None


_RESOURCE = _limits()
LIMITS = _RESOURCE is not None and sys.platform != "darwin"  # macOS takes a limit on memory, and does not keep it


def fence(**limits: int) -> frozenset[str]:
    """Put limits on this process, by the names of `resource` in small letters (`as_`, `cpu`, `core`, `fsize`).

    Returns the names of those that this system cannot keep.
    """
    lacking = set()
    for name, value in limits.items():
        kind = getattr(_RESOURCE, f"RLIMIT_{name.rstrip('_').upper()}", None)
        try:
            if kind is None:
                raise ValueError(name)  # noqa: TRY301 - as macOS answers for a limit that it only pretends to have
            _RESOURCE.setrlimit(kind, (value, value))
        except (ValueError, OSError):
            lacking.add(name)
    return frozenset(lacking)


def allow_cpu(seconds: int) -> None:
    """Let this process take that many CPU seconds more; the system then ends it, where it can."""
    if _RESOURCE is not None:
        hard = _RESOURCE.getrlimit(_RESOURCE.RLIMIT_CPU)[1]
        _RESOURCE.setrlimit(_RESOURCE.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, hard))


def inherited() -> dict[str, str]:
    """Return the little of the environment that a process of ours must know of the machine."""
    return {name: os.environ[name] for name in INHERITED if name in os.environ}


def apart() -> dict[str, Any]:
    """Return the arguments with which `subprocess.Popen` starts a process that Ctrl-C at the terminal does not reach."""
    group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", None)
    return {"start_new_session": True} if group is None else {"creationflags": group}


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started `apart`, with all that it started where processes have groups, and wait for it."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
    process.wait()


def overstepped(process: subprocess.Popen[bytes]) -> bool:
    """Say whether a process was ended for its CPU time."""
    return process.returncode == -getattr(signal, "SIGXCPU", 0) != 0


def leave_with_parent() -> None:
    """See to it that this process ends soon after the one that began it, however that ended and whatever this one does."""
    parent = os.getppid()
    if os.name == "posix":  # elsewhere a process keeps the number of a parent that is gone
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(PARENT_SECONDS)
    os._exit(1)
