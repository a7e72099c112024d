"""Record files to records: each record of a file on its own, so that a broken one hides no other."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import overload

from chungtay_reports.errors import Code, Place, Problem, ReportsError
from chungtay_reports.records import KIND_LABELS, RECORD_TYPES, Record
from chungtay_reports.source.files import (
    MAX_YAML,
    Parsed,
    read_bytes,
    read_each,
    read_text,
    read_yaml,
    text_of,
    to_model,
    unforeseen,
    yaml_of,
)
from chungtay_reports.source.validation import CHOICE, PATTERN, nearest, value_at
from chungtay_reports.source.yaml_tree import PathParts
from chungtay_reports.workspace.corrections import read_past
from chungtay_reports.workspace.kin import kind_mark, kinds, marks
from chungtay_reports.workspace.layout import RecordFile
from chungtay_reports.workspace.library import Entry, Indexed, Source
from chungtay_reports.workspace.lines import Lines
from chungtay_reports.workspace.stock import EMPTY, Stock, kept_entry

NO_RECORDS = Code(
    "R201", "tệp bản ghi phải là một bản ghi (id, kind, …) hoặc danh sách bản ghi, mỗi bản ghi bắt đầu bằng “- id: …”"
)
NO_KIND = Code("R202", "bản ghi thiếu trường “kind” (loại bản ghi), ví dụ kind: chuyen-de")

Suggest = Callable[[str], str | None]

_log = logging.getLogger(__name__)
ITEM = 3  # the column at which the fields of an item of a list begin
_ID_LINE = re.compile(r"^[ -]*id:[ ]*[\"']?([A-Za-z0-9-]+)", re.MULTILINE)


class MovingError(ReportsError):
    """A file became another while it was being read."""

    exit_code = 1

    def __init__(self, path: str) -> None:
        super().__init__(f"Tệp {path} vừa đổi trong lúc đang đọc kho; hãy chạy lại lệnh.")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A record, and where each of its fields stands."""

    entry: Entry
    source: Parsed | Callable[[], Parsed]
    path: PathParts

    @property
    def parsed(self) -> Parsed:
        """The file as it was read; a record that was kept has it read now."""
        return self.source if isinstance(self.source, Parsed) else self.source()

    @property
    def record(self) -> Record:
        """The record itself."""
        return self.entry.record

    @property
    def past(self) -> tuple[Loaded, ...]:
        """What the record said before each of its corrections, newest first."""
        if not self.record.corrections:
            return ()
        earlier, _ = read_past(self.parsed, self.path, self.record)
        return tuple(
            Loaded(replace(self.entry, record=record, place=parsed.place()), parsed, ()) for parsed, record in earlier
        )

    def at(self, *fields: str | int) -> Place:
        """Return the place of a field's value, by the names that authors write (`at("valid", "to")`)."""
        return self.parsed.place((*self.path, *fields)) if fields else self.entry.place


@dataclass(frozen=True)
class Reading:
    """What all record files gave; `broken_ids` belong to records that could not be read but are there.

    `fresh` are the records of files that were read now, by path; those of the other `sources` are taken from the stock
    when somebody looks at them.
    """

    fresh: Mapping[str, tuple[Loaded, ...]]
    broken_ids: frozenset[str]
    problems: tuple[Problem, ...]
    sources: Mapping[str, Source]  # of every file that could be opened, in order
    stock: Stock
    again: Callable[[str], tuple[Loaded, ...]]  # reads a file that the stock turns out not to have
    _kept: dict[str, tuple[Loaded, ...]] = field(default_factory=dict, repr=False)
    _marked: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict, repr=False)

    @property
    def loaded(self) -> tuple[Loaded, ...]:
        """All records, in the order of files and lines."""
        return tuple(one for path in self.sources for one in self.of(path))

    def of(self, path: str) -> tuple[Loaded, ...]:
        """Return the records of one file; asked twice, they are the same objects."""
        found = self.fresh.get(path)
        if found is None:
            found = self._kept.get(path)
        if found is None:
            found = self._kept[path] = self.again(path)
        return found

    def rows(self, path: str) -> tuple[bytes, ...]:
        """Return the lines that the stock keeps of a file; none where its records have been made already."""
        made = path in self.fresh or path in self._kept
        return () if made else self.stock.rows(path, self.sources[path].digest) or ()

    def looked_at(self) -> Mapping[str, int]:
        """Say of how many records of each file of the stock a model was made."""
        return {path: len(found) for path, found in self._kept.items()}

    def holding(self, wanted: Iterable[str]) -> tuple[Loaded, ...]:
        """List the records that have one of the marks, in the order of files and lines."""
        asked = frozenset(wanted)
        fresh = {
            path: {number for number, held in enumerate(self._marks(path, records)) if not asked.isdisjoint(held)}
            for path, records in self.fresh.items()
        }
        return self._in_order(asked, fresh)

    def of_kind(self, kind: str) -> tuple[Loaded, ...]:
        """List the records that are, or once were, of a kind, in the order of files and lines."""
        fresh = {
            path: {number for number, one in enumerate(records) if kind in kinds(one.record)}
            for path, records in self.fresh.items()
        }
        return self._in_order((kind_mark(kind),), fresh)

    def _in_order(self, asked: Iterable[str], fresh: Mapping[str, set[int]]) -> tuple[Loaded, ...]:
        """List these records of fresh files, and those of the stock that have one of the marks."""
        found = {path: numbers for path, numbers in fresh.items() if numbers}
        for path, number in self.stock.kin.holders(sorted(asked)):
            if path in self.sources and path not in self.fresh:
                found.setdefault(path, set()).add(number)
        return tuple(self.of(path)[number] for path in self.sources if path in found for number in sorted(found[path]))

    def _marks(self, path: str, records: tuple[Loaded, ...]) -> tuple[tuple[str, ...], ...]:
        """Return the marks of the records of a fresh file, which are asked after again and again."""
        if path not in self._marked:
            self._marked[path] = tuple(marks(one.record) for one in records)
        return self._marked[path]


