"""Rows in Arrow: records laid out once, and put together again when a few of them have changed.

The rows of every table stand in the order of ids, of versions, and of what each makes; a set of rows that was mended is
what laying all records out gives.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from chungtay_reports.figures.columns import TABLES, Column
from chungtay_reports.figures.rows import NEVER, Row, Traits, rows
from chungtay_reports.workspace.library import Entry

COMPUTED = frozenset({"statistical", "status", "reports"})
TOLD = "told"  # the table of versions; `rec` is a row's number in it
AFTER = NEVER + 1
_EXTRA: Mapping[str, Mapping[str, Any]] = {"plan_tasks": {"done": NEVER}, "submissions": {"start": 0}}
_TEXT = pa.large_string()
_TOLD = pa.schema(
    [
        ("id", _TEXT),
        ("path", _TEXT),
        ("number", pa.int64()),
        ("since", pa.int64()),
        ("until", pa.int64()),
        ("same", _TEXT),
    ]
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One version of a record: the entry as it was then, the days it is told (ordinals), and the record's place in its file."""

    entry: Entry
    since: int
    until: int
    number: int = 0


@dataclass(frozen=True)
class Frames:
    """The table of versions, in the order of ids and then of time, and the rows of each table."""

    told: Any
    rows: Mapping[str, Any]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.told.column("id").to_pylist())

    def days(self, name: str) -> NDArray[np.int64]:
        """Return one of the days of every version: `since`, `until`."""
        found: NDArray[np.int64] = self.told.column(name).to_numpy()
        return found

    def pointing(self) -> dict[int, str]:
        """Say of the versions that name the same event as another record which that is, by their number."""
        column = self.told.column("same")
        return (
            {number: id_ for number, id_ in enumerate(column.to_pylist()) if id_}
            if column.null_count < len(column)
            else {}
        )

    def mended(self, gone: Iterable[str], come: Frames) -> Frames:
        """Return the frames without the records of some files, and with those of others."""
        pieces = list(_pieces(self, frozenset(gone), come))
        both = (self, come)
        told = pa.concat_tables([both[side].told.slice(start, end - start) for side, start, end in pieces])
        names = self.rows.keys()
        return Frames(told, {name: _joined(pieces, [one.rows[name] for one in both]) for name in names})


def lay(told: Sequence[Telling], traits: Traits) -> Frames:
    """Lay versions out, given in the order of ids and then of time."""
    found: dict[str, list[Row]] = {table: [] for table in TABLES if table != "units"}
    for rec, one in enumerate(told):
        for table, row in rows(one.entry, traits):
            row["rec"] = rec
            found[table].append(row)
    return Frames(_told(told), {table: _table(table, made) for table, made in found.items()})


def _told(told: Sequence[Telling]) -> Any:
    columns = (
        [one.entry.record.id for one in told],
        [one.entry.place.file for one in told],
        [one.number for one in told],
        [one.since for one in told],
        [one.until for one in told],
        [getattr(one.entry.record, "same_as", None) for one in told],
    )
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, _TOLD.types, strict=True)], schema=_TOLD)


def _table(table: str, found: Sequence[Row]) -> Any:
    defaults: dict[str, Any] = {"rec": 0, "event": 0, "weight": 1, "marked": False, **_EXTRA.get(table, {})}
    columns = {name: [row.get(name, default) for row in found] for name, default in defaults.items()}
    kinds = {name: pa.bool_() if name == "marked" else pa.int64() for name in defaults}
    for name, column in TABLES[table].items():
        if name not in COMPUTED:
            columns[name] = [row.get(name, () if column.many else None) for row in found]
            kinds[name] = _kind(column)
    return pa.table({name: pa.array(values, kinds[name]) for name, values in columns.items()})


def _kind(column: Column) -> Any:
    if column.many:
        return pa.large_list(_TEXT)
    return pa.int64() if column.number else _TEXT


# --------------------------------------------------------------------------- putting together

Piece = tuple[int, int, int]  # of the old (0) or the new (1), from a version on, before a version


def _pieces(old: Frames, gone: frozenset[str], come: Frames) -> Iterator[Piece]:
    """Say which stretches of versions, in turn, make the whole."""
    ids = old.ids
    paths = old.told.column("path").combine_chunks()
    leaving = np.flatnonzero(pc.is_in(paths, value_set=pa.array(sorted(gone), _TEXT)).to_numpy(zero_copy_only=False))
    cuts = [(int(number), "", 0) for number in leaving]
    entering = come.ids
    cuts += [(bisect_left(ids, id_), id_, turn) for turn, id_ in enumerate(entering)]
    removed = set(leaving.tolist())
    at = 0
    for place, id_, turn in sorted(cuts, key=lambda cut: (cut[0], not cut[1], cut[1], cut[2])):
        if place > at:
            yield 0, at, place
            at = place
        if id_:
            yield 1, turn, turn + 1
        elif place in removed:
            at = place + 1
    if at < len(ids):
        yield 0, at, len(ids)


def _joined(pieces: Sequence[Piece], both: Sequence[Any]) -> Any:
    recs = [one.column("rec").to_numpy() for one in both]
    firsts = accumulate((end - start for _, start, end in pieces), initial=0)
    parts, numbers = [both[0].slice(0, 0)], [np.zeros(0, dtype=np.int64)]
    for (side, start, end), first in zip(pieces, firsts, strict=False):
        low, high = np.searchsorted(recs[side], (start, end))
        if high > low:
            parts.append(both[side].slice(low, high - low))
            numbers.append(recs[side][low:high] - start + first)
    joined = pa.concat_tables(parts)
    return joined.set_column(joined.column_names.index("rec"), "rec", pa.array(np.concatenate(numbers)))
