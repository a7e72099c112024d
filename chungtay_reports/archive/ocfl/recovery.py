"""After a crash: roll a version forward when all of it is there and right, else remove it; then set the list of digests right.

Only what a crash of our own order can leave is touched. Damage is left as it is, for `validate` to find.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from chungtay_reports.archive.ocfl import sums
from chungtay_reports.archive.ocfl.committing import OBJECT_DECLARATION, relist, staging_folder
from chungtay_reports.archive.ocfl.failures import ArchiveError
from chungtay_reports.archive.ocfl.inventory import INVENTORY, MAX_INVENTORY, SIDECAR, Inventory, read_inventory
from chungtay_reports.archive.ocfl.reading import digests, read_bytes
from chungtay_reports.archive.ocfl.scribe import Scribe

_VERSION = re.compile(r"v([1-9]\d*)")


def object_folders(root: Path) -> tuple[Path, ...]:
    """List the folders of the objects, sorted by name."""
    folders = (path for path in root.iterdir() if path.is_dir() and not path.is_symlink())
    return tuple(sorted(path for path in folders if (path / OBJECT_DECLARATION).is_file()))


def recover(root: Path, scribe: Scribe) -> tuple[str, ...]:
    """Set every object right, and remove what was staged; say what was done."""
    staging = staging_folder(root)
    left = ["Đã dọn phần đang ghi dở."] if staging.exists() or staging.is_symlink() else []
    scribe.remove(staging)
    done = [line for place in object_folders(root) for line in recover_object(root, place, scribe)]
    scribe.remove(staging)
    return (*left, *done)


def recover_object(root: Path, place: Path, scribe: Scribe) -> tuple[str, ...]:
    """Set one object right; nothing happens when it is right, damaged, or not there."""
    if not place.is_dir():
        return ()
    staging = staging_folder(root)
    done = [*_versions(place, staging, scribe), *_sidecar(place, staging, scribe), *_listing(root, place, scribe)]
    return tuple(done)


def pending(place: Path) -> str:
    """Name the version, all of it there and right, that a crash kept from being finished; empty when there is none."""
    current, numbers = _inventory(place), _numbers(place)
    if current is None:
        return f"v{numbers[-1]}" if _sidecar_is_late(place, numbers) else ""
    newer = [number for number in numbers if number > current.head.number]
    follows = newer == [current.head.number + 1] and _follows(place / f"v{newer[0]}", place, current)
    return f"v{newer[0]}" if follows else ""


def _versions(place: Path, staging: Path, scribe: Scribe) -> list[str]:
    current = _inventory(place)
    if current is None:
        return []
    newer = sorted(number for number in _numbers(place) if number > current.head.number)
    if newer == [current.head.number + 1] and _follows(place / f"v{newer[0]}", place, current):
        for name in (INVENTORY, SIDECAR):
            scribe.replace(place / name, read_bytes(place / f"v{newer[0]}" / name), staging)
        return [f"{place.name}: đã hoàn tất phiên bản v{newer[0]} ghi dở."]
    for number in newer:
        scribe.remove(staging)
        staging.mkdir(parents=True)
        scribe.rename(place / f"v{number}", staging / "broken")
        scribe.sync(place)
        scribe.remove(staging)
    return [f"{place.name}: đã bỏ phiên bản v{number} ghi dở." for number in newer]


def _sidecar(place: Path, staging: Path, scribe: Scribe) -> list[str]:
    """Finish the last step: the root inventory is the newest version's, its sidecar still that of the version before."""
    numbers = _numbers(place)
    if _inventory(place) is not None or not _sidecar_is_late(place, numbers):
        return []
    scribe.replace(place / SIDECAR, read_bytes(place / f"v{numbers[-1]}" / SIDECAR), staging)
    return [f"{place.name}: đã hoàn tất mã kiểm tra của danh mục."]


def _sidecar_is_late(place: Path, numbers: list[int]) -> bool:
    if len(numbers) < 2:
        return False
    newest, before = place / f"v{numbers[-1]}", place / f"v{numbers[-2]}"
    try:
        late = read_bytes(place / SIDECAR, 1000) == read_bytes(before / SIDECAR, 1000)
        same = read_bytes(place / INVENTORY, MAX_INVENTORY) == read_bytes(newest / INVENTORY, MAX_INVENTORY)
    except OSError:
        return False
    return late and same and _inventory(newest) is not None


def _listing(root: Path, place: Path, scribe: Scribe) -> list[str]:
    current = _inventory(place)
    if current is None:
        return []
    try:
        listed = sums.read_sums(read_bytes(root / sums.FILE)).get(f"{place.name}/{INVENTORY}", "")
        data = read_bytes(place / INVENTORY, MAX_INVENTORY)
        if listed == hashlib.sha512(data).hexdigest() or listed != _digest_before(place, current):
            return []
    except (OSError, ValueError):
        return []
    relist(root, place, data, scribe)
    return [f"{place.name}: đã ghi phiên bản {current.head.name} vào {sums.FILE}."]


def _digest_before(place: Path, current: Inventory) -> str:
    """The digest that the list gave before the newest version; empty when that is the first."""
    if current.head.number == 1:
        return ""
    return digests(place / f"v{current.head.number - 1}" / INVENTORY, ["sha512"])["sha512"]


def _kept(inventory: Inventory) -> set[tuple[str, str]]:
    return {(path, digest) for digest, paths in inventory.manifest.items() for path in paths}


def _follows(version: Path, place: Path, current: Inventory) -> bool:
    """Whether all of a version is there and right, and its inventory continues the current one."""
    found = _inventory(version)
    if found is None or found.id != current.id or found.versions[:-1] != current.versions:
        return False
    if found.head.name != version.name or not _kept(current) <= _kept(found):
        return False
    wanted = {path: digest for path, digest in _kept(found) if path.startswith(f"{version.name}/")}
    content = version / "content"
    there = {path.relative_to(place).as_posix() for path in content.rglob("*") if not path.is_dir()}
    try:
        return there == set(wanted) and all(
            digests(place / path, ["sha512"])["sha512"] == digest for path, digest in wanted.items()
        )
    except OSError:
        return False


def _inventory(folder: Path) -> Inventory | None:
    try:
        data = read_bytes(folder / INVENTORY, MAX_INVENTORY)
        return read_inventory(data, read_bytes(folder / SIDECAR, 1000), folder.name)
    except (OSError, ArchiveError):
        return None


def _numbers(place: Path) -> list[int]:
    found = (_VERSION.fullmatch(path.name) for path in place.iterdir() if path.is_dir() and not path.is_symlink())
    return sorted(int(match[1]) for match in found if match)
