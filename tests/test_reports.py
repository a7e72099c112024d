"""One specification makes every unit's report: who it is for, what it counts, what it refuses, what stays in build/."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from conftest import Workspace
from reportkit import MAI, REPORT, change, paper, table_of, text, whole

from chungtay_reports.edition import Chart, Number
from chungtay_reports.figures.desk import Desk, Refused
from chungtay_reports.figures.measure import recompute
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Filter
from chungtay_reports.official.paper import AnnexTable
from chungtay_reports.official.scope import units
from chungtay_reports.official.tables import CHANGE
from chungtay_reports.prose.reader import read_prose
from chungtay_reports.records.agreement import PACT
from chungtay_reports.workspace.library import Library

# --------------------------------------------------------------------------- one specification, every unit


def test_thirty_offices_report_until_the_reform_and_126_communes_after_it(sample: Library) -> None:
    report = sample.reports["bao-cao-nam-hoc"]
    counts = {year: len(units(report, year, sample)) for year in report.front.years}
    assert counts == {"2022-2023": 30, "2023-2024": 30, "2024-2025": 30, "2025-2026": 126}
    assert units(sample.reports["bao-cao-thanh-pho"], "2025-2026", sample) == ("so-gddt-ha-noi",)


@pytest.mark.parametrize(
    ("year", "unit", "expected"),
    [
        ("2023-2024", "quan-cau-giay", ("UBND QUẬN CẦU GIẤY", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "BC-PGDĐT", "Cầu Giấy", "06/2024")),
        ("2022-2023", "huyen-ba-vi", ("UBND HUYỆN BA VÌ", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", "BC-PGDĐT", "Ba Vì", "06/2023")),
        ("2025-2026", "phuong-cau-giay", ("UBND PHƯỜNG CẦU GIẤY", "PHÒNG VĂN HÓA - XÃ HỘI", "BC-VHXH", "Cầu Giấy", "06/2026")),
        ("2025-2026", "xa-ba-vi", ("UBND XÃ BA VÌ", "PHÒNG VĂN HÓA - XÃ HỘI", "BC-VHXH", "Ba Vì", "06/2026")),
    ],
)  # fmt: skip
def test_the_head_of_a_paper_is_that_of_the_units_office_in_that_year(
    sample: Library, year: str, unit: str, expected: tuple[str, ...]
) -> None:
    letterhead = paper(sample, year, unit).letterhead
    month = f"{letterhead.month:%m/%Y}"
    assert (*letterhead.superior, *letterhead.office, letterhead.symbol, letterhead.place, month) == expected
    assert (letterhead.day, letterhead.number) == (None, "")  # for the clerk


def test_the_partners_of_a_unit_are_among_the_recipients(sample: Library) -> None:
    recipients = paper(sample, "2023-2024", "quan-cau-giay").recipients
    assert recipients[0] == "Như trên"
    assert recipients[-1] == "Lưu: VT"
    assert "Phòng Giáo dục và Đào tạo huyện Phúc Thọ (để p/h)" in recipients
    assert not any("$" in line for line in recipients)


def test_a_partner_stays_one_when_the_other_sides_record_of_the_pact_is_not_in_the_books(sample: Library) -> None:
    """It is removed, or comes later: then this side's record, which points to it, is the one that counts."""
    entries = [
        replace(entry, record=entry.record.model_copy(update={"same_as": f"{entry.record.id}-KIA"}))
        if entry.record.kind == PACT
        else entry
        for entry in sample.entries
    ]
    found = paper(replace(sample, entries=tuple(entries)), "2023-2024", "quan-cau-giay")
    assert found.recipients == paper(sample, "2023-2024", "quan-cau-giay").recipients


