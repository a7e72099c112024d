"""Hand the archive over: packages that other archives read, BagIt bags and E-ARK information packages."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from chungtay_reports.archive.handover.bag import bag
from chungtay_reports.archive.handover.eark import information_package
from chungtay_reports.archive.handover.package import Package, PackageType, package_name, read_package
from chungtay_reports.archive.ocfl import ArchiveError, Store
from chungtay_reports.archive.ocfl.scribe import Scribe
from chungtay_reports.errors import DiskError, UsageError, WriteError, of_the_machine, why

KINDS: dict[str, Callable[[Package], dict[str, bytes]]] = {
    "bagit": bag,
    "eark": partial(information_package, kind=PackageType.SIP),
    "eark-aip": partial(information_package, kind=PackageType.AIP),
}


def export(
    root: Path, kind: str, target: Path, objects: Sequence[str] = (), version: int | None = None
) -> tuple[Path, ...]:
    """Write a package for each object (all without names) below `target`, each whole or not at all; return their folders.

    What is there already is not touched: ArchiveError names it before anything is written.
    """
    store = Store(root)
    if target.resolve().is_relative_to(root.resolve()):
        raise UsageError("Gói nộp lưu phải ghi ở ngoài kho lưu trữ.")
    found = {object_id: _folder(store, target, object_id, version) for object_id in objects or store.objects()}
    scribe = Scribe()
    for object_id, folder in found.items():
        files = KINDS[kind](read_package(store, object_id, version))
        with _told(target):
            _write(folder, files, scribe)
    return tuple(found.values())


def _folder(store: Store, target: Path, object_id: str, version: int | None) -> Path:
    inventory = store.inventory(object_id)
    if inventory is None:
        raise ArchiveError(f"Kho lưu trữ không có “{object_id}”.")
    folder = target / package_name(object_id, inventory.version(version).name)
    if folder.exists():
        raise ArchiveError(f"Đã có {folder}; hãy chọn thư mục khác, hoặc dời gói cũ đi.")
    return folder


@contextlib.contextmanager
def _told(target: Path) -> Iterator[None]:
    """Say of what the system refuses that it is the package, not the archive, which could not be written."""
    try:
        yield
    except OSError as error:
        kind = DiskError if of_the_machine(error) else WriteError
        raise kind(f"Không ghi được gói vào {error.filename or target}: {why(error)}.") from error


def _write(folder: Path, files: dict[str, bytes], scribe: Scribe) -> None:
    staging = folder.with_name(f".{folder.name}.tmp")
    scribe.remove(staging)
    try:
        for path, data in sorted(files.items()):
            scribe.write(staging / path, data)
        scribe.sync_tree(staging)
        scribe.rename(staging, folder)
    except BaseException:  # a full disk, or whoever stops the command: nothing of half a package stays
        with contextlib.suppress(OSError):
            scribe.remove(staging)
        raise
