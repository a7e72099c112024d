"""What every command shares: the workspace it works in, how problems are printed, when it ends with which code."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from chungtay_reports.cli.terminal import laid
from chungtay_reports.errors import ContentError, Problem, ReportsError, Severity, UsageError, shown
from chungtay_reports.model import HANOI

PRINTED_PROBLEMS = 200
PROBLEMS, LACKING, STALE, SOFTWARE = 1, 3, 4, 70  # exit codes
MOST_JOBS = 64

format_option = click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Dạng kết quả; json cho chương trình khác đọc.",
)


@dataclass(frozen=True, slots=True)
class Shell:
    folder: Path
    quiet: bool
    debug: bool
    arguments: tuple[str, ...] = ()  # as they were given

    def workspace(self) -> Path:
        """Find the workspace: the folder given by -C, or the nearest one upwards that has a chungtay.yaml."""
        start = self.folder.resolve()
        if not start.is_dir():
            raise UsageError(f"Không có thư mục {self.folder}.")
        for folder in (start, *start.parents):
            if (folder / "chungtay.yaml").is_file():
                return folder
        raise UsageError(
            f"Không thấy chungtay.yaml trong {start.name or start}/ hay thư mục nào bên trên. "
            "Hãy chuyển vào một kho, hoặc tạo kho mới bằng “chungtay init TÊN_THƯ_MỤC”."
        )

    def say(self, text: str) -> None:
        """Print what is pleasant to know; silent with --quiet. Goes to standard error so that results can be piped."""
        if not self.quiet:
            click.echo(laid(text, err=True), err=True)


def now() -> datetime:
    """Return the moment in Hanoi, to the second: the only clock of the program, read in the shell alone.

    SOURCE_DATE_EPOCH stands in for the clock, so that a whole run can be repeated.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        moment = datetime.fromtimestamp(int(epoch), HANOI) if epoch.isdecimal() else datetime.now(HANOI)
    except (OverflowError, ValueError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH={shown(epoch, 30)} không phải số giây của ngày nào có trong lịch."
        ) from error
    return moment.replace(microsecond=0)


def today() -> date:
    """Return the day in Hanoi."""
    return now().date()


def cores() -> int:
    """Return how many processes this machine can run at once, as far as this one may use them."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(count, MOST_JOBS)


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def problem_data(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "severity": "error" if problem.severity is Severity.ERROR else "warning",
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def colour() -> bool | None:
    """Colours are never printed when NO_COLOR is set (https://no-color.org), else when the output is a terminal."""
    return False if os.environ.get("NO_COLOR") else None


def tally(problems: Sequence[Problem]) -> str:
    """Say how many errors and warnings there are, in words a person would use."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    parts = [f"{number} {noun}" for number, noun in ((errors, "lỗi"), (warnings, "cảnh báo")) if number]
    return " và ".join(parts) if parts else "không có lỗi"


def print_problems(problems: Iterable[Problem], *, err: bool = False) -> None:
    """Print each problem on a line as file:line:column, errors in red; at most 200, then how many are left.

    At a terminal a long line goes on below.
    """
    ordered = sorted(problems)
    for problem in ordered[:PRINTED_PROBLEMS]:
        place, rest = str(problem.place), str(problem).removeprefix(str(problem.place))
        ink = "red" if problem.severity is Severity.ERROR else "yellow"
        rest = laid(rest, err=err, start=place)
        click.echo(click.style(place, bold=True) + click.style(rest, fg=ink), err=err, color=colour())
    if len(ordered) > PRINTED_PROBLEMS:
        click.echo(f"… và {len(ordered) - PRINTED_PROBLEMS} vấn đề nữa.", err=err)


def advice(problems: Iterable[Problem]) -> str:
    """Say once where the first problem, errors before warnings, is explained."""
    first = min(problems, key=lambda each: (each.severity is not Severity.ERROR, each), default=None)
    return f"Chưa rõ cách sửa? Gõ: chungtay explain {first.code}" if first else ""


def fail(error: ReportsError) -> int:
    """Print a failure of the world or the problems of the content; return the exit code."""
    if isinstance(error, ContentError):
        print_problems(error.problems, err=True)
        click.echo(f"Dừng lại: {tally(error.problems)} trong nội dung. Chưa có gì được ghi.", err=True)
        click.echo(advice(error.problems), err=True)
    else:
        head = "Lỗi: "
        told = laid(str(error), err=True, start=head)
        click.echo(click.style(head, fg="red", bold=True) + told, err=True, color=colour())
    sys.stderr.flush()
    return error.exit_code


def confess(error: Exception) -> int:
    """Say that the program itself is at fault, and where; return the exit code that sysexits.h gives to such a fault."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else ""
    what = shown(f"{type(error).__name__} ở {where}: {error}")
    head = click.style("Lỗi của chương trình: ", fg="red", bold=True)
    click.echo(f"{head}{what}", err=True, color=colour())
    click.echo("Chạy lại với --debug đứng trước tên lệnh để có vết lỗi, rồi gửi cho người phát triển.", err=True)
    return SOFTWARE
