"""Approvals: who may approve, what holds, what falls off and says why; drafts bear a mark until then."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from conftest import TODAY, VALID, Workspace
from editions import edition, inlines
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chungtay_reports import life, pipeline
from chungtay_reports.edition import Edition, ItemList, Paragraph, Text
from chungtay_reports.errors import ContentError, Severity, UsageError, shown
from chungtay_reports.life.approving import approver
from chungtay_reports.pipeline import Request
from chungtay_reports.standing import judge
from chungtay_reports.standing.judging import Verdict
from chungtay_reports.standing.sheet import sheet
from chungtay_reports.workspace.approval import read_approval
from chungtay_reports.workspace.library import Library

SLUG = "2023-07-tong-ket"
BULLETIN = f"content/bulletins/{SLUG}.md"
SHEET = f"content/approvals/{SLUG}.yaml"
EDITOR = """\
- {id: nguyen-van-an, name: Nguyễn Văn An, title: ông, posts: [{title: Trưởng phòng, from: 2021-08-01}], illustration: true}
- {id: le-thi-binh, name: Lê Thị Bình, title: bà, posts: [{title: Phó Giám đốc, from: 2021-08-01}], illustration: true}
- {id: pham-van-cu, name: Phạm Văn Cư, title: ông, posts: [{title: Trưởng phòng, to: 2024-01-01}], illustration: true}
"""


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    workspace.write("content/people.yaml", EDITOR)
    return workspace


def approve(desk: Workspace, by: str = "nguyen-van-an") -> life.Approved:
    (approved,) = life.approve(desk.root, Request(editions=(SLUG,)), by, TODAY)
    return approved


def composed(desk: Workspace, **request: bool) -> tuple[Library, Edition]:
    library, (work,), _ = pipeline.works(desk.root, Request(editions=(SLUG,), **request), TODAY)
    assert isinstance(work, Edition)
    return library, work


def verdict(desk: Workspace) -> Verdict:
    library, work = composed(desk)
    return judge(work, library)


def edit(desk: Workspace, old: str, new: str) -> None:
    text = (desk.root / BULLETIN).read_text("utf-8")
    assert old in text
    desk.write(BULLETIN, text.replace(old, new))


def set_wanted(desk: Workspace, wanted: int) -> None:
    text = (desk.root / "chungtay.yaml").read_text("utf-8")
    desk.write("chungtay.yaml", text.replace("publishing:\n", f"publishing:\n  approvals: {wanted}\n"))


def test_an_edition_is_a_draft_until_somebody_approves_it(desk: Workspace) -> None:
    assert composed(desk)[1].draft
    assert approve(desk).have == 1
    assert not composed(desk)[1].draft
    assert pipeline.check(desk.root, TODAY) == ()


def test_draft_and_final_say_it_whatever_was_approved(desk: Workspace) -> None:
    assert not composed(desk, final=True)[1].draft
    approve(desk)
    assert composed(desk, draft=True)[1].draft


def test_an_edition_that_is_published_as_it_is_now_is_no_draft(desk: Workspace) -> None:
    from chungtay_reports.fingerprint import fingerprint  # noqa: PLC0415 - only here

    _, work = composed(desk)
    request = Request(editions=(SLUG,), published={SLUG: fingerprint(work).digest})
    _, (again,), _ = pipeline.works(desk.root, request, TODAY)
    assert not again.draft
    stale = Request(editions=(SLUG,), published={SLUG: "0" * 64})
    assert pipeline.works(desk.root, stale, TODAY)[1][0].draft


def test_a_record_that_is_added_takes_the_approval_away_and_names_the_figure(desk: Workspace) -> None:
    approve(desk)
    desk.activity()
    judged = verdict(desk)
    assert not judged.holds
    assert judged.movement == "s1 Chuyên đề đã tổ chức, năm học 2022-2023: 2 → 3"
    assert composed(desk)[1].draft


def test_a_word_that_is_changed_takes_the_approval_away_and_names_the_line(desk: Workspace) -> None:
    approve(desk)
    edit(desk, "trao đổi cách dạy", "bàn cách dạy")
    assert verdict(desk).movement == "sapo đã sửa"


def test_a_paragraph_that_is_added_is_named_and_those_after_it_are_not(desk: Workspace) -> None:
    approve(desk)
    edit(desk, "Đến hết năm học", "Hai bên hẹn gặp lại.\n\nĐến hết năm học")
    assert verdict(desk).moved == ("thêm đoạn 1",)


def test_an_approval_comes_back_when_the_change_is_undone(desk: Workspace) -> None:
    approve(desk)
    edit(desk, "trao đổi cách dạy", "bàn cách dạy")
    edit(desk, "bàn cách dạy", "trao đổi cách dạy")
    assert verdict(desk).holds


def test_a_sheet_edited_by_hand_does_not_approve_what_nobody_saw(desk: Workspace) -> None:
    approve(desk)
    edit(desk, "trao đổi cách dạy", "bàn cách dạy")
    head = (desk.root / SHEET).read_text("utf-8").partition("figures:\n  -")[0]
    desk.write(SHEET, head)
    assert not verdict(desk).holds


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('value: "2"', 'value: "20"'),
        ('printed: "2"', 'printed: "20"'),
        ("on: 2026-11-22}", "on: 2026-11-22}\n  - {by: le-thi-binh, on: 2026-11-22}"),
        ("on: 2026-11-22", "on: 2026-11-21"),
        ("seal: ", "seal: 0"),
        ("seal: ", "# seal: "),
    ],
)
def test_whatever_is_edited_by_hand_in_a_sheet_breaks_its_seal(desk: Workspace, old: str, new: str) -> None:
    approve(desk)
    text = (desk.root / SHEET).read_text("utf-8")
    assert old in text
    desk.write(SHEET, text.replace(old, new, 1))
    assert [problem.code for problem in pipeline.check(desk.root, TODAY)] == ["L108"]
    assert verdict(desk).moved == ("phiếu duyệt đã bị sửa tay",)
    assert composed(desk)[1].draft
    assert approve(desk).have == 1
    assert pipeline.check(desk.root, TODAY) == ()


def test_comments_and_spaces_leave_the_seal_whole(desk: Workspace) -> None:
    approve(desk)
    text = (desk.root / SHEET).read_text("utf-8")
    desk.write(SHEET, "# cất kỹ\n" + text.replace("approvals:\n", "approvals:   # ai\n\n"))
    assert pipeline.check(desk.root, TODAY) == ()
    assert verdict(desk).holds


def test_a_sheet_edited_by_hand_is_called_that_when_its_edition_is_published(desk: Workspace) -> None:
    approve(desk)
    edit_sheet = (desk.root / SHEET).read_text("utf-8").replace('value: "2"', 'value: "20"', 1)
    desk.write(SHEET, edit_sheet)
    with pytest.raises(ContentError) as error:
        life.publish(
            desk.root,
            Request(editions=(SLUG,), jobs=1),
            datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=7))),
        )
    assert [(problem.code, problem.severity) for problem in error.value.problems] == [("L108", Severity.ERROR)]


def test_many_movements_are_told_as_far_as_a_message_goes_and_the_rest_is_counted() -> None:
    moved = tuple(f"s{n} {'Lượt giáo viên dự chuyên đề, ' * 4}: 1 → 2" for n in range(9))
    told = Verdict((), 1, moved).movement
    assert told == "; ".join(moved[:2]) + "; và 7 chỗ nữa"
    assert shown(told, 400) == told
    assert Verdict((), 1, moved[:1]).movement == moved[0]
    assert Verdict((), 1, ()).movement == ""


def test_approving_twice_is_nothing_new(desk: Workspace) -> None:
    assert approve(desk).new
    before = (desk.root / SHEET).read_bytes()
    assert not approve(desk).new
    assert (desk.root / SHEET).read_bytes() == before


def test_two_people_must_approve_where_the_settings_ask_for_two(desk: Workspace) -> None:
    set_wanted(desk, 2)
    approve(desk)
    assert composed(desk)[1].draft
    approve(desk, "le-thi-binh")
    assert verdict(desk).holds
    assert [row.by for row in verdict(desk).approvals] == ["nguyen-van-an", "le-thi-binh"]


def test_the_second_approver_of_a_changed_text_does_not_inherit_the_first(desk: Workspace) -> None:
    set_wanted(desk, 2)
    approve(desk)
    edit(desk, "trao đổi cách dạy", "bàn cách dạy")
    approved = approve(desk, "le-thi-binh")
    assert (approved.have, approved.fallen) == (1, "sapo đã sửa")
    assert [row.by for row in verdict(desk).approvals] == ["le-thi-binh"]


def test_only_a_known_person_who_holds_a_post_today_approves(desk: Workspace) -> None:
    with pytest.raises(UsageError, match="Ý bạn là “nguyen-van-an”"):
        approve(desk, "nguyen-van-am")
    with pytest.raises(UsageError, match="không giữ chức vụ nào vào hôm nay \\(22/11/2026\\)"):
        approve(desk, "pham-van-cu")
    assert not (desk.root / SHEET).exists()


def test_nobody_stands_behind_what_will_be_known_on_a_day_to_come(desk: Workspace) -> None:
    tomorrow = Request(editions=(SLUG,), as_of=TODAY + timedelta(days=1))
    with pytest.raises(UsageError, match="chưa tới"):
        life.approve(desk.root, tomorrow, "nguyen-van-an", TODAY)
    with pytest.raises(UsageError, match="chưa tới"):
        life.correct(desk.root, tomorrow, "x", datetime.combine(TODAY, time(), timezone(timedelta(hours=7))))
    assert not (desk.root / SHEET).exists()


def test_a_bulletin_that_cannot_be_read_is_one_problem_and_its_sheet_is_not_blamed(desk: Workspace) -> None:
    approve(desk)
    text = (desk.root / BULLETIN).read_text("utf-8")
    desk.write(BULLETIN, text.replace("\nas_of:", "\nembargo: ngày mai\nas_of:", 1))
    found = pipeline.check(desk.root, TODAY)
    assert [(problem.place.file, problem.code) for problem in found] == [(BULLETIN, "R112")]
    with pytest.raises(ContentError):  # and nobody is told that there is no such bulletin
        approve(desk)
    with pytest.raises(ContentError):
        pipeline.build(desk.root, Request(editions=(SLUG,)), TODAY)


def test_a_workspace_without_people_says_so(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match=r"tệp ấy chưa ghi ai\. Ghi như sau:\n- id: "):
        approver(replace(pipeline.works(workspace.root, Request(editions=(SLUG,)), TODAY)[0], people={}), "an", TODAY)


def test_nothing_is_approved_while_the_content_has_an_error(desk: Workspace) -> None:
    edit(desk, "Đến hết năm học", "Đã có 5 trường ký. Đến hết năm học")
    with pytest.raises(ContentError):
        approve(desk)


def test_a_sheet_is_read_back_as_it_was_written(desk: Workspace) -> None:
    tricky = edition(
        blocks=(Paragraph(inlines('Có “ngoặc”, {"a": 1}, # dấu thăng: và\ttab.')),),
        ledger=replace(edition().ledger, rows=(replace(edition().ledger.rows[0], label='nhãn: "lạ", # \\ {}'),)),
    )
    desk.write(SHEET, sheet(tricky, [("nguyen-van-an", date(2026, 11, 1))]))
    approved, problems = read_approval(desk.root, SHEET)
    assert problems == ()
    assert approved is not None
    library = replace(desk.library(), approvals={tricky.folder: approved})
    assert judge(tricky, library).holds


PARAGRAPHS = [index for index, block in enumerate(edition().blocks) if isinstance(block, Paragraph)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("library") / "workspace"
    shutil.copytree(VALID, root)
    return Workspace(root).library()


def moved(library: Library, before: Edition, after: Edition, folder: Path) -> tuple[str, ...]:
    """What has moved between an approved work and another one."""
    (folder / "content" / "approvals").mkdir(parents=True, exist_ok=True)
    file = f"content/approvals/{before.folder}.yaml"
    (folder / file).write_text(sheet(before, [("nguyen-van-an", date(2024, 1, 1))]), "utf-8")
    approved, problems = read_approval(folder, file)
    assert approved, problems
    return judge(after, replace(library, approvals={before.folder: approved})).moved


@given(row=st.integers(0, len(edition().ledger.rows) - 1), value=st.integers(0, 10**9))
@settings(max_examples=25, deadline=None)
def test_whichever_figure_moves_it_alone_is_named(
    library: Library, tmp_path_factory: pytest.TempPathFactory, row: int, value: int
) -> None:
    before = edition()
    rows = list(before.ledger.rows)
    assume(rows[row].figure.value != value)
    rows[row] = replace(rows[row], figure=replace(rows[row].figure, value=value))
    after = replace(before, ledger=replace(before.ledger, rows=tuple(rows)))
    told = moved(library, before, after, tmp_path_factory.getbasetemp() / "sheets")
    assert len(told) == (1 if rows[row].prints else 0) or told == ("cách tính hoặc bố cục đã đổi",)
    assert told[0].startswith(f"{rows[row].id} {rows[row].label}: ")


@given(index=st.sampled_from(PARAGRAPHS), word=st.text("abcđê ", min_size=1, max_size=8))
@settings(max_examples=15, deadline=None)
def test_whichever_paragraph_moves_it_alone_is_named(
    library: Library, tmp_path_factory: pytest.TempPathFactory, index: int, word: str
) -> None:
    before = edition()
    block = before.blocks[index]
    assert isinstance(block, Paragraph)
    blocks = list(before.blocks)
    blocks[index] = Paragraph((*block.inlines, Text(word)))
    told = moved(library, before, replace(before, blocks=tuple(blocks)), tmp_path_factory.getbasetemp() / "sheets")
    number = sum(isinstance(each, Paragraph | ItemList) for each in before.blocks[: index + 1])
    assert told == (f"đoạn {number} đã sửa",)
