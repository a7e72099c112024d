"""From a number to its records, and from a record to every place where it was counted."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import TODAY, Workspace

from chungtay_reports import tracing
from chungtay_reports.errors import ContentError, UsageError

EDITION = "2023-07-tong-ket"
BOOKED = {"on": "2023-04-20", "by": "pgd-hoang-mai"}
ACTIVITIES = "content/records/2022-2023/quan-hoang-mai/activities.yaml"


def trail(workspace: Workspace, target: str, edition: str | None = None) -> dict[str, Any]:
    return tracing.data(tracing.trace(workspace.root, TODAY, target, edition))


def figure(found: dict[str, Any]) -> dict[str, Any]:
    assert len(found["figures"]) == 1
    return dict(found["figures"][0])


@pytest.mark.parametrize("target", ["2", "s1", f"{EDITION}:s1", "chuyen_de"])
def test_a_number_a_row_or_a_metric_leads_to_its_records_with_file_and_line(workspace: Workspace, target: str) -> None:
    found = figure(trail(workspace, target))
    assert (found["edition"], found["id"], found["metric"], found["value"]) == (EDITION, "s1", "chuyen_de", "2")
    assert [record["id"] for record in found["records"]] == ["HD-2023-0412", "HD-2023-0501"]
    assert (found["records"][0]["file"], found["records"][0]["line"]) == (ACTIVITIES, 1)
    assert {printed["where"] for printed in found["prints"]} == {"tít", "sapo", "số nổi bật", "đoạn 1"}


@pytest.mark.parametrize("target", ["HD-2023-0412", "hd-2023-0412"])
def test_a_record_leads_to_every_place_where_it_was_counted(workspace: Workspace, target: str) -> None:
    found = trail(workspace, target)
    assert found["record"] == {"id": "HD-2023-0412", "file": ACTIVITIES, "line": 1}
    assert figure(found)["metric"] == "chuyen_de"


def test_a_record_that_no_number_counts_says_so(workspace: Workspace) -> None:
    found = tracing.trace(workspace.root, TODAY, "BGN-2023-0001", None)
    assert found.found == ()
    assert list(tracing.lines(found, limit=10))[-1] == "  chưa được tính vào con số nào của các ấn phẩm."


def test_a_record_tells_its_corrections_and_its_removal(workspace: Workspace) -> None:
    was = ({"counts": {"teachers": 20}, "venue": None}, {"title": "Tên cũ", "topics": ["kiem-tra-danh-gia"]})
    workspace.activity(
        venue="Hội trường",
        corrections=[
            {"on": f"2023-04-0{day}", "by": "pgd-hoang-mai", "reason": f"Lần {day}", "was": patch}
            for day, patch in enumerate(was, 1)
        ],
        removed={"on": "2023-05-02", "by": "pgd-hoang-mai", "reason": "Ghi hai lần"},
    )
    found = tracing.trace(workspace.root, TODAY, "HD-2023-9001", None)
    assert list(tracing.lines(found, limit=10))[1:4] == [
        "  từ 1/4/2023 sửa counts.teachers: 20 → 30; venue: chưa ghi → Hội trường (pgd-hoang-mai: Lần 1)",
        (
            "  từ 2/4/2023 sửa title: Tên cũ → Dạy học trải nghiệm môn Khoa học tự nhiên; "
            "topics: kiem-tra-danh-gia → phuong-phap-day-hoc (pgd-hoang-mai: Lần 2)"
        ),
        "  từ 2/5/2023 không tính nữa (pgd-hoang-mai: Ghi hai lần)",
    ]
    assert tracing.data(found)["history"][0] == {
        "on": "2023-04-01",
        "by": "pgd-hoang-mai",
        "reason": "Lần 1",
        "removed": False,
        "fields": [
            {"field": "counts.teachers", "old": "20", "new": "30"},
            {"field": "venue", "old": "chưa ghi", "new": "Hội trường"},
        ],
    }


def test_a_hedged_printing_leads_to_the_exact_number(workspace: Workspace) -> None:
    for number in range(19):
        workspace.activity(id=f"HD-2023-{3000 + number}", date=f"2023-03-{number + 1:02d}", recorded=BOOKED)
    path = workspace.root / "content/bulletins" / f"{EDITION}.md"
    path.write_text(path.read_text("utf-8").replace("Đến hết năm học, {{ so(", "Đến hết năm học, {{ hon("), "utf-8")
    found = figure(trail(workspace, "hơn 20"))
    assert found["value"] == "21"
    assert figure(trail(workspace, "21"))["id"] == found["id"]


def test_a_long_trail_is_cut_and_says_by_how_many(workspace: Workspace) -> None:
    for number in range(28):
        workspace.activity(id=f"HD-2023-{3000 + number}", date=f"2023-03-{number + 1:02d}", recorded=BOOKED)
    found = tracing.trace(workspace.root, TODAY, "30", None)
    cut, whole = list(tracing.lines(found, limit=10)), list(tracing.lines(found, limit=None))
    assert cut[-1] == "  … và 20 bản ghi nữa (thêm --all để xem hết)"
    assert len(whole) == len(cut) - 1 + 20


def test_only_the_edition_that_is_asked_for_is_searched(workspace: Workspace) -> None:
    assert trail(workspace, "2", EDITION)["figures"]
    with pytest.raises(UsageError, match="Không có ấn phẩm"):
        trail(workspace, "2", "khong-co")


@pytest.mark.parametrize("target", ["3", "s99", "HD-2023-9999", "chuyen_dê", "%", "١"])
def test_what_is_nowhere_is_answered_with_what_it_could_have_been(workspace: Workspace, target: str) -> None:
    with pytest.raises(UsageError, match="Không thấy"):
        trail(workspace, target)


def test_a_workspace_with_errors_is_not_traced(workspace: Workspace) -> None:
    workspace.activity(hots="sai")
    with pytest.raises(ContentError):
        trail(workspace, "2")
