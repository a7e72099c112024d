"""content/units: offices, districts, communes, provinces and schools as YAML text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sample.names import THEMES, NameBag, of_commune
from sample.places import DISTRICTS, LEVELS, Commune, District, communes, successors
from sample.text import Value, flow, slug

LAST_DAY = "2025-06-30"
FIRST_DAY = "2025-07-01"
FACTS = Path(__file__).with_name("hanoi_units_2025.csv")
YEN_BAI = "tinh-yen-bai"

_TIERS: tuple[dict[str, Value], ...] = (
    {"id": "thanh-pho", "label": "thành phố", "group": "tinh", "order": 1, "plural": "thành phố", "prefix": "Thành phố", "running": "thành phố"},
    {"id": "so", "label": "sở", "group": "so", "order": 5, "plural": "sở", "prefix": "Sở Giáo dục và Đào tạo", "running": "Sở GD&ĐT", "first": "Sở Giáo dục và Đào tạo (GD&ĐT)", "brief": "Sở GD&ĐT"},
    {"id": "quan", "label": "quận", "group": "cap-huyen", "area": "noi-thanh", "order": 10, "reports": True, "plural": "quận", "prefix": "Quận", "running": "quận"},
    {"id": "huyen", "label": "huyện", "group": "cap-huyen", "area": "ngoai-thanh", "order": 11, "reports": True, "plural": "huyện", "prefix": "Huyện", "running": "huyện"},
    {"id": "thi-xa", "label": "thị xã", "group": "cap-huyen", "area": "ngoai-thanh", "order": 12, "reports": True, "plural": "thị xã", "prefix": "Thị xã", "running": "thị xã"},
    {"id": "phuong", "label": "phường", "group": "cap-xa", "area": "noi-thanh", "order": 20, "reports": True, "plural": "phường", "prefix": "Phường", "running": "phường"},
    {"id": "xa", "label": "xã", "group": "cap-xa", "area": "ngoai-thanh", "order": 21, "reports": True, "plural": "xã", "prefix": "Xã", "running": "xã"},
    {"id": "phong-gddt", "label": "phòng giáo dục và đào tạo", "group": "co-quan", "order": 30, "plural": "phòng GD&ĐT", "prefix": "Phòng Giáo dục và Đào tạo", "running": "Phòng GD&ĐT", "first": "Phòng Giáo dục và Đào tạo (GD&ĐT)"},
    {"id": "phong-vhxh", "label": "phòng văn hóa - xã hội", "group": "co-quan", "order": 31, "plural": "phòng văn hóa - xã hội", "prefix": "Phòng Văn hóa - Xã hội", "running": "Phòng Văn hóa - Xã hội"},
    {"id": "mam-non", "label": "trường mầm non", "group": "truong", "order": 40, "school_level": "mam-non", "plural": "trường mầm non", "prefix": "Trường Mầm non", "running": "Trường Mầm non", "brief": "Mầm non"},
    {"id": "tieu-hoc", "label": "trường tiểu học", "group": "truong", "order": 41, "school_level": "tieu-hoc", "plural": "trường tiểu học", "prefix": "Trường Tiểu học", "running": "Trường Tiểu học", "brief": "Tiểu học"},
    {"id": "thcs", "label": "trường THCS", "group": "truong", "order": 42, "school_level": "thcs", "plural": "trường THCS", "prefix": "Trường Trung học cơ sở", "running": "Trường THCS", "first": "Trường Trung học cơ sở (THCS)", "brief": "THCS"},
    {"id": "thpt", "label": "trường THPT", "group": "truong", "order": 43, "school_level": "thpt", "plural": "trường THPT", "prefix": "Trường Trung học phổ thông", "running": "Trường THPT", "first": "Trường Trung học phổ thông (THPT)", "brief": "THPT"},
    {"id": "gdnn-gdtx", "label": "trung tâm GDNN-GDTX", "group": "truong", "order": 44, "school_level": "gdnn-gdtx", "plural": "trung tâm GDNN-GDTX", "prefix": "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên", "running": "Trung tâm GDNN-GDTX", "first": "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên (GDNN-GDTX)", "brief": "GDNN-GDTX"},
    {"id": "tinh", "label": "tỉnh", "group": "tinh", "order": 50, "plural": "tỉnh", "prefix": "Tỉnh", "running": "tỉnh"},
    {"id": "so-tinh-ban", "label": "sở của tỉnh bạn", "group": "co-quan", "order": 51, "plural": "sở của tỉnh bạn", "prefix": "Sở Giáo dục và Đào tạo", "running": "Sở GD&ĐT", "first": "Sở Giáo dục và Đào tạo (GD&ĐT)", "brief": "Sở GD&ĐT"},
    {"id": "cong-doan", "label": "công đoàn ngành", "group": "doi-tac", "order": 60, "plural": "công đoàn ngành", "prefix": "Công đoàn ngành", "running": "Công đoàn ngành", "brief": "Công đoàn ngành"},
    {"id": "cong-an", "label": "công an", "group": "doi-tac", "order": 61, "plural": "đơn vị công an", "prefix": "Công an", "running": "Công an", "brief": "Công an"},
    {"id": "quan-doi", "label": "quân đội", "group": "doi-tac", "order": 62, "plural": "đơn vị quân đội", "prefix": "Ban Chỉ huy Quân sự", "running": "Ban Chỉ huy Quân sự", "brief": "Ban Chỉ huy Quân sự"},
    {"id": "to-chuc", "label": "tổ chức đoàn thể", "group": "doi-tac", "order": 63, "plural": "tổ chức đoàn thể"},
)  # fmt: skip

_SO: tuple[dict[str, Value], ...] = (
    {"id": "thanh-pho-ha-noi", "tier": "thanh-pho", "name": "Thành phố Hà Nội", "code": "01"},
    {"id": "so-gddt-ha-noi", "tier": "so", "name": "Sở Giáo dục và Đào tạo Hà Nội", "parent": "thanh-pho-ha-noi", "aliases": ["Sở GDĐT Hà Nội", "Sở GD-ĐT Hà Nội"]},
)  # fmt: skip

# 1 July 2025: Yên Bái and Lào Cai became the new Lào Cai, Hà Giang and Tuyên Quang the new Tuyên Quang.
_PROVINCES: tuple[dict[str, Value], ...] = (
    {"id": YEN_BAI, "tier": "tinh", "name": "Tỉnh Yên Bái", "code": "15", "valid_to": LAST_DAY, "successors": ["tinh-lao-cai-2025"]},
    {"id": "tinh-lao-cai", "tier": "tinh", "name": "Tỉnh Lào Cai", "code": "10", "valid_to": LAST_DAY, "successors": ["tinh-lao-cai-2025"]},
    {"id": "tinh-lao-cai-2025", "tier": "tinh", "name": "Tỉnh Lào Cai", "code": "15", "valid_from": FIRST_DAY},
    {"id": "tinh-ha-giang", "tier": "tinh", "name": "Tỉnh Hà Giang", "code": "02", "valid_to": LAST_DAY, "successors": ["tinh-tuyen-quang-2025"]},
    {"id": "tinh-tuyen-quang", "tier": "tinh", "name": "Tỉnh Tuyên Quang", "code": "08", "valid_to": LAST_DAY, "successors": ["tinh-tuyen-quang-2025"]},
    {"id": "tinh-tuyen-quang-2025", "tier": "tinh", "name": "Tỉnh Tuyên Quang", "code": "08", "valid_from": FIRST_DAY},
    {"id": "tinh-cao-bang", "tier": "tinh", "name": "Tỉnh Cao Bằng", "code": "04"},
    {"id": "tinh-dien-bien", "tier": "tinh", "name": "Tỉnh Điện Biên", "code": "11"},
    {"id": "tinh-son-la", "tier": "tinh", "name": "Tỉnh Sơn La", "code": "14"},
    {"id": "so-gddt-yen-bai", "tier": "so-tinh-ban", "name": "Sở Giáo dục và Đào tạo Yên Bái", "parent": YEN_BAI, "valid_to": LAST_DAY, "successors": ["so-gddt-lao-cai"]},
    {"id": "so-gddt-lao-cai", "tier": "so-tinh-ban", "name": "Sở Giáo dục và Đào tạo Lào Cai", "parent": "tinh-lao-cai-2025", "valid_from": FIRST_DAY},
)  # fmt: skip

_PARTNERS: tuple[dict[str, Value], ...] = (
    {"id": "cong-doan-giao-duc-ha-noi", "tier": "cong-doan", "name": "Công đoàn ngành Giáo dục Hà Nội"},
    {"id": "cong-an-huyen-soc-son", "tier": "cong-an", "name": "Công an huyện Sóc Sơn", "illustration": True},
    {"id": "cong-an-quan-hoang-mai", "tier": "cong-an", "name": "Công an quận Hoàng Mai", "illustration": True},
    {"id": "chi-huy-quan-su-huyen-ba-vi", "tier": "quan-doi", "name": "Ban Chỉ huy Quân sự huyện Ba Vì", "illustration": True},
    {"id": "chi-huy-quan-su-thi-xa-son-tay", "tier": "quan-doi", "name": "Ban Chỉ huy Quân sự thị xã Sơn Tây", "illustration": True},
    {"id": "huyen-doan-phu-xuyen", "tier": "to-chuc", "name": "Huyện đoàn Phú Xuyên", "illustration": True},
)  # fmt: skip

_YEN_BAI_SCHOOLS = (
    ("tieu-hoc", "Kim Đồng|Võ Thị Sáu|Nguyễn Thái Học|Lý Tự Trọng|Bế Văn Đàn|Hoa Ban|Đồng Tiến|Hồng Thái|Tân Lập"),
    ("thcs", "Lê Hồng Phong|Quang Trung|Lương Thế Vinh|Nguyễn Viết Xuân|Tô Hiệu|Đại Đồng|Tân Hòa|Bạch Đằng"),
    ("thpt", "Hoàng Diệu|Phan Đình Phùng|Thống Nhất"),
)
PREFIX = {
    "mam-non": "Trường Mầm non",
    "tieu-hoc": "Trường Tiểu học",
    "thcs": "Trường Trung học cơ sở",
    "thpt": "Trường Trung học phổ thông",
}
SHORT_ID = {"mam-non": "mn", "tieu-hoc": "th", "thcs": "thcs", "thpt": "thpt", "gdnn-gdtx": "gdnn"}
KHANH_THUONG = "thcs-ba-vi-khanh-thuong"


@dataclass(frozen=True, slots=True)
class School:
    """A school as the generators of records need it."""

    id: str
    level: str
    name: str  # official
    unit: str  # district or province id
    illustration: bool = True

    @property
    def brief(self) -> str:
        return self.name.replace("Trường Trung học cơ sở", "Trường THCS").replace(
            "Trường Trung học phổ thông", "Trường THPT"
        )


def schools(random: Random, share: float = 1.0) -> tuple[School, ...]:
    """The schools of every district (about `share` of the sample's 2,850) and those of Yên Bái."""
    bags = {level: NameBag(THEMES[level], random) for level in LEVELS}
    facts = communes(FACTS)
    made: list[School] = []
    for district in DISTRICTS:
        own = [unit.name for unit in facts if unit.main == f"{district.kind} {district.name}"]
        for level, size in zip(LEVELS, district.sizes, strict=True):
            made.extend(_of_level(district, level, max(2, round(size * share)), own, bags[level]))
        made.append(_centre(district))
    for level, names in _YEN_BAI_SCHOOLS:
        made.extend(_school(name, level, "yen-bai", YEN_BAI) for name in names.split("|"))
    return tuple(made)


def _of_level(district: District, level: str, size: int, own: list[str], bag: NameBag) -> list[School]:
    real = ["Khánh Thượng"] if (district.name, level) == ("Ba Vì", "thcs") else []
    after_place = (
        min(size // (8 if district.inner else 3), len(own) * 4) if level != "thpt" else min(size // 3, len(own))
    )
    names = real + of_commune(own, after_place)
    taken = {slug(name) for name in names}
    for name in bag.draw(size + len(names)):
        if len(names) < size and slug(name) not in taken:
            names.append(name)
            taken.add(slug(name))
    return [_school(name, level, district.key, district.id, illustration=name not in real) for name in names]


def _school(name: str, level: str, place: str, unit: str, *, illustration: bool = True) -> School:
    return School(f"{SHORT_ID[level]}-{place}-{slug(name)}", level, f"{PREFIX[level]} {name}", unit, illustration)


def _centre(district: District) -> School:
    name = f"Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên {district.running}"
    return School(f"gdnn-{district.key}", "gdnn-gdtx", name, district.id)


def files(made: tuple[School, ...], homes: Mapping[str, str]) -> dict[str, str]:
    """The files of content/units: path below content/units → YAML text; `homes`: the commune of each school."""
    facts = communes(FACTS)
    return {
        "tiers.yaml": _file("Các loại đơn vị; chương trình chỉ biết chúng qua các dòng này.", "tiers", _TIERS),
        "so.yaml": _file("Thành phố và Sở.", "units", _SO),
        "districts.yaml": _file(
            "30 quận, huyện, thị xã và phòng GD&ĐT, đến hết 30/6/2025; kế tục là các phường, xã nhận địa bàn.",
            "units",
            [row for district in DISTRICTS for row in _district(district, facts)],
            {"valid_to": LAST_DAY},
        ),
        "communes.yaml": _file(
            "126 phường, xã từ 1/7/2025 và phòng Văn hóa - Xã hội.",
            "units",
            [row for unit in facts for row in _commune(unit)],
            {"valid_from": FIRST_DAY},
        ),
        "provinces.yaml": _file("Tỉnh bạn.", "units", _PROVINCES),
        "partners.yaml": _file("Đối tác ngoài nhà trường.", "units", _PARTNERS),
        **{
            f"schools/{unit}.yaml": _file(
                "Tên trường đặt để minh họa, trừ trường ghi illustration: false.",
                "units",
                [_school_row(school, homes) for school in made if school.unit == unit],
                {"parent": unit, "illustration": True},
            )
            for unit in dict.fromkeys(school.unit for school in made)
        },
    }


def _file(
    title: str,
    key: str,
    rows: list[dict[str, Value]] | tuple[dict[str, Value], ...],
    defaults: dict[str, Value] | None = None,
) -> str:
    shared = f"defaults: {flow(defaults)}\n" if defaults else ""
    return f"# {title}\n{shared}{key}:\n" + "".join(f"  - {flow(row)}\n" for row in rows)


def _school_row(school: School, homes: Mapping[str, str]) -> dict[str, Value]:
    row: dict[str, Value] = {"id": school.id, "tier": school.level, "name": school.name}
    if school.id in homes:
        row["moves"] = [{"on": FIRST_DAY, "parent": homes[school.id]}]
    return row if school.illustration else {**row, "illustration": False}


def _district(district: District, facts: tuple[Commune, ...]) -> list[dict[str, Value]]:
    heirs = successors(district, facts)
    return [
        {
            "id": district.id,
            "tier": district.tier,
            "name": f"{district.kind} {district.name}",
            "parent": "thanh-pho-ha-noi",
            "code": district.code,
            "successors": [unit.id for unit in heirs],
        },
        {
            "id": district.office,
            "tier": "phong-gddt",
            "name": f"Phòng Giáo dục và Đào tạo {district.running}",
            "short": district.name,
            "parent": district.id,
            "successors": [f"phong-vhxh-{unit.id}" for unit in heirs],
        },
    ]


def _commune(unit: Commune) -> list[dict[str, Value]]:
    return [
        {
            "id": unit.id,
            "tier": unit.tier,
            "name": f"{unit.kind} {unit.name}",
            "parent": "thanh-pho-ha-noi",
            "code": unit.code,
        },
        {
            "id": f"phong-vhxh-{unit.id}",
            "tier": "phong-vhxh",
            "name": f"Phòng Văn hóa - Xã hội {unit.kind.lower()} {unit.name}",
            "short": unit.name,
            "parent": unit.id,
        },
    ]
