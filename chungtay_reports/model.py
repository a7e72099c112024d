"""The nouns of the program: frozen values that the verbs of `pipeline.py` pass to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from chungtay_reports.errors import Place

NOWHERE = Place("")

# --------------------------------------------------------------------------- time


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` to `end`, both included; `name` is how prose calls it (“năm học 2022-2023”), or empty."""

    start: date
    end: date
    name: str = field(default="", compare=False)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


# --------------------------------------------------------------------------- registry


@dataclass(frozen=True, slots=True)
class Tier:
    """A kind of unit (“quận”, “phường”, “trường tiểu học”); the program knows tiers only as these rows."""

    id: str
    label: str  # lower case, as in “quận Cầu Giấy”
    group: str  # so | co-quan | cap-huyen | cap-xa | tinh | truong | doi-tac
    area: str = ""  # noi-thanh | ngoai-thanh | ""
    order: int = 0
    reports: bool = False  # units of this tier are expected to report while they are valid
    school_level: str = ""  # mam-non | tieu-hoc | thcs | thpt | gdnn-gdtx for schools
    plural: str = ""
    prefix: str = ""  # how official names of the tier begin: “Trường Trung học cơ sở”
    running: str = ""  # what stands for the prefix in running text: “Trường THCS”
    first: str = ""  # the same at first mention: “Phòng Giáo dục và Đào tạo (GD&ĐT)”
    brief: str = ""  # the same in a short name: “THCS”; empty drops it


@dataclass(frozen=True, slots=True)
class FormerName:
    """What a unit was called up to and on `until`."""

    until: date
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class Move:
    """A unit belongs to `parent` from day `on`: a school, to its commune from the reform on."""

    on: date
    parent: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the registry. `name` is the official name, never rewritten (“Quận Cầu Giấy”, “Trường Tiểu học …”)."""

    id: str
    tier: str
    name: str
    short: str  # “Cầu Giấy”; for a school its name without “Trường …”
    place: Place
    parent: str | None = None  # a school's or an office's district; a commune's city
    code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    area: str = ""
    illustration: bool = False
    former: tuple[FormerName, ...] = ()  # oldest first
    moves: tuple[Move, ...] = ()  # oldest first; before them the unit belongs to `parent`


# --------------------------------------------------------------------------- metrics


@dataclass(frozen=True, slots=True)
class Filter:
    """`field` is one of `values` (or none of them, when `negate`)."""

    field: str
    values: tuple[str, ...]
    negate: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """How a metric counts. `op`: count | count_distinct | sum | ratio | sum_of.

    count: records (statistical rows weigh their count). count_distinct: values of `field`. sum: values of `field`.
    ratio: `terms[0]` over `terms[1]`, or over the registry units selected by `registry`. sum_of: adds `terms`.
    """

    op: str
    field: str = ""
    terms: tuple[str, ...] = ()
    registry: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class MetricTest:
    """A promise that a metric makes about its values: `not_above` METRIC, `max_jump` ratio, `one_per` FIELD."""

    name: str
    argument: str


@dataclass(frozen=True, slots=True)
class Metric:
    """A definition of a figure; `label` says what it counts, `unit` is the counted noun (“trường”, “chuyên đề”)."""

    name: str
    label: str
    unit: str
    table: str  # agreements | activities | plan_tasks | support | submissions | schools | "" for ratio and sum_of
    measure: Measure
    where: tuple[Filter, ...] = ()
    tests: tuple[MetricTest, ...] = ()
    place: Place = NOWHERE
    short: str = ""  # a label for a chart axis or a table head
    money: bool = False  # values are whole đồng
    adds: str = ""  # for sum_of: what is added, in words, when the terms count different things


# --------------------------------------------------------------------------- figures


@dataclass(frozen=True, slots=True)
class Query:
    """Which value of a metric: the period of the events, what was recorded by `as_of`, and further filters."""

    metric: str
    period: Period
    as_of: date
    where: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who was expected to report for a period and who did; `missing` in registry order."""

    expected: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def reported(self) -> int:
        return len(self.expected) - len(self.missing)

    @property
    def complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its definition and its proof.

    `value` is an int (counts, đồng) or a Fraction (ratios, shares). Base figures (`op` ""): `records` are the ids of
    exactly the records that make the value, sorted; measuring `query` over them alone gives `value` again.
    Derived figures: `op` is one of ratio, sum_of, share, difference, change (relative), rank, and `operands` are the
    figures it is computed from, in the order that the op needs.
    """

    query: Query
    value: int | Fraction
    coverage: Coverage
    records: tuple[str, ...] = ()
    units: tuple[str, ...] = ()  # registry units counted by a denominator or by table `schools`
    statistical: int = 0  # the part of the value that stands on statistical rows
    op: str = ""
    operands: tuple[Figure, ...] = ()


# --------------------------------------------------------------------------- edition: what is shown


class Inline:
    """A piece of running text: one of `Text`, `Number`, `Strong`, `Emphasis`, `Link`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Text(Inline):
    text: str


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


@dataclass(frozen=True, slots=True)
class Ledger:
    """All figures of one edition and the records that prove them."""

    rows: tuple[LedgerRow, ...]
    records: Mapping[str, RecordNote]
    as_of: date
    period: Period
    coverage: Coverage
    metrics: Mapping[str, Metric] = field(default_factory=dict)  # the definitions that its figures stand on, by name


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


# --------------------------------------------------------------------------- documents


class Format(StrEnum):
    HTML = "html"
    PDF = "pdf"
    JSON = "json"
    CSV = "csv"


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
