"""Read and check a whole workspace: a `Library`, and every reason why it is not in order."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from chungtay_reports.census import program_digest
from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.figures.metrics import read_metrics
from chungtay_reports.official.reading import read_papers
from chungtay_reports.settings import Settings
from chungtay_reports.source.files import Parsed, read_yaml, to_model
from chungtay_reports.standing.marks import as_corrected
from chungtay_reports.standing.rules import read_sheets, standing_problems
from chungtay_reports.units.reader import Registry, read_registry
from chungtay_reports.workspace.around import problems_around
from chungtay_reports.workspace.layout import NO_SETTINGS, survey
from chungtay_reports.workspace.library import Entry, Library, Related, Source
from chungtay_reports.workspace.newsroom import read_newsroom
from chungtay_reports.workspace.privacy import MovementName, model_problems, movement_name
from chungtay_reports.workspace.reading import Reading, Stocked, read_records
from chungtay_reports.workspace.relations import Books, keep_first, relation_problems
from chungtay_reports.workspace.rules import bounds, own_problems
from chungtay_reports.workspace.stock import Stock, open_stock

NO_OFFICE = Code("W161", "không có đơn vị “{id}” trong danh mục content/units")
VARIANT_IS_NAME = Code("W162", "đây chính là tên đúng của phong trào, không phải cách viết sai")
FORMAT = Code("W163", "không có định dạng “{value}”; chọn trong: {allowed}")
ADDRESS = Code("W164", "địa chỉ phải bắt đầu bằng https://, không phải “{value}”")

SETTINGS = "chungtay.yaml"
# What `reload_newsroom` reads; nothing that is measured stands there.
NEWSROOM = (
    *("content/bulletins/", "content/people.yaml", "content/quotes/", "content/media/"),
    *("content/approvals/", "content/notices/"),
)
_FORMATS = ("html", "pdf", "json", "csv", "fragment", "text")
_REPORT_FORMATS = ("pdf", "docx", "json", "csv")


def load(
    root: Path, today: date, stock: Stock | None = None, digests: Mapping[str, str] = MappingProxyType({})
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Read the workspace at `root` as of `today`; the library holds all that could be read, beside every problem.

    None only without readable settings. Problems are sorted by file and line. Records come from the stock where it has
    them; without one given, from that of the last build. `digests` are of files that somebody has just read.
    """
    if not (root / SETTINGS).is_file():
        return None, (NO_SETTINGS.at(Place(SETTINGS)),)
    parsed, problems = read_yaml(root, SETTINGS)
    settings, reasons = to_model(parsed, (), Settings) if parsed else (None, ())
    if parsed is None or settings is None:
        return None, _sorted((*problems, *reasons))
    kept = open_stock(root, program_digest()) if stock is None else stock
    library, found = _load(root, settings, today, kept, digests)
    of_settings = _settings_problems(parsed, settings, library.registry)
    return library, _sorted((*problems, *of_settings, *found))


def reload_newsroom(
    root: Path, library: Library, problems: tuple[Problem, ...], today: date
) -> tuple[Library, tuple[Problem, ...]]:
    """Read again what the press office writes, and keep the rest: bulletins, people, quotations, pictures, approvals, notices.

    `problems` are those of the library; those of the files that are read again are replaced.
    """
    files = survey(root)
    newsroom, found = read_newsroom(root, files, movement_name(library.settings.movement), today)
    sheets = read_sheets(root, files)
    renewed = replace(
        library,
        people=newsroom.people,
        quotes=newsroom.quotes,
        media=newsroom.media,
        bulletins=as_corrected(newsroom.bulletins, sheets.notices),
        approvals=sheets.approvals,
        notices=sheets.notices,
    )
    of_life = (*sheets.problems, *standing_problems(renewed, files, today))
    kept = tuple(problem for problem in problems if not problem.place.file.startswith(NEWSROOM))
    return renewed, _sorted((*kept, *files.problems, *found, *of_life))


def _sorted(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda problem: (problem.place, problem.code, problem.message)))


