"""A workspace is checked whole: what is found, where, and what a mistake does not hide."""

from __future__ import annotations

import os
import re
import time
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from conftest import TODAY, Workspace

from chungtay_reports import check
from chungtay_reports.errors import Place, Problem, Severity
from chungtay_reports.records import RECORD_TYPES
from chungtay_reports.settings import Calendar, Movement, Strict
from chungtay_reports.source.files import parse_yaml, to_model
from chungtay_reports.source.validation import nearest
from chungtay_reports.workspace import newsroom
from chungtay_reports.workspace.bulletin import read_bulletin
from chungtay_reports.workspace.layout import school_year, school_year_of
from chungtay_reports.workspace.privacy import movement_name, text_problems

FOLDER = "content/records/2022-2023/quan-hoang-mai"
PEOPLE = "content/people.yaml"


def ids(workspace: Workspace) -> set[str]:
    library, _ = workspace.load()
    assert library
    return {entry.record.id for entry in library.entries}


# --------------------------------------------------------------------------- the whole


def test_the_tiny_workspace_is_read_whole_and_in_order(workspace: Workspace) -> None:
    library = workspace.library()
    assert len(library.entries) == 8
    places = [entry.place for entry in library.entries]
    assert places == sorted(places)
    assert {(entry.year, entry.unit) for entry in library.entries} >= {("2022-2023", "quan-hoang-mai")}
    assert list(library.bulletins) == ["2023-07-tong-ket"]
    assert list(library.media) == ["sinh-hoat-chuyen-de"]


def test_a_folder_without_settings_is_not_a_workspace(tmp_path: Path) -> None:
    library, (problem,) = check.load(tmp_path, TODAY)
    assert (library, problem.code) == (None, "W101")


def test_a_workspace_without_units_says_so_once(workspace: Workspace) -> None:
    workspace.remove("content/units")
    assert workspace.codes().count("W102") == 1


