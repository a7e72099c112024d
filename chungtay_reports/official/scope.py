"""Whose paper it is: a unit in a school year, its office on paper, whom it works with, and what sentences call all that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.tables import Tables
from chungtay_reports.model import Filter, Period
from chungtay_reports.prose.facts import fill
from chungtay_reports.records import Agreement
from chungtay_reports.records.agreement import PACT, PLAN
from chungtay_reports.vietnamese import join
from chungtay_reports.workspace.library import Library
from chungtay_reports.workspace.specification import OfficeRow, Report


@dataclass(frozen=True, slots=True)
class Plan:
    """A connection plan and the names of those it connects the unit with."""

    id: str
    partners: str


@dataclass(frozen=True, slots=True)
class Scope:
    """A unit (or the Sở, `whole`) in a school year."""

    report: Report
    year: str
    unit: str
    office: OfficeRow
    library: Library
    desk: Desk
    whole: bool

    @property
    def where(self) -> tuple[Filter, ...]:
        """What narrows figures to the unit; nothing for the report of the whole city."""
        return () if self.whole else (Filter("don_vi", (self.unit,)),)

    @property
    def partners(self) -> tuple[str, ...]:
        """The units with which the unit's office has a pact in the period, in registry order."""
        found = {other for record in self._agreements(PACT) for other in self._others(record)}
        return tuple(sorted(found, key=self.library.registry.order))

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The connection plans that the unit's office has signed, in the order of the books."""
        return tuple(
            Plan(record.id, join([self.name(other) for other in self._others(record)]))
            for record in self._agreements(PLAN)
        )

    def name(self, unit: str, style: str = "full") -> str:
        """Say what a unit is called at the end of the period."""
        return self.library.registry.name(unit, self.desk.period.end, style)

    def facts(self) -> Mapping[str, str]:
        """What `$name` in sentences and front matter stands for."""
        return self.desk.remember("facts", self._facts)

    def _facts(self) -> Mapping[str, str]:
        registry, unit = self.library.registry, self.library.registry.units[self.unit]
        own = self.name(self.unit)
        names = {"u": self.unit, "don_vi": own, "DON_VI": own.upper(), "ten": self.name(self.unit, "short")}
        return {
            **names,
            "loai": registry.tier(self.unit).label,
            "co_quan": fill(self.office.name, names),
            "doi_tac": join([self.name(other) for other in self.partners]),
            "tu_ngay": f"{unit.valid_from or date.min}",
            "cac_don_vi": ", ".join(self._offices()),
        }

    def flags(self) -> Mapping[str, bool]:
        """Tags of sentences that hold or not."""
        registry, desk = self.library.registry, self.desk
        start = self.library.settings.movement.start
        return {
            "tu_dau": self.whole or registry.valid(self.unit, start),
            "ranh_gioi": not self.whole and desk.previous is not None and not self._was(desk.previous),
            "co_doi_tac": bool(self.partners),
            "doi_dia_gioi": self.whole and desk.previous is not None and self._reformed(desk.previous),
            "chua_du": not desk.coverage.complete,
        }

    def _was(self, period: Period) -> bool:
        return self.library.registry.valid(self.unit, period.end)

    def _reformed(self, previous: Period) -> bool:
        """Say whether other units report than the year before."""
        registry = self.library.registry
        return registry.reporting(previous) != registry.reporting(self.desk.period)

    def _offices(self) -> Iterator[str]:
        """Name the authorities of the reporting units, tier by tier: “UBND các quận, huyện, thị xã”."""
        registry = self.library.registry
        tiers = {registry.tier(id_).id: registry.tier(id_) for id_ in self.desk.coverage.expected}
        if tiers:
            ordered = sorted(tiers.values(), key=lambda tier: (tier.order, tier.id))
            yield f"UBND các {', '.join(tier.label for tier in ordered)}"

    def _agreements(self, kind: str) -> Iterator[Agreement]:
        period = self.desk.period
        for record in self.desk.agreements(kind, "" if self.whole else self.unit):
            ended = record.valid is not None and record.valid.end < period.start
            if not (ended or record.signed_on > period.end):
                yield record

    def _others(self, record: Agreement) -> tuple[str, ...]:
        registry = self.library.registry
        tops = {top for party in record.parties if (top := registry.top(party))}
        return tuple(sorted(tops - {self.unit}, key=registry.order))


def scope(
    report: Report, year: str, unit: str, library: Library, tables: Tables, *, as_of: date | None = None
) -> Scope | None:
    """Set up the desk of one paper, as of the specification's day or another; None when no office is told for the unit's tier (check reports that)."""
    registry, start = library.registry, library.settings.movement.start
    tier = registry.tier(unit).id
    office = next((row for row in library.offices if tier in row.tiers), None)
    if office is None:
        return None
    whole = report.front.each == "office"
    period, day = report.period(year), as_of or report.as_of(year)
    previous = report.previous(year, start)
    desk = Desk(library, tables, period, day, previous, exact=True, speaker="" if whole else unit)
    return Scope(report, year, unit, office, library, desk, whole)


def units(report: Report, year: str, library: Library) -> tuple[str, ...]:
    """List the units that a report is made for in a school year, in registry order."""
    if report.front.each == "office":
        return (library.settings.organisation.office,)
    registry = library.registry
    found = registry.reporting(report.period(year))
    return tuple(id_ for id_ in found if registry.tier(id_).group in report.front.groups)
