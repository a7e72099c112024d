"""Rows of all sheets to drafts of records: each with its data as YAML would give it, and the cell of every field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from chungtay_reports.errors import Code, Problem, Severity
from chungtay_reports.excel.flat import at, plain
from chungtay_reports.excel.grid import Spot
from chungtay_reports.excel.layouts import Laid, Line
from chungtay_reports.excel.offices import office_of
from chungtay_reports.excel.sheets import AGREEMENTS, PART_SHEETS, TASKS, Column, Path, Sheet
from chungtay_reports.excel.shelf import Shelf
from chungtay_reports.excel.values import MARK, Context, read
from chungtay_reports.records import KIND_LABELS
from chungtay_reports.workspace.history import HISTORY
from chungtay_reports.workspace.reading import Loaded

REQUIRED = Code("X130", "phải điền “{heading}”")
TWICE = Code("X131", "mã “{id}” đã dùng ở ô {cell}; mỗi bản ghi một dòng, một mã")
FOREIGN = Code("X132", "mã “{id}” là bản ghi của đơn vị “{unit}” ({other}); dòng mới hãy để trống mã")
OTHER_SHEET = Code("X133", "mã “{id}” là bản ghi loại {kind} ({other}), không thuộc trang “{sheet}”")
NO_OWNER = Code("X134", "không có dòng nào mang mã “{id}” ở trang {sheets}")
ONE_ROW = Code("X135", "bản ghi “{id}” đã có dòng ở ô {cell}; trang này mỗi bản ghi một dòng")

_DAYS = (("signed_on",), ("date",), ("from",), ("period", "to"), ("period", "from"))


@dataclass(slots=True, eq=False)
class Draft:
    """A record on its way in; `given` is what its id cell says (an id, a mark like M1, or nothing)."""

    sheet: Sheet
    own: Spot
    given: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    spots: dict[Path, Spot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    existing: Loaded | None = None

    @property
    def wrong(self) -> bool:
        """Whether a problem keeps this record out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def marked(self) -> bool:
        """Whether the id is only a mark that other rows of the workbook use."""
        return bool(MARK.fullmatch(self.given))

    @property
    def day(self) -> date | None:
        """The day by which the record is filed, when it is known."""
        found = event_day_of(self.data)
        return date.fromisoformat(found) if found else None


def event_day_of(data: Mapping[str, Any]) -> str | None:
    """Return the day by which raw data of a record is filed under a school year."""
    return next((str(value) for path in _DAYS[:4] if (value := at(data, path))), None)


def gather(laid: Laid, shelf: Shelf, unit: str, *, alone: bool) -> tuple[Draft, ...]:
    """Turn rows into drafts. `alone`: a CSV of parts only, whose records are those of the workspace."""
    by_id = {one.record.id.casefold(): one for one in shelf.reading.loaded}
    drafts = [_draft(line, shelf, unit, by_id) for line in laid.lines if not line.sheet.part]
    owners: dict[tuple[bool, str], Draft] = {}
    for draft in drafts:
        _claim(draft, owners)
    for draft in drafts:
        _keep_absent_parts(draft, laid.present)
    kept = dict.fromkeys(drafts)
    for line in laid.lines:
        if line.sheet.part:
            owner = _owner(line, owners, by_id, unit, alone=alone, shelf=shelf)
            kept[owner] = None
            _add_part(owner, line, shelf)
    return tuple(kept)


def _group(sheet: Sheet) -> bool:
    return sheet in (AGREEMENTS, TASKS)


