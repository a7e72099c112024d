"""Activities: what partners did together, from a chuyên đề to the support of pupils."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chungtay_reports.records.fields import (
    LEVELS,
    MODES,
    Booked,
    Corrections,
    Count,
    Dong,
    Illustration,
    Note,
    RecordId,
    Removed,
    Title,
    Topic,
    UnitId,
    among,
)
from chungtay_reports.settings import Strict
from chungtay_reports.source.days import Day

ACTIVITY_KINDS: dict[str, str] = {
    "chuyen-de": "chuyên đề",
    "giao-luu-chuyen-mon": "giao lưu chuyên môn",
    "hoi-thao": "hội thảo",
    "day-truc-tuyen": "dạy trực tuyến",
    "van-hoa-van-nghe": "văn hóa, văn nghệ",
    "the-thao": "thể dục, thể thao",
    "tham-quan": "tham quan, học tập",
    "ho-tro-hoc-sinh": "hỗ trợ học sinh",
    "ho-tro-co-so-vat-chat": "hỗ trợ cơ sở vật chất",
    "chia-se-hoc-lieu": "chia sẻ tài khoản, học liệu",
    "nhan-rong-mo-hinh": "nhân rộng mô hình",
}


class Counts(Strict):
    """What was counted; counts of different things are never added to each other."""

    sessions: Count | None = Field(default=None, description="Số buổi")
    periods: Count | None = Field(default=None, description="Số tiết")
    classes: Count | None = Field(default=None, description="Số lớp")
    schools: Count | None = Field(default=None, description="Số trường tham gia, khi không kê từng trường")
    teachers: Count | None = Field(default=None, description="Số giáo viên (trong nhiều hoạt động: lượt giáo viên)")
    students: Count | None = Field(default=None, description="Số học sinh (trong nhiều hoạt động: lượt học sinh)")
    accounts: Count | None = Field(default=None, description="Số tài khoản được cấp")


class Goods(Strict):
    """One kind of goods that was given."""

    name: Title = Field(description="Tên hiện vật")
    quantity: Count = Field(description="Số lượng")
    unit: str = Field(min_length=1, max_length=40, description="Đơn vị tính: bộ, quyển, chiếc…")
    value: Dong | None = Field(default=None, description="Giá trị quy đổi, đồng")


class Support(Strict):
    """Support in money, goods and sponsorship."""

    money: Dong | None = Field(default=None, description="Tiền mặt, đồng")
    goods: list[Goods] = Field(default=[], description="Hiện vật, mỗi loại một mục")
    sponsored: Count | None = Field(default=None, description="Số học sinh được nhận nuôi, đỡ đầu")
    pupils: Count | None = Field(default=None, description="Số học sinh được hỗ trợ")
    source: str | None = Field(default=None, max_length=200, description="Nguồn hỗ trợ")


class Activity(Strict):
    """Something that happened on a day (`date`) or over days (`from`/`to`)."""

    id: RecordId
    kind: Annotated[str, among(ACTIVITY_KINDS)] = Field(
        description="Loại hoạt động", json_schema_extra={"enum": list(ACTIVITY_KINDS)}
    )
    title: Title = Field(description="Tên hoạt động")
    day: Day | None = Field(default=None, alias="date", description="Ngày diễn ra")
    start: Day | None = Field(default=None, alias="from", description="Từ ngày")
    end: Day | None = Field(default=None, alias="to", description="Đến ngày")
    host: UnitId = Field(description="Đơn vị chủ trì")
    partners: list[UnitId] = Field(default=[], max_length=60, description="Các đơn vị phối hợp")
    agreement: RecordId | None = Field(default=None, description="Mã giao ước mà hoạt động thực hiện")
    level: Literal["thanh-pho", "huyen", "truong"] | None = Field(
        default=None, description=f"Cấp tổ chức: {', '.join(LEVELS)}"
    )
    mode: Literal["truc-tiep", "truc-tuyen", "ket-hop"] | None = Field(
        default=None, description=f"Hình thức: {', '.join(MODES)}"
    )
    direction: Literal["ra-ngoai-thanh", "vao-noi-thanh"] | None = Field(
        default=None, description="Chiều tham quan: học sinh nội thành ra, hay ngoại thành vào"
    )
    topics: list[Topic] = Field(default=[], description="Nhóm nội dung; nhóm đầu là nhóm chính")
    subject: str | None = Field(default=None, max_length=80, description="Môn học")
    venue: str | None = Field(default=None, max_length=200, description="Địa điểm")
    counts: Counts = Field(default=Counts(), description="Số đếm: buổi, tiết, lớp, giáo viên, học sinh…")
    support: Support | None = Field(default=None, description="Hỗ trợ bằng tiền, hiện vật, nhận đỡ đầu")
    result: Note | None = Field(default=None, description="Kết quả")
    illustration: Illustration = False
    same_as: RecordId | None = Field(
        default=None, description="Mã bản ghi của bên kia về cùng hoạt động này; chỉ tính một lần"
    )
    recorded: Booked
    corrections: Corrections = []
    removed: Removed = None
