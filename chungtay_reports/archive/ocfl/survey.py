"""Walk a folder without following anything: its regular files, its folders, and everything else as findings."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from chungtay_reports.archive.ocfl.inventory_rules import Fault
from chungtay_reports.errors import why


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies below a folder; paths are relative to it, with “/”, sorted."""

    files: tuple[str, ...]
    folders: tuple[str, ...]
    empty: tuple[str, ...]  # folders with nothing in them
    faults: tuple[tuple[str, Fault], ...]  # path, what is wrong with it

    def children(self, folder: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
        """List the names of the files and the folders directly in a folder."""
        start = f"{folder}/" if folder else ""
        inside = [
            [path[len(start) :] for path in paths if path.startswith(start) and "/" not in path[len(start) :]]
            for paths in (self.files, self.folders)
        ]
        return tuple(inside[0]), tuple(inside[1])


def survey(root: Path, *, below: str = "") -> Survey:
    """Walk `root`; `below` stands before the paths of the findings only when they are shown."""
    files: list[str] = []
    folders: list[str] = []
    empty: list[str] = []
    faults: list[tuple[str, Fault]] = []
    todo = [below]
    while todo:
        here = todo.pop()
        entries = list_folder(root / here, here, faults)
        if entries is None:
            continue
        if not entries and here != below:
            empty.append(here)
        for name, path, kind in entries:
            if not printable(name):
                faults.append((path, ("A110", "")))
            if stat.S_ISDIR(kind.st_mode):
                folders.append(path)
                todo.append(path)
            elif stat.S_ISREG(kind.st_mode):
                files.append(path)
                if kind.st_nlink > 1:
                    faults.append((path, ("E090", "tệp còn mang tên khác ở nơi khác (liên kết cứng)")))
            else:
                faults.append((path, special(kind)))
    return Survey(tuple(sorted(files)), tuple(sorted(folders)), tuple(sorted(empty)), tuple(sorted(faults)))


def list_folder(
    folder: Path, here: str, faults: list[tuple[str, Fault]]
) -> list[tuple[str, str, os.stat_result]] | None:
    """List a folder, sorted: name, path below the start, lstat; None, with a finding, when it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            listed = sorted((entry.name, entry.stat(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        faults.append((here, ("A109", why(error))))
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
