"""Official papers in DOCX, opened again: their text, tables, headings and controls."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from editions import settings

from chungtay_reports.formats import PAPER_FORMATS
from chungtay_reports.official.layout import layout
from chungtay_reports.official.paper import Paper

LAYOUT = layout()
MM = 1440 / 25.4  # twips


def data(paper: Paper) -> bytes:
    (made,) = PAPER_FORMATS["docx"](paper, settings())
    return made.data


def opened(paper: Paper) -> WordDocument:
    return docx.Document(io.BytesIO(data(paper)))


def text_of(element: object) -> str:
    """Read an element as it is printed: a break is a space, a no-break space too."""
    parts = [
        " " if node.tag == qn("w:br") else node.text or ""
        for node in element.iter(qn("w:t"), qn("w:br"))  # type: ignore[attr-defined]
    ]
    return " ".join("".join(parts).replace("\xa0", " ").split())


def ruled(document: WordDocument) -> list[Table]:
    return [table for table in document.tables if table.style is not None and table.style.name == "Bảng kẻ"]


def headings(document: WordDocument) -> list[tuple[str, str]]:
    return [
        (p.style.name, p.text)
        for p in document.paragraphs
        if p.style is not None and p.style.name.startswith("Heading")
    ]


def control(document: WordDocument, tag: str) -> Any:
    (found,) = document.element.body.xpath(f".//w:sdt[w:sdtPr/w:tag/@w:val='{tag}']")
    return found
