"""`chungtay build`: editions into documents."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chungtay_reports.cli.offers import complete_editions, complete_formats
from chungtay_reports.cli.options import as_of_option, jobs_option, units_option, years_option
from chungtay_reports.cli.progress import progress
from chungtay_reports.cli.shell import (
    STALE,
    Shell,
    fail,
    format_option,
    print_json,
    print_problems,
    tally,
    today,
)
from chungtay_reports.disk import FileNote
from chungtay_reports.errors import Problem, ReportsError, UsageError, shown

MANY = 3  # PDFs that are worth a word about who has set them

if TYPE_CHECKING:
    from chungtay_reports.pipeline import Outcome, Request
    from chungtay_reports.unchanged import Answer, Look


@click.command("build", options_metavar="[TÙY_CHỌN]")
@click.argument("editions", nargs=-1, metavar="[ẤN_PHẨM]…", shell_complete=complete_editions)
@click.option(
    "--to",
    "formats",
    metavar="html,pdf,…",
    shell_complete=complete_formats,
    help="Chỉ dựng những định dạng này: html, pdf, docx, json, csv, fragment (để dán vào hệ quản trị tòa soạn), text; "
    "thư mục của ấn phẩm khi ấy chỉ còn chúng.",
)
@units_option
@years_option
@as_of_option
@jobs_option
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
@click.option("--explain", is_flag=True, help="Chỉ nói ấn phẩm nào sẽ phải dựng lại và vì sao; không dựng gì.")
@click.option(
    "--check",
    is_flag=True,
    help="Dựng lại tất cả từ đầu rồi so với build/, không ghi gì; có tệp khác thì kết thúc với mã 4.",
)
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
    explain: bool,
    check: bool,
    output: str,
) -> None:
    """Dựng bản tin (HTML, PDF) và báo cáo hành chính (PDF, DOCX) cùng sổ số liệu vào build/.

    Không nêu tên ẤN_PHẨM thì dựng mọi bản tin và báo cáo của những năm học dựng sẵn (mục build trong content/reports);
    báo cáo khác dựng bằng --unit, --year. Ấn phẩm chưa duyệt, hoặc đã đổi sau khi duyệt, mang dấu “Bản nháp” hay “Dự thảo”. Còn một lỗi trong nội dung thì không tệp nào được ghi.
    """
    from chungtay_reports import unchanged

    if draft and final:
        raise UsageError("Chọn một trong hai: --draft hoặc --final.")
    if watch + explain + check > 1:
        raise UsageError("Chọn một trong ba: --watch, --explain hoặc --check.")
    if watch and output == "json":
        raise UsageError("--watch in từng lần dựng cho người đọc nên không đi cùng --format json.")
    root, cluster = shell.workspace(), _cluster(executor)
    asked: dict[str, Any] = {
        "editions": editions,
        "units": units,
        "years": years,
        "formats": _listed(formats),
        "as_of": as_of.date() if as_of else None,
        "draft": draft,
        "final": final,
    }
    look = None if no_cache or explain or check or watch else unchanged.look(root, asked, today())
    if look and _answered(shell, look, output):
        return
    how = {"jobs": jobs, "executor": cluster, "cache": not no_cache}
    request = _request(root, asked, how)
    if watch:
        _watch(shell, root, request)
    elif explain:
        _explain(root, request, output)
    elif check:
        _check(shell, root, request, output)
    else:
        outcome = _build(shell, root, request, look)
        if look:
            look.keep(outcome.made, outcome.warnings)
        _tell(shell, outcome.made, outcome.warnings, output, _crew(request, outcome))


def _listed(formats: str | None) -> tuple[str, ...]:
    names = tuple(filter(None, (name.strip() for name in (formats or "").split(","))))
    if formats is not None and not names:
        raise UsageError("--to cần ít nhất một định dạng, ví dụ --to html,pdf.")
    return names


def _cluster(executor: str) -> str:
    """Give the address of the cluster, empty for this machine; a wrong one is told also when there is nothing to set."""
    if executor == "local":
        return ""
    from chungtay_reports.press.cluster import scheduler

    scheduler(executor)
    return executor


def _request(root: Path, asked: Mapping[str, Any], how: Mapping[str, Any]) -> Request:
    from chungtay_reports import life, pipeline
    from chungtay_reports.request import refuse_future

    refuse_future(asked["as_of"], today())
    marked = asked["draft"] or asked["final"]
    return pipeline.Request(**asked, **how, published={} if marked else life.published(root))


def _build(shell: Shell, root: Path, request: Request, look: Look | None = None) -> Outcome:
    from chungtay_reports import pipeline

    try:
        with progress(shell, "Dựng") as step:
            return pipeline.build(root, request, today(), step, look)
    except KeyboardInterrupt:
        shell.say("build/ vẫn là bản trọn vẹn của lần dựng trước; trang nào đã dàn xong thì lần sau khỏi dàn lại.")
        raise


def _answered(shell: Shell, look: Look, output: str) -> bool:
    """Answer, if it can be done without composing anything."""
    if look.answer:
        _tell(shell, look.answer.notes, look.answer.warnings, output)
        look.rest(shell.arguments, today(), _words(shell, look.answer, output))
        return True
    from chungtay_reports import aside

    answer = aside.build(look, today())
    if answer:
        look.keep(answer.notes, answer.warnings)
        _tell(shell, answer.notes, answer.warnings, output)
    return answer is not None


def _crew(request: Request, outcome: Outcome) -> str:
    """Say how many processes have set the PDFs, and why so many; nothing of a few PDFs that one process has set."""
    few = sum(note.format == "pdf" and not note.cached for note in outcome.made) < MANY
    if not outcome.crew or (few and outcome.crew == 1 and not request.executor):
        return ""
    if request.executor:
        return f" PDF do {outcome.crew} tiến trình của cụm {request.executor} dàn."
    if outcome.crew < request.jobs:
        return f" PDF do {outcome.crew} tiến trình dàn; mở thêm thì lâu hơn."
    return f" PDF do {outcome.crew} tiến trình cùng dàn (--jobs {request.jobs})."


def _tell(shell: Shell, notes: Sequence[FileNote], warnings: Sequence[Problem], output: str, crew: str = "") -> None:
    """Print the files, and for a person which editions were made, why, how long each took, and by how many processes."""
    if output == "json":
        print_json({"files": [asdict(note) for note in notes]})
        return
    print_problems(warnings, err=True)
    for note in notes:
        if _readable(note):
            click.echo(f"build/{note.path}")
    made = [(key, group) for key, group in _by_edition(notes) if not all(note.cached for note in group)]
    width = max((len(key) for key, _ in made), default=0)
    for key, group in made:
        seconds = f"{sum(note.seconds for note in group):.1f}".replace(".", ",")
        shell.say(f"  {key:<{width}}  {len(group):>2} tệp  {seconds:>5} giây  {shown(group[0].why)}")
    kept = len(_by_edition(notes)) - len(made)
    if not made:
        shell.say(f"Không có gì phải dựng lại: {kept} ấn phẩm không đổi; {tally(warnings)}.")
        return
    rest = f", giữ nguyên {kept} ấn phẩm không đổi" if kept else ""
    shell.say(
        f"Đã dựng {sum(len(group) for _, group in made)} tệp của {len(made)} ấn phẩm{rest}; {tally(warnings)}.{crew}"
    )


def _words(shell: Shell, answer: Answer, output: str) -> tuple[str, str]:
    """Give what `_tell` prints of an answer, on standard output and on standard error, without colours."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        _tell(shell, answer.notes, answer.warnings, output)
    return out.getvalue(), err.getvalue()


