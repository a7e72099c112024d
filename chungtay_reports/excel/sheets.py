"""The sheets and columns of the form, as a table: what an office sees, and which field of a record each cell is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from chungtay_reports.records.activity import ACTIVITY_KINDS
from chungtay_reports.records.agreement import AGREEMENT_KINDS
from chungtay_reports.records.fields import LEVELS, MODES, SCHOOL_LEVELS, TOPICS
from chungtay_reports.records.statistic import COUNTED_KINDS

DIRECTIONS = {"ra-ngoai-thanh": "ra ngoại thành", "vao-noi-thanh": "vào nội thành"}
YES = "Có"
NO = "Không"

Path = tuple[str | int, ...]
Kind = Literal["id", "reference", "text", "day", "count", "money", "yes", "choice", "choices", "unit", "units"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; a path that ends in a number is an item of a list, or for a plural kind all items from there on."""

    heading: str
    path: Path
    kind: Kind
    hint: str
    width: int = 12
    required: bool = False
    choices: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the form. `part` is the field of the record in the first column that its rows belong to, if any."""

    name: str
    about: str
    columns: tuple[Column, ...]
    kinds: tuple[str, ...] = ()
    part: Path = ()
    many: bool = False  # several rows of this sheet may belong to one record
    fixed_kind: str = ""
    pages: int = 1  # how many pages wide it is printed

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, in the order in which they are written."""
        return tuple(column.heading for column in self.columns)


NEW_MARK = "dòng mới để trống; nếu có dòng kèm ở trang khác thì đặt tạm M1, M2…"


def _key(heading: str, hint: str) -> Column:
    return Column(heading, ("id",), "id", hint, 15)


def _owner(heading: str, owner: str) -> Column:
    hint = f"Mã của {owner} mà dòng này thuộc về; với dòng mới thì dùng mã tạm M1, M2… đã đặt ở trang kia."
    return Column(heading, ("id",), "reference", hint, 15, required=True)


_UNIT_HINT = "Chọn trong danh sách, hoặc gõ tên đầy đủ kèm quận, huyện: Trường THCS Quang Trung, quận Cầu Giấy."
_UNITS_HINT = "Các đơn vị còn lại, ngăn cách bằng dấu chấm phẩy (;)."
_DAY_HINT = "Ngày/tháng/năm, ví dụ 16/3/2023."
_COUNT_HINT = "Số nguyên; không có thì để trống. Ví dụ 45 hoặc 1.200."

_COUNTS = tuple(
    Column(heading, ("counts", field), "count", f"{meaning} {_COUNT_HINT}", 9)
    for heading, field, meaning in (
        ("Số buổi", "sessions", "Số buổi tổ chức."),
        ("Số tiết", "periods", "Số tiết dạy, chỉ với chuyên đề, giao lưu, dạy trực tuyến."),
        ("Số lớp", "classes", "Số lớp tham gia."),
        ("Số trường", "schools", "Số trường tham gia, khi không kê từng trường."),
        ("Số giáo viên", "teachers", "Số (lượt) giáo viên tham gia."),
        ("Số học sinh", "students", "Số (lượt) học sinh tham gia."),
        ("Số tài khoản", "accounts", "Số tài khoản được cấp, chỉ với chia sẻ tài khoản, học liệu."),
    )
)
_BOOKED = (
    Column("Minh họa", ("illustration",), "yes", "“Có” nếu là dữ liệu minh họa; dữ liệu thật để trống.", 9),
    Column("Ngày vào sổ", ("recorded", "on"), "day", f"Dòng mới để trống thì lấy ngày nhập. {_DAY_HINT}", 12),
    Column("Đơn vị vào sổ", ("recorded", "by"), "unit", "Dòng mới để trống thì lấy phòng chuyên môn của đơn vị.", 30),
)


def _same(what: str) -> Column:
    hint = f"Mã bản ghi của đơn vị bạn nếu hai bên cùng ghi {what} này; khi ấy chỉ tính một lần."
    return Column("Trùng với bản ghi", ("same_as",), "reference", hint, 15)


