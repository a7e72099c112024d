"""What everything else in a workspace stands on: its settings, units and records, read and judged.

It is what a build needs to say that a change of records touches no edition; nothing that takes long is imported here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.settings import Settings
from chungtay_reports.source.files import MAX_YAML, Parsed, read_bytes, read_yaml, to_model, yaml_of
from chungtay_reports.units.kept import keep_registry, kept_registry
from chungtay_reports.units.reader import read_registry
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.around import problems_around
from chungtay_reports.workspace.layout import NO_SETTINGS, Files, survey
from chungtay_reports.workspace.library import Entry, Ground, Related, Source
from chungtay_reports.workspace.privacy import MovementName, model_problems, movement_name
from chungtay_reports.workspace.reading import Reading, Stocked, read_records
from chungtay_reports.workspace.relations import Books, keep_first, relation_problems
from chungtay_reports.workspace.rules import bounds, own_problems
from chungtay_reports.workspace.stock import Stock, keep_stock

NO_OFFICE = Code("W161", "không có đơn vị “{id}” trong danh mục content/units")
VARIANT_IS_NAME = Code("W162", "đây chính là tên đúng của phong trào, không phải cách viết sai")
FORMAT = Code("W163", "không có định dạng “{value}”; chọn trong: {allowed}")
ADDRESS = Code("W164", "địa chỉ phải bắt đầu bằng https://, không phải “{value}”")

SETTINGS = "chungtay.yaml"
_FORMATS = ("html", "pdf", "json", "csv", "fragment", "text")
_REPORT_FORMATS = ("pdf", "docx", "json", "csv")


@dataclass(frozen=True, slots=True)
class Laid:
    """The ground, the files of the whole workspace, and what is wrong with either."""

    ground: Ground
    files: Files
    problems: tuple[Problem, ...]
    unkept: str = ""  # the state of a registry that is in order and should be kept


def lay(root: Path, today: date, stock: Stock, digests: Mapping[str, str]) -> Laid | tuple[Problem, ...]:
    """Read settings, units and records as of `today`; without readable settings, the reasons why not.

    `digests` are of files that somebody has just read.
    """
    if not (root / SETTINGS).is_file():
        return (NO_SETTINGS.at(Place(SETTINGS)),)
    parsed, problems = read_yaml(root, SETTINGS)
    settings, reasons = to_model(parsed, (), Settings) if parsed else (None, ())
    if parsed is None or settings is None:
        return (*problems, *reasons)
    files = survey(root)
    units = _units(root, files.units, settings, stock.key)
    registry = units.registry
    reading = read_records(root, files.records, registry.suggest, stock, digests)
    relations = _relations(reading, registry, settings, units.basis)
    judged = hashlib.sha256(settings.model_dump_json().encode()).hexdigest(), today.isoformat()
    fresh = [path for path, source in reading.sources.items() if not stock.sound(path, source.digest, judged)]
    of_each = _record_problems(reading, fresh, settings, movement_name(settings.movement), today)
    ground = Ground(
        settings=settings,
        registry=registry,
        entries=relations.entries,
        sources=_with_soundness(reading.sources, of_each),
        judged=judged,
        related=relations.related,
    )
    of_settings = _settings_problems(parsed, settings, registry)
    of_records = (*reading.problems, *of_each, *relations.problems)
    return Laid(ground, files, (*problems, *of_settings, *files.problems, *units.problems, *of_records), units.unkept)


def keep(root: Path, key: str, before: Stock, laid: Laid) -> None:
    """Keep what is in order, so that it need not be read again; under the lock of a build."""
    keep_stock(root, key, before, laid.ground)
    if laid.unkept:
        keep_registry(root, laid.unkept, laid.ground.registry)


@dataclass(frozen=True, slots=True)
class _Units:
    """The registry, what is wrong with it, and a digest of what relations are judged by, the records excepted."""

    registry: Registry
    basis: str
    problems: tuple[Problem, ...] = ()
    unkept: str = ""


def _units(root: Path, files: tuple[str, ...], settings: Settings, key: str) -> _Units:
    """Read the units, or take those of this `key` that were in order the last time."""
    whole = hashlib.sha256(settings.calendar.model_dump_json().encode())
    contents = {file: read_bytes(root, file, MAX_YAML) for file in files}
    for file, data in contents.items():
        whole.update(f"\0{file}\0".encode() + (data if isinstance(data, bytes) else b""))
    basis = whole.hexdigest()
    state = f"{key} {basis}"
    if key and (kept := kept_registry(root, state)):
        return _Units(kept, basis)
    read = [(None, (data,)) if isinstance(data, Problem) else yaml_of(data, file) for file, data in contents.items()]
    registry, found = read_registry(tuple(parsed for parsed, _ in read if parsed))
    problems = (*(problem for _, own in read for problem in own), *found)
    return _Units(registry, basis, problems, state if key and not problems else "")


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
    if bad:
        return _Relations(tuple(one.entry for one in by_id.values()), problems, Related())
    return _Relations(Stocked(reading), problems, Related(basis, problems))


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