def _by_edition(notes: Sequence[FileNote]) -> list[tuple[str, list[FileNote]]]:
    """Group files by the keys of their editions, as every command takes them."""
    found: dict[str, list[FileNote]] = {}
    for note in notes:
        key = note.path.rpartition("/")[0] if note.unit else note.edition
        found.setdefault(key, []).append(note)
    return list(found.items())


def _explain(root: Path, request: Request, output: str) -> None:
    from chungtay_reports import pipeline

    reasons = pipeline.explain(root, request, today())
    if output == "json":
        print_json({"editions": {key: list(found) for key, found in reasons.items()}})
        return
    for key, found in reasons.items():
        click.echo(f"{key}: {shown('; '.join(found), 400) if found else 'không đổi, sẽ giữ nguyên'}")


def _check(shell: Shell, root: Path, request: Request, output: str) -> None:
    """Say which files of build/ are not what would be made now; 4 when there are any."""
    from chungtay_reports import pipeline

    with progress(shell, "Dựng lại để so") as step:
        different = pipeline.differences(root, request, today(), step)
    if output == "json":
        print_json({"different": list(different)})
    for path in different if output == "text" else ():
        click.echo(f"build/{path}")
    if different:
        shell.say(f"{len(different)} tệp khác với bản dựng lại từ đầu; hãy chạy chungtay build.")
        raise click.exceptions.Exit(STALE)
    shell.say("Mọi tệp đúng như khi dựng lại từ đầu.")


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
