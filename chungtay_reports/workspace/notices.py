"""Notices as `chungtay correct` and `chungtay withdraw` write them: what readers are told about an edition."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from chungtay_reports.edition import Change, Notice
from chungtay_reports.errors import Problem
from chungtay_reports.settings import Strict, Text
from chungtay_reports.source.days import Day, Moment
from chungtay_reports.source.files import Parsed, read_yaml, to_model

FOLDER = "content/notices"
Words = Annotated[str, Field(max_length=1000)]


class ChangeRow(Strict):
    """One thing that is set right."""

    label: Words = Field(description="Chỉ tiêu hoặc chỗ được sửa")
    where: Words = Field(description="In ở đâu: tít, sapo, đoạn 2 …")
    old: Words = Field(description="Đã in")
    new: Words = Field(description="Nay đọc là")


class NoticeRow(Strict):
    """One notice."""

    kind: Literal["dinh-chinh", "thu-hoi"] = Field(description="dinh-chinh: đính chính; thu-hoi: thu hồi")
    on: Day = Field(description="Ngày ra thông báo")
    reason: Text = Field(description="Lý do, một câu, in nguyên văn")
    title: Words = Field(description="Tên của bản đã công bố")
    version: Annotated[str, Field(pattern=r"^v[1-9]\d{0,4}$", description="Bản đã công bố được nói đến, ví dụ v1")]
    published: Moment = Field(description="Bản ấy công bố lúc nào")
    as_of: Day = Field(
        description="Từ nay ấn phẩm tính số liệu đến ngày này; bản dựng tính đến ngày sớm hơn không mang thông báo"
    )
    changes: list[ChangeRow] = Field(default=[], description="Những chỗ được sửa")

    @property
    def notice(self) -> Notice:
        changes = tuple(Change(row.label, row.old, row.new, row.where) for row in self.changes)
        return Notice(self.kind, self.on, self.reason, self.title, self.version, self.published, self.as_of, changes)


class NoticeSheet(Strict):
    """The whole of content/notices/<key>.yaml, oldest notice first."""

    notices: Annotated[list[NoticeRow], Field(min_length=1, description="Các thông báo, cũ trước mới sau")]


@dataclass(frozen=True, slots=True)
class Noticed:
    """A sheet of notices where it stands; `key` names the edition."""

    key: str
    file: str
    sheet: NoticeSheet
    parsed: Parsed

    @property
    def newest_first(self) -> tuple[Notice, ...]:
        return tuple(row.notice for row in reversed(self.sheet.notices))


def read_notices(root: Path, file: str) -> tuple[Noticed | None, tuple[Problem, ...]]:
    """Read one sheet; whatever is wrong with it is a problem of this file."""
    parsed, problems = read_yaml(root, file)
    if parsed is None:
        return None, problems
    sheet, reasons = to_model(parsed, (), NoticeSheet)
    key = file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
    return (Noticed(key, file, sheet, parsed) if sheet else None), (*problems, *reasons)
