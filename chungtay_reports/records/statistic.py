"""Statistical rows: a unit reports a count instead of single records; allowed, and marked wherever it is shown."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from chungtay_reports.records.activity import ACTIVITY_KINDS, Counts, Support
from chungtay_reports.records.agreement import AGREEMENT_KINDS
from chungtay_reports.records.fields import TOPICS, Count, Note, Recorded, RecordId, Span, UnitId
from chungtay_reports.settings import Strict

STATISTIC_KINDS: dict[str, str] = {"thong-ke": "dòng thống kê"}


class Statistic(Strict):
    """`count` records of kind `of` in `period`, not listed one by one. A distinct count takes it as so many more."""

    id: RecordId
    kind: Literal["thong-ke"]
    of: str = Field(description="Loại được đếm", json_schema_extra={"enum": [*AGREEMENT_KINDS, *ACTIVITY_KINDS]})
    unit: UnitId = Field(description="Đơn vị báo cáo")
    period: Span
    count: Count = Field(description="Số lượng")
    school_level: Literal["mam-non", "tieu-hoc", "thcs", "thpt", "gdnn-gdtx"] | None = Field(
        default=None, description="Cấp học"
    )
    level: Literal["thanh-pho", "huyen", "truong"] | None = None
    mode: Literal["truc-tiep", "truc-tuyen", "ket-hop"] | None = None
    topic: str | None = Field(default=None, json_schema_extra={"enum": list(TOPICS)})
    counts: Counts = Counts()
    support: Support | None = None
    note: Note | None = None
    illustration: bool = False
    recorded: Recorded
