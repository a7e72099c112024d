"""What the sample movement amounts to: its pairs, and how much of everything a school year holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

SO = "so-gddt-ha-noi"
YEN_BAI = "tinh-yen-bai"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two districts that work together. `published`: named by the press; all other pairs are made up."""

    first: str
    second: str
    memoranda: int  # in the first year
    signed: date
    published: bool = False


PAIRS: tuple[Pair, ...] = (
    Pair("Cầu Giấy", "Phúc Thọ", 28, date(2022, 12, 15), published=True),
    Pair("Hoàng Mai", "Ứng Hòa", 29, date(2022, 12, 20), published=True),
    Pair("Thanh Xuân", "Hoài Đức", 23, date(2022, 12, 16), published=True),
    Pair("Gia Lâm", "Thạch Thất", 22, date(2022, 12, 22), published=True),
    Pair("Ba Đình", "Ba Vì", 16, date(2022, 12, 14), published=True),
    Pair("Cầu Giấy", "Ba Vì", 8, date(2023, 2, 10), published=True),
    Pair("Thanh Xuân", "Ba Vì", 7, date(2023, 2, 24), published=True),
    Pair("Đống Đa", "Mỹ Đức", 25, date(2022, 12, 21)),
    Pair("Hai Bà Trưng", "Phú Xuyên", 25, date(2022, 12, 19)),
    Pair("Hoàn Kiếm", "Sóc Sơn", 18, date(2022, 12, 23)),
    Pair("Tây Hồ", "Mê Linh", 15, date(2022, 12, 27)),
    Pair("Long Biên", "Thường Tín", 27, date(2022, 12, 16)),
    Pair("Nam Từ Liêm", "Quốc Oai", 21, date(2022, 12, 28)),
    Pair("Bắc Từ Liêm", "Đan Phượng", 18, date(2022, 12, 26)),
    Pair("Hà Đông", "Chương Mỹ", 31, date(2022, 12, 17)),
    Pair("Thanh Trì", "Thanh Oai", 19, date(2022, 12, 29)),
    Pair("Đông Anh", "Sơn Tây", 18, date(2022, 12, 24)),
)

# Memoranda of the first year by level, and districts in which one school signed two of them. With one memorandum of
# three sides this makes 2 × 350 + 1 − 29 = 672 schools, 271 of them tiểu học.
MEMORANDA = {"mam-non": 111, "tieu-hoc": 141, "thcs": 98}
TWICE = {"mam-non": 8, "tieu-hoc": 12, "thcs": 9}
SIGN_TWICE: dict[str, int] = {
    "Cầu Giấy": 2,
    "Phúc Thọ": 1,
    "Ba Vì": 3,
    "Hà Đông": 3,
    "Hoàng Mai": 3,
    "Ứng Hòa": 1,
    "Thanh Xuân": 1,
    "Hoài Đức": 1,
    "Gia Lâm": 2,
    "Đống Đa": 2,
    "Hai Bà Trưng": 2,
    "Phú Xuyên": 1,
    "Long Biên": 2,
    "Nam Từ Liêm": 1,
    "Bắc Từ Liêm": 2,
    "Thanh Trì": 1,
    "Đông Anh": 1,
}
THREE_SIDED = ("Hoàn Kiếm", "Sóc Sơn", "tieu-hoc")

# Share of chuyên đề by topic and level of school; the first year's numbers are exactly these (788 in all).
TOPIC_MIX: dict[tuple[str, str], int] = {
    ("phuong-phap-day-hoc", "mam-non"): 34,
    ("phuong-phap-day-hoc", "tieu-hoc"): 92,
    ("phuong-phap-day-hoc", "thcs"): 72,
    ("kiem-tra-danh-gia", "tieu-hoc"): 74,
    ("kiem-tra-danh-gia", "thcs"): 67,
    ("trai-nghiem-ki-nang-song", "mam-non"): 112,
    ("ung-dung-cntt", "mam-non"): 32,
    ("ung-dung-cntt", "tieu-hoc"): 34,
    ("ung-dung-cntt", "thcs"): 28,
    ("sinh-hoat-chuyen-mon", "mam-non"): 31,
    ("sinh-hoat-chuyen-mon", "tieu-hoc"): 24,
    ("sinh-hoat-chuyen-mon", "thcs"): 22,
    ("chuong-trinh-2018", "tieu-hoc"): 38,
    ("chuong-trinh-2018", "thcs"): 33,
    ("on-thi-hoc-sinh-gioi", "tieu-hoc"): 12,
    ("on-thi-hoc-sinh-gioi", "thcs"): 40,
    ("ngan-hang-cau-hoi", "tieu-hoc"): 20,
    ("ngan-hang-cau-hoi", "thcs"): 23,
}


# When the schools of the first year signed: most of them before the spring.
SIGNING = {12: 9, 1: 10, 2: 9, 3: 4, 4: 1, 5: 1}


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """One school year of the sample: when things happen, and how many of each."""

    name: str
    first: date
    last: date
    months: dict[int, int]  # weight of a day in each month
    new_grades: tuple[int, ...]  # grades that have the 2018 curriculum in this year
    upper: int  # chuyên đề of a district
    city: int  # chuyên đề of the city
    school: int  # chuyên đề of schools
    block: tuple[int, int]  # THPT and GDNN-GDTX exchanges in person, online
    others: dict[str, int]  # other kinds of activity
    sponsored: int  # pupils taken care of, in all
    memoranda: int = 0  # besides those of the first year
    commitments: tuple[int, int] = (0, 0)  # documents of two sides, of three sides
    first_pair: int = 0  # of PAIRS, that commits itself first
    online: bool = False  # English lessons for Yên Bái
    doubles: int = 0  # activities that both sides report
    statistics: int = 0
    report: tuple[date, date] = (date(2000, 1, 1), date(2000, 1, 1))  # the period that units report for
    report_by: date = date(2000, 1, 1)  # last day of handing in
    missing: tuple[str, ...] = field(default=())  # districts that have not reported


