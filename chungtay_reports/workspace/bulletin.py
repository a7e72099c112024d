"""A bulletin as its author wrote it: YAML front matter and prose, both with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import Field

from chungtay_reports.errors import Code, Place, Problem
from chungtay_reports.model import Period
from chungtay_reports.settings import SHARE, AllowedNumber, Share, Strict, Text
from chungtay_reports.source.days import Day, Moment
from chungtay_reports.source.files import Parsed
from chungtay_reports.workspace.editorial import ItemId
from chungtay_reports.workspace.front_matter import read_headed

SLUG = Code("W123", "tên tệp bản tin chỉ gồm chữ thường không dấu, chữ số và gạch nối, ví dụ 2023-08-tong-ket.md")

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?", re.ASCII)
_LINE = 600  # characters of a headline or a sapo with its placeholders


class EditionPeriod(Strict):
    """The days that an edition reports on; `name` is how prose calls them."""

    start: Day = Field(alias="from", description="Từ ngày")
    end: Day = Field(alias="to", description="Đến hết ngày")
    name: str = Field(default="", max_length=60, description="Cách gọi trong bài, ví dụ “năm học 2022-2023”")

    @property
    def period(self) -> Period:
        """The same days as a `Period`."""
        return Period(self.start, self.end, self.name)


class KeyFigureLine(Strict):
    """One cell of the strip of big numbers."""

    number: Annotated[str, Field(min_length=1, max_length=_LINE, description="Số lớn, viết bằng chỗ điền số")]
    label: Annotated[str, Field(min_length=1, max_length=_LINE, description="Số ấy đếm gì")]


class FrontMatter(Strict):
    """The head of content/bulletins/*.md."""

    title: Annotated[str, Field(min_length=1, max_length=_LINE, description="Tít, có thể có chỗ điền số")]
    sapo: str = Field(default="", max_length=2 * _LINE, description="Sapo, một đến hai câu")
    issue: str = Field(default="", max_length=40, description="Số bản tin, ví dụ “02/2023”")
    issued: Moment = Field(description="Ngày giờ phát hành, có múi giờ: 2023-08-20T09:00:00+07:00")
    period: EditionPeriod = Field(description="Kỳ số liệu: {from, to, name}")
    as_of: Day = Field(description="Số liệu tính đến hết ngày")
    compare_with: EditionPeriod | None = Field(default=None, description="Kỳ trước để so sánh: {from, to, name}")
    category: str = Field(default="Tin tức", max_length=80, description="Chuyên mục")
    source_tag: str = Field(default="", max_length=40, description="Thẻ nguồn đầu sapo, ví dụ “LĐTĐ”")
    byline: str = Field(default="", max_length=120, description="Bút danh, cuối bài")
    photos: list[ItemId] = Field(default=[], description="Mã ảnh; ảnh đầu đứng đầu bài")
    key_figures: Annotated[list[KeyFigureLine], Field(max_length=6)] = Field(default=[], description="Dải số nổi bật")
    related: list[ItemId] = Field(default=[], description="Bản tin liên quan: tên tệp, không có .md")
    keywords: list[Text] = Field(default=[], description="Từ khóa")
    storyline: bool = Field(default=False, description="Để máy tự viết phần lời từ số liệu")
    coverage: Share = Field(default="", description=f"Mức bao phủ tối thiểu để công bố: {SHARE}")
    embargo: Moment | None = Field(default=None, description="Không công bố trước ngày giờ này, có múi giờ")
    allow_numbers: list[AllowedNumber] = Field(default=[], description="Số được phép gõ tay, kèm lý do")


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin that has been read; its prose is not yet."""

    slug: str
    file: str
    front: FrontMatter
    body: str
    body_line: int  # the file's line at which `body` begins
    parsed: Parsed  # of the front matter

    @property
    def folder(self) -> str:
        """Where its documents go, below build/; see `Edition.folder`."""
        return self.slug

    def place(self, *path: str | int) -> Place:
        """Return where the first character of a front matter text stands (`place("key_figures", 0, "number")`)."""
        return self.parsed.text_place(path)

    @property
    def period(self) -> Period:
        """The days that the bulletin reports on."""
        return self.front.period.period

    @property
    def previous(self) -> Period | None:
        """The days that it compares them with, if any."""
        return self.front.compare_with.period if self.front.compare_with else None


def read_bulletin(root: Path, relative: str) -> tuple[Bulletin | None, tuple[Problem, ...]]:
    """Read one bulletin; whatever goes wrong with it is a problem of this file."""
    slug = PurePosixPath(relative).stem
    if not _SLUG.fullmatch(slug):
        return None, (SLUG.at(Place(relative)),)
    found, problems = read_headed(root, relative, FrontMatter)
    if found is None:
        return None, problems
    return Bulletin(slug, relative, found.front, found.body, found.body_line, found.parsed), problems