def test_a_folder_that_cannot_be_listed_is_a_problem_with_the_reason(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def scandir(path: Path):
        if str(path).endswith("huyen-ung-hoa"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert "W106" in workspace.codes()


def test_hidden_files_and_editors_leftovers_are_ignored(workspace: Workspace) -> None:
    workspace.write(f"{FOLDER}/.DS_Store", b"\0\1")
    workspace.write(f"{FOLDER}/.moi.yaml.swp", b"\0\1")
    assert workspace.codes() == []


def test_broken_settings_are_reported_field_by_field(workspace: Workspace) -> None:
    text = (workspace.root / "chungtay.yaml").read_text().replace("08-01", "02-29").replace("  stage: 2022-2025\n", "")
    workspace.write("chungtay.yaml", text)
    library, problems = workspace.load()
    assert library is None
    assert [problem.code for problem in problems] == ["R102", "R105"]


# --------------------------------------------------------------------------- one mistake hides no other


def test_one_broken_file_never_hides_the_rest(workspace: Workspace) -> None:
    workspace.write(f"{FOLDER}/a.yaml", "- id: [\n")
    workspace.write(f"{FOLDER}/b.yaml", b"\xff\xfe\0\0")
    workspace.activity(id="HD-2023-9001", level="truongg")
    workspace.write(PEOPLE, "- {id: ai-do}\n")
    codes = workspace.codes()
    assert {"Y201", "Y104", "R106", "R102", "W142"} <= set(codes)
    assert len(ids(workspace)) == 8


def test_one_broken_record_never_hides_its_neighbours(workspace: Workspace) -> None:
    good = (workspace.root / f"{FOLDER}/activities.yaml").read_text()
    workspace.write(f"{FOLDER}/activities.yaml", "- kind: chuyen-de\n- 12\n- id: x\n" + good)
    assert "HD-2023-0412" in ids(workspace)
    assert workspace.codes().count("R202") == 1
    assert workspace.codes().count("R201") == 1


def test_all_mistakes_of_one_record_are_reported_in_one_run(workspace: Workspace) -> None:
    path = workspace.write(
        f"{FOLDER}/moi.yaml",
        "- id: HD-2023-9001\n  kind: chuyen-de\n  level: truongg\n  date: 30/2/2023\n  title: no\n"
        "  host: THCS\n  counts: {teachers: -1, pupils: 3}\n",
    )
    problems = [problem for problem in workspace.load()[1] if problem.place.file == path]
    assert [(problem.code, problem.place.line) for problem in problems] == [
        ("R102", 1),
        ("R106", 3),
        ("R104", 4),
        ("Y212", 5),
        ("R110", 6),
        ("R107", 7),
        ("R101", 7),
    ]


def test_a_reference_to_a_record_that_is_there_but_broken_is_not_called_dangling(workspace: Workspace) -> None:
    workspace.agreement(id="BGN-2023-9001", signed_on="2023-02-30")
    workspace.activity(agreement="BGN-2023-9001", host="th-dai-kim", partners=["th-van-dinh"])
    assert workspace.codes() == ["R105"]
    workspace.write(f"{FOLDER}/bgn-2023-9001.yaml", "- id: BGN-2023-9001\n  kind: [\n")
    assert workspace.codes() == ["Y201"]


def test_problems_are_sorted_by_file_and_line_and_none_is_said_twice(workspace: Workspace) -> None:
    for number in range(9001, 9006):
        workspace.activity(id=f"HD-2023-{number}", host="khong-co", level="sai", title="T")
    problems = workspace.load()[1]
    assert list(problems) == sorted(problems, key=lambda problem: problem.place)
    assert len(set(problems)) == len(problems) == 10


def test_an_exception_that_no_rule_expected_stays_inside_its_file(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(newsroom, "text_problems", broken)
    (problem,) = workspace.load()[1]
    assert (problem.code, problem.place.file) == ("Y199", "content/bulletins/2023-07-tong-ket.md")


# --------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2022-11-30", "R210"),
        ("2022-12-01", None),
        ("2026-11-22", None),
        ("2027-11-23", "R212"),
        ("2027-11-24", "R211"),
    ],
)
def test_events_lie_between_the_movements_first_month_and_a_year_from_today(
    workspace: Workspace, day: str, code: str | None
) -> None:
    calendar = Calendar()
    when = date.fromisoformat(day)
    unit = "huyen-ung-hoa" if when < date(2025, 7, 1) else "xa-ung-hoa"
    recorded = {"on": min(max(when, date(2022, 12, 5)), TODAY).isoformat(), "by": unit}
    year = school_year_of(when, calendar)
    workspace.activity(unit=unit, year=year, date=day, host=unit, partners=None, recorded=recorded)
    codes = set(workspace.codes())
    assert codes == ({code} if code != "R211" else {"R211", "R212"}) if code else not codes


@pytest.mark.parametrize("name", ["2022-2023", "2023-2024"])
def test_a_school_year_runs_from_its_first_day_to_the_day_before_the_next(name: str) -> None:
    period = school_year(name, Calendar())
    assert (period.start.month, period.start.day, period.end.month, period.end.day) == (8, 1, 7, 31)
    assert school_year_of(period.start, Calendar()) == school_year_of(period.end, Calendar()) == name


def test_an_activity_of_several_days_belongs_to_the_year_of_its_first_day(workspace: Workspace) -> None:
    workspace.activity(
        date=None, **{"from": "2023-07-20", "to": "2023-08-10"}, recorded={"on": "2023-08-12", "by": "pgd-hoang-mai"}
    )
    assert workspace.codes() == []


def test_a_statistical_row_stays_inside_one_school_year(workspace: Workspace) -> None:
    workspace.record(
        {
            "id": "TK-1",
            "kind": "thong-ke",
            "of": "the-thao",
            "unit": "quan-hoang-mai",
            "period": {"from": "2023-06-01", "to": "2023-09-30"},
            "count": 3,
            "recorded": {"on": "2023-10-01", "by": "pgd-hoang-mai"},
        }
    )
    (problem,) = workspace.load()[1]
    assert (problem.code, "2023-2024" in problem.message) == ("R217", True)


# --------------------------------------------------------------------------- relations


def test_the_same_id_in_other_capitals_is_reported_with_both_places_and_the_first_stays(workspace: Workspace) -> None:
    path = workspace.activity(id="hd-2023-0412")
    (problem,) = workspace.load()[1]
    assert problem.code == "R220"
    assert problem.place.file == path
    assert f"{FOLDER}/activities.yaml:1:7" in problem.message
    assert len(ids(workspace)) == 8


def test_a_misspelt_unit_brings_a_suggestion_and_the_place_of_the_list_item(workspace: Workspace) -> None:
    path = workspace.write(
        f"{FOLDER}/moi.yaml",
        "- id: BGN-2023-9001\n  kind: ghi-nho-song-phuong\n  parties:\n    - th-dai-kim\n    - th-van-dnh\n"
        "  signed_on: 2023-02-20\n  recorded: {on: 2023-02-25, by: pgd-hoang-mai}\n",
    )
    (problem,) = workspace.load()[1]
    assert (problem.code, problem.place, problem.hint) == ("R224", Place(path, 5, 7), "th-van-dinh")


def test_a_longer_circle_of_same_as_is_reported_once(workspace: Workspace) -> None:
    for number, after in ((1, 2), (2, 3), (3, 1), (4, 1)):
        workspace.activity(
            id=f"HD-900{number}", same_as=f"HD-900{after}", date=f"2023-03-2{number}", title=f"Việc số {number}"
        )
    (problem,) = [problem for problem in workspace.load()[1] if problem.code == "R227"]
    assert "HD-9001 → HD-9002 → HD-9003 → HD-9001" in problem.message


def test_records_that_say_they_are_the_same_are_not_suspected(workspace: Workspace) -> None:
    workspace.activity(id="HD-9001")
    workspace.activity(
        id="HD-9002", unit="huyen-ung-hoa", host="thcs-hoa-xa", partners=["thcs-dinh-cong"],
        recorded={"on": "2023-03-25", "by": "pgd-ung-hoa"},
    )  # fmt: skip
    assert workspace.codes() == ["R232"]
    workspace.activity(
        id="HD-9002", unit="huyen-ung-hoa", host="thcs-hoa-xa", partners=["thcs-dinh-cong"], same_as="HD-9001",
        recorded={"on": "2023-03-25", "by": "pgd-ung-hoa"},
    )  # fmt: skip
    assert workspace.codes() == []


def test_titles_that_differ_in_tone_placement_only_are_the_same_title(workspace: Workspace) -> None:
    workspace.activity(id="HD-9001", title="Giao lưu văn hóa đọc")
    workspace.activity(id="HD-9002", title="Giao lưu  Văn hoá đọc")
    assert workspace.codes() == ["R232"]


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ({"from": "2023-01-01", "to": "2023-12-31"}, {"from": "2024-01-01", "to": "2024-12-31"}, False),
        ({"from": "2023-01-01", "to": "2024-01-01"}, {"from": "2024-01-01", "to": "2024-12-31"}, True),
        (None, {"from": "2024-01-01", "to": "2024-12-31"}, True),
    ],
)
def test_agreements_of_the_same_sides_overlap_when_they_share_a_day(
    workspace: Workspace,
    first: dict[str, str] | None,
    second: dict[str, str],
    overlap: bool,  # noqa: FBT001
) -> None:
    workspace.agreement(id="A-1", valid=first, parties=["th-dai-kim", "th-van-dinh"])
    workspace.agreement(id="A-2", valid=second, parties=["th-van-dinh", "th-dai-kim"])
    assert workspace.codes() == (["R233"] if overlap else [])


