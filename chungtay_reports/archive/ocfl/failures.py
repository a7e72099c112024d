"""What stops work on an archive: it is not one, it is damaged where we must read, or the disk refuses."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from chungtay_reports.errors import ReportsError, why


class ArchiveError(ReportsError):
    """The archive could not be read or written; what was in it is still in it."""

    exit_code = 1


class NoVersionError(ArchiveError):
    """The caller names a version that the object does not have."""

    exit_code = 2


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a sentence that names the file and the reason."""
    try:
        yield
    except OSError as error:
        where = error.filename or path
        raise ArchiveError(f"Không đọc hay ghi được {where}: {why(error)}. Những gì đã lưu vẫn nguyên vẹn.") from error
