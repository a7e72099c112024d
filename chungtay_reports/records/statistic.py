"""Statistical rows: a unit reports a count instead of single records; allowed, and marked wherever it is shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chungtay_reports.records.activity import ACTIVITY_KINDS, Counts, Support
from chungtay_reports.records.agreement import AGREEMENT_KINDS
from chungtay_reports.records.fields import (
    Booked,
    Corrections,
    Count,
    Illustration,
    Note,
    RecordId,
    Removed,
    Span,
    Topic,
    UnitId,
    among,
)
from chungtay_reports.settings import Strict

STATISTIC_KINDS: dict[str, str] = {"thong-ke": "dòng thống kê"}
COUNTED_KINDS: dict[str, str] = {**AGREEMENT_KINDS, **ACTIVITY_KINDS}


class Statistic(Strict):
    """`count` records of kind `of` in `period`, not listed one by one. A distinct count takes it as so many more."""

    id: RecordId
    kind: Literal["thong-ke"] = Field(description="Loại bản ghi: dòng thống kê")
    of: Annotated[str, among(COUNTED_KINDS)] = Field(
        description="Loại được đếm", json_schema_extra={"enum": list(COUNTED_KINDS)}
    )
    unit: UnitId = Field(description="Đơn vị báo cáo")
    period: Span = Field(description="Kỳ được đếm: {from, to}")
    count: Count = Field(description="Số lượng")
    school_level: Literal["mam-non", "tieu-hoc", "thcs", "thpt", "gdnn-gdtx"] | None = Field(
        default=None, description="Cấp học"
    )
    level: Literal["thanh-pho", "huyen", "truong"] | None = Field(default=None, description="Cấp tổ chức")
    mode: Literal["truc-tiep", "truc-tuyen", "ket-hop"] | None = Field(default=None, description="Hình thức")
    topic: Topic | None = Field(default=None, description="Nhóm nội dung")
    counts: Counts = Field(default=Counts(), description="Số đếm cộng của mọi lần: buổi, tiết, giáo viên…")
    support: Support | None = Field(default=None, description="Hỗ trợ, cộng của mọi lần")
    note: Note | None = Field(default=None, description="Ghi chú, ví dụ vì sao không kê từng lần")
    illustration: Illustration = False
    recorded: Booked
    corrections: Corrections = []
    removed: Removed = None
