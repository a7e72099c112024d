"""Submissions: a unit says that it has reported for a period, also when it had nothing to report."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from chungtay_reports.days import Day
from chungtay_reports.records.fields import Note, Recorded, RecordId, Span, UnitId
from chungtay_reports.settings import Strict

SUBMISSION_KINDS: dict[str, str] = {"nop-bao-cao": "nộp báo cáo"}


class Submission(Strict):
    """`unit` has reported everything (`complete`) or a part for `period`; coverage counts complete ones."""

    id: RecordId
    kind: Literal["nop-bao-cao"]
    unit: UnitId
    period: Span
    on: Day = Field(description="Ngày nộp")
    complete: bool = Field(description="Đã đủ số liệu của kỳ")
    nothing_to_report: bool = Field(default=False, description="Kỳ này không phát sinh hoạt động")
    note: Note | None = None
    illustration: bool = False
    recorded: Recorded
