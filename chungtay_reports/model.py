"""The nouns of what is known: time, units, metrics, figures; frozen values that the verbs of `pipeline.py` pass on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from fractions import Fraction

from chungtay_reports.errors import Place

NOWHERE = Place("")

# --------------------------------------------------------------------------- time

HANOI = timezone(timedelta(hours=7))  # moments are told as the clocks of Vietnam show them


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
