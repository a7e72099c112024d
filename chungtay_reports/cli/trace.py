"""`chungtay trace`: from a number to its records, from a record to every sentence that was printed from it."""

from __future__ import annotations

import click

from chungtay_reports.cli.offers import complete_editions, complete_traces
from chungtay_reports.cli.shell import Shell, format_option, print_json, today


@click.command("trace", options_metavar="[TÙY_CHỌN]")
@click.argument("target", metavar="MÃ|SỐ", shell_complete=complete_traces)
@click.option("--edition", metavar="ẤN_PHẨM", shell_complete=complete_editions, help="Chỉ tìm trong ấn phẩm này.")
@click.option("--all", "everything", is_flag=True, help="Liệt kê mọi bản ghi, không chỉ mười bản ghi đầu.")
@format_option
@click.pass_obj
def command(shell: Shell, *, target: str, edition: str | None, everything: bool, output: str) -> None:
    """Lần theo một con số (672), một dòng sổ số liệu (s12), một chỉ tiêu, hoặc một mã bản ghi (HD-2023-0412).

    Từ con số: định nghĩa, giá trị, các bản ghi cùng tệp và dòng. Từ bản ghi: mọi chỗ đã in con số có tính bản ghi ấy.
    """
    from chungtay_reports import tracing

    view = tracing.trace(shell.workspace(), today(), target, edition)
    if output == "json":
        print_json(tracing.data(view))
        return
    for line in tracing.lines(view, limit=None if everything else 10):
        click.echo(line)
