"""What the authors' reference says in its own words, and its examples; `write_docs.py` adds the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from chungtay_reports.records import Activity, Agreement, Statistic, Submission
from chungtay_reports.records.activity import ACTIVITY_KINDS
from chungtay_reports.records.agreement import AGREEMENT_KINDS
from chungtay_reports.workspace.editorial import MediaItem, Person, Quote


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing that authors write: where, an example, what to know, and the model with its fields."""

    title: str
    where: str
    model: type[BaseModel]
    before: str
    example: str
    notes: tuple[str, ...] = ()


def choices(table: Mapping[str, str], head: str) -> str:
    """Lay a vocabulary out as a table."""
    return "\n".join([f"| viết | {head} |", "|---|---|", *(f"| `{key}` | {words} |" for key, words in table.items())])


OPENING = """# Bản ghi và các tệp khác: từng trường một

Tài liệu tra cứu; lần đầu làm quen thì đọc [hướng dẫn](huong-dan.md) trước. Trang này viết ra từ chính các mô hình mà
`chungtay check` dùng để đọc, nên luôn đúng với chương trình. Trình soạn thảo cũng đọc được chúng: `chungtay schema --write
.schemas` ghi lược đồ JSON để VS Code và các trình khác gợi ý tên trường, báo sai ngay khi gõ.

- Một tệp `.yaml` chứa một mục, hoặc một danh sách, mỗi mục mở đầu bằng gạch ngang. Không để thừa trường, không viết sai tên
  trường: trường lạ là lỗi, không phải bị bỏ qua.
- Ngày viết `năm-tháng-ngày`; số đếm và số tiền viết liền, không dấu chấm, không chữ; tiền tính bằng đồng.
- Chữ có dấu hai chấm, dấu phẩy trong `{…}`, hoặc bắt đầu bằng ngoặc thì đặt trong ngoặc kép.
- *Mã* là chữ thường không dấu, chữ số và gạch nối: `quan-cau-giay`, `thcs-vi-du-yen-hoa`.
"""

