"""Records as they were when a workspace was last in order, in one Arrow file that is mapped and not read.

A row for each record: where it begins and what it says (the canonical JSON of its model). A file's rows stand together,
known by the digest of the file's bytes and sealed by a digest of their own; rows whose seal does not fit are not there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
from pydantic import ValidationError

from chungtay_reports.disk import replace_file
from chungtay_reports.errors import Place
from chungtay_reports.records import RECORD_TYPES
from chungtay_reports.workspace.library import Entry, Library

STOCK = ".cache/records.arrow"
HEAD = b"chungtay"
_SCHEMA = pa.schema(
    [
        ("kind", pa.dictionary(pa.int32(), pa.string())),
        ("line", pa.int32()),
        ("column", pa.int32()),
        ("body", pa.large_binary()),
    ]
)


@dataclass(frozen=True, slots=True)
class Lot:
    """The rows of one file: its bytes' digest, the rows from `first` on, whether it is one record, and their seal."""

    digest: str
    first: int
    count: int
    whole: bool
    seal: str
    sound: bool


@dataclass(frozen=True, slots=True)
class Stock:
    """What is kept; `key` names everything else that the rows depend on: the program and the versions of its libraries."""

    key: str = ""
    lots: Mapping[str, Lot] = field(default_factory=dict)
    table: Any = None
    judged: tuple[str, str] = ("", "")  # as of the library that was kept

    def sound(self, path: str, digest: str, judged: tuple[str, str]) -> bool:
        """Say whether the records of a file, each by itself, are known to keep every rule; a later day allows more."""
        lot, (rules, day) = self.lots.get(path), judged
        known = lot is not None and lot.digest == digest and lot.sound
        return known and self.judged[0] == rules and self.judged[1] <= day

    def entries(self, path: str, digest: str | None = None) -> tuple[Entry, ...] | None:
        """Return the records of a file, of just this content when a digest is given; None when they are not kept."""
        lot = self.lots.get(path)
        if lot is None or (digest is not None and lot.digest != digest):
            return None
        rows = self.table.slice(lot.first, lot.count)
        kinds, lines, columns, bodies = (rows.column(name).to_pylist() for name in _SCHEMA.names)
        if _seal(self.key, path, lot.digest, zip(kinds, lines, columns, bodies, strict=True)) != lot.seal:
            return None
        _, __, year, unit, ___ = path.split("/")
        try:
            return tuple(
                Entry(RECORD_TYPES[kind].model_validate_json(body), Place(path, line, column), unit, year)
                for kind, line, column, body in zip(kinds, lines, columns, bodies, strict=True)
            )
        except (ValidationError, KeyError):
            return None


EMPTY = Stock()


def open_stock(root: Path, key: str | None = None) -> Stock:
    """Map the stock of a workspace; an empty one when there is none, or none of this key that can be relied on."""
    try:
        with pa.memory_map(str(root / STOCK)) as source:
            table = pa.ipc.open_file(source).read_all()
        head = json.loads(table.schema.metadata[HEAD])
        lots = {path: Lot(*lot) for path, lot in head["lots"].items()}
        stock = Stock(head["key"], lots, table, tuple(head["judged"]))
        fits = table.schema.equals(_SCHEMA) and head["seal"] == _head_seal(stock)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pa.ArrowException):
        return Stock()
    return stock if fits and key in {None, stock.key} else Stock()


def keep_stock(root: Path, key: str, before: Stock, library: Library) -> None:
    """Keep the records of all files that are in order; what `before` has of them is taken over as it is."""
    sources = library.sources
    of_file: dict[str, list[Entry]] = {path: [] for path, source in sources.items() if source.clean}
    for entry in library.entries:
        of_file.get(entry.place.file, []).append(entry)
    lots: dict[str, Lot] = {}
    parts: list[Any] = []
    fresh: list[tuple[str, int, int, bytes]] = []
    count = 0

    def flush() -> None:
        if fresh:
            columns = (list(column) for column in zip(*fresh, strict=True))
            arrays = [pa.array(column, kind) for column, kind in zip(columns, _SCHEMA.types, strict=True)]
            parts.append(pa.table(arrays, schema=_SCHEMA))
            fresh.clear()

    for path in sorted(of_file):
        source = sources[path]
        lot = before.lots.get(path) if before.key == key else None
        if lot is not None and lot.digest == source.digest:
            flush()
            parts.append(before.table.slice(lot.first, lot.count))
            lots[path] = replace(lot, first=count, sound=source.sound)
        else:
            rows = [_row(entry) for entry in of_file[path]]
            fresh += rows
            seal = _seal(key, path, source.digest, rows)
            lots[path] = Lot(source.digest, count, len(rows), source.whole, seal, source.sound)
        count += lots[path].count
    flush()
    _write(root, Stock(key, lots, None, library.judged), parts)


def _row(entry: Entry) -> tuple[str, int, int, bytes]:
    body = entry.record.model_dump_json(by_alias=True, exclude_unset=True).encode()
    return entry.record.kind, entry.place.line, entry.place.column, body


def _write(root: Path, stock: Stock, parts: Iterable[Any]) -> None:
    plain = {
        path: [lot.digest, lot.first, lot.count, lot.whole, lot.seal, lot.sound] for path, lot in stock.lots.items()
    }
    head = {"key": stock.key, "judged": stock.judged, "lots": plain, "seal": _head_seal(stock)}
    table = pa.concat_tables([_SCHEMA.empty_table(), *parts]).combine_chunks()
    table = table.replace_schema_metadata({HEAD: json.dumps(head).encode()})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    folder = (root / STOCK).parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(root / STOCK, sink.getvalue().to_pybytes())


def _seal(key: str, path: str, digest: str, rows: Iterable[tuple[str, int, int, bytes]]) -> str:
    whole = hashlib.sha256(f"{key}\0{path}\0{digest}\0".encode())
    for kind, line, column, body in rows:
        whole.update(f"{kind}\0{line}\0{column}\0{len(body)}\0".encode())
        whole.update(body)
    return whole.hexdigest()


def _head_seal(stock: Stock) -> str:
    lots = "".join(f"{path}\0{lot}\n" for path, lot in sorted(stock.lots.items()))
    return hashlib.sha256(f"{stock.key}\n{stock.judged}\n{lots}".encode()).hexdigest()
