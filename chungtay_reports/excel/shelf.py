"""The workspace as the import sees it: its records with the files they stand in, and what must hold between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from chungtay_reports.errors import ContentError, Place, Problem
from chungtay_reports.settings import Settings
from chungtay_reports.source.files import read_yaml, to_model
from chungtay_reports.units.reader import Registry, read_registry
from chungtay_reports.workspace.ground import SETTINGS
from chungtay_reports.workspace.layout import NO_SETTINGS, survey
from chungtay_reports.workspace.privacy import MovementName, model_problems, movement_name
from chungtay_reports.workspace.reading import Loaded, Reading, read_records
from chungtay_reports.workspace.relations import Books, keep_first, relation_problems
from chungtay_reports.workspace.rules import Bounds, bounds, own_problems


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that was read for an import; nothing of it changes while the import is worked out."""

    root: Path
    today: date
    settings: Settings
    registry: Registry
    reading: Reading
    name: MovementName
    spellings: dict[date, dict[str, str]] = field(default_factory=dict)  # filled as cells are read

    @property
    def limits(self) -> Bounds:
        """The days that records may name."""
        return bounds(self.settings, self.today)

    def books(self, loaded: Iterable[Loaded], broken: frozenset[str] = frozenset()) -> Books:
        """Put records together as `check` does, with ids in `broken` known to be there though unreadable."""
        all_loaded = tuple(loaded)
        by_id, _ = keep_first(all_loaded)
        return Books(all_loaded, by_id, self.reading.broken_ids | broken, self.registry, self.settings.calendar)

    def own_problems(self, loaded: Loaded) -> tuple[Problem, ...]:
        """Find what is wrong with one record in itself, personal data included."""
        told = (loaded, *loaded.past)
        private = (found for one in told for found in model_problems(one.record, one.parsed, one.path, self.name))
        return (*own_problems(loaded, self.limits), *private)

    def relations(self, loaded: Iterable[Loaded], broken: frozenset[str] = frozenset()) -> tuple[Problem, ...]:
        """Find what is wrong between records."""
        return tuple(relation_problems(self.books(loaded, broken)))


def open_shelf(root: Path, today: date) -> Shelf:
    """Read settings, registry and records; ContentError when there are no readable settings."""
    if not (root / SETTINGS).is_file():
        raise ContentError((NO_SETTINGS.at(Place(SETTINGS)),))
    parsed, problems = read_yaml(root, SETTINGS)
    settings, reasons = to_model(parsed, (), Settings) if parsed else (None, ())
    if settings is None:
        raise ContentError((*problems, *reasons))
    files = survey(root)
    units = [read_yaml(root, file)[0] for file in files.units]
    registry, _ = read_registry(tuple(parsed for parsed in units if parsed is not None))
    reading = read_records(root, files.records, registry.suggest)
    return Shelf(root, today, settings, registry, reading, movement_name(settings.movement))