EXAMPLE_UNIT = "content/records/2024-2025/quan-cau-giay"
SECTIONS = (
    Section(
        "Giao ước",
        f"`{EXAMPLE_UNIT.replace('2024-2025', '<năm học>').replace('quan-cau-giay', '<đơn vị>')}/*.yaml`",
        Agreement,
        choices(AGREEMENT_KINDS, "loại giao ước"),
        f"""# {EXAMPLE_UNIT}/giao-uoc-moi.yaml
- id: KH-2024-0100
  kind: ke-hoach-ket-noi
  number: 15/KH-PGDĐT
  title: Kế hoạch kết nối hai phòng GD&ĐT năm học 2024-2025
  parties: [pgd-cau-giay, pgd-ba-vi]
  signed_on: 2024-10-01
  valid: {{from: 2024-10-01, to: 2025-05-31}}
  plan:
    - {{task: Ghép trường theo từng cấp học, due: 2024-10-31, done_on: 2024-10-28}}
    - {{task: "Dự giờ, góp ý bài dạy môn Khoa học tự nhiên", due: 2025-03-31}}
  recorded: {{on: 2024-10-04, by: pgd-cau-giay}}
""",
        (
            "Biên bản ghi nhớ được đếm theo **trường**, không theo văn bản: `parties` ghi mã của trường, không ghi mã phòng.",
            "Giao ước và kế hoạch cấp quận, huyện ghi mã của **phòng** (`pgd-…`), không ghi mã quận, huyện.",
            "Đầu việc quá hạn mà chưa có `done_on` thì tính là chậm.",
        ),
    ),
    Section(
        "Hoạt động",
        "`content/records/<năm học>/<đơn vị>/*.yaml`",
        Activity,
        choices(ACTIVITY_KINDS, "loại hoạt động"),
        f"""# {EXAMPLE_UNIT}/hoat-dong-moi.yaml
- id: HD-2024-0100
  kind: chuyen-de
  level: truong
  mode: truc-tiep
  date: 2024-11-12
  title: "Kiểm tra, đánh giá môn Khoa học tự nhiên: ra đề theo ma trận"
  host: thcs-vi-du-yen-hoa
  partners: [thcs-vi-du-hat-mon]
  topics: [kiem-tra-danh-gia]
  subject: Khoa học tự nhiên
  counts: {{sessions: 1, teachers: 32}}
  recorded: {{on: 2024-11-18, by: pgd-cau-giay}}
- id: HD-2024-0101
  kind: ho-tro-hoc-sinh
  from: 2024-11-18
  to: 2024-11-20
  title: Góc học tập cho học sinh khó khăn
  host: th-vi-du-nghia-do
  partners: [th-vi-du-phuc-loc]
  support:
    money: 15000000
    sponsored: 6
    goods:
      - {{name: Bàn học, quantity: 12, unit: chiếc, value: 9600000}}
  recorded: {{on: 2024-11-22, by: pgd-cau-giay}}
""",
        (
            "Viết `date` cho việc trong một ngày, hoặc cả `from` và `to` cho việc nhiều ngày.",
            "Hoạt động chung chỉ tính một lần: bên kia đã ghi thì không ghi nữa, hoặc ghi thêm `same_as` là mã bản ghi của bên kia.",
            "Học sinh không ghi tên; bản tin chỉ cần số lượng.",
        ),
    ),
    Section(
        "Dòng thống kê",
        "`content/records/<năm học>/<đơn vị>/*.yaml`",
        Statistic,
        "Khi đơn vị chỉ có con số tổng mà không có từng việc. Được phép, nhưng ở đâu số ấy được in ra thì ở đó nói rõ phần nào đến"
        " từ dòng thống kê. `of` nhận mọi loại giao ước và hoạt động ở trên.",
        f"""# {EXAMPLE_UNIT}/thong-ke-moi.yaml
- id: TK-2024-0100
  kind: thong-ke
  of: the-thao
  unit: quan-cau-giay
  period: {{from: 2024-08-01, to: 2024-11-30}}
  count: 4
  level: truong
  mode: truc-tiep
  counts: {{students: 320}}
  note: Các trường báo theo tháng, không kê từng giải
  recorded: {{on: 2024-12-02, by: pgd-cau-giay}}
""",
        ("Đã kê từng việc thì không thêm dòng thống kê cho chính những việc ấy: sẽ bị tính hai lần.",),
    ),
    Section(
        "Nộp báo cáo",
        "`content/records/<năm học>/<đơn vị>/*.yaml`",
        Submission,
        "Đơn vị đã gửi số liệu của kỳ nào. Nhờ bản ghi này bản tin biết “28/30 quận, huyện, thị xã đã báo cáo” và từ chối nói"
        " “toàn bộ”, “dẫn đầu” khi còn thiếu. Kỳ này không có hoạt động nào cũng nộp, với `nothing_to_report: true`.",
        """# content/records/2024-2025/huyen-ba-vi/nop-bao-cao.yaml
- id: NB-2024-0100
  kind: nop-bao-cao
  unit: huyen-ba-vi
  period: {from: 2024-08-01, to: 2024-11-30}
  on: 2024-12-04
  complete: true
  nothing_to_report: true
  recorded: {on: 2024-12-04, by: pgd-ba-vi}
""",
        ("Gửi một phần thì `complete: false`; chỉ bản đủ mới tính là đã báo cáo.",),
    ),
)

REGISTRY = """## Danh mục đơn vị

Tệp: `content/units/**/*.yaml`, mỗi tệp có khóa `units` (và `defaults`: giá trị chung cho cả tệp). Quận, huyện, thị xã, phường,
xã, phòng và Sở đã có sẵn; việc thường làm là thêm trường của địa bàn mình:

```yaml
# content/units/schools/quan-cau-giay.yaml
defaults: {parent: quan-cau-giay}
units:
  - {id: thcs-cau-giay-le-loi, tier: thcs, name: Trường Trung học cơ sở Lê Lợi}
  - {id: th-cau-giay-kim-dong, tier: tieu-hoc, name: Trường Tiểu học Kim Đồng, aliases: [TH Kim Đồng]}
```

- Tên viết như trên văn bản, không viết tắt. Trong bài, chương trình tự viết “Trường THCS Lê Lợi”, hay “Cầu Giấy” khi đã nhắc.
- Đơn vị sáp nhập, đổi tên thì không sửa, không xóa dòng cũ: ghi `valid_to`, `successors` hoặc `former_names`. Tin cũ vẫn mang tên
  cũ, tin mới tự thêm “(nay thuộc …)”.

"""

