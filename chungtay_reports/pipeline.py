"""The program from top to bottom: load, check, build, figures. Each verb is a call or two of the modules below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from chungtay_reports import check as checking
from chungtay_reports import compose, disk, documents
from chungtay_reports.disk import FileNote
from chungtay_reports.edition import Edition
from chungtay_reports.errors import ContentError, Problem, Severity, UsageError
from chungtay_reports.figures.columns import DIMENSIONS, closest
from chungtay_reports.figures.desk import Desk, Refused
from chungtay_reports.figures.promises import run_tests
from chungtay_reports.figures.tables import Tables, tabulate
from chungtay_reports.formats import FORMATS, PAPER_FORMATS
from chungtay_reports.model import Figure, Period
from chungtay_reports.official.compose import compose_report
from chungtay_reports.official.selection import Job, choose, possible
from chungtay_reports.press.cluster import scheduler
from chungtay_reports.settings import Settings
from chungtay_reports.standing import Marking, corrected_as_of, marked
from chungtay_reports.vietnamese import money, number, percent, press_date
from chungtay_reports.workspace.bulletin import Bulletin
from chungtay_reports.workspace.library import Library

BUILD = "build"
SITE = "site"  # below it: `chungtay site` makes that folder, and a build of editions leaves it alone


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: nothing named means everything; `as_of` replaces the editions' own day."""

    editions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()  # of reports
    years: tuple[str, ...] = ()  # of reports
    formats: tuple[str, ...] = ()
    as_of: date | None = None
    jobs: int = 2
    draft: bool = False  # mark everything as a draft
    final: bool = False  # mark nothing; without both, what is neither approved nor published as it is
    cache: bool = True
    executor: str = ""  # “dask://host:port”; empty: this machine
    published: Mapping[str, str] = field(default_factory=dict)  # digests of the newest published versions, by key

    @property
    def marking(self) -> Marking:
        return Marking(self.draft, self.final, self.published, self.as_of)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made, in the order of the paths, and the warnings that came with it."""

    made: tuple[FileNote, ...]
    warnings: tuple[Problem, ...]


Step = Callable[[int, int], None]


def load(root: Path, today: date) -> Library:
    """Read the workspace; ContentError with every problem when it has errors."""
    library, problems = checking.load(root, today)
    _refuse(problems)
    if library is None:
        raise ContentError(problems)
    return library


def read(root: Path, today: date) -> Library:
    """Read what can be read, whatever else is wrong; ContentError only when there is nothing to go by."""
    library, problems = checking.load(root, today)
    if library is None:
        raise ContentError(problems)
    return library


def check(root: Path, today: date) -> tuple[Problem, ...]:
    """Find everything that is wrong: records, references, metrics' tests, prose, numbers, hedges, media."""
    library, problems = checking.load(root, today)
    if library is None:
        return tuple(sorted(problems))
    tables = tabulate(library.entries, library.registry)
    found = set(problems)
    for bulletin in library.bulletins.values():
        found.update(_tests(library, tables, bulletin))
        found.update(compose.compose(bulletin, library, tables, root).problems)
    for job in telling(library):
        found.update(compose_report(job.report, job.year, job.unit, library, tables).problems)
    return tuple(sorted(found))


def editions(
    root: Path, today: date, names: Sequence[str] = (), as_of: date | None = None, *, draft: bool = False
) -> tuple[Library, Tables, tuple[Edition, ...], tuple[Problem, ...]]:
    """Compose the named editions, or all; ContentError with every problem of all of them when there are errors."""
    library, problems = checking.load(root, today)
    if library is None:
        raise ContentError(problems)
    tables = tabulate(library.entries, library.registry)
    found, composed = list(problems), []
    for bulletin in _chosen(library, names, as_of):
        found += _tests(library, tables, bulletin)
        composition = compose.compose(bulletin, library, tables, root, draft=draft)
        found += composition.problems
        if composition.edition:
            composed.append(composition.edition)
    _refuse(found)
    return library, tables, tuple(composed), tuple(sorted(set(found)))


def works(root: Path, request: Request, today: date) -> tuple[Library, tuple[documents.Work, ...], tuple[Problem, ...]]:
    """Compose what is asked for, bulletins first; ContentError with every problem of all of it when there are errors."""
    library, problems = checking.load(root, today)
    if library is None:
        raise ContentError(problems)
    bulletins, jobs = _asked(library, request)
    tables = tabulate(library.entries, library.registry)
    found, composed = list(problems), list[documents.Work]()
    for bulletin in bulletins:
        found += _tests(library, tables, bulletin)
        composition = compose.compose(bulletin, library, tables, root)
        found += composition.problems
        composed += [marked(composition.edition, library, request.marking)] if composition.edition else []
    for job in jobs:
        as_of = request.as_of or corrected_as_of(job.folder, library)
        written = compose_report(job.report, job.year, job.unit, library, tables, as_of=as_of)
        found += written.problems
        composed += [marked(written.paper, library, request.marking)] if written.paper else []
    _refuse(found)
    return library, tuple(composed), tuple(sorted(set(found)))


