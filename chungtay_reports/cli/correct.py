"""`chungtay correct`: what was published is changed in the open only."""

from __future__ import annotations

from datetime import datetime

import click

from chungtay_reports.cli.offers import complete_editions
from chungtay_reports.cli.shell import Shell, format_option, now, print_json
from chungtay_reports.errors import UsageError


@click.command("correct", options_metavar="[TÙY_CHỌN]")
@click.argument("edition", metavar="ẤN_PHẨM", shell_complete=complete_editions)
@click.option("--unit", "unit", default="", metavar="ĐƠN_VỊ", help="Báo cáo của đơn vị này.")
@click.option("--year", "year", default="", metavar="NĂM_HỌC", help="Báo cáo của năm học này, ví dụ 2023-2024.")
@click.option("--reason", required=True, metavar="LÝ_DO", help="Vì sao, một câu; in nguyên văn cho bạn đọc.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="NGÀY", help="Chỉ dùng bản ghi vào sổ đến ngày này."
)
@format_option
@click.pass_obj
def command(
    shell: Shell, *, edition: str, unit: str, year: str, reason: str, as_of: datetime | None, output: str
) -> None:
    """Đính chính một ấn phẩm đã công bố: phiên bản mới mang lời đính chính, nói đã in gì, nay đọc là gì, vì sao.

    Lấy số liệu tính đến ngày đã duyệt lại (chungtay approve --as-of), hoặc hôm nay. Bản cũ vẫn ở trong kho lưu trữ.
    """
    from chungtay_reports import life, pipeline

    if not reason.strip():
        raise UsageError('Hãy nói lý do bằng một câu: --reason "…".')
    request = pipeline.Request(
        editions=(edition,),
        units=(unit,) if unit else (),
        years=(year,) if year else (),
        as_of=as_of.date() if as_of else None,
    )
    published = life.correct(shell.workspace(), request, reason, now())
    if output == "json":
        print_json(life.publication_data(published))
        return
    click.echo(f"{published.key}: đã đính chính, {published.version}, mã {published.fingerprint.short}")
    for change in published.changes:
        click.echo(f"  {change.where}: “{change.old}” → “{change.new}” {change.label}".rstrip())
    shell.say("Lời thông báo ở content/notices/; dựng lại (chungtay build) để trang đang đăng cũng mang thông báo ấy.")
