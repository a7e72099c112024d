"""`chungtay correct`: what was published is changed in the open only."""

from __future__ import annotations

import click

from chungtay_reports.cli.options import as_of_option
from chungtay_reports.cli.reprinting import Reprint, reprinting


@click.command("correct", options_metavar="[TÙY_CHỌN]")
@reprinting(as_of_option)
def command(reprint: Reprint) -> None:
    """Đính chính một ấn phẩm đã công bố: thêm một phiên bản nói rõ đã in gì, nay đọc là gì, vì sao.

    Bản ghi được tính đến ngày đã duyệt lại (chungtay approve --as-of), chưa duyệt lại thì đến hôm nay. Bản cũ vẫn còn trong
    kho lưu trữ. Ấn phẩm phải ký số thì chạy lệnh hai lần trong cùng một ngày: với --to-sign để lấy PDF đem ký, rồi với --signed.
    """
    from chungtay_reports import life

    reprint.run(life.correction_to_sign, life.correct, "đã đính chính")
