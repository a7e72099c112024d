"""What was published and is no longer so: which figure, in which sentence, from what to what, and why."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from builds import REPO, chungtay
from conftest import TODAY, Workspace
from presses import LATER, SLUG, approve, publish, set_up
from reportkit import with_reports
from test_terminal import in_terminal

from chungtay_reports import comparing, life
from chungtay_reports.comparing.data import comparison_data
from chungtay_reports.comparing.sides import Source
from chungtay_reports.comparing.stale import Stale, Standing, standings
from chungtay_reports.comparing.wording import IN_THE_TEXT, paragraph
from chungtay_reports.errors import UsageError
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.pipeline import Request
from chungtay_reports.workspace.library import Library

ACTIVITIES = "content/records/2022-2023/huyen-ung-hoa/activities.yaml"
REMOVED = "  removed: {on: 2026-11-21, by: pgd-ung-hoa, reason: Ghi trùng với bản ghi của quận}\n"
METRICS = "content/metrics/core.yaml"


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """A workspace whose bulletin is published."""
    set_up(workspace)
    approve(workspace)
    publish(workspace)
    return workspace


def edit(desk: Workspace, path: str, old: str, new: str) -> None:
    text = (desk.root / path).read_text(encoding="utf-8")
    assert old in text
    desk.write(path, text.replace(old, new, 1))


def remove(desk: Workspace) -> None:
    """The first record of the file is found to be a mistake, and says so."""
    edit(
        desk,
        ACTIVITIES,
        "  recorded: {on: 2023-04-10, by: pgd-ung-hoa}\n",
        "  recorded: {on: 2023-04-10, by: pgd-ung-hoa}\n" + REMOVED,
    )


def only(desk: Workspace, *, now: bool = False) -> Standing:
    (found,) = standings(desk.root, TODAY, now=now)
    return found


def about(stale: tuple[Stale, ...], metric: str) -> Stale:
    return next(one for one in stale if one.row.figure.query.metric == metric and not one.row.figure.op)


def causes(stale: Stale) -> dict[str, object]:
    return {part.cause: part.amount for part in stale.difference.parts}


def test_an_edition_stands_while_the_records_say_the_same(desk: Workspace) -> None:
    found = only(desk)
    assert (found.stale, found.printed > 0) == ((), True)


def test_a_removed_record_makes_an_edition_stale_with_old_new_cause_and_sentence(desk: Workspace) -> None:
    remove(desk)
    one = about(only(desk).stale, "chuyen_de")
    assert (one.row.figure.value, one.new, causes(one)) == (2, 1, {"bo": -1})
    assert one.difference.parts[0].records == ("HD-2023-0501",)
    assert any(one.row.prints[0].text in quoted.text for quoted in one.sentences)


def test_a_record_that_was_deleted_without_a_trace_is_told_as_removed(desk: Workspace) -> None:
    text = (desk.root / ACTIVITIES).read_text(encoding="utf-8")
    desk.write(ACTIVITIES, text[text.index("- id: HT-2023-0007") :])
    assert causes(about(only(desk).stale, "chuyen_de")) == {"bo": -1}


def test_a_record_that_was_edited_in_place_is_told_as_corrected(desk: Workspace) -> None:
    edit(desk, ACTIVITIES, "kind: chuyen-de\n", "kind: hoi-thao\n")
    assert causes(about(only(desk).stale, "chuyen_de")) == {"sua": -1}


def test_a_definition_that_changed_makes_an_edition_stale(desk: Workspace) -> None:
    edit(desk, METRICS, "where: {kind: chuyen-de}", "where: {kind: chuyen-de, level: truong}")
    assert causes(about(only(desk).stale, "chuyen_de")) == {"dinh-nghia": -1}


def test_what_came_into_the_books_later_makes_nothing_stale_but_belongs_to_an_update(desk: Workspace) -> None:
    desk.activity(recorded={"on": "2026-11-20", "by": "pgd-hoang-mai"})
    found = only(desk, now=True)
    assert found.stale == ()
    one = about(found.update, "chuyen_de")
    assert (one.row.figure.value, one.new, causes(one)) == (2, 3, {"muon": 1})


def test_a_metric_that_is_gone_gives_no_value_any_more(desk: Workspace) -> None:
    edit(desk, METRICS, "name: chuyen_de", "name: so_chuyen_de")
    bulletin = next((desk.root / "content/bulletins").glob("*.md"))
    text = bulletin.read_text(encoding="utf-8").replace("chuyen_de", "so_chuyen_de")
    bulletin.write_text(text, encoding="utf-8")
    assert None in {one.new for one in only(desk).stale}


def test_without_an_archive_nothing_is_published(workspace: Workspace) -> None:
    assert standings(workspace.root, TODAY) == ()


def test_the_command_ends_with_4_when_something_is_stale(desk: Workspace) -> None:
    fine = chungtay("status", cwd=desk.root)
    assert (fine.returncode, fine.stdout) == (0, "")
    remove(desk)
    told = chungtay("status", cwd=desk.root)
    assert told.returncode == 4
    assert "2 chuyên đề → 1 chuyên đề (−1 do bỏ bản ghi nhầm)" in told.stdout
    data = json.loads(chungtay("status", "--format", "json", cwd=desk.root).stdout)
    assert [one["edition"] for one in data["editions"]] == [SLUG]
    assert {"cause": "bo", "amount": -1, "records": ["HD-2023-0501"]} in data["editions"][0]["stale"][0]["causes"]


NOTICE = """\
notices:
  - kind: dinh-chinh
    on: 2023-09-01
    reason: Ghi trùng
    title: Tổng kết
    version: v1
    published: "2023-08-20T09:00:00+07:00"
    as_of: 2023-09-01
