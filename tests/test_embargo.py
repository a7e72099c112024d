"""What is under embargo goes out neither before its hour nor with anything else."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from conftest import Workspace
from presses import BULLETIN, HANOI, NOON, approve, archived, edit, needs_the_whole, publish, refused, set_up

from chungtay_reports.errors import ContentError

HELD = "content/bulletins/2026-12-sap-ra.md"


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    return set_up(workspace)


def test_an_embargo_holds_to_the_minute(desk: Workspace) -> None:
    edit(desk, BULLETIN, "byline:", 'embargo: "2026-11-22T12:00:00+07:00"\nbyline:')
    approve(desk)
    assert refused(desk, NOON - timedelta(seconds=1)) == ["L115"]
    assert publish(desk).publication.embargo == NOON


def test_an_embargo_is_told_in_the_time_of_hanoi_wherever_it_was_written(desk: Workspace) -> None:
    edit(desk, BULLETIN, "byline:", 'embargo: "2026-11-22T19:30:00+02:00"\nbyline:')
    approve(desk)
    with pytest.raises(ContentError) as error:
        publish(desk)
    assert "chưa đến giờ công bố: 0 giờ 30, ngày 23/11/2026" in error.value.problems[0].message


def held_back(desk: Workspace) -> None:
    """Write a second bulletin that must not be out before 1/12/2026."""
    text = (desk.root / BULLETIN).read_text("utf-8").replace("chuyên đề chung của Hoàng Mai", "TIN CHƯA ĐƯỢC RA")
    desk.write(HELD, text.replace("byline:", 'embargo: "2026-12-01T09:00:00+07:00"\nbyline:'))


def leaks(desk: Workspace) -> list[str]:
    secrets = ("TIN CHƯA ĐƯỢC RA".encode(), b"2026-12-sap-ra")
    return [path for path, data in archived(desk).items() if any(secret in data for secret in secrets)]


def test_an_embargoed_edition_leaks_into_no_file_of_another(desk: Workspace) -> None:
    held_back(desk)
    approve(desk)
    assert publish(desk).new
    assert leaks(desk) == []


def test_an_edition_that_names_one_under_embargo_waits_for_it(desk: Workspace) -> None:
    held_back(desk)
    edit(desk, BULLETIN, "byline:", "related: [2026-12-sap-ra]\nbyline:")
    approve(desk)
    with pytest.raises(ContentError) as error:
        publish(desk)
    (problem,) = error.value.problems
    assert (problem.code, problem.place.file) == ("L118", BULLETIN)
    assert "“2026-12-sap-ra”, mà ấn phẩm ấy đến 9 giờ 00, ngày 1/12/2026 mới được ra" in problem.message
    assert publish(desk, datetime(2026, 12, 1, 9, tzinfo=HANOI)).new


def test_an_edition_that_is_published_before_its_own_hour_names_none_that_is_still_held(desk: Workspace) -> None:
    held_back(desk)
    text = (desk.root / BULLETIN).read_text("utf-8")
    desk.write(BULLETIN, re.sub(r"^issued: .*", 'issued: "2026-12-02T09:00:00+07:00"', text, flags=re.MULTILINE))
    approve(desk)
    assert refused(desk) == ["L118"]


def test_the_whole_workspace_is_not_archived_while_something_in_it_is_held(desk: Workspace) -> None:
    needs_the_whole(desk)
    held_back(desk)
    approve(desk)
    with pytest.raises(ContentError) as error:
        publish(desk)
    (problem,) = error.value.problems
    assert (problem.code, problem.place.file) == ("L119", BULLETIN)
    assert "“2026-12-sap-ra” đến 9 giờ 00, ngày 1/12/2026 mới được ra" in problem.message
    assert publish(desk, datetime(2026, 12, 1, 9, tzinfo=HANOI)).new