def test_signing_for_the_committee_is_a_matter_of_settings(reports: Workspace) -> None:
    change(
        reports,
        "content/offices.yaml",
        ("signature: [TRƯỞNG PHÒNG]", "signature: [TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH]"),
    )
    found = paper(reports.library(), "2022-2023", MAI)
    assert found.signature.lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def test_a_school_counts_for_its_district_before_the_reform_and_for_its_commune_after_it(sample: Library) -> None:
    tables = tabulate(sample.entries, sample.registry)
    school = next(unit for unit in sample.registry.units.values() if unit.moves)
    commune = school.moves[0].parent
    assert sample.registry.top(school.id, date(2025, 6, 30)) == school.parent
    assert sample.registry.top(school.id, date(2025, 7, 1)) == commune
    report = sample.reports["bao-cao-nam-hoc"]
    totals = {}
    for year in ("2024-2025", "2025-2026"):
        desk = Desk(sample, tables, report.period(year), report.as_of(year))
        own = [
            desk.figure("truong_trong_danh_muc", (Filter("don_vi", (id_,)),)).value
            for id_ in units(report, year, sample)
        ]
        totals[year] = sum(map(int, own)), desk.figure("truong_trong_danh_muc").value
    assert totals["2024-2025"][0] == totals["2024-2025"][1]
    assert totals["2025-2026"][0] == totals["2025-2026"][1] == totals["2024-2025"][1]


def test_a_record_that_names_a_unit_after_its_end_is_a_problem_with_the_successors(reports: Workspace) -> None:
    change(
        reports,
        "content/units/ha-noi.yaml",
        (
            "{id: xa-ung-hoa,",
            "{id: pvhxh, tier: phong-gddt, name: Phòng VHXH, parent: phuong-hoang-mai}\n  - {id: xa-ung-hoa,",
        ),
    )
    reports.activity(
        unit="phuong-hoang-mai", year="2025-2026", date="2025-10-01", host="pgd-hoang-mai",
        recorded={"on": "2025-10-05", "by": "pvhxh"}, partners=["quan-hoang-mai"],
    )  # fmt: skip
    _, problems = reports.load()
    found = [problem for problem in problems if problem.code == "R229"]
    assert [problem.place.file.split("/")[2] for problem in found] == ["2025-2026", "2025-2026"]
    assert any("phuong-hoang-mai (phường Hoàng Mai)" in problem.message for problem in found)


# --------------------------------------------------------------------------- over the reform


def test_a_commune_is_not_compared_with_years_in_which_it_did_not_exist(sample: Library) -> None:
    found = paper(sample, "2025-2026", "phuong-cau-giay")
    assert "Không so sánh với năm học 2024-2025 do đơn vị hành chính thay đổi từ ngày 01 tháng 7 năm 2025" in whole(
        found
    )
    assert "so với năm học 2024-2025" not in whole(found)


def test_the_desk_says_why_it_does_not_compare_over_the_reform(sample: Library) -> None:
    report = sample.reports["bao-cao-nam-hoc"]
    desk = Desk(
        sample, tabulate(sample.entries, sample.registry), report.period("2025-2026"), report.as_of("2025-2026")
    )
    where = (Filter("don_vi", ("phuong-cau-giay",)),)
    new = desk.figure("chuyen_de_truong", where)
    old = desk.figure("chuyen_de_truong", where, report.period("2024-2025"))
    with pytest.raises(Refused, match="không có phường Cầu Giấy: địa giới hành chính đã thay đổi"):
        desk.difference(new, old)


def test_the_city_says_on_which_boundaries_its_years_stand(sample: Library) -> None:
    found = whole(paper(sample, "2025-2026", "so-gddt-ha-noi", "bao-cao-thanh-pho"))
    assert "tính theo 30 quận, huyện, thị xã; số liệu năm học 2025-2026 tính theo 126 phường, xã" in found


# --------------------------------------------------------------------------- exact figures only


@pytest.mark.parametrize("call", ["gan", "duoi", "hon", "tren", "khoang", "hang", "phan"])
def test_hedges_are_refused_in_papers_and_allowed_in_bulletins(sample: Library, call: str) -> None:
    report = sample.reports["bao-cao-nam-hoc"]
    tables = tabulate((), sample.registry)
    for exact in (True, False):
        desk = Desk(sample, tables, report.period("2023-2024"), report.as_of("2023-2024"), exact=exact)
        _, problems = read_prose(f"Có {{{{ {call}('chuyen_de') }}}} chuyên đề.", "bài", 1, desk)
        assert ("P304" in {problem.code for problem in problems}) is exact


