"""What can go wrong: problems (an author's mistake, data) and exceptions (the world's failure).

A `Code` is declared once, as a module constant next to the rule that raises it; `code.at(place, …)` makes a
`Problem`. Exit codes: 0 done, 1 problems in the content, 2 usage, 3 the machine lacks something, 4 stale.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in the workspace: POSIX path relative to its root, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


VALUE = 120  # characters of a value from the content that a message shows
_LIMITS = dict.fromkeys(("reason", "allowed", "whole"), 400)  # what the program itself says, or lists


class Severity(StrEnum):
    ERROR = "lỗi"
    WARNING = "cảnh báo"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding about the content; `hint` is a close name to offer as “ý bạn là …?”."""

    place: Place
    code: str
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        stop = "." if self.hint and not self.message.endswith((".", "…", "?", "!")) else ""
        return f"{self.place}: {self.severity} {self.code}: {self.message}{stop}{did_you_mean(self.hint)}"


@dataclass(frozen=True, slots=True)
class Code:
    """A stable problem code and the Vietnamese sentence (a `str.format` pattern) that it prints."""

    code: str
    text: str
    severity: Severity = Severity.ERROR

    def at(self, place: Place, *, hint: str | None = None, **facts: object) -> Problem:
        """Make the problem that stands at `place`; `facts` fill the braces of the sentence."""
        shown_facts = {name: shown(value, _LIMITS.get(name, VALUE)) for name, value in facts.items()}
        return Problem(place, self.code, self.text.format(**shown_facts), hint, self.severity)


def did_you_mean(close: str | None) -> str:
    """Ask whether a close name was meant, in a sentence that follows the message; nothing when there is none."""
    return f" Ý bạn là “{close}”?" if close else ""


def wrong(problems: Iterable[Problem]) -> bool:
    """Say whether there is an error among them."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def shown(value: object, limit: int = VALUE) -> str:
    """Make a value from the content safe for a terminal: controls and bidi escaped, cut at `limit`."""
    text = "".join(c if c.isprintable() or c == "\u00a0" else f"\\u{ord(c):04x}" for c in str(value))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def other_version(version: object) -> str:
    """Say why a data file is not read whose “version” is not of the form that this program knows, which is 1."""
    major = str(version).partition(".")[0]
    if major.isdecimal() and int(major[:9]) > 1:
        return f"do bản chungtay mới hơn ghi, theo phiên bản {shown(version, 20)}; hãy cập nhật chungtay rồi đọc lại"
    return "không phải phiên bản 1 (mục “version”)"


_REASONS = {
    errno.ENOENT: "không có tệp này",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EEXIST: "đã có tệp trùng tên",
    errno.ENOTDIR: "một phần đường dẫn không phải thư mục",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ELOOP: "đây là liên kết tượng trưng, không phải tệp thật",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "hết hạn mức ổ đĩa",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EFBIG: "tệp lớn quá mức cho phép",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc",
    errno.ENFILE: "máy đang mở quá nhiều tệp",
    errno.EAGAIN: "máy không còn chỗ cho tiến trình mới",
    errno.ENOMEM: "máy hết bộ nhớ",
    errno.EIO: "ổ đĩa báo lỗi",
}
# What the machine lacks or forbids, whatever the program asked it for; any other error may well be the program's fault.
_MACHINES = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO),
    *(errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM, errno.EACCES, errno.EPERM),
}


def why(error: OSError) -> str:
    """Say in Vietnamese why the system refused; the system's own words when the reason is a rare one."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def of_the_machine(error: OSError) -> bool:
    """Say whether the machine is at fault: its disk is full or failing, its limits are reached, something is forbidden."""
    return error.errno in _MACHINES


class ReportsError(Exception):
    """A failure of the world that stops the command; the message is Vietnamese and complete."""

    exit_code = 3


class UsageError(ReportsError):
    """The command names something that is not there (an edition, a unit, a metric)."""

    exit_code = 2


class ContentError(ReportsError):
    """The content has problems; all of them are in `problems`, sorted."""

    exit_code = 1

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} vấn đề trong nội dung")
        self.problems = tuple(sorted(problems))


class MachineError(ReportsError):
    """A library, font or tool that the command needs is missing on this machine."""

    exit_code = 3


class WriteError(ReportsError):
    """A file may not or could not be written; the old output is intact."""

    exit_code = 1


class DiskError(WriteError):
    """The machine did not write: the disk is full or failing, or may only be read."""

    exit_code = 3
