"""The fields of every table that metrics may filter, count and sum, and the dimensions that prose may group by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chungtay_reports.records.activity import ACTIVITY_KINDS, Counts
from chungtay_reports.records.agreement import AGREEMENT_KINDS
from chungtay_reports.records.fields import LEVELS, MODES, SCHOOL_LEVELS, TOPICS

AREAS = {"noi-thanh": "khối nội thành", "ngoai-thanh": "khối ngoại thành"}
DIRECTIONS = {
    "ra-ngoai-thanh": "học sinh nội thành ra ngoại thành",
    "vao-noi-thanh": "học sinh ngoại thành vào nội thành",
}
GROUPS = {
    "so": "sở",
    "co-quan": "cơ quan",
    "cap-huyen": "quận, huyện, thị xã",
    "cap-xa": "phường, xã",
    "tinh": "tỉnh, thành phố",
    "truong": "trường",
    "doi-tac": "đối tác ngoài ngành",
}
ROLES = {"chu-tri": "chủ trì", "phoi-hop": "phối hợp"}
STATUSES = {"done": "đã xong", "late": "chậm hạn", "open": "chưa đến hạn"}
TRUTH = {"true": "có", "false": "không"}


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a table: plain text unless it says more.

    `values`: the closed vocabulary, key → words, in the order of tables and charts. `many`: a row may have several.
    `unit`: ids of the registry. `number`: may be summed, and nothing else. `key`: what `count` counts.
    """

    values: Mapping[str, str] | None = None
    many: bool = False
    unit: bool = False
    number: bool = False
    key: bool = False


_TEXT, _KEY, _UNIT, _NUMBER = Column(), Column(key=True), Column(unit=True), Column(number=True)
_LEVEL, _AREA, _TRUTH = Column(SCHOOL_LEVELS), Column(AREAS), Column(TRUTH)

COUNTS = tuple(f"counts.{name}" for name in Counts.model_fields)
SUPPORT = ("support.money", "support.goods_value", "support.sponsored", "support.pupils")


def _party(prefix: str) -> dict[str, Column]:
    return {
        prefix: _UNIT,
        f"{prefix}.tier": _TEXT,
        f"{prefix}.level": _LEVEL,
        f"{prefix}.unit": _UNIT,
        f"{prefix}.area": _AREA,
    }


TABLES: dict[str, dict[str, Column]] = {
    "agreements": {
        "id": _KEY,
        "kind": Column(AGREEMENT_KINDS),
        "day": _TEXT,
        "month": _TEXT,
        "unit": _UNIT,
        **_party("party"),
        "statistical": _TRUTH,
    },
    "activities": {
        "id": _KEY,
        "kind": Column(ACTIVITY_KINDS),
        "day": _TEXT,
        "month": _TEXT,
        "level": Column(LEVELS),
        "mode": Column(MODES),
        "direction": Column(DIRECTIONS),
        "topic": Column(TOPICS),
        "topics": Column(TOPICS, many=True),
        **_party("host"),
        "partner": Column(unit=True, many=True),
        "partner.level": Column(SCHOOL_LEVELS, many=True),
        "partner.unit": Column(unit=True, many=True),
        "unit": _UNIT,
        **dict.fromkeys((*COUNTS, *SUPPORT), _NUMBER),
        "statistical": _TRUTH,
    },
    "participants": {
        "id": _KEY,
        "kind": Column(ACTIVITY_KINDS),
        "day": _TEXT,
        "month": _TEXT,
        "level": Column(LEVELS),
        "mode": Column(MODES),
        "role": Column(ROLES),
        **_party("party"),
    },
    "plan_tasks": {
        "id": _TEXT,
        "task": _KEY,
        "kind": Column(AGREEMENT_KINDS),
        "due": _TEXT,
        "done_on": _TEXT,
        "month": _TEXT,
        "status": Column(STATUSES),
        "parties.unit": Column(unit=True, many=True),
        "unit": _UNIT,
    },
    "submissions": {"id": _KEY, "unit": _UNIT, "day": _TEXT, "month": _TEXT, "complete": _TRUTH},
    "units": {
        "id": Column(unit=True, key=True),
        "tier": _TEXT,
        "group": Column(GROUPS),
        "area": _AREA,
        "level": _LEVEL,
        "unit": _UNIT,
        "parent": _UNIT,
        "reports": _TRUTH,
    },
}

# dimension (what prose calls it) → table → field
DIMENSIONS: dict[str, dict[str, str]] = {
    "don_vi": {
        "agreements": "party.unit",
        "activities": "unit",
        "participants": "party.unit",
        "plan_tasks": "parties.unit",
        "submissions": "unit",
        "units": "unit",
    },
    "cap_hoc": {
        "agreements": "party.level",
        "activities": "host.level",
        "participants": "party.level",
        "units": "level",
    },
    "cap": {"activities": "level", "participants": "level"},
    "chu_de": {"activities": "topic"},
    "thang": {
        "agreements": "month",
        "activities": "month",
        "participants": "month",
        "plan_tasks": "month",
        "submissions": "month",
    },
    "hinh_thuc": {"activities": "mode", "participants": "mode"},
    "loai": {"agreements": "kind", "activities": "kind", "participants": "kind", "plan_tasks": "kind"},
    "khoi": {"agreements": "party.area", "activities": "host.area", "participants": "party.area", "units": "area"},
    "chieu": {"activities": "direction"},
}

# Fields that a statistical row never names: a distinct count takes the row as so many more of them.
UNNAMED = frozenset({"id", "party", "host", "partner"})


def field_of(name: str, table: str) -> str | None:
    """Return the field of `table` that a dimension or a field name means, or None when the table has no such thing."""
    field = DIMENSIONS.get(name, {}).get(table, name)
    return field if field in TABLES[table] else None


def counterpart(name: str, table: str, other: str) -> str | None:
    """Return the field of table `other` that means what `name` means in `table` (“party.level” of schools is “level”)."""
    if name in DIMENSIONS:
        return DIMENSIONS[name].get(other)
    fields = (by_table.get(other) for by_table in DIMENSIONS.values() if by_table.get(table) == name)
    return next(fields, None)