def test_a_unit_after_its_end_brings_its_successors(workspace: Workspace) -> None:
    workspace.activity(
        unit="phuong-hoang-mai", year="2025-2026", date="2025-09-10", host="th-dai-kim", partners=["huyen-ung-hoa"],
        recorded={"on": "2025-09-12", "by": "phuong-hoang-mai"},
    )  # fmt: skip
    (problem,) = workspace.load()[1]
    assert (problem.code, "xa-ung-hoa (xã Ứng Hòa)" in problem.message) == ("R229", True)


# --------------------------------------------------------------------------- models


def test_every_field_of_every_model_says_in_vietnamese_what_it_is() -> None:
    def below(model: type[Strict]) -> set[type[Strict]]:
        return {model}.union(*(below(inner) for inner in model.__subclasses__()))

    mine = re.compile(r"chungtay_reports\.(records|settings|editorial|bulletin)")
    silent = [
        f"{model.__name__}.{name}"
        for model in below(Strict)
        if mine.match(model.__module__)
        for name, info in model.model_fields.items()
        if not info.description
    ]
    assert sorted(silent) == []


def test_every_record_type_has_rules_and_a_day() -> None:
    from chungtay_reports.workspace import rules  # noqa: PLC0415

    types = set(RECORD_TYPES.values())
    assert set(rules._RULES) == set(rules._EVENT_DAY) == set(rules._EVENT_FIELD) == types


