"""The program from top to bottom: load, check, build, figures. Each verb is a call or two of the modules below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from chungtay_reports import check as checking
from chungtay_reports import compose
from chungtay_reports.building import (
    SITE,
    Outcome,
    build,
    differences,
    explain,
    tests,
    works,
)
from chungtay_reports.course import Step
from chungtay_reports.disk import BUILD
from chungtay_reports.edition import Edition
from chungtay_reports.errors import ContentError, Problem, UsageError, did_you_mean
from chungtay_reports.figures.columns import DIMENSIONS
from chungtay_reports.figures.desk import Desk, Refused
from chungtay_reports.figures.tables import Tables, tabulate
from chungtay_reports.meant import closest
from chungtay_reports.model import Figure, Period
from chungtay_reports.official.compose import compose_report
from chungtay_reports.official.selection import Job, possible
from chungtay_reports.request import Request, chosen, order_of, refuse
from chungtay_reports.standing import fallen
from chungtay_reports.standing.sheet import stamped
from chungtay_reports.vietnamese import money, number, percent, press_date
from chungtay_reports.workspace.bulletin import Bulletin
from chungtay_reports.workspace.library import Library

__all__ = [
    "BUILD",
    "SITE",
    "Line",
    "Outcome",
    "Request",
    "Step",
    "View",
    "Window",
    "build",
    "check",
    "differences",
    "editions",
    "explain",
    "figures",
    "figures_data",
    "load",
    "order_of",
    "read",
    "telling",
    "works",
]


def load(root: Path, today: date) -> Library:
    """Read the workspace; ContentError with every problem when it has errors."""
    library, problems = checking.load(root, today)
    refuse(problems)
    if library is None:
        raise ContentError(problems)
    return library


def read(root: Path, today: date) -> Library:
    """Read what can be read, whatever else is wrong; ContentError only when there is nothing to go by."""
    library, problems = checking.load(root, today)
    if library is None:
        raise ContentError(problems)
    return library


def check(root: Path, today: date, published: Mapping[str, str] = MappingProxyType({})) -> tuple[Problem, ...]:
    """Find everything that is wrong: records, references, metrics' tests, prose, numbers, hedges, media, approvals.

    `published` has the digests of the newest published versions: such a report need not be made to judge its approval.
    """
    library, problems = checking.load(root, today)
    if library is None:
        return tuple(sorted(problems))
    tables = tabulate(library.entries, library.registry)
    found = set(problems)
    for bulletin in library.bulletins.values():
        found.update(tests(library, tables, bulletin))
        composition = compose.compose(bulletin, library, tables, root)
        found.update(composition.problems)
        found.update(fallen(composition.edition, library) if composition.edition else ())
    for job in {job.folder: job for job in (*telling(library), *_approved(library, published))}.values():
        written = compose_report(job.report, job.year, job.unit, library, tables)
        found.update(written.problems)
        found.update(fallen(written.paper, library) if written.paper else ())
    return tuple(sorted(found))


def editions(root: Path, today: date, names: Sequence[str] = ()) -> tuple[Library, Tables, tuple[Edition, ...]]:
    """Compose the named bulletins, or all, without marks; ContentError with every problem of theirs when there are errors."""
    library, problems = checking.load(root, today)
    if library is None:
        raise ContentError(problems)
    tables = tabulate(library.entries, library.registry)
    found, composed = list(problems), []
    for bulletin in chosen(library, names, None):
        found += tests(library, tables, bulletin)
        composition = compose.compose(bulletin, library, tables, root)
        found += composition.problems
        if composition.edition:
            composed.append(composition.edition)
    refuse(found)
    return library, tables, tuple(composed)


# --------------------------------------------------------------------------- figures


@dataclass(frozen=True, slots=True)
class Window:
    """Whose period and as-of day to look through, each of which may be replaced."""

    edition: str | None = None
    start: date | None = None
    end: date | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    label: str
    text: str
    note: str
    value: int | Fraction | None


@dataclass(frozen=True, slots=True)
class View:
    heading: str
    lines: tuple[Line, ...]


def figures(root: Path, today: date, window: Window, metric: str | None, dimension: str | None) -> View:
    """Measure every metric, or one, or one by groups, in a window of time."""
    library = load(root, today)
    if metric is not None and metric not in library.metrics:
        hint = did_you_mean(closest(metric, library.metrics)) or " Xem mọi chỉ tiêu: chungtay figures."
        raise UsageError(f"Không có chỉ tiêu “{metric}”.{hint}")
    if dimension is not None and dimension not in DIMENSIONS:
        known = ", ".join(DIMENSIONS)
        hint = did_you_mean(closest(dimension, DIMENSIONS))
        raise UsageError(f"Không chia theo “{dimension}” được; có: {known}.{hint}")
    if dimension and metric is None:
        raise UsageError("Hãy nêu tên một CHỈ_TIÊU để chia theo nhóm.")
    period, as_of = _window(library, window, today)
    desk = Desk(library, tabulate(library.entries, library.registry), period, as_of)
    coverage = f"{desk.coverage.reported}/{len(desk.coverage.expected)} đơn vị đã báo cáo"
    heading = f"Kỳ {press_date(period.start)} - {press_date(period.end)}, bản ghi đến {press_date(as_of)}, {coverage}."
    if metric and dimension:
        groups = _groups(desk, metric, dimension)
        lines = [_line(key, desk.label(dimension, key), figure, library) for key, figure in groups]
    else:
        names = [metric] if metric else sorted(library.metrics)
        lines = [_measured(name, desk, library) for name in names]
    return View(heading, tuple(lines))


def figures_data(view: View) -> dict[str, object]:
    def value(line: Line) -> object:
        if isinstance(line.value, Fraction):
            return {"numerator": line.value.numerator, "denominator": line.value.denominator}
        return line.value

    return {
        "heading": view.heading,
        "figures": [
            {"name": line.name, "label": line.label, "value": value(line), "note": line.note} for line in view.lines
        ],
    }


def _groups(desk: Desk, metric: str, dimension: str) -> tuple[tuple[str, Figure], ...]:
    try:
        return desk.by(metric, dimension, zeros=True)
    except Refused as refused:
        raise UsageError(f"Không chia được: {refused.reason}." + did_you_mean(refused.offer)) from refused


def _measured(name: str, desk: Desk, library: Library) -> Line:
    try:
        return _line(name, library.metrics[name].label, desk.figure(name), library)
    except Refused as refused:
        return Line(name, library.metrics[name].label, "-", refused.reason, None)


def _line(name: str, label: str, figure: Figure, library: Library) -> Line:
    note = f"(trong đó {number(figure.statistical)} từ dòng thống kê)" if figure.statistical else ""
    return Line(name, label, _shown(figure, library), note, figure.value)


def _shown(figure: Figure, library: Library) -> str:
    if isinstance(figure.value, Fraction):
        return percent(figure.value)
    return money(figure.value, "table") if library.metrics[figure.query.metric].money else number(figure.value)


def _window(library: Library, window: Window, today: date) -> tuple[Period, date]:
    bulletin = _bulletin(library, window.edition)
    own = bulletin.period if bulletin else Period(library.settings.movement.start, today)
    period = Period(window.start or own.start, window.end or own.end)
    if period.end < period.start:
        raise UsageError("Ngày --to phải sau ngày --from.")
    return period, window.as_of or (bulletin.front.as_of if bulletin and not window.end else max(period.end, today))


def _bulletin(library: Library, slug: str | None) -> Bulletin | None:
    if slug is not None:
        return chosen(library, [slug], None)[0]
    return max(library.bulletins.values(), key=lambda each: each.front.as_of, default=None)


# --------------------------------------------------------------------------- inside


def _approved(library: Library, published: Mapping[str, str]) -> Iterator[Job]:
    """List the reports whose approval may have fallen: all that are approved and not published just so."""
    for job in possible(library):
        approved = library.approvals.get(job.folder)
        if approved and published.get(job.folder) != stamped(approved.sheet).digest:
            yield job


def telling(library: Library) -> Iterator[Job]:
    """List the reports whose making tells all that authors may have done wrong: one of each, and all with own words."""
    seen = set()
    for job in possible(library):
        own = (job.year, job.unit) in library.narratives
        if own or job.report.slug not in seen:
            yield job
        seen.add(job.report.slug)
