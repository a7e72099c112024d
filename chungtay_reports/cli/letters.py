"""The options of what asks units something: which year, as of when, and the letters that say it to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chungtay_reports.cli.offers import complete_years
from chungtay_reports.cli.options import DAY, Command, together
from chungtay_reports.cli.shell import Shell, format_option
from chungtay_reports.errors import UsageError

if TYPE_CHECKING:
    from chungtay_reports.official.paper import Paper
    from chungtay_reports.settings import Settings


def asking(year_help: str) -> Callable[[Command], Command]:
    """Give a command the options --year, --as-of, --letters, --reply-by and --format, in this order."""
    options = together(
        click.option("--year", metavar="NĂM_HỌC", shell_complete=complete_years, help=year_help),
        click.option("--as-of", type=DAY, metavar="NGÀY", help="Tính đến ngày này; mặc định là hôm nay."),
        click.option(
            "--letters",
            type=click.Path(path_type=Path, file_okay=False),
            metavar="THƯ_MỤC",
            help="Viết công văn vào thư mục này thay cho in danh sách.",
        ),
        click.option("--reply-by", type=DAY, metavar="NGÀY", help="Ngày đề nghị trả lời, ghi trong công văn."),
        format_option,
    )

    def decorate(command: Command) -> Command:
        @wraps(command)
        def asked(*args: Any, **given: Any) -> None:
            if given["reply_by"] and not given["letters"]:
                raise UsageError("--reply-by là ngày ghi trong công văn, nên chỉ dùng cùng --letters THƯ_MỤC.")
            command(*args, **given)

        return options(asked)

    return decorate


def refuse_unknown(year: str, known: Sequence[str]) -> None:
    """Refuse a school year of which there are no records."""
    if not known:
        raise UsageError("Kho chưa có bản ghi của năm học nào.")
    if year not in known:
        raise UsageError(f"Không có bản ghi của năm học “{year}”. Có: {', '.join(known)}.")


def write_letters(shell: Shell, folder: Path, papers: Sequence[Paper], settings: Settings) -> None:
    """Write each letter as PDF and DOCX, each file whole or not at all, and name the files."""
    from chungtay_reports.disk import make_folder, replace_file
    from chungtay_reports.formats import PAPER_FORMATS

    make_folder(shell.folder / folder)
    for paper in papers:
        for name in ("pdf", "docx"):
            for document in PAPER_FORMATS[name](paper, settings, None):
                path = folder / f"{paper.slug}.{name}"
                replace_file(shell.folder / path, document.data)
                click.echo(str(path))
    shell.say(f"Đã viết {len(papers)} công văn." if papers else "Không có công văn nào phải viết.")
