"""What editors keep beside the records: people who may be quoted, quotations, and pictures."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from chungtay_reports.settings import Strict, Text
from chungtay_reports.source.days import Day

ItemId = Annotated[
    str, Field(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$", description="Mã, không trùng trong cùng loại")
]


class Post(Strict):
    """A post that a person held from a day to a day; open when it still goes on."""

    title: Text = Field(description="Chức vụ và nơi công tác, như viết sau tên: “Giám đốc Sở GD&ĐT Hà Nội”")
    start: Day | None = Field(default=None, alias="from", description="Giữ chức vụ từ ngày")
    end: Day | None = Field(default=None, alias="to", description="Đến hết ngày; để trống nếu còn giữ")

    def held_on(self, day: date) -> bool:
        """Tell whether the post was held on `day`."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Person(Strict):
    """Somebody who may be quoted by name."""

    id: ItemId
    name: Text = Field(description="Họ và tên")
    title: Literal["ông", "bà", "thầy", "cô", "anh", "chị"] = Field(description="Cách gọi trước tên")
    posts: Annotated[list[Post], Field(min_length=1, description="Các chức vụ, mỗi chức vụ một mục")]
    illustration: bool = Field(default=False, description="Nhân vật minh họa, không có thật")

    def post_on(self, day: date) -> str | None:
        """Return the post held on `day`, or None."""
        return next((post.title for post in self.posts if post.held_on(day)), None)

    def speaker(self, day: date) -> str:
        """Return how a bulletin introduces the person on `day`: “Ông Trần Thế Cương, Giám đốc Sở GD&ĐT Hà Nội”."""
        post = self.post_on(day)
        named = f"{self.title.capitalize()} {self.name}"
        return f"{named}, {post}" if post else named


class Consent(Strict):
    """The recorded consent of a child of 7 or older and of its guardian (Law 91/2025/QH15, article 24)."""

    on: Day = Field(description="Ngày đồng ý")
    by_child: bool = Field(description="Học sinh (từ 7 tuổi) đã đồng ý; dưới 7 tuổi ghi false và under_seven: true")
    by_guardian: bool = Field(description="Cha mẹ hoặc người giám hộ đã đồng ý")
    under_seven: bool = Field(default=False, description="Trẻ dưới 7 tuổi: chỉ cần người giám hộ")
    until: Day = Field(description="Sự đồng ý có giá trị đến hết ngày")
    withdrawn_on: Day | None = Field(default=None, description="Ngày rút lại sự đồng ý")

    def holds_on(self, day: date) -> bool:
        """Tell whether both have consented and the consent is in force on `day`."""
        signed = self.by_guardian and (self.by_child or self.under_seven)
        return signed and self.on <= day <= self.until and (self.withdrawn_on is None or day < self.withdrawn_on)


class OfPupils(Strict):
    """What a text or picture says about pupils: published only with a consent that is in force."""

    pupils: bool = Field(default=False, description="Nêu tên, lời hoặc nhận ra được mặt học sinh")
    consent: Consent | None = Field(default=None, description="Sự đồng ý, bắt buộc khi pupils: true")

    def consent_fault(self, day: date) -> str | None:
        """Say why this may not be published on `day`, or None."""
        if not self.pupils:
            return None
        if self.consent is None:
            return "chưa ghi sự đồng ý (consent)"
        return None if self.consent.holds_on(day) else "sự đồng ý thiếu một bên, chưa có, đã hết hạn hoặc đã rút"


class Quote(OfPupils):
    """Somebody's words (`truc-tiep`) or the sense of them (`luoc-y`), with source and day."""

    id: ItemId
    kind: Literal["truc-tiep", "luoc-y"] = Field(description="Dẫn nguyên lời, hay lược ý")
    text: Annotated[
        str, Field(min_length=10, max_length=2000, description="Lời hoặc ý, không đặt ngoặc kép ngoài cùng")
    ]
    person: ItemId | None = Field(default=None, description="Mã người nói trong content/people.yaml")
    speaker: Text | None = Field(default=None, description="Cách gọi khi không nêu tên: “một giáo viên Ba Vì”")
    said_on: Day = Field(description="Ngày nói hoặc ngày nguồn công bố")
    source: Text = Field(description="Nguồn: báo, văn bản, cuộc họp, cùng ngày")
    note: Text | None = Field(default=None, description="Ghi chú in kèm, ví dụ “lược ý”")
    illustration: bool = Field(default=False, description="Lời minh họa, không có thật")


class MediaItem(OfPupils):
    """A picture below content/media, with what must be known before it may be printed."""

    id: ItemId
    file: Annotated[
        str,
        Field(
            pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*(?:/[A-Za-z0-9][A-Za-z0-9_-]*){0,3}\.(?:jpe?g|png|webp|JPE?G|PNG|WEBP)$",
            description="Tệp ảnh JPEG, PNG hoặc WEBP, tính từ content/media, tên không dấu",
        ),
    ]
    kind: Literal["anh", "minh-hoa"] = Field(description="Ảnh chụp, hay tranh minh họa")
    alt: Annotated[
        str, Field(min_length=10, max_length=300, description="Tả điều nhìn thấy, cho người không xem được ảnh")
    ]
    caption: Annotated[str, Field(min_length=10, max_length=400, description="Chú thích in dưới ảnh; khác alt")]
    credit: Text = Field(description="Tác giả hoặc nguồn ảnh")
    taken_on: Day | None = Field(default=None, description="Ngày chụp; bắt buộc với ảnh chụp")
