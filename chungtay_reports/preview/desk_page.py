"""The desk page: every bulletin with its state, all problems, who has reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chungtay_reports import theme
from chungtay_reports.edition import Edition
from chungtay_reports.errors import Problem, Severity
from chungtay_reports.formats.html import LEDGER_PAGE
from chungtay_reports.formats.metadata import plain
from chungtay_reports.model import Coverage
from chungtay_reports.official.selection import possible
from chungtay_reports.preview.edition_pages import EDITIONS, REVIEWS, Way
from chungtay_reports.preview.findings import SHOWN, Finding, Sources
from chungtay_reports.preview.lives import Tag, life
from chungtay_reports.preview.papers import REPORTS
from chungtay_reports.preview.server import POLICY
from chungtay_reports.preview.stage import MARK
from chungtay_reports.preview.workshop import Desk, State
from chungtay_reports.vietnamese import number, press_date, sentence_start

NAMED = 4  # units that have not reported and are named; the others are counted


@dataclass(frozen=True, slots=True)
class Row:
    """A bulletin on the desk; `changes` is what differs from its last publication, told in `changed`."""

    address: str
    title: str
    tags: tuple[Tag, ...]
    notes: tuple[str, ...]
    changes: tuple[str, ...]
    changed: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The reports of one specification for one school year; a single one is opened by the name itself."""

    name: str
    count: str
    papers: tuple[Way, ...]
    alone: str  # its address, or empty


@dataclass(frozen=True, slots=True)
class Series:
    """The reports of one specification, the latest school year first."""

    name: str
    shelves: tuple[Shelf, ...]


@dataclass(frozen=True, slots=True)
class DeskView:
    """What the desk page shows."""

    organisation: str
    fault: str
    trouble: str
    rows: tuple[Row, ...]
    tally: str
    findings: tuple[Finding, ...]
    more: int
    series: tuple[Series, ...]


def desk_page(state: State, sources: Sources) -> str:
    """Set the desk page."""
    return theme.fill("preview/desk.html.j2", desk=_view(state, sources), policy=POLICY, mark=MARK)


def _view(state: State, sources: Sources) -> DeskView:
    problems = state.everything
    findings = sources.findings(problems)
    desks = sorted(state.desks.values(), key=_newest_first)
    return DeskView(
        organisation=state.settings.organisation.name if state.settings else "",
        fault=state.fault,
        trouble=state.archived.trouble,
        rows=tuple(_row(desk, state) for desk in desks),
        tally=_tally(problems),
        findings=findings[:SHOWN],
        more=max(len(findings) - SHOWN, 0),
        series=tuple(_series(state)),
    )


def _newest_first(desk: Desk) -> tuple[float, str]:
    return (-desk.bulletin.front.issued.timestamp() if desk.bulletin else 0.0, desk.slug)


def _row(desk: Desk, state: State) -> Row:
    address = f"{EDITIONS}{desk.slug}/"
    edition, library = desk.good, state.library
    if edition is None or library is None:
        return Row(address, desk.slug, tuple(_tags(desk)), (desk.file,), (), "", ())
    told = life(edition, library, state.archived)
    changed = f"Khác bản đã công bố ở {number(len(told.changes))} số liệu" if told.changes else ""
    ways = (
        Way("Soát số", f"{REVIEWS}{desk.slug}/index.html"),
        Way("Sổ số liệu", f"{address}{LEDGER_PAGE}"),
        Way("PDF", f"{address}{desk.slug}.pdf"),
    )
    return Row(
        address,
        plain(edition.headline),
        (*_tags(desk), *told.tags),
        (_detail(edition, state), *told.notes),
        told.changes,
        changed,
        ways,
    )


def _tags(desk: Desk) -> Iterator[Tag]:
    errors = sum(problem.severity is Severity.ERROR for problem in desk.problems)
    warnings = len(desk.problems) - errors
    if desk.old:
        yield Tag("đang hiện bản cũ" if desk.good else "chưa dựng được", "do")
    if errors:
        yield Tag(f"{number(errors)} lỗi", "do")
    if warnings:
        yield Tag(f"{number(warnings)} cảnh báo", "vang")
    if desk.fault:
        yield Tag("chương trình gặp lỗi", "do")


def _detail(edition: Edition, state: State) -> str:
    issue = f"Số {edition.issue}, phát" if edition.issue else "Phát"
    parts = [
        f"{issue} hành {press_date(edition.issued)}",
        f"số liệu đến {press_date(edition.ledger.as_of)}",
        _coverage(edition.ledger.coverage, state),
    ]
    return "; ".join(part for part in parts if part)


def _series(state: State) -> Iterator[Series]:
    """Group the reports that can be made by their specification and school year."""
    library = state.library
    shelves: dict[str, dict[str, list[Way]]] = {}
    for job in possible(library) if library else ():
        assert library is not None  # noqa: S101 - jobs come from one
        name = library.registry.name(job.unit, job.report.period(job.year).end, "short")
        way = Way(sentence_start(name), f"{REPORTS}{job.folder}/index.html")
        shelves.setdefault(job.report.slug, {}).setdefault(job.year, []).append(way)
    for slug, years in sorted(shelves.items()):
        yield Series(slug, tuple(_shelf(year, years[year]) for year in sorted(years, reverse=True)))


def _shelf(year: str, papers: list[Way]) -> Shelf:
    alone = papers[0].href if len(papers) == 1 else ""
    return Shelf(f"Năm học {year}", f"{number(len(papers))} đơn vị", tuple(papers), alone)


def _coverage(coverage: Coverage, state: State) -> str:
    expected = len(coverage.expected)
    if not expected:
        return ""
    told = f"{number(coverage.reported)}/{number(expected)} đơn vị đã báo cáo"
    if coverage.complete or state.library is None:
        return told
    units = state.library.registry.units
    names = [units[id_].short for id_ in coverage.missing if id_ in units]
    rest = len(names) - NAMED
    listed = ", ".join(names[:NAMED]) + (f" và {number(rest)} đơn vị nữa" if rest > 0 else "")
    return f"{told}, còn thiếu {listed}"


def _tally(problems: tuple[Problem, ...]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    parts = [f"{number(count)} {noun}" for count, noun in ((errors, "lỗi"), (warnings, "cảnh báo")) if count]
    return ", ".join(parts)
