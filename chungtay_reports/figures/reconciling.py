"""Where two partners report the same activity with different numbers; the totals count it once all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chungtay_reports.figures.folding import same_events
from chungtay_reports.figures.rows import Row, numbers
from chungtay_reports.records import Activity, Record
from chungtay_reports.workspace.library import Entry, Library, known

NUMBERS = {
    "counts.sessions": "số buổi",
    "counts.periods": "số tiết",
    "counts.classes": "số lớp",
    "counts.schools": "số trường",
    "counts.teachers": "số giáo viên",
    "counts.students": "số học sinh",
    "counts.accounts": "số tài khoản",
    "support.money": "tiền mặt (đồng)",
    "support.goods_value": "giá trị hiện vật (đồng)",
    "support.sponsored": "số học sinh được đỡ đầu",
    "support.pupils": "số học sinh được hỗ trợ",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One number on which two records of one event disagree; `counted` is the record that the totals take."""

    field: str
    label: str
    counted: Entry
    value: int | None
    other: Entry
    other_value: int | None


def differences(library: Library, year: str | None = None, as_of: date = date.max) -> tuple[Difference, ...]:
    """List the disagreements of a school year, or of all, in the order of the counted records' ids and the numbers' table.

    Only what was in the books on `as_of` can disagree.
    """
    asked = (entry for entry in library.entries if year in {None, entry.year})
    entries = {entry.record.id: entry for entry in known(asked, as_of)}
    found: list[Difference] = []
    for members in same_events(entry.record for entry in entries.values()):
        counted, *others = (entries[id_] for id_ in members)
        for other in others:
            found.extend(_between(counted, other))
    return tuple(found)


def _between(counted: Entry, other: Entry) -> Iterator[Difference]:
    one, another = _told(counted.record), _told(other.record)
    for field, label in NUMBERS.items():
        if one.get(field) != another.get(field):
            yield Difference(field, label, counted, one.get(field), other, another.get(field))


def _told(record: Record) -> Row:
    """Give the numbers of a record as the tables have them."""
    return numbers(record) if isinstance(record, Activity) else {}
