"""A moment in which nobody stops the program: Ctrl-C and its like wait until the block has ended."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Put off the signals that stop a program until a short block has ended; a kill cannot be put off."""
    if threading.current_thread() is not threading.main_thread():  # signals never reach another thread
        yield
        return
    came: list[int] = []
    before = {number: signal.signal(number, lambda number, _: came.append(number)) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number in dict.fromkeys(came):
        os.kill(os.getpid(), number)
