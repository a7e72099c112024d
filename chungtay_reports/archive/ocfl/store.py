"""Keep objects, version by version, in an OCFL 1.1 storage root of ours: `Store.create`, `commit`, `read`, `recover`."""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from chungtay_reports import machine
from chungtay_reports.archive.ocfl import committing, founding, recovery
from chungtay_reports.archive.ocfl.failures import ArchiveError, told
from chungtay_reports.archive.ocfl.inventory import INVENTORY, MAX_INVENTORY, SIDECAR, Inventory, User, read_inventory
from chungtay_reports.archive.ocfl.layout import folder
from chungtay_reports.archive.ocfl.paths import refuse_bad_paths
from chungtay_reports.archive.ocfl.reading import read_bytes
from chungtay_reports.archive.ocfl.scribe import Scribe
from chungtay_reports.errors import shown

LOCK_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Store:
    """An archive that is there; ArchiveError when `root` is a link, missing, or no archive of ours.

    `scribe` is the hand that writes; a test gives one that stops at a step.
    """

    root: Path
    scribe: Scribe = field(default_factory=Scribe)

    def __post_init__(self) -> None:
        founding.refuse_link(self.root)
        for name in founding.SIGNS:
            if not _holds(self.root / name, founding.ROOT_FILES[name]):
                raise ArchiveError(
                    f"{self.root} không phải kho lưu trữ do chungtay lập: {name} thiếu hoặc khác. "
                    "Nếu đây vẫn là kho lưu trữ, hãy chạy “chungtay archive verify” xem hỏng ở đâu."
                )

    @classmethod
    def find(cls, root: Path) -> Store | None:
        """Open the archive at `root`; None where nothing, or an empty folder, is."""
        founding.refuse_link(root)
        with told(root):
            return None if founding.vacant(root) else cls(root)

    @classmethod
    def create(cls, root: Path, step: Callable[[str], None] | None = None) -> Store:
        """Open the archive at `root`; found an empty one where nothing, or an empty folder, is."""
        scribe = Scribe(step) if step else Scribe()
        if not (root / founding.DECLARATION).exists():
            with told(root):
                root.parent.mkdir(parents=True, exist_ok=True)
            founding.found(root, committing.staging_folder(root), scribe)
        return cls(root, scribe)

    def objects(self) -> tuple[str, ...]:
        """List the ids of all objects, sorted."""
        with told(self.root):
            return tuple(sorted(self._read(place).id for place in recovery.object_folders(self.root)))

    def place(self, object_id: str) -> Path:
        """Say where the object lies, or would lie."""
        return self.root / folder(object_id)

    def inventory(self, object_id: str) -> Inventory | None:
        """Read what the object holds; None when there is no such object."""
        place = self.place(object_id)
        if not place.exists():
            return None
        with told(place):
            found = self._read(place)
        if found.id != object_id:
            raise ArchiveError(f"{place.name} chứa “{shown(found.id)}”, không phải “{shown(object_id)}”.")
        return found

    def read(self, object_id: str, path: str, version: int | None = None) -> bytes:
        """Read a file by its logical path, as it was in a version (default: the newest); its digest is checked."""
        found = self.inventory(object_id)
        if found is None:
            raise ArchiveError(f"Kho lưu trữ không có “{shown(object_id)}”.")
        digest = found.version(version).state.get(path)
        if digest is None or digest not in found.manifest:
            raise ArchiveError(f"{object_id} {found.version(version).name} không có tệp “{shown(path)}”.")
        place = self.place(object_id) / found.manifest[digest][0]
        with told(place):
            data = read_bytes(place)
        if hashlib.sha512(data).hexdigest() != digest:
            raise ArchiveError(
                f"{place} đã bị thay đổi: mã kiểm tra không khớp. Hãy lấy lại tệp ấy từ bản sao lưu, "
                "rồi chạy “chungtay archive verify”."
            )
        return data

    def commit(
        self,
        object_id: str,
        files: Mapping[str, bytes],
        *,
        message: str,
        user: User,
        created: datetime,
        whole: tuple[str, ...] = (),
    ) -> str:
        """Add a version whose files are exactly `files` (logical path → bytes); return its name, “v2”.

        A file that an earlier version keeps is not kept again, unless its path begins like one of `whole`: pages whose
        pictures and styles must lie beside them for whoever opens the folder.
        Whoever reads meanwhile sees the object before or after, never between; so does whoever comes after a crash.
        """
        if created.tzinfo is None:
            raise ValueError("a moment without a time zone")
        if not object_id.strip() or not files:
            raise ArchiveError("Một phiên bản lưu trữ cần có mã và ít nhất một tệp.")
        refuse_bad_paths(files)
        with told(self.root), self._locked():
            if committing.staging_folder(
                self.root
            ).exists():  # another commit, perhaps of another object, was cut short
                recovery.recover(self.root, self.scribe)
            recovery.recover_object(self.root, self.place(object_id), self.scribe)
            note = committing.Note(message, user, created, whole)
            return committing.commit(self.root, self.place(object_id), object_id, files, note=note, scribe=self.scribe)

    def recover(self) -> tuple[str, ...]:
        """Finish or undo what a crash left half done; say what was done, nothing when nothing was."""
        with told(self.root), self._locked():
            return recovery.recover(self.root, self.scribe)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other writers out; the kernel frees the lock of a program that dies."""
        with told(self.root), machine.locked_folder(self.root, lambda handle: _wait_for(handle, self.root)):
            yield

    def _read(self, place: Path) -> Inventory:
        data = read_bytes(place / INVENTORY, MAX_INVENTORY)
        return read_inventory(data, read_bytes(place / SIDECAR, 1000), place.name)


def _wait_for(handle: int, root: Path) -> None:
    deadline = time.monotonic() + LOCK_SECONDS
    while not machine.try_lock(handle):
        if time.monotonic() > deadline:
            raise ArchiveError(f"Một lệnh khác đang ghi vào {root.name}/; hãy thử lại sau.")
        time.sleep(0.05)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return read_bytes(path, len(data)) == data
    except OSError:
        return False
