"""Agreements: pacts of offices, memoranda of schools, commitments, connection plans, partners from outside."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chungtay_reports.records.fields import (
    Booked,
    Corrections,
    Illustration,
    Note,
    RecordId,
    Removed,
    Span,
    Title,
    UnitId,
    among,
)
from chungtay_reports.settings import Strict
from chungtay_reports.source.days import Day

PACT, PLAN = "giao-uoc-cap-huyen", "ke-hoach-ket-noi"
AGREEMENT_KINDS: dict[str, str] = {
    PACT: "giao ước cấp quận, huyện",
    "ghi-nho-song-phuong": "biên bản ghi nhớ song phương",
    "cam-ket-giao-uoc": "cam kết giao ước",
    PLAN: "kế hoạch kết nối",
    "ket-nghia": "kết nghĩa",
    "doi-tac-ngoai": "phối hợp với đối tác ngoài ngành",
}


class PlanTask(Strict):
    """A task of a connection plan: late when `due` has passed without `done_on`."""

    task: Title = Field(description="Đầu việc")
    due: Day = Field(description="Hạn hoàn thành")
    done_on: Day | None = Field(default=None, description="Ngày hoàn thành")


class Agreement(Strict):
    """A document that two or more units signed."""

    id: RecordId
    kind: Annotated[str, among(AGREEMENT_KINDS)] = Field(
        description="Loại giao ước", json_schema_extra={"enum": list(AGREEMENT_KINDS)}
    )
    parties: Annotated[list[UnitId], Field(min_length=2, max_length=40, description="Các bên ký, hai bên trở lên")]
    signed_on: Day = Field(description="Ngày ký")
    number: str | None = Field(default=None, max_length=60, description="Số, ký hiệu văn bản")
    title: Title | None = Field(default=None, description="Tên hoặc trích yếu văn bản")
    valid: Span | None = Field(default=None, description="Thời hạn")
    plan: list[PlanTask] = Field(default=[], description="Lộ trình, đầu việc")
    note: Note | None = Field(default=None, description="Ghi chú")
    illustration: Illustration = False
    same_as: RecordId | None = Field(
        default=None, description="Mã bản ghi của bên kia về cùng văn bản này; chỉ tính một lần"
    )
    recorded: Booked
    corrections: Corrections = []
    removed: Removed = None
