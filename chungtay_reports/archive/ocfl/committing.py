"""Add a version to an object so that no moment, and no crash, shows half of it.

The whole new object is staged beside the archive, with the files of old versions under second names, and changes places with
the old one in one `renameat2`. Where the file system cannot do that, the order of OCFL's notes holds: content and version
inventory are staged and renamed in as the version's folder, then the root inventory, last its sidecar; `recovery` rolls forward.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chungtay_reports.archive.ocfl import sums
from chungtay_reports.archive.ocfl.failures import ArchiveError
from chungtay_reports.archive.ocfl.inventory import (
    INVENTORY,
    MAX_INVENTORY,
    SIDECAR,
    Inventory,
    User,
    Version,
    grown,
    inventory_bytes,
    read_inventory,
    sidecar_bytes,
)
from chungtay_reports.archive.ocfl.reading import digests, read_bytes
from chungtay_reports.archive.ocfl.scribe import Scribe

OBJECT_DECLARATION = "0=ocfl_object_1.1"
STAGED = "chungtay-staging"
OBJECT_TEXT = b"ocfl_object_1.1\n"


@dataclass(frozen=True, slots=True)
class Note:
    """What a version says about its making, and below which paths it keeps every file, also one that is there already."""

    message: str
    user: User
    created: datetime
    whole: tuple[str, ...] = ()


def staging_folder(root: Path) -> Path:
    """Choose where to stage: beside the archive, or, when that is another disk, in its extensions, where OCFL allows it."""
    beside = root.parent / f".{root.name}.staging"
    if not root.exists() or (root.stat().st_dev == root.parent.stat().st_dev and os.access(root.parent, os.W_OK)):
        return beside
    return root / "extensions" / STAGED


def commit(root: Path, place: Path, object_id: str, files: Mapping[str, bytes], *, note: Note, scribe: Scribe) -> str:
    """Write the next version of the object at `place`; the caller holds the lock and has recovered."""
    _listed(root)  # a list that cannot be read must stop us before anything is written
    before = _before(place, object_id)
    number = before.head.number + 1 if before else 1
    state = {path: hashlib.sha512(data).hexdigest() for path, data in sorted(files.items())}
    version = Version(number, note.created, note.message, note.user, state)
    fresh = _fresh(state, before, note.whole)
    _check_old(place, before, set(state.values()) - set(fresh.values()))
    data = inventory_bytes(grown(before, object_id, version, fresh))
    if len(data) > MAX_INVENTORY:
        raise ArchiveError(f"{object_id} có quá nhiều phiên bản và tệp: inventory.json vượt 50 MB.")
    staging = staging_folder(root)
    scribe.remove(staging)
    new = staging / "object"
    _stage(new, version.name, {path: files[path] for path in fresh}, data, scribe)
    _check(new / version.name, {f"content/{path}": digest for path, digest in fresh.items()}, data)
    _place(new, place, version.name, scribe)
    relist(root, place, data, scribe)
    scribe.remove(staging)
    return version.name


def _fresh(state: Mapping[str, str], before: Inventory | None, whole: tuple[str, ...]) -> dict[str, str]:
    """Choose the files that the version keeps: those that are nowhere yet, once, and all that must lie together."""
    fresh = {path: digest for path, digest in state.items() if path.startswith(whole)} if whole else {}
    there = {*(before.manifest if before else ()), *fresh.values()}
    for path, digest in state.items():
        if digest not in there:
            fresh[path] = digest
            there.add(digest)
    return dict(sorted(fresh.items()))


def _check_old(place: Path, before: Inventory | None, digests_used: set[str]) -> None:
    """Read the files of older versions that the new one uses, too: it must not begin its life damaged."""
    used = sorted((before.manifest[digest][0], digest) for digest in digests_used) if before else ()
    for path, digest in used:
        if digests(place / path, ["sha512"])["sha512"] != digest:
            raise ArchiveError(
                f"{place.name}/{path} trong kho đã bị thay đổi, mà phiên bản mới cũng dùng tệp ấy; hãy lấy lại tệp ấy "
                "từ bản sao lưu, chạy “chungtay archive verify”, rồi làm lại."
            )


def relist(root: Path, place: Path, inventory: bytes, scribe: Scribe) -> None:
    """Put the object's inventory in the root's list of digests."""
    listed = _listed(root)
    listed[f"{place.name}/{INVENTORY}"] = hashlib.sha512(inventory).hexdigest()
    scribe.replace(root / sums.FILE, sums.sums_bytes(listed), staging_folder(root))


def _listed(root: Path) -> dict[str, str]:
    try:
        return sums.read_sums(read_bytes(root / sums.FILE))
    except (OSError, ValueError) as error:
        raise ArchiveError(f"{sums.FILE} ở gốc kho thiếu hoặc hỏng; chạy “chungtay archive verify”.") from error


def _before(place: Path, object_id: str) -> Inventory | None:
    if not place.exists():
        return None
    found = read_inventory(read_bytes(place / INVENTORY, MAX_INVENTORY), read_bytes(place / SIDECAR, 1000), place.name)
    if found.id != object_id:
        raise ArchiveError(f"{place.name} là của “{found.id}”, không phải “{object_id}”.")
    return found


def _stage(new: Path, name: str, content: Mapping[str, bytes], inventory: bytes, scribe: Scribe) -> None:
    for path, data in content.items():
        scribe.write(new / name / "content" / path, data)
    for folder in (new / name, new):
        scribe.write(folder / INVENTORY, inventory)
        scribe.write(folder / SIDECAR, sidecar_bytes(inventory))
    scribe.write(new / OBJECT_DECLARATION, OBJECT_TEXT)


def _check(version: Path, content: Mapping[str, str], inventory: bytes) -> None:
    """Read back what was staged; a disk that lies must not get into the archive."""
    expected = {**content, INVENTORY: hashlib.sha512(inventory).hexdigest()}
    for path, digest in expected.items():
        if digests(version / path, ["sha512"])["sha512"] != digest:
            raise ArchiveError(f"Ổ đĩa trả về nội dung khác với khi ghi: {path}. Kho lưu trữ vẫn như trước.")


def _place(new: Path, place: Path, version: str, scribe: Scribe) -> None:
    if not place.exists():
        scribe.sync_tree(new)
        scribe.rename(new, place)
        return
    whole = new.with_name("whole")
    same = frozenset({INVENTORY, SIDECAR})
    if scribe.mirror(place, whole, but=same):
        scribe.rename(new / version, whole / version)
        for name in sorted(same):
            scribe.rename(new / name, whole / name)
        scribe.sync_tree(whole)
        if scribe.exchange(whole, place):
            return
        new = whole
    scribe.sync_tree(new)
    scribe.rename(new / version, place / version)
    scribe.rename(new / INVENTORY, place / INVENTORY)
    scribe.rename(new / SIDECAR, place / SIDECAR)
