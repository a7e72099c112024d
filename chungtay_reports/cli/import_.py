"""`chungtay import`: records from a filled-in form, with every problem by sheet and cell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chungtay_reports.cli.offers import complete_units
from chungtay_reports.cli.shell import (
    PROBLEMS,
    Shell,
    format_option,
    print_json,
    print_problems,
    problem_data,
    tally,
    today,
)
from chungtay_reports.errors import ContentError, Problem, UsageError

if TYPE_CHECKING:
    from chungtay_reports.excel.importing import Outcome


@click.command("import", options_metavar="[TÙY_CHỌN]")
@click.argument("path", type=click.Path(path_type=Path), metavar="TỆP.xlsx|TỆP.csv")
@click.option(
    "--unit",
    metavar="ĐƠN_VỊ",
    shell_complete=complete_units,
    help="Mã đơn vị; biểu Excel tự biết, tệp CSV thì phải nêu.",
)
@click.option(
    "--annotate",
    "copy",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TỆP.xlsx",
    help="Ghi một bản sao của biểu, ô có vấn đề tô đỏ hoặc vàng kèm ghi chú.",
)
@click.option("--partial", is_flag=True, help="Nhập các dòng đúng, bỏ qua các dòng có lỗi.")
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra và nói sẽ làm gì, không ghi gì vào kho.")
@click.option(
    "--reason",
    default="",
    metavar="LÝ_DO",
    help="Ghi các thay đổi thành lần sửa (corrections) kèm lý do này; bản in trước vẫn dựng lại được như cũ.",
)
@format_option
@click.pass_obj
def command(
    shell: Shell,
    *,
    path: Path,
    unit: str | None,
    copy: Path | None,
    partial: bool,
    dry_run: bool,
    reason: str,
    output: str,
) -> None:
    """Nhập biểu Excel hoặc CSV đã điền thành bản ghi. Có lỗi thì không nhập gì, và nêu mọi lỗi theo trang và ô."""
    from chungtay_reports.excel.importing import Outcome, Wish, import_file

    source, noted = shell.folder / path, shell.folder / copy if copy else None
    if not source.exists():
        raise UsageError(f"Không có tệp {path}.")
    if copy and copy.suffix.casefold() != ".xlsx":
        raise UsageError(f"Bản sao có ghi chú là tệp .xlsx; hãy đặt tên như {copy.with_suffix('.xlsx').name}.")
    if noted and noted.resolve() == source.resolve():
        raise UsageError("Bản sao có ghi chú phải là tệp khác với biểu.")
    if reason and not 3 <= len(reason.strip()) <= 500:
        raise UsageError("Lý do sửa dài từ 3 đến 500 ký tự, ví dụ --reason “Trường báo lại số giáo viên”.")
    root = shell.workspace()
    try:
        outcome = import_file(root, source, today(), Wish(unit, partial, dry_run, reason.strip()))
    except ContentError as error:
        outcome = Outcome("", {}, (), error.problems, written=False)
    if output == "json":
        print_json(_data(outcome))
    else:
        print_problems(outcome.problems)
        _tell(shell, outcome, dry_run=dry_run)
    if noted:
        told = _annotate(source, noted, outcome.problems)
        shell.say(f"Đã ghi các vấn đề vào {copy}." if told else f"Không ghi {copy}: {_why_not(outcome)}.")
    if outcome.failed:
        raise click.exceptions.Exit(PROBLEMS)


def _annotate(path: Path, copy: Path, problems: tuple[Problem, ...]) -> bool:
    """Write a copy with notes at the cells that have problems; False when there is no cell to point at."""
    from chungtay_reports.disk import replace_file
    from chungtay_reports.excel.annotate import annotated
    from chungtay_reports.excel.grid import Spot
    from chungtay_reports.excel.importing import read_book
    from chungtay_reports.excel.layouts import TOO_FAR

    spots = [problem.place for problem in problems if isinstance(problem.place, Spot) and problem.place.sheet]
    if not spots or any(problem.code == TOO_FAR.code for problem in problems):
        return False  # nothing to point at, or a sheet that must not be unfolded
    replace_file(copy, annotated(path, read_book(path), problems))
    return True


def _why_not(outcome: Outcome) -> str:
    return "không có ô nào để ghi chú" if outcome.problems else "biểu không có vấn đề gì"


def _tell(shell: Shell, outcome: Outcome, *, dry_run: bool) -> None:
    for line in _lines(outcome):
        click.echo(line)
    for file in outcome.files:
        click.echo(f"{'sẽ ghi' if dry_run else 'đã ghi'} {file}")
    found = tally(outcome.problems)
    if outcome.failed and not outcome.files:
        rest = ", hoặc thêm --partial để nhập các dòng đúng" if outcome.tally else ""
        shell.say(f"Chưa nhập gì: {found}. Sửa rồi nhập lại{rest}.")
    elif outcome.failed:
        shell.say(f"Chỉ nhập các dòng đúng: {found}.")
    elif not outcome.files:
        shell.say("Biểu không có gì mới.")
    else:
        shell.say(f"Biểu đúng: {found}." + (" Chưa ghi gì vì có --dry-run." if dry_run else ""))


def _lines(outcome: Outcome) -> list[str]:
    counts: dict[str, list[str]] = {}
    for (sheet, fate), number in outcome.tally.items():
        counts.setdefault(sheet, []).append(f"{number} {fate}")
    return [f"{sheet}: {', '.join(parts)}" for sheet, parts in counts.items()]


def _data(outcome: Outcome) -> dict[str, object]:
    from chungtay_reports.excel.grid import Spot

    problems = []
    for problem in outcome.problems:
        place = problem.place
        cell = {"sheet": place.sheet, "cell": place.cell if place.line else ""} if isinstance(place, Spot) else {}
        problems.append(problem_data(problem) | cell)
    records = [{"sheet": sheet, "fate": fate, "count": number} for (sheet, fate), number in outcome.tally.items()]
    return {"unit": outcome.unit, "records": records, "files": list(outcome.files), "written": outcome.written} | {
        "problems": problems
    }