def test_every_number_of_a_report_can_be_computed_again_from_the_records_that_it_lists(sample: Library) -> None:
    found = paper(sample, "2023-2024", "quan-cau-giay")
    tables = tabulate(sample.entries, sample.registry)
    assert found.ledger is not None
    assert len(found.ledger.rows) > 80
    for row in found.ledger.rows:
        assert recompute(row, found.ledger, tables, sample.metrics) == row.figure.value


def test_an_annex_lists_exactly_the_records_that_its_total_counts(sample: Library) -> None:
    found = paper(sample, "2023-2024", "quan-cau-giay")
    table = table_of(found, "II")
    assert table is not None
    listed = {id_ for row in table.rows for id_ in row.records}
    count = next(inline for cell in table.total for inline in cell.inlines if isinstance(inline, Number))
    assert found.ledger is not None
    figure = next(row.figure for row in found.ledger.rows if row.id == count.figure)
    assert listed == set(figure.records)
    assert len(table.rows) == figure.value == int(count.text)


def test_the_upper_block_is_the_sos_and_not_in_a_districts_annexes(sample: Library) -> None:
    table = table_of(paper(sample, "2023-2024", "quan-cau-giay"), "III")
    assert table is not None
    assert [text(row.cells[1].inlines) for row in table.rows] == ["Mầm non", "Tiểu học", "THCS"]


def test_the_rows_of_the_citys_annex_by_school_level_add_up_to_its_last_row(sample: Library) -> None:
    found = paper(sample, "2023-2024", "so-gddt-ha-noi", "bao-cao-thanh-pho")
    table = table_of(found, "II")
    assert table is not None
    assert text(table.rows[-1].cells[1].inlines) == "Phòng, Sở chủ trì; không ghi cấp học"
    assert text(table.total[1].inlines) == "Tổng cộng"
    changes = {index for index, column in enumerate(table.columns) if column.title == CHANGE}
    for index in set(range(2, len(table.columns))) - changes:
        column = [text(row.cells[index].inlines).replace(".", "") for row in table.rows]
        assert sum(int(one) for one in column if one != "-") == int(text(table.total[index].inlines).replace(".", ""))
    assert found.ledger is not None
    tables = tabulate(sample.entries, sample.registry)
    printed = [inline for cell in table.rows[-1].cells for inline in cell.inlines if isinstance(inline, Number)]
    for row in (row for row in found.ledger.rows if row.id in {number.figure for number in printed}):
        assert recompute(row, found.ledger, tables, sample.metrics) == row.figure.value


def test_nothing_is_a_dash_in_the_rows_of_figures(sample: Library) -> None:
    table = table_of(paper(sample, "2023-2024", "quan-cau-giay"), "III")
    assert table is not None
    assert [text(cell.inlines) for cell in table.rows[2].cells[3:5]] == ["-", "-"]


def test_the_column_of_changes_stands_only_where_something_is_compared(sample: Library) -> None:
    def heads(year: str, unit: str) -> list[str]:
        table = table_of(paper(sample, year, unit), "III")
        assert table is not None
        return [column.title for column in table.columns]

    assert CHANGE in heads("2023-2024", "quan-cau-giay")
    assert CHANGE not in heads("2022-2023", "quan-cau-giay")
    assert CHANGE not in heads("2025-2026", "phuong-van-mieu-quoc-tu-giam")


def test_a_column_in_which_no_record_says_anything_is_left_out(sample: Library) -> None:
    table = table_of(paper(sample, "2023-2024", "quan-cau-giay"), "II")
    assert table is not None
    heads = [column.title for column in table.columns]
    assert "Địa điểm" not in heads
    assert "Kết quả" not in heads
    assert all(len(row.cells) == len(heads) == len(table.total) for row in table.rows)


