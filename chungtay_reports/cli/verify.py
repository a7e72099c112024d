"""`chungtay verify`: whether a PDF is what was published, anywhere, offline, without a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from chungtay_reports.cli.options import trust_option
from chungtay_reports.cli.shell import Shell, colour, format_option, print_json
from chungtay_reports.errors import Severity, UsageError, why

if TYPE_CHECKING:
    from chungtay_reports.archive.proof import Report


@click.command("verify", options_metavar="[TÙY_CHỌN]")
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP.pdf")
@click.option(
    "--index",
    type=click.Path(path_type=Path),
    metavar="TỆP",
    help="Danh sách đã công bố (chung-thuc.json, lấy từ trang phát hành) để biết có bản mới hơn hay không.",
)
@trust_option
@format_option
@click.pass_obj
def command(shell: Shell, *, file: Path, index: Path | None, trust: tuple[Path, ...], output: str) -> None:
    """Kiểm một tệp PDF do chungtay làm ra: không cần kho dữ liệu, không cần mạng.

    Tính lại mọi con số từ các bản ghi đính kèm, so chữ in với trang, kiểm mã băm và chữ ký số, xem có bản mới hơn không.
    Kết thúc bằng 0 khi đúng, 1 khi sai hoặc hỏng, 4 khi đã có bản mới hơn hay đã thu hồi.
    """
    from chungtay_reports.archive import proof

    listed = proof.read_index(_text(shell.folder / index)) if index else None
    report = proof.verify(shell.folder / file, listed, [shell.folder / one for one in trust])
    if output == "json":
        print_json(proof.data(report))
    else:
        _show(report)
    if report.exit_code:
        raise click.exceptions.Exit(report.exit_code)


def _show(report: Report) -> None:
    from chungtay_reports.archive.proof import sentences

    for sentence in sentences(report):
        click.echo(sentence)
    for problem in report.problems:
        ink = "red" if problem.severity is Severity.ERROR else "yellow"
        click.echo(click.style(f"{problem.code}: {problem.message}.", fg=ink), color=colour())


def _text(path: Path) -> str:
    if path.is_dir():
        raise UsageError(
            f"{path} là thư mục; --index cần tệp chung-thuc.json. Từ kho lưu trữ thì lập tệp ấy bằng "
            f"“chungtay archive index {path} --out chung-thuc.json”."
        )
    try:
        if path.stat().st_size > 50_000_000:
            raise UsageError(f"{path.name} lớn quá 50 MB, không phải danh sách đã công bố.")
        return path.read_text("utf-8")
    except OSError as error:
        raise UsageError(f"Không mở được {path}: {why(error)}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} không phải tệp chữ UTF-8; hãy nêu tệp chung-thuc.json.") from error
