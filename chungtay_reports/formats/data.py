"""The data of an edition beside its pages: the ledger as JSON, its figures and its records as CSV."""

from __future__ import annotations

from pathlib import Path

from chungtay_reports.edition import Document, Edition, Format
from chungtay_reports.figures import ledger
from chungtay_reports.settings import Settings


def json_documents(edition: Edition, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]:
    """Make `figures.json` and, for a ledger that carries its evidence, `records.json`."""
    del settings, overrides  # data look the same in every workspace
    found = [_document(edition, Format.JSON, "figures.json", ledger.to_json(edition))]
    if edition.ledger.evidence:
        found.append(_document(edition, Format.JSON, "records.json", edition.ledger.evidence.to_json()))
    return tuple(found)


def csv_documents(edition: Edition, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]:
    """Make `figures.csv` and `records.csv`."""
    del settings, overrides
    return (
        _document(edition, Format.CSV, "figures.csv", ledger.to_csv(edition)),
        _document(edition, Format.CSV, "records.csv", ledger.records_csv(edition)),
    )


def _document(edition: Edition, kind: Format, name: str, content: str | bytes) -> Document:
    data = content.encode() if isinstance(content, str) else content
    return Document(edition.slug, "", kind.value, f"{edition.slug}/{name}", data)
