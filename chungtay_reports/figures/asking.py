"""What an edition has asked of the records, and whether a change to records can change any of the answers.

While an edition is composed, every look at the records is noted as a question (`Tables.asked`). When records change
later, the rows of their old and new versions are held against the questions: if none of them could be among the
answers, the edition is what it was. Doubt counts as a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from chungtay_reports.figures.rows import Row, Traits, rows
from chungtay_reports.model import Filter, Period
from chungtay_reports.records import Agreement
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.history import Version, versions
from chungtay_reports.workspace.library import Entry

Question = tuple[Any, ...]  # plain values, so that a question can be written down: its kind, and what was asked

EVERYTHING: Question = ("everything",)
NEVER = date.max.toordinal()


def selection(
    table: str, tests: tuple[Filter, ...], period: Period, as_of: date, fields: tuple[str, ...] | None = None
) -> Question:
    """Ask which rows of a table pass every test in a period, and what these fields say; None: all about their records."""
    asked = tuple((test.field, test.values, test.negate) for test in tests)
    return ("selection", table, asked, period.start.toordinal(), period.end.toordinal(), as_of.toordinal(), fields)


def submitted(period: Period, as_of: date) -> Question:
    """Ask which submissions touch a period."""
    return ("submitted", period.start.toordinal(), period.end.toordinal(), as_of.toordinal())


def first_event(as_of: date, day: int | None) -> Question:
    """Ask for the first event in the books. `day` is the answer (an ordinal): only what is not later can change it."""
    return ("first", NEVER if day is None else day, as_of.toordinal())


def agreements(kind: str, unit: str, as_of: date) -> Question:
    """Ask for the agreements of a kind, of a unit or (“”) of all."""
    return ("agreements", kind, unit, as_of.toordinal())


def record(id_: str) -> Question:
    """Ask what the record of that id says."""
    return ("record", id_)


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of a record that has changed, as the questions see it."""

    entry: Entry
    rows: tuple[tuple[str, Row], ...]
    tops: frozenset[str | None]
    known: int  # ordinal of the day from which it is in the books
    until: int  # ordinal of the day from which it is not any more


@dataclass(frozen=True, slots=True)
class _Changed:
    """What was told under one id, and what is told now; when it is `linked`, the books of others decide who sees it."""

    before: tuple[_Version, ...]
    after: tuple[_Version, ...]
    linked: bool

    @property
    def versions(self) -> tuple[_Version, ...]:
        return (*self.after, *self.before)


@dataclass(frozen=True, slots=True)
class Change:
    """The old and the new versions of all records that are not what they were."""

    records: tuple[_Changed, ...]
    _answers: dict[Question, Entry | None] = field(default_factory=dict, repr=False)

    @staticmethod
    def of(
        before: Iterable[Entry], after: Iterable[Entry], registry: Registry, linked: frozenset[str] = frozenset()
    ) -> Change:
        """Lay the versions out. `linked` ids name one event with others: when they are seen depends on the others too."""
        traits = Traits(registry)
        found: dict[str, tuple[list[_Version], list[_Version]]] = {}
        for side, entries in enumerate((before, after)):
            for entry in entries:
                both = found.setdefault(entry.record.id, ([], []))
                both[side].extend(_version(entry, one, traits, linked) for one in versions(entry.record))
        return Change(tuple(_Changed(tuple(old), tuple(new), id_ in linked) for id_, (old, new) in found.items()))

    def touching(self, questions: Iterable[Question]) -> Entry | None:
        """Return a version of a record that can be among the answers to one of the questions, or None."""
        for question in questions if self.records else ():
            if question not in self._answers:
                self._answers[question] = self._first(question)
            if self._answers[question] is not None:
                return self._answers[question]
        return None

    def _first(self, question: Question) -> Entry | None:
        kind, *asked = question
        if kind == "selection" and asked[-1] is not None:
            found = (changed.versions[0].entry for changed in self.records if _told_otherwise(changed, *asked))
            return next(found, None)
        test = _TESTS.get(kind, lambda *_: True)
        versions = (version for changed in self.records for version in changed.versions)
        return next((version.entry for version in versions if test(version, *asked)), None)


def _version(entry: Entry, version: Version, traits: Traits, linked: frozenset[str]) -> _Version:
    found = version.record
    parties = found.parties if isinstance(found, Agreement) else ()
    known = 0 if found.id in linked else version.since.toordinal()
    told = entry if found is entry.record else replace(entry, record=found)
    tops = frozenset(traits.registry.top(id_) for id_ in parties)
    return _Version(told, tuple(rows(told, traits)), tops, known, version.until.toordinal() if version.until else NEVER)


def _told_otherwise(changed: _Changed, table: str, tests: Any, *rest: Any) -> bool:
    """Say whether a selection of some fields can be another than it was."""
    *days, fields = rest
    if changed.linked:
        return any(_selected(version, table, tests, *rest) for version in changed.versions)
    before, after = (
        [
            (window, *_shown(row, table, fields))
            for version in side
            for window, row in _rows(version, table, tests, *days)
        ]
        for side in (changed.before, changed.after)
    )
    return before != after


def _shown(row: Row, table: str, fields: Iterable[str]) -> Iterator[Any]:
    """Give what a selection shows of a row: what it is counted by, and its fields; of a task, all that there is."""
    if table == "plan_tasks":
        yield sorted(row.items(), key=lambda item: item[0])
    yield from (row.get("weight"), row.get("marked"))
    yield from (row.get(name) for name in fields)


def _rows(version: _Version, table: str, tests: Any, *days: int) -> Iterator[tuple[Any, Row]]:
    """Give the rows of a version that a selection has, each with the days on which the version is told."""
    start, end, as_of = days
    if version.known <= as_of:
        window = version.known, min(version.until, as_of + 1)
        for name, row in version.rows:
            if name == table and start <= row["event"] <= end and all(_passes(row, *test) for test in tests):
                yield window, row


def _selected(version: _Version, table: str, tests: Any, *rest: Any) -> bool:
    *days, _ = rest
    return any(True for _ in _rows(version, table, tests, *days))


def _passes(row: Mapping[str, Any], name: str, values: Iterable[str], negate: bool) -> bool:  # noqa: FBT001 - of Filter
    if name not in row:  # computed as of the day, or not there
        return True
    value = row[name]
    found = any(one in values for one in value) if isinstance(value, tuple) else value in values
    return found != negate


def _submitted(version: _Version, start: int, end: int, as_of: int) -> bool:
    touching = (row for name, row in version.rows if name == "submissions")
    return version.known <= as_of and any(row["start"] <= end and row["event"] >= start for row in touching)


def _first(version: _Version, day: int, as_of: int) -> bool:
    events = _events(version)
    return version.known <= as_of and any(event <= day for event in events)


def _events(version: _Version) -> Iterator[int]:
    for name, row in version.rows:
        if name in {"agreements", "activities"} and not row.get("marked"):
            yield row["event"]


def _agreements(version: _Version, kind: str, unit: str, as_of: int) -> bool:
    found = version.entry.record
    return found.kind == kind and version.known <= as_of and (not unit or unit in version.tops)


def _record(version: _Version, id_: str) -> bool:
    return version.entry.record.id == id_


_TESTS: Mapping[str, Any] = {
    "selection": _selected,
    "submitted": _submitted,
    "first": _first,
    "agreements": _agreements,
    "record": _record,
}
