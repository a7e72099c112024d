"""Drafts to records: ids, the same rules as `check`, and which of them may go in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.excel.flat import fingerprint, plain
from chungtay_reports.excel.gathering import Draft
from chungtay_reports.excel.grid import Spot
from chungtay_reports.excel.sheets import PREFIXES, Path
from chungtay_reports.excel.shelf import Shelf
from chungtay_reports.excel.values import MARK
from chungtay_reports.excel.wording import in_words
from chungtay_reports.records import RECORD_TYPES, Record
from chungtay_reports.source.files import Parsed, to_model
from chungtay_reports.source.yaml_tree import PathParts
from chungtay_reports.workspace.history import HISTORY, patch_between
from chungtay_reports.workspace.layout import school_year_of
from chungtay_reports.workspace.library import Entry
from chungtay_reports.workspace.reading import Loaded
from chungtay_reports.workspace.relations import FOLDER_EXPIRED

SAME_ROW = Code("X136", "dòng này giống hệt dòng ở ô {cell}; nếu là hai việc khác nhau hãy ghi rõ tên từng việc")
ELSEWHERE = Code("X137", "nhập biểu này làm bản ghi khác sai: {message}")
STALE = Code(
    "X146", "bản ghi “{id}” đã được sửa trong kho từ khi lấy biểu này; hãy lấy biểu mới rồi sửa lại dòng này ở đó"
)
NO_MARK = Code("X138", "không có dòng mới nào mang mã tạm “{id}” ở trang Giao ước")


@dataclass(frozen=True, slots=True)
class RowParsed(Parsed):
    """The data of a row; every field knows its cell instead of its line."""

    own: Spot = field(default_factory=lambda: Spot(""))
    spots: Mapping[Path, Spot] = field(default_factory=dict)

    def place(self, path: PathParts = ()) -> Place:
        """Return the cell of a field, of what it is part of, or the row's id."""
        for length in range(len(path), 0, -1):
            spot = self.spots.get(tuple(path[:length]))
            if spot:
                return spot
        return self.own

    def key_place(self, path: PathParts) -> Place:
        """Return the cell, which has no key of its own."""
        return self.place(path)

    def text_place(self, path: PathParts) -> Place:
        """Return the cell, pinned, because privacy rules count characters on from here."""
        place = self.place(path)
        return place.pin() if isinstance(place, Spot) else place


@dataclass(frozen=True, slots=True)
class Filed:
    """A record that may go in: where it is filed, and what it replaces, if anything."""

    draft: Draft
    loaded: Loaded
    old: Loaded | None

    @property
    def changed(self) -> bool:
        """Whether the workspace would change."""
        return self.old is None or self.moved or plain(self.old.record) != plain(self.loaded.record)

    @property
    def moved(self) -> bool:
        """Whether a new day has taken the record to another school year."""
        return self.old is not None and self.old.entry.year != self.loaded.entry.year


