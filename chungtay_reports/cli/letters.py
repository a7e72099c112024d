"""The options `--letters` and `--reply-by`, and the writing of letters into a folder that the user names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from chungtay_reports.cli.shell import Shell

if TYPE_CHECKING:
    from chungtay_reports.official.letters import Sender
    from chungtay_reports.official.paper import Paper
    from chungtay_reports.workspace.library import Library

letters_option = click.option(
    "--letters",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="THƯ_MỤC",
    help="Viết công văn vào thư mục này thay cho in danh sách.",
)
reply_option = click.option(
    "--reply-by", type=click.DateTime(["%Y-%m-%d"]), metavar="NGÀY", help="Ngày đề nghị trả lời, ghi trong công văn."
)


def write_letters(
    shell: Shell,
    folder: Path,
    write: Callable[[Sender, ModuleType], tuple[Paper, ...]],
    library: Library,
    *,
    day: date,
    reply_by: datetime | None,
) -> None:
    """Write each letter as PDF and DOCX, each file whole or not at all, and name the files."""
    from chungtay_reports.disk import make_folder, replace_file
    from chungtay_reports.formats import PAPER_FORMATS
    from chungtay_reports.official import letters

    sender = letters.Sender(library, day, reply_by.date() if reply_by else None)
    papers = write(sender, letters)
    make_folder(folder)
    for paper in papers:
        for name in ("pdf", "docx"):
            for document in PAPER_FORMATS[name](paper, library.settings, None):
                path = folder / f"{paper.slug}.{name}"
                replace_file(path, document.data)
                click.echo(str(path))
    shell.say(f"Đã viết {len(papers)} công văn." if papers else "Không có công văn nào phải viết.")
