"""The sheets of approvals and notices in the workspace: as the archive has them, or noticed and restored."""

from __future__ import annotations

import shutil

import pytest
from conftest import Workspace
from presses import LATER, NOTICES, ONE, SLUG, correct, edit, publish, published_then_changed

from chungtay_reports import life, pipeline
from chungtay_reports.errors import UsageError, WriteError


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    return published_then_changed(workspace)


def test_a_notice_that_a_crash_kept_from_the_workspace_is_restored_from_the_archive(desk: Workspace) -> None:
    correct(desk)
    sheet = (desk.root / NOTICES).read_bytes()
    desk.remove(NOTICES)
    assert not publish(desk, LATER).new
    assert (desk.root / NOTICES).read_bytes() == sheet


def test_a_notice_that_cannot_be_written_is_not_said_to_have_changed_nothing(desk: Workspace) -> None:
    shutil.rmtree(desk.root / "content/notices", ignore_errors=True)
    (desk.root / "content/notices").write_text("a file in the way")
    with pytest.raises(WriteError, match=r"đã thu hồi, kho lưu trữ đã có v2.*content/notices.*chạy lại") as told:
        life.withdraw(desk.root, ONE, "Công bố nhầm", LATER)
    assert "còn nguyên" not in str(told.value)
    (desk.root / "content/notices").unlink()
    with pytest.raises(UsageError, match="đã thu hồi từ trước"):
        life.withdraw(desk.root, ONE, "Công bố nhầm", LATER)
    assert (desk.root / f"content/notices/{SLUG}.yaml").is_file()


def test_a_sheet_of_a_published_edition_that_is_edited_by_hand_is_noticed(desk: Workspace) -> None:
    path = f"content/approvals/{SLUG}.yaml"
    edit(desk, path, 'value: "2"', 'value: "200"')
    assert [problem.code for problem in pipeline.check(desk.root, LATER.date(), life.published(desk.root))] == ["L108"]


def test_a_correction_leaves_nothing_for_check_to_say(desk: Workspace) -> None:
    correct(desk)
    assert pipeline.check(desk.root, LATER.date(), life.published(desk.root)) == ()
    assert life.forged_notices(desk.root) == ()


def forged(desk: Workspace) -> str:
    (problem,) = life.forged_notices(desk.root)
    assert (problem.code, problem.place.file) == ("L109", NOTICES)
    return problem.message


def test_a_notice_that_is_not_as_the_archive_has_it_is_told_and_comes_back(desk: Workspace) -> None:
    desk.write(NOTICES, "notices: []\n")
    assert "kho không có thông báo nào" in forged(desk)
    desk.remove(NOTICES)
    correct(desk)
    sheet = (desk.root / NOTICES).read_bytes()
    edit(desk, NOTICES, "Quận Hoàng Mai", "Quận Ba Đình")
    assert "tệp đã bị sửa tay" in forged(desk)
    desk.remove(NOTICES)
    assert "thiếu tệp này" in forged(desk)
    publish(desk, LATER)
    assert (desk.root / NOTICES).read_bytes() == sheet
    assert life.forged_notices(desk.root) == ()


def test_without_an_archive_that_can_be_read_nothing_is_said_of_notices(desk: Workspace) -> None:
    desk.write(NOTICES, "notices: []\n")
    desk.write(f"archive/urn%3achungtay%3aso-gddt-ha-noi%3a{SLUG}/inventory.json", "{")
    assert life.forged_notices(desk.root) == ()
    desk.remove("archive")
    assert life.forged_notices(desk.root) == ()
