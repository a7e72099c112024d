"""Placeholders that name: units, the movement, the organisation; and that say days and periods."""

from __future__ import annotations

import re
from datetime import date, timedelta

from chungtay_reports.edition import Inlines
from chungtay_reports.figures.derived import Refused
from chungtay_reports.model import Period
from chungtay_reports.prose.placeholders.parameters import Bound, Parameter
from chungtay_reports.prose.placeholders.scene import Scene
from chungtay_reports.vietnamese import duration, month_year, official_date, press_date, weekday

UNIT_STYLES = {"": "", "day_du": "full", "ngan": "short", "chinh_thuc": "official"}
UNIT = (
    Parameter("ma", "unit", "mã đơn vị trong danh mục", required=True),
    Parameter("kieu", "choice", "cách viết", default="", choices=("day_du", "ngan", "chinh_thuc")),
)
DAY = (
    Parameter(
        "ngay",
        "text",
        "tinh_den, phat_hanh, bat_dau, ket_thuc, phat_dong, hoặc '2023-08-15', '2023-08', '2023'",
        default="tinh_den",
    ),
    Parameter(
        "kieu", "choice", "cách viết", default="bao", choices=("bao", "khong_nam", "thang", "nam", "thu", "hanh_chinh")
    ),
)
PERIOD_STYLE = (
    Parameter("ky", "period", "kỳ; để trống là kỳ của bài"),
    Parameter(
        "kieu", "choice", "gọi tên hay nói từ tháng nào đến tháng nào", default="ten", choices=("ten", "thang", "ngay")
    ),
)
SPAN = (Parameter("ky", "period", "kỳ; để trống là kỳ của bài"),)
ORGANISATION = (Parameter("kieu", "choice", "cách viết", default="", choices=("day_du", "ngan")),)


def ten(scene: Scene, given: Bound) -> Inlines:
    """Name a unit as of the reported days: in full first, then “Phòng GD&ĐT quận …”, then “Cầu Giấy”."""
    registry, (id_, *_) = scene.desk.library.registry, given.many("ma")
    unit = registry.units[id_]
    day = min(scene.desk.period.end, unit.valid_to or date.max)
    first = scene.first(f"unit:{id_}")
    style = UNIT_STYLES[given.text("kieu")]
    if not style:
        style = _unit_style(scene, id_, first=first)
    name = registry.name(id_, day, style)
    now = registry.now(id_, scene.today) if first else ""
    return scene.text(f"{name} {now}".strip())


def _unit_style(scene: Scene, id_: str, *, first: bool) -> str:
    """An abbreviation is explained once in a text (“(GD&ĐT)”); a unit is named in full once, an office twice."""
    registry = scene.desk.library.registry
    tier = registry.tier(id_)
    if first and tier.first and tier.first != tier.running:
        return "first" if scene.first(f"first:{_abbreviation(tier.first)}") else "full"
    office = tier.group == "co-quan"
    return "full" if first or (office and scene.mentions[f"unit:{id_}"] <= 2) else "short"


def _abbreviation(text: str) -> str:
    found = re.search(r"\(([^)]*)\)", text)
    return found[1] if found else text


def phong_trao(scene: Scene, _: Bound) -> Inlines:
    """Name the movement in quotation marks."""
    return scene.text(f"“{scene.desk.library.settings.movement.name}”")


def co_quan(scene: Scene, given: Bound) -> Inlines:
    """Name the organisation: in full with its abbreviation at first mention, then short."""
    organisation = scene.desk.library.settings.organisation
    first = scene.first("organisation")
    style = given.text("kieu") or ("day_du" if first else "ngan")
    if style == "ngan":
        return scene.text(organisation.short)
    full, short = "Giáo dục và Đào tạo", "GD&ĐT"
    name = organisation.name
    if full in name and short in organisation.short and scene.first(f"first:{short}"):
        name = name.replace(full, f"{full} ({short})", 1)
    return scene.text(name)


def ngay(scene: Scene, given: Bound) -> Inlines:
    """Print a day of the edition or a given one: 15/8/2023; a month or a year comes with its noun (“tháng 8/2023”)."""
    text = given.text("ngay")
    days = {
        "tinh_den": scene.desk.as_of,
        "phat_hanh": scene.today,
        "bat_dau": scene.desk.period.start,
        "ket_thuc": scene.desk.period.end,
        "phat_dong": scene.desk.library.settings.movement.start,
    }
    if text in days:
        return scene.text(_day(days[text], given.text("kieu")))
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        raise Refused(
            f"ngày “{text}” phải là một trong {', '.join(days)}, hoặc viết như '2023-08-15', '2023-08', '2023'"
        )
    try:
        day = date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        raise Refused(f"không có ngày “{text}” trên lịch") from None
    style = {4: "nam", 7: "thang"}.get(len(text)) or given.text("kieu")
    return scene.text(_day(day, style))


def _day(day: date, style: str) -> str:
    match style:
        case "khong_nam":
            return press_date(day, year=False)
        case "thang":
            return month_year(day)
        case "nam":
            return f"năm {day.year}"
        case "thu":
            return f"{weekday(day)}, ngày {press_date(day)}"
        case "hanh_chinh":
            return official_date(day)
    return press_date(day)


def ky(scene: Scene, given: Bound) -> Inlines:
    """Name a period: “năm học 2022-2023”, or “từ tháng 12/2022 đến hết tháng 7/2023”."""
    period = given.period or scene.desk.period
    style = given.text("kieu")
    if style == "ten" and period.name:
        return scene.text(period.name)
    if period.start == period.end:
        return scene.text(f"ngày {press_date(period.start)}")
    if style == "ngay" or not _whole_months(period):
        return scene.text(f"từ ngày {press_date(period.start)} đến hết ngày {press_date(period.end)}")
    first, last = month_year(period.start), month_year(period.end)
    return scene.text(first if first == last else f"từ {first} đến hết {last}")


def thoi_gian(scene: Scene, given: Bound) -> Inlines:
    """Say how long a period is: tám tháng."""
    return scene.text(duration(given.period or scene.desk.period))


def _whole_months(period: Period) -> bool:
    return period.start.day == 1 and (period.end + timedelta(days=1)).day == 1
