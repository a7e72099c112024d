"""Which files make up a workspace and the program, by digest; a file that nobody touched need not be read again."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chungtay_reports import at_rest
from chungtay_reports.at_rest import Stamped

# A change within the same tick of the file system's clock as the look before it leaves the times as they were. Two
# seconds are the coarsest tick there is (FAT).
TICK = 2_000_000_000

Stamp = tuple[int, int, int, int, int]  # mode, size, times of change of content and of node, number of the node


@dataclass(frozen=True, slots=True)
class Census:
    """Digests of files by path, and what each file looked like when it was read.

    `began` is the time of the file system just before: a stamp that is younger proves nothing.
    """

    began: int
    digests: Mapping[str, str]
    stamps: Mapping[str, Stamp] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Say whether the stamps of all files prove something."""
        return all(max(stamp[2], stamp[3]) < self.began - TICK for stamp in self.stamps.values())

    @property
    def whole(self) -> bool:
        """Say whether all are files that could be read."""
        return self.stamps.keys() == self.digests.keys() and not any(" " in digest for digest in self.digests.values())

    def knows(self, path: str, stamp: Stamp) -> str | None:
        """Return the digest of a file that certainly has not been touched since, or None."""
        settled = max(stamp[2], stamp[3]) < self.began - TICK
        return self.digests.get(path) if settled and self.stamps.get(path) == stamp else None


NOBODY = Census(0, {})


def workspace_census(root: Path, began: int, before: Census = NOBODY) -> Census:
    """Take the digests of all files that the output of a workspace can depend on, its archive excepted."""
    return _census(str(root), at_rest.inputs(str(root)), began, before)


def archive_census(root: Path, began: int = 0) -> Census:
    """Take the digests of what the archive says that it holds: of the checksums of its inventories."""
    return _census(str(root), at_rest.sidecars(str(root)), began, NOBODY)


def files_census(root: Path, paths: Iterable[str], began: int, before: Census = NOBODY) -> Census:
    """Take the digests of the files of a list that are there."""
    return _census(str(root), at_rest.files(str(root), list(paths)), began, before)


def program_census(began: int = 0) -> Census:
    """Take the digests of the program's own files."""
    return _census(str(Path(at_rest.PROGRAM).parent), at_rest.program(), began, NOBODY)


def program_digest(census: Census | None = None, libraries: Sequence[str] | None = None) -> str:
    """Return one digest of the program's own files, of the versions of all libraries, and of the interpreter."""
    there = at_rest.libraries_in(library_folder()) if libraries is None else libraries
    whole = hashlib.sha256(sys.version.encode())
    for path, digest in (census or program_census()).digests.items():
        whole.update(f"{path}\0{digest}\0".encode())
    whole.update("\0".join(there).encode())
    return whole.hexdigest()


def library_folder() -> str:
    """Return where this interpreter has its libraries."""
    return sysconfig.get_path("purelib")


def digest_of(parts: Mapping[str, str]) -> str:
    """Return one digest of many files, names and contents."""
    lines = (f"{path}\0{digest}\n" for path, digest in sorted(parts.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _census(root: str, found: Iterable[Stamped], began: int, before: Census) -> Census:
    digests, stamps = {}, {}
    for one in found:
        path, *_ = one
        if at_rest.is_file(one):
            stamps[path] = stamp = one[1:]
            digests[path] = before.knows(path, stamp) or _digest(os.path.join(root, path))  # noqa: PTH118 - as below
        else:  # reading will refuse it
            digests[path] = f"special {one[1]}"
    return Census(began, digests, stamps)


def _digest(path: str) -> str:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of times, and pathlib costs as much as reading
            return hashlib.sha256(file.readall()).hexdigest()
    except OSError as error:
        return f"unreadable {error.errno}"