YEARS: tuple[SchoolYear, ...] = (
    SchoolYear(
        name="2022-2023",
        first=date(2022, 12, 10),
        last=date(2023, 5, 31),
        months={12: 3, 1: 3, 2: 6, 3: 9, 4: 8, 5: 4},
        new_grades=(1, 2, 3, 6, 7, 10),
        upper=148,
        city=12,
        school=628,
        block=(30, 6),
        others={
            "giao-luu-chuyen-mon": 44,
            "hoi-thao": 21,
            "van-hoa-van-nghe": 63,
            "the-thao": 49,
            "tham-quan": 97,
            "ho-tro-hoc-sinh": 86,
            "ho-tro-co-so-vat-chat": 41,
            "chia-se-hoc-lieu": 34,
            "nhan-rong-mo-hinh": 13,
        },
        sponsored=268,
        commitments=(28, 3),
        doubles=7,
        statistics=8,
        report=(date(2022, 12, 1), date(2023, 7, 31)),
        report_by=date(2023, 8, 5),
    ),
    SchoolYear(
        name="2023-2024",
        first=date(2023, 9, 6),
        last=date(2024, 5, 31),
        months={9: 4, 10: 7, 11: 7, 12: 6, 1: 4, 2: 4, 3: 7, 4: 6, 5: 3},
        new_grades=(1, 2, 3, 4, 6, 7, 8, 10, 11),
        upper=163,
        city=14,
        school=701,
        block=(43, 12),
        others={
            "giao-luu-chuyen-mon": 58,
            "hoi-thao": 27,
            "van-hoa-van-nghe": 78,
            "the-thao": 61,
            "tham-quan": 118,
            "ho-tro-hoc-sinh": 104,
            "ho-tro-co-so-vat-chat": 52,
            "chia-se-hoc-lieu": 45,
            "nhan-rong-mo-hinh": 24,
        },
        sponsored=317,
        memoranda=54,
        commitments=(6, 1),
        first_pair=7,
        online=True,
        doubles=5,
        statistics=6,
        report=(date(2023, 8, 1), date(2024, 7, 31)),
        report_by=date(2024, 8, 8),
    ),
    SchoolYear(
        name="2024-2025",
        first=date(2024, 9, 6),
        last=date(2024, 11, 30),
        months={9: 4, 10: 8, 11: 8},
        new_grades=(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
        upper=37,
        city=4,
        school=166,
        block=(11, 4),
        others={
            "giao-luu-chuyen-mon": 14,
            "hoi-thao": 6,
            "van-hoa-van-nghe": 21,
            "the-thao": 15,
            "tham-quan": 26,
            "ho-tro-hoc-sinh": 33,
            "ho-tro-co-so-vat-chat": 12,
            "chia-se-hoc-lieu": 11,
            "nhan-rong-mo-hinh": 7,
        },
        sponsored=94,
        memoranda=14,
        commitments=(2, 0),
        first_pair=14,
        doubles=2,
        statistics=2,
        report=(date(2024, 8, 1), date(2024, 11, 30)),
        report_by=date(2024, 12, 6),
        missing=("Mỹ Đức", "Ứng Hòa"),
    ),
)

# The rest of the third year: what districts did until they ended. It comes after all that was published.
SECOND_HALF = SchoolYear(
    name="2024-2025",
    first=date(2024, 12, 2),
    last=date(2025, 5, 30),
    months={12: 6, 1: 5, 2: 5, 3: 7, 4: 6, 5: 3},
    new_grades=(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    upper=86,
    city=7,
    school=388,
    block=(24, 9),
    others={
        "giao-luu-chuyen-mon": 33,
        "hoi-thao": 15,
        "van-hoa-van-nghe": 42,
        "the-thao": 33,
        "tham-quan": 61,
        "ho-tro-hoc-sinh": 58,
        "ho-tro-co-so-vat-chat": 27,
        "chia-se-hoc-lieu": 23,
        "nhan-rong-mo-hinh": 12,
    },
    sponsored=163,
    doubles=3,
    report=(date(2024, 12, 1), date(2025, 5, 31)),
    report_by=date(2025, 6, 20),
    missing=("Mỹ Đức", "Ứng Hòa"),
)

# English lessons online for Yên Bái in 2023-2024; one record per school of Hanoi.
ONLINE = {"schools": 122, "partners": 17, "teachers": 203, "periods": 2106}


def scaled(year: SchoolYear, factor: float) -> SchoolYear:
    """The same year with `factor` times as many activities; agreements stay."""

    def times(count: int) -> int:
        return round(count * factor)

    return replace(
        year,
        upper=times(year.upper),
        city=times(year.city),
        school=times(year.school),
        block=(times(year.block[0]), times(year.block[1])),
        others={kind: times(count) for kind, count in year.others.items()},
        sponsored=times(year.sponsored),
    )
