"""What must be made again, and why: editions are kept as long as nothing that they were made of has changed.

An edition is made of files (the program, settings, registry, metrics, templates, its own text, …), compared by digest in
groups, and of records, compared by the questions that it asked of them (`figures/asking.py`). `.cache/memory.json` holds
both for every edition in build/, with the digests of the record files that all of it was last proven against.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, overload

from chungtay_reports.census import Census, digest_of
from chungtay_reports.disk import FileNote
from chungtay_reports.errors import Place, Problem, Severity
from chungtay_reports.figures.asking import EVERYTHING, Change, Question
from chungtay_reports.recollection import of_record
from chungtay_reports.shelf import FOREIGN, Shelf
from chungtay_reports.workspace.kin import id_mark, pointed_to, same_mark
from chungtay_reports.workspace.library import Entry, Ground, Indexed, OfKind, entries_by_file, entries_of_kind
from chungtay_reports.workspace.stock import Stock

RECORDS = "content/records/"
NEW = "chưa dựng lần nào"
GONE = "tệp trong build/ đã mất hoặc bị sửa"
PROGRAM, OPTIONS = "chương trình", "tùy chọn"  # groups that are no files
SAME = "không đổi"
SAME_RESULT = "tính lại, kết quả không đổi"

# What a change of a file is called, by where the file lies; the first that fits counts.
_GROUPS: tuple[tuple[str, str], ...] = (
    ("chungtay.yaml", "cài đặt"),
    ("content/units/", "danh mục đơn vị"),
    ("content/metrics/", "chỉ tiêu"),
    ("content/people.yaml", "người được dẫn lời"),
    ("content/quotes/", "lời trích"),
    ("content/media/", "ảnh"),
    ("content/offices.yaml", "cơ quan lập báo cáo"),
    ("content/bulletins/", "các bản tin khác"),
    ("content/notices/", "thông báo về bản tin khác"),
    ("templates/", "mẫu trình bày"),
    ("", "nội dung khác"),
)
_OF_BULLETINS = ("content/bulletins/", "content/notices/")  # bulletins list each other, but no withdrawn one
_STANDING = ("content/approvals/", "content/notices/")
_OWN = ("content/bulletins/", "content/reports/", "content/narratives/", *_STANDING, RECORDS)  # of one edition each


@dataclass(frozen=True, slots=True)
class Task:
    """An edition to make: its folder below build/, the files that are its own text, and whether it is a bulletin."""

    folder: str
    texts: tuple[str, ...]
    bulletin: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What an edition in build/ was made of, what it came to, its files, and the problems that were warned of."""

    groups: Mapping[str, str]
    questions: frozenset[Question]
    composed: str  # digest of the edition itself, before it became documents
    notes: tuple[FileNote, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """What all that is no record came to in the last build: the editions that it made or kept, and warnings.

    `aside` is the digest of what it came from, as a look has it.
    """

    aside: str = ""
    folders: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """All editions by folder, and the record files (path → digest) against which they are proven."""

    records: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Made] = field(default_factory=dict)
    rest: Rest = Rest()


@dataclass(frozen=True, slots=True)
class Plan:
    """For each task what is kept, or why it is made again; and what stays true of editions that nobody asked for."""

    kept: Mapping[str, Made]
    reasons: Mapping[str, tuple[str, ...]]
    others: Mapping[str, Made]
    doubtful: Mapping[str, Made]  # of those with a reason: only records that they asked for have changed


def groups_of(files: Mapping[str, Mapping[str, str]], program: str, options: Mapping[str, object]) -> dict[str, str]:
    """Give the digest of each group of files, with those of the program and of the options."""
    wanted = hashlib.sha256(json.dumps(options, sort_keys=True, default=str).encode()).hexdigest()
    return {PROGRAM: program, OPTIONS: wanted, **{name: digest_of(group) for name, group in files.items()}}


def files_of(task: Task, census: Census) -> dict[str, dict[str, str]]:
    """Group the files that an edition is made of (path → digest), records excepted."""
    parts: dict[str, dict[str, str]] = {}
    for path, sha256 in census.digests.items():
        if path in task.texts:
            name = "tờ duyệt hoặc thông báo" if path.startswith(_STANDING) else "bài viết"
        elif path.startswith(_OWN) and not (task.bulletin and path.startswith(_OF_BULLETINS)):
            continue
        else:
            name = next(name for prefix, name in _GROUPS if path.startswith(prefix))
        parts.setdefault(name, {})[path] = sha256
    return parts


