"""What the press is asked for, and how it refuses: plain frozen values that travel to a worker process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from chungtay_reports.errors import ReportsError

VARIANT, DEPOSIT = "pdf/a-3a", "pdf/a-1a"
START, PER_CHARACTER = 0.02, 12.5e-6  # seconds


class TypesetError(ReportsError):
    """A page asks for what the press does not do: another file, an unknown font, a glyph that no bundled face has."""

    exit_code = 1

    def __init__(self, name: str, reasons: tuple[str, ...]) -> None:
        super().__init__(name, reasons)
        self.name = name
        self.reasons = reasons

    def __str__(self) -> str:
        return f"Không dàn được bản in “{self.name}”: {' '.join(self.reasons)}"


class TypesetLimitError(ReportsError):
    """A page takes more time or memory than a worker may have."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """A PDF, and the seconds that its setting took."""

    pdf: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: wall and CPU seconds, and the address space of its worker in bytes."""

    seconds: float = 60
    cpu_seconds: int = 60
    address_space: int = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who made a document, what it is called and when it was issued; every date in the file comes from `issued`."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    issued: datetime  # with its offset
    generator: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file embedded in the PDF; `relationship` is the AFRelationship of ISO 19005-3 (Data, Source)."""

    name: str  # ASCII
    media_type: str
    relationship: str
    description: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stands behind a `chungtay://` address."""

    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One document: its page as HTML, and everything that the page may fetch, by address.

    `assets` maps “bulletin/print.css” to what `chungtay://bulletin/print.css` gives; the packaged fonts stand behind
    `chungtay://fonts/<file>` in every job and need not be listed. `destinations` says in words where the page's own
    anchors are (“sổ số liệu, dòng s12”), for readers who hear a link instead of seeing it. `seconds` is the wall time that
    a long document may take, where that is more than the press gives every document. `variant` is the part of PDF/A: of
    `VARIANT`, which is PDF/UA-1 too, or `DEPOSIT`, which holds no other file.
    """

    name: str
    html: str
    imprint: Imprint
    assets: Mapping[str, Fetched] = field(default_factory=dict)
    attachments: tuple[Attached, ...] = ()
    destinations: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0
    variant: str = VARIANT

    @property
    def cost(self) -> float:
        """Return about how many seconds its setting takes: it grows with the page (benchmarks/RESULTS.md)."""
        return START + len(self.html) * PER_CHARACTER
