"""The data of an official paper beside its pages: its ledger as JSON, its figures and its records as CSV."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from chungtay_reports.edition import Document, Edition, Format, Text
from chungtay_reports.figures import ledger
from chungtay_reports.model import HANOI
from chungtay_reports.official.paper import Paper
from chungtay_reports.settings import Settings


def file_name(paper: Paper, suffix: str) -> str:
    """Name the file of a paper: “bao-cao-nam-hoc-quan-cau-giay-2023-2024.pdf”."""
    return "-".join(filter(None, (paper.slug, paper.unit, paper.year))) + suffix


def issued(paper: Paper) -> datetime:
    """Date everything about a paper: the first moment of its day in Hanoi."""
    return datetime.combine(paper.dated, time(), HANOI)


def document(paper: Paper, kind: str, name: str, data: bytes) -> Document:
    """File a finished document of a paper."""
    return Document(paper.slug, paper.unit, kind, f"{paper.folder}/{name}", data, paper.folder)


def json_documents(paper: Paper, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]:
    """Make `figures.json` and `records.json`; nothing when the paper shows no figures."""
    del settings, overrides  # data look the same in every workspace
    edition = _edition(paper)
    if edition is None:
        return ()
    found = [document(paper, Format.JSON.value, "figures.json", ledger.to_json(edition).encode())]
    if edition.ledger.evidence:
        data = edition.ledger.evidence.to_json().encode()
        found.append(document(paper, Format.JSON.value, "records.json", data))
    return tuple(found)


def csv_documents(paper: Paper, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]:
    """Make `figures.csv` and `records.csv`; nothing when the paper shows no figures."""
    del settings, overrides
    edition = _edition(paper)
    if edition is None:
        return ()
    return (
        document(paper, Format.CSV.value, "figures.csv", ledger.to_csv(edition).encode()),
        document(paper, Format.CSV.value, "records.csv", ledger.records_csv(edition).encode()),
    )


def _edition(paper: Paper) -> Edition | None:
    """Show a paper to the ledger's writers as the edition that they know: what it is called, and its ledger."""
    if paper.ledger is None:
        return None
    return Edition(
        slug=paper.folder,
        kind=paper.kind,
        headline=(Text(paper.title),),
        sapo=(),
        issued=issued(paper),
        issue="",
        category="",
        source_tag="",
        byline="",
        key_figures=(),
        blocks=(),
        ledger=paper.ledger,
        related=(),
        keywords=(),
        assets=(),
        lead_photo=None,
        illustration=paper.illustration,
        data_note=(),
    )
