"""Small worlds for tests of figures: a registry of two districts and a province, and builders with defaults."""

from __future__ import annotations

from datetime import date
from typing import Any

from chungtay_reports.errors import Place
from chungtay_reports.model import Filter, Measure, Metric, Period, Query, Tier, Unit
from chungtay_reports.records import RECORD_TYPES
from chungtay_reports.settings import Settings
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.library import Entry, Library

YEAR = Period(date(2022, 12, 1), date(2023, 7, 31))
AS_OF = date(2023, 8, 10)
NEXT_YEAR = Period(date(2023, 8, 1), date(2024, 7, 31), "năm học 2023-2024")

TIERS = {
    tier.id: tier
    for tier in (
        Tier("so", "sở", "so", order=1),
        Tier("quan", "quận", "cap-huyen", "noi-thanh", 10, reports=True, prefix="Quận", running="quận"),
        Tier("huyen", "huyện", "cap-huyen", "ngoai-thanh", 11, reports=True, prefix="Huyện", running="huyện"),
        Tier("phong-gddt", "phòng", "co-quan", order=30),
        Tier("mam-non", "trường mầm non", "truong", order=40, school_level="mam-non"),
        Tier("tieu-hoc", "trường tiểu học", "truong", order=41, school_level="tieu-hoc"),
        Tier("thcs", "trường THCS", "truong", order=42, school_level="thcs"),
        Tier("thpt", "trường THPT", "truong", order=43, school_level="thpt"),
        Tier("tinh", "tỉnh", "tinh", order=50, prefix="Tỉnh", running="tỉnh"),
    )
}
DISTRICTS = {
    "quan-cau-giay": ("quan", "Quận Cầu Giấy", "Cầu Giấy", "noi-thanh"),
    "quan-ba-dinh": ("quan", "Quận Ba Đình", "Ba Đình", "noi-thanh"),
    "huyen-phuc-tho": ("huyen", "Huyện Phúc Thọ", "Phúc Thọ", "ngoai-thanh"),
    "huyen-ba-vi": ("huyen", "Huyện Ba Vì", "Ba Vì", "ngoai-thanh"),
}
LEVELS = ("mam-non", "tieu-hoc", "thcs", "thpt")
SCHOOLS = tuple(f"{level}-{district.split('-', 1)[1]}" for district in DISTRICTS for level in LEVELS)


def unit(id_: str, tier: str, name: str, short: str = "", **fields: Any) -> Unit:
    return Unit(id=id_, tier=tier, name=name, short=short or name, place=Place("content/units/a.yaml"), **fields)


def registry(*more: Unit) -> Registry:
    """Sở, two quận, two huyện with an office and four schools each, and a province with a school."""
    units = [unit("so-gddt", "so", "Sở Giáo dục và Đào tạo Hà Nội", "Sở GD&ĐT")]
    for id_, (tier, name, short, area) in DISTRICTS.items():
        stem = id_.split("-", 1)[1]
        units.append(unit(id_, tier, name, short, area=area))
        units.append(unit(f"pgd-{stem}", "phong-gddt", f"Phòng GD&ĐT {name}", parent=id_, area=area))
        units += [unit(f"{level}-{stem}", level, f"Trường {level} {short}", parent=id_, area=area) for level in LEVELS]
    units.append(unit("tinh-yen-bai", "tinh", "Tỉnh Yên Bái", "Yên Bái"))
    units.append(unit("thcs-yen-bai", "thcs", "Trường THCS Yên Bái", parent="tinh-yen-bai"))
    return Registry(TIERS, {one.id: one for one in (*units, *more)})


REGISTRY = registry()


def entry(data: dict[str, Any], folder: str = "quan-cau-giay", line: int = 1) -> Entry:
    record = RECORD_TYPES[data["kind"]].model_validate(data)
    return Entry(record, Place(f"content/records/2022-2023/{folder}/a.yaml", line), folder, "2022-2023")


def _recorded(on: date) -> dict[str, Any]:
    return {"on": on, "by": "pgd-cau-giay"}


def agreement(id_: str = "GU-1", *, on: date = date(2023, 1, 20), seen: date | None = None, **fields: Any) -> Entry:
    folder = fields.pop("folder", "quan-cau-giay")
    data = {
        "id": id_,
        "kind": "ghi-nho-song-phuong",
        "parties": ["thcs-cau-giay", "thcs-phuc-tho"],
        "signed_on": on,
        "recorded": _recorded(seen or on),
        **fields,
    }
    return entry(data, folder)


def activity(id_: str = "HD-1", *, on: date = date(2023, 3, 14), seen: date | None = None, **fields: Any) -> Entry:
    folder = fields.pop("folder", "quan-cau-giay")
    data = {
        "id": id_,
        "kind": "chuyen-de",
        "level": "truong",
        "mode": "truc-tiep",
        "date": on,
        "title": "Đổi mới kiểm tra, đánh giá",
        "host": "thcs-cau-giay",
        "partners": ["thcs-phuc-tho"],
        "topics": ["kiem-tra-danh-gia"],
        "recorded": _recorded(seen or on),
        **fields,
    }
    if data["date"] is None or "from" in data:
        del data["date"]
    return entry(data, folder)


def statistic(id_: str = "TK-1", *, period: Period = YEAR, seen: date | None = None, **fields: Any) -> Entry:
    folder = fields.pop("folder", "quan-cau-giay")
    data = {
        "id": id_,
        "kind": "thong-ke",
        "of": "chuyen-de",
        "unit": "quan-cau-giay",
        "period": {"from": period.start, "to": period.end},
        "count": 12,
        "recorded": _recorded(seen or period.end),
        **fields,
    }
    return entry(data, folder)


def submission(
    id_: str = "NB-1", unit_: str = "quan-cau-giay", *, period: Period = YEAR, on: date | None = None, **fields: Any
) -> Entry:
    day = on or date(2023, 8, 5)
    data = {
        "id": id_,
        "kind": "nop-bao-cao",
        "unit": unit_,
        "period": {"from": period.start, "to": period.end},
        "on": day,
        "complete": True,
        "recorded": _recorded(day),
        **fields,
    }
    return entry(data, unit_)


def metric(
    name: str = "chuyen_de", table: str = "activities", op: str = "count", field: str = "", **more: Any
) -> Metric:
    fields: dict[str, Any] = {"label": name.replace("_", " ").capitalize(), "unit": "chuyên đề", **more}
    measure = Measure(op, field or "id") if table else more.pop("measure", Measure(op))
    fields.pop("measure", None)
    return Metric(name=name, table=table, measure=measure, **fields)


def metrics(*all_: Metric) -> dict[str, Metric]:
    return {one.name: one for one in all_}


def query(name: str = "chuyen_de", *where: Filter, period: Period = YEAR, as_of: date = AS_OF) -> Query:
    return Query(name, period, as_of, where)


def only(field: str, *values: str) -> Filter:
    return Filter(field, values)


def library(entries: tuple[Entry, ...], definitions: dict[str, Metric], units: Registry = REGISTRY) -> Library:
    settings = Settings.model_validate(
        {
            "organisation": {"name": "Sở Giáo dục và Đào tạo Hà Nội", "short": "Sở GD&ĐT Hà Nội", "office": "so-gddt"},
            "movement": {
                "name": "Nhà trường cùng chung tay phát triển",
                "stage": "2022-2025",
                "start": date(2022, 12, 1),
            },
        }
    )
    return Library(settings, units, entries, definitions, {}, {}, {}, {})
