"""Which files make up a workspace and the program, by digest; a file that nobody touched need not be read again."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

INPUTS = ("chungtay.yaml", "content", "templates")
ARCHIVE, SIDECAR = "archive", "inventory.json."
# A change within the same tick of the file system's clock as the look before it leaves the times as they were. Two
# seconds are the coarsest tick there is (FAT).
TICK = 2_000_000_000

Stamp = tuple[int, int, int, int]  # size, times of change of content and of node, number of the node


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
        return all(max(stamp[1], stamp[2]) < self.began - TICK for stamp in self.stamps.values())

    def knows(self, path: str, stamp: Stamp) -> str | None:
        """Return the digest of a file that certainly has not been touched since, or None."""
        settled = max(stamp[1], stamp[2]) < self.began - TICK
        return self.digests.get(path) if settled and self.stamps.get(path) == stamp else None


NOBODY = Census(0, {})


def workspace_census(root: Path, began: int, before: Census = NOBODY) -> Census:
    """Take the digests of all files that the output of a workspace can depend on, its archive excepted."""
    found = (path for name in INPUTS for path in _below(str(root), name))
    return _census(str(root), found, began, before)


def archive_digest(root: Path) -> str:
    """Return one digest of what the archive says that it holds: of the checksums of its inventories."""
    found = (path for path in _below(str(root), ARCHIVE) if path[0].rpartition("/")[2].startswith(SIDECAR))
    return digest_of(_census(str(root), found, 0, NOBODY).digests)


def files_census(root: Path, paths: Iterable[str], began: int, before: Census = NOBODY) -> Census:
    """Take the digests of the files of a list that are there."""
    there = ((path, entry) for path in paths if (entry := _look(f"{root}/{path}")) is not None)
    return _census(str(root), there, began, before)


def program_digest() -> str:
    """Return one digest of the program's own files, of the versions of all libraries, and of the interpreter."""
    package = Path(__file__).resolve().parent
    whole = hashlib.sha256(sys.version.encode())
    for folder in (package, package.parent / "templates"):
        for path, _ in _below(str(folder.parent), folder.name):
            if path.endswith((".pyc", ".po")) or "/starter/" in path:
                continue
            whole.update(f"{path}\0{_digest(f'{folder.parent}/{path}')}\0".encode())
    libraries = Path(sysconfig.get_path("purelib"))
    whole.update("\0".join(sorted(path.name for path in libraries.glob("*.dist-info"))).encode())
    return whole.hexdigest()


def digest_of(parts: Mapping[str, str]) -> str:
    """Return one digest of many files, names and contents."""
    lines = (f"{path}\0{digest}\n" for path, digest in sorted(parts.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


_Found = tuple[str, os.stat_result]


def _census(root: str, found: Iterator[_Found], began: int, before: Census) -> Census:
    digests, stamps = {}, {}
    for path, status in found:
        stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        if stat.S_ISREG(status.st_mode):
            digests[path] = before.knows(path, stamp) or _digest(f"{root}/{path}")
            stamps[path] = stamp
        else:  # reading will refuse it
            digests[path] = f"special {status.st_mode}"
    return Census(began, digests, stamps)


def _digest(path: str) -> str:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of times, and pathlib costs as much as reading
            return hashlib.sha256(file.readall()).hexdigest()
    except OSError as error:
        return f"unreadable {error.errno}"


def _look(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except OSError:
        return None


def _below(root: str, name: str) -> Iterator[_Found]:
    """List a file, or all files of a folder, hidden ones excepted, in the order of their paths."""
    status = _look(f"{root}/{name}")
    if status is None:
        return
    if not stat.S_ISDIR(status.st_mode):
        yield name, status
        return
    try:
        with os.scandir(f"{root}/{name}") as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield f"{name}/!{error.errno}", status
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        path = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _below(root, path)
        elif (found := _look(f"{root}/{path}")) is not None:
            yield path, found
