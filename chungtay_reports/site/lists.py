"""The front page and the index pages of editions: by kind, by school year, and all school years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chungtay_reports.site.cards import Card, card, cards
from chungtay_reports.site.city import whole_strip
from chungtay_reports.site.leaf import Leaf, Site, registry_place, trail
from chungtay_reports.site.shown import BULLETIN, REPORT, WITHDRAWN, Shown

LATEST = 6
RECENT_REPORTS = 8


@dataclass(frozen=True, slots=True)
class Group:
    """Editions under one heading; `path` leads to the page that has them alone."""

    title: str
    path: str
    cards: tuple[Card, ...]


def list_pages(site: Site) -> Iterator[tuple[str, bytes]]:
    """Make the front page and every index of editions."""
    bulletins = tuple(one for one in site.editions if one.kind == BULLETIN)
    reports = tuple(one for one in site.editions if one.kind == REPORT)
    years = tuple(dict.fromkeys(one.year for one in site.editions if one.year))
    yield _home(site, bulletins, reports)
    if bulletins:
        yield _kind(site, "ban-tin", "Bản tin", "Mọi bản tin của phong trào, mới nhất trước.", bulletins)
    if reports:
        yield _kind(site, "bao-cao", "Báo cáo", "Báo cáo của các đơn vị và của toàn thành phố, theo năm học.", reports)
    for year in sorted(years, reverse=True):
        yield _year(site, year)


def year_path(year: str) -> str:
    return f"nam-hoc/{year}/index.html"


def _home(site: Site, bulletins: tuple[Shown, ...], reports: tuple[Shown, ...]) -> tuple[str, bytes]:
    settings = site.library.settings
    alive = [one for one in bulletins if one.state != WITHDRAWN]
    lead = card(site, alive[0]) if alive else None
    leaf = Leaf(
        path="index.html",
        title=f"phong trào “{settings.movement.name}”",
        description=f"Bản tin, báo cáo và số liệu của phong trào “{settings.movement.name}” do {settings.organisation.name} công bố; mỗi con số đều truy được về bản ghi.",
    )
    return site.page(
        leaf,
        "home",
        lead=lead,
        others=cards(site, alive[1 : LATEST + 1]),
        figures=whole_strip(site),
        since=_day(settings.movement.start),
        reports=cards(site, [one for one in reports if one.readable][:RECENT_REPORTS]),
        more_reports=len(reports) > RECENT_REPORTS,
        years=tuple(Group(f"Năm học {year}", year_path(year), ()) for year in _years(site)),
        place_name=_small(registry_place(site)),
    )


def _years(site: Site) -> tuple[str, ...]:
    return tuple(sorted({one.year for one in site.editions if one.year}, reverse=True))


def _small(place: str) -> str:
    return place[:1].lower() + place[1:]


def _day(day: date) -> str:
    return f"{day.month}/{day.year}"


def _kind(site: Site, kind: str, title: str, words: str, editions: tuple[Shown, ...]) -> tuple[str, bytes]:
    """List the editions of a kind by school year."""
    leaf = Leaf(path=f"{kind}/index.html", title=title, description=words, section=kind, crumbs=trail())
    by_year: dict[str, list[Shown]] = {}
    for edition in editions:
        by_year.setdefault(edition.year, []).append(edition)
    groups = tuple(
        Group(f"Năm học {year}" if year else "Khác", year_path(year) if year else "", _sorted(site, kind, found))
        for year, found in sorted(by_year.items(), reverse=True)
    )
    return site.page(leaf, "editions", groups=groups, kind=kind)


def _sorted(site: Site, kind: str, editions: list[Shown]) -> tuple[Card, ...]:
    """Keep bulletins newest first; put reports in the order of the registry."""
    if kind == "bao-cao":
        return cards(site, sorted(editions, key=lambda one: site.library.registry.order(one.unit)))
    return cards(site, editions)


def _year(site: Site, year: str) -> tuple[str, bytes]:
    leaf = Leaf(
        path=year_path(year),
        title=f"Năm học {year}",
        description=f"Bản tin và báo cáo của năm học {year}.",
        crumbs=trail(),
    )
    of_year = [one for one in site.editions if one.year == year]
    groups = tuple(
        Group(title, f"{kind}/index.html", _sorted(site, kind, found))
        for kind, title in (("ban-tin", "Bản tin"), ("bao-cao", "Báo cáo"))
        if (found := [one for one in of_year if one.kind == kind])
    )
    return site.page(leaf, "editions", groups=groups, kind="nam-hoc")
