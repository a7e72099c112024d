"""The list of digests at the root of an archive, SHA512SUMS: root files and the inventory of every object.

`sha512sum -c SHA512SUMS` checks it. It makes a lost object visible, and it covers the files at the root, which OCFL does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

FILE = "SHA512SUMS"
_LINE = re.compile(rb"([0-9a-f]{128})  ([^\x00-\x1f\\]+)\n")


def sums_bytes(sums: Mapping[str, str]) -> bytes:
    """Write the list: path → sha512, in the order of the paths."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())).encode()


def read_sums(data: bytes) -> dict[str, str]:
    """Read the list strictly; ValueError, with the number of the line, when a line is not of the one right form."""
    if not data:
        raise ValueError("tệp trống")
    found: dict[str, str] = {}
    last = ""
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"dòng {number}")
        path = match[2].decode("utf-8")  # UnicodeDecodeError is a ValueError
        if path <= last:
            raise ValueError(f"dòng {number}: không theo thứ tự hoặc lặp lại")
        found[path] = match[1].decode()
        last = path
    return found
