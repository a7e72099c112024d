"""How far a command has come: a bar with the time that is left at a terminal, one plain line for whoever else reads."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from chungtay_reports.cli.shell import Shell, colour
from chungtay_reports.course import Step

LONG = 10  # seconds; what takes less needs no announcement in a log
PRIOR = 1.0  # seconds of work for which the expectation counts as much as what was seen so far


@contextmanager
def progress(shell: Shell, label: str) -> Iterator[Step]:
    """Give what is to be told of each step; nothing is shown with --quiet."""
    if shell.quiet:
        yield lambda _done, _all: None
    elif sys.stderr.isatty():
        with _bar(label, Estimate(time.monotonic)) as step:
            yield step
    else:
        yield _announcement(shell, label)


class Estimate:
    """How long the rest takes, by what was expected and by how fast it has gone so far."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._began = clock, clock()
        self._done = -1
        self._end = 0.0

    def left(self, done: int, whole: int) -> float:
        """Return the seconds that are left; between two steps they run down by the clock."""
        now = self._clock()
        if done != self._done:
            pace = (now - self._began + PRIOR) / (done / 1000 + PRIOR)
            self._done, self._end = done, now + (whole - done) / 1000 * pace
        return self._end - now


def words(seconds: float) -> str:
    """Say a span of time as one would to a colleague."""
    if seconds < 5:
        return "sắp xong"
    if seconds < 60:
        return f"còn khoảng {round(seconds / 5) * 5} giây"
    if seconds < 600:
        minutes, rest = divmod(round(seconds / 10) * 10, 60)
        return f"còn khoảng {minutes} phút" + (f" {rest} giây" if rest else "")
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"còn khoảng {hours} giờ {minutes} phút" if hours else f"còn khoảng {minutes} phút"


@contextmanager
def _bar(label: str, estimate: Estimate) -> Iterator[Step]:
    told = [""]
    bar: Any
    with click.progressbar(
        length=1,
        label=label,
        file=sys.stderr,
        show_eta=False,
        width=24,
        item_show_func=lambda _: told[0],
        color=colour(),
    ) as bar:

        def step(done: int, whole: int) -> None:
            told[0] = words(estimate.left(done, whole)) if done < whole else ""
            bar.length = max(whole, 1)
            bar.update(done - bar.pos)
            bar.render_progress()

        yield step


def _announcement(shell: Shell, label: str) -> Step:
    told: list[str] = []

    def step(_done: int, whole: int) -> None:
        if not told and whole > LONG * 1000:
            told.append(f"{label}: {words(whole / 1000).removeprefix('còn ')}…")
            shell.say(told[0])

    return step