OTHERS = (
    Section(
        "Người được dẫn lời",
        "`content/people.yaml`",
        Person,
        "",
        """# content/people.yaml
- id: nguyen-van-ba
  name: Nguyễn Văn Ba
  title: ông
  posts:
    - {title: Trưởng phòng GD&ĐT quận Cầu Giấy, from: 2022-12-01, to: 2025-06-30}
  illustration: true
""",
        ("Chức vụ có ngày: bài viết dùng đúng chức vụ vào ngày nói.",),
    ),
    Section(
        "Trích dẫn",
        "`content/quotes/*.yaml`",
        Quote,
        "Con số trong lời trích là của người nói nên được để nguyên. Mỗi lời cần nguồn và ngày, và đúng một trong hai: `person` (mã"
        " người trong `content/people.yaml`) hoặc `speaker` (khi không nêu tên).",
        """# content/quotes/phong-trao.yaml
- id: nguyen-van-ba-ket-ban
  kind: truc-tiep
  person: nguyen-van-ba
  said_on: 2024-11-20
  text: Hai phòng đã ngồi lại ba buổi để chọn đúng việc các trường cần nhất.
  source: Hội nghị sơ kết ngày 20/11/2024
  illustration: true
""",
    ),
    Section(
        "Ảnh",
        "`content/media/*.yaml`, tệp ảnh đặt cạnh đó",
        MediaItem,
        "Ảnh được mở ra và lưu lại từ điểm ảnh, nên thông tin máy ảnh và vị trí chụp không theo ra ngoài. Ảnh nhận ra được mặt học"
        " sinh phải có `consent` còn hiệu lực; hết hạn hoặc đã rút thì không bản tin nào dựng được cho đến khi bỏ ảnh.",
        """# content/media/media.yaml
- id: sinh-hoat-chuyen-de
  file: sinh-hoat-chuyen-de.jpg
  kind: anh
  alt: Giáo viên hai trường ngồi quanh một chiếc bàn dài, một cô giáo đứng cạnh bảng
  caption: Giáo viên Cầu Giấy và Phúc Thọ trong buổi sinh hoạt chuyên đề chung.
  credit: Phòng GD&ĐT quận Cầu Giấy
  taken_on: 2024-11-12
""",
    ),
)

BULLETIN = """## Phần khai báo của bản tin

Tệp: `content/bulletins/<tên>.md`, giữa hai dòng `---` ở đầu tệp; sau đó là lời. Xem [hướng dẫn](huong-dan.md#viết-bản-tin).

"""

SETTINGS = """## Thiết lập của kho

Tệp: `chungtay.yaml`.

"""


TABLE_WORDS = {
    "agreements": "mỗi bên ký của mỗi giao ước",
    "activities": "mỗi hoạt động",
    "participants": "mỗi bên tham gia của mỗi hoạt động (chủ trì và phối hợp)",
    "plan_tasks": "mỗi đầu việc của kế hoạch",
    "submissions": "mỗi lần nộp báo cáo",
    "units": "mỗi đơn vị có trong danh mục vào ngày cuối kỳ",
}
FIELD_WORDS = {
    "id": "mã bản ghi",
    "kind": "loại",
    "day": "ngày tính vào kỳ",
    "month": "tháng, `2023-03`",
    "unit": "đơn vị báo cáo",
    "statistical": "đến từ dòng thống kê",
    "party": "một bên",
    "host": "đơn vị chủ trì",
    "partner": "đơn vị phối hợp",
    "level": "cấp tổ chức",
    "mode": "hình thức",
    "direction": "chiều tham quan",
    "topic": "nhóm nội dung chính",
    "topics": "mọi nhóm nội dung",
    "role": "vai",
    "task": "đầu việc",
    "due": "hạn",
    "done_on": "ngày xong",
    "status": "tình trạng vào ngày chốt số liệu",
    "complete": "báo cáo đủ",
    "group": "nhóm đơn vị",
    "area": "khối",
    "parent": "cấp trên",
    "reports": "phải nộp báo cáo",
    "tier": "loại đơn vị",
    "units.id": "mã đơn vị",
    "units.level": "cấp học",
    "units.unit": "quận, huyện, thị xã của nó",
    "parties.unit": "quận, huyện của các bên",
}
PART_WORDS = {"tier": "loại đơn vị", "level": "cấp học", "unit": "quận, huyện, thị xã", "area": "khối"}
