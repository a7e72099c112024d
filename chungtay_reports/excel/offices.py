"""Units as an office writes them in a cell: a name that says its district, and back to the unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from chungtay_reports.model import Unit
from chungtay_reports.records import Activity, Agreement, Record
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.layout import school_year
from chungtay_reports.workspace.library import Library

_WITH_ID = re.compile(r"(.+?)\s*\(([a-z0-9-]+)\)")
_WITH_PLACE = re.compile(r"(.+?)(?:,\s*|\s+-\s+|\s*\()([^,()]+?)\)?")


@dataclass(frozen=True)
class Names:
    """Labels of the units of one registry on one day, each of which `resolve` leads back to its unit."""

    registry: Registry
    day: date

    def label(self, id_: str) -> str:
        """Write a unit so that it cannot be taken for another: “Trường THCS Quang Trung, quận Cầu Giấy”."""
        if id_ not in self.registry.units:
            return id_
        name = self.registry.name(id_, self.day)
        top = self.registry.top(id_)
        if top and top != id_:
            district = self.registry.name(top, self.day)
            if district.casefold() not in name.casefold():
                name = f"{name}, {district}"
        found = resolve(name, self.registry, self.day)
        return name if [unit.id for unit in found] == [id_] else f"{name} ({id_})"


def resolve(text: str, registry: Registry, day: date) -> tuple[Unit, ...]:
    """Find the units that a cell may mean on `day`: an id, a name, a name with its district; none or several to refuse."""
    text = " ".join(text.split())
    if text.casefold() in registry.units:
        return (registry.units[text.casefold()],)
    match = _WITH_ID.fullmatch(text)
    if match and match[2] in registry.units:
        return (registry.units[match[2]],)
    found = registry.find(text, day)
    match = _WITH_PLACE.fullmatch(text)
    if found or not match:
        return found
    tops = {unit.id for unit in registry.find(match[2], day)}
    named = _every(match[1], registry)
    here = tuple(unit for unit in named if registry.top(unit.id) in tops)
    return tuple(unit for unit in here if registry.valid(unit.id, day)) or here


def _every(name: str, registry: Registry) -> tuple[Unit, ...]:
    """Find units of a name whether or not they are valid on a day."""
    days = (date.min, date(2024, 1, 1), date.max)
    return tuple({unit.id: unit for day in days for unit in registry.find(name, day)}.values())


def office_of(unit: str, registry: Registry, day: date) -> str:
    """Return the office that keeps a unit's books on `day`, or the unit itself."""
    offices = (
        one.id
        for one in sorted(registry.units.values(), key=lambda each: registry.order(each.id))
        if one.parent == unit and registry.tiers[one.tier].group == "co-quan" and registry.valid(one.id, day)
    )
    return next(offices, unit)


def offered(library: Library, unit: str, year: str) -> tuple[str, ...]:
    """Return the units that the drop-downs of `unit` offer: its own and its partners', offices and schools, in order."""
    registry = library.registry
    period = school_year(year, library.settings.calendar)
    own = (entry.record for entry in library.entries if entry.unit == unit)
    tops = {unit, *(registry.top(id_) for record in own for id_ in parties(record))}
    chosen = (
        id_
        for id_ in registry.units
        if registry.top(id_) in tops and (registry.valid(id_, period.start) or registry.valid(id_, period.end))
    )
    return tuple(sorted(chosen, key=lambda id_: (registry.top(id_) != unit, registry.order(id_))))


def parties(record: Record) -> Iterable[str]:
    """Return the units that take part in what a record is about."""
    if isinstance(record, Agreement):
        return record.parties
    return (record.host, *record.partners) if isinstance(record, Activity) else (record.unit,)