def build(root: Path, request: Request, today: date, step: Step | None = None) -> Outcome:
    """Make the documents of editions and put them into build/; nothing is written when there is an error.

    Without names everything that is made by default; reports made on demand before stay as long as they can be made.
    """
    if request.executor:
        scheduler(request.executor)
    library, composed, warnings = works(root, request, today)
    order = order_of(request, library.settings)
    if request.formats and not any(order.of(work) for work in composed):
        raise UsageError(
            f"Không ấn phẩm nào được chọn có định dạng {', '.join(request.formats)}; "
            f"bản tin có {', '.join(FORMATS)}, báo cáo có {', '.join(PAPER_FORMATS)}."
        )
    with disk.lock(root):
        made = documents.make(root, composed, library.settings, order, step or _silent)
        whole = not (request.editions or request.formats or request.units or request.years)
        disk.write_editions(
            root, root / BUILD, made, whole=whole, keep=[SITE, *(job.folder for job in possible(library))]
        )
    return Outcome(tuple(note for _, note in made), warnings)


def order_of(request: Request, settings: Settings) -> documents.Order:
    """Say how to make what is asked for; UsageError for an unknown format."""
    return documents.Order(*_formats(request.formats, settings), request.jobs, request.cache, request.executor)


def note_data(note: FileNote) -> dict[str, object]:
    return asdict(note)


def school_year(day: date, settings: Settings) -> str:
    """Name the school year's folder that a day falls into: “2023-2024”."""
    turn = date.fromisoformat(f"{day.year}-{settings.calendar.school_year_start}")
    first = day.year if day >= turn else day.year - 1
    return f"{first}-{first + 1}"


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
        raise UsageError(f"Không có chỉ tiêu “{metric}”." + _did_you_mean(closest(metric, library.metrics)))
    if dimension is not None and dimension not in DIMENSIONS:
        known = ", ".join(DIMENSIONS)
        hint = _did_you_mean(closest(dimension, DIMENSIONS))
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
        raise UsageError(f"Không chia được: {refused.reason}." + _did_you_mean(refused.offer)) from refused


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
        return _chosen(library, [slug], None)[0]
    return max(library.bulletins.values(), key=lambda each: each.front.as_of, default=None)


# --------------------------------------------------------------------------- inside


def _chosen(library: Library, names: Sequence[str], as_of: date | None) -> tuple[Bulletin, ...]:
    for name in names:
        if name not in library.bulletins:
            there = sorted((*library.bulletins, *library.reports))
            known = f" Có: {', '.join(there) or 'chưa có ấn phẩm nào'}."
            raise UsageError(f"Không có ấn phẩm “{name}”.{known}" + _did_you_mean(closest(name, there)))
    chosen = (library.bulletins[name] for name in (names or sorted(library.bulletins)))
    return tuple(
        replace(each, front=each.front.model_copy(update={"as_of": as_of})) if as_of else each for each in chosen
    )


def _asked(library: Library, request: Request) -> tuple[tuple[Bulletin, ...], tuple[Job, ...]]:
    """Part what is named into bulletins and reports; units and years without a name mean reports."""
    named = tuple(name for name in request.editions if name in library.reports)
    others = tuple(name for name in request.editions if name not in library.reports)
    of_reports = bool(request.units or request.years)
    bulletins = _chosen(library, others, request.as_of) if others or not (request.editions or of_reports) else ()
    if request.editions and not named:
        if of_reports:
            raise UsageError("--unit và --year chỉ dùng cho báo cáo, không dùng cho bản tin.")
        return bulletins, ()
    return bulletins, choose(library, named, request.units, request.years)


def telling(library: Library) -> Iterator[Job]:
    """List the reports whose making tells all that authors may have done wrong: one of each, and all with own words."""
    seen = set()
    for job in possible(library):
        own = (job.year, job.unit) in library.narratives
        if own or job.report.slug not in seen:
            yield job
        seen.add(job.report.slug)


def _formats(names: Sequence[str], settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the formats asked for into those of editions and those of papers."""
    chosen = tuple(dict.fromkeys(names))
    known = tuple(dict.fromkeys((*FORMATS, *PAPER_FORMATS)))
    for name in chosen:
        if name not in known:
            raise UsageError(f"Không có định dạng “{name}”; có: {', '.join(known)}.")
    publishing = settings.publishing
    return (
        tuple(name for name in chosen or publishing.formats if name in FORMATS),
        tuple(name for name in chosen or publishing.report_formats if name in PAPER_FORMATS),
    )


def _tests(library: Library, tables: Tables, bulletin: Bulletin) -> tuple[Problem, ...]:
    return run_tests(library.metrics, tables, bulletin.period, bulletin.front.as_of)


def _silent(done: int, total: int) -> None:
    """Report progress to nobody."""


def _refuse(problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if any(problem.severity is Severity.ERROR for problem in found):
        raise ContentError(tuple(set(found)))


def _did_you_mean(close: str | None) -> str:
    return f" Ý bạn là “{close}”?" if close else ""