def test_an_annex_of_a_district_names_its_own_level_and_a_short_form(sample: Library) -> None:
    for unit, level in (("quan-cau-giay", "Quận"), ("huyen-ba-vi", "Huyện")):
        table = table_of(paper(sample, "2023-2024", unit), "II")
        assert table is not None
        columns = {column.title: index for index, column in enumerate(table.columns)}
        said = {text(row.cells[columns["Cấp"]].inlines) for row in table.rows}
        assert level in said
        assert "Quận, huyện" not in said
        modes = {text(row.cells[columns["Hình thức"]].inlines) for row in table.rows}
        assert modes <= {"Trực tiếp", "Trực tuyến", "Kết hợp", "-"}


def test_the_city_leaves_empty_annexes_out(sample: Library) -> None:
    def titles(year: str) -> list[tuple[str, str]]:
        found = paper(sample, year, "so-gddt-ha-noi", "bao-cao-thanh-pho")
        return [(annex.numeral, annex.title) for annex in found.annexes]

    by_unit, by_level = ("I", "KẾT QUẢ THEO ĐƠN VỊ"), ("II", "BIỂU TỔNG HỢP THEO CẤP HỌC")
    pairs = ("III", "CHUYÊN ĐỀ CHUNG CỦA CÁC CẶP ĐƠN VỊ")
    assert titles("2023-2024") == [by_unit, by_level, pairs]
    assert titles("2022-2023") == [by_unit, by_level, pairs, ("IV", "GIAO ƯỚC CẤP QUẬN, HUYỆN, THỊ XÃ KÝ TRONG KỲ")]
    assert titles("2025-2026") == [by_unit, by_level, ("III", "DANH SÁCH ĐƠN VỊ CHƯA GỬI BÁO CÁO")]


def test_an_annex_that_is_drawn_is_named_where_the_results_begin_and_nowhere_when_it_is_not_there(
    sample: Library,
) -> None:
    found = {year: paper(sample, year, "so-gddt-ha-noi", "bao-cao-thanh-pho") for year in ("2023-2024", "2025-2026")}
    assert "từng cặp đơn vị tại Phụ lục III" in whole(found["2023-2024"])
    assert "cặp đơn vị" not in whole(found["2025-2026"])
    (drawn,) = found["2023-2024"].annexes[2].blocks
    assert isinstance(drawn, Chart)
    ledger = found["2023-2024"].ledger
    assert ledger is not None
    assert any(one.where.startswith("Phụ lục III, biểu đồ vong-cung") for row in ledger.rows for one in row.prints)


def test_the_city_is_not_drawn_as_a_map_on_which_most_units_have_no_place(sample: Library) -> None:
    maps = {
        year: [
            block
            for block in paper(sample, year, "so-gddt-ha-noi", "bao-cao-thanh-pho").body
            if isinstance(block, Chart)
        ]
        for year in ("2023-2024", "2025-2026")
    }
    assert {year: len(found) for year, found in maps.items()} == {"2023-2024": 1, "2025-2026": 0}


# --------------------------------------------------------------------------- none, one, five hundred


def _empty(workspace: Workspace) -> Workspace:
    workspace.remove("content/records/2022-2023")
    workspace.remove("content/records/2023-2024")
    return workspace