Story = Callable[[str | None, str | None], str]  # how a group got from one digest to another; “” when nobody knows


def plan(
    tasks: Mapping[Task, Mapping[str, str]],
    memory: Memory,
    library: Ground,
    stock: Stock,
    there: Callable[[str], str | None],
    *,
    story: Story,
) -> Plan:
    """Decide for every task, given its groups. `stock` must be that of the last build; `there` digests a file in build/."""
    now = {path: source.digest for path, source in library.sources.items()}
    states = _states(memory, now, library, stock)
    change = _change(states, library) if states else None
    kept: dict[str, Made] = {}
    doubtful: dict[str, Made] = {}
    reasons: dict[str, tuple[str, ...]] = {}
    for task, groups in tasks.items():
        made = memory.made.get(task.folder)
        surely = tuple(_reasons(made, groups, there, story)) if made else (NEW,)
        asks = made is not None and made.groups.get(PROGRAM) == groups[PROGRAM]
        perhaps = tuple(_touched(made, change, states)) if made and asks else ()
        if made and not surely:
            (doubtful if perhaps else kept)[task.folder] = made
        if surely or perhaps:
            reasons[task.folder] = (*surely, *perhaps)
    folders = {task.folder for task in tasks}
    others = {
        folder: made
        for folder, made in memory.made.items()
        if folder not in folders and change is not None and change.touching(made.questions) is None
    }
    return Plan(kept, reasons, others, doubtful)


def _reasons(made: Made, groups: Mapping[str, str], there: Callable[[str], str | None], story: Story) -> Iterator[str]:
    for name in {**made.groups, **groups}:
        old, new = made.groups.get(name), groups.get(name)
        if old != new:
            yield f"{name} đổi" + (f": {told}" if (told := story(old, new)) else "")
    gone = [note.path for note in made.notes if there(note.path) != note.sha256]
    if gone:
        yield f"{GONE}: {gone[0]}" + (f" và {len(gone) - 1} tệp khác" if len(gone) > 1 else "")


def _touched(made: Made, change: Change | None, states: States | None) -> Iterator[str]:
    if change is None or states is None:
        yield "không còn biết bản ghi của lần dựng trước"
    elif (entry := change.touching(made.questions)) is not None:
        yield of_record(entry.record.id, *states)


# --------------------------------------------------------------------------- what changed among the records


States = tuple[Sequence[Entry], Sequence[Entry]]  # the records of the files that have changed, before and after


def _states(memory: Memory, now: Mapping[str, str], library: Ground, stock: Stock) -> States | None:
    """Read the records of all files that are not what they were; None when that is not known any more."""
    paths = {path for path in {**memory.records, **now} if memory.records.get(path) != now.get(path)}
    before: list[Entry] = []
    for path in sorted(paths & memory.records.keys()):
        kept = stock.entries(path, memory.records[path])
        if kept is None:
            return None
        before += kept
    after = [entry for found in entries_by_file(library.entries, sorted(paths)).values() for entry in found]
    return before, after


def _change(states: States, library: Ground) -> Change:
    """Find the records that are not what they were."""
    before, after = states
    between = versions_between(before, after, library.entries) if before or after else Between()
    return Change.of(between.gone, between.come, library.registry, between.linked)


@dataclass(frozen=True, slots=True)
class Between:
    """The records that are only in the first or only in the second of two states.

    With these go all that name one event with any of them, by the pairs of either state: the `linked` ids.
    """

    gone: tuple[Entry, ...] = ()
    come: tuple[Entry, ...] = ()
    linked: frozenset[str] = frozenset()


def versions_between(before: Sequence[Entry], after: Sequence[Entry], everything: Sequence[Entry]) -> Between:
    """Compare some records as they were and as they are; `everything` are all records that are there now."""
    old, new = ({(entry.place, entry.record.id): entry for entry in entries} for entries in (before, after))
    gone = [entry for key, entry in old.items() if new.get(key) != entry]
    come = [entry for key, entry in new.items() if old.get(key) != entry]
    near = _near((*gone, *come), everything)
    pairs = ((entry.record.id, other) for entry in (*before, *near) for other in pointed_to(entry.record))
    linked = _linked({entry.record.id for entry in (*gone, *come)}, list(pairs))
    members = [entry for entry in near if entry.record.id in linked and entry not in come] if linked else []
    return Between(tuple(gone), (*come, *members), linked)


