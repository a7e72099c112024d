"""`chungtay check`: everything that can be wrong, with file, line and column."""

from __future__ import annotations

from pathlib import Path

import click

from chungtay_reports.cli.shell import (
    PROBLEMS,
    Shell,
    advice,
    format_option,
    print_json,
    print_problems,
    problem_data,
    tally,
    today,
)
from chungtay_reports.errors import Severity, UsageError


@click.command("check", options_metavar="[TÙY_CHỌN]")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[ĐƯỜNG_DẪN]…")
@format_option
@click.pass_obj
def command(shell: Shell, *, paths: tuple[Path, ...], output: str) -> None:
    """Kiểm tra cả kho: bản ghi, tham chiếu, chỉ tiêu, con số trong bài, cách nói ước lượng, ảnh, thông tin cá nhân.

    Nêu ĐƯỜNG_DẪN thì vẫn đọc cả kho nhưng chỉ in vấn đề của những tệp ấy. Có lỗi thì kết thúc với mã 1.
    """
    from chungtay_reports import life, pipeline
    from chungtay_reports.official.layout import template_mistakes

    root = shell.workspace()
    wanted = tuple(_relative(root, shell.folder / path) for path in paths)
    found = {
        *pipeline.check(root, today(), life.published(root)),
        *life.forged_notices(root),
        *template_mistakes(root),
    }
    problems = [problem for problem in found if not wanted or any(_below(problem.place.file, path) for path in wanted)]
    if output == "json":
        print_json({"problems": [problem_data(problem) for problem in sorted(problems)]})
    else:
        print_problems(problems)
        shell.say(f"Đã kiểm tra: {tally(problems)}.")
        if problems:
            shell.say(advice(problems))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise click.exceptions.Exit(PROBLEMS)


def _relative(root: Path, path: Path) -> str:
    resolved = path.resolve()
    if not resolved.exists():
        raise UsageError(f"Không có tệp hay thư mục “{path}”.")
    if not resolved.is_relative_to(root):
        raise UsageError(f"“{path}” nằm ngoài kho {root.name}/.")
    return resolved.relative_to(root).as_posix()


def _below(file: str, path: str) -> bool:
    return path in {".", file} or file.startswith(f"{path}/")
