"""What one is told while a build runs: never backwards, in words, by what the parts cost and not by how many there are."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from builds import chungtay
from conftest import Workspace
from hypothesis import given
from hypothesis import strategies as st

from chungtay_reports.cli import progress
from chungtay_reports.cli.progress import Estimate, words
from chungtay_reports.cli.shell import Shell
from chungtay_reports.course import Course

LONG_PAGE, SHORT_PAGE = 30.0, 0.5


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-3, "sắp xong"),
        (4.9, "sắp xong"),
        (22, "còn khoảng 20 giây"),
        (59.9, "còn khoảng 60 giây"),
        (61, "còn khoảng 1 phút"),
        (84, "còn khoảng 1 phút 20 giây"),
        (1800, "còn khoảng 30 phút"),
        (3700, "còn khoảng 1 giờ 2 phút"),
    ],
)
def test_the_time_that_is_left_is_said_as_one_would_say_it(seconds: float, said: str) -> None:
    assert words(seconds) == said


def test_a_long_page_that_comes_first_does_not_make_the_rest_look_long() -> None:
    now = [0.0]
    told: list[tuple[float, float]] = []
    estimate = Estimate(lambda: now[0])
    course = Course(lambda done, whole: told.append((now[0], estimate.left(done, whole))))
    pages = [LONG_PAGE, *[SHORT_PAGE] * 20]
    course.expect(shared=sum(pages))
    for page in pages:
        now[0] += 2 * page  # a machine half as fast as the one that the costs were measured on
        course.done(shared=page)
    end = now[0]
    assert all(abs(left - (end - at)) <= 2 for at, left in told)


def test_between_two_steps_the_time_runs_down_by_the_clock() -> None:
    now = [0.0]
    estimate = Estimate(lambda: now[0])
    assert estimate.left(0, 60_000) == 60
    now[0] = 20
    assert estimate.left(0, 60_000) == 40


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 50), st.floats(0, 50)), max_size=30), st.integers(1, 8))
def test_whatever_comes_up_on_the_way_it_never_goes_backwards_and_never_past_the_end(
    steps: list[tuple[bool, float, float]], processes: int
) -> None:
    told: list[tuple[int, int]] = []
    course = Course(lambda *at: told.append(at), processes)
    for comes, alone, shared in steps:
        if comes:
            course.expect(alone=alone, shared=shared)
        else:
            course.done(alone=alone, shared=shared)
    assert all(0 <= done <= whole for done, whole in told)
    assert all(one[0] <= other[0] or other[0] == other[1] for one, other in itertools.pairwise(told))


def test_several_processes_share_what_can_be_shared() -> None:
    told: list[tuple[int, int]] = []
    course = Course(lambda *at: told.append(at), processes=4)
    course.expect(alone=3, shared=8)
    course.tell()
    course.done(shared=8)
    assert told == [(0, 3000), (0, 3000)]  # (3 + 8) / 4 seconds for all of it, but 3 for what one alone does


def test_a_pipe_gets_one_sober_line_for_a_long_build_and_none_for_a_short_one(
    capsys: pytest.CaptureFixture[str], workspace: Workspace
) -> None:
    with progress.progress(Shell(Path(), quiet=False, debug=False), "Dựng") as step:
        step(0, 80_000)
        step(40_000, 80_000)
    assert capsys.readouterr().err == "Dựng: khoảng 1 phút 20 giây…\n"
    told = chungtay("build", "--to", "html", cwd=workspace.root).stderr
    assert "\r" not in told
    assert "\x1b" not in told
    assert "khoảng" not in told


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.progress(Shell(Path(), quiet=True, debug=False), "Dựng") as step:
        step(0, 80_000)
    assert capsys.readouterr().err == ""
