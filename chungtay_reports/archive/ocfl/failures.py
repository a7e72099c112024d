"""What stops work on an archive: it is not one, it is damaged where we must read, or the disk refuses."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from chungtay_reports.errors import ReportsError, of_the_machine, why


class ArchiveError(ReportsError):
    """The archive could not be read or written; what was in it is still in it."""

    exit_code = 1


class ArchiveDiskError(ArchiveError):
    """The machine did not read or write: its disk is full or failing, something is forbidden."""

    exit_code = 3


class NoVersionError(ArchiveError):
    """The caller names a version that the object does not have."""

    exit_code = 2


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a sentence that names the file and the reason."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename or path}: {why(error)}"
        if of_the_machine(error):
            raise ArchiveDiskError(f"Không đọc hay ghi được {where}. Kho lưu trữ vẫn như trước.") from error
        raise ArchiveError(f"Không đọc được {where}; chạy “chungtay archive verify” để biết kho hỏng ở đâu.") from error
