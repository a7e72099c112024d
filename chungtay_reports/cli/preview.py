"""`chungtay preview`: look at editions in the browser while they are being written."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import click

from chungtay_reports.cli.offers import complete_keys
from chungtay_reports.cli.options import Whole
from chungtay_reports.cli.shell import Shell, today
from chungtay_reports.errors import UsageError, did_you_mean, shown

PORT = 4030


@click.command("preview", options_metavar="[TÙY_CHỌN]")
@click.argument("edition", required=False, metavar="[ẤN_PHẨM]", shell_complete=complete_keys)
@click.option(
    "--port",
    type=Whole(1024, 65_535),
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
    start = _start(root, edition)
    opening = preview.Opening(root, port, os.environ.get(VARIABLE, ""), today)

    def ready(server: preview.Server) -> None:
        click.echo(f"{server.address}{start}")
        if server.port != port:
            shell.say(f"Cổng {port} đang bận nên dùng cổng {server.port}.")
        shell.say("Máy xem thử đang chạy; Ctrl-C để dừng.")
        if open_:
            click.launch(f"{server.address}{start}")

    try:
        preview.serve(opening, ready, shell.say)
    except KeyboardInterrupt:
        shell.say("Đã dừng máy xem thử.")


def _start(root: Path, edition: str | None) -> str:
    """Choose the page to open: the desk, a bulletin, or one report of one unit."""
    from chungtay_reports.meant import closest

    if edition is None:
        return "/"
    bulletins = sorted(path.stem for path in (root / "content" / "bulletins").glob("*.md"))
    reports = sorted(path.stem for path in (root / "content" / "reports").glob("*.md"))
    if edition in bulletins:
        return f"/an-pham/{quote(edition)}/index.html"
    name, *rest = edition.split("/")
    if name in reports and len(rest) == 2 and all(rest):
        return f"/bao-cao/{quote(edition)}/index.html"
    if name in reports:
        raise UsageError(
            f"Báo cáo xem thử theo từng đơn vị: {name}/NĂM_HỌC/ĐƠN_VỊ, ví dụ {name}/2023-2024/quan-cau-giay."
        )
    hint = did_you_mean(closest(edition, bulletins))
    there = ", ".join(bulletins) or "chưa có bản tin nào"
    raise UsageError(f"Không có ấn phẩm “{shown(edition)}”; có: {there}.{hint}")
