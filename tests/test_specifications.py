"""A specification of reports: what is wrong in it or in a unit's own words, and which reports it makes."""

from __future__ import annotations

import pytest
import reportkit
from builds import chungtay
from conftest import TODAY, Workspace
from reportkit import CITY, HOA, MAI, REPORT, change, paper, whole

from chungtay_reports import pipeline
from chungtay_reports.errors import UsageError
from chungtay_reports.official.selection import choose, possible
from chungtay_reports.workspace.library import Library

# --------------------------------------------------------------------------- a unit's own words


def test_a_units_own_words_stand_in_the_section_that_they_name(reports: Workspace) -> None:
    reports.write(
        f"content/narratives/2022-2023/{MAI}.md",
        "## Thuận lợi\n\nCác trường chủ động.\n\n## Bài học kinh nghiệm\n\n- Họp sớm.\n",
    )
    lines = whole(paper(reports.library(), "2022-2023", MAI)).split("\n")
    assert lines[lines.index("Thuận lợi") + 1] == "Các trường chủ động."
    assert "Họp sớm." in lines


def test_a_number_typed_into_a_units_own_words_is_refused_where_it_stands(reports: Workspace) -> None:
    file = reports.write(f"content/narratives/2022-2023/{MAI}.md", "## Thuận lợi\n\nCó 12 trường tham gia.\n")
    found = [problem for problem in pipeline.check(reports.root, TODAY) if problem.place.file == file]
    assert [(problem.code, problem.place.line, problem.place.column) for problem in found] == [("P201", 3, 4)]


def test_a_photo_has_no_place_in_an_official_report(reports: Workspace) -> None:
    reports.write(f"content/narratives/2022-2023/{MAI}.md", "## Thuận lợi\n\n{{ anh('sinh-hoat-chuyen-de') }}\n")
    assert "N130" in {problem.code for problem in pipeline.check(reports.root, TODAY)}


WRONG_WORDS = {
    "N112": ("content/narratives/quan-hoang-mai.md", "## Thuận lợi\n"),
    "N113": ("content/narratives/2022-2023/quan-hoang-mi.md", "## Thuận lợi\n"),
    "N114": ("content/narratives/2025-2026/quan-hoang-mai.md", "## Thuận lợi\n"),
    "N115": ("content/narratives/2022-2023/quan-hoang-mai.md", "## Thuận lơi\n\nTốt.\n"),
    "N120": ("content/narratives/2022-2023/quan-hoang-mai.md", "Mở đầu.\n\n## Thuận lợi\n\nTốt.\n"),
    "N121": ("content/narratives/2022-2023/quan-hoang-mai.md", "## Thuận lợi\n\nTốt.\n\n## Thuận lợi\n\nTốt.\n"),
    "N122": ("content/narratives/2022-2023/quan-hoang-mai.md", "---\ntitle: a\n---\n## Thuận lợi\n"),
}


@pytest.mark.parametrize("code", WRONG_WORDS)
def test_wrong_words_of_a_unit_are_reported_with_their_place(reports: Workspace, code: str) -> None:
    path, words = WRONG_WORDS[code]
    reports.write(path, words)
    found = [problem for problem in reports.load()[1] if problem.code == code]
    assert [problem.place.file for problem in found] == [path]


def test_a_heading_that_is_almost_right_comes_with_the_right_one(reports: Workspace) -> None:
    reports.write(*WRONG_WORDS["N115"])
    assert [problem.hint for problem in reports.load()[1]] == ["Thuận lợi"]


def test_the_words_of_units_are_not_blamed_for_a_broken_specification(reports: Workspace) -> None:
    reports.write("content/narratives/2022-2023/quan-hoang-mai.md", "## Thuận lợi\n\nTốt.\n")
    assert not reports.load()[1]
    change(reports, REPORT, ("each: unit", "each: unit\nhan_gui: 06-30"))
    assert [problem.code for problem in reports.load()[1]] == ["R101"]


# --------------------------------------------------------------------------- wrong specifications


