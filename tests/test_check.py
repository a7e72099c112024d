"""A workspace is checked whole: what is found, where, and what a mistake does not hide."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from uuid import UUID

import pytest
from conftest import TODAY, Workspace

from chungtay_reports import check
from chungtay_reports.errors import Place
from chungtay_reports.figures import notes, rows
from chungtay_reports.records import RECORD_TYPES
from chungtay_reports.settings import Strict
from chungtay_reports.source.files import parse_yaml, to_model
from chungtay_reports.source.validation import nearest
from chungtay_reports.workspace import newsroom, rules

FOLDER = "content/records/2022-2023/quan-hoang-mai"
PEOPLE = "content/people.yaml"


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
    assert len(workspace.ids()) == 8


def test_one_broken_record_never_hides_its_neighbours(workspace: Workspace) -> None:
    good = (workspace.root / f"{FOLDER}/activities.yaml").read_text()
    workspace.write(f"{FOLDER}/activities.yaml", "- kind: chuyen-de\n- 12\n- id: x\n" + good)
    assert "HD-2023-0412" in workspace.ids()
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


# --------------------------------------------------------------------------- models


def test_every_field_of_every_model_says_in_vietnamese_what_it_is() -> None:
    def below(model: type[Strict]) -> set[type[Strict]]:
        return {model}.union(*(below(inner) for inner in model.__subclasses__()))

    mine = re.compile(r"chungtay_reports\.(records|settings|workspace\.(editorial|bulletin))\b")
    silent = [
        f"{model.__name__}.{name}"
        for model in below(Strict)
        if mine.match(model.__module__)
        for name, info in model.model_fields.items()
        if not info.description
    ]
    assert sorted(silent) == []


def test_every_record_type_stands_in_every_table_that_goes_by_type() -> None:
    tables = (rules._RULES, rules._EVENT_DAY, rules._EVENT_FIELD, notes._SUMMARIES, rows._ROWS)
    assert [set(table) for table in tables] == [set(RECORD_TYPES.values())] * len(tables)


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
