"""Frames of an earlier build, mended where record files have changed since; all records are laid out only once.

They lie beside the records in `.cache/frames/`, an Arrow file for each table, sealed and bound to one state: the program,
the registry, and the digest of every record file. Whatever does not fit is laid out anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from chungtay_reports.figures.columns import TABLES
from chungtay_reports.figures.frames import TOLD, Frames, Telling, lay
from chungtay_reports.figures.rows import Traits
from chungtay_reports.figures.tables import Tables, tables_of, tabulate, tellings
from chungtay_reports.shelf import FOREIGN, Shelf
from chungtay_reports.workspace.library import Entry, Indexed, Library

FOLDER = ".cache/frames"
_MANY = 64  # so many changed files are mended faster than all is written anew
_HEAD = b"chungtay"
_NAMES = (*(table for table in TABLES if table != "units"), TOLD)


def kept_tables(root: Path, program: str, library: Library) -> Tables:
    """Return the tables of a library's records, those that `tabulate` builds; `program` is the digest of all that lays out.

    Only under the lock of a build: frames that have changed much are written.
    """
    entries = library.entries
    if not isinstance(entries, Indexed) or not library.related.basis:
        return tabulate(entries, library.registry)
    files = {path: source.digest for path, source in library.sources.items()}
    basis = f"{program}\0{library.related.basis}"
    shelf = Shelf(root / FOLDER)
    found = _read(shelf, basis)
    frames, known = found or (lay((), Traits(library.registry)), {})
    changed = [path for path in {**known, **files} if known.get(path) != files.get(path)]
    if changed:
        come = lay(_told(entries, (path for path in changed if path in files)), Traits(library.registry))
        frames = frames.mended(changed, come) if found else come
    if not found or len(changed) > _MANY:
        _write(shelf, basis, frames, files)
    return tables_of(frames, library.registry, _ById(frames, entries))


def _told(entries: Indexed, paths: Iterable[str]) -> list[Telling]:
    """Give every version of the records of some files, in the order of ids and then of time."""
    records = ((number, entry) for path in paths for number, entry in enumerate(entries.of_file(path)))
    ordered = sorted(records, key=lambda pair: pair[1].record.id)
    return [one for number, entry in ordered for one in tellings(entry, number)]


class _ById(Mapping[str, Entry]):
    """Records by id, in the order of ids; each becomes a model when somebody looks at it."""

    def __init__(self, frames: Frames, entries: Indexed) -> None:
        self._frames, self._entries = frames, entries
        self._found: dict[str, Entry] = {}

    @cached_property
    def _places(self) -> dict[str, tuple[str, int]]:
        paths, numbers = (self._frames.told.column(name).to_pylist() for name in ("path", "number"))
        return dict(zip(self._frames.ids, zip(paths, numbers, strict=True), strict=True))

    def __getitem__(self, id_: str) -> Entry:
        if id_ not in self._found:
            self._found[id_] = self._entries.one_of(*self._places[id_])
        return self._found[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


# --------------------------------------------------------------------------- on disk


def _read(shelf: Shelf, basis: str) -> tuple[Frames, Mapping[str, str]] | None:
    try:
        tables = {name: _table(shelf.find(name) or b"") for name in _NAMES}
        heads = {name: json.loads(table.schema.metadata[_HEAD]) for name, table in tables.items()}
        files: dict[str, str] = heads[TOLD]["files"]
    except (*FOREIGN, pa.ArrowException):
        return None
    state = _state(basis, files)
    if any(head["state"] != state for head in heads.values()):
        return None
    return Frames(tables.pop(TOLD), tables), files


def _write(shelf: Shelf, basis: str, frames: Frames, files: Mapping[str, str]) -> None:
    state = _state(basis, files)
    for name, table in {**frames.rows, TOLD: frames.told}.items():
        head = {"state": state, "files": dict(files)} if name == TOLD else {"state": state}
        sealed = table.combine_chunks().replace_schema_metadata({_HEAD: json.dumps(head).encode()})
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, sealed.schema) as writer:
            writer.write_table(sealed)
        shelf.keep(name, sink.getvalue().to_pybytes())


def _table(data: bytes) -> Any:
    return pa.ipc.open_file(pa.py_buffer(data)).read_all()


def _state(basis: str, files: Mapping[str, str]) -> str:
    lines = "".join(f"{path}\0{digest}\n" for path, digest in sorted(files.items()))
    return hashlib.sha256(f"{basis}\n{lines}".encode()).hexdigest()
