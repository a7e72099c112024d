"""`chungtay build`: editions into documents."""

from __future__ import annotations

import sys
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chungtay_reports.cli.shell import (
    Shell,
    complete_editions,
    fail,
    format_option,
    print_json,
    print_problems,
    tally,
    today,
)
from chungtay_reports.errors import ReportsError, UsageError

if TYPE_CHECKING:
    from chungtay_reports.disk import FileNote
    from chungtay_reports.pipeline import Outcome, Request


@click.command("build", options_metavar="[TÙY_CHỌN]")
@click.argument("editions", nargs=-1, metavar="[ẤN_PHẨM]…", shell_complete=complete_editions)
@click.option(
    "--to",
    "formats",
    metavar="html,pdf,…",
    help="Chỉ dựng những định dạng này: html, pdf, docx, json, csv, fragment (để dán vào hệ quản trị tòa soạn), text; "
    "thư mục của ấn phẩm khi ấy chỉ còn chúng.",
)
@click.option(
    "--unit", "units", multiple=True, metavar="ĐƠN_VỊ", help="Chỉ báo cáo của đơn vị này; nêu được nhiều lần."
)
@click.option("--year", "years", multiple=True, metavar="NĂM_HỌC", help="Chỉ báo cáo của năm học này, ví dụ 2023-2024.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="NGÀY", help="Chỉ dùng bản ghi vào sổ đến ngày này."
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="SỐ",
    default=2,
    show_default=True,
    help="Số tiến trình dựng PDF cùng lúc.",
)
@click.option(
    "--executor",
    metavar="local|dask://…",
    default="local",
    show_default=True,
    help="Ai dàn trang PDF: máy này, hay cụm máy của một bộ điều phối dask.",
)
@click.option("--draft", is_flag=True, help="Đóng dấu “Bản nháp”, “Dự thảo” lên mọi ấn phẩm, cả ấn phẩm đã duyệt.")
@click.option("--final", is_flag=True, help="Không đóng dấu, cả với ấn phẩm chưa duyệt.")
@click.option("--no-cache", is_flag=True, help="Dựng lại tất cả, không dùng kết quả đã lưu.")
@click.option("--watch", is_flag=True, help="Dựng xong thì chờ; mỗi khi lưu tệp thì dựng lại, đến khi Ctrl-C.")
@format_option
@click.pass_obj
def command(
    shell: Shell,
    *,
    editions: tuple[str, ...],
    formats: str | None,
    units: tuple[str, ...],
    years: tuple[str, ...],
    as_of: datetime | None,
    jobs: int,
    executor: str,
    draft: bool,
    final: bool,
    no_cache: bool,
    watch: bool,
    output: str,
) -> None:
    """Dựng bản tin (HTML, PDF) và báo cáo hành chính (PDF, DOCX) cùng sổ số liệu vào build/.

    Không nêu tên ẤN_PHẨM thì dựng mọi bản tin và báo cáo của những năm học dựng sẵn (mục build trong content/reports);
    báo cáo khác dựng bằng --unit, --year. Ấn phẩm chưa duyệt, hoặc đã đổi sau khi duyệt, mang dấu “Bản nháp” hay “Dự thảo”. Còn một lỗi trong nội dung thì không tệp nào được ghi.
    """
    from chungtay_reports import life, pipeline

    if draft and final:
        raise UsageError("Chọn một trong hai: --draft hoặc --final.")
    if watch and output == "json":
        raise UsageError("--watch in từng lần dựng cho người đọc nên không đi cùng --format json.")
    root = shell.workspace()
    request = pipeline.Request(
        editions=editions,
        units=units,
        years=years,
        formats=tuple(name.strip() for name in formats.split(",")) if formats else (),
        as_of=as_of.date() if as_of else None,
        jobs=jobs,
        executor="" if executor == "local" else executor,
        draft=draft,
        final=final,
        cache=not no_cache,
        published={} if draft or final else life.published(root),
    )
    if watch:
        _watch(shell, root, request)
        return
    outcome = _build(shell, root, request)
    if output == "json":
        print_json({"files": [pipeline.note_data(note) for note in outcome.made]})
        return
    print_problems(outcome.warnings, err=True)
    for note in outcome.made:
        if _readable(note):
            click.echo(f"build/{note.path}")
    shell.say(f"Đã dựng {len(outcome.made)} tệp; {tally(outcome.warnings)}.")


def _build(shell: Shell, root: Path, request: Request) -> Outcome:
    from chungtay_reports import pipeline

    with click.progressbar(length=0, label="Dựng", file=sys.stderr, hidden=shell.quiet or not _terminal()) as bar:

        def step(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return pipeline.build(root, request, today(), step)


def _watch(shell: Shell, root: Path, request: Request) -> None:
    """Build again and again, and print what became another file than before."""
    from chungtay_reports.preview.watching import Watch

    made: dict[str, str] = {}
    try:
        for _ in Watch(root, threading.Event()):
            started = time.monotonic()
            try:
                outcome = _build(shell, root, request)
            except ReportsError as error:
                fail(error)
                shell.say("Đang chờ tệp được lưu…")
                continue
            print_problems(outcome.warnings, err=True)
            fresh = [note for note in outcome.made if made.get(note.path) != note.sha256]
            made = {note.path: note.sha256 for note in outcome.made}
            for note in fresh:
                if _readable(note):
                    click.echo(f"build/{note.path}")
            seconds = time.monotonic() - started
            shell.say(f"{len(fresh)} tệp mới hoặc khác trước, sau {seconds:.0f} giây. Đang chờ tệp được lưu…")
    except KeyboardInterrupt:
        shell.say("Đã dừng.")


def _readable(note: FileNote) -> bool:
    return note.format in ("html", "pdf") and note.path.endswith((".pdf", "index.html"))


def _terminal() -> bool:
    return sys.stderr.isatty()
