"""`chungtay withdraw`: what was published is changed in the open only."""

from __future__ import annotations

import click

from chungtay_reports.cli.offers import complete_editions
from chungtay_reports.cli.shell import Shell, format_option, now, print_json
from chungtay_reports.errors import UsageError


@click.command("withdraw", options_metavar="[TÙY_CHỌN]")
@click.argument("edition", metavar="ẤN_PHẨM", shell_complete=complete_editions)
@click.option("--unit", "unit", default="", metavar="ĐƠN_VỊ", help="Báo cáo của đơn vị này.")
@click.option("--year", "year", default="", metavar="NĂM_HỌC", help="Báo cáo của năm học này, ví dụ 2023-2024.")
@click.option("--reason", required=True, metavar="LÝ_DO", help="Vì sao, một câu; in nguyên văn cho bạn đọc.")
@format_option
@click.pass_obj
def command(shell: Shell, *, edition: str, unit: str, year: str, reason: str, output: str) -> None:
    """Thu hồi một ấn phẩm đã công bố: phiên bản mới chỉ còn lời thu hồi và lý do.

    Các bản trước vẫn ở trong kho lưu trữ để đối chiếu.
    """
    from chungtay_reports import life, pipeline

    if not reason.strip():
        raise UsageError('Hãy nói lý do bằng một câu: --reason "…".')
    request = pipeline.Request(
        editions=(edition,),
        units=(unit,) if unit else (),
        years=(year,) if year else (),
    )
    published = life.withdraw(shell.workspace(), request, reason, now())
    if output == "json":
        print_json(life.publication_data(published))
        return
    click.echo(f"{published.key}: đã thu hồi, {published.version}, mã {published.fingerprint.short}")
    shell.say("Lời thông báo ở content/notices/; dựng lại (chungtay build) để trang đang đăng cũng mang thông báo ấy.")
