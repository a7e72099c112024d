"""What a report says reads as an office would write it: over all kinds of units, and over every number."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import worlds
from reportkit import paper, said, table_of, text, whole
from test_storyline import MATRIX, metrics
from worlds import DISTRICTS, statistic, submission

from chungtay_reports.edition import Heading, Paragraph
from chungtay_reports.official.paper import Paper
from chungtay_reports.workspace.library import Library

HEDGES = re.compile(
    r"\b(gần|khoảng|chừng|xấp xỉ|hầu hết|đa số|phần lớn|hàng (?:chục|trăm|nghìn)|hơn|trên) (?:\d|một nửa)",
    re.IGNORECASE,
)
PRAISE = ("nhờ đó", "góp phần nâng cao", "rất tốt", "xuất sắc", "vượt trội", "tiến hành việc")
PAPERS = (
    ("bao-cao-nam-hoc", "2022-2023", "quan-cau-giay"),
    ("bao-cao-nam-hoc", "2023-2024", "quan-hai-ba-trung"),
    ("bao-cao-nam-hoc", "2024-2025", "huyen-ung-hoa"),
    ("bao-cao-nam-hoc", "2025-2026", "phuong-van-mieu-quoc-tu-giam"),
    ("bao-cao-nam-hoc", "2025-2026", "xa-minh-chau"),
    ("bao-cao-thanh-pho", "2022-2023", "so-gddt-ha-noi"),
    ("bao-cao-thanh-pho", "2024-2025", "so-gddt-ha-noi"),
)


def in_order(found: Paper) -> None:
    """No sentence is broken, hedged, praising, or ends in the air; headings count without a gap."""
    for line in said(found.body):
        assert "  " not in line
        assert " ," not in line
        assert " ." not in line
        assert "$" not in line
        assert "{{" not in line
        assert "None" not in line
        assert not HEDGES.search(line), line
        assert not any(word in line.lower() for word in PRAISE), line
        assert not re.search(r"(?<![\d.,/-])0 (?!đồng)\w", line), line
    paragraphs = [text(block.inlines) for block in found.body if isinstance(block, Paragraph)]
    assert paragraphs[0].endswith("như sau:")
    assert paragraphs[-1].endswith("./.")
    assert all(one.endswith((".", ":", ";")) for one in paragraphs)
    assert all(one[0].isupper() or one[0].isdigit() for one in paragraphs)
    romans = [text(block.inlines).split()[0] for block in found.body if isinstance(block, Heading) and block.level == 2]
    assert romans == ["I.", "II.", "III.", "IV.", "V.", "VI."][: len(romans)]


@pytest.mark.parametrize(("name", "year", "unit"), PAPERS)
def test_the_sentences_of_a_report_are_whole(sample: Library, name: str, year: str, unit: str) -> None:
    in_order(paper(sample, year, unit, name))


def test_the_units_full_name_stands_where_its_office_is_named(sample: Library) -> None:
    found = whole(paper(sample, "2023-2024", "quan-hai-ba-trung"))
    assert "Phòng Giáo dục và Đào tạo quận Hai Bà Trưng báo cáo kết quả" in found
    assert "a) Chuyên đề cấp quận" in found


def test_comparison_says_the_difference_the_share_and_the_year(sample: Library) -> None:
    found = whole(paper(sample, "2023-2024", "quan-cau-giay"))
    assert "chủ trì 63 chuyên đề, tăng 16 chuyên đề (34%) so với năm học 2022-2023" in found


def test_the_first_year_compares_with_nothing(sample: Library) -> None:
    assert "so với năm học" not in whole(paper(sample, "2022-2023", "quan-cau-giay"))


def test_deficiencies_are_said_by_numbers_and_names(sample: Library) -> None:
    lines = whole(paper(sample, "2023-2024", "quan-cau-giay")).split("\n")
    at = lines.index("2. Tồn tại, hạn chế")
    assert lines[at + 1] == "Còn 1 đầu việc của các kế hoạch kết nối chậm so với hạn trong kỳ, cụ thể:"
    assert lines[at + 2] == "Kế hoạch kết nối với huyện Ba Vì: xây dựng ngân hàng câu hỏi dùng chung cho lớp 9."


# --------------------------------------------------------------------------- over every number


@pytest.mark.parametrize("new", MATRIX)
@pytest.mark.parametrize("old", [0, 1, 100])
def test_every_number_makes_whole_sentences(sample: Library, new: int, old: int) -> None:
    """A district whose every kind of activity was done `new` times this year and `old` times the year before."""
    found = paper(_books(sample, new, old), "2023-2024", "quan-cau-giay")
    in_order(found)
    if new and old:
        assert "so với năm học 2022-2023" in whole(found)
    if new == old == 1:
        assert "không thay đổi so với năm học 2022-2023" in whole(found)


def _books(sample: Library, new: int, old: int) -> Library:
    kinds = ("chuyen-de", "van-hoa-van-nghe", "the-thao", "tham-quan", "ho-tro-hoc-sinh", "nhan-rong-mo-hinh")
    report = sample.reports["bao-cao-nam-hoc"]
    rows = []
    for stem, count, year in (("A", old, "2022-2023"), ("B", new, "2023-2024")):
        period = report.period(year)
        fields: dict[str, Any] = {"period": period, "count": count, "level": "truong", "school_level": "thcs"}
        rows += [statistic(f"TK-{stem}-{kind}", of=kind, **fields) for kind in kinds if count]
        rows += [
            submission(f"NB-{stem}-{unit}", unit, period=period, on=date(period.end.year, 6, 10)) for unit in DISTRICTS
        ]
    library = worlds.library(tuple(rows), metrics())
    return replace(library, reports=sample.reports, offices=sample.offices)


def test_what_less_than_half_have_done_is_no_merit(sample: Library) -> None:
    city = whole(paper(sample, "2023-2024", "so-gddt-ha-noi", "bao-cao-thanh-pho"))
    merits = city.split("1. Ưu điểm")[1].split("2. Tồn tại")[0]
    assert "đạt 30,3% số trường" in city
    assert "30,3%" not in merits
    assert "55,7% số trường" in whole(paper(sample, "2023-2024", "quan-cau-giay")).split("1. Ưu điểm")[1]


def test_fewer_new_agreements_are_called_new(sample: Library) -> None:
    found = whole(paper(sample, "2023-2024", "so-gddt-ha-noi", "bao-cao-thanh-pho"))
    assert "song phương, gồm " in found
    assert ". Số trường ký mới giảm 564 trường (83,9%) so với năm học 2022-2023." in found


def test_levels_are_told_as_parts_only_where_there_are_several(sample: Library) -> None:
    several = whole(paper(sample, "2023-2024", "quan-cau-giay"))
    assert "song phương, gồm 4 trường tiểu học và 1 trường mầm non. Số trường ký mới giảm 29 trường" in several
    every = whole(paper(sample, "2022-2023", "quan-cau-giay"))
    assert re.search(r"song phương, gồm \d+ trường [^,]+, \d+ trường [^,]+ và \d+ trường", every)
    alone = whole(paper(sample, "2025-2026", "phuong-ba-dinh"))
    assert "Trong năm học 2025-2026, có 2 trường tiểu học của phường Ba Đình ký biên bản ghi nhớ song phương." in alone


def test_a_comparison_does_not_repeat_what_the_sentence_has_named(sample: Library) -> None:
    found = whole(paper(sample, "2023-2024", "quan-cau-giay"))
    assert "cho 227 lượt học sinh, tăng 84 lượt (58,7%) so với năm học 2022-2023" in found


def test_the_text_refers_to_every_annex(sample: Library) -> None:
    for name, year, unit in PAPERS[1:]:
        found = paper(sample, year, unit, name)
        said_here = whole(found)
        for annex in found.annexes:
            assert f"Phụ lục {annex.numeral}".strip() in said_here, (unit, annex.numeral)


def test_a_single_event_is_told_without_shares_and_tables(sample: Library) -> None:
    found = whole(paper(sample, "2025-2026", "phuong-van-mieu-quoc-tu-giam"))
    assert "Các trường chủ trì 1 chuyên đề cấp trường." in found
    assert "Chuyên đề này có 20 lượt giáo viên tham dự." in found
    assert "100%" not in found
    assert "Bảng 1" not in found


@pytest.mark.parametrize("new", [2, 10, 1_000])
def test_what_is_the_whole_is_not_called_a_hundred_percent_of_it(sample: Library, new: int) -> None:
    found = whole(paper(_books(sample, new, 1), "2023-2024", "quan-cau-giay"))
    assert "chuyên đề cấp trường, tăng" in found
    assert "tổng số chuyên đề" not in found


def test_the_count_of_teachers_in_the_annex_is_told_apart_from_that_of_the_text(sample: Library) -> None:
    found = paper(sample, "2023-2024", "quan-cau-giay")
    told = re.search(r"Tính cả giao lưu, hội thảo .*?, có ([\d.]+) lượt giáo viên tham dự\.", whole(found))
    assert told
    lectures = re.search(r"Các chuyên đề có ([\d.]+) lượt giáo viên", whole(found))
    assert lectures
    assert int(told[1].replace(".", "")) > int(lectures[1].replace(".", ""))


def test_a_statistical_row_shows_the_people_that_its_annex_adds_up(sample: Library) -> None:
    period = sample.reports["bao-cao-nam-hoc"].period("2023-2024")
    counts = {"teachers": 120, "students": 45}
    row = statistic("TK-B", of="chuyen-de", period=period, count=3, level="truong", school_level="thcs", counts=counts)
    handed = submission("NB-B", "quan-cau-giay", period=period, on=date(2024, 6, 10))
    books = worlds.library((row, handed), metrics())
    library = replace(books, reports=sample.reports, offices=sample.offices)
    table = table_of(paper(library, "2023-2024", "quan-cau-giay"), "I")
    assert table is not None
    assert [text(cell.inlines) for cell in table.rows[0].cells[2:]] == ["120", "45"]
    assert [text(cell.inlines) for cell in table.total[2:]] == ["120", "45"]
