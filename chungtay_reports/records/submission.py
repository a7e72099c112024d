"""Submissions: a unit says that it has reported for a period, also when it had nothing to report."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from chungtay_reports.records.fields import Booked, Corrections, Illustration, Note, RecordId, Removed, Span, UnitId
from chungtay_reports.settings import Strict
from chungtay_reports.source.days import Day

SUBMISSION_KINDS: dict[str, str] = {"nop-bao-cao": "nộp báo cáo"}


class Submission(Strict):
    """`unit` has reported everything (`complete`) or a part for `period`; coverage counts complete ones."""

    id: RecordId
    kind: Literal["nop-bao-cao"] = Field(description="Loại bản ghi: nộp báo cáo")
    unit: UnitId = Field(description="Đơn vị nộp")
    period: Span = Field(description="Kỳ báo cáo: {from, to}")
    on: Day = Field(description="Ngày nộp")
    complete: bool = Field(description="Đã đủ số liệu của kỳ")
    nothing_to_report: bool = Field(default=False, description="Kỳ này không phát sinh hoạt động")
    note: Note | None = Field(default=None, description="Ghi chú")
    illustration: Illustration = False
    recorded: Booked
    corrections: Corrections = []
    removed: Removed = None