def _draft(line: Line, shelf: Shelf, unit: str, by_id: Mapping[str, Loaded]) -> Draft:
    sheet = line.sheet
    draft = Draft(sheet, min(line.spots.values(), key=lambda spot: spot.column))
    values = _values(line, shelf, draft.problems)
    draft.given = str(values.pop(("id",), None) or "")
    draft.own = line.spots.get(sheet.columns[0].heading, draft.own)
    for column in sheet.columns:
        if column.heading in line.spots:
            draft.spots[column.path] = line.spots[column.heading]
    if sheet.fixed_kind:
        draft.data.update(kind=sheet.fixed_kind, unit=unit)
    for path, value in values.items():
        _put(draft.data, path, value)
    for name in ("illustration", "nothing_to_report"):
        if draft.data.get(name) is False:
            del draft.data[name]
    draft.existing = _known(draft, by_id, unit)
    _book(draft, shelf, unit)
    return draft


def _values(line: Line, shelf: Shelf, problems: list[Problem]) -> dict[Path, object]:
    """Read the cells of a row: days first, because names of units are taken as of the event."""
    values: dict[Path, object] = {}
    ordered = sorted(line.sheet.columns, key=lambda column: (column.kind != "day", line.sheet.columns.index(column)))
    day = shelf.today
    for column in ordered:
        if column.kind != "day":
            day = next((date.fromisoformat(str(values[path])) for path in _DAYS if path in values), shelf.today)
        cell, spot = line.cells.get(column.heading), line.spots.get(column.heading)
        if spot is None or (cell and cell.oddity):
            continue  # reported with the layout
        if cell is None:
            if column.required:
                problems.append(REQUIRED.at(spot, heading=column.heading))
            continue
        found = read(cell, column, spot, Context(shelf.registry, day, shelf.spellings))
        problems += found.problems
        if found.value is not None:
            values[column.path] = found.value
    return {column.path: values[column.path] for column in line.sheet.columns if column.path in values}


def _put(data: dict[str, Any], path: Path, value: object) -> None:
    """Set the value at a path; items of lists come in the order of the columns."""
    *inner, last = path
    if isinstance(last, int):
        items = data.setdefault(str(inner[0]), [])
        items.extend(value if isinstance(value, list) else [value])
        return
    for part in inner:
        data = data.setdefault(str(part), {})
    data[last] = value


def _known(draft: Draft, by_id: Mapping[str, Loaded], unit: str) -> Loaded | None:
    """Return the record of the workspace that the id names; a row may not take another unit's or another kind's."""
    found = by_id.get(draft.given.casefold())
    if found is None or draft.marked:
        return None
    id_, other = draft.given, found.at("id")
    if found.entry.unit != unit:
        draft.problems.append(FOREIGN.at(draft.own, id=id_, unit=found.entry.unit, other=other))
    elif found.record.kind not in draft.sheet.kinds:
        draft.problems.append(
            OTHER_SHEET.at(draft.own, id=id_, other=other, kind=KIND_LABELS[found.record.kind], sheet=draft.sheet.name)
        )
    else:
        draft.given = found.record.id
        return found
    return None


def _book(draft: Draft, shelf: Shelf, unit: str) -> None:
    """Fill in who recorded a row and when, where the office left that open."""
    recorded = draft.data.pop("recorded", {})
    if draft.existing:
        before = draft.existing.record.recorded
        defaults = {"on": before.on.isoformat(), "by": before.by}
    else:
        day = draft.day
        defaults = {"on": shelf.today.isoformat(), "by": office_of(unit, shelf.registry, day or shelf.today)}
    draft.data["recorded"] = {**defaults, **recorded}
    if draft.existing:  # the form does not show the past of a record, so it cannot take it away
        past = plain(draft.existing.record)
        draft.data.update((name, past[name]) for name in sorted(HISTORY & past.keys()))


def _claim(draft: Draft, owners: dict[tuple[bool, str], Draft]) -> None:
    if not draft.given:
        return
    key = (_group(draft.sheet), draft.given.casefold())
    other = owners.get(key) or (None if draft.marked else owners.get((not key[0], key[1])))
    if other:
        cell = other.own.cell if other.sheet is draft.sheet else f"{other.sheet.name}!{other.own.cell}"
        draft.problems.append(TWICE.at(draft.own, id=draft.given, cell=cell))
    else:
        owners[key] = draft


