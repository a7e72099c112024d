"""What `check` hands on: everything that the content says, read, checked and frozen."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from chungtay_reports.errors import Place, Problem
from chungtay_reports.records import Record
from chungtay_reports.workspace.history import as_known
from chungtay_reports.workspace.kin import kinds

if TYPE_CHECKING:  # each is imported by who makes it; records are read without most of them
    from chungtay_reports.model import Metric
    from chungtay_reports.settings import Settings
    from chungtay_reports.units.registry import Registry
    from chungtay_reports.workspace.approval import Approved
    from chungtay_reports.workspace.bulletin import Bulletin
    from chungtay_reports.workspace.editorial import MediaItem, Person, Quote
    from chungtay_reports.workspace.narrative import Narrative
    from chungtay_reports.workspace.notices import Noticed
    from chungtay_reports.workspace.specification import OfficeRow, Report


@dataclass(frozen=True, slots=True)
class Entry:
    """A record where it stands: `unit` and `year` (“2022-2023”) are the folders that it lies in."""

    record: Record
    place: Place
    unit: str
    year: str


def known(entries: Iterable[Entry], as_of: date) -> Iterator[Entry]:
    """Give the records that were in the books on a day, each as it was known then."""
    for entry in entries:
        record = as_known(entry.record, as_of)
        if record is not None:
            yield entry if record is entry.record else replace(entry, record=record)


class OfKind(Sequence[Entry]):
    """All records, of which those of a kind may be found without looking at the others."""

    @abstractmethod
    def of_kind(self, kind: str) -> Iterator[Entry]:
        """Give the records that are, or once were, of a kind, in the order of files and lines."""


class Indexed(OfKind):
    """All records, of which any may be found without looking at the others."""

    @abstractmethod
    def of_file(self, path: str) -> tuple[Entry, ...]:
        """List the records of a file."""

    @abstractmethod
    def one_of(self, path: str, number: int) -> Entry:
        """Return one record of a file: the first is number 0."""

    @abstractmethod
    def holding(self, marks: Iterable[str]) -> tuple[Entry, ...]:
        """List the records that have one of the marks of `kin`, and perhaps more."""


def entries_of_kind(entries: Sequence[Entry], kind: str) -> Iterator[Entry]:
    """Give the records that are, or once were, of a kind, in their order."""
    return (
        entries.of_kind(kind) if isinstance(entries, OfKind) else (one for one in entries if kind in kinds(one.record))
    )


def entries_by_file(entries: Sequence[Entry], paths: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
    """Part the records of some files by file."""
    if isinstance(entries, Indexed):
        return {path: entries.of_file(path) for path in paths}
    found: dict[str, list[Entry]] = {path: [] for path in paths}
    for entry in entries if found else ():
        if entry.place.file in found:
            found[entry.place.file].append(entry)
    return {path: tuple(own) for path, own in found.items()}


@dataclass(frozen=True, slots=True)
class Source:
    """The digest of a record file's bytes, whether it is one record and not a list, and that it has no fault in itself."""

    digest: str
    whole: bool
    clean: bool
    sound: bool = False  # its records, each by itself, keep every rule as of the day of the library


@dataclass(frozen=True, slots=True)
class Related:
    """What relations between records came to: warnings, and a digest of all else that they were judged by.

    Without a digest nothing is known that could be relied on.
    """

    basis: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What everything else stands on: settings, units, and the records in the order of files and lines."""

    settings: Settings
    registry: Registry
    entries: Sequence[Entry]
    sources: Mapping[str, Source] = field(default_factory=dict, kw_only=True)  # by path
    judged: tuple[str, str] = field(default=("", ""), kw_only=True)  # by settings of that digest, on that day
    related: Related = field(default=Related(), kw_only=True)


@dataclass(frozen=True, slots=True)
class Library(Ground):
    """The whole workspace; mappings in the order of ids."""

    metrics: Mapping[str, Metric]
    people: Mapping[str, Person]
    quotes: Mapping[str, Quote]
    media: Mapping[str, MediaItem]
    bulletins: Mapping[str, Bulletin]
    reports: Mapping[str, Report] = field(default_factory=dict)
    offices: tuple[OfficeRow, ...] = ()
    narratives: Mapping[tuple[str, str], Narrative] = field(default_factory=dict)  # by school year and unit
    approvals: Mapping[str, Approved] = field(default_factory=dict)  # by the key of the edition
    notices: Mapping[str, Noticed] = field(default_factory=dict)  # by the key of the edition