class Odd(Strict):
    when: UUID | None = None


def test_an_error_type_without_a_sentence_of_its_own_still_has_a_place() -> None:
    parsed, _ = parse_yaml("when: x\n", "f.yaml")
    assert parsed
    _, (problem,) = to_model(parsed, (), Odd)
    assert (problem.code, problem.place) == ("R199", Place("f.yaml", 1, 7))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("chuyên đề", "chuyen-de"),
        ("chuyen_de", "chuyen-de"),
        ("Hội thảo", "hoi-thao"),
        ("hoithao", "hoi-thao"),
        ("xyz", None),
    ],
)
def test_a_close_name_is_offered_also_to_those_who_type_diacritics(written: str, meant: str | None) -> None:
    assert nearest(written, RECORD_TYPES) == meant


# --------------------------------------------------------------------------- personal data, the movement's name

NAME = movement_name(
    Movement.model_validate(
        {
            "name": "Nhà trường cùng chung tay phát triển - Thầy cô cùng sẻ chia trách nhiệm",
            "stage": "2022-2025",
            "start": "2022-12-01",
            "variants": ["Nhà trường chung tay"],
        }
    )
)


def found(text: str) -> list[tuple[str, int, int]]:
    problems: list[Problem] = list(text_problems(text, Place("f", 3, 5), NAME))
    assert all(problem.severity is Severity.WARNING for problem in problems)
    return [(problem.code, problem.place.line, problem.place.column) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 4340/KH-SGDĐT ngày 12/12/2022",
        "Năm học 2022-2023 có 2.106 tiết, 1.250.000 đồng, 012 lớp",
        "Mã đơn vị 00004, số 05/BC-PGDĐT",
        "Tài khoản 20000000 đồng cho 0,5 triệu học sinh",
        "từ ngày 12/3/2023 đến 14/3/2023, sinh hoạt chuyên môn ngày 12/3/2023",
        "học sinh năm cuối; sinh viên 2 trường",
        "Phong trào “Nhà trường cùng chung tay phát triển - Thầy cô cùng sẻ chia trách nhiệm”",
        "Thầy cô cùng chia sẻ tài liệu",
    ],
)
def test_ordinary_text_is_not_taken_for_personal_data(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("001085012345", "R301"),
        ("001 085 012 345", "R301"),
        ("0912345678", "R302"),
        ("0912.345.678", "R302"),
        ("+84 912 345 678", "R302"),
        ("024 3825 1234", "R302"),
        ("20.98123, 105.84567", "R303"),
        ("20°58'12\"B", "R303"),
        ("sinh ngày 12/3/2012", "R304"),
        ("em Nam (sinh năm 2012)", "R304"),
        ("sinh 12-3-2012", "R304"),
        ("Nhà trường cùng chung tay phát triển – Thầy cô cùng sẻ chia trách nhiệm", "R311"),
        ("nhà trường cùng chung tay phát triển - thầy cô cùng chia sẻ trách nhiệm", "R311"),
        ("Nhà trường cùng chung tay phát triển-Thầy cô cùng sẻ chia trách nhiệm", "R311"),
        ("Nhà trường chung tay", "R311"),
    ],
)
def test_personal_data_and_a_misspelt_movement_are_pointed_at(text: str, code: str) -> None:
    assert [one for one, _, _ in found(f"Theo {text}.")] == [code]
    expected_column = 1 + next(i for i, _ in enumerate(text) if text[i:].startswith(_core(text, code)))
    assert found(f"dòng một\n{text}")[0] == (code, 4, expected_column)


