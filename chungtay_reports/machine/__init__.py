"""What the systems do differently, each thing behind one name: locks, flushed folders, fences around processes, temp folders.

Linux is where everything holds. macOS keeps no limit on memory; Windows keeps no limits at all, flushes no folders and
exchanges no two folders in one moment. `chungtay doctor` says what this machine is without.
"""

from __future__ import annotations

from chungtay_reports.machine.advice import pango
from chungtay_reports.machine.files import (
    FLUSHES,
    LOCKS,
    READ,
    READ_LINKED,
    Below,
    exchange,
    flush_folder,
    locked_folder,
    read_ordinary,
    try_lock,
)
from chungtay_reports.machine.interrupts import SIGNALS, undisturbed
from chungtay_reports.machine.processes import (
    LIMITS,
    allow_cpu,
    apart,
    end,
    fence,
    inherited,
    leave_with_parent,
    overstepped,
)
from chungtay_reports.machine.scratch import scratch

__all__ = [
    "FLUSHES",
    "LIMITS",
    "LOCKS",
    "READ",
    "READ_LINKED",
    "SIGNALS",
    "Below",
    "allow_cpu",
    "apart",
    "end",
    "exchange",
    "fence",
    "flush_folder",
    "inherited",
    "leave_with_parent",
    "locked_folder",
    "overstepped",
    "pango",
    "read_ordinary",
    "scratch",
    "try_lock",
    "undisturbed",
]
