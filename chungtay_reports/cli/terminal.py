"""Where a terminal ends: lines are broken there between words for a person, and left whole for whatever else reads."""

from __future__ import annotations

import os
import sys
import textwrap
from contextlib import suppress
from typing import TextIO

USUAL, LEAST = 80, 20  # columns


def room(stream: TextIO) -> int | None:
    """Return the columns of a terminal, as COLUMNS or the terminal itself says; None of anything else."""
    if not stream.isatty():
        return None
    given, seen = os.environ.get("COLUMNS", ""), 0
    with suppress(OSError, ValueError):  # a terminal that has no size or no file
        seen = os.get_terminal_size(stream.fileno()).columns
    return max(int(given) if given.isdecimal() and int(given) else seen or USUAL, LEAST)


def laid(text: str, *, err: bool = False, start: str = "") -> str:
    """Break each line of a text where the terminal ends that it is printed on; what goes on is set in a little.

    `start` already stands on the line, and is not part of what is returned.
    """
    columns = room(sys.stderr if err else sys.stdout)
    if columns is None:
        return text
    return "\n".join(_broken(line, columns, start) for line in text.split("\n"))


def _broken(line: str, columns: int, start: str) -> str:
    indent = " " * (len(line) - len(line.lstrip(" "))) + "  "
    lines = textwrap.wrap(
        line,
        columns,
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
    )
    return "\n".join(lines).removeprefix(start) if lines else line