def test_charts_of_two_passages_have_ids_of_their_own(reports: Workspace) -> None:
    call = "{{ bieu_do('thanh', 'chuyen_de_truong', theo='cap_hoc', tieu_de='Theo cấp học') }}"
    own = f"content/narratives/2022-2023/{MAI}.md"
    reports.write(own, f"## Thuận lợi\n\nCó thuận lợi.\n\n{call}\n\n## Khó khăn\n\nCó khó khăn.\n\n{call}\n")
    found = paper(reports.library(), "2022-2023", MAI)
    assert [block.id for block in found.body if isinstance(block, Chart)] == ["thanh-1", "thanh-2"]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("truc-tiep", "Một cô giáo: “Có bạn cùng soạn bài thì đỡ vất vả” (nguồn: Phiếu góp ý)."),
        ("luoc-y", "Một cô giáo: Có bạn cùng soạn bài thì đỡ vất vả (lược ý; nguồn: Phiếu góp ý)."),
    ],
)
def test_a_report_quotes_with_the_source_and_puts_no_sense_in_quotation_marks(
    reports: Workspace, kind: str, told: str
) -> None:
    words = f"kind: {kind}, text: Có bạn cùng soạn bài thì đỡ vất vả., speaker: Một cô giáo"
    reports.write("content/quotes/loi.yaml", f"- {{id: loi, {words}, said_on: 2023-06-01, source: Phiếu góp ý}}\n")
    reports.write(f"content/narratives/2022-2023/{MAI}.md", "## Thuận lợi\n\n{{ trich_dan('loi') }}\n")
    assert told in whole(paper(reports.library(), "2022-2023", MAI))


def test_a_title_with_emphasis_loses_no_word(reports: Workspace) -> None:
    change(reports, REPORT, ("title: Kết quả thực hiện phong trào", "title: Kết quả **thực hiện** phong trào"))
    assert paper(reports.library(), "2022-2023", MAI).title.startswith("Kết quả thực hiện phong trào")


def test_a_district_without_records_says_so_and_prints_no_empty_table(reports: Workspace) -> None:
    found = paper(_empty(reports).library(), "2022-2023", MAI)
    assert whole(found).count("Không phát sinh.") == 4
    assert "0 " not in whole(found).replace("2020", "")
    assert [(annex.numeral, annex.title) for annex in found.annexes] == [("", "BIỂU TỔNG HỢP THEO CẤP HỌC")]
    assert "Số trường và kết quả theo cấp học tại Phụ lục." in whole(found)


def test_a_section_without_figures_is_left_out_when_the_report_says_nothing_for_it(reports: Workspace) -> None:
    change(reports, REPORT, ("empty: Không phát sinh.\n", ""))
    found = whole(paper(_empty(reports).library(), "2022-2023", MAI))
    assert "KẾT QUẢ THỰC HIỆN" not in found
    assert "II. KIẾN NGHỊ, ĐỀ XUẤT" in found


def test_a_district_with_a_single_record_reports_it(reports: Workspace) -> None:
    _empty(reports).activity()
    found = paper(reports.library(), "2022-2023", MAI)
    assert "Các trường chủ trì 1 chuyên đề cấp trường." in whole(found)
    assert "100%" not in whole(found)
    assert "Các chuyên đề có" not in whole(found)
    assert "Bảng 1" not in whole(found)
    table = table_of(found, "I")
    assert isinstance(table, AnnexTable)
    assert [row.records for row in table.rows] == [("HD-2023-9001",)]


def test_a_district_with_500_records_lists_them_all(reports: Workspace) -> None:
    _empty(reports)
    for number in range(500):
        day = date(2023, 1, 2 + number % 28).isoformat()
        title = f"Chuyên đề minh họa thứ {number}"
        reports.activity(
            id=f"HD-2023-{number:04d}", date=day, title=title, recorded={"on": "2023-06-01", "by": "pgd-hoang-mai"}
        )
    found = paper(reports.library(), "2022-2023", MAI)
    table = table_of(found, "I")
    assert table is not None
    assert len(table.rows) == 500
    assert "chủ trì 500 chuyên đề" in whole(found)


def test_who_has_not_reported_is_listed_in_the_report_of_the_city(reports: Workspace) -> None:
    reports.remove("content/records/2022-2023/huyen-ung-hoa/submission.yaml")
    found = paper(reports.library(), "2022-2023", "so-gddt-ha-noi", "bao-cao-thanh-pho")
    table = table_of(found, "V")
    assert table is not None
    assert [text(row.cells[1].inlines) for row in table.rows] == ["Huyện Ứng Hòa"]
    assert "(còn Ứng Hòa chưa gửi)" in whole(found)
