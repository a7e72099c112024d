"""The desk page: every bulletin with its state, all problems, who has reported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chungtay_reports import theme
from chungtay_reports.errors import Problem, Severity
from chungtay_reports.formats.metadata import plain
from chungtay_reports.model import Coverage
from chungtay_reports.preview.edition_pages import EDITIONS, Way
from chungtay_reports.preview.findings import SHOWN, Finding, Sources
from chungtay_reports.preview.server import POLICY
from chungtay_reports.preview.stage import MARK
from chungtay_reports.preview.workshop import Desk, State
from chungtay_reports.vietnamese import number, press_date

NAMED = 4  # units that have not reported and are named; the others are counted


@dataclass(frozen=True, slots=True)
class Tag:
    """A word about an edition and how it looks: do, vang, xanh or nothing."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A bulletin on the desk."""

    address: str
    title: str
    tags: tuple[Tag, ...]
    detail: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class DeskView:
    """What the desk page shows."""

    organisation: str
    fault: str
    rows: tuple[Row, ...]
    tally: str
    findings: tuple[Finding, ...]
    more: int


def desk_page(state: State, sources: Sources, overrides: Path | None) -> str:
    """Set the desk page."""
    return theme.fill("preview/desk.html.j2", overrides, desk=_view(state, sources), policy=POLICY, mark=MARK)


def _view(state: State, sources: Sources) -> DeskView:
    problems = state.everything
    findings = sources.findings(problems)
    desks = sorted(state.desks.values(), key=_newest_first)
    return DeskView(
        organisation=state.settings.organisation.name if state.settings else "",
        fault=state.fault,
        rows=tuple(_row(desk, state) for desk in desks),
        tally=_tally(problems),
        findings=findings[:SHOWN],
        more=max(len(findings) - SHOWN, 0),
    )


def _newest_first(desk: Desk) -> tuple[float, str]:
    return (-desk.bulletin.front.issued.timestamp() if desk.bulletin else 0.0, desk.slug)


def _row(desk: Desk, state: State) -> Row:
    address = f"{EDITIONS}{desk.slug}/"
    ways = (Way("Sổ số liệu", f"{address}so-lieu.html"),) if desk.good else ()
    title = plain(desk.good.headline) if desk.good else desk.slug
    return Row(address, title, tuple(_tags(desk)), _detail(desk, state), ways)


def _tags(desk: Desk) -> list[Tag]:
    errors = sum(problem.severity is Severity.ERROR for problem in desk.problems)
    warnings = len(desk.problems) - errors
    tags = []
    if desk.old:
        tags.append(Tag("đang hiện bản cũ" if desk.good else "chưa dựng được", "do"))
    if errors:
        tags.append(Tag(f"{number(errors)} lỗi", "do"))
    if warnings:
        tags.append(Tag(f"{number(warnings)} cảnh báo", "vang"))
    if desk.fault:
        tags.append(Tag("chương trình gặp lỗi", "do"))
    return tags


def _detail(desk: Desk, state: State) -> str:
    if desk.good is None:
        return desk.file
    edition = desk.good
    issue = f"Số {edition.issue}, phát" if edition.issue else "Phát"
    parts = [
        f"{issue} hành {press_date(edition.issued)}",
        f"số liệu đến {press_date(edition.ledger.as_of)}",
        _coverage(edition.ledger.coverage, state, edition),
    ]
    return "; ".join(part for part in parts if part)


def _coverage(coverage: Coverage, state: State, edition: object) -> str:
    del edition
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
