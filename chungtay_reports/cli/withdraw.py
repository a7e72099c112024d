"""`chungtay withdraw`: what was published is taken back in the open only."""

from __future__ import annotations

import click

from chungtay_reports.cli.reprinting import Reprint, reprinting


@click.command("withdraw", options_metavar="[TÙY_CHỌN]")
@reprinting()
def command(reprint: Reprint) -> None:
    """Thu hồi một ấn phẩm đã công bố: thêm một phiên bản chỉ còn lời thu hồi và lý do.

    Các bản trước vẫn còn trong kho lưu trữ để đối chiếu. Thu hồi rồi thì không công bố lại dưới tên cũ được nữa. Lời thu hồi
    phải ký số thì chạy lệnh hai lần trong cùng một ngày: với --to-sign để lấy PDF đem ký, rồi với --signed.
    """
    from chungtay_reports import life

    reprint.run(life.withdrawal_to_sign, life.withdraw, "đã thu hồi")
