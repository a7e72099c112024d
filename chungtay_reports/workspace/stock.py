"""Records as they were when a workspace was last in order, in one file of which only what is needed is read.

A line for each record: where it begins and what it says (the canonical JSON of its model). A file's lines stand together,
known by the digest of the file's bytes and sealed by a digest of their own; lines whose seal does not fit are not there.
What is new is appended; `records.json` says which lines count, and is replaced whole.
"""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from chungtay_reports import machine
from chungtay_reports.disk import append_file, clear_way, make_folder, replace_file
from chungtay_reports.errors import Place, Problem, Severity
from chungtay_reports.records import RECORD_TYPES
from chungtay_reports.shelf import FOREIGN, Shelf
from chungtay_reports.workspace.kin import Kin, block, head, kin_of
from chungtay_reports.workspace.library import Entry, Ground, Related, entries_by_file

CACHE = ".cache"
LINES, HEAD, KIN = "records.jsonl", "records.json", "kin.txt"
_WASTE = 2  # a file of lines this many times as long as what counts of it is written anew


class Lot(NamedTuple):
    """The lines of one file: its bytes' digest, where they stand, how many, whether they are one record, and their seal."""

    digest: str
    first: int
    size: int
    records: int
    whole: bool
    seal: str
    sound: bool


@dataclass(frozen=True, slots=True)
class Stock:
    """What is kept; `key` names everything else that the lines depend on: the program and the versions of its libraries."""

    key: str = ""
    lots: Mapping[str, Lot] = field(default_factory=dict)
    judged: tuple[str, str] = ("", "")  # as of the library that was kept
    related: Related = field(default_factory=Related)
    kin: Kin = field(default_factory=Kin)
    lines: Path = Path()
    spoilt: set[str] = field(default_factory=set)  # files whose lines turned out not to be what was written

    def sound(self, path: str, digest: str, judged: tuple[str, str]) -> bool:
        """Say whether the records of a file, each by itself, are known to keep every rule; a later day allows more."""
        lot, (rules, day) = self.lots.get(path), judged
        known = lot is not None and lot.digest == digest and lot.sound
        return known and self.judged[0] == rules and self.judged[1] <= day

    def has(self, path: str, digest: str) -> bool:
        """Say whether the records of a file of just this content should be there."""
        lot = self.lots.get(path)
        return lot is not None and lot.digest == digest

    def reaches(self, path: str, digest: str, size: int) -> bool:
        """Say whether a file of lines that is so long can still hold those of a file of just this content."""
        lot = self.lots.get(path)
        return lot is not None and lot.digest == digest and lot.first + lot.size <= size

    def entries(self, path: str, digest: str | None = None) -> tuple[Entry, ...] | None:
        """Return the records of a file, of just this content when a digest is given; None when they are not kept."""
        rows = self.rows(path, digest)
        if rows is None:
            return None
        found = [entry for row in rows if (entry := kept_entry(path, row))]
        return tuple(found) if len(found) == len(rows) else None

    def rows(self, path: str, digest: str | None = None) -> tuple[bytes, ...] | None:
        """Return the lines of a file, of just this content when a digest is given; None when they are not kept."""
        lot = self.lots.get(path)
        if lot is None or (digest is not None and lot.digest != digest):
            return None
        data = self._read(lot)
        if _seal(self.key, path, lot.digest, data) != lot.seal:
            self.spoilt.add(path)
            return None
        return tuple(data.splitlines())

    def lots_as_they_are(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Read the lines of files to write them elsewhere; whoever reads them there compares the seal."""
        return {path: self._read(self.lots[path]) for path in paths}

    def _read(self, lot: Lot) -> bytes:
        try:
            return machine.read_ordinary(self.lines, lot.first, lot.size)
        except OSError:
            return b""


EMPTY = Stock()


def kept_entry(path: str, row: bytes) -> Entry | None:
    """Make the record of a line; None when it is none that this program has written."""
    try:
        _, __, year, unit, ___ = path.split("/")
        kind, line, column, body = row.split(b" ", 3)
        record = RECORD_TYPES[kind.decode()].model_validate_json(body)
        return Entry(record, Place(path, int(line), int(column)), unit, year)
    except (ValidationError, KeyError, ValueError):
        return None


def open_stock(root: Path, key: str | None = None) -> Stock:
    """Open the stock of a workspace; an empty one when there is none, or none of this key that can be relied on."""
    empty = Stock(key or "")
    shelf = Shelf(root / CACHE)
    try:
        head = json.loads(shelf.find(HEAD) or b"{}")
        if key not in {None, head["key"]}:
            return empty
        kin = shelf.find(KIN)
        if kin is None or hashlib.sha256(kin).hexdigest() != head["kin"]:
            return empty
        lots = {path: Lot(*lot) for path, lot in head["lots"].items()}
        related = Related(head["related"]["basis"], tuple(_problem(one) for one in head["related"]["problems"]))
        return Stock(head["key"], lots, tuple(head["judged"]), related, Kin(kin), root / CACHE / LINES)
    except FOREIGN:
        return empty


def keep_stock(root: Path, key: str, before: Stock, library: Ground) -> None:
    """Keep the records of all files that are in order; what `before` has of them is taken over as it is."""
    before = before if before.key == key else EMPTY
    clean = {path: source for path, source in library.sources.items() if source.clean}
    there = _size(root / CACHE / LINES)
    known = {path for path, source in clean.items() if before.reaches(path, source.digest, there)} - before.spoilt
    fresh = entries_by_file(library.entries, sorted(clean.keys() - known))
    written = {path: _lines(found) for path, found in fresh.items()}
    needed = sum(before.lots[path].size for path in known) + sum(map(len, written.values()))
    anew = not known or there + sum(map(len, written.values())) > _WASTE * needed
    taken = before.lots_as_they_are(known) if anew else {}
    lots = {path: before.lots[path]._replace(sound=clean[path].sound) for path in known}
    parts, first = [], 0 if anew else there
    for path in sorted({**taken, **written}):
        data, source = taken[path] if path in taken else written[path], clean[path]
        lot = lots.get(path) or Lot(
            source.digest,
            0,
            len(data),
            len(fresh[path]),
            source.whole,
            _seal(key, path, source.digest, data),
            source.sound,
        )
        lots[path] = lot._replace(first=first)
        parts.append(data)
        first += len(data)
    make_folder(root / CACHE, mode=0o700)
    if anew or parts:
        clear_way(root / CACHE / LINES)
        (replace_file if anew else append_file)(root / CACHE / LINES, b"".join(parts))
    kin = _kin(before, known, fresh)
    related = library.related if len(clean) == len(library.sources) else Related()
    _keep_head(root, Stock(key, dict(sorted(lots.items())), library.judged, related, kin), before)


def _kin(before: Stock, known: set[str], fresh: Mapping[str, tuple[Entry, ...]]) -> Kin:
    if not fresh and known == before.lots.keys():
        return before.kin
    blocks = before.kin.blocks()
    for path in before.lots.keys() - known:
        blocks.pop(head(path), None)
    return kin_of({**blocks, **{head(path): block(entry.record for entry in found) for path, found in fresh.items()}})


def _keep_head(root: Path, stock: Stock, before: Stock) -> None:
    shelf = Shelf(root / CACHE)
    if stock.kin.text is not before.kin.text:
        shelf.keep(KIN, stock.kin.text)
    head = {
        "key": stock.key,
        "judged": stock.judged,
        "kin": hashlib.sha256(stock.kin.text).hexdigest(),
        "lots": stock.lots,
        "related": asdict(stock.related),
    }
    shelf.keep(HEAD, json.dumps(head).encode())


def _lines(entries: Iterable[Entry]) -> bytes:
    return b"".join(
        f"{entry.record.kind} {entry.place.line} {entry.place.column} ".encode()
        + entry.record.model_dump_json(by_alias=True, exclude_unset=True).encode()
        + b"\n"
        for entry in entries
    )


def _size(path: Path) -> int:
    """Return how much is in a file of our own; nothing where there is something else."""
    try:
        it = path.lstat()
    except OSError:
        return 0
    return it.st_size if stat.S_ISREG(it.st_mode) else 0


def _seal(key: str, path: str, digest: str, data: bytes) -> str:
    return hashlib.sha256(f"{key}\0{path}\0{digest}\0".encode() + data).hexdigest()


def _problem(data: Any) -> Problem:
    return Problem(**{**data, "place": Place(**data["place"]), "severity": Severity(data["severity"])})