AGREEMENTS = Sheet(
    "Giao ước",
    "Mỗi dòng là một văn bản đã ký: giao ước, biên bản ghi nhớ, cam kết, kế hoạch kết nối.",
    (
        _key("Mã giao ước", f"Không sửa mã đã có; {NEW_MARK}"),
        Column(
            "Loại giao ước", ("kind",), "choice", "Chọn trong danh sách.", 24, required=True, choices=AGREEMENT_KINDS
        ),
        Column("Bên ký thứ nhất", ("parties", 0), "unit", _UNIT_HINT, 42, required=True),
        Column("Bên ký thứ hai", ("parties", 1), "unit", _UNIT_HINT, 42, required=True),
        Column("Các bên ký khác", ("parties", 2), "units", _UNITS_HINT, 24),
        Column("Ngày ký", ("signed_on",), "day", _DAY_HINT, required=True),
        Column("Số, ký hiệu", ("number",), "text", "Số, ký hiệu của văn bản, ví dụ 03/BTT-PGDĐT.", 16),
        Column("Tên, trích yếu", ("title",), "text", "Tên hoặc trích yếu văn bản, không quá 300 chữ cái.", 36),
        Column("Hiệu lực từ", ("valid", "from"), "day", f"Để trống cả hai ngày nếu không ghi thời hạn. {_DAY_HINT}"),
        Column("Hiệu lực đến", ("valid", "to"), "day", f"Để trống cả hai ngày nếu không ghi thời hạn. {_DAY_HINT}"),
        Column("Ghi chú", ("note",), "text", "Không bắt buộc.", 24),
        _same("văn bản"),
        *_BOOKED,
    ),
    kinds=tuple(AGREEMENT_KINDS),
    pages=2,
)
TASKS = Sheet(
    "Đầu việc",
    "Mỗi dòng là một đầu việc trong lộ trình của một giao ước hay kế hoạch ở trang “Giao ước”.",
    (
        _owner("Mã giao ước", "giao ước"),
        Column(
            "Đầu việc", ("task",), "text", "Tên việc, ví dụ: Gỡ khó khi dạy môn Khoa học tự nhiên.", 60, required=True
        ),
        Column("Hạn", ("due",), "day", _DAY_HINT, 13, required=True),
        Column("Ngày xong", ("done_on",), "day", f"Chưa xong thì để trống. {_DAY_HINT}", 13),
    ),
    part=("plan",),
    many=True,
)
ACTIVITIES = Sheet(
    "Hoạt động",
    "Mỗi dòng là một hoạt động: chuyên đề, giao lưu, dạy trực tuyến, tham quan, hỗ trợ…",
    (
        _key("Mã hoạt động", f"Không sửa mã đã có; {NEW_MARK}"),
        Column(
            "Loại hoạt động", ("kind",), "choice", "Chọn trong danh sách.", 20, required=True, choices=ACTIVITY_KINDS
        ),
        Column("Tên hoạt động", ("title",), "text", "Tên cụ thể, từ 3 đến 300 chữ cái.", 44, required=True),
        Column("Ngày", ("date",), "day", f"Ngày diễn ra. Nhiều ngày thì để trống ô này, điền hai ô bên. {_DAY_HINT}"),
        Column("Từ ngày", ("from",), "day", f"Chỉ khi diễn ra nhiều ngày. {_DAY_HINT}"),
        Column("Đến ngày", ("to",), "day", f"Chỉ khi diễn ra nhiều ngày. {_DAY_HINT}"),
        Column("Đơn vị chủ trì", ("host",), "unit", _UNIT_HINT, 42, required=True),
        Column("Đơn vị phối hợp", ("partners", 0), "unit", _UNIT_HINT, 42),
        Column("Các đơn vị phối hợp khác", ("partners", 1), "units", _UNITS_HINT, 24),
        Column(
            "Thực hiện giao ước", ("agreement",), "reference", "Mã giao ước (hoặc mã tạm M1, M2…) ở trang Giao ước.", 15
        ),
        Column("Cấp tổ chức", ("level",), "choice", "Bắt buộc với chuyên đề.", 16, choices=LEVELS),
        Column("Hình thức", ("mode",), "choice", "Bắt buộc với giao lưu chuyên môn.", 16, choices=MODES),
        Column("Chiều tham quan", ("direction",), "choice", "Chỉ với tham quan, và bắt buộc.", 15, choices=DIRECTIONS),
        Column("Nhóm nội dung chính", ("topics", 0), "choice", "Chọn trong danh sách.", 30, choices=TOPICS),
        Column("Nhóm nội dung khác", ("topics", 1), "choices", "Ngăn cách bằng dấu chấm phẩy (;).", 20, choices=TOPICS),
        Column("Môn học", ("subject",), "text", "Tên môn, ví dụ Khoa học tự nhiên.", 18),
        Column("Địa điểm", ("venue",), "text", "Nơi diễn ra, nếu cần.", 20),
        *_COUNTS,
        Column("Kết quả", ("result",), "text", "Kết quả nổi bật, một hai câu.", 30),
        _same("hoạt động"),
        *_BOOKED,
    ),
    kinds=tuple(ACTIVITY_KINDS),
    pages=4,
)
SUPPORT = Sheet(
    "Hỗ trợ",
    "Tiền, số học sinh của một hoạt động hỗ trợ hay một dòng thống kê; mỗi bản ghi một dòng. Hiện vật ghi ở trang sau.",
    (
        _owner("Mã bản ghi", "hoạt động hoặc dòng thống kê"),
        Column("Tiền mặt (đồng)", ("money",), "money", "Số tiền, đồng: 20.000.000 hoặc 20 triệu đồng.", 18),
        Column("Số học sinh được hỗ trợ", ("pupils",), "count", _COUNT_HINT, 14),
        Column("Số học sinh nhận đỡ đầu", ("sponsored",), "count", f"Chỉ với hỗ trợ học sinh. {_COUNT_HINT}", 14),
        Column("Nguồn hỗ trợ", ("source",), "text", "Ví dụ: Quỹ khuyến học của trường.", 44),
    ),
    part=("support",),
)
GOODS = Sheet(
    "Hiện vật",
    "Mỗi dòng là một loại hiện vật của một hoạt động hỗ trợ hay một dòng thống kê.",
    (
        _owner("Mã bản ghi", "hoạt động hoặc dòng thống kê"),
        Column("Tên hiện vật", ("name",), "text", "Ví dụ: xe đạp, bộ sách giáo khoa.", 40, required=True),
        Column("Số lượng", ("quantity",), "count", _COUNT_HINT, 12, required=True),
        Column("Đơn vị tính", ("unit",), "text", "Bộ, quyển, chiếc…", 12, required=True),
        Column("Giá trị (đồng)", ("value",), "money", "Giá trị quy đổi của cả loại, đồng; không rõ thì để trống.", 18),
    ),
    part=("support", "goods"),
    many=True,
)
STATISTICS = Sheet(
    "Thống kê",
    "Chỉ dùng khi không kê được từng lần: mỗi dòng là số lượng của một loại trong một kỳ, không tính những lần đã kê.",
    (
        _key("Mã thống kê", f"Không sửa mã đã có; {NEW_MARK}"),
        Column("Loại được đếm", ("of",), "choice", "Chọn trong danh sách.", 26, required=True, choices=COUNTED_KINDS),
        Column("Kỳ từ ngày", ("period", "from"), "day", _DAY_HINT, required=True),
        Column("Kỳ đến ngày", ("period", "to"), "day", _DAY_HINT, required=True),
        Column("Số lượng", ("count",), "count", _COUNT_HINT, 10, required=True),
        Column("Cấp học", ("school_level",), "choice", "Nếu chỉ đếm một cấp học.", 12, choices=SCHOOL_LEVELS),
        Column("Cấp tổ chức", ("level",), "choice", "Bắt buộc khi đếm chuyên đề.", 16, choices=LEVELS),
        Column("Hình thức", ("mode",), "choice", "Bắt buộc khi đếm giao lưu chuyên môn.", 16, choices=MODES),
        Column("Nhóm nội dung", ("topic",), "choice", "Nếu chỉ đếm một nhóm.", 30, choices=TOPICS),
        *_COUNTS,
        Column("Ghi chú", ("note",), "text", "Ví dụ vì sao không kê từng lần.", 30),
        *_BOOKED,
    ),
    kinds=("thong-ke",),
    fixed_kind="thong-ke",
    pages=2,
)
SUBMISSIONS = Sheet(
    "Nộp báo cáo",
    "Mỗi dòng nói rằng đơn vị đã gửi số liệu của một kỳ; kỳ không có hoạt động nào cũng phải có dòng này.",
    (
        _key("Mã báo cáo", "Không sửa mã đã có; dòng mới để trống."),
        Column("Kỳ từ ngày", ("period", "from"), "day", _DAY_HINT, 14, required=True),
        Column("Kỳ đến ngày", ("period", "to"), "day", _DAY_HINT, 14, required=True),
        Column("Ngày nộp", ("on",), "day", _DAY_HINT, 14, required=True),
        Column("Đã đủ số liệu", ("complete",), "yes", "“Có” khi mọi số liệu của kỳ đã gửi đủ.", 14, required=True),
        Column("Không phát sinh", ("nothing_to_report",), "yes", "“Có” khi kỳ này không có hoạt động nào.", 16),
        Column("Ghi chú", ("note",), "text", "Không bắt buộc.", 44),
        *_BOOKED,
    ),
    kinds=("nop-bao-cao",),
    fixed_kind="nop-bao-cao",
)

