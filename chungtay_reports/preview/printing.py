"""PDFs on demand: one press worker that stays warm from one page to the next."""

from __future__ import annotations

import threading

from chungtay_reports.errors import MachineError
from chungtay_reports.press import Press, PrintJob


class Printer:
    """Sets one document at a time; the worker starts at the first call of `warm` or `set`."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._press: Press | None = None
        self._closed = False

    def warm(self) -> None:
        """Let the worker load what it needs, so that the first PDF does not wait for that."""
        with self._turn:
            self._ready()

    def set(self, job: PrintJob) -> bytes:
        """Make the PDF of a document; ReportsError when it cannot be set."""
        with self._turn:
            return self._ready().typeset(job)

    def close(self) -> None:
        """End the worker, whatever it does; there will be no other."""
        self._closed = True
        press, self._press = self._press, None
        if press is not None:
            press.__exit__(KeyboardInterrupt, None, None)

    def _ready(self) -> Press:
        if self._closed:
            raise MachineError("Máy xem thử đang dừng.")
        if self._press is None:
            self._press = Press(1).__enter__()
        return self._press
