"""Promises of the registry: names on a day, validity, successors, forgiving search, who reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chungtay_reports.model import Filter, Period
from chungtay_reports.source.files import Parsed, parse_yaml, read_yaml
from chungtay_reports.units.reader import Registry, read_registry
from chungtay_reports.units.registry import FIELDS

ROOT = Path(__file__).parent.parent
BEFORE, AFTER = date(2023, 3, 14), date(2025, 7, 1)


def parsed(text: str, file: str = "content/units/a.yaml") -> Parsed:
    document, problems = parse_yaml(text, file)
    assert document is not None
    assert not problems
    return document


def real() -> Registry:
    documents = [
        read_yaml(ROOT, path.relative_to(ROOT).as_posix()) for path in sorted((ROOT / "content/units").rglob("*.yaml"))
    ]
    registry, problems = read_registry(tuple(document for document, _ in documents if document))
    assert not problems
    return registry


@pytest.fixture(scope="module")
def registry() -> Registry:
    return real()


TIERS = """
tiers:
  - {id: quan, label: quận, group: cap-huyen, area: noi-thanh, reports: true, prefix: Quận, running: quận}
  - {id: tieu-hoc, label: trường tiểu học, group: truong, school_level: tieu-hoc, prefix: Trường Tiểu học, running: Trường Tiểu học, brief: Tiểu học}
units:
  - {id: quan-a, tier: quan, name: Quận A}
"""


def test_thirty_districts_are_valid_to_the_end_of_june_2025_and_126_communes_after(registry: Registry) -> None:
    communes = (Filter("group", ("cap-xa",)),)
    districts = (Filter("group", ("cap-huyen",)),)
    assert len(registry.select(districts, date(2025, 6, 30))) == 30
    assert len(registry.select(communes, date(2025, 6, 30))) == 0
    assert len(registry.select(districts, AFTER)) == 0
    assert len(registry.select(communes, AFTER)) == 126
    assert len(registry.select((Filter("tier", ("phuong",)),), AFTER)) == 51


def test_the_units_that_report_are_those_valid_on_the_last_day_of_the_period(registry: Registry) -> None:
    assert len(registry.reporting(Period(date(2022, 12, 1), date(2023, 7, 31)))) == 30
    assert len(registry.reporting(Period(date(2024, 8, 1), date(2025, 7, 31)))) == 126


@pytest.mark.parametrize(
    ("id_", "full", "official", "short"),
    [
        ("quan-cau-giay", "quận Cầu Giấy", "Quận Cầu Giấy", "Cầu Giấy"),
        ("huyen-ba-vi", "huyện Ba Vì", "Huyện Ba Vì", "Ba Vì"),
        ("thi-xa-son-tay", "thị xã Sơn Tây", "Thị xã Sơn Tây", "Sơn Tây"),
        ("pgd-cau-giay", "Phòng GD&ĐT quận Cầu Giấy", "Phòng Giáo dục và Đào tạo quận Cầu Giấy", "Cầu Giấy"),
        ("so-gddt-ha-noi", "Sở GD&ĐT Hà Nội", "Sở Giáo dục và Đào tạo Hà Nội", "Sở GD&ĐT Hà Nội"),
        ("thcs-ba-vi-khanh-thuong", "Trường THCS Khánh Thượng", "Trường Trung học cơ sở Khánh Thượng", "THCS Khánh Thượng"),
        ("xa-ba-vi", "xã Ba Vì", "Xã Ba Vì", "Ba Vì"),
    ],
)  # fmt: skip
def test_a_name_has_its_case_in_running_text_and_its_official_and_short_form(
    registry: Registry, id_: str, full: str, official: str, short: str
) -> None:
    assert registry.name(id_, BEFORE) == full
    assert registry.name(id_, BEFORE, "official") == official
    assert registry.name(id_, BEFORE, "short") == short


def test_the_first_mention_of_an_office_explains_its_abbreviation(registry: Registry) -> None:
    assert registry.name("pgd-ba-vi", BEFORE, "first") == "Phòng Giáo dục và Đào tạo (GD&ĐT) huyện Ba Vì"


def test_equal_names_of_two_tiers_are_two_units(registry: Registry) -> None:
    assert registry.find("Cầu Giấy", BEFORE)[0].id == "quan-cau-giay"
    assert registry.find("Cầu Giấy", AFTER)[0].id == "phuong-cau-giay"
    assert [unit.id for unit in registry.find("xã Yên Bài", AFTER)] == ["xa-yen-bai"]
    assert [unit.id for unit in registry.find("tỉnh Yên Bái", BEFORE)] == ["tinh-yen-bai"]


@pytest.mark.parametrize("text", ["Huyện Ứng Hòa", "huyện Ứng Hoà", "HUYỆN  ỨNG HÒA", "huyện Ứng Hòa"])
def test_search_forgives_tone_placement_unicode_form_case_and_spaces(registry: Registry, text: str) -> None:
    assert [unit.id for unit in registry.find(text, BEFORE)] == ["huyen-ung-hoa"]


def test_a_close_id_or_name_is_offered(registry: Registry) -> None:
    assert registry.suggest("quan-cau-giai") == "quan-cau-giay"
    assert registry.suggest("Quận Cầu Giấy") == "quan-cau-giay"
    assert registry.suggest("hoàn toàn không có") is None


def test_a_district_lives_on_in_its_communes_main_ones_first(registry: Registry) -> None:
    assert [unit.id for unit in registry.successors("quan-ba-dinh", BEFORE)] == ["quan-ba-dinh"]
    heirs = [unit.id for unit in registry.successors("quan-ba-dinh", AFTER)]
    assert heirs[:3] == ["phuong-ba-dinh", "phuong-ngoc-ha", "phuong-giang-vo"]
    assert "phuong-hong-ha" in heirs
    assert registry.successors("phuong-ba-dinh", BEFORE) == ()


def test_yen_bai_is_named_as_it_was_with_a_note_that_it_is_now_lao_cai(registry: Registry) -> None:
    assert registry.name("tinh-yen-bai", AFTER) == "tỉnh Yên Bái"
    assert registry.now("tinh-yen-bai", BEFORE) == ""
    assert registry.now("tinh-yen-bai", AFTER) == "(nay thuộc tỉnh Lào Cai)"
    assert registry.now("quan-ba-dinh", AFTER) == ""


def test_schools_and_offices_belong_to_the_unit_above_them_and_share_its_area(registry: Registry) -> None:
    assert registry.top("thcs-ba-vi-khanh-thuong") == "huyen-ba-vi"
    assert registry.top("pgd-cau-giay") == "quan-cau-giay"
    assert registry.top("so-gddt-yen-bai") == "tinh-yen-bai"
    assert registry.top("khong-co") is None
    assert registry.field("thcs-ba-vi-khanh-thuong", "area") == "ngoai-thanh"
    assert registry.field("th-yen-bai-kim-dong", "area") == ""


def test_schools_of_hanoi_are_selected_by_level_and_area_without_those_of_another_province(registry: Registry) -> None:
    where = (Filter("level", ("mam-non", "tieu-hoc", "thcs")), Filter("area", ("noi-thanh", "ngoai-thanh")))
    found = registry.select(where, BEFORE)
    assert 2500 < len(found) < 2650
    assert not [id_ for id_ in found if "yen-bai-" in id_ and registry.top(id_) == "tinh-yen-bai"]
    assert set(found).isdisjoint(
        registry.select((Filter("level", ("mam-non", "tieu-hoc", "thcs"), negate=True),), BEFORE)
    )


def test_units_are_ordered_by_tier_and_then_by_the_vietnamese_alphabet(registry: Registry) -> None:
    names = [registry.name(id_, BEFORE) for id_ in registry.reporting(Period(BEFORE, BEFORE))]
    assert names[:3] == ["quận Ba Đình", "quận Bắc Từ Liêm", "quận Cầu Giấy"]
    assert names.index("quận Đống Đa") < names.index("quận Hai Bà Trưng") < names.index("huyện Ba Vì")
    assert names[-1] == "thị xã Sơn Tây"


def test_every_field_can_be_asked_of_every_unit(registry: Registry) -> None:
    for id_ in registry.units:
        assert all(isinstance(registry.field(id_, field), str) for field in FIELDS)


def test_a_school_has_on_each_day_the_name_of_that_day() -> None:
    text = (
        TIERS
        + """\
  - id: th-moi
    tier: tieu-hoc
    name: Trường Tiểu học Sao Mai
    parent: quan-a
    former_names: [{until: 2023-08-31, name: Trường Tiểu học Đông Thành}]