"""


def test_sheets_that_were_edited_by_hand_are_told_though_every_figure_still_stands(desk: Workspace) -> None:
    edit(desk, f"content/approvals/{SLUG}.yaml", "on: ", "on:  ")
    assert chungtay("status", cwd=desk.root).stdout == ""
    edit(desk, f"content/approvals/{SLUG}.yaml", 'value: "2"', 'value: "200"')
    desk.write(f"content/notices/{SLUG}.yaml", NOTICE)
    told = chungtay("status", cwd=desk.root)
    assert told.returncode == 0
    assert "cảnh báo L108: phiếu duyệt" in told.stdout
    assert "cảnh báo L109: lời thông báo" in told.stdout
    data = json.loads(chungtay("status", "--format", "json", cwd=desk.root).stdout)
    assert [one["code"] for one in data["problems"]] == ["L108", "L109"]


# --------------------------------------------------------------------------- diff


def compared(desk: Workspace, old: str, new: str) -> comparing.Comparison:
    return comparing.compare(*comparing.sides(desk.root, TODAY, (old, new)))


def test_a_published_version_is_compared_with_the_present_by_cause(desk: Workspace) -> None:
    edit(desk, ACTIVITIES, "kind: chuyen-de\n", "kind: hoi-thao\n")
    found = compared(desk, f"{SLUG}@v1", SLUG)
    line = next(line for line in found.changed if line.row.figure.query.metric == "chuyen_de")
    assert line.difference is not None
    assert [(part.cause, part.amount) for part in line.difference.parts] == [("sua", -1)]
    assert "giảm từ 2 xuống 1 chuyên đề do số liệu được sửa" in paragraph(found)
    assert re.match(r"Bản tính đến \S+ khác bản công bố lần 1 ngày \S+ ở ", paragraph(found)), "no comma is left open"


def test_two_days_of_an_edition_are_compared(desk: Workspace) -> None:
    remove(desk)
    found = compared(desk, f"{SLUG}@2026-11-20", "@2026-11-21")
    assert "giảm từ 2 xuống 1 chuyên đề do bỏ bản ghi nhầm" in paragraph(found)
    data = comparison_data(found)
    assert data["summary"] == paragraph(found)


def test_whose_report_it_is_and_its_period_go_without_saying(workspace: Workspace) -> None:
    reports = with_reports(workspace)
    keys = [f"bao-cao-nam-hoc/{year}/quan-hoang-mai" for year in ("2022-2023", "2023-2024")]
    found = compared(reports, keys[0], keys[1])
    names = [line.name for line in found.lines]
    assert not [name for name in names if "quận Hoàng Mai" in name]
    assert "Chuyên đề cấp trường" in names
    assert "Giao ước giữa các phòng GD&ĐT, 12/2022–5/2024" in names, "not of the school year, so it is said"
    assert "hoặc THCS giảm từ 45 xuống 4 lượt giáo viên" in paragraph(found)
    assert re.search(r" Còn \d+ con số nữa nêu trong bảng dưới đây\.$", paragraph(found))
    assert re.search(r" Còn \d+ con số nữa được đánh dấu trong bài\.$", paragraph(found, rest_is=IN_THE_TEXT))


def test_a_unit_is_not_said_to_have_had_what_the_one_before_it_had(sample: Library) -> None:
    books = Source(REPO, sample, tabulate(sample.entries, sample.registry))
    keys = ("2024-2025/quan-cau-giay", "2025-2026/phuong-cau-giay")
    found = comparing.compare(*(books.side(f"bao-cao-nam-hoc/{key}", None, "") for key in keys))
    assert " Chuyên đề cấp trường giảm từ 48 xuống 6 chuyên đề: bớt 35 do chia tách" in paragraph(found)
    assert all("phường Cầu Giấy" not in line.name for line in found.lines if line.old and line.new)


def test_an_edition_does_not_differ_from_itself(desk: Workspace) -> None:
    found = compared(desk, SLUG, SLUG)
    assert found.changed == ()
    assert paragraph(found) == "Hai bên là cùng một bản (bản tính đến 31/7/2023), nên không có gì khác."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2023-07-tong-ke", SLUG, "Ý bạn là “2023-07-tong-ket”?"),
        (f"{SLUG}@v7", SLUG, "chưa có lần công bố 7; có: v1"),
        (f"{SLUG}@hom-qua", SLUG, "sau @ là ngày"),
        (f"{SLUG}@2023-02-30", SLUG, "Không có ngày “2023-02-30”"),
        ("khac@v1", SLUG, "Kho lưu trữ không có “khac”"),
    ],
)
def test_a_side_that_is_not_there_is_told_with_what_is(desk: Workspace, old: str, new: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        compared(desk, old, new)
    assert said in str(refused.value)


def test_a_withdrawal_is_no_side_since_it_has_no_figures(desk: Workspace) -> None:
    life.withdraw(desk.root, Request(editions=(SLUG,), jobs=1), "Công bố nhầm", LATER)
    with pytest.raises(UsageError, match=f"Lần công bố 2 .* là lời thu hồi, .* hãy so bản trước đó: {SLUG}@v1"):
        compared(desk, f"{SLUG}@v1", "@v2")
    assert compared(desk, f"{SLUG}@v1", f"{SLUG}@v1").old.ledger


def test_days_are_those_of_the_shell(desk: Workspace) -> None:
    told = chungtay("diff", f"{SLUG}@2023-08-10", f"{SLUG}@2023-09-30", "--format", "json", cwd=desk.root)
    assert told.returncode == 0, told.stderr
    data = json.loads(told.stdout)
    assert (data["old"]["as_of"], data["new"]["as_of"]) == ("2023-08-10", date(2023, 9, 30).isoformat())


def test_at_a_terminal_what_is_stale_is_broken_where_it_ends_and_nothing_of_it_is_lost(desk: Workspace) -> None:
    remove(desk)
    whole = chungtay("status", cwd=desk.root, COLUMNS="46").stdout
    seen = in_terminal("-q", "status", cwd=desk.root, COLUMNS="46", NO_COLOR="1")
    assert max(map(len, whole.splitlines())) > 46
    assert [line for line in seen.splitlines() if len(line) > 46 and " " in line.strip()] == []
    assert seen.split() == whole.split()