class Stocked(Indexed):
    """The records of a reading without a repeated id: they become models when somebody looks at them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._files: dict[str, tuple[Entry, ...]] = {}
        self._rows: dict[str, tuple[bytes, ...]] = {}  # a ledger asks for its records one by one

    def of_file(self, path: str) -> tuple[Entry, ...]:
        if path not in self._files:
            found = self._reading.of(path) if path in self._reading.sources else ()
            self._files[path] = tuple(one.entry for one in found)
        return self._files[path]

    def one_of(self, path: str, number: int) -> Entry:
        if path not in self._rows:
            self._rows[path] = self._reading.rows(path)
        rows = self._rows[path]
        found = kept_entry(path, rows[number]) if number < len(rows) else None
        return found or self.of_file(path)[number]

    def holding(self, marks: Iterable[str]) -> tuple[Entry, ...]:
        return tuple(one.entry for one in self._reading.holding(marks))

    def of_kind(self, kind: str) -> Iterator[Entry]:
        return (one.entry for one in self._reading.of_kind(kind))

    def __iter__(self) -> Iterator[Entry]:
        return (one.entry for path in self._reading.sources for one in self._reading.of(path))

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        return tuple(self)[index]

    def __len__(self) -> int:
        return sum(self._count(path) for path in self._reading.sources)

    def looked_at(self) -> Mapping[str, int]:
        """Say of how many records of each file of the stock a model was made."""
        return self._reading.looked_at()

    def _count(self, path: str) -> int:
        fresh = self._reading.fresh.get(path)
        return self._reading.stock.lots[path].records if fresh is None else len(fresh)


def read_records(
    root: Path,
    files: tuple[RecordFile, ...],
    suggest: Suggest,
    stock: Stock = EMPTY,
    digests: Mapping[str, str] = MappingProxyType({}),
) -> Reading:
    """Read every record file, in order; `suggest` gives the id of a unit that an author named in words.

    Records that the stock keeps of the very bytes of a file are taken from there. `digests` are of bytes that somebody
    has just read.
    """
    fresh: dict[str, tuple[Loaded, ...]] = {}
    broken: set[str] = set()
    problems: list[Problem] = []
    sources: dict[str, Source] = {}
    lines = Lines()
    unknown = [file.path for file in files if not stock.has(file.path, digests.get(file.path, ""))]
    contents = read_each(root, unknown, MAX_YAML)
    for file in files:
        known = digests.get(file.path, "")
        if stock.has(file.path, known):
            sources[file.path] = Source(known, stock.lots[file.path].whole, clean=True)
            continue
        data = next(contents)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        digest = hashlib.sha256(data).hexdigest()
        if stock.has(file.path, digest):
            sources[file.path] = Source(digest, stock.lots[file.path].whole, clean=True)
            continue
        quick = _read_quickly(file, data, lines)
        own, found, ids, whole = _read_file(root, file, data, suggest) if quick is None else (quick, (), (), False)
        problems += found
        broken.update(ids)
        fresh[file.path] = own
        sources[file.path] = Source(digest, whole=whole and not found, clean=not found)
    by_path = {file.path: file for file in files}

    def again(path: str) -> tuple[Loaded, ...]:
        kept = stock.entries(path, sources[path].digest)
        if kept is not None:
            return tuple(_from_stock(root, path, kept, whole=sources[path].whole))
        data = read_bytes(root, path, MAX_YAML)
        if isinstance(data, Problem) or hashlib.sha256(data).hexdigest() != sources[path].digest:
            raise MovingError(path)
        return _read_file(root, by_path[path], data, suggest)[0]

    return Reading(fresh, frozenset(broken), tuple(problems), sources, stock, again)


def _read_file(
    root: Path, file: RecordFile, data: bytes, suggest: Suggest
) -> tuple[tuple[Loaded, ...], tuple[Problem, ...], frozenset[str], bool]:
    """Read one file: its records, its problems, ids of records that are there but broken, whether it is one record."""
    parsed, found = yaml_of(data, file.path)
    if parsed is None:
        return (), found, frozenset(_ids_in_text(root, file.path)), False
    loaded: list[Loaded] = []
    broken: set[str] = set()
    problems = list(found)
    try:
        for path, place in zip(_record_paths(parsed, problems), parsed.item_places(), strict=False):
            one, reasons = _read_record(parsed, path, place, file)
            problems += (_with_unit(problem, parsed, path, suggest) for problem in reasons)
            if one is None:
                broken.add(str(value_at(parsed.data, (*path, "id"))).casefold())
            else:
                loaded.append(one)
    except Exception as error:  # noqa: BLE001 - the boundary of one file: see the safety rules
        problems.append(unforeseen(file.path, error))
    return tuple(loaded), tuple(problems), frozenset(broken), isinstance(parsed.data, dict)


def _read_quickly(file: RecordFile, data: bytes, lines: Lines) -> tuple[Loaded, ...] | None:
    """Read a file of records a field a line that is right in everything; None when `_read_file` must say what it is."""
    try:
        text = text_of(data, file.path)
        found = None if isinstance(text, Problem) else lines.read(text)
    except Exception as error:  # noqa: BLE001 - the boundary of one file: the careful reader will meet it again, and tell
        _log.debug("unforeseen error in %s", file.path, exc_info=error)
        return None
    if found is None:
        return None

    @cache
    def parsed() -> Parsed:
        again, _ = yaml_of(data, file.path)
        if again is None:
            raise ValueError(file.path)  # it was right a moment ago, and these are the same bytes
        return again

    path, unit, year = file.path, file.unit, file.year
    loaded = tuple(
        Loaded(Entry(record, Place(path, line, ITEM), unit, year), parsed, (number,))
        for number, (record, line) in enumerate(found)
    )
    sound = all(not one.record.corrections or not read_past(one.parsed, one.path, one.record)[1] for one in loaded)
    return loaded if sound else None


def _from_stock(root: Path, path: str, kept: tuple[Entry, ...], *, whole: bool) -> Iterator[Loaded]:
    @cache
    def parsed() -> Parsed:
        again, _ = read_yaml(root, path)
        if again is None:  # somebody has changed the file since its bytes were compared
            raise MovingError(path)
        return again

    return (Loaded(entry, parsed, () if whole else (number,)) for number, entry in enumerate(kept))


def _record_paths(parsed: Parsed, problems: list[Problem]) -> Iterator[PathParts]:
    if isinstance(parsed.data, list) and parsed.data:
        yield from ((index,) for index in range(len(parsed.data)))
    elif isinstance(parsed.data, dict):
        yield ()
    else:
        problems.append(NO_RECORDS.at(parsed.place()))


def _read_record(
    parsed: Parsed, path: PathParts, place: Place, file: RecordFile
) -> tuple[Loaded | None, tuple[Problem, ...]]:
    data = value_at(parsed.data, path)
    if not isinstance(data, dict):
        return None, (NO_RECORDS.at(place),)
    kind = data.get("kind")
    if kind is None:
        return None, (NO_KIND.at(parsed.place((*path, "kind"))),)
    model = RECORD_TYPES.get(kind) if isinstance(kind, str) else None
    if model is None:
        return None, (_no_such_kind(parsed, path, kind),)
    record, problems = to_model(parsed, path, model)
    if record is not None:
        problems = read_past(parsed, path, record)[1]
    if record is None or problems:
        return None, problems
    return Loaded(Entry(record, place, file.unit, file.year), parsed, path), problems


def _with_unit(problem: Problem, parsed: Parsed, path: PathParts, suggest: Suggest) -> Problem:
    """Offer the id of the unit when the author wrote its name where an id belongs."""
    if problem.code != PATTERN.code:
        return problem
    fields = ((*path, *field) for field in _unit_fields(value_at(parsed.data, path)))
    named = next((value_at(parsed.data, field) for field in fields if parsed.place(field) == problem.place), None)
    return replace(problem, hint=suggest(named)) if isinstance(named, str) else problem


def _unit_fields(data: object) -> Iterator[PathParts]:
    if isinstance(data, dict):
        yield from (("host",), ("unit",), ("recorded", "by"), ("removed", "by"))
        corrections = data.get("corrections")
        yield from (("corrections", index, "by") for index in range(len(corrections or ())))
        for name in ("partners", "parties"):
            yield from ((name, index) for index in range(len(data[name]) if isinstance(data.get(name), list) else 0))


def _no_such_kind(parsed: Parsed, path: PathParts, kind: object) -> Problem:
    by_label = {label: key for key, label in KIND_LABELS.items()}
    hint = by_label.get(str(kind)) or nearest(str(kind), RECORD_TYPES)
    return CHOICE.at(
        parsed.place((*path, "kind")), hint=hint, field="kind", value=kind, allowed=", ".join(RECORD_TYPES)
    )


def _ids_in_text(root: Path, path: str) -> Iterator[str]:
    """Find the ids of a file that cannot be parsed, so that references to them are not called dangling."""
    text = read_text(root, path, MAX_YAML)
    if not isinstance(text, Problem):
        yield from (match[1].casefold() for match in _ID_LINE.finditer(text))
