"""`chungtay site`: the published editions as a site that any host or a USB stick can hold."""

from __future__ import annotations

from dataclasses import asdict

import click

from chungtay_reports.cli.shell import Shell, format_option, now, print_json
from chungtay_reports.vietnamese import number


@click.command("site", options_metavar="[TÙY_CHỌN]")
@click.option("--drafts", is_flag=True, help="Xem thử với mọi ấn phẩm chưa công bố, trừ ấn phẩm còn trong hạn giữ tin.")
@format_option
@click.pass_obj
def command(shell: Shell, *, drafts: bool, output: str) -> None:
    """Dựng trang tin từ các ấn phẩm đã công bố vào build/site/: bản tin, báo cáo, đơn vị, số liệu, tìm kiếm, dữ liệu mở.

    Chép cả thư mục ấy lên máy chủ nào cũng được, hoặc vào USB rồi mở index.html.
    """
    from chungtay_reports.site import build_site

    made = build_site(shell.workspace(), now(), drafts=drafts)
    if output == "json":
        print_json(asdict(made))
        return
    click.echo("build/site/index.html")
    counts = f"{number(made.editions)} ấn phẩm, {number(made.units)} đơn vị, {number(made.metrics)} chỉ tiêu"
    shell.say(f"Đã dựng trang với {counts}: {number(made.files)} tệp, {_size(made.bytes)}.")
    if drafts:
        shell.say("Đây là trang xem thử từ bản nháp, chưa có PDF; đừng đưa lên mạng.")
    elif not made.base_url:
        shell.say("Chưa có publishing.base_url trong chungtay.yaml nên không có sitemap.xml và robots.txt.")


def _size(size: int) -> str:
    """Say a size as file managers do."""
    return f"{number(size // 1_000_000)} MB" if size >= 10_000_000 else f"{number(size // 1000)} kB"
