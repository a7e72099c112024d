"""Whether a file may be opened as a workbook at all: its kind, and the zip directory before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable

from chungtay_reports.errors import Code, Problem
from chungtay_reports.excel.grid import Spot

OLD_OR_LOCKED = Code(
    "X101", "đây là tệp Excel kiểu cũ (.xls) hoặc tệp có mật khẩu; hãy mở bằng Excel, lưu lại dạng .xlsx không mật khẩu"
)
NOT_A_WORKBOOK = Code("X102", "đây không phải tệp Excel .xlsx; hãy lưu biểu dạng “Excel Workbook (.xlsx)” rồi nhập lại")
MACROS = Code("X103", "tệp có macro (.xlsm); hãy lưu lại dạng .xlsx, không có macro")
UNSAFE = Code("X104", "không mở tệp này: {reason}; biểu của chungtay không bao giờ như vậy, hãy lấy lại biểu gốc")
DAMAGED = Code("X105", "tệp hỏng, không đọc hết được; hãy mở bằng Excel, lưu lại rồi nhập lại")

MAX_FILE = 20_000_000
MAX_ENTRIES = 200
MAX_UNPACKED = 50_000_000
MAX_RATIO = 100
_SMALL = 100_000  # a part of this size does no harm, however well it was compressed
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOK = "xl/workbook.xml"


def open_workbook(data: bytes, file: str) -> zipfile.ZipFile | Problem:
    """Open the bytes of an .xlsx when its zip directory is harmless; nothing is unpacked here.

    Limits: 200 entries, 50 MB unpacked, ratio 100, no absolute, climbing or repeated names, no encryption, no macros.
    """
    whole = Spot(file, 0)
    if data.startswith(_OLE):
        return OLD_OR_LOCKED.at(whole)
    if not data.startswith(b"PK"):
        return NOT_A_WORKBOOK.at(whole)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return DAMAGED.at(whole)
    return _refused(archive.infolist(), whole) or archive


def _refused(entries: list[zipfile.ZipInfo], whole: Spot) -> Problem | None:
    reason = _reason(entries)
    if reason:
        return UNSAFE.at(whole, reason=reason)
    names = {entry.filename for entry in entries}
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        return MACROS.at(whole)
    return None if WORKBOOK in names else NOT_A_WORKBOOK.at(whole)


def _reason(entries: list[zipfile.ZipInfo]) -> str | None:
    if len(entries) > MAX_ENTRIES:
        return f"bên trong có hơn {MAX_ENTRIES} mục"
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        return f"bung ra lớn hơn {MAX_UNPACKED // 1_000_000} MB"
    names = Counter(entry.filename.casefold() for entry in entries)
    if any(count > 1 for count in names.values()):
        return "có hai mục bên trong trùng tên"
    return next((reason for entry in entries for test, reason in _FAULTS if test(entry)), None)


_FAULTS: tuple[tuple[Callable[[zipfile.ZipInfo], bool], str], ...] = (
    (lambda entry: _leads_out(entry.filename), "tên mục bên trong chỉ ra ngoài tệp"),
    (lambda entry: bool(entry.flag_bits & 0x1), "mục bên trong bị mã hóa"),
    (
        lambda entry: entry.file_size > max(_SMALL, MAX_RATIO * entry.compress_size),
        f"mục bên trong nén quá {MAX_RATIO} lần",
    ),
)


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")
