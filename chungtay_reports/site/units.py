"""A page for every unit: its editions, its partners, its figures by school year and month, who carries on for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chungtay_reports.model import Figure, Period
from chungtay_reports.site.book import Span
from chungtay_reports.site.cards import Card, card, cards
from chungtay_reports.site.drawing import Drawing, Subject, by_month
from chungtay_reports.site.grids import metrics_by_year, strip, unit_path
from chungtay_reports.site.leaf import Leaf, Site, trail
from chungtay_reports.site.shown import BULLETIN, REPORT, Shown
from chungtay_reports.site.ties import Tie
from chungtay_reports.site.words import value_words
from chungtay_reports.vietnamese import press_date, sentence_start

AREAS = {"noi-thanh": "nội thành", "ngoai-thanh": "ngoại thành"}


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with the address of its page, which may be empty."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Partner:
    name: str
    path: str
    since: str
    together: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The units of one tier, as the index shows them."""

    title: str
    units: tuple[Named, ...]


def shown_units(site: Site, pairs: Sequence[Tie]) -> tuple[str, ...]:
    """List the units that have a page, in registry order: those that report by now, and all that something is known of."""
    registry, book = site.library.registry, site.book
    reporting = {unit for span in book.spans for unit in registry.reporting(Period(span.period.start, span.period.end))}
    measured = {unit for one in book.series.values() for groups in one.by_unit.values() for unit, _ in groups}
    spoken = {unit for edition in site.editions for unit in (edition.unit, *edition.about) if unit}
    paired = {unit for tie in pairs for unit in (tie.one, tie.other)}
    found = {unit for unit in reporting | measured | spoken | paired if unit in registry.units}
    return tuple(sorted((unit for unit in found if registry.top(unit) == unit), key=registry.order))


def unit_pages(site: Site, units: Sequence[str], pairs: Sequence[Tie]) -> Iterator[tuple[str, bytes]]:
    """Make the pages of all units and their index."""
    for unit in units:
        yield _page(site, unit, frozenset(units), pairs)
    leaf = Leaf(
        path="don-vi/index.html",
        title="Đơn vị",
        description="Mỗi quận, huyện, thị xã, phường, xã một trang: bản tin, báo cáo, đơn vị bạn và số liệu qua các năm học.",
        section="don-vi",
        crumbs=trail(),
    )
    yield site.page(leaf, "units", shelves=_shelves(site, units))


def of_unit(site: Site, unit: str) -> tuple[Shown, ...]:
    """List the editions of a unit: its reports, and the bulletins that speak about it; newest first."""
    return tuple(one for one in site.editions if unit == (one.unit or "") or (not one.unit and unit in one.about))


def _page(site: Site, unit: str, known: frozenset[str], pairs: Sequence[Tie]) -> tuple[str, bytes]:
    registry, book = site.library.registry, site.book
    name = sentence_start(site.unit(unit))
    values = {metric: series.of_unit(unit) for metric, series in book.series.items()}
    latest = next((span for span in reversed(book.years) if span.whole and _has(values, span)), None)
    own = of_unit(site, unit)
    leaf = Leaf(
        path=unit_path(unit),
        title=name,
        description=f"{name} trong phong trào “{site.library.settings.movement.name}”: bản tin, báo cáo, đơn vị bạn, số liệu.",
        section="don-vi",
        crumbs=trail(("Đơn vị", "don-vi/index.html")),
        feed=f"don-vi/{unit}/feed.xml" if own else "feed.xml",
    )
    return site.page(
        leaf,
        "unit",
        name=site.unit(unit),
        area=AREAS.get(registry.units[unit].area, ""),
        history=_history(site, unit),
        heirs=_heirs(site, unit, known),
        figures=strip(book, {metric: found[latest.key] for metric, found in values.items() if latest.key in found})
        if latest
        else (),
        span=latest.name if latest else "",
        reported=_reported(unit, latest),
        bulletins=cards(site, (edition for edition in own if edition.kind == BULLETIN)),
        mentions=_mentions(site, unit),
        reports=cards(site, (edition for edition in own if edition.kind == REPORT)),
        partners=_partners(site, unit, known, pairs),
        joint=_joint_words(pairs),
        drawings=_drawings(site, unit),
        table=metrics_by_year(site, f"Số liệu của {site.unit(unit)}", values),
    )


def _has(values: Mapping[str, Mapping[str, Figure]], span: Span) -> bool:
    return any(span.key in found for found in values.values())


def _history(site: Site, unit: str) -> str:
    """Say when the unit came to be or ceased, when that is within the time that the site tells of."""
    one = site.library.registry.units[unit]
    if one.valid_to and one.valid_to < site.book.as_of:
        return f"Là đơn vị hành chính đến hết ngày {press_date(one.valid_to)}."
    if one.valid_from and one.valid_from >= site.library.settings.movement.start:
        return f"Thành lập từ ngày {press_date(one.valid_from)}."
    return ""


def _heirs(site: Site, unit: str, known: frozenset[str]) -> tuple[Named, ...]:
    registry = site.library.registry
    found = [heir.id for heir in registry.successors(unit, site.book.as_of) if heir.id != unit]
    return tuple(Named(site.unit(heir), unit_path(heir) if heir in known else "") for heir in found)


def _reported(unit: str, span: Span | None) -> str:
    if span is None or unit not in span.coverage.expected:
        return ""
    return "chưa báo cáo đủ" if unit in span.coverage.missing else "đơn vị đã báo cáo đủ"


def _mentions(site: Site, unit: str) -> tuple[Card, ...]:
    found = (
        edition for edition in site.editions if unit in edition.listed and edition.kind == BULLETIN and edition.readable
    )
    return tuple(card(site, edition) for edition in found)


def _partners(site: Site, unit: str, known: frozenset[str], pairs: Sequence[Tie]) -> tuple[Partner, ...]:
    found = []
    for tie in pairs:
        if unit in {tie.one, tie.other}:
            other = tie.partner(unit)
            together = value_words(tie.figure, tie.metric, noun=True) if tie.figure and tie.metric else ""
            path = unit_path(other) if other in known else ""
            found.append(Partner(sentence_start(site.unit(other)), path, press_date(tie.since), together))
    return tuple(found)


def _joint_words(pairs: Sequence[Tie]) -> str:
    metric = next((tie.metric for tie in pairs if tie.metric), None)
    return metric.label if metric else ""


def _drawings(site: Site, unit: str) -> tuple[Drawing, ...]:
    found = []
    for name in site.book.featured:
        series = site.book.series[name]
        months = series.unit_months.get(unit, ())
        if len(months) > 1:
            subject = Subject(
                f"thang-{name.replace('_', '-')}",
                series.metric.label,
                f"{sentence_start(series.metric.unit)}, theo tháng",
                series.metric,
            )
            found.append(by_month(subject, months, wide=False))
    return tuple(found)


def _shelves(site: Site, units: Sequence[str]) -> tuple[Shelf, ...]:
    registry = site.library.registry
    by_tier: dict[str, list[str]] = {}
    for unit in units:
        by_tier.setdefault(registry.units[unit].tier, []).append(unit)
    return tuple(
        Shelf(
            sentence_start(registry.tiers[tier].plural or registry.tiers[tier].label),
            tuple(Named(site.unit(unit, "short"), unit_path(unit)) for unit in found),
        )
        for tier, found in by_tier.items()
    )
