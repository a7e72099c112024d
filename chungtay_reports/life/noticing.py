"""The sheets of notices in the workspace: written after the archive has them, and restored from it after a crash."""

from __future__ import annotations

from pathlib import Path

from chungtay_reports import disk
from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import State, identified
from chungtay_reports.life.version import SOURCES
from chungtay_reports.workspace.notices import FOLDER


def sheet_path(key: str) -> str:
    """Say where the notices about an edition stand in a workspace."""
    return f"{FOLDER}/{key}.yaml"


def write_sheet(root: Path, key: str, sheet: bytes) -> None:
    """Write the notices about an edition."""
    path = root / sheet_path(key)
    disk.make_folder(path.parent)
    disk.replace_file(path, sheet)


def mend(root: Path) -> tuple[str, ...]:
    """Finish what a crash left half done: in the archive, then in the workspace what the archive has; return the keys."""
    archive = root / "archive"
    if not archive.exists():
        return ()
    store, restored = Store(archive), []
    store.recover()
    for id_, publication in identified(store):
        path = sheet_path(publication.key)
        if publication.state is State.PUBLISHED:
            continue
        sheet = store.read(id_, f"{SOURCES}/{path}")
        if _there(root / path) == sheet:
            continue
        write_sheet(root, publication.key, sheet)
        restored.append(publication.key)
    return tuple(restored)


def _there(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def archived_files(store: Store, object_id: str) -> dict[str, bytes]:
    """Read the sources of the newest version of an object."""
    inventory = store.inventory(object_id)
    paths = inventory.version().state if inventory else ()
    return {
        path.removeprefix(f"{SOURCES}/"): store.read(object_id, path)
        for path in paths
        if path.startswith(f"{SOURCES}/")
    }
