"""Statistical rows: a unit reports a count instead of single records; allowed, and marked wherever it is shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chungtay_reports.records.activity import ACTIVITY_KINDS, Counts, Support
from chungtay_reports.records.agreement import AGREEMENT_KINDS
from chungtay_reports.records.fields import Count, Note, Recorded, RecordId, Span, Topic, UnitId, among
from chungtay_reports.settings import Strict

STATISTIC_KINDS: dict[str, str] = {"thong-ke": "dòng thống kê"}
COUNTED_KINDS: dict[str, str] = {**AGREEMENT_KINDS, **ACTIVITY_KINDS}


class Statistic(Strict):
    """`count` records of kind `of` in `period`, not listed one by one. A distinct count takes it as so many more."""

    id: RecordId
    kind: Literal["thong-ke"]
    of: Annotated[str, among(COUNTED_KINDS)] = Field(
        description="Loại được đếm", json_schema_extra={"enum": list(COUNTED_KINDS)}
    )
    unit: UnitId = Field(description="Đơn vị báo cáo")
    period: Span
    count: Count = Field(description="Số lượng")
    school_level: Literal["mam-non", "tieu-hoc", "thcs", "thpt", "gdnn-gdtx"] | None = Field(
        default=None, description="Cấp học"
    )
    level: Literal["thanh-pho", "huyen", "truong"] | None = None
    mode: Literal["truc-tiep", "truc-tuyen", "ket-hop"] | None = None
    topic: Topic | None = Field(default=None, description="Nhóm nội dung")
    counts: Counts = Counts()
    support: Support | None = None
    note: Note | None = None
    illustration: bool = False
    recorded: Recorded
