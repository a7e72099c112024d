"""Write, flush, rename: each a step that is announced, so that a test can stop the program at every one of them."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chungtay_reports import machine

_CANNOT = frozenset(
    {errno.EINVAL, errno.ENOSYS, errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.EACCES}
)


def _silent(step: str) -> None:
    """Let a step happen unremarked."""


@dataclass(frozen=True, slots=True)
class Scribe:
    """The hand that changes an archive; `step` is told the name of each step just before it."""

    step: Callable[[str], None] = _silent

    def write(self, path: Path, data: bytes) -> None:
        """Write a new file and flush it; the folders above it are made."""
        self.step(f"open {path.name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            half = len(data) // 2
            file.write(data[:half])
            file.flush()
            self.step(f"write {path.name}")
            file.write(data[half:])
            file.flush()
            self.step(f"fsync {path.name}")
            os.fsync(file.fileno())

    def replace(self, path: Path, data: bytes, staging: Path) -> None:
        """Put bytes in the place of a file, whole or not at all; the folders above it are made."""
        temporary = staging / f"new-{path.name}"
        temporary.unlink(missing_ok=True)
        self.write(temporary, data)
        path.parent.mkdir(parents=True, exist_ok=True)
        self.rename(temporary, path)

    def sync(self, folder: Path) -> None:
        """Flush the names in a folder."""
        self.step(f"fsync {folder.name}/")
        machine.flush_folder(folder)

    def sync_tree(self, folder: Path) -> None:
        """Flush a folder and all below it, innermost first."""
        for here, _, _ in os.walk(folder, topdown=False):
            self.sync(Path(here))

    def rename(self, old: Path, new: Path) -> None:
        """Move a file or folder to a new place on the same file system, over a file that is there; flush the place."""
        self.step(f"rename {new.name}")
        old.rename(new)
        self.sync(new.parent)

    def mirror(self, old: Path, new: Path, *, but: frozenset[str]) -> bool:
        """Give every file below `old` a second name below `new`, `but` those at the top; say False where links cannot be."""
        try:
            for here, folders, files in os.walk(old):
                folders.sort()
                place = new / Path(here).relative_to(old)
                self.step(f"link {place.name}/")
                place.mkdir(parents=True, exist_ok=True)
                for name in sorted(files):
                    if Path(here) != old or name not in but:
                        os.link(Path(here, name), place / name, follow_symlinks=False)
        except NotImplementedError:  # links that follow no link: Windows has them not
            return False
        except OSError as error:
            if error.errno in _CANNOT:
                return False
            raise
        return True

    def exchange(self, new: Path, old: Path) -> bool:
        """Let two folders change places in one moment; say False, nothing done, where the file system cannot."""
        self.step(f"exchange {old.name}")
        if not machine.exchange(new, old, _CANNOT):
            return False
        self.sync(old.parent)
        return True

    def remove(self, folder: Path) -> None:
        """Remove a folder and all in it; nothing happens when it is not there."""
        self.step(f"remove {folder.name}/")
        if folder.is_symlink():
            folder.unlink()
        elif folder.exists():
            shutil.rmtree(folder)
