"""Names that a file may have in an archive: relative, readable everywhere, clear of each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from chungtay_reports.archive.ocfl.failures import ArchiveError
from chungtay_reports.errors import shown

_LONGEST = 255  # bytes of one name on common file systems
_FORBIDDEN = frozenset('\\:*?"<>|%')  # not on every disk; and what reads bags disagrees on how to write “%'


def refuse_bad_paths(paths: Iterable[str]) -> None:
    """Raise ArchiveError for the first path that cannot be kept, or two that would meet on some disk."""
    seen: dict[str, str] = {}
    ordered = sorted(paths)
    for path in ordered:
        if fault := _fault(path):
            raise ArchiveError(f"Tên tệp “{shown(path)}” không lưu trữ được: {fault}.")
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            raise ArchiveError(f"Tên tệp “{path}” và “{other}” chỉ khác nhau chữ hoa, chữ thường.")
    for path in ordered:
        parts = path.casefold().split("/")
        for length in range(1, len(parts)):
            if (above := "/".join(parts[:length])) in seen:
                raise ArchiveError(f"“{seen[above]}” vừa là tệp vừa là thư mục của “{path}”.")


def _fault(path: str) -> str:
    parts = path.split("/")
    if any(part in {"", ".", ".."} for part in parts):
        return "cần đường dẫn tương đối, không có “..”, “.” hay hai dấu “/” liền nhau"
    if unicodedata.normalize("NFC", path) != path:
        return "cần viết dấu theo chuẩn NFC"
    if any(not c.isprintable() or c in _FORBIDDEN for c in path):
        return 'có ký tự điều khiển hoặc một trong các ký tự \\ : * ? " < > | %'
    if any(part.endswith((".", " ")) for part in parts):
        return "một phần tên kết thúc bằng dấu chấm hoặc dấu cách"
    if any(len(part.encode()) > _LONGEST for part in parts):
        return f"một phần tên dài quá {_LONGEST} byte"
    return ""
