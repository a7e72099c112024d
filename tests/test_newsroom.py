"""People, pictures and bulletins are read with what they promise."""

from __future__ import annotations

from datetime import date

from conftest import Workspace

from chungtay_reports.errors import Place
from chungtay_reports.workspace.bulletin import read_bulletin


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


def test_a_moment_with_another_offset_is_of_the_day_that_it_is_in_vietnam(workspace: Workspace) -> None:
    """Else a bulletin sent out from abroad bears the day before, and its figures of that day are refused."""
    file = workspace.root / "content/bulletins/2023-07-tong-ket.md"
    text = file.read_text("utf-8").replace("2023-07-31T09:00:00+07:00", "2023-07-31T20:00:00+00:00")
    file.write_text(text.replace("as_of: 2023-07-31", "as_of: 2023-08-01"), "utf-8")
    issued = workspace.library().bulletins["2023-07-tong-ket"].front.issued
    assert issued.isoformat() == "2023-08-01T03:00:00+07:00"


def test_a_moment_before_all_time_is_a_problem_and_no_crash(workspace: Workspace) -> None:
    file = workspace.root / "content/bulletins/2023-07-tong-ket.md"
    file.write_text(file.read_text("utf-8").replace("2023-07-31T09:00:00+07:00", "0001-01-01T03:00:00+14:00"), "utf-8")
    assert "R105" in workspace.codes()