@dataclass(slots=True)
class _Round:
    """One attempt: which drafts, whose ids are known to stay out, and what is found on the way."""

    drafts: Sequence[Draft]
    shelf: Shelf
    unit: str
    out: frozenset[str]
    fingerprints: Mapping[str, str]
    reason: str = ""
    problems: list[Problem] = field(default_factory=list)
    wrong: set[Draft] = field(default_factory=set)
    filed: list[Filed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may go in, and every problem of what was read."""

    filed: tuple[Filed, ...]
    problems: tuple[Problem, ...]


def judge(
    drafts: Sequence[Draft],
    shelf: Shelf,
    unit: str,
    fingerprints: Mapping[str, str],
    *,
    partial: bool,
    reason: str = "",
) -> Verdict:
    """Hold drafts against the rules of the workspace; with `partial`, leave out wrong ones until the rest is right.

    `fingerprints` are those of the records when the form went out: a row that nobody has touched since never undoes a
    change in the workspace, and a touched one is refused when the workspace has changed too.

    Without `partial` nothing may go in as soon as there is one error. Numbering starts anew after each round, so that
    ids have no gaps for rows that stay out. With a `reason` a change of a record that was in the books before today
    is written as a correction, so that editions as of an earlier day still see what was known then.
    """
    problems = [problem for draft in drafts for problem in draft.problems]
    good = [draft for draft in drafts if not draft.wrong]
    out = frozenset(draft.given.casefold() for draft in drafts if draft.wrong and draft.given)
    first = one = _file(_Round(good, shelf, unit, out, fingerprints, reason))
    while partial and one.wrong:
        left = [draft for draft in one.drafts if draft not in one.wrong]
        one = _file(_Round(left, shelf, unit, frozenset(), fingerprints, reason))
    problems += first.problems
    breaking = any(problem.code == ELSEWHERE.code for problem in one.problems)
    ready = not one.wrong and not breaking and (partial or not _errors(problems))
    return Verdict(tuple(one.filed) if ready else (), tuple(dict.fromkeys(problems)))


def _errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _file(this: _Round) -> _Round:
    """File drafts once: `filed` gets what is right so far, `wrong` the drafts with an error."""
    all_filed: list[Filed] = []
    for draft, data in _numbered(this):
        one, found = _record(draft, data, this)
        one, stale = _since(one, this.fingerprints) if one else (None, ())
        found = (*found, *stale)
        if one:
            all_filed.append(one)
            found = (*found, *this.shelf.own_problems(one.loaded))
        this.problems += (in_words(_unpinned(problem), draft.sheet) for problem in found)
        if _errors(found):
            this.wrong.add(draft)
    this.filed = [one for one in all_filed if one.draft not in this.wrong]
    unsettled = {one.loaded.record.id.casefold() for one in all_filed if one.draft in this.wrong}
    _relations(this, frozenset(unsettled))
    this.filed = [one for one in this.filed if one.draft not in this.wrong]
    return this


def _since(one: Filed, fingerprints: Mapping[str, str]) -> tuple[Filed, tuple[Problem, ...]]:
    """Compare a row and its record with what the form said when it went out: three-way, so that no change is lost."""
    then = fingerprints.get(one.old.record.id) if one.old else None
    if one.old is None or then is None or not one.changed or fingerprint(one.old.record) == then:
        return one, ()
    if fingerprint(one.loaded.record) == then:
        return Filed(one.draft, one.old, one.old), ()
    return one, (STALE.at(one.draft.own, id=one.old.record.id),)


def _unpinned(problem: Problem) -> Problem:
    place = problem.place
    return replace(problem, place=place.unpin()) if isinstance(place, Spot) else problem


def _record(draft: Draft, data: dict[str, Any], this: _Round) -> tuple[Filed | None, tuple[Problem, ...]]:
    kind, day, shelf = data.get("kind"), draft.day, this.shelf
    parsed = RowParsed(data, draft.own.file, "", 1, (0, 0, {}), own=draft.own, spots=draft.spots)
    record, problems = to_model(parsed, (), RECORD_TYPES[str(kind)])
    if record is None:
        return None, problems
    old = draft.existing
    if old and this.reason and old.record.recorded.on < shelf.today:
        corrected = _corrected(record, old.record, this)
        parsed, record = replace(parsed, data=corrected), type(record).model_validate(corrected)
    year = school_year_of(day, shelf.settings.calendar) if day else old.entry.year if old else ""
    if not year:
        # Only possible without any day: the rules say so, in any year's folder.
        year = school_year_of(shelf.today, shelf.settings.calendar)
    entry = Entry(record, draft.own, this.unit, year)
    return Filed(draft, Loaded(entry, parsed, ()), old), problems


def _corrected(record: Record, old: Record, this: _Round) -> dict[str, Any]:
    """Say what a record is to say, and as a correction of today what it said before."""
    new, before = plain(record), plain(old)
    apart = {"recorded", *HISTORY}
    now, then = ({name: value for name, value in data.items() if name not in apart} for data in (new, before))
    was = patch_between(now, then)
    entry = {"on": this.shelf.today.isoformat(), "by": old.recorded.by, "reason": this.reason, "was": was}
    corrections = [*before.get("corrections", ()), *([entry] if was else ())]
    return {**new, "recorded": before["recorded"], **({"corrections": corrections} if corrections else {})}


def _relations(this: _Round, unsettled: frozenset[str]) -> None:
    """Hold what was filed against all other records; ids that stay out are not called missing."""
    shelf = this.shelf
    by_spot = {spot: one.draft for one in this.filed for spot in (one.draft.own, *one.draft.spots.values())}
    replaced = {one.old.record.id for one in this.filed if one.old}
    kept = [one for one in shelf.reading.loaded if one.record.id not in replaced]
    before = set(shelf.relations(shelf.reading.loaded))
    for problem in shelf.relations([*kept, *(one.loaded for one in this.filed)], this.out | unsettled):
        draft = by_spot.get(problem.place) if isinstance(problem.place, Spot) else None
        if draft:
            this.problems.append(in_words(problem, draft.sheet))
            if problem.severity is Severity.ERROR:
                this.wrong.add(draft)
        elif problem not in before and problem.severity is Severity.ERROR and problem.code != FOLDER_EXPIRED.code:
            this.problems.append(ELSEWHERE.at(problem.place, hint=problem.hint, message=problem.message))


# --------------------------------------------------------------------------- ids


def _numbered(this: _Round) -> list[tuple[Draft, dict[str, Any]]]:
    """Give every draft its id: its own, that of a record with the same content, or the next free one of its kind."""
    numbers = _Numbers(this)
    known = _contents(this)
    marks: dict[str, str] = {}
    seen: dict[str, Draft] = {}
    numbered: dict[Draft, dict[str, Any]] = {}
    for draft in sorted(this.drafts, key=lambda draft: "parties" not in draft.data):  # others may name an agreement
        data = _with_marks(draft, marks, this)
        if draft.given and not draft.marked:
            numbered[draft] = {"id": draft.given, **data}
            continue
        key = _content(data)
        if seen.setdefault(key, draft) is not draft:
            this.problems.append(SAME_ROW.at(draft.own, cell=seen[key].own.cell))
            this.wrong.add(draft)
            continue
        same = known.get(key)
        if same:
            draft.existing = same
            data["recorded"] = plain(same.record)["recorded"]
        numbered[draft] = {"id": same.record.id if same else numbers.next(data["kind"], draft), **data}
        if draft.given and "parties" in data:
            marks[draft.given] = numbered[draft]["id"]
    return [(draft, numbered[draft]) for draft in this.drafts if draft in numbered]


def _with_marks(draft: Draft, marks: Mapping[str, str], this: _Round) -> dict[str, Any]:
    data = dict(draft.data)
    mark = str(data.get("agreement", ""))
    if MARK.fullmatch(mark):
        if mark in marks:
            data["agreement"] = marks[mark]
            return data
        this.wrong.add(draft)
        if mark.casefold() not in this.out:  # else its agreement stays out and has already said why
            this.problems.append(NO_MARK.at(draft.spots.get(("agreement",), draft.own), id=mark))
    return data


_NOT_SAID = frozenset({"id", "recorded", *HISTORY})


def _content(data: Mapping[str, Any]) -> str:
    """Make a key of what a record says, whatever its id and when it was recorded."""
    kept = {key: value for key, value in data.items() if key not in _NOT_SAID and value not in ({}, [])}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _contents(this: _Round) -> dict[str, Loaded]:
    """Index the unit's records that no row names by what they say, so that a file may be imported twice."""
    named = {draft.given.casefold() for draft in this.drafts}
    return {
        _content(plain(one.record)): one
        for one in this.shelf.reading.loaded
        if one.entry.unit == this.unit and one.record.id.casefold() not in named
    }


class _Numbers:
    """The next free number of each kind and calendar year, over all units of the workspace."""

    def __init__(self, this: _Round) -> None:
        self._last: dict[tuple[str, str], int] = {}
        given = (draft.given for draft in this.drafts if not draft.marked)
        reading = this.shelf.reading
        for id_ in (*(one.record.id for one in reading.loaded), *reading.broken_ids, *given):
            match = re.fullmatch(r"([a-z]+)-(\d{4})-(\d{1,9})", id_.casefold())
            if match:
                key = match[1], match[2]
                self._last[key] = max(self._last.get(key, 0), int(match[3]))

    def next(self, kind: str, draft: Draft) -> str:
        day = draft.day
        prefix, year = PREFIXES[kind], str(day.year) if day else "0000"
        number = self._last.get((prefix.casefold(), year), 0) + 1
        self._last[prefix.casefold(), year] = number
        return f"{prefix}-{year}-{number:04d}"
