"""Fields that several record types share, with their bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from chungtay_reports.settings import Strict
from chungtay_reports.source.days import Day

RecordId = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?$",
        description="Mã bản ghi, không trùng trong toàn bộ kho",
    ),
]
UnitId = Annotated[
    str, Field(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$", description="Mã đơn vị trong danh mục content/units")
]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
Dong = Annotated[int, Field(ge=0, le=10_000_000_000_000, description="Số tiền, đồng nguyên")]
Title = Annotated[str, Field(min_length=3, max_length=300)]
Note = Annotated[str, Field(min_length=1, max_length=2000)]

Reason = Annotated[str, Field(min_length=3, max_length=500, description="Vì sao, một câu")]

LEVELS = {"thanh-pho": "cấp thành phố", "huyen": "cấp quận, huyện", "truong": "cấp trường"}
MODES = {"truc-tiep": "trực tiếp", "truc-tuyen": "trực tuyến", "ket-hop": "trực tiếp kết hợp trực tuyến"}
SCHOOL_LEVELS = {
    "mam-non": "mầm non",
    "tieu-hoc": "tiểu học",
    "thcs": "THCS",
    "thpt": "THPT",
    "gdnn-gdtx": "GDNN-GDTX",
}
TOPICS = {
    "phuong-phap-day-hoc": "đổi mới phương pháp dạy học",
    "kiem-tra-danh-gia": "đổi mới kiểm tra, đánh giá",
    "trai-nghiem-ki-nang-song": "hoạt động trải nghiệm, kĩ năng sống cho trẻ mầm non",
    "ung-dung-cntt": "ứng dụng công nghệ thông tin",
    "sinh-hoat-chuyen-mon": "đổi mới sinh hoạt chuyên môn",
    "on-thi-hoc-sinh-gioi": "ôn thi học sinh giỏi",
    "chuong-trinh-2018": "gỡ khó khi dạy Chương trình GDPT 2018",
    "ngan-hang-cau-hoi": "xây dựng ngân hàng câu hỏi",
    "quan-ly-truong-hoc": "quản lý trường học",
    "hoat-dong-ngoai-gio": "hoạt động ngoài giờ lên lớp",
}


def among(table: Mapping[str, str]) -> AfterValidator:
    """Accept only the keys of `table`."""

    def one_of(value: str) -> str:
        if value not in table:
            raise PydanticCustomError("one_of", "not in the table", {"allowed": list(table)})
        return value

    return AfterValidator(one_of)


Topic = Annotated[str, among(TOPICS), Field(json_schema_extra={"enum": list(TOPICS)})]


class Recorded(Strict):
    """When the record entered the books and who wrote it; an edition as of a day sees only what was recorded by then."""

    on: Day = Field(description="Ngày vào sổ")
    by: UnitId


class Correction(Strict):
    """What the record said until the day of the correction; see `workspace/history.py` for how it is undone."""

    on: Day = Field(description="Ngày sửa: từ ngày này sổ ghi như bản ghi hiện nay")
    by: UnitId
    reason: Reason
    was: dict[str, Any] = Field(
        min_length=1,
        description="Trước khi sửa, các trường ấy ghi gì: viết như chính trường ấy; null là trước đó chưa ghi",
    )


class Removal(Strict):
    """The record was a mistake as a whole: it counts before the day, and no more from the day on."""

    on: Day = Field(description="Ngày bỏ: từ ngày này không tính nữa")
    by: UnitId
    reason: Reason


class Span(Strict):
    """From a day to a day, both included."""

    start: Day = Field(alias="from", description="Từ ngày")
    end: Day = Field(alias="to", description="Đến hết ngày")


Booked = Annotated[Recorded, Field(description="Vào sổ ngày nào, do đơn vị nào: {on: 2023-03-20, by: pgd-hoang-mai}")]
Illustration = Annotated[bool, Field(description="Bản ghi minh họa, không phải dữ liệu thật")]
Corrections = Annotated[
    list[Correction], Field(max_length=50, description="Các lần sửa số liệu đã vào sổ, cũ trước mới sau")
]
Removed = Annotated[
    Removal | None, Field(description="Bản ghi nhầm, bỏ khỏi sổ: {on: 2023-09-12, by: pgd-hoang-mai, reason: …}")
]
