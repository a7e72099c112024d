"""`chungtay preview`: look at editions in the browser while they are being written."""

from __future__ import annotations

import os
import re
import signal
from urllib.parse import quote

import click

from chungtay_reports.cli.shell import Shell, complete_editions, today
from chungtay_reports.errors import UsageError

PORT = 4030


@click.command("preview", options_metavar="[TÙY_CHỌN]")
@click.argument("edition", required=False, metavar="[ẤN_PHẨM]", shell_complete=complete_editions)
@click.option(
    "--port",
    type=click.IntRange(1024, 65_535),
    metavar="SỐ",
    default=PORT,
    show_default=True,
    help="Cổng của máy xem thử; bận thì lấy cổng kế tiếp.",
)
@click.option("--open/--no-open", "open_", default=True, show_default=True, help="Mở trình duyệt khi bắt đầu.")
@click.pass_obj
def command(shell: Shell, *, edition: str | None, port: int, open_: bool) -> None:
    """Xem thử trong trình duyệt: lưu tệp nào, trang dựng lại và tự tải lại; lỗi hiện ngay trên trang.

    Không ghi gì vào build/. Chỉ máy này xem được. Ctrl-C để dừng.
    """
    from chungtay_reports import preview
    from chungtay_reports.preview.editor import VARIABLE

    root = shell.workspace()
    start = _start(edition)
    opening = preview.Opening(root, port, os.environ.get(VARIABLE, ""), today)

    def ready(server: preview.Server) -> None:
        click.echo(f"{server.address}{start}")
        shell.say("Máy xem thử đang chạy; Ctrl-C để dừng.")
        if open_:
            click.launch(f"{server.address}{start}")

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended by the system, it cleans up as after Ctrl-C
    try:
        preview.serve(opening, ready, shell.say)
    except KeyboardInterrupt:
        shell.say("Đã dừng máy xem thử.")


def _start(edition: str | None) -> str:
    if edition is None:
        return "/"
    if not re.fullmatch(r"[a-z0-9][a-z0-9/-]*", edition):
        raise UsageError(f"“{edition}” không phải tên ấn phẩm; ví dụ 2023-08-tam-thang-chung-tay.")
    return f"/an-pham/{quote(edition)}/index.html"
