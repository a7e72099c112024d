"""A report's specification as its author wrote it: written once, produced for every unit and school year that it names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import Field

from chungtay_reports.errors import Code, Place, Problem
from chungtay_reports.model import Period
from chungtay_reports.records.fields import UnitId
from chungtay_reports.settings import SHARE, AllowedNumber, MonthDay, Share, Strict, Text
from chungtay_reports.source.days import Moment
from chungtay_reports.source.files import Parsed
from chungtay_reports.source.forms import written
from chungtay_reports.workspace.front_matter import read_headed

NO_FRONT_MATTER = Code("N101", "tệp báo cáo phải bắt đầu bằng dòng “---”, phần khai báo, rồi dòng “---” thứ hai")

_SCHOOL_YEAR = r"^\d{4}-\d{4}$"
SchoolYear = Annotated[
    str,
    Field(pattern=_SCHOOL_YEAR, description="Năm học, ví dụ 2023-2024"),
    written(_SCHOOL_YEAR, "cả hai năm, ví dụ 2023-2024"),
]
Line = Annotated[str, Field(min_length=1, max_length=600)]


class YearDays(Strict):
    """The days of a school year that are reported on, the same ones every year (MM-DD)."""

    start: MonthDay = Field(alias="from", description="Từ ngày (MM-DD)")
    end: MonthDay = Field(alias="to", description="Đến hết ngày (MM-DD)")


class ReportFront(Strict):
    """The head of content/reports/*.md. Texts may name facts of the unit: `$don_vi`, `$co_quan`, `$ten`."""

    title: Line = Field(description="Trích yếu, có thể có chỗ điền: {{ phong_trao() }}, {{ ky() }}")
    each: Literal["unit", "office"] = Field(
        default="unit", description="unit: mỗi đơn vị một báo cáo; office: một báo cáo của Sở"
    )
    groups: list[Text] = Field(default=[], description="Nhóm đơn vị phải báo cáo: cap-huyen, cap-xa")
    years: Annotated[list[SchoolYear], Field(min_length=1, description="Các năm học có báo cáo này")]
    build: list[SchoolYear] = Field(default=[], description="Năm học dựng sẵn khi không nêu --year; để trống là tất cả")
    period: YearDays = Field(description="Kỳ số liệu trong năm học: {from: 09-01, to: 05-31}")
    as_of: MonthDay = Field(description="Số liệu tính đến ngày, sau ngày cuối kỳ; tháng ấy cũng là tháng ban hành")
    symbol: Text = Field(default="BC", description="Ký hiệu loại văn bản, đứng trước ký hiệu cơ quan")
    type_name: Text = Field(default="BÁO CÁO", description="Tên loại văn bản")
    to: list[Line] = Field(default=[], description="Kính gửi")
    bases: list[Line] = Field(default=[], description="Căn cứ, mỗi căn cứ một dòng in nghiêng")
    opening: Annotated[str, Field(min_length=1, max_length=2000, description="Câu dẫn, kết thúc “như sau:”")]
    closing: Annotated[str, Field(min_length=1, max_length=1000, description="Câu kết, không có dấu ./.")]
    recipients: list[Line] = Field(default=[], description="Nơi nhận, mỗi nơi một dòng, không có dấu ; cuối dòng")
    outline: Text = Field(description="Tên khung nội dung: tệp templates/official/<tên>.yaml")
    annexes: list[Text] = Field(default=[], description="Các phụ lục, theo thứ tự")
    empty: str = Field(
        default="",
        max_length=80,
        description="Câu ghi ở mục không có số liệu, ví dụ “Không phát sinh.”; để trống: bỏ mục",
    )
    coverage: Share = Field(
        default="",
        description=f"Mức bao phủ tối thiểu để công bố: {SHARE}. Với báo cáo của một đơn vị: chính đơn vị phải gửi đủ",
    )
    embargo: Moment | None = Field(default=None, description="Không công bố trước ngày giờ này, có múi giờ")
    allow_numbers: list[AllowedNumber] = Field(default=[], description="Số được phép gõ tay, kèm lý do")


class OfficeRow(Strict):
    """How the office of a kind of unit stands on paper, as in content/offices.yaml. Texts may name `$don_vi`, `$DON_VI`."""

    tiers: list[UnitId] = Field(description="Loại đơn vị: quan, huyen, thi-xa, phuong, xa, so")
    superior: Annotated[list[Line], Field(min_length=1, description="Cơ quan chủ quản, chữ hoa: UBND $DON_VI")]
    office: Annotated[list[Line], Field(min_length=1, description="Cơ quan ban hành, chữ hoa, mỗi dòng một mục")]
    name: Line = Field(description="Tên cơ quan trong câu: Phòng Giáo dục và Đào tạo $don_vi")
    symbol: Line = Field(description="Ký hiệu cơ quan sau “BC-”: PGDĐT")
    place: Line = Field(default="$ten", description="Địa danh trước ngày tháng")
    signature: Annotated[list[Line], Field(min_length=1, description="Quyền hạn, chức vụ người ký, mỗi dòng một mục")]
    signer: str = Field(default="", max_length=80, description="Họ tên người ký; để trống cho văn thư điền")


@dataclass(frozen=True, slots=True)
class Report:
    """A specification that has been read; `body` is its author's note to colleagues and is not printed."""

    slug: str
    file: str
    front: ReportFront
    parsed: Parsed

    def place(self, *path: str | int) -> Place:
        """Return where the first character of a front matter text stands."""
        return self.parsed.text_place(path)

    def period(self, year: str) -> Period:
        """Return the days of a school year that are reported on, named “năm học 2023-2024”."""
        days = self.front.period
        return Period(_day(year, days.start, days.start), _day(year, days.end, days.start), f"năm học {year}")

    def as_of(self, year: str) -> date:
        """Return the day up to which records count: the first such day after the period."""
        end = self.period(year).end
        day = date.fromisoformat(f"{end.year}-{self.front.as_of}")
        return day if day >= end else day.replace(year=end.year + 1)

    def previous(self, year: str, movement: date) -> Period | None:
        """Return the same days of the school year before, None when the movement had not begun by their end."""
        first = int(year[:4]) - 1
        period = self.period(f"{first}-{first + 1}")
        return period if period.end >= movement else None


def _day(year: str, month_day: str, start: str) -> date:
    """Date a day of a school year: from `start` (MM-DD) on in its first calendar year, before it in the second."""
    return date.fromisoformat(f"{year[:4] if month_day >= start else year[5:]}-{month_day}")


def read_report(root: Path, relative: str) -> tuple[Report | None, tuple[Problem, ...]]:
    """Read one specification; whatever goes wrong with it is a problem of this file."""
    found, problems = read_headed(root, relative, ReportFront, NO_FRONT_MATTER)
    return (Report(PurePosixPath(relative).stem, relative, found.front, found.parsed) if found else None), problems
