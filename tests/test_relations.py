"""Days of records and relations between them: each rule finds its mistake at its place."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import TODAY, Workspace

from chungtay_reports.errors import Place
from chungtay_reports.settings import Calendar
from chungtay_reports.workspace.layout import school_year, school_year_of

FOLDER = "content/records/2022-2023/quan-hoang-mai"

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
    assert len(workspace.ids()) == 8


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


def test_an_event_is_joined_by_the_very_id_so_that_none_counts_twice(workspace: Workspace) -> None:
    workspace.activity(
        id="HD-9002",
        unit="huyen-ung-hoa",
        title="Một việc",
        same_as="hd-2023-0412",
        recorded={"on": "2023-03-25", "by": "pgd-ung-hoa"},
    )
    problems = workspace.load()[1]
    assert [(problem.code, problem.hint) for problem in problems] == [("R225", "HD-2023-0412")]


@pytest.mark.parametrize(
    ("folder", "day", "on", "codes"),
    [
        ("phuong-hoang-mai", "2025-09-20", "2025-09-25", []),
        ("quan-hoang-mai", "2025-05-20", "2025-05-25", []),
        ("quan-hoang-mai", "2025-05-20", "2025-08-25", []),
        ("xa-ung-hoa", "2025-09-20", "2025-09-25", ["W112"]),
    ],
)
def test_a_school_that_has_moved_keeps_the_books_of_where_it_belongs_and_of_where_it_belonged(
    workspace: Workspace, folder: str, day: str, on: str, codes: list[str]
) -> None:
    file = workspace.root / "content/units/ha-noi.yaml"
    school = "{id: thcs-dinh-cong, tier: thcs, name: Trường Trung học cơ sở Định Công, parent: quan-hoang-mai"
    moved = f"{school}, moves: [{{on: 2025-07-01, parent: phuong-hoang-mai}}]"
    workspace.write("content/units/ha-noi.yaml", file.read_text("utf-8").replace(school, moved))
    year = school_year_of(date.fromisoformat(day), Calendar())
    workspace.activity(unit=folder, year=year, date=day, partners=None, recorded={"on": on, "by": "thcs-dinh-cong"})
    assert workspace.codes() == codes
