"""The process in which a stranger's PDF is opened: limits on memory and time, nothing to write to, and an answer in JSON.

Run as `python -m chungtay_reports.archive.proof.worker NAME CPU_SECONDS ADDRESS_SPACE [CERTIFICATE…]`, the PDF on stdin.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import replace

from chungtay_reports import machine


def main(name: str, cpu_seconds: int, address_space: int, trust: list[str]) -> None:
    """Read the PDF from stdin, write the report to stdout."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints goes to the log
    machine.fence(as_=address_space, cpu=cpu_seconds, core=0, fsize=0)
    machine.leave_with_parent()
    json.dump(_examined(sys.stdin.buffer.read(), name, trust), answers)  # in ASCII: a file's name may be no Unicode
    answers.flush()


def _examined(content: bytes, name: str, trust: list[str]) -> dict[str, object]:
    from chungtay_reports.archive.proof import reading, report  # noqa: PLC0415 - within the limits
    from chungtay_reports.archive.proof.checking import check  # noqa: PLC0415
    from chungtay_reports.errors import Place  # noqa: PLC0415

    place, digest = Place(name), hashlib.sha256(content).hexdigest()
    try:
        taken = reading.read(content, place)
        found = report.of_check(name, digest, check(taken, place))
        if taken.signatures:
            from chungtay_reports.archive.signing.validation import validated  # noqa: PLC0415

            signatures, problems = validated(content, place, tuple(trust))
            found = replace(
                found, signed=taken.signatures, signatures=signatures, problems=(*found.problems, *problems)
            )
    except reading.Unreadable as ending:
        found = report.Report(name, digest, problems=(ending.problem,))
    except (MemoryError, RecursionError):
        found = report.Report(name, digest, problems=(reading.TOO_MUCH.at(place, reason="cần quá nhiều bộ nhớ"),))
    return report.data(found)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
