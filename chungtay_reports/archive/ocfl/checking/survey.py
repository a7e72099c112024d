"""Walk a folder without following anything: its regular files, its folders, and everything else as findings."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chungtay_reports.archive.ocfl.checking.inventory_rules import Fault
from chungtay_reports.errors import why

Inode = tuple[int, int]  # device and number: which file a name leads to
UNREAD = "A109"
_NOTHING: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies below a folder; paths are relative to it, with “/”, sorted."""

    files: tuple[str, ...]
    inside: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]  # folder → names of its files, of its folders
    faults: tuple[tuple[str, Fault], ...]  # path, what is wrong with it

    @property
    def empty(self) -> tuple[str, ...]:
        """List the folders with nothing in them, not even something that is neither file nor folder."""
        full = {path.rpartition("/")[0] for path, _ in self.faults}
        return tuple(path for path, names in self.inside.items() if names == _NOTHING and path not in full)

    def hidden(self, path: str) -> bool:
        """Whether a file lies in a folder that cannot be read, so that nothing is known of it."""
        return any(code == UNREAD and path.startswith(f"{folder}/") for folder, (code, _) in self.faults)

    def children(self, folder: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
        """List the names of the files and the folders directly in a folder."""
        return self.inside.get(folder, _NOTHING)


def survey(root: Path, *, below: str = "", staged: Mapping[Inode, int] | None = None) -> Survey:
    """Walk `root`, or only what lies `below` in it; `staged` counts the names that files may have besides, in a staging folder."""
    files: list[str] = []
    inside: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    faults: list[tuple[str, Fault]] = []
    spare = staged or {}
    todo = [below]
    while todo:
        here = todo.pop()
        entries = list_folder(root / here, here, faults)
        if entries is None:
            continue
        for name, path, kind in entries:
            if not printable(name):
                faults.append((path, ("A110", "")))
            if stat.S_ISREG(kind.st_mode):
                files.append(path)
                if kind.st_nlink - spare.get((kind.st_dev, kind.st_ino), 0) > 1:
                    faults.append((path, ("E090", "tệp còn mang tên khác ở nơi khác (liên kết cứng)")))
            elif not stat.S_ISDIR(kind.st_mode):
                faults.append((path, special(kind)))
        folders = [(name, path) for name, path, kind in entries if stat.S_ISDIR(kind.st_mode)]
        todo += [path for _, path in folders]
        plain = tuple(name for name, _, kind in entries if stat.S_ISREG(kind.st_mode))
        inside[here] = (plain, tuple(name for name, _ in folders))
    return Survey(tuple(sorted(files)), dict(sorted(inside.items())), tuple(sorted(faults)))


def inodes(folder: Path) -> Counter[Inode]:
    """Count the names that lead to each file below a folder, which need not be there."""
    found: Counter[Inode] = Counter()
    for here, _, names in os.walk(folder):
        kinds = (Path(here, name).lstat() for name in names)
        found.update((kind.st_dev, kind.st_ino) for kind in kinds)
    return found


def list_folder(
    folder: Path, here: str, faults: list[tuple[str, Fault]]
) -> list[tuple[str, str, os.stat_result]] | None:
    """List a folder, sorted: name, path below the start, lstat; None, with a finding, when it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted((entry.name, entry.stat(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        faults.append((here, (UNREAD, why(error))))
        return None
    return [(name, f"{here}/{name}" if here else name, kind) for name, kind in listed]


def special(kind: os.stat_result) -> Fault:
    """Say what something is that is neither file nor folder."""
    if stat.S_ISLNK(kind.st_mode):
        return "E090", "liên kết tượng trưng"
    return "E001", "tệp đặc biệt, không phải tệp thường"


def printable(name: str) -> bool:
    """Whether a name is UTF-8: bytes that are not come as lone surrogates."""
    return not any("\ud800" <= c <= "\udfff" for c in name)
