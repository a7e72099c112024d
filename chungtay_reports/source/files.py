"""Bytes below the workspace to text and trees; the only place where content files are opened."""

from __future__ import annotations

import errno
import logging
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from chungtay_reports import machine
from chungtay_reports.errors import Code, MachineError, Place, Problem, why
from chungtay_reports.source.encodings import guess_encoding
from chungtay_reports.source.hygiene import clean_text
from chungtay_reports.source.validation import to_model
from chungtay_reports.source.yaml_tree import Parsed, parse_quickly, parse_yaml

__all__ = [
    "MAX_PROSE",
    "MAX_YAML",
    "Parsed",
    "clean_text",
    "parse_yaml",
    "read_bytes",
    "read_each",
    "read_text",
    "read_yaml",
    "text_of",
    "to_model",
    "unforeseen",
    "yaml_of",
]

NOT_A_FILE = Code("Y101", "phải là tệp thường, không phải {what}; hãy chép nội dung vào một tệp thường")
TOO_LARGE = Code("Y102", "tệp lớn hơn {limit}; hãy chia nhỏ")
NUL = Code("Y103", "tệp không phải văn bản (có byte rỗng); hãy lưu lại dạng UTF-8")
ENCODING = Code("Y104", "tệp không phải UTF-8{guess}; hãy mở bằng phần mềm soạn thảo và lưu lại với bảng mã UTF-8")
UNREADABLE = Code("Y105", "không mở được tệp: {reason}")
OUTSIDE = Code("Y106", "đường dẫn ra ngoài thư mục làm việc")
UNFORESEEN = Code("Y199", "lỗi chưa lường trước khi đọc tệp (mã {slug}); các tệp khác vẫn được kiểm tra")

_NO_ROOM = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}  # no fault of the file
MAX_YAML = 1_000_000
MAX_PROSE = 500_000
PIECE = 65_536

_log = logging.getLogger(__name__)
_KINDS = (
    (stat.S_ISLNK, "liên kết (symlink)"),
    (stat.S_ISDIR, "thư mục"),
    (stat.S_ISFIFO, "ống dẫn (FIFO)"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISBLK, "thiết bị"),
    (stat.S_ISCHR, "thiết bị"),
)


def read_bytes(root: Path, relative: str, limit: int) -> bytes | Problem:
    """Read a regular file below `root`, at most `limit` bytes; no symlink anywhere below `root` is followed."""
    with closing(machine.Below(root)) as below:
        return _bytes(root, relative, limit, below)


def read_each(root: Path, files: Iterable[str], limit: int) -> Iterator[bytes | Problem]:
    """Read files one after the other as `read_bytes` does; those of one folder in a row are read faster."""
    with closing(machine.Below(root)) as below:
        for relative in files:
            yield _bytes(root, relative, limit, below)


def _bytes(root: Path, relative: str, limit: int, below: machine.Below) -> bytes | Problem:
    place = Place(relative)
    parts = relative.split("/")
    if not relative or relative.startswith("/") or any(part in ("", ".", "..") for part in parts) or "\0" in relative:
        return OUTSIDE.at(place)
    try:
        return _open_and_read(below, parts, limit, place)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise MachineError(f"Không mở được {relative}: {why(error)}.") from error
        if any((root / "/".join(parts[:count])).is_symlink() for count in range(1, len(parts) + 1)):
            return NOT_A_FILE.at(place, what="liên kết (symlink)")
        if error.errno == errno.ENXIO:
            return NOT_A_FILE.at(place, what="socket")
        return UNREADABLE.at(place, reason=why(error))


def _open_and_read(below: machine.Below, parts: list[str], limit: int, place: Place) -> bytes | Problem:
    file = below.open(parts)
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            what = next((name for test, name in _KINDS if test(status.st_mode)), "tệp đặc biệt")
            return NOT_A_FILE.at(place, what=what)
        data, size = b"", min(limit, max(status.st_size, PIECE)) + 1
        while len(data) <= limit and (more := os.read(file, size)):
            data = data + more if data else more
    finally:
        os.close(file)
    return TOO_LARGE.at(place, limit=_size(limit)) if len(data) > limit else data


def _size(limit: int) -> str:
    return f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit // 1000} kB"


def read_text(root: Path, relative: str, limit: int = MAX_PROSE) -> str | Problem:
    """Read a UTF-8 file (a BOM is accepted) as it is, not yet cleaned; other encodings are named, never converted."""
    data = read_bytes(root, relative, limit)
    return data if isinstance(data, Problem) else text_of(data, relative)


def text_of(data: bytes, relative: str) -> str | Problem:
    """Read the bytes of a UTF-8 file; see `read_text`."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        guess = guess_encoding(data)
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        return ENCODING.at(Place(relative, line, column), guess=f", có vẻ là {guess}" if guess else "")
    if "\0" in text:
        if guess_encoding(data) == "UTF-16":
            return ENCODING.at(Place(relative), guess=", có vẻ là UTF-16")
        position = text.index("\0")
        line = text.count("\n", 0, position) + 1
        return NUL.at(Place(relative, line, position - text.rfind("\n", 0, position)))
    return text


def read_yaml(root: Path, relative: str) -> tuple[Parsed | None, tuple[Problem, ...]]:
    """Read one YAML file; whatever goes wrong with it is a problem of this file and hides no other."""
    data = read_bytes(root, relative, MAX_YAML)
    return (None, (data,)) if isinstance(data, Problem) else yaml_of(data, relative)


def yaml_of(data: bytes, relative: str) -> tuple[Parsed | None, tuple[Problem, ...]]:
    """Read the bytes of one YAML file; see `read_yaml`."""
    try:
        text = text_of(data, relative)
        return (None, (text,)) if isinstance(text, Problem) else parse_quickly(text, relative)
    except Exception as error:  # noqa: BLE001 - the boundary of one file: see the safety rules
        return None, (unforeseen(relative, error),)


def unforeseen(relative: str, error: Exception) -> Problem:
    """Turn an exception that no rule expected into a problem of the file, with its traceback in the debug log."""
    _log.debug("unforeseen error in %s", relative, exc_info=error)
    return UNFORESEEN.at(Place(relative), slug=type(error).__name__)
