"""What all pages of a moment are made with."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from chungtay_reports.preview.findings import Finding, Sources
from chungtay_reports.preview.printing import Printer
from chungtay_reports.preview.workshop import State
from chungtay_reports.settings import Settings


@dataclass(frozen=True, slots=True)
class Room:
    """The state, the texts that can be looked at, and what sets PDFs.

    `shared` are errors in files that all editions stand on. Whoever measures or composes holds `turn`: figures remember
    what they have counted, and only one may write that down at a time.
    """

    state: State
    overrides: Path | None
    sources: Sources
    shared: tuple[Finding, ...]
    printer: Printer
    turn: threading.RLock

    @property
    def settings(self) -> Settings | None:
        return self.state.settings
