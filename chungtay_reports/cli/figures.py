"""`chungtay figures`: what every metric is worth, in which period, as of which day, by which group."""

from __future__ import annotations

from datetime import datetime

import click

from chungtay_reports.cli.offers import complete_editions, complete_groups, complete_metrics
from chungtay_reports.cli.options import DAY
from chungtay_reports.cli.shell import Shell, format_option, print_json, today


@click.command("figures", options_metavar="[TÙY_CHỌN]")
@click.argument("metric", required=False, metavar="[CHỈ_TIÊU]", shell_complete=complete_metrics)
@click.option(
    "--by",
    "dimension",
    metavar="NHÓM",
    shell_complete=complete_groups,
    help="Chia theo: don_vi, cap_hoc, cap, chu_de, thang, hinh_thuc, loai, khoi, chieu.",
)
@click.option(
    "--edition",
    metavar="ẤN_PHẨM",
    shell_complete=complete_editions,
    help="Lấy kỳ và ngày chốt số liệu của ấn phẩm này (mặc định: ấn phẩm mới nhất).",
)
@click.option("--from", "start", type=DAY, metavar="NGÀY", help="Từ ngày.")
@click.option("--to", "end", type=DAY, metavar="NGÀY", help="Đến hết ngày.")
@click.option("--as-of", type=DAY, metavar="NGÀY", help="Chỉ tính bản ghi vào sổ đến ngày này.")
@format_option
@click.pass_obj
def command(
    shell: Shell,
    *,
    metric: str | None,
    dimension: str | None,
    edition: str | None,
    start: datetime | None,
    end: datetime | None,
    as_of: datetime | None,
    output: str,
) -> None:
    """Xem giá trị các chỉ tiêu. Nêu tên CHỈ_TIÊU để xem một chỉ tiêu, thêm --by để chia theo nhóm."""
    from chungtay_reports import pipeline

    window = pipeline.Window(edition, *(day.date() if day else None for day in (start, end, as_of)))
    view = pipeline.figures(shell.workspace(), today(), window, metric, dimension)
    if output == "json":
        print_json(pipeline.figures_data(view))
        return
    shell.say(view.heading)
    width = max((len(line.label) for line in view.lines), default=0)
    numbers = max((len(line.text) for line in view.lines), default=0)
    for line in view.lines:
        note = f"  {line.note}" if line.note else ""
        click.echo(f"{line.label:<{width}}  {line.text:>{numbers}}  {line.name}{note}")
