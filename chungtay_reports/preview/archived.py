"""What the archive says about the editions on the desk: which version was published last, and with which figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chungtay_reports.archive import ARCHIVE
from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import Publication, object_id, publications
from chungtay_reports.edition import Ledger
from chungtay_reports.errors import ReportsError
from chungtay_reports.figures.ledger import read_json
from chungtay_reports.settings import Settings

LEDGER = "/figures.json"


@dataclass(frozen=True, slots=True)
class Archived:
    """The newest publications by the keys of editions, and the ledgers of bulletins; `trouble` when it cannot be read."""

    publications: Mapping[str, Publication] = field(default_factory=dict)
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)
    trouble: str = ""

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each newest version, as drafts are told by it."""
        return {key: one.fingerprint.digest for key, one in self.publications.items()}


def read_archive(root: Path, settings: Settings) -> Archived:
    """Read what was published; nothing without an archive."""
    folder = root / ARCHIVE
    try:
        found = {one.key: one for one in publications(folder)}
        if not found:
            return Archived()
        store = Store(folder)
        ledgers = {
            key: _ledger(store, object_id(settings.organisation.office, key))
            for key, one in found.items()
            if one.kind == "ban-tin"
        }
    except (ReportsError, OSError) as error:
        return Archived(trouble=str(error))
    return Archived(found, {key: ledger for key, ledger in ledgers.items() if ledger is not None})


def _ledger(store: Store, id_: str) -> Ledger | None:
    inventory = store.inventory(id_)
    paths = inventory.version().state if inventory else ()
    path = next((path for path in sorted(paths) if path.endswith(LEDGER)), None)
    return read_json(store.read(id_, path).decode("utf-8")) if path else None
