"""Official papers set in PDF, and what stands where on their pages: lines and rules in millimetres."""

from __future__ import annotations

import atexit
import io
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from typing import Any

import editions
import papers
import pdfplumber

from chungtay_reports.formats import paper_pdf
from chungtay_reports.official.layout import layout
from chungtay_reports.official.paper import Paper
from chungtay_reports.press import Press

MM = 25.4 / 72
EXACT = 0.35  # mm: about one point
SPLIT = 97.0  # between the two columns of the head, in mm from the left edge
SETTINGS = editions.settings()
LAYOUT = layout()
REPORT, LETTER = papers.paper(), papers.letter()
COMMUNE = papers.letterhead(
    superior=("UBND PHƯỜNG VĂN MIẾU - QUỐC TỬ GIÁM",),
    office=("PHÒNG VĂN HÓA - XÃ HỘI",),
    symbol="BC-VHXH",
    place="Văn Miếu - Quốc Tử Giám",
)
CITY = papers.letterhead(
    superior=("UBND THÀNH PHỐ HÀ NỘI",), office=("SỞ GIÁO DỤC VÀ ĐÀO TẠO",), symbol="BC-SGDĐT", place="Hà Nội"
)


@dataclass(frozen=True)
class Line:
    """A line of text on a page: mm from the left and the upper edge, faces as (font, size)."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    faces: frozenset[tuple[str, float]]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Rule:
    left: float
    right: float
    y: float

    @property
    def length(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Page:
    """One page of a PDF, measured in mm."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.width, self.height = sheet.width * MM, sheet.height * MM

    def lines(self, left: float = 0, right: float = 1000) -> list[Line]:
        """Read the lines between two abscissas, from top to bottom."""
        cut = self.sheet.filter(lambda o: o["object_type"] != "char" or left <= o["x0"] * MM < right)
        return [
            Line(
                found["text"],
                found["x0"] * MM,
                found["x1"] * MM,
                found["top"] * MM,
                found["bottom"] * MM,
                frozenset((c["fontname"].partition("+")[2], round(c["size"], 2)) for c in found["chars"]),
            )
            for found in cut.extract_text_lines(return_chars=True)
        ]

    def line(self, start: str, left: float = 0, right: float = 1000) -> Line:
        return next(line for line in self.lines(left, right) if line.text.startswith(start))

    def rules(self) -> list[Rule]:
        """Find the filled horizontal strokes that stand alone, from top to bottom; those of a QR are shorter."""
        return sorted(
            (
                Rule(r["x0"] * MM, r["x1"] * MM, r["top"] * MM)
                for r in self.sheet.rects
                if r["height"] < 1.5 and r["width"] > 15
            ),
            key=lambda rule: (rule.y, rule.left),
        )

    def text(self) -> str:
        return " ".join(line.text for line in self.lines())


class File:
    """A PDF that was set for a test."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pages = [Page(sheet) for sheet in pdfplumber.open(io.BytesIO(data)).pages]

    def words(self) -> str:
        return " ".join(page.text() for page in self.pages)


@cache
def _press() -> Press:
    """One press for all tests of this process, until it ends."""
    open_ = ExitStack()
    atexit.register(open_.close)
    return open_.enter_context(Press(1))


def made(paper: Paper) -> File:
    return File(_press().typeset(paper_pdf.print_job(paper, SETTINGS)))


@cache
def report() -> File:
    return made(REPORT)


@cache
def letter() -> File:
    return made(LETTER)


def issuer(file: File) -> list[Line]:
    return file.pages[0].lines(0, SPLIT)


def nation(file: File) -> list[Line]:
    return file.pages[0].lines(SPLIT)
