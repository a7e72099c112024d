from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from conftest import Workspace

from chungtay_reports.figures import chasing, reconciling
from chungtay_reports.figures.chasing import Matrix

YEAR = "2023-2024"


@pytest.fixture
def year(workspace: Workspace) -> Workspace:
    """A workspace whose books of 2023-2024 hold one activity of September; reports are due on 5/10 and 5/12."""
    workspace.remove("content/records/2023-2024")
    settings = (workspace.root / "chungtay.yaml").read_text("utf-8")
    workspace.write(
        "chungtay.yaml",
        settings.replace("{school_year_start: 08-01}", "{school_year_start: 08-01, deadlines: [10-05, 12-05]}"),
    )
    workspace.activity(
        year=YEAR, id="HD-2023-9100", date="2023-09-12", recorded={"on": "2023-09-20", "by": "pgd-hoang-mai"}
    )
    return workspace


def submits(workspace: Workspace, unit: str, *, end: str = "2023-09-30", on: str = "2023-10-03", **fields: Any) -> None:
    id_ = f"NB-{unit}-{on}"
    office = unit.replace("quan-", "pgd-").replace("huyen-", "pgd-")
    data = {
        "id": id_,
        "kind": "nop-bao-cao",
        "unit": unit,
        "period": {"from": "2023-08-01", "to": end},
        "on": on,
        "complete": True,
        "recorded": {"on": on, "by": office},
        **fields,
    }
    workspace.write(f"content/records/{YEAR}/{unit}/{id_}.yaml", json.dumps(data))


def matrix(workspace: Workspace, as_of: date) -> Matrix:
    return chasing.matrix(workspace.library(), YEAR, as_of)


def marks(workspace: Workspace, as_of: date) -> dict[str, str]:
    return {line.unit: "".join(mark.value for mark in line.marks) for line in matrix(workspace, as_of).lines}


def test_nobody_owes_a_month_of_which_only_later_books_tell(year: Workspace) -> None:
    year.activity(year=YEAR, id="HD-2023-9101", date="2023-10-12", recorded={"on": "2024-01-20", "by": "pgd-hoang-mai"})
    assert [month.key for month in matrix(year, date(2024, 1, 19)).months] == ["8/2023", "9/2023"]
    assert [month.key for month in matrix(year, date(2024, 1, 20)).months] == ["8/2023", "9/2023", "10/2023"]


def test_months_run_to_the_last_one_on_which_something_happened_each_with_its_next_deadline(year: Workspace) -> None:
    months = matrix(year, date(2023, 11, 1)).months
    assert [(month.key, month.due) for month in months] == [
        ("8/2023", date(2023, 10, 5)),
        ("9/2023", date(2023, 10, 5)),
    ]


def test_a_unit_that_reported_in_time_is_done_and_one_that_did_not_is_late_since_the_deadline(year: Workspace) -> None:
    submits(year, "quan-hoang-mai")
    found = matrix(year, date(2023, 10, 6))
    assert marks(year, date(2023, 10, 6)) == {"quan-hoang-mai": "✓✓", "huyen-ung-hoa": "✗✗"}
    assert [(line.unit, line.since) for line in found.late] == [("huyen-ung-hoa", date(2023, 10, 5))]


def test_on_the_day_of_the_deadline_nobody_is_late_yet(year: Workspace) -> None:
    assert marks(year, date(2023, 10, 5)) == {"quan-hoang-mai": "··", "huyen-ung-hoa": "··"}
    assert not matrix(year, date(2023, 10, 5)).late


def test_a_report_after_the_deadline_counts_and_is_marked_as_late(year: Workspace) -> None:
    submits(year, "quan-hoang-mai", on="2023-10-20")
    assert marks(year, date(2023, 11, 1))["quan-hoang-mai"] == "!!"
    assert [line.unit for line in matrix(year, date(2023, 11, 1)).late] == ["huyen-ung-hoa"]


def test_a_partial_report_is_still_owed(year: Workspace) -> None:
    submits(year, "quan-hoang-mai", complete=False)
    line = next(line for line in matrix(year, date(2023, 11, 1)).lines if line.unit == "quan-hoang-mai")
    assert "".join(line.marks) == "~~"
    assert line.since == date(2023, 10, 5)


def test_the_books_are_seen_as_they_stood_on_the_day(year: Workspace) -> None:
    submits(year, "quan-hoang-mai", on="2023-10-20")
    assert marks(year, date(2023, 10, 10))["quan-hoang-mai"] == "✗✗"


def test_a_unit_that_has_ended_owes_nothing_for_later_months(workspace: Workspace) -> None:
    library = workspace.library()
    assert {line.unit for line in chasing.matrix(library, "2022-2023", date(2023, 9, 1)).lines} == {
        "quan-hoang-mai",
        "huyen-ung-hoa",
    }
    assert not chasing.matrix(library, "2022-2023", date(2023, 9, 1)).late


def test_partners_who_agree_have_no_difference(workspace: Workspace) -> None:
    workspace.activity(
        unit="huyen-ung-hoa",
        id="HD-2023-9002",
        same_as="HD-2023-9001",
        recorded={"on": "2023-03-26", "by": "pgd-ung-hoa"},
    )
    workspace.activity()
    assert reconciling.differences(workspace.library()) == ()


def test_partners_who_disagree_are_listed_with_both_places_and_the_counted_one_first(workspace: Workspace) -> None:
    workspace.activity()
    workspace.activity(
        unit="huyen-ung-hoa",
        id="HD-2023-9002",
        same_as="HD-2023-9001",
        counts={"sessions": 1, "teachers": 28},
        recorded={"on": "2023-03-26", "by": "pgd-ung-hoa"},
    )
    (found,) = reconciling.differences(workspace.library())
    assert (found.field, found.value, found.other_value) == ("counts.teachers", 30, 28)
    assert found.counted.record.id == "HD-2023-9001"
    assert found.other.place.file == "content/records/2022-2023/huyen-ung-hoa/hd-2023-9002.yaml"


def test_partners_who_disagree_on_what_goods_are_worth_are_listed_too(workspace: Workspace) -> None:
    """It is a sum that reports print, over however many goods each side names."""
    sides = (
        ("quan-hoang-mai", "HD-2023-9001", None, [3_000_000, 2_000_000]),
        ("huyen-ung-hoa", "HD-2023-9002", "HD-2023-9001", [4_000_000]),
    )
    for unit, id_, same, values in sides:
        goods = [{"name": "Sách giáo khoa", "quantity": 10, "unit": "bộ", "value": value} for value in values]
        by = unit.replace("quan-", "pgd-").replace("huyen-", "pgd-")
        workspace.activity(
            unit=unit, id=id_, same_as=same, kind="ho-tro-hoc-sinh", level=None, counts=None, topics=None,
            support={"goods": goods}, recorded={"on": "2023-03-26", "by": by},
        )  # fmt: skip
    (found,) = reconciling.differences(workspace.library())
    assert (found.field, found.value, found.other_value) == ("support.goods_value", 5_000_000, 4_000_000)


def test_a_number_that_only_one_side_gives_is_a_difference(workspace: Workspace) -> None:
    workspace.activity()
    workspace.activity(
        unit="huyen-ung-hoa",
        id="HD-2023-9002",
        same_as="HD-2023-9001",
        counts={"sessions": 1},
        recorded={"on": "2023-03-26", "by": "pgd-ung-hoa"},
    )
    (found,) = reconciling.differences(workspace.library())
    assert (found.value, found.other_value) == (30, None)
