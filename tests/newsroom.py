"""A desk for tests of prose: four districts, figures as published in 8/2023, people, a quotation, a photo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import worlds
from worlds import NEXT_YEAR, YEAR, agreement, metric, statistic, submission

from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Filter, Measure, Metric, Period
from chungtay_reports.units.registry import Registry
from chungtay_reports.workspace.editorial import MediaItem, Person, Quote
from chungtay_reports.workspace.library import Entry

DISTRICTS = tuple(worlds.DISTRICTS)
LAST_YEAR = Period(date(2022, 8, 1), date(2023, 7, 31), "năm học 2022-2023")


def _counted(name: str, label: str, unit: str, table: str = "activities", **where: str) -> Metric:
    filters = tuple(Filter(field.replace("__", "."), tuple(value.split())) for field, value in where.items())
    return metric(name, table, label=label, unit=unit, where=filters, short=label)


METRICS = worlds.metrics(
    _counted("chuyen_de_truong", "Chuyên đề cấp trường", "chuyên đề", kind="chuyen-de", level="truong"),
    _counted("chuyen_de_huyen", "Chuyên đề cấp quận, huyện", "chuyên đề", kind="chuyen-de", level="huyen"),
    _counted("hoi_thao", "Hội thảo", "hội thảo", kind="hoi-thao"),
    _counted("the_thao", "Hoạt động thể dục, thể thao", "hoạt động", kind="the-thao"),
    metric(
        "chuyen_de",
        "",
        unit="chuyên đề",
        label="Chuyên đề các cấp",
        measure=Measure("sum_of", terms=("chuyen_de_huyen", "chuyen_de_truong")),
    ),
    metric("tien_ho_tro", "activities", "sum", "support.money", unit="đồng", label="Tiền hỗ trợ", money=True),
    metric(
        "don_vi_ky",
        "agreements",
        "count_distinct",
        "party.unit",
        unit="quận, huyện",
        label="Quận, huyện đã ký giao ước",
    ),
    metric(
        "ti_le_ky",
        "",
        unit="%",
        label="Tỷ lệ quận, huyện đã ký giao ước",
        measure=Measure("ratio", terms=("don_vi_ky",), registry=(Filter("group", ("cap-huyen",)),)),
    ),
    metric(
        "don_vi_bao_cao", "submissions", "count_distinct", "unit", unit="quận, huyện", label="Quận, huyện đã báo cáo"
    ),
)

PERSON = Person.model_validate(
    {
        "id": "nguyen-van-ba",
        "name": "Nguyễn Văn Ba",
        "title": "ông",
        "posts": [{"title": "Trưởng phòng GD&ĐT quận Cầu Giấy"}],
    }
)
QUOTES = (
    Quote.model_validate(
        {
            "id": "loi-truong-phong",
            "kind": "truc-tiep",
            "text": "Hai trường cùng soạn 12 tiết dạy chung, và đó mới là bước đầu.",
            "person": "nguyen-van-ba",
            "said_on": date(2023, 6, 1),
            "source": "Hội nghị tổng kết ngày 1/6/2023",
        }
    ),
    Quote.model_validate(
        {
            "id": "y-giao-vien",
            "kind": "luoc-y",
            "text": "Giáo viên mong có thêm giờ dạy chung.",
            "speaker": "Một giáo viên huyện Ba Vì",
            "said_on": date(2023, 6, 1),
            "source": "Phiếu góp ý",
        }
    ),
)
PHOTO = MediaItem.model_validate(
    {
        "id": "sinh-hoat-chung",
        "file": "sinh-hoat-chung.png",
        "kind": "minh-hoa",
        "alt": "Giáo viên ngồi quanh một bàn lớn",
        "caption": "Giáo viên hai bên trong buổi sinh hoạt chuyên đề.",
        "credit": "Ban biên tập",
    }
)


def counted(counts: dict[str, int], *, period: Period = YEAR, stem: str = "A", **fields: object) -> list[Entry]:
    """Statistical rows: so many of a thing in each district."""
    return [
        statistic(f"TK-{stem}-{number}", period=period, unit=unit, count=count, **fields)
        for number, (unit, count) in enumerate(counts.items(), 1)
        if count
    ]


SCHOOL_LEVEL = dict(zip(DISTRICTS, (300, 200, 100, 28), strict=True))  # 628
DISTRICT_LEVEL = dict(zip(DISTRICTS, (60, 60, 39, 1), strict=True))  # 160


def desk(
    *more: Entry,
    missing: tuple[str, ...] = (),
    school_level: dict[str, int] | None = None,
    district_level: dict[str, int] | None = None,
    issued: date = date(2023, 8, 20),
    units: Registry = worlds.REGISTRY,
    period: Period = YEAR,
) -> Desk:
    """A desk for the first eight months: 628 and 160 chuyên đề on the books, all districts but `missing` have reported."""
    rows = (
        *counted(SCHOOL_LEVEL if school_level is None else school_level, level="truong", topic="kiem-tra-danh-gia"),
        *counted(DISTRICT_LEVEL if district_level is None else district_level, stem="B", level="huyen"),
        *counted({DISTRICTS[0]: 7}, stem="C", of="hoi-thao"),
        agreement("GU-1", parties=["pgd-cau-giay", "pgd-phuc-tho"], kind="giao-uoc-cap-huyen"),
        agreement("GU-2", parties=["pgd-ba-dinh", "pgd-ba-vi"], kind="giao-uoc-cap-huyen"),
        *(submission(f"NB-{unit}", unit) for unit in DISTRICTS if unit not in missing),
        *more,
    )
    return _seated(rows, period, worlds.AS_OF, None, issued=issued, units=units)


def compared(new: int, old: int, *, missing_before: bool = False) -> Desk:
    """A desk for the school year after, where Cầu Giấy held `new` and, the year before, `old` chuyên đề."""
    rows = (
        *counted({DISTRICTS[0]: old}, level="truong"),
        *counted({DISTRICTS[0]: new}, stem="B", period=NEXT_YEAR, level="truong"),
        agreement("GU-1", on=date(2022, 12, 20), kind="giao-uoc-cap-huyen", parties=["pgd-cau-giay", "pgd-phuc-tho"]),
        *(submission(f"NB-{unit}", unit) for unit in DISTRICTS[missing_before:]),
        *(submission(f"NC-{unit}", unit, period=NEXT_YEAR, on=date(2024, 8, 5)) for unit in DISTRICTS),
    )
    return _seated(rows, NEXT_YEAR, date(2024, 8, 10), LAST_YEAR, issued=date(2024, 8, 20), units=worlds.REGISTRY)


def _seated(
    rows: tuple[Entry, ...], period: Period, as_of: date, previous: Period | None, *, issued: date, units: Registry
) -> Desk:
    library = replace(
        worlds.library(rows, METRICS, units),
        people={PERSON.id: PERSON},
        quotes={quote.id: quote for quote in QUOTES},
        media={PHOTO.id: PHOTO},
    )
    return Desk(library, tabulate(rows, units), period, as_of, previous, issued=issued)
