"""The process that sets pages: WeasyPrint, loaded once, fenced in by limits and given nothing but what a job carries.

Run as `python -m chungtay_reports.press.worker CPU_SECONDS ADDRESS_SPACE`; jobs come in on stdin, answers go out on
stdout (`wire.py`). Only this process imports WeasyPrint.
"""

from __future__ import annotations

import gc
import os
import sys
import warnings
from itertools import count
from typing import IO, TYPE_CHECKING

from chungtay_reports import machine
from chungtay_reports.press import wire

if TYPE_CHECKING:
    from chungtay_reports.press.setting import Setter

# With the thresholds below Python would never look for the cycles of finished documents by itself.
DOCUMENTS_PER_COLLECTION = 4


def main(cpu_seconds: int, address_space: int) -> None:
    """Answer jobs until stdin closes."""
    machine.leave_with_parent()
    jobs, answers = sys.stdin.buffer, _take_stdout()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # “No fonts configured”: the machine's fonts are shut out on purpose
            from chungtay_reports.press.setting import Setter  # noqa: PLC0415
    except OSError as error:
        _refuse_all(jobs, answers, str(error))
        return
    # Layout makes objects by the hundred thousand that all live to the end of the document: collecting early only costs.
    gc.collect()
    gc.freeze()
    gc.set_threshold(1_000_000, 50, 100)
    machine.fence(as_=address_space, core=0)
    setter = Setter()
    for number in count(1):
        try:
            header, blobs = wire.receive(jobs)
        except EOFError:
            return
        machine.allow_cpu(cpu_seconds)
        wire.send(answers, *_answer(setter, header, blobs, address_space))
        if number % DOCUMENTS_PER_COLLECTION == 0:
            gc.collect()


def _answer(
    setter: Setter, header: wire.Header, blobs: tuple[bytes, ...], address_space: int
) -> tuple[wire.Header, tuple[bytes, ...]]:
    try:
        pdf, reasons = setter.set(wire.unpack(header, blobs))
    except MemoryError:
        return {"error": "memory", "address_space": address_space}, ()
    except Exception as error:  # noqa: BLE001 - one page that breaks WeasyPrint stops no other
        return {"error": "crash", "reasons": [f"WeasyPrint dừng vì {type(error).__name__}: {error}."]}, ()
    if reasons:
        return {"error": "page", "reasons": list(reasons)}, ()
    return {"done": True}, (pdf,)


def _take_stdout() -> IO[bytes]:
    """Keep stdout for answers: whatever a library prints goes to the log."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _refuse_all(jobs: IO[bytes], answers: IO[bytes], detail: str) -> None:
    reason = f"Máy thiếu thư viện dàn trang Pango hoặc HarfBuzz, nên chưa làm được PDF; {machine.pango()}. ({detail})"
    while True:
        try:
            wire.receive(jobs)
        except EOFError:
            return
        wire.send(answers, {"error": "machine", "reasons": [reason]})


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
