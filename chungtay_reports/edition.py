"""The nouns of what is shown: pieces of text, blocks, the ledger, editions and their documents; all frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from chungtay_reports.errors import Place
from chungtay_reports.model import Coverage, Figure, Metric, Period

# --------------------------------------------------------------------------- edition: what is shown


class Inline:
    """A piece of running text: one of `Text`, `Told`, `Number`, `Strong`, `Emphasis`, `Link`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Text(Inline):
    text: str


@dataclass(frozen=True, slots=True)
class Told(Text):
    """Text that a placeholder wrote; `by` is its name (“ngay”, “ten”), which tells where a number in it comes from."""

    by: str


@dataclass(frozen=True, slots=True)
class Number(Inline):
    """A printed number: `text` as it stands on the page, `figure` the ledger id (“s12”) that proves it."""

    text: str
    figure: str


@dataclass(frozen=True, slots=True)
class Strong(Inline):
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis(Inline):
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link(Inline):
    href: str
    children: tuple[Inline, ...]


Inlines = tuple[Inline, ...]


class Block:
    """A block of the body: one of the classes below."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Heading(Block):
    level: int  # 2 or 3; level 1 is the headline
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class Paragraph(Block):
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class ItemList(Block):
    items: tuple[Inlines, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quotation(Block):
    """Somebody's words or the sense of them; `kind` is truc-tiep or luoc-y (indirect), `note` a marking to print."""

    inlines: Inlines
    speaker: str  # “Ông Trần Thế Cương, Giám đốc Sở GD&ĐT Hà Nội”
    source: str
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Photo(Block):
    asset: str  # key into Edition.assets
    alt: str
    caption: Inlines
    credit: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart(Block):
    """A drawn chart. `svg` is a complete <svg> element with <title> and <desc>; the same in every format.

    `phone` is the same chart drawn for screens below about 480 px, or empty.
    """

    id: str
    svg: str
    title: str
    description: str
    caption: Inlines
    wide: bool = False
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    inlines: Inlines
    numeric: bool = False
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table(Block):
    caption: Inlines
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    note: Inlines = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One cell of the strip below the headline: a big number and what it counts."""

    number: Inlines
    label: Inlines


# --------------------------------------------------------------------------- ledger


@dataclass(frozen=True, slots=True)
class Printed:
    """One occurrence of a figure: the text as printed, its hedge (“gần”, “hơn”, “khoảng”, “” for exact), and where."""

    text: str
    hedge: str
    where: str  # “tít”, “sapo”, “đoạn 3”, “biểu đồ chu-de”, “bảng 1, hàng Ba Đình” …


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A figure that the edition shows, with every place where it is printed. `operands` are ids of other rows."""

    id: str  # “s1”, “s2”, … in order of first printing
    figure: Figure
    label: str  # the metric's label with its filters in words
    unit: str
    prints: tuple[Printed, ...]
    operands: tuple[str, ...] = ()
    filters: str = ""  # the query's own filters in words: “quận Cầu Giấy, cấp trường”


@dataclass(frozen=True, slots=True)
class RecordNote:
    """What the ledger says about one record: where it stands and, in words, what it is."""

    id: str
    kind: str
    place: Place
    summary: str  # “Trường Tiểu học A - Trường Tiểu học B”, or the title of an activity
    day: date | None
    illustration: bool = False
    statistical: bool = False


class Evidence(Protocol):
    """The records and the registry that a ledger stands on, whole enough to compute it again: `figures/evidence.py`."""

    def to_json(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Ledger:
    """All figures of one edition and the records that prove them."""

    rows: tuple[LedgerRow, ...]
    records: Mapping[str, RecordNote]
    as_of: date
    period: Period
    coverage: Coverage
    metrics: Mapping[str, Metric] = field(default_factory=dict)  # the definitions that its figures stand on, by name
    evidence: Evidence | None = field(default=None, compare=False, repr=False)  # travels in records.json


# --------------------------------------------------------------------------- edition


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that an edition carries: re-encoded bytes, never the author's own file."""

    name: str  # ASCII file name, unique in the edition
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class RelatedEdition:
    slug: str
    title: str
    issued: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a correction sets right: what was printed, what is right, and where it stands."""

    label: str
    old: str
    new: str
    where: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What readers are told after publication: that something was set right, or that the edition is withdrawn."""

    kind: str  # dinh-chinh | thu-hoi
    on: date
    reason: str
    title: str  # of the version that it is about
    version: str  # “v1”
    published: datetime  # when that version was published
    as_of: (
        date  # the day up to which records count from now on; an edition as of an earlier day does not bear the notice
    )
    changes: tuple[Change, ...] = ()

    @property
    def withdraws(self) -> bool:
        return self.kind == "thu-hoi"


@dataclass(frozen=True, slots=True)
class Edition:
    """A whole document before it takes a format. Nothing in it depends on the clock, the machine or the locale."""

    slug: str
    kind: str  # ban-tin | bao-cao
    headline: Inlines
    sapo: Inlines
    issued: datetime  # with its +07:00 offset
    issue: str  # “02/2023”, or empty
    category: str
    source_tag: str
    byline: str
    key_figures: tuple[KeyFigure, ...]
    blocks: tuple[Block, ...]
    ledger: Ledger
    related: tuple[RelatedEdition, ...]
    keywords: tuple[str, ...]
    assets: tuple[Asset, ...]
    lead_photo: Photo | None
    illustration: str  # the sentence that marks made-up data, or empty
    data_note: Inlines  # “Số liệu tính đến ngày …; 30/30 đơn vị đã báo cáo”
    draft: bool = False
    notices: tuple[Notice, ...] = ()  # newest first

    @property
    def folder(self) -> str:
        """Where its documents go, below build/; its key in the archive."""
        return self.slug


# --------------------------------------------------------------------------- documents


class Format(StrEnum):
    HTML = "html"
    PDF = "pdf"
    JSON = "json"
    CSV = "csv"
    FRAGMENT = "fragment"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file of an edition: `path` is relative to build/, POSIX; its edition's folder is exchanged as a whole."""

    edition: str
    unit: str
    format: str
    path: str
    data: bytes
    folder: str = ""  # relative to build/; empty for the first part of the path

    def __post_init__(self) -> None:
        if not self.folder:
            object.__setattr__(self, "folder", self.path.split("/", 1)[0])