"""
    )
    registry, problems = read_registry((parsed(text),))
    assert problems == ()
    assert registry.name("th-moi", date(2023, 8, 31)) == "Trường Tiểu học Đông Thành"
    assert registry.name("th-moi", date(2023, 9, 1), "short") == "Tiểu học Sao Mai"
    assert [unit.id for unit in registry.find("tiểu học đông thành", AFTER)] == ["th-moi"]


def test_one_broken_unit_hides_no_other_and_all_problems_come_in_one_run() -> None:
    text = (
        TIERS
        + """\
  - {id: th-x, tier: tieu-hoc, name: Trường Tiểu học X, parent: quan-b}
  - {id: th-y, tier: tieu-hoc, nmae: Trường Tiểu học Y}
  - {id: th-z, tier: tieu-hok, name: Trường Tiểu học Z}
  - {id: th-v, tier: tieu-hoc, name: Trường Tiểu học V, parent: quan-a}
"""
    )
    registry, problems = read_registry((parsed(text),))
    assert {"th-x", "th-v"} <= registry.units.keys()
    assert {problem.code for problem in problems} >= {"U102", "U103"}
    assert {problem.place.line for problem in problems} == {7, 8, 9}
    assert [problem.hint for problem in problems if problem.code == "U102"] == ["tieu-hoc"]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_walks_end_whatever_cycles_an_author_writes(edges: list[tuple[int, int]]) -> None:
    heirs: dict[int, list[int]] = {number: [] for number in range(8)}
    for start, end in edges:
        heirs[start].append(end)
    rows = "".join(
        f"  - {{id: u{n}, tier: quan, name: Quận {n}, valid_to: 2025-06-30, parent: u{(heirs[n] or [n])[0]}, "
        f"successors: [{', '.join(f'u{other}' for other in dict.fromkeys(heirs[n]))}]}}\n"
        for n in range(8)
    )
    registry, problems = read_registry((parsed(TIERS + rows),))
    assert "U106" in {problem.code for problem in problems}
    for number in range(8):
        registry.successors(f"u{number}", AFTER)
        assert registry.top(f"u{number}") == f"u{number}"