OFFICES = "content/offices.yaml"
# a change to a file, and where the mistake is told: at the specification, also when it is another file that no longer fits it
WRONG_SPECS = {
    "N101": (REPORT, "---\ntitle:", "title:", f"{REPORT}:1"),
    "N102": (REPORT, "years: [2022-2023,", "years: [2022-2024,", f"{REPORT}:5"),
    "N103": (REPORT, "outline: outline-district", "outline: outline-distrct", f"{REPORT}:20"),
    "N104": (REPORT, "[giao-uoc, hoat-dong,", "[giao-uoc, hoat-dog,", f"{REPORT}:21"),
    "N105": (REPORT, "groups: [cap-huyen, cap-xa]", "groups: [cap-huyn]", f"{REPORT}:4"),
    "N106": (REPORT, "build: [2023-2024]", "build: [2021-2022]", f"{REPORT}:6"),
    "N107": (REPORT, "UBND $don_vi (để b/c)", "UBND $donvi (để b/c)", f"{REPORT}:16"),
    "N108": (OFFICES, "tiers: [quan, huyen, thi-xa]", "tiers: [huyen]", f"{REPORT}:3"),
    "N109": (OFFICES, "tiers: [quan, huyen, thi-xa]", "tiers: [quan, huyen, thixa]", f"{OFFICES}:3"),
    "N111": (OFFICES, "- tiers:", "  tiers:", f"{OFFICES}:1"),
    "N116": (REPORT, "years: [2022-2023,", "years: [2022-2023, 2022-2023,", f"{REPORT}:5"),
    "N117": ("content/metrics/bao-cao.yaml", "- name: lan_ho_tro\n", "- name: lan_giup\n", f"{REPORT}:20"),
}


@pytest.mark.parametrize("code", WRONG_SPECS)
def test_a_wrong_specification_is_reported_with_its_place(reports: Workspace, code: str) -> None:
    path, old, new, place = WRONG_SPECS[code]
    file = (reports.root / path).read_text("utf-8")
    if code == "N111":
        reports.write(path, "tiers: [quan]\n")
    elif code == "N101":
        reports.write(path, file.removeprefix("---\n"))
    else:
        change(reports, path, (old, new))
    found = {f"{problem.place.file}:{problem.place.line}" for problem in reports.load()[1] if problem.code == code}
    assert found == {place}


def test_a_report_may_not_have_the_name_of_a_bulletin(reports: Workspace) -> None:
    reports.write("content/bulletins/bao-cao-nam-hoc.md", "---\ntitle: a\n---\n")
    assert "N110" in {problem.code for problem in reports.load()[1]}


# --------------------------------------------------------------------------- which reports are made


def test_by_default_the_years_that_the_specification_names_are_built(sample: Library) -> None:
    jobs = choose(sample)
    assert {job.year for job in jobs} == {"2023-2024"}
    assert len(jobs) == 31
    assert len(tuple(possible(sample))) == 30 * 3 + 126 + 4


def test_a_commune_that_is_named_is_built_for_its_latest_year(sample: Library) -> None:
    assert [(job.year, job.unit) for job in choose(sample, units=["phuong-lang"])] == [("2025-2026", "phuong-lang")]


@pytest.mark.parametrize(
    ("units", "years", "said"),
    [
        (["quan-cau-giai"], [], "Ý bạn là “quan-cau-giay”?"),
        (["Cầu Giấy"], [], "Không có đơn vị “Cầu Giấy” trong danh mục."),
        ([], ["2023-204"], "Ý bạn là “2023-2024”?"),
        (["quan-cau-giay"], ["2025-2026"], "Kế tục: phuong-nghia-do, phuong-cau-giay, phuong-yen-hoa…"),
        (["th-cau-giay-bac-son"], [], "không lập báo cáo năm nào"),
    ],
)
def test_an_unknown_unit_or_year_is_refused_with_a_suggestion(
    sample: Library, units: list[str], years: list[str], said: str
) -> None:
    with pytest.raises(UsageError) as refused:
        choose(sample, (), units, years)
    assert said in str(refused.value)


def test_building_one_unit_leaves_the_reports_of_others_in_place(reports: Workspace) -> None:
    def build(*arguments: str) -> None:
        result = chungtay("-q", "build", "bao-cao-nam-hoc", "--to", "json", *arguments, cwd=reports.root)
        assert result.returncode == 0, result.stderr

    build("--year", "2022-2023")
    first = {
        unit: reports.root / "build" / "bao-cao-nam-hoc" / "2022-2023" / unit / "figures.json" for unit in (MAI, HOA)
    }
    before = first[HOA].stat().st_mtime_ns
    assert first[MAI].is_file()
    build("--year", "2022-2023", "--unit", MAI)
    assert first[HOA].stat().st_mtime_ns == before
    build("--year", "2023-2024")
    assert all(path.is_file() for path in first.values())


def test_units_and_years_are_asked_of_reports_only(workspace: Workspace) -> None:
    result = chungtay("build", "2023-07-tong-ket", "--unit", MAI, cwd=workspace.root)
    assert result.returncode == 2
    assert "--unit và --year chỉ dùng cho báo cáo" in result.stderr


def test_the_specifications_of_the_repository_are_in_order(reports: Workspace) -> None:
    assert (reports.root / CITY).is_file()
    assert reports.load()[1] == ()
    assert reportkit.composed(reports.library(), "2022-2023", MAI).problems == ()
