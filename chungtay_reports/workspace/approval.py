"""Approvals as `chungtay approve` writes them: who approved an edition, and what it said then."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from chungtay_reports.errors import Problem
from chungtay_reports.settings import Strict
from chungtay_reports.source.days import Day
from chungtay_reports.source.files import Parsed, read_yaml, to_model
from chungtay_reports.workspace.editorial import ItemId

FOLDER = "content/approvals"
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256, chữ thường")]
Words = Annotated[str, Field(max_length=4000)]


class ApprovalRow(Strict):
    """One person's approval."""

    by: ItemId = Field(description="Mã người duyệt trong content/people.yaml")
    on: Day = Field(description="Ngày duyệt")


class Digests(Strict):
    """The fingerprint of what was approved."""

    figures: Digest
    text: Digest


class FigureSeen(Strict):
    """A figure as the approver saw it."""

    id: Words
    label: Words
    value: Words
    printed: Words


class ApprovalSheet(Strict):
    """The whole of content/approvals/<key>.yaml; `lines` are “digest where”, in reading order."""

    approvals: Annotated[list[ApprovalRow], Field(min_length=1, description="Những người đã duyệt")]
    as_of: Day = Field(description="Số liệu tính đến ngày nào khi duyệt")
    fingerprint: Digests
    figures: list[FigureSeen] = Field(default=[], description="Các con số người duyệt đã thấy")
    lines: list[Words] = Field(default=[], description="Mã của từng dòng chữ, rồi chỗ của nó")
    seal: Words = Field(default="", description="Niêm của phiếu: SHA-256 của mọi điều ghi ở trên; sửa tay thì niêm vỡ")


@dataclass(frozen=True, slots=True)
class Approved:
    """A sheet of approvals where it stands; `key` names the edition."""

    key: str
    file: str
    sheet: ApprovalSheet
    parsed: Parsed


def read_approval(root: Path, file: str) -> tuple[Approved | None, tuple[Problem, ...]]:
    """Read one sheet; whatever is wrong with it is a problem of this file."""
    parsed, problems = read_yaml(root, file)
    if parsed is None:
        return None, problems
    sheet, reasons = to_model(parsed, (), ApprovalSheet)
    key = file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
    return (Approved(key, file, sheet, parsed) if sheet else None), (*problems, *reasons)
