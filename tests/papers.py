"""Official papers for tests: a district's end-of-year report and a reminder, built by hand, with plausible defaults."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from editions import inlines

from chungtay_reports.charts import Bar, BarChart, Datum, block
from chungtay_reports.edition import (
    Block,
    Cell,
    Chart,
    Heading,
    Inline,
    ItemList,
    Ledger,
    LedgerRow,
    Paragraph,
    Printed,
    RecordNote,
)
from chungtay_reports.errors import Place
from chungtay_reports.model import Coverage, Figure, Period, Query
from chungtay_reports.official.paper import (
    Annex,
    AnnexRow,
    AnnexTable,
    Column,
    Letterhead,
    OfficialTable,
    Paper,
    Signature,
)

PERIOD = Period(date(2023, 8, 1), date(2024, 5, 31), "năm học 2023-2024")
AS_OF = date(2024, 5, 31)
MOVEMENT = "“Nhà trường cùng chung tay phát triển - Thầy cô cùng sẻ chia trách nhiệm”"
ILLUSTRATION = "Dữ liệu minh họa: tên cặp đơn vị và các số liệu là giả định."
COVERAGE = Coverage(("quan-cau-giay",), ())

# label, value, unit, as printed: s1, s2, … in this order
FIGURES: tuple[tuple[str, int | Fraction, str, str], ...] = (
    ("Trường ký biên bản ghi nhớ song phương, quận Cầu Giấy", 28, "trường", "28"),
    ("Trường mầm non ký biên bản ghi nhớ song phương", 9, "trường", "9"),
    ("Trường tiểu học ký biên bản ghi nhớ song phương", 11, "trường", "11"),
    ("Trường THCS ký biên bản ghi nhớ song phương", 8, "trường", "8"),
    ("Chuyên đề", 41, "chuyên đề", "41"),
    ("Chuyên đề trực tiếp", 34, "chuyên đề", "34"),
    ("Chuyên đề trực tuyến", 7, "chuyên đề", "7"),
    ("Lượt giáo viên dự chuyên đề", 1284, "lượt", "1.284"),
    ("Học sinh được đỡ đầu", 36, "học sinh", "36"),
    ("Kinh phí hỗ trợ học sinh", 54_000_000, "đồng", "54.000.000 đồng"),
    ("Tỷ lệ trường đã ký", Fraction(28, 57), "", "49,1%"),
)


def records(prefix: str, count: int, kind: str) -> tuple[RecordNote, ...]:
    """Make that many records of a kind, as the ledger knows them."""
    return tuple(
        RecordNote(
            id=f"{prefix}-2024-{n:04d}",
            kind=kind,
            place=Place(f"content/records/2023-2024/quan-cau-giay/{prefix.lower()}.yaml", 3 + 9 * n),
            summary=f"Trường Tiểu học Minh họa {n} - Trường Tiểu học Minh họa {n + 500}",
            day=date(2023, 9, 5) + timedelta(days=n % 260),
            illustration=True,
        )
        for n in range(1, count + 1)
    )


def ledger() -> Ledger:
    notes = (*records("GN", 28, "ghi-nho-song-phuong"), *records("HD", 41, "chuyen-de"))
    ids = tuple(note.id for note in notes)
    rows = tuple(
        LedgerRow(
            f"s{n}",
            Figure(Query("chi_tieu", PERIOD, AS_OF), value, COVERAGE, ids[:28] if n <= 4 else ids[28:]),
            label,
            unit,
            (Printed(text, "", "mục III"),),
        )
        for n, (label, value, unit, text) in enumerate(FIGURES, start=1)
    )
    return Ledger(rows, {note.id: note for note in notes}, AS_OF, PERIOD, COVERAGE)


# --------------------------------------------------------------------------- pieces


def heading(level: int, text: str) -> Heading:
    """A heading of the decree: level 2 “I. …”, 3 “1. …”, 4 “a) …”."""
    return Heading(level, inlines(text))


def paragraph(*parts: str | Inline) -> Paragraph:
    return Paragraph(inlines(*parts))


def cells(*texts: str) -> tuple[Cell, ...]:
    """Read a row of a table; “s1=28” stands for a number of the ledger."""
    return tuple(Cell(inlines(text), numeric=text.partition("=")[2].replace(".", "").isdigit()) for text in texts)


def columns(*titles: tuple[str, int, str]) -> tuple[Column, ...]:
    return tuple(Column(title, share, align) for title, share, align in titles)


def table() -> OfficialTable:
    """Three rows, a total, and a head of two rows with grouped columns."""
    return OfficialTable(
        "Bảng 1. Chuyên đề theo cấp học và hình thức",
        AnnexTable(
            columns=columns(
                ("TT", 6, "center"),
                ("Cấp học", 26, "left"),
                ("Trực tiếp", 14, "right"),
                ("Trực tuyến", 14, "right"),
                ("Lượt giáo viên", 18, "right"),
                ("So với năm học trước", 22, "right"),
            ),
            rows=(
                AnnexRow(cells("1", "Mầm non", "s6=9", "s7=1", "s8=302", "+2")),
                AnnexRow(cells("2", "Tiểu học", "s6=13", "s7=3", "s8=511", "+4")),
                AnnexRow(cells("3", "Trung học cơ sở", "s6=12", "s7=3", "s8=471", "+1")),
            ),
            total=cells("", "Tổng cộng", "s6=34", "s7=7", "s8=1.284", "+7"),
            groups=(("", 2), ("Hình thức", 2), ("", 2)),
        ),
    )


def chart() -> Chart:
    topics = (("Phương pháp dạy học", 18), ("Kiểm tra, đánh giá", 14), ("Kĩ năng sống", 9))
    bars = tuple(Bar(label, Datum(value, str(value), "s5")) for label, value in topics)
    return block(BarChart(id="chu-de", title="Chuyên đề theo nội dung", subtitle="Năm học 2023-2024", bars=bars))


def agreements(count: int = 28) -> AnnexTable:
    """The table of annex I with that many rows, each with its record."""
    return AnnexTable(
        columns=columns(
            ("STT", 5, "center"),
            ("Đơn vị", 22, "left"),
            ("Đơn vị kết nối", 22, "left"),
            ("Loại văn bản", 17, "left"),
            ("Ngày ký", 10, "center"),
            ("Thời hạn", 12, "center"),
            ("Cấp học", 12, "left"),
        ),
        rows=tuple(
            AnnexRow(
                cells(
                    str(n),
                    f"Trường Tiểu học Minh họa {n}",
                    f"Trường Tiểu học Minh họa {n + 500}, huyện Phúc Thọ",
                    "Biên bản ghi nhớ song phương",
                    f"{1 + n % 28:02d}/9/2023",
                    "31/12/2025",
                    "Tiểu học",
                ),
                records=(f"GN-2024-{n:04d}",),
            )
            for n in range(1, count + 1)
        ),
        total=cells("", "Tổng cộng", f"{count} văn bản", "", "", "", ""),
    )


def support(count: int = 9) -> AnnexTable:
    """The table of annex II: sums of money, a subtotal in bold, a total."""
    body = tuple(
        AnnexRow(
            cells(str(n), "Học sinh có hoàn cảnh khó khăn", str(2 + n), "Tặng thẻ bảo hiểm y tế, đồ dùng học tập", "6.000.000"),
            records=(f"HT-2024-{n:04d}",),
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    return AnnexTable(
        columns=columns(
            ("STT", 8, "center"),
            ("Đối tượng", 30, "left"),
            ("Số học sinh", 12, "right"),
            ("Nội dung", 30, "left"),
            ("Số tiền (đồng)", 20, "right"),
        ),
        rows=(AnnexRow(cells("I", "Hỗ trợ học sinh", "s9=36", "", "s10=54.000.000"), bold=True), *body),
        total=cells("", "Tổng cộng", "s9=36", "", "s10=54.000.000"),
    )


# --------------------------------------------------------------------------- papers


def letterhead(**changes: object) -> Letterhead:
    made = Letterhead(
        superior=("UBND QUẬN CẦU GIẤY",),
        office=("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO",),
        symbol="BC-PGDĐT",
        place="Cầu Giấy",
        month=date(2024, 6, 1),
        name="Phòng Giáo dục và Đào tạo quận Cầu Giấy",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def body() -> tuple[Block, ...]:
    """A report by the outline that offices use, short."""
    return (
        paragraph("Thực hiện Kế hoạch của Sở Giáo dục và Đào tạo Hà Nội về phong trào ", MOVEMENT,
                  ", Phòng Giáo dục và Đào tạo quận Cầu Giấy báo cáo kết quả năm học 2023-2024 như sau:"),
        heading(2, "I. ĐẶC ĐIỂM TÌNH HÌNH"),
        paragraph("Tính đến ngày 31 tháng 5 năm 2024, toàn quận có ", "s1=28",
                  " trường đã ký biên bản ghi nhớ song phương với trường của huyện Phúc Thọ, đạt tỷ lệ ", "s11=49,1%", "."),
        heading(2, "II. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI"),
        paragraph("Phòng Giáo dục và Đào tạo phân công lãnh đạo, chuyên viên theo dõi từng cặp đơn vị; các trường đưa nội dung kết nối vào kế hoạch năm học."),
        ItemList((
            inlines("Giao đầu mối cho từng cấp học;"),
            inlines("Thống nhất lộ trình với Phòng Giáo dục và Đào tạo huyện Phúc Thọ;"),
            inlines("Sơ kết vào cuối mỗi học kỳ."),
        )),
        heading(2, "III. KẾT QUẢ THỰC HIỆN"),
        heading(3, "1. Ký kết giao ước, biên bản ghi nhớ"),
        paragraph("s1=28", " trường của quận đã ký biên bản ghi nhớ, trong đó có ", "s2=9", " trường mầm non, ", "s3=11",
                  " trường tiểu học và ", "s4=8", " trường trung học cơ sở (chi tiết tại Phụ lục I)."),
        heading(3, "2. Sinh hoạt chuyên đề"),
        paragraph("Hai bên tổ chức ", "s5=41", " chuyên đề, thu hút ", "s8=1.284", " lượt giáo viên."),
        heading(4, "a) Chuyên đề trực tiếp"),
        paragraph("Có ", "s6=34", " chuyên đề được tổ chức trực tiếp tại trường của hai bên."),
        heading(4, "b) Chuyên đề trực tuyến"),
        paragraph("Có ", "s7=7", " chuyên đề được tổ chức trực tuyến; học liệu được chia sẻ cho cả hai bên sau mỗi buổi."),
        table(),
        heading(3, "3. Hỗ trợ học sinh"),
        paragraph("Các trường đỡ đầu ", "s9=36", " học sinh có hoàn cảnh khó khăn với số tiền ", "s10=54.000.000 đồng",
                  " (chi tiết tại Phụ lục II)."),
        heading(2, "IV. ĐÁNH GIÁ CHUNG"),
        paragraph("Việc kết nối đã đi vào nền nếp ở cả ba cấp học. Số chuyên đề trực tuyến còn ít so với chuyên đề trực tiếp; một số cặp trường chưa thống nhất lịch sinh hoạt từ đầu học kỳ."),
        heading(2, "V. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM HỌC 2024-2025"),
        paragraph("Tiếp tục rà soát lộ trình của từng cặp trường, ưu tiên các môn Khoa học tự nhiên, Lịch sử và Địa lí; tăng số chuyên đề trực tuyến để giảm thời gian đi lại của giáo viên."),
        heading(2, "VI. KIẾN NGHỊ, ĐỀ XUẤT"),
        paragraph("Đề nghị Sở Giáo dục và Đào tạo Hà Nội sớm ban hành lịch chuyên đề cấp thành phố ngay từ đầu năm học để các đơn vị chủ động bố trí giáo viên tham gia."),
        paragraph("Trên đây là báo cáo kết quả thực hiện phong trào ", MOVEMENT,
                  " năm học 2023-2024 của Phòng Giáo dục và Đào tạo quận Cầu Giấy./."),
    )  # fmt: skip


def paper(**changes: object) -> Paper:
    """The report of a district office for a school year, with a landscape annex and an upright one."""
    made = Paper(
        slug="bao-cao-nam-hoc",
        unit="quan-cau-giay",
        year="2023-2024",
        kind="bao-cao",
        type_name="BÁO CÁO",
        title=f"Kết quả thực hiện phong trào {MOVEMENT} năm học 2023-2024",
        letterhead=letterhead(),
        addressees=("Sở Giáo dục và Đào tạo Hà Nội",),
        bases=(),
        body=body(),
        recipients=(
            "Như trên",
            "UBND quận Cầu Giấy (để b/c)",
            "Phòng GD&ĐT huyện Phúc Thọ (để p/h)",
            "Các trường MN, TH, THCS trên địa bàn",
            "Lưu: VT",
        ),
        signature=Signature(("TRƯỞNG PHÒNG",)),
        annexes=(
            Annex(
                "I",
                "DANH SÁCH GIAO ƯỚC, BIÊN BẢN GHI NHỚ",
                (OfficialTable("", agreements()),),
                landscape=True,
            ),
            Annex("II", "HỖ TRỢ HỌC SINH CÓ HOÀN CẢNH KHÓ KHĂN", (OfficialTable("", support()),)),
        ),
        ledger=ledger(),
        dated=date(2024, 6, 10),
        illustration=ILLUSTRATION,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def letter(**changes: object) -> Paper:
    """A reminder of the Sở to the offices that have not reported: no type name, no figures, no annexes."""
    made = Paper(
        slug="cong-van-don-doc",
        unit="huyen-my-duc",
        year="2023-2024",
        kind="cong-van",
        type_name="",
        title="Đôn đốc gửi báo cáo kết quả phong trào “chung tay” năm học 2023-2024",
        letterhead=Letterhead(
            superior=("UBND THÀNH PHỐ HÀ NỘI",),
            office=("SỞ GIÁO DỤC VÀ ĐÀO TẠO",),
            symbol="SGDĐT-VP",
            place="Hà Nội",
            month=date(2024, 6, 1),
            subject="V/v đôn đốc gửi báo cáo kết quả phong trào “chung tay” năm học 2023-2024",
            name="Sở Giáo dục và Đào tạo Hà Nội",
        ),
        addressees=("Phòng Giáo dục và Đào tạo huyện Mỹ Đức", "Phòng Giáo dục và Đào tạo huyện Ứng Hòa"),
        bases=(),
        body=(
            paragraph("Theo kế hoạch của phong trào, các đơn vị gửi báo cáo năm học về Sở Giáo dục và Đào tạo trước ngày 31 tháng 5 năm 2024. Đến nay, Sở chưa nhận được báo cáo của quý phòng."),
            paragraph("Sở Giáo dục và Đào tạo đề nghị quý phòng hoàn thiện và gửi báo cáo trước ngày 15 tháng 6 năm 2024; nếu có vướng mắc, đề nghị phản ánh về Văn phòng Sở để cùng tháo gỡ."),
            paragraph("Sở Giáo dục và Đào tạo trân trọng đề nghị các đơn vị phối hợp thực hiện./."),
        ),
        recipients=("Như trên", "Ban Giám đốc Sở (để b/c)", "Lưu: VT, VP"),
        signature=Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        annexes=(),
        ledger=None,
        dated=date(2024, 6, 3),
        illustration=ILLUSTRATION,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def long_annex(count: int = 3000) -> Paper:
    """A report whose annex lists that many agreements."""
    return paper(
        annexes=(Annex("", "DANH SÁCH BIÊN BẢN GHI NHỚ", (OfficialTable("", agreements(count)),), landscape=True),)
    )