def _near(differing: Sequence[Entry], everything: Sequence[Entry]) -> Sequence[Entry]:
    """List the records that may be joined to one of some by `same_as`, in whichever direction; perhaps more."""
    if not isinstance(everything, Indexed):
        return everything
    found: dict[str, Entry] = {}
    ids = {id_.casefold() for entry in differing for id_ in (entry.record.id, *pointed_to(entry.record))}
    waiting = ids
    while waiting:
        near = everything.holding(mark for id_ in sorted(waiting) for mark in (id_mark(id_), same_mark(id_)))
        more = {entry.record.id: entry for entry in near if entry.record.id not in found}
        found |= more
        named = (id_.casefold() for entry in more.values() for id_ in (entry.record.id, *pointed_to(entry.record)))
        waiting = set(named) - ids
        ids |= waiting
    return tuple(found.values())


def _linked(ids: set[str], pairs: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Follow `same_as` from the ids in both directions: all that is joined to one of them by at least one pair."""
    found: set[str] = set()
    reach = {id_ for pair in pairs if not ids.isdisjoint(pair) for id_ in pair}
    while reach - found:
        found |= reach
        reach = {id_ for pair in pairs if not found.isdisjoint(pair) for id_ in pair}
    return frozenset(found)


class Watched(OfKind):
    """The records of a library for an edition that should ask questions instead: whoever looks through them asks for all."""

    def __init__(self, entries: Sequence[Entry], asked: set[Question]) -> None:
        self._entries, self._asked = entries, asked

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        self._asked.add(EVERYTHING)
        return self._entries[index]

    def __len__(self) -> int:
        self._asked.add(EVERYTHING)
        return len(self._entries)

    def of_kind(self, kind: str) -> Iterator[Entry]:
        """Give the records of a kind: whoever looks for these alone has asked for them."""
        return entries_of_kind(self._entries, kind)


# --------------------------------------------------------------------------- the memory on disk

_KEY = "memory.json"


def recall(root: Path) -> Memory:
    """Read what the last build knew; nothing when there is none, or when it is not exactly what was written."""
    data = Shelf(root / ".cache").find(_KEY)
    try:
        return _read(json.loads(data)) if data else Memory()
    except FOREIGN:
        return Memory()


def remember(root: Path, memory: Memory) -> None:
    """Write down what the next build will want to know."""
    numbers: dict[Question, int] = {}
    made = {
        folder: {
            "groups": dict(one.groups),
            "questions": sorted(numbers.setdefault(question, len(numbers)) for question in one.questions),
            "composed": one.composed,
            "notes": [asdict(note) for note in one.notes],
            "warnings": [asdict(problem) for problem in one.warnings],
        }
        for folder, one in memory.made.items()
    }
    rest = {**asdict(memory.rest), "warnings": [asdict(problem) for problem in memory.rest.warnings]}
    data = {"records": dict(memory.records), "questions": list(numbers), "made": made, "rest": rest}
    Shelf(root / ".cache").keep(_KEY, json.dumps(data, ensure_ascii=False).encode())


def _read(data: Any) -> Memory:
    questions = [_frozen(question) for question in data["questions"]]
    made = {
        folder: Made(
            one["groups"],
            frozenset(questions[number] for number in one["questions"]),
            one["composed"],
            tuple(FileNote(**note) for note in one["notes"]),
            tuple(_problem(problem) for problem in one["warnings"]),
        )
        for folder, one in data["made"].items()
    }
    rest = data["rest"]
    warnings = tuple(_problem(problem) for problem in rest["warnings"])
    return Memory(data["records"], made, Rest(rest["aside"], tuple(rest["folders"]), warnings))


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def _problem(data: Any) -> Problem:
    return Problem(**{**data, "place": Place(**data["place"]), "severity": Severity(data["severity"])})


def standing(editions: Mapping[str, Made], manifest: Sequence[FileNote]) -> dict[str, Made]:
    """Give the editions whose files are all in the manifest."""
    there = {note.path for note in manifest}
    return {folder: one for folder, one in editions.items() if {note.path for note in one.notes} <= there}


def renewed(made: Made, reason: str) -> Made:
    """Return what was made as it stands in a manifest in which nothing new was made of it."""
    return replace(made, notes=tuple(replace(note, cached=True, why=reason) for note in made.notes))
