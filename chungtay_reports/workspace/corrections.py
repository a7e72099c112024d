"""What a record says of its own past: read as strictly as the present, each earlier value at its own line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from chungtay_reports.errors import Code, Place, Problem
from chungtay_reports.records import RECORD_TYPES, Record
from chungtay_reports.source.files import Parsed, to_model
from chungtay_reports.source.validation import value_at
from chungtay_reports.source.yaml_tree import PathParts
from chungtay_reports.workspace.history import HISTORY, earlier_data

BEFORE = Code("D101", "ngày {day} sớm hơn {other}; ghi các lần sửa theo thứ tự, cũ trước, và không trước khi vào sổ")
NOT_CORRECTED = Code("D102", "“{field}” không nằm trong “was” được: {why}")
SAME = Code("D103", "“was” ghi đúng như bản ghi sau khi sửa, nên không có gì được sửa; hãy ghi số liệu cũ")

FIXED = {
    "id": "mã không đổi; bản ghi nhầm thì ghi removed rồi lập bản ghi mới",
    "recorded": "ngày vào sổ không đổi",
    **dict.fromkeys(HISTORY, "lịch sử của bản ghi không sửa lại"),
}
_OTHER_TYPE = "đây là loại bản ghi khác hẳn; hãy ghi removed rồi lập bản ghi mới"


@dataclass(frozen=True, slots=True)
class Earlier(Parsed):
    """What a record said before a correction; each field knows where it is written: in a `was`, or in the record."""

    after: Parsed | None = None  # what it was corrected to
    path: PathParts = ()  # of the record in `after`
    was: PathParts = ()  # of the correction's `was` in the file

    def place(self, path: PathParts = ()) -> Place:
        """Return where the value at `path` is written, or its nearest ancestor; of the whole, the `was`."""
        parsed, where = self._origin(path)
        return parsed.place(where)

    def key_place(self, path: PathParts) -> Place:
        """Return where the last key of `path` is written."""
        parsed, where = self._origin(path)
        return parsed.key_place(where)

    def text_place(self, path: PathParts) -> Place:
        """Return where the first character of a text is written."""
        parsed, where = self._origin(path)
        return parsed.text_place(where)

    def _origin(self, path: PathParts) -> tuple[Parsed, PathParts]:
        after = self.after or self
        if not path or _replaced(value_at(_root(after).data, self.was), path):
            return _root(after), (*self.was, *path)
        return after, (*self.path, *path)


def _root(parsed: Parsed) -> Parsed:
    return _root(parsed.after) if isinstance(parsed, Earlier) and parsed.after else parsed


def _replaced(was: Any, path: PathParts) -> bool:
    """Say whether a merge patch decides the value at `path`."""
    for part in path:
        if not isinstance(was, Mapping):
            return True  # the whole of an ancestor was replaced
        if part not in was:
            return False
        was = was[part]
    return True


def read_past(
    parsed: Parsed, path: PathParts, record: Record
) -> tuple[tuple[tuple[Earlier, Record], ...], tuple[Problem, ...]]:
    """Validate what a record said before each correction, newest first, with every reason why it could not have."""
    if not record.corrections:
        return (), ()
    data: Mapping[str, Any] = value_at(parsed.data, path)
    problems = tuple(_not_corrected(parsed, path, record))
    if problems:
        return (), problems
    found: list[tuple[Earlier, Record]] = []
    after, inside, told = parsed, path, {name: value for name, value in data.items() if name not in HISTORY}
    for number, earlier in zip(range(len(record.corrections) - 1, -1, -1), earlier_data(data), strict=True):
        was = (*path, "corrections", number, "was")
        if earlier == told:
            return (), (SAME.at(parsed.place(was)),)
        one = Earlier(
            earlier,
            parsed.file,
            parsed.text,
            parsed.first_line,
            None,
            parsed.refused,
            after=after,
            path=inside,
            was=was,
        )
        before, reasons = to_model(one, (), type(record))
        if before is None:
            return (), reasons
        found.append((one, before))
        after, inside, told = one, (), earlier
    return tuple(found), ()


def _not_corrected(parsed: Parsed, path: PathParts, record: Record) -> Iterator[Problem]:
    for number, correction in enumerate(record.corrections):
        was = (*path, "corrections", number, "was")
        for name in sorted(correction.was.keys() & FIXED.keys()):
            yield NOT_CORRECTED.at(parsed.key_place((*was, name)), field=name, why=FIXED[name])
        kind = correction.was.get("kind")
        if isinstance(kind, str) and RECORD_TYPES.get(kind, type(record)) is not type(record):
            yield NOT_CORRECTED.at(parsed.place((*was, "kind")), field="kind", why=_OTHER_TYPE)


def turns(record: Record) -> tuple[tuple[PathParts, date], ...]:
    """List the days on which the books changed what they say about a record, as they are written, with their fields."""
    corrections = ((("corrections", number, "on"), one.on) for number, one in enumerate(record.corrections))
    removal = ((("removed", "on"), record.removed.on),) if record.removed else ()
    return ((("recorded", "on"), record.recorded.on), *corrections, *removal)
