"""Facts about Hanoi before and after 1 July 2025, and how many schools of each level the sample gives a district."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from sample.text import slug

LEVELS = ("mam-non", "tieu-hoc", "thcs", "thpt")

# name, administrative code, number of mầm non, tiểu học, THCS, THPT in the sample (sizes like the real ones)
_QUAN = """
Ba Đình 001 36 20 17 9
Hoàn Kiếm 002 27 16 12 8
Tây Hồ 003 28 14 13 8
Long Biên 004 40 28 22 10
Cầu Giấy 005 33 19 18 16
Đống Đa 006 45 27 23 13
Hai Bà Trưng 007 41 25 21 11
Hoàng Mai 008 44 27 21 9
Thanh Xuân 009 31 18 16 12
Nam Từ Liêm 019 34 17 15 13
Bắc Từ Liêm 021 36 19 17 9
Hà Đông 268 46 32 24 14
"""
_HUYEN = """
Sóc Sơn 016 45 36 27 13
Đông Anh 017 40 35 26 10
Gia Lâm 018 37 29 24 8
Thanh Trì 020 37 24 19 6
Mê Linh 250 34 31 22 7
Ba Vì 271 46 38 35 7
Phúc Thọ 272 29 25 23 4
Đan Phượng 273 28 20 17 4
Hoài Đức 274 34 27 22 5
Quốc Oai 275 35 25 22 5
Thạch Thất 276 39 30 25 7
Chương Mỹ 277 52 39 37 7
Thanh Oai 278 35 26 22 4
Thường Tín 279 41 32 30 6
Phú Xuyên 280 44 30 29 5
Ứng Hòa 281 45 31 30 5
Mỹ Đức 282 34 28 24 5
"""
_THI_XA = "Sơn Tây 269 24 16 15 6"


@dataclass(frozen=True, slots=True)
class District:
    """One of the 30 units of district rank that ended on 30 June 2025."""

    name: str
    tier: str
    kind: str  # Quận, Huyện, Thị xã
    code: str
    sizes: tuple[int, ...]  # schools by level, in the order of LEVELS

    @property
    def key(self) -> str:
        return slug(self.name)

    @property
    def id(self) -> str:
        return f"{self.tier}-{self.key}"

    @property
    def office(self) -> str:
        return f"pgd-{self.key}"

    @property
    def inner(self) -> bool:
        return self.tier == "quan"

    @property
    def running(self) -> str:
        return f"{self.kind.lower()} {self.name}"


@dataclass(frozen=True, slots=True)
class Commune:
    """One of the 126 phường and xã since 1 July 2025."""

    code: str
    kind: str  # Phường, Xã
    name: str
    main: str  # “Quận Ba Đình”, or a remark when it lies across several
    former: tuple[str, ...]

    @property
    def tier(self) -> str:
        return slug(self.kind)

    @property
    def id(self) -> str:
        return f"{self.tier}-{slug(self.name)}"


def _parse(text: str, tier: str, kind: str) -> list[District]:
    districts = []
    for line in text.strip().splitlines():
        *words, code, mn, th, thcs, thpt = line.split()
        districts.append(District(" ".join(words), tier, kind, code, (int(mn), int(th), int(thcs), int(thpt))))
    return districts


DISTRICTS: tuple[District, ...] = (
    *_parse(_QUAN, "quan", "Quận"),
    *_parse(_HUYEN, "huyen", "Huyện"),
    *_parse(_THI_XA, "thi-xa", "Thị xã"),
)
BY_NAME = {district.name: district for district in DISTRICTS}


def communes(source: Path) -> tuple[Commune, ...]:
    """Read the table of the 126 units, in the order of their codes."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = [
            Commune(
                row["code"],
                row["kind"],
                row["name"],
                row["main_former_district"],
                tuple(name for name in row["former_districts"].split("; ") if name),
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda row: row.code))


def successors(district: District, units: tuple[Commune, ...]) -> list[Commune]:
    """The communes that took over land of `district`, those that lie mainly in it first."""
    name = f"{district.kind} {district.name}"
    main = [unit for unit in units if unit.main == name]
    return main + [unit for unit in units if unit.main != name and name in unit.former]
