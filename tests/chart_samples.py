"""One chart of each kind, with numbers of the size that the movement has."""

from __future__ import annotations

from fractions import Fraction

from chungtay_reports.charts import (
    Arc,
    ArcDiagram,
    Bar,
    BarChart,
    ChartSpec,
    Column,
    ColumnChart,
    Datum,
    PairedBar,
    PairedChart,
    Panel,
    PanelChart,
    Station,
    Tile,
    TileMap,
)
from chungtay_reports.charts.places import hanoi

INNER = (
    "Ba Đình", "Bắc Từ Liêm", "Cầu Giấy", "Đống Đa", "Hà Đông", "Hai Bà Trưng",
    "Hoàn Kiếm", "Hoàng Mai", "Long Biên", "Nam Từ Liêm", "Tây Hồ", "Thanh Xuân",
)  # fmt: skip
MONTHS = (("12", "2022"), *((str(month), "2023") for month in range(1, 8)))


def datum(number: int | Fraction, figure: int, text: str = "") -> Datum:
    return Datum(number, text or f"{number:,}".replace(",", "."), f"s{figure}")


def columns(numbers: tuple[int, ...], first: int) -> tuple[Column, ...]:
    return tuple(
        Column(month, datum(number, first + index), year)
        for index, ((month, year), number) in enumerate(zip(MONTHS, numbers, strict=True))
    )


TOPICS = BarChart(
    id="chu-de",
    title="Đổi mới phương pháp dạy học dẫn đầu",
    subtitle="Số chuyên đề theo nội dung, 12/2022 – 7/2023",
    bars=(
        Bar("Phương pháp dạy học", datum(241, 1), emphasis=True, note=Datum(Fraction(241, 788), "30,6%", "s11")),
        Bar("Kiểm tra, đánh giá", datum(164, 2), note=Datum(Fraction(164, 788), "20,8%", "s12")),
        Bar("Kĩ năng sống, hoạt động trải nghiệm cho trẻ mầm non", datum(142, 3)),
        Bar("Ứng dụng công nghệ thông tin", datum(121, 4)),
        Bar("Ôn thi học sinh giỏi", datum(120, 5)),
    ),
)
LEVELS = BarChart(
    id="cap-hoc",
    title="Khối tiểu học có nhiều trường ký biên bản ghi nhớ nhất",
    bars=(
        Bar("Tiểu học", datum(271, 1)),
        Bar("THCS", datum(213, 2)),
        Bar("Mầm non", datum(188, 3)),
        Bar("Trung tâm GDNN-GDTX", datum(0, 4)),
    ),
)
YEARS = PairedChart(
    id="hai-nam",
    title="Chuyên đề cấp trường tăng ở mọi khối",
    before="Năm học 2022-2023",
    after="Năm học 2023-2024",
    rows=(
        PairedBar("Mầm non", datum(120, 1), datum(188, 2)),
        PairedBar("Tiểu học", datum(271, 3), datum(1410, 4)),
        PairedBar("THPT, GDNN-GDTX", datum(36, 5), datum(0, 6)),
    ),
)
TIME = ColumnChart(
    id="thang",
    title="Buổi giao lưu theo tháng",
    subtitle="Số buổi, 12/2022 – 7/2023",
    columns=columns((12, 31, 8, 96, 164, 120, 44, 9), 1),
)
UNITS = PanelChart(
    id="tung-don-vi",
    title="Nhịp hoạt động của từng đơn vị",
    subtitle="Số chuyên đề mỗi tháng, cùng một thang đo",
    panels=tuple(
        Panel(
            name,
            columns(tuple((place * 7 + month * 11) % 29 for month in range(8)), place * 10),
            datum(90 + place, place * 10 + 9),
        )
        for place, name in enumerate(INNER, start=1)
    ),
)
MAP = TileMap(
    id="ban-do",
    title="Trường ký biên bản ghi nhớ ở 28 quận, huyện, thị xã",
    subtitle="Số trường, đến hết tháng 7/2023",
    tiles=tuple(
        Tile(name, None if name in {"Mỹ Đức", "Long Biên"} else datum(5 + index * 13 % 47, index), inner=name in INNER)
        for index, name in enumerate(sorted(hanoi()), start=1)
    ),
)
OUTER = tuple(name for name in sorted(hanoi()) if name not in INNER)
PAIRS = ArcDiagram(
    id="cap-don-vi",
    title="Mười tám cặp đơn vị",
    subtitle="Số biên bản ghi nhớ giữa hai đơn vị",
    stations=tuple(Station(name, name, inner=name in INNER) for name in (*INNER, *OUTER)),
    arcs=tuple(
        Arc(INNER[index % 12], name, datum(4 + index * 5 % 23, index + 1), emphasis=index == 3)
        for index, name in enumerate(OUTER)
    ),
)
SAMPLES: dict[str, ChartSpec] = {
    "bars": TOPICS,
    "bars-beside": LEVELS,
    "pairs": YEARS,
    "columns": TIME,
    "panels": UNITS,
    "tiles": MAP,
    "arcs": PAIRS,
}
