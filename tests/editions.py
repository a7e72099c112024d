"""Editions for tests: the bulletin of 8/2023 in small, built by hand, with plausible defaults."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from PIL import Image

from chungtay_reports.charts import Bar, BarChart, Datum, Tile, TileMap, block
from chungtay_reports.edition import (
    Asset,
    Cell,
    Chart,
    Edition,
    Emphasis,
    Heading,
    Inline,
    ItemList,
    KeyFigure,
    Ledger,
    LedgerRow,
    Link,
    Number,
    Paragraph,
    Photo,
    Printed,
    Quotation,
    RecordNote,
    RelatedEdition,
    Strong,
    Table,
    Text,
)
from chungtay_reports.errors import Place
from chungtay_reports.model import HANOI, Coverage, Figure, Period, Query
from chungtay_reports.press import Imprint, PrintJob
from chungtay_reports.settings import Footer, Movement, Organisation, Publishing, Settings

PERIOD = Period(date(2022, 12, 1), date(2023, 7, 31))
AS_OF = date(2023, 7, 31)
DISTRICTS = ("Ba Đình", "Cầu Giấy", "Đống Đa", "Hoàng Mai", "Thanh Xuân", "Ứng Hòa", "Phúc Thọ", "Hoài Đức")
COVERAGE = Coverage(tuple(f"pgd-{n}" for n in range(30)), ())
ILLUSTRATION = "Dữ liệu minh họa: tên cặp đơn vị và phân bố theo quận, huyện là giả định, trừ các số đã công bố."


def inlines(*parts: str | Inline) -> tuple[Inline, ...]:
    """Read “chữ {s1:672} chữ”-like parts: a tuple of strings and nodes; “s1=672” stands for a number."""
    return tuple(_inline(part) for part in parts)


def _inline(part: str | Inline) -> Inline:
    if isinstance(part, Inline):
        return part
    figure, equals, text = part.partition("=")
    return Number(text, figure) if equals and figure[:1] == "s" and figure[1:].isdigit() else Text(part)


def settings(**publishing: object) -> Settings:
    footer = Footer(
        owner="Sở Giáo dục và Đào tạo Hà Nội",
        responsible="Văn phòng Sở",
        address="23 Quang Trung, phường Cửa Nam, Hà Nội",
        email="bantin@example.vn",
        reuse="Ghi rõ nguồn “Bản tin Chung tay” khi phát hành lại thông tin từ trang này.",
        privacy="Trang này không thu thập dữ liệu cá nhân của người đọc.",
    )
    return Settings(
        organisation=Organisation(
            name="Sở Giáo dục và Đào tạo Hà Nội", short="Sở GD&ĐT Hà Nội", office="so-gddt-ha-noi"
        ),
        movement=Movement(
            name="Nhà trường cùng chung tay phát triển - Thầy cô cùng sẻ chia trách nhiệm",
            stage="2022-2025",
            start=date(2022, 12, 1),
        ),
        publishing=Publishing.model_validate({"footer": footer, **publishing}),
    )


def records(prefix: str, count: int, kind: str = "ghi-nho-song-phuong") -> tuple[RecordNote, ...]:
    """Make that many records of a kind, as the ledger knows them."""
    return tuple(
        RecordNote(
            id=f"{prefix}-2023-{n:04d}",
            kind=kind,
            place=Place(f"content/records/2022-2023/quan-cau-giay/{prefix.lower()}.yaml", 3 + 11 * n),
            summary=f"Trường Tiểu học Minh họa {n} - Trường Tiểu học Minh họa {n + 500}",
            day=date(2022, 12, 5) + timedelta(days=n % 230),
            illustration=n % 3 == 0,
        )
        for n in range(1, count + 1)
    )


def figure(metric: str, value: int | Fraction, notes: tuple[RecordNote, ...] = (), **changes: object) -> Figure:
    made = Figure(Query(metric, PERIOD, AS_OF), value, COVERAGE, tuple(note.id for note in notes))
    return replace(made, **changes)  # type: ignore[arg-type]


def ledger() -> Ledger:
    signed, shared = records("GN", 336), records("HD", 628, "chuyen-de")
    meetings = records("GL", 36, "giao-luu-chuyen-mon")
    schools = figure("truong_ky_ket", 672, signed)
    primary = figure("truong_ky_ket", 271, signed[:136])
    lessons = figure("chuyen_de_truong", 628, shared)
    rows = (
        LedgerRow(
            "s1",
            schools,
            "Trường mầm non, tiểu học, THCS ký biên bản ghi nhớ song phương",
            "trường",
            (
                Printed("672", "", "tít"),
                Printed("672", "", "số nổi bật"),
                Printed("672", "", "đoạn 1"),
                Printed("gần 700", "gần", "đoạn 3"),
                Printed("672", "", "bảng 1"),
            ),
        ),
        LedgerRow("s2", figure("don_vi_giao_uoc", 30, signed[:15]), "Quận, huyện, thị xã ký giao ước", "đơn vị",
                  (Printed("30", "", "sapo"), Printed("30", "", "số nổi bật"), Printed("Cả 30", "", "đoạn 1"))),
        LedgerRow("s3", figure("truong_thpt", 65, records("CK", 65, "cam-ket-giao-uoc")),
                  "Trường THPT, trung tâm GDNN-GDTX ký cam kết giao ước", "trường",
                  (Printed("65", "", "sapo"), Printed("65", "", "đoạn 2"))),
        LedgerRow("s4", lessons, "Chuyên đề cấp trường", "chuyên đề",
                  (Printed("628", "", "số nổi bật"), Printed("628", "", "đoạn 3"), Printed("241", "", "biểu đồ chu-de, hàng Phương pháp dạy học"), Printed("628", "", "bảng 1"))),
        LedgerRow("s5", figure("chuyen_de_huyen", 160, shared[:160]), "Chuyên đề cấp quận, huyện, thành phố",
                  "chuyên đề", (Printed("160", "", "đoạn 3"),)),
        LedgerRow("s6", figure("buoi_truc_tiep", 30, meetings[:30]), "Buổi giao lưu trực tiếp khối THPT, GDNN-GDTX",
                  "buổi", (Printed("30", "", "đoạn 4"),)),
        LedgerRow("s7", figure("buoi_truc_tuyen", 6, meetings[30:]), "Buổi trực tuyến khối THPT, GDNN-GDTX",
                  "buổi", (Printed("6", "", "đoạn 4"),)),
        LedgerRow("s8", primary, "Trường tiểu học ký biên bản ghi nhớ song phương", "trường",
                  (Printed("271", "", "đoạn 1"),)),
        LedgerRow("s9", figure("", Fraction(271, 672), op="share", operands=(primary, schools)),
                  "Tỷ lệ trường tiểu học trong các trường đã ký", "", (Printed("40,3%", "", "đoạn 1"),), ("s8", "s1")),
        LedgerRow("s10", figure("buoi", 36, op="sum_of", operands=(figure("a", 30), figure("b", 6))),
                  "Buổi giao lưu khối THPT, GDNN-GDTX, cả trực tiếp và trực tuyến", "buổi",
                  (Printed("36", "", "số nổi bật"),), ("s6", "s7")),
        *(
            LedgerRow(f"s{11 + n}", figure("truong_ky_ket", 28 - n, signed[: 14 - n]),
                      f"Trường ký biên bản ghi nhớ song phương, {name}", "trường",
                      (Printed(str(28 - n), "", f"bảng 1, hàng {name}"),))
            for n, name in enumerate(DISTRICTS)
        ),
    )  # fmt: skip
    notes = (*signed, *shared, *meetings, *records("CK", 65, "cam-ket-giao-uoc"))
    return Ledger(rows, {note.id: note for note in notes}, AS_OF, PERIOD, COVERAGE)


def photo() -> Photo:
    return Photo(
        asset="chung-tay.png",
        alt="Tranh vẽ một lớp học: mười lăm giáo viên ngồi quanh bàn, một cô giáo đứng bên bảng",
        caption=inlines("Giáo viên quận Hoàng Mai và huyện Ứng Hòa trong một buổi sinh hoạt chuyên đề chung."),
        credit="Minh họa: Bản tin Chung tay",
        width=1200,
        height=675,
    )


def picture() -> Asset:
    left, right = Image.new("RGB", (1200, 675), (207, 225, 225)), Image.new("RGB", (1200, 675), (240, 228, 207))
    shade = Image.linear_gradient("L").rotate(90).resize((1200, 675))
    data = io.BytesIO()
    Image.composite(right, left, shade).save(data, "PNG", optimize=True)
    return Asset("chung-tay.png", "image/png", data.getvalue())


def chart() -> Chart:
    topics = (("Phương pháp dạy học", 241), ("Kiểm tra, đánh giá", 164), ("Kĩ năng sống, trải nghiệm", 142))
    bars = tuple(Bar(label, Datum(value, str(value), "s4"), emphasis=value == 241) for label, value in topics)
    spec = BarChart(id="chu-de", title="Chuyên đề cấp trường theo nội dung", subtitle="12/2022 - 7/2023", bars=bars)
    return block(spec, inlines("Nguồn: báo cáo của 30 phòng GD&ĐT."))


def tile_map() -> Chart:
    tiles = tuple(Tile(name, Datum(28 - n, str(28 - n), f"s{11 + n}"), inner=n < 5) for n, name in enumerate(DISTRICTS))
    missing = (Tile("Mỹ Đức", None), Tile("Sơn Tây", None))
    return block(TileMap(id="ban-do", title="Trường ký ghi nhớ theo đơn vị", tiles=(*tiles, *missing)), wide=True)


def table() -> Table:
    def row(n: int, name: str) -> tuple[Cell, ...]:
        return (
            Cell(inlines(name), header=True),
            Cell(inlines(f"s{11 + n}={28 - n}"), numeric=True),
            Cell(inlines("41"), numeric=True),
            Cell(inlines("12"), numeric=True),
        )

    heads = ("Đơn vị", "Trường ký ghi nhớ", "Chuyên đề cấp trường", "Chuyên đề cấp quận, huyện")
    return Table(
        caption=inlines("Ký kết và chuyên đề theo đơn vị"),
        head=(tuple(Cell(inlines(head), numeric=n > 0, header=True) for n, head in enumerate(heads)),),
        rows=tuple(row(n, name) for n, name in enumerate(DISTRICTS)),
        total=(
            Cell(inlines("Toàn thành phố"), header=True),
            Cell(inlines("s1=672"), numeric=True),
            Cell(inlines("s4=628"), numeric=True),
            Cell(inlines("s5=160"), numeric=True),
        ),
        note=inlines("Một trường ký nhiều biên bản chỉ tính một lần."),
    )


def edition(**changes: object) -> Edition:
    blocks = (
        Paragraph(inlines("s2=Cả 30", " quận, huyện, thị xã của Hà Nội đã có đơn vị kết nối. Tính đến hết tháng 7/2023, đã có ",
                          "s1=672", " trường mầm non, tiểu học, THCS ký biên bản ghi nhớ song phương, nhiều nhất là khối tiểu học với ",
                          "s8=271", " trường, chiếm ", "s9=40,3%", ".")),
        Paragraph(inlines("Ở khối trung học phổ thông, ", "s3=65",
                          " trường THPT và trung tâm GDNN-GDTX ký cam kết giao ước, theo ",
                          Link("https://hanoi.edu.vn/", inlines("kế hoạch của Sở GD&ĐT")), ".")),
        Heading(2, inlines("Chuyên môn là trục chính")),
        Paragraph(inlines("Riêng ở cấp trường, ", "s4=628", " chuyên đề đã được thực hiện; các phòng GD&ĐT tổ chức thêm ",
                          "s5=160", " chuyên đề. ", "s1=Gần 700", " trường cùng tham gia ",
                          Emphasis(inlines("Tiếng trống học bài")), " và ", Strong(inlines("ngân hàng câu hỏi")), ".")),
        chart(),
        tile_map(),
        Quotation(inlines("Mỗi đơn vị cần coi phong trào là một nội dung thi đua của chính mình."),
                  "Ông Trần Thế Cương, Giám đốc Sở GD&ĐT Hà Nội", "Hội nghị sơ kết, 15/8/2023", "luoc-y", "lược ý"),
        Heading(2, inlines("Từ giao lưu đến sẻ chia")),
        Paragraph(inlines("Khối THPT, GDNN-GDTX có ", "s6=30", " buổi giao lưu trực tiếp và ", "s7=6", " buổi trực tuyến:")),
        ItemList((inlines("văn hóa - văn nghệ, thể dục - thể thao;"), inlines("tham quan, học tập ở trường bạn;"))),
        Heading(3, inlines("Từng đơn vị")),
        table(),
        Paragraph(inlines("Việc tiếp theo là rà lại lộ trình của từng cặp đơn vị trước khi vào năm học mới.")),
    )  # fmt: skip
    made = Edition(
        slug="ban-tin-2023-08",
        kind="ban-tin",
        headline=inlines("s1=672", " trường nối nội thành với ngoại thành sau tám tháng"),
        sapo=inlines("Toàn bộ ", "s2=30", " quận, huyện, thị xã đã ký giao ước kết nối; ", "s3=65",
                     " trường THPT, trung tâm GDNN-GDTX ký cam kết."),
        issued=datetime(2023, 8, 15, 9, 0, tzinfo=HANOI),
        issue="02/2023",
        category="Giáo dục Thủ đô",
        source_tag="Sở GD&ĐT Hà Nội",
        byline="Tổ Bản tin Chung tay",
        key_figures=(
            KeyFigure(inlines("s2=30", "/30"), inlines("quận, huyện, thị xã ký giao ước")),
            KeyFigure(inlines("s1=672"), inlines("trường mầm non, tiểu học, THCS ký ghi nhớ")),
            KeyFigure(inlines("s4=628"), inlines("chuyên đề cấp trường")),
            KeyFigure(inlines("s10=36"), inlines("buổi giao lưu khối THPT, GDNN-GDTX")),
        ),
        blocks=blocks,
        ledger=ledger(),
        related=(
            RelatedEdition("ban-tin-2024-12", "Cầu Giấy - Phúc Thọ: hai năm một lộ trình",
                           datetime(2024, 12, 27, 8, 0, tzinfo=HANOI)),
        ),
        keywords=("chung tay", "ghi nhớ song phương", "chuyên đề"),
        assets=(picture(),),
        lead_photo=photo(),
        illustration=ILLUSTRATION,
        data_note=inlines("Số liệu tính đến 31/7/2023; 30/30 quận, huyện, thị xã đã báo cáo."),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def small(body: str, **changes: Any) -> PrintJob:
    """A page with that body and nothing else."""
    html = f'<!doctype html><html lang="vi"><head><title>Thử</title></head><body>{body}</body></html>'
    imprint = Imprint("Thử", "Sở GD&ĐT Hà Nội", "", (), datetime(2023, 8, 15, 9, tzinfo=HANOI), "Chung tay Reports")
    return PrintJob("thu", html, imprint, **changes)
