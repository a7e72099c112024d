"""The sheets of notices in the workspace: written after the archive has them, and restored from it after a crash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from chungtay_reports import disk
from chungtay_reports.archive import ARCHIVE
from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import Publication, State, identified
from chungtay_reports.errors import Code, Place, Problem, ReportsError, Severity
from chungtay_reports.life.version import SOURCES
from chungtay_reports.workspace.layout import survey
from chungtay_reports.workspace.notices import FOLDER

FORGED = Code("L109", "lời thông báo về {key} không như trong kho lưu trữ: {reason}", Severity.WARNING)


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
    store, restored = Store.find(root / ARCHIVE), []
    if store is None:
        return ()
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


def forged_notices(root: Path) -> tuple[Problem, ...]:
    """Warn of sheets of notices that are not as the archive has them; without an archive nothing can be said."""
    try:
        store = Store.find(root / ARCHIVE)
        if store is None:
            return ()
        found = {publication.key: _archived(store, id_, publication) for id_, publication in identified(store)}
    except ReportsError:
        return ()  # `archive verify` says what is wrong
    keys = {file.removeprefix(f"{FOLDER}/").removesuffix(".yaml") for file in survey(root).notices}
    return tuple(_forged(root, sorted(keys | {key for key, sheet in found.items() if sheet}), found))


def _archived(store: Store, object_id: str, publication: Publication) -> bytes | None:
    if publication.state is State.PUBLISHED:
        return None
    return store.read(object_id, f"{SOURCES}/{sheet_path(publication.key)}")


def _forged(root: Path, keys: Sequence[str], archived: Mapping[str, bytes | None]) -> Iterator[Problem]:
    for key in keys:
        right, there = archived.get(key), _there(root / sheet_path(key))
        if right is None:
            yield FORGED.at(Place(sheet_path(key)), key=key, reason="kho không có thông báo nào; hãy bỏ tệp này")
        elif there != right:
            what = "tệp đã bị sửa tay" if there else "thiếu tệp này"
            again = "lần công bố, đính chính hay thu hồi tới sẽ lấy lại bản trong kho"
            yield FORGED.at(Place(sheet_path(key)), key=key, reason=f"{what}; {again}")


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
