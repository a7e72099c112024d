"""The output formats: the table that names them; a module is imported when its format is asked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol

from chungtay_reports.edition import Document, Edition, Format
from chungtay_reports.official.paper import Paper
from chungtay_reports.settings import Settings


class Maker(Protocol):
    """What makes the documents of one format; `overrides` is the workspace's own templates folder."""

    def __call__(self, edition: Edition, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]: ...


class PaperMaker(Protocol):
    """What makes the documents of one format of an official paper."""

    def __call__(self, paper: Paper, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]: ...


def _maker(module: str, function: str = "documents") -> Maker:
    def make(edition: Edition, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]:
        maker: Maker = getattr(import_module(f"{__name__}.{module}"), function)
        return maker(edition, settings, overrides)

    return make


def _paper_maker(module: str, function: str = "documents") -> PaperMaker:
    def make(paper: Paper, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]:
        maker: PaperMaker = getattr(import_module(f"{__name__}.{module}"), function)
        return maker(paper, settings, overrides)

    return make


FORMATS: dict[str, Maker] = {
    Format.HTML.value: _maker("html"),
    Format.PDF.value: _maker("pdf"),
    Format.JSON.value: _maker("data", "json_documents"),
    Format.CSV.value: _maker("data", "csv_documents"),
    Format.FRAGMENT.value: _maker("fragment"),
    Format.TEXT.value: _maker("text"),
}

PAPER_FORMATS: dict[str, PaperMaker] = {
    "pdf": _paper_maker("paper_pdf"),
    "docx": _paper_maker("docx"),
    "json": _paper_maker("paper_data", "json_documents"),
    "csv": _paper_maker("paper_data", "csv_documents"),
}

__all__ = ["FORMATS", "PAPER_FORMATS", "Maker", "PaperMaker"]
