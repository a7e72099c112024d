"""Record files to records: each record of a file on its own, so that a broken one hides no other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from chungtay_reports.errors import Code, Place, Problem
from chungtay_reports.records import KIND_LABELS, RECORD_TYPES, Record
from chungtay_reports.source.files import (
    MAX_YAML,
    Parsed,
    read_bytes,
    read_text,
    read_yaml,
    to_model,
    unforeseen,
    yaml_of,
)
from chungtay_reports.source.validation import CHOICE, PATTERN, nearest, value_at
from chungtay_reports.source.yaml_tree import PathParts
from chungtay_reports.workspace.corrections import read_past
from chungtay_reports.workspace.layout import RecordFile
from chungtay_reports.workspace.library import Entry, Source
from chungtay_reports.workspace.stock import EMPTY, Stock

NO_RECORDS = Code(
    "R201", "tệp bản ghi phải là một bản ghi (id, kind, …) hoặc danh sách bản ghi, mỗi bản ghi bắt đầu bằng “- id: …”"
)
NO_KIND = Code("R202", "bản ghi thiếu trường “kind” (loại bản ghi), ví dụ kind: chuyen-de")

Suggest = Callable[[str], str | None]

_ID_LINE = re.compile(r"^[ -]*id:[ ]*[\"']?([A-Za-z0-9-]+)", re.MULTILINE)


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


@dataclass(frozen=True, slots=True)
class Reading:
    """What all record files gave; `broken_ids` belong to records that could not be read but are there."""

    loaded: tuple[Loaded, ...]
    broken_ids: frozenset[str]
    problems: tuple[Problem, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)  # of every file that could be opened


def read_records(root: Path, files: tuple[RecordFile, ...], suggest: Suggest, stock: Stock = EMPTY) -> Reading:
    """Read every record file, in order; `suggest` gives the id of a unit that an author named in words.

    Records that the stock keeps of the very bytes of a file are taken from there.
    """
    loaded: list[Loaded] = []
    broken: set[str] = set()
    problems: list[Problem] = []
    sources: dict[str, Source] = {}
    for file in files:
        data = read_bytes(root, file.path, MAX_YAML)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        digest, before = hashlib.sha256(data).hexdigest(), len(problems)
        kept = stock.entries(file.path, digest)
        if kept is not None:
            sources[file.path] = Source(digest, stock.lots[file.path].whole, clean=True)
            loaded += _from_stock(root, file.path, kept, whole=sources[file.path].whole)
            continue
        parsed, found = yaml_of(data, file.path)
        problems += found
        sources[file.path] = Source(digest, whole=False, clean=False)
        if parsed is None:
            broken.update(_ids_in_text(root, file.path))
            continue
        try:
            for path, place in zip(_record_paths(parsed, problems), parsed.item_places(), strict=False):
                one, found = _read_record(parsed, path, place, file)
                reasons = (_with_unit(problem, parsed, path, suggest) for problem in found)
                problems += reasons
                if one is None:
                    broken.add(str(value_at(parsed.data, (*path, "id"))).casefold())
                else:
                    loaded.append(one)
        except Exception as error:  # noqa: BLE001 - the boundary of one file: see the safety rules
            problems.append(unforeseen(file.path, error))
        if len(problems) == before:
            sources[file.path] = Source(digest, isinstance(parsed.data, dict), clean=True)
    return Reading(tuple(loaded), frozenset(broken), tuple(problems), sources)


def _from_stock(root: Path, path: str, kept: tuple[Entry, ...], *, whole: bool) -> Iterator[Loaded]:
    @cache
    def parsed() -> Parsed:
        again, _ = read_yaml(root, path)
        if again is None:  # somebody has changed the file since its bytes were compared
            raise ValueError(path)
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
