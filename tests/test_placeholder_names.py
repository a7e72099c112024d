"""Placeholders that name and quote: units, offices, days, periods, words of somebody, tasks of a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import newsroom
import pytest
import worlds
from saying import refused, said, whole

from chungtay_reports.edition import Quotation

# ------------------------------------------------------------------ names, days


def test_a_unit_is_named_in_full_first_and_then_in_short() -> None:
    assert said("{{ ten('quan-cau-giay') }} và {{ ten('quan-cau-giay') }}") == "quận Cầu Giấy và Cầu Giấy"
    assert said("{{ ten('quan-cau-giay', kieu='ngan') }}") == "Cầu Giấy"
    assert said("{{ ten('quan-cau-giay', kieu='chinh_thuc') }}") == "Quận Cầu Giấy"


def test_an_office_is_named_in_three_steps() -> None:
    units = _with_office()
    text = "{{ ten('pgd-cau-giay') }}; {{ ten('pgd-cau-giay') }}; {{ ten('pgd-cau-giay') }}; {{ ten('pgd-ba-dinh') }}"
    assert said(text, newsroom.desk(units=units)) == (
        "Phòng Giáo dục và Đào tạo (GD&ĐT) quận Cầu Giấy; Phòng GD&ĐT quận Cầu Giấy; Cầu Giấy; Phòng GD&ĐT quận Ba Đình"
    )


def _with_office() -> worlds.Registry:
    tier = replace(
        worlds.TIERS["phong-gddt"],
        prefix="Phòng Giáo dục và Đào tạo",
        running="Phòng GD&ĐT",
        first="Phòng Giáo dục và Đào tạo (GD&ĐT)",
    )
    units = dict(worlds.REGISTRY.units)
    for stem, short in (("cau-giay", "Cầu Giấy"), ("ba-dinh", "Ba Đình")):
        office = units[f"pgd-{stem}"]
        units[office.id] = replace(office, name=f"Phòng Giáo dục và Đào tạo quận {short}", short=short)
    return worlds.Registry({**worlds.TIERS, tier.id: tier}, units)


def test_a_unit_that_has_ended_is_named_as_it_was_and_as_what_it_is_now() -> None:
    heir = worlds.unit("tinh-lao-cai", "tinh", "Tỉnh Lào Cai", "Lào Cai", valid_from=date(2023, 9, 1))
    gone = worlds.unit("tinh-cu", "tinh", "Tỉnh Cũ", "Cũ", valid_to=date(2023, 8, 31), successors=("tinh-lao-cai",))
    units = worlds.registry(heir, gone)
    later = newsroom.desk(units=units, issued=date(2023, 9, 20))
    assert said("{{ ten('tinh-cu') }} và {{ ten('tinh-cu') }}", later) == "tỉnh Cũ (nay thuộc tỉnh Lào Cai) và Cũ"
    assert said("{{ ten('tinh-cu') }}", newsroom.desk(units=units)) == "tỉnh Cũ"


def test_the_organisation_and_the_movement_have_their_names() -> None:
    assert said("{{ co_quan() }}; {{ co_quan() }}") == "Sở Giáo dục và Đào tạo (GD&ĐT) Hà Nội; Sở GD&ĐT Hà Nội"
    assert said("{{ phong_trao() }}") == "“Nhà trường cùng chung tay phát triển”"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ("", "10/8/2023"),
        ("'tinh_den', kieu='khong_nam'", "10/8"),
        ("'phat_hanh', kieu='thu'", "Chủ nhật, ngày 20/8/2023"),
        ("'bat_dau', kieu='thang'", "tháng 12/2022"),
        ("'ket_thuc', kieu='nam'", "năm 2023"),
        ("'phat_dong', kieu='hanh_chinh'", "ngày 01 tháng 12 năm 2022"),
        ("'2025-05-06'", "6/5/2025"),
        ("'2025-05'", "tháng 5/2025"),
        ("'2025'", "năm 2025"),
    ],
)
def test_days_are_written_as_the_press_does(arguments: str, text: str) -> None:
    assert said(f"{{{{ ngay({arguments}) }}}}") == text


@pytest.mark.parametrize("day", ["2025-02-30", "hôm qua", "2025-13", "6/5/2025"])
def test_a_day_that_is_not_on_the_calendar_is_refused(day: str) -> None:
    refused(f"{{{{ ngay('{day}') }}}}")


def test_a_period_has_a_name_or_a_first_and_a_last_month() -> None:
    assert said("{{ ky() }}") == "từ tháng 12/2022 đến hết tháng 7/2023"
    assert said("{{ ky('2023-2024') }}") == "năm học 2023-2024"
    assert said("{{ ky('2023-2024', kieu='thang') }}") == "từ tháng 8/2023 đến hết tháng 7/2024"
    assert said("{{ ky('2023-03', kieu='thang') }}") == "tháng 3/2023"
    assert said("{{ ky('2023-03-05..2023-03-15') }}") == "từ ngày 5/3/2023 đến hết ngày 15/3/2023"
    assert said("{{ ky('2023-03-05..2023-03-05') }}") == "ngày 5/3/2023"
    assert said("{{ thoi_gian() }}") == "tám tháng"


# ------------------------------------------------------------------ quotations, tasks


def test_words_of_somebody_are_quoted_in_the_sentence_or_as_a_block() -> None:
    assert said("ông nói {{ trich_dan('loi-truong-phong') }}").startswith(
        "ông nói “Hai trường cùng soạn 12 tiết dạy chung"
    )
    assert said("cô cho biết {{ trich_dan('y-giao-vien') }}") == "cô cho biết giáo viên mong có thêm giờ dạy chung"
    direct = whole("{{ trich_dan('loi-truong-phong') }}")
    assert isinstance(direct, Quotation)
    assert direct.speaker == "Ông Nguyễn Văn Ba, Trưởng phòng GD&ĐT quận Cầu Giấy"
    assert (direct.kind, direct.note, direct.source) == ("truc-tiep", "", "Hội nghị tổng kết ngày 1/6/2023")
    sense = whole("{{ trich_dan('y-giao-vien') }}")
    assert isinstance(sense, Quotation)
    assert (sense.kind, sense.note) == ("luoc-y", "lược ý")


def test_nobody_is_quoted_before_having_spoken() -> None:
    assert "sau ngày phát hành" in refused("{{ trich_dan('y-giao-vien') }}", newsroom.desk(issued=date(2023, 5, 1)))


def test_the_tasks_of_a_plan_are_listed_by_due_date_and_state() -> None:
    plan = [
        {"task": "Dạy chung", "due": date(2024, 5, 1)},
        {"task": "Ghép trường", "due": date(2023, 1, 10), "done_on": date(2023, 1, 9)},
        {"task": "Lập nhóm", "due": date(2023, 2, 10)},
    ]
    desk = newsroom.desk(worlds.agreement("KH-1", kind="ke-hoach-ket-noi", plan=plan))
    assert said("{{ dau_viec('KH-1') }}", desk) == "ghép trường, lập nhóm và dạy chung"
    assert said("{{ dau_viec('KH-1', trang_thai='xong') }}", desk) == "ghép trường"
    assert said("{{ dau_viec('KH-1', trang_thai='tre') }}", desk) == "lập nhóm"
    assert said("{{ dau_viec('KH-1', lay=1) }}", desk) == "ghép trường"
    refused("{{ dau_viec('GU-1') }}", desk)
