"""The DOCX of an official paper, for the office that completes it before it is signed."""

from __future__ import annotations

from pathlib import Path

from chungtay_reports.edition import Document
from chungtay_reports.fingerprint import fingerprint
from chungtay_reports.formats.notices import with_notices
from chungtay_reports.formats.paper_data import document, file_name, issued
from chungtay_reports.official.docx.document import docx
from chungtay_reports.official.layout import layout
from chungtay_reports.official.paper import Paper
from chungtay_reports.settings import Settings


def documents(paper: Paper, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]:
    """Make the DOCX of one paper; its look is the layout's alone."""
    del settings
    code = fingerprint(paper).short
    data = docx(with_notices(paper), layout(overrides), issued(paper), code)
    return (document(paper, "docx", file_name(paper, ".docx"), data),)