def _load(
    root: Path, settings: Settings, today: date, stock: Stock, digests: Mapping[str, str]
) -> tuple[Library, tuple[Problem, ...]]:
    files = survey(root)
    name = movement_name(settings.movement)
    units, problems_of_units = _documents(root, files.units)
    registry, found_units = read_registry(units)
    definitions, problems_of_metrics = _documents(root, files.metrics)
    metrics, found_metrics = read_metrics(definitions)
    reading = read_records(root, files.records, registry.suggest, stock, digests)
    relations = _relations(reading, registry, settings, _basis(units, settings))
    judged = hashlib.sha256(settings.model_dump_json().encode()).hexdigest(), today.isoformat()
    fresh = [path for path, source in reading.sources.items() if not stock.sound(path, source.digest, judged)]
    of_each = _record_problems(reading, fresh, settings, name, today)
    newsroom, found_newsroom = read_newsroom(root, files, name, today)
    papers, found_papers = read_papers(root, files, registry, metrics)
    sheets = read_sheets(root, files)
    library = Library(
        settings=settings,
        registry=registry,
        entries=relations.entries,
        metrics=metrics,
        people=newsroom.people,
        quotes=newsroom.quotes,
        media=newsroom.media,
        bulletins=as_corrected(newsroom.bulletins, sheets.notices),
        reports=papers.reports,
        offices=papers.offices,
        narratives=papers.narratives,
        approvals=sheets.approvals,
        notices=sheets.notices,
        sources=_with_soundness(reading.sources, of_each),
        judged=judged,
        related=relations.related,
    )
    problems = (*problems_of_units, *found_units, *problems_of_metrics, *found_metrics, *reading.problems)
    of_records = (*of_each, *relations.problems)
    of_life = (*sheets.problems, *standing_problems(library, files, today))
    return library, (*files.problems, *problems, *of_records, *found_newsroom, *found_papers, *of_life)


def _documents(root: Path, files: tuple[str, ...]) -> tuple[tuple[Parsed, ...], tuple[Problem, ...]]:
    read = [read_yaml(root, file) for file in files]
    problems = tuple(problem for _, found in read for problem in found)
    return tuple(parsed for parsed, _ in read if parsed is not None), problems


@dataclass(frozen=True, slots=True)
class _Relations:
    """The records that count, what is wrong between all of them, and what may be kept of that."""

    entries: Sequence[Entry]
    problems: tuple[Problem, ...]
    related: Related


def _relations(reading: Reading, registry: Registry, settings: Settings, basis: str) -> _Relations:
    """Judge relations around what has changed where that is certain, else between all records."""
    known = reading.stock.related
    around = problems_around(reading, known, registry, settings.calendar) if known.basis == basis else None
    if around is not None:
        return _Relations(Stocked(reading), around, Related(basis, around))
    by_id, repeated = keep_first(reading.loaded)
    books = Books(reading.loaded, by_id, reading.broken_ids, registry, settings.calendar)
    problems = (*repeated, *relation_problems(books))
    bad = any(problem.severity is Severity.ERROR for problem in problems)
    entries = tuple(one.entry for one in by_id.values())
    return _Relations(entries, problems, Related() if bad else Related(basis, problems))


def _basis(units: tuple[Parsed, ...], settings: Settings) -> str:
    """Return a digest of what relations are judged by, the records themselves excepted."""
    whole = hashlib.sha256(settings.calendar.model_dump_json().encode())
    for parsed in units:
        whole.update(f"\0{parsed.file}\0{parsed.text}".encode())
    return whole.hexdigest()


def _record_problems(
    reading: Reading, fresh: Sequence[str], settings: Settings, name: MovementName, today: date
) -> tuple[Problem, ...]:
    """Judge each record by itself, as far as it lies in one of the files that were not known to be sound."""
    limits = bounds(settings, today)
    judged = [one for path in fresh for one in reading.of(path)]
    own = (problem for one in judged for problem in own_problems(one, limits))
    told = (version for one in judged for version in (one, *one.past))
    private = (problem for one in told for problem in model_problems(one.record, one.source, one.path, name))
    return (*own, *private)


def _with_soundness(sources: Mapping[str, Source], of_each: tuple[Problem, ...]) -> Mapping[str, Source]:
    faulty = {problem.place.file for problem in of_each}
    return {path: replace(source, sound=source.clean and path not in faulty) for path, source in sources.items()}


def _settings_problems(parsed: Parsed, settings: Settings, registry: Registry) -> tuple[Problem, ...]:
    at = parsed.place
    problems = []
    office = settings.organisation.office
    if registry.unit(office) is None:
        problems.append(NO_OFFICE.at(at(("organisation", "office")), hint=registry.suggest(office), id=office))
    for index, variant in enumerate(settings.movement.variants):
        if variant == settings.movement.name:
            problems.append(VARIANT_IS_NAME.at(at(("movement", "variants", index))))
    for name, allowed in (("formats", _FORMATS), ("report_formats", _REPORT_FORMATS)):
        for index, value in enumerate(getattr(settings.publishing, name)):
            if value not in allowed:
                place = at(("publishing", name, index))
                problems.append(FORMAT.at(place, value=value, allowed=", ".join(allowed)))
    for field in ("base_url", "rating_endpoint"):
        value = getattr(settings.publishing, field)
        if value and not value.startswith("https://"):
            problems.append(ADDRESS.at(at(("publishing", field)), value=value))
    return tuple(problems)
