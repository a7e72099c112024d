"""What must hold between records, and between a record, its folder and the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.model import Unit
from chungtay_reports.records import Activity, Agreement, Record, Statistic, Submission
from chungtay_reports.settings import Calendar
from chungtay_reports.source.validation import nearest
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.kin import likeness
from chungtay_reports.workspace.layout import school_year
from chungtay_reports.workspace.reading import Loaded
from chungtay_reports.workspace.rules import event_day

DUPLICATE_ID = Code("R220", "mã “{id}” đã dùng ở {other}; mỗi bản ghi cần một mã riêng (không phân biệt hoa, thường)")
NO_AGREEMENT = Code("R222", "không có giao ước nào mang mã “{id}”")
NOT_AN_AGREEMENT = Code("R223", "“{id}” ({other}) là {kind}, không phải giao ước")
NO_UNIT = Code("R224", "không có đơn vị “{id}” trong danh mục content/units")
NO_SAME = Code("R225", "same_as trỏ tới “{id}” nhưng không có bản ghi nào mang mã ấy")
SAME_SELF = Code("R226", "same_as trỏ tới chính bản ghi này")
SAME_CYCLE = Code("R227", "same_as đi vòng: {path}; chỉ một trong các bản ghi trỏ tới bản ghi kia")
SAME_OTHER_KIND = Code("R228", "same_as trỏ tới “{id}” là {other}, còn bản ghi này là {kind}")
NOT_VALID = Code("R229", "ngày {day}, đơn vị “{id}” {state}{heirs}")
OUTSIDE_AGREEMENT = Code("R230", "ngày {day} nằm ngoài thời hạn của giao ước “{id}” ({start} đến {end})")
OTHER_PARTIES = Code("R231", "đơn vị chủ trì và phối hợp không thuộc bên nào của giao ước “{id}”", Severity.WARNING)
LIKELY_TWICE = Code(
    "R232",
    "giống bản ghi “{id}” ({other}): cùng loại, ngày, đơn vị và tên; nếu là một việc hãy ghi same_as: {id}",
    Severity.WARNING,
)
OVERLAP = Code(
    "R233",
    "cùng loại, cùng các bên và trùng thời hạn với “{id}” ({other}); nếu là một văn bản hãy ghi same_as: {id}",
    Severity.WARNING,
)
REMOVED = Code(
    "D104", "giao ước “{id}” đã bỏ khỏi sổ từ ngày {day}; hãy ghi giao ước khác hoặc xóa dòng này", Severity.WARNING
)
FOLDER_UNIT = Code("W110", "thư mục “{unit}” không phải mã đơn vị trong danh mục")
FOLDER_EXPIRED = Code("W111", "trong năm học {year}, đơn vị “{unit}” của thư mục {state}{heirs}")
FOREIGN_BOOK = Code("W112", "bản ghi do “{by}” vào sổ, thuộc “{own}”, không thuộc đơn vị “{unit}” của thư mục")
OTHER_UNIT = Code("W113", "đơn vị “{value}” phải trùng với thư mục “{unit}”")


@dataclass(frozen=True, slots=True)
class Books:
    """All records that could be read, by case-folded id (the first of duplicates), with what they refer to."""

    loaded: tuple[Loaded, ...]
    by_id: Mapping[str, Loaded]
    broken_ids: frozenset[str]
    registry: Registry
    calendar: Calendar


def keep_first(loaded: tuple[Loaded, ...]) -> tuple[dict[str, Loaded], tuple[Problem, ...]]:
    """Index records by case-folded id; a later one with an id that is taken is reported and left out."""
    by_id: dict[str, Loaded] = {}
    problems = []
    for one in loaded:
        first = by_id.setdefault(one.record.id.casefold(), one)
        if first is not one:
            problems.append(DUPLICATE_ID.at(one.at("id"), id=one.record.id, other=first.at("id")))
    return by_id, tuple(problems)


def relation_problems(books: Books) -> Iterator[Problem]:
    """Find everything that is wrong between records, folders and the registry."""
    yield from reference_problems(books)
    yield from likeness_problems(books)


def reference_problems(books: Books) -> Iterator[Problem]:
    """Find what is wrong between each of the loaded records and what it names; others are looked up by id."""
    yield from _folders(books)
    for one in books.loaded:
        yield from _book_keeping(one, books)
        yield from _units(one, books)
        yield from (problem for earlier in one.past for problem in _units(earlier, books))
        if isinstance(one.record, Activity):
            yield from _of_agreement(one, one.record, books)
        if isinstance(one.record, Activity | Agreement):
            yield from _same(one, one.record, books)
    yield from _cycles(books)


def likeness_problems(books: Books) -> Iterator[Problem]:
    """Find which of the loaded records look like one thing; of those that are alike all must be loaded."""
    yield from _likely_twice(books)
    yield from _overlaps(books)


# --------------------------------------------------------------------------- folders and book-keeping


def _folders(books: Books) -> Iterator[Problem]:
    for year, unit in sorted({(one.entry.year, one.entry.unit) for one in books.loaded}):
        place = Place(f"content/records/{year}/{unit}")
        known = books.registry.unit(unit)
        if known is None:
            yield FOLDER_UNIT.at(place, hint=books.registry.suggest(unit, top=True), unit=unit)
            continue
        days = school_year(year, books.calendar)
        begins, ends = known.valid_from or days.start, known.valid_to or days.end
        if ends < days.start or begins > days.end:
            heirs, state = _heirs(books.registry, unit, days.end), _state(known, days.start)
            yield FOLDER_EXPIRED.at(place, unit=unit, year=year, state=state, heirs=heirs)


def _book_keeping(one: Loaded, books: Books) -> Iterator[Problem]:
    record, folder, by = one.record, one.entry.unit, one.record.recorded.by
    own = _tops((by,), (event_day(record), record.recorded.on), books.registry)
    if None not in own and folder not in own and books.registry.unit(folder):
        yield FOREIGN_BOOK.at(one.at("recorded", "by"), by=by, own=own[-1], unit=folder)
    if isinstance(record, Statistic | Submission) and record.unit != folder and books.registry.unit(folder):
        yield OTHER_UNIT.at(one.at("unit"), hint=folder, value=record.unit, unit=folder)


def _tops(ids: Iterable[str], days: Iterable[date | None], registry: Registry) -> tuple[str | None, ...]:
    """List what units belonged to before they ever moved and, last, on the days: a school may have moved in between."""
    asked = tuple(ids)
    return tuple(registry.top(id_, day) for day in (None, *days) for id_ in asked)


def _state(unit: Unit, day: date) -> str:
    if unit.valid_to is not None and day > unit.valid_to:
        return f"đã hết hiệu lực (từ sau {unit.valid_to})"
    return f"chưa có hiệu lực (đến {unit.valid_from} mới có)"


def _heirs(registry: Registry, id_: str, day: date) -> str:
    names = [f"{unit.id} ({registry.name(unit.id, day)})" for unit in registry.successors(id_, day)]
    shown = ", ".join(names[:3]) + (f" và {len(names) - 3} đơn vị khác" if len(names) > 3 else "")
    return f"; kế tục: {shown}" if names else ""


# --------------------------------------------------------------------------- units

_Named = tuple[tuple[str | int, ...], str]


def _named_units(record: Record) -> Iterator[_Named]:
    """Give every unit that a record names, with the path of the field."""
    if isinstance(record, Activity):
        yield ("host",), record.host
        yield from ((("partners", index), id_) for index, id_ in enumerate(record.partners))
    elif isinstance(record, Agreement):
        yield from ((("parties", index), id_) for index, id_ in enumerate(record.parties))
    else:
        yield ("unit",), record.unit


def _writers(record: Record) -> Iterator[_Named]:
    """Give every unit that wrote something about a record into the books."""
    yield ("recorded", "by"), record.recorded.by
    yield from ((("corrections", index, "by"), one.by) for index, one in enumerate(record.corrections))
    if record.removed:
        yield ("removed", "by"), record.removed.by


def _units(one: Loaded, books: Books) -> Iterator[Problem]:
    day = event_day(one.record)
    for path, id_ in (*_named_units(one.record), *_writers(one.record)):
        unit = books.registry.unit(id_)
        if unit is None:
            yield NO_UNIT.at(one.at(*path), hint=books.registry.suggest(id_), id=id_)
        elif path[-1] != "by" and day and not books.registry.valid(id_, day):
            heirs = _heirs(books.registry, id_, day)
            yield NOT_VALID.at(one.at(*path), id=id_, day=day, state=_state(unit, day), heirs=heirs)


# --------------------------------------------------------------------------- references to records


def _of_agreement(one: Loaded, record: Activity, books: Books) -> Iterator[Problem]:
    if record.agreement is None:
        return
    id_ = record.agreement
    target = books.by_id.get(id_.casefold())
    if target is None:
        if id_.casefold() not in books.broken_ids:
            agreements = (key for key, other in books.by_id.items() if isinstance(other.record, Agreement))
            yield NO_AGREEMENT.at(one.at("agreement"), hint=_spelled(nearest(id_, agreements), books), id=id_)
        return
    if not isinstance(target.record, Agreement):
        yield NOT_AN_AGREEMENT.at(one.at("agreement"), id=id_, other=target.at("id"), kind=target.record.kind)
        return
    if target.record.removed:
        yield REMOVED.at(one.at("agreement"), id=id_, day=target.record.removed.on)
    yield from _in_agreement(one, record, target.record, books)


def _in_agreement(one: Loaded, record: Activity, agreement: Agreement, books: Books) -> Iterator[Problem]:
    start = agreement.valid.start if agreement.valid else agreement.signed_on
    end = agreement.valid.end if agreement.valid else date.max
    for path, day in (("date", record.day), ("from", record.start), ("to", record.end)):
        if day and not start <= day <= end:
            shown_end = end if agreement.valid else "không ghi hạn"
            yield OUTSIDE_AGREEMENT.at(one.at(path), day=day, id=agreement.id, start=start, end=shown_end)
    day = record.day or record.start
    sides = frozenset(_tops(agreement.parties, (day,), books.registry))
    parties = frozenset(_tops((record.host, *record.partners), (day,), books.registry))
    if None not in parties and None not in sides and not sides & parties:
        yield OTHER_PARTIES.at(one.at("agreement"), id=agreement.id)


def _spelled(key: str | None, books: Books) -> str | None:
    return books.by_id[key].record.id if key else None


def _same(one: Loaded, record: Activity | Agreement, books: Books) -> Iterator[Problem]:
    if record.same_as is None:
        return
    id_ = record.same_as
    target = books.by_id.get(id_.casefold())
    if target is one:
        yield SAME_SELF.at(one.at("same_as"))
    elif target is None:
        if id_.casefold() not in books.broken_ids:
            alike = (key for key, other in books.by_id.items() if other.record.kind == record.kind)
            yield NO_SAME.at(one.at("same_as"), hint=_spelled(nearest(id_, alike), books), id=id_)
    elif target.record.id != id_:  # events are joined by the very id, so that one spelled otherwise would count twice
        yield NO_SAME.at(one.at("same_as"), hint=target.record.id, id=id_)
    elif target.record.kind != record.kind:
        yield SAME_OTHER_KIND.at(one.at("same_as"), id=id_, other=target.record.kind, kind=record.kind)


def _next(one: Loaded, books: Books) -> Loaded | None:
    same = getattr(one.record, "same_as", None)
    return books.by_id.get(same.casefold()) if same else None


def _cycles(books: Books) -> Iterator[Problem]:
    """Report each circle of `same_as` once, at its first record; records that point at themselves are told apart."""
    done: set[str] = set()
    for start in books.loaded:
        path: list[Loaded] = []
        one: Loaded | None = start
        while one is not None and one not in path and one.record.id not in done:
            path.append(one)
            one = _next(one, books)
        if one is not None and one in path:
            circle = path[path.index(one) :]
            if len(circle) > 1:
                names = " → ".join(member.record.id for member in (*circle, circle[0]))
                yield SAME_CYCLE.at(circle[0].at("same_as"), path=names)
        done.update(member.record.id for member in path)


# --------------------------------------------------------------------------- things that look like one thing

Item = TypeVar("Item")


def _groups(items: Iterable[Item], key: Callable[[Item], object]) -> Iterator[list[Item]]:
    groups: dict[object, list[Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return (group for group in groups.values() if len(group) > 1)


def _linked(one: Loaded, other: Loaded, books: Books) -> bool:
    """Tell whether the two already say that they are the same, directly or through a third."""
    return not _chain(one, books).isdisjoint(_chain(other, books))


def _chain(one: Loaded, books: Books) -> set[str]:
    """Follow `same_as` from a record: its own id and all that it comes to."""
    seen: set[str] = set()
    after: Loaded | None = one
    while after is not None and after.record.id not in seen:
        seen.add(after.record.id)
        after = _next(after, books)
    return seen


def _standing(books: Books) -> Iterator[Loaded]:
    return (one for one in books.loaded if one.record.removed is None)


def _likely_twice(books: Books) -> Iterator[Problem]:
    activities = (one for one in _standing(books) if isinstance(one.record, Activity))
    for first, *others in _groups(activities, lambda one: likeness(one.record)):
        for other in others:
            if not _linked(first, other, books):
                yield LIKELY_TWICE.at(other.at(), id=first.record.id, other=first.at())


def _overlaps(books: Books) -> Iterator[Problem]:
    agreements = ((one, one.record) for one in _standing(books) if isinstance(one.record, Agreement))
    for group in _groups(agreements, lambda item: likeness(item[1])):
        ordered = sorted(((_span(record), one.at(), one) for one, record in group), key=lambda row: row[:2])
        for (before_span, _, before), (after_span, _, after) in pairwise(ordered):
            if after_span[0] <= before_span[1] and not _linked(before, after, books):
                yield OVERLAP.at(after.at(), id=before.record.id, other=before.at())


def _span(record: Agreement) -> tuple[date, date]:
    return (record.valid.start, record.valid.end) if record.valid else (record.signed_on, date.max)