def _keep_absent_parts(draft: Draft, present: frozenset[str]) -> None:
    """A sheet that is not in the file says nothing: what the record already has of it stays."""
    if draft.existing is None:
        return
    old = plain(draft.existing.record)
    for sheet in PART_SHEETS:
        if sheet.name not in present:
            for path in (sheet.part,) if sheet.many else tuple((*sheet.part, *c.path) for c in sheet.columns[1:]):
                value = at(old, path)
                if value is not None:
                    _put(draft.data, path, value)


def _owner(
    line: Line,
    owners: dict[tuple[bool, str], Draft],
    by_id: Mapping[str, Loaded],
    unit: str,
    *,
    alone: bool,
    shelf: Shelf,
) -> Draft:
    """Find the draft that a row of parts belongs to, or a stray one that only carries the problems of the row."""
    column = line.sheet.columns[0]
    spot = line.spots.get(column.heading, min(line.spots.values()))
    stray = Draft(line.sheet, spot)
    cell = line.cells.get(column.heading)
    if cell is None:
        stray.problems.append(REQUIRED.at(spot, heading=column.heading))
        return stray
    found = read(cell, column, spot, Context(shelf.registry, shelf.today, shelf.spellings))
    stray.problems += found.problems
    if found.value is None:
        return stray
    key = (_group(line.sheet), str(found.value).casefold())
    if key not in owners and alone:
        known = by_id.get(key[1])
        if known and known.entry.unit == unit and (known.record.kind in AGREEMENTS.kinds) is key[0]:
            base = plain(known.record)
            _take(base, line.sheet)
            owners[key] = Draft(line.sheet, spot, known.record.id, base, existing=known)
    if key in owners:
        return owners[key]
    sheets = "“Giao ước”" if key[0] else "“Hoạt động” hay “Thống kê”"
    close = next((name for group, name in sorted(owners) if group is key[0] and name.startswith(key[1][:-1])), None)
    stray.problems.append(
        NO_OWNER.at(spot, hint=owners[key[0], close].given if close else None, id=found.value, sheets=sheets)
    )
    return stray


def _take(data: dict[str, Any], sheet: Sheet) -> None:
    """Take out of a record what the rows of a sheet of parts say anew."""
    if sheet is TASKS:
        data.pop("plan", None)
    elif sheet.many:
        data.get("support", {}).pop("goods", None)
    else:
        goods = data.pop("support", {}).get("goods")
        if goods:
            data["support"] = {"goods": goods}


def _add_part(owner: Draft, line: Line, shelf: Shelf) -> None:
    values = {path: value for path, value in _values(line, shelf, owner.problems).items() if path != ("id",)}
    sheet = line.sheet
    if sheet.many:
        holder = owner.data
        for name in sheet.part[:-1]:
            holder = holder.setdefault(str(name), {})
        items = holder.setdefault(str(sheet.part[-1]), [])
        prefix: Path = (*sheet.part, len(items))
        items.append({})
    else:
        prefix = sheet.part
        before = owner.spots.get((*prefix, "row"))
        if before:
            owner.problems.append(ONE_ROW.at(line.spots[sheet.columns[0].heading], id=owner.given, cell=before.cell))
            return
        owner.spots[*prefix, "row"] = line.spots[sheet.columns[0].heading]
    for path, value in values.items():
        target = at(owner.data, prefix)
        if target is None:
            target = owner.data.setdefault(str(prefix[0]), {})
        target[path[-1]] = value
    owner.spots[prefix] = line.spots.get(sheet.columns[0].heading, owner.own)
    for column in sheet.columns[1:]:
        _place(owner, (*prefix, *column.path), line, column)


def _place(owner: Draft, path: Path, line: Line, column: Column) -> None:
    if column.heading in line.spots:
        owner.spots[path] = line.spots[column.heading]