SHEETS = (AGREEMENTS, TASKS, ACTIVITIES, SUPPORT, GOODS, STATISTICS, SUBMISSIONS)
RECORD_SHEETS = tuple(sheet for sheet in SHEETS if not sheet.part)
PART_SHEETS = tuple(sheet for sheet in SHEETS if sheet.part)
GUIDE = "Hướng dẫn"
LISTS = "_danhmuc"  # hidden: what the drop-downs offer
UNIT_LABEL = "Mã đơn vị"
FINGERPRINTS = "Dấu bản ghi"  # the list of what each record said when the form went out

PREFIXES = {
    "giao-uoc-cap-huyen": "GU",
    "ke-hoach-ket-noi": "KH",
    "ghi-nho-song-phuong": "GN",
    "cam-ket-giao-uoc": "CK",
    "ket-nghia": "KN",
    "doi-tac-ngoai": "DT",
    "chuyen-de": "CD",
    "giao-luu-chuyen-mon": "GL",
    "hoi-thao": "HT",
    "day-truc-tuyen": "TT",
    "van-hoa-van-nghe": "VH",
    "the-thao": "TD",
    "tham-quan": "TQ",
    "ho-tro-hoc-sinh": "HS",
    "ho-tro-co-so-vat-chat": "VC",
    "chia-se-hoc-lieu": "HL",
    "nhan-rong-mo-hinh": "MH",
    "thong-ke": "TK",
    "nop-bao-cao": "BC",
}
