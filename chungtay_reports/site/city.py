"""The page of the whole city: the trend, the shares, the map of its units, the pairs, every metric by school year."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from chungtay_reports.charts.places import hanoi
from chungtay_reports.figures.columns import field_of
from chungtay_reports.figures.measure import base_metrics, measure_by
from chungtay_reports.figures.tables import Tables
from chungtay_reports.model import Query
from chungtay_reports.records.fields import SCHOOL_LEVELS
from chungtay_reports.site.book import Span
from chungtay_reports.site.drawing import Drawing, Subject, between, by_month, on_map, shares
from chungtay_reports.site.grids import BigFigure, metrics_by_year, strip
from chungtay_reports.site.leaf import Leaf, Site, registry_place, trail
from chungtay_reports.site.ties import Tie
from chungtay_reports.site.words import coverage_words, value_words
from chungtay_reports.vietnamese import percent, sentence_start

DISTRICTS = "cap-huyen"  # the tier whose units the tile map knows


def city_page(site: Site, tables: Tables, pairs: Sequence[Tie]) -> tuple[str, bytes]:
    """Make the page of the whole city."""
    book, place = site.book, registry_place(site)
    leaf = Leaf(
        path="thanh-pho/index.html",
        title=f"{place}: toàn cảnh phong trào",
        description=f"Phong trào “{site.library.settings.movement.name}” trên toàn {_small(place)}: xu hướng, cơ cấu, bản đồ đơn vị, các cặp đã ký giao ước.",
        section="thanh-pho",
        crumbs=trail(),
    )
    latest = latest_year(site)
    return site.page(
        leaf,
        "city",
        figures=whole_strip(site),
        coverage=coverage_words(latest.coverage) if latest else "",
        latest=latest.name if latest else "",
        trends=_trends(site),
        share=_share(site, tables, latest),
        tiles=_tiles(site, latest),
        arcs=_arcs(site, pairs),
        table=metrics_by_year(site, "Số liệu toàn thành phố", {name: one.totals for name, one in book.series.items()}),
    )


def whole_strip(site: Site) -> tuple[BigFigure, ...]:
    """Show the featured metrics since the movement began."""
    book = site.book
    totals = {name: book.series[name].totals for name in book.featured}
    return strip(book, {name: found[book.since.key] for name, found in totals.items() if book.since.key in found})


def latest_year(site: Site) -> Span | None:
    """Return the last school year that was over by the site's day and that most units have reported on, or the last."""
    over = [span for span in reversed(site.book.years) if span.whole]
    reported = (span for span in over if 2 * span.coverage.reported > len(span.coverage.expected))
    return next(reported, over[0] if over else None)


def _small(place: str) -> str:
    return place[:1].lower() + place[1:]


def _trends(site: Site) -> tuple[Drawing, ...]:
    found = []
    for name in site.book.featured[:2]:
        series = site.book.series[name]
        if len(series.months) > 1:
            id_ = f"xu-huong-{name.replace('_', '-')}"
            subtitle = f"{sentence_start(series.metric.unit)}, theo tháng"
            found.append(by_month(Subject(id_, series.metric.label, subtitle, series.metric), series.months))
    return tuple(found)


def _share(site: Site, tables: Tables, span: Span | None) -> Drawing | None:
    """Draw the parts by level of school of the first featured metric that has such parts, when they make up the whole."""
    for name in site.book.featured if span else ():
        assert span is not None  # noqa: S101 - said by the loop
        series = site.book.series[name]
        whole = series.totals.get(span.key)
        bases = base_metrics(name, site.library.metrics)
        if whole is None or any(field_of("cap_hoc", base.table) is None for base in bases):
            continue
        query = Query(name, span.period, site.book.as_of)
        groups = [group for group in measure_by(query, "cap_hoc", tables, site.library.metrics) if group[1].value]
        if len(groups) < 2 or sum(figure.value for _, figure in groups) != whole.value:
            continue
        title = f"{series.metric.label} theo cấp học"
        parts = [
            (
                sentence_start(SCHOOL_LEVELS.get(key, key)),
                figure,
                percent(Fraction(figure.value) / Fraction(whole.value)),
            )
            for key, figure in groups
        ]
        subtitle = sentence_start(f"{series.metric.unit}, {span.name}")
        return shares(Subject(f"co-cau-{name.replace('_', '-')}", title, subtitle, series.metric), parts)
    return None


def _tiles(site: Site, span: Span | None) -> Drawing | None:
    """Map the first featured metric over the units that were expected to report; nothing when most have no place on it."""
    if span is None or not _on_the_map(site, span.coverage.expected):
        return None
    for name in site.book.featured:
        series = site.book.series[name]
        expected = span.coverage.expected
        within = tuple(group for group in series.by_unit.get(span.key, ()) if group[0] in expected)
        if len(within) > 1:
            subtitle = sentence_start(f"{series.metric.unit}, {span.name}")
            id_ = f"ban-do-{name.replace('_', '-')}"
            subject = Subject(id_, f"{series.metric.label} theo đơn vị", subtitle, series.metric)
            return on_map(subject, within, site, span.coverage)
    return None


def _on_the_map(site: Site, units: Sequence[str]) -> bool:
    known = hanoi()
    names = [site.unit(unit, "short") for unit in units if site.library.registry.tier(unit).group == DISTRICTS]
    return 2 * sum(name in known for name in names) > len(units)


def _arcs(site: Site, pairs: Sequence[Tie]) -> Drawing | None:
    found = [
        (tie.one, tie.other, int(tie.figure.value), value_words(tie.figure, tie.metric))
        for tie in pairs
        if tie.figure and tie.metric
    ]
    metric = next((tie.metric for tie in pairs if tie.figure), None)
    if not found or metric is None:
        return None
    return between(
        Subject("cac-cap", "Các cặp đã ký giao ước", f"{metric.label} do hai bên cùng tổ chức", metric), found, site
    )
