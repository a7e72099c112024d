"""`chungtay.yaml`: the organisation, the movement, the calendar and the publishing options of a workspace."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from chungtay_reports.source.days import Day
from chungtay_reports.source.forms import written

Text = Annotated[str, Field(min_length=1, max_length=500)]


def _day_of_every_year(value: str) -> str:
    try:
        date.fromisoformat(f"2023-{value}")  # not a leap year
    except ValueError as error:
        raise PydanticCustomError("day_exists", "no such day in every year") from error
    return value


def _possible(share: str) -> bool:
    """Say whether a share can be reached: not more than the whole, and of something."""
    part, _, whole = share.partition("/")
    return not whole or 0 < int(whole) >= int(part)


_ADDRESS = r"^(https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s;,'\"<>]*)?)?$"
Address = Annotated[
    str, Field(pattern=_ADDRESS, max_length=500), written(_ADDRESS, "cả địa chỉ, ví dụ https://chungtay.example.vn")
]
SHARE = "“28/30” đơn vị, hoặc “90%”; để trống nếu không đòi"
_SHARE = r"^(\d{1,5}/\d{1,5}|(100|\d{1,2})%)?$"
Share = Annotated[str, Field(pattern=_SHARE), written(_SHARE, "như 28/30 hoặc 90%, không quá toàn bộ", _possible)]
_MONTH_DAY = r"^\d{2}-\d{2}$"
MonthDay = Annotated[
    str,
    Field(pattern=_MONTH_DAY),
    AfterValidator(_day_of_every_year),
    written(_MONTH_DAY, "tháng rồi ngày, ví dụ 08-31"),
]


class Strict(BaseModel):
    """The base of every model that text is turned into: no unknown field, no coercion, frozen."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Organisation(Strict):
    name: Text = Field(description="Tên đầy đủ của cơ quan, in ở đầu bản tin")
    short: Text = Field(description="Tên viết tắt dùng trong bài, ví dụ “Sở GD&ĐT Hà Nội”")
    office: Text = Field(description="Mã đơn vị trong danh mục, ví dụ “so-gddt-ha-noi”")


class Movement(Strict):
    name: Text = Field(description="Tên phong trào, không có ngoặc kép")
    stage: Text = Field(description="Giai đoạn, ví dụ “2022-2025”")
    start: Day = Field(description="Ngày phát động; không bản ghi nào được sớm hơn tháng này")
    variants: list[Text] = Field(default=[], description="Các cách viết sai hay gặp, để soát trong bài")


class Calendar(Strict):
    school_year_start: MonthDay = Field(default="08-01", description="Ngày đầu năm học để gom số liệu (MM-DD)")
    deadlines: list[MonthDay] = Field(
        default=["08-05"],
        description="Các hạn gửi báo cáo trong năm học (MM-DD); mỗi hạn gồm các tháng đã hết trước hạn",
    )


class AllowedNumber(Strict):
    text: Text = Field(description="Chữ được phép để nguyên, ví dụ “Chương trình GDPT 2018”")
    reason: Text = Field(description="Vì sao con số này không cần bản ghi")


class Footer(Strict):
    owner: str = Field(default="", description="Cơ quan chủ quản")
    responsible: str = Field(default="", description="Người chịu trách nhiệm nội dung")
    licence: str = Field(default="", description="Số giấy phép, cơ quan cấp, ngày cấp")
    address: str = Field(default="", description="Địa chỉ")
    phone: str = Field(default="", description="Điện thoại")
    email: str = Field(default="", description="Thư điện tử")
    reuse: str = Field(default="", description="Câu về việc ghi rõ nguồn khi phát hành lại")
    privacy: str = Field(default="", description="Câu về dữ liệu cá nhân")


class Publishing(Strict):
    masthead: Text = Field(default="Bản tin Chung tay", description="Tên ấn phẩm")
    base_url: Address = Field(default="", description="Địa chỉ gốc khi đăng lên mạng, để trống nếu không đăng")
    rating_endpoint: Address = Field(
        default="", description="Nơi nhận đánh giá của bạn đọc; để trống thì không có khung đánh giá"
    )
    formats: list[Text] = Field(default=["html", "pdf", "json", "csv"], description="Định dạng làm ra")
    report_formats: list[Text] = Field(
        default=["pdf", "docx", "json", "csv"], description="Định dạng của báo cáo hành chính"
    )
    approvals: int = Field(default=1, ge=1, le=5, description="Số người phải duyệt trước khi công bố")
    coverage: Share = Field(default="", description=f"Mức bao phủ tối thiểu của mọi ấn phẩm khi công bố: {SHARE}")
    retention: str = Field(default="", max_length=80, description="Thời hạn lưu trữ, ghi vào mô tả của kho lưu trữ")
    footer: Footer = Field(default=Footer(), description="Chân trang")
    illustration: str = Field(default="", description="Câu đánh dấu dữ liệu minh họa, in trên mọi trang")


class Settings(Strict):
    """The whole of `chungtay.yaml`."""

    organisation: Organisation = Field(description="Cơ quan phát hành")
    movement: Movement = Field(description="Phong trào")
    calendar: Calendar = Field(default=Calendar(), description="Lịch năm học")
    publishing: Publishing = Field(default=Publishing(), description="Cách phát hành")
    allow_numbers: list[AllowedNumber] = Field(default=[], description="Số được phép gõ tay, kèm lý do")
