"""The registry of units: what they are called on a day, what they belong to, what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz, process

from chungtay_reports.model import Filter, Period, Tier, Unit
from chungtay_reports.vietnamese.collation import fold, sort_key

# Groups whose units stand for themselves in a table by unit; schools and offices belong to one of these.
TOP_GROUPS = frozenset({"so", "cap-huyen", "cap-xa", "tinh", "doi-tac"})
STYLES = ("full", "first", "official", "short")


@dataclass(frozen=True)
class Registry:
    """Every tier and unit of the workspace, also those that no longer exist; the key is the id, never the name."""

    tiers: Mapping[str, Tier]
    units: Mapping[str, Unit]

    def unit(self, id: str) -> Unit | None:  # noqa: A002 - a record's field is called id everywhere
        return self.units.get(id)

    def tier(self, id: str) -> Tier:  # noqa: A002
        """Return the tier of unit `id`."""
        return self.tiers[self.units[id].tier]

    def name(self, id: str, day: date, style: str = "full") -> str:  # noqa: A002
        """Say what unit `id` is called on `day`; a unit that has ended keeps its last name.

        full: running text (“quận Cầu Giấy”, “Phòng GD&ĐT quận Cầu Giấy”, “Trường THCS Khánh Thượng”); first: the
        same at first mention, abbreviations explained; official: as in its papers; short: “Cầu Giấy”, “THCS Khánh
        Thượng”.
        """
        unit, tier = self.units[id], self.tier(id)
        official, short = _names_on(unit, day)
        replacement = {"full": tier.running, "first": tier.first or tier.running}.get(style)
        if style == "short":
            return short
        if replacement is None or not tier.prefix or not official.startswith(tier.prefix + " "):
            return official
        return f"{replacement} {official.removeprefix(tier.prefix + ' ')}"

    def now(self, id: str, day: date) -> str:  # noqa: A002
        """Say “(nay thuộc tỉnh Lào Cai)” when on `day` one other unit carries on for `id`; empty otherwise."""
        heirs = self.successors(id, day)
        if len(heirs) != 1 or heirs[0].id == id:
            return ""
        return f"(nay thuộc {self.name(heirs[0].id, day)})"

    def find(self, text: str, day: date) -> tuple[Unit, ...]:
        """Find the units that `text` names, those valid on `day` when there are any, in registry order.

        Tone placement (hòa, hoà), Unicode form, case and spaces do not matter; aliases and former names count. Bare
        short names are ambiguous by nature: “Cầu Giấy” is a quận and, later, a phường.
        """
        ids = self._by_name.get(fold(text), ())
        alive = tuple(id_ for id_ in ids if self.valid(id_, day))
        return tuple(self.units[id_] for id_ in sorted(alive or ids, key=self.order))

    def suggest(self, id_or_name: str, *, top: bool = False) -> str | None:
        """Return the id of the unit that the author most likely meant, or None when nothing is close.

        `top`: only units that stand for themselves, where an office or a school cannot be meant.
        """
        by_name = [id_ for id_ in self._by_name.get(fold(id_or_name), ()) if not top or self.top(id_) == id_]
        if by_name:
            return min(by_name, key=self.order)
        ids = [id_ for id_ in self._ids if self.top(id_) == id_] if top else self._ids
        close = process.extractOne(id_or_name.casefold(), ids, scorer=fuzz.ratio, score_cutoff=70)
        return close[0] if close else None

    def valid(self, id: str, day: date) -> bool:  # noqa: A002
        unit = self.units.get(id)
        return unit is not None and _covers(unit, day)

    def successors(self, id: str, day: date) -> tuple[Unit, ...]:  # noqa: A002
        """Return the units that carry on for `id` on `day`: itself while it is valid; main ones first."""
        unit = self.units.get(id)
        if unit is None:
            return ()
        if unit.valid_to is None or day <= unit.valid_to:
            return (unit,) if _covers(unit, day) else ()
        heirs = (heir for next_id in unit.successors for heir in self.successors(next_id, day))
        return tuple(dict.fromkeys(heirs))

    def top(self, id: str, day: date | None = None) -> str | None:  # noqa: A002
        """Return the quận, huyện, xã, tỉnh, Sở or partner that `id` is or belongs to; None for an unknown id.

        A unit that has moved belongs on `day` to where it was by then; without a day, to where it was at first.
        """
        unit = self.units.get(id)
        while unit is not None:
            if self.tiers[unit.tier].group in TOP_GROUPS:
                return unit.id
            unit = self.units.get(_parent_on(unit, day) or "")
        return None

    def turns(self, id: str) -> tuple[date, ...]:  # noqa: A002
        """List the days from which `id` may belong elsewhere, oldest first: it moved, or what it belongs to did."""
        days: set[date] = set()
        waiting = [id]
        while waiting:
            unit = self.units.get(waiting.pop())
            if unit is not None:
                days.update(move.on for move in unit.moves)
                if self.tiers[unit.tier].group not in TOP_GROUPS:
                    waiting += [parent for parent in (unit.parent, *(move.parent for move in unit.moves)) if parent]
        return tuple(sorted(days))

    def field(self, id: str, name: str, day: date | None = None) -> str:  # noqa: A002
        """Return one of the fields that `select` filters by, on `day`; empty when the unit has none."""
        return _FIELDS[name](self, self.units[id], day)

    def select(self, where: tuple[Filter, ...], day: date) -> tuple[str, ...]:
        """Return the units valid on `day` that pass every filter, in registry order. Fields: see `FIELDS`."""
        chosen = (
            unit.id
            for unit in self.units.values()
            if _covers(unit, day)
            and all((_FIELDS[test.field](self, unit, day) in test.values) != test.negate for test in where)
        )
        return tuple(sorted(chosen, key=self.order))

    def reporting(self, period: Period) -> tuple[str, ...]:
        """Return the units that are expected to report for `period`: those of reporting tiers, valid on its last day."""
        tiers = tuple(tier.id for tier in self.tiers.values() if tier.reports)
        return self.select((Filter("tier", tiers),), period.end)

    def order(self, id: str) -> tuple[object, ...]:  # noqa: A002
        """Sort units by tier, then by short name in the Vietnamese alphabet."""
        return self._order[id]

    @cached_property
    def _order(self) -> Mapping[str, tuple[object, ...]]:
        return {
            unit.id: (self.tiers[unit.tier].order, unit.tier, sort_key(unit.short), unit.id)
            for unit in self.units.values()
        }

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return tuple(sorted(self.units))

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for unit in self.units.values():
            for key in sorted({fold(name) for name in self._spellings(unit)}):
                found.setdefault(key, []).append(unit.id)
        return {key: tuple(ids) for key, ids in found.items()}

    def _spellings(self, unit: Unit) -> Iterable[str]:
        days = (date.max, *(former.until for former in unit.former))
        for day in days:
            yield from (self.name(unit.id, day, style) for style in STYLES)
        yield unit.id
        yield from unit.aliases


_FIELDS: Mapping[str, Callable[[Registry, Unit, date | None], str]] = {
    "id": lambda _, unit, __: unit.id,
    "tier": lambda _, unit, __: unit.tier,
    "group": lambda registry, unit, _: registry.tiers[unit.tier].group,
    "area": lambda _, unit, __: unit.area,
    "parent": lambda _, unit, day: _parent_on(unit, day) or "",
    "level": lambda registry, unit, _: registry.tiers[unit.tier].school_level,
    "unit": lambda registry, unit, day: registry.top(unit.id, day) or "",
}
FIELDS = tuple(_FIELDS)


def _covers(unit: Unit, day: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= day) and (unit.valid_to is None or day <= unit.valid_to)


def _parent_on(unit: Unit, day: date | None) -> str | None:
    moved = [move.parent for move in unit.moves if day is not None and move.on <= day]
    return moved[-1] if moved else unit.parent


def _names_on(unit: Unit, day: date) -> tuple[str, str]:
    for former in unit.former:
        if day <= former.until:
            return former.name, former.short
    return unit.name, unit.short