def _core(text: str, code: str) -> str:
    return text[text.index("sinh") :] if code == "R304" else text


def test_a_movements_name_that_is_broken_over_a_line_is_still_the_name() -> None:
    assert found("Nhà trường cùng chung tay phát triển -\nThầy cô cùng sẻ chia trách nhiệm") == []


# --------------------------------------------------------------------------- the newsroom


def test_a_picture_of_pupils_needs_a_consent_of_both_that_is_in_force(workspace: Workspace) -> None:
    consent = "{on: 2023-03-01, by_child: CHILD, by_guardian: true, under_seven: UNDER, until: UNTIL}"
    base = (workspace.root / "content/media/2023.yaml").read_text() + "  pupils: true\n"
    cases = [
        (None, ["W145"]),
        (("true", "false", "2030-01-01"), []),
        (("false", "false", "2030-01-01"), ["W145"]),
        (("false", "true", "2030-01-01"), []),
        (("true", "false", "2025-01-01"), ["W145"]),
        (("true", "false", "2030-01-01, withdrawn_on: 2026-01-05"), ["W145"]),
    ]
    for values, expected in cases:
        line = ""
        if values:
            child, under, until = values
            line = f"  consent: {consent.replace('CHILD', child).replace('UNDER', under).replace('UNTIL', until)}\n"
        workspace.write("content/media/2023.yaml", base + line)
        assert workspace.codes() == expected, values


def test_a_person_is_introduced_with_the_post_of_the_day(workspace: Workspace) -> None:
    person = workspace.library().people["nguyen-van-an"]
    assert person.speaker(date(2023, 5, 12)) == "Ông Nguyễn Văn An, Trưởng phòng GD&ĐT quận Hoàng Mai"
    assert person.speaker(date(2026, 5, 12)) == "Ông Nguyễn Văn An"


def test_a_bulletin_knows_where_its_texts_and_its_prose_begin(workspace: Workspace) -> None:
    path = workspace.write(
        "content/bulletins/a.md",
        '---\ntitle: "Tít"\nsapo: >-\n  Sapo dài.\nissued: 2023-07-31T09:00:00+07:00\n'
        "period: {from: 2022-12-01, to: 2023-07-31, name: năm học 2022-2023}\nas_of: 2023-07-31\n---\n\nLời.\n",
    )
    bulletin, problems = read_bulletin(workspace.root, path)
    assert problems == ()
    assert bulletin
    assert (bulletin.slug, bulletin.body, bulletin.body_line) == ("a", "\nLời.\n", 9)
    assert bulletin.place("title") == Place(path, 2, 9)
    assert bulletin.place("sapo") == Place(path, 4, 3)
    assert bulletin.period.name == "năm học 2022-2023"
    assert bulletin.previous is None


def test_mistakes_in_front_matter_have_the_lines_of_the_file(workspace: Workspace) -> None:
    workspace.write("content/bulletins/b.md", "---\ntitle: Tít\nissued: 31/7/2023\nas_off: 2023-07-31\n---\nLời.\n")
    problems = workspace.load()[1]
    assert [(problem.code, problem.place.line) for problem in problems] == [
        ("R102", 2),
        ("R102", 2),
        ("R112", 3),
        ("R101", 4),
    ]


# --------------------------------------------------------------------------- size


@pytest.mark.slow
def test_four_thousand_records_are_read_and_checked_in_seconds(workspace: Workspace) -> None:
    base = (workspace.root / f"{FOLDER}/activities.yaml").read_text()
    for file in range(20):
        text = "".join(
            base.replace("HD-2023-0412", f"HD-{file}-{number}").replace("Đổi mới", f"Bài {file}-{number}: Đổi mới")
            for number in range(200)
        )
        workspace.write(
            f"{FOLDER}/nhieu-{file}.yaml", text.replace("title: ", 'title: "').replace("nhiên\n", 'nhiên"\n')
        )
    start = time.process_time()
    library = workspace.library()
    assert len(library.entries) == 4008
    assert time.process_time() - start < 6
