"""`chungtay withdraw`: what was published is taken back in the open only."""

from __future__ import annotations

from pathlib import Path

import click

from chungtay_reports.cli.offers import complete_editions
from chungtay_reports.cli.options import (
    one_request,
    reason_option,
    signed_option,
    to_sign_option,
    unit_option,
    year_option,
)
from chungtay_reports.cli.reprinting import Reprint
from chungtay_reports.cli.shell import Shell, format_option


@click.command("withdraw", options_metavar="[TÙY_CHỌN]")
@click.argument("edition", metavar="ẤN_PHẨM", shell_complete=complete_editions)
@unit_option
@year_option
@reason_option
@to_sign_option
@signed_option
@format_option
@click.pass_obj
def command(
    shell: Shell,
    *,
    edition: str,
    unit: str,
    year: str,
    reason: str,
    to_sign: Path | None,
    signed: Path | None,
    output: str,
) -> None:
    """Thu hồi một ấn phẩm đã công bố: thêm một phiên bản chỉ còn lời thu hồi và lý do.

    Các bản trước vẫn còn trong kho lưu trữ để đối chiếu. Thu hồi rồi thì không công bố lại dưới tên cũ được nữa. Lời thu hồi
    phải ký số thì chạy lệnh hai lần trong cùng một ngày: với --to-sign để lấy PDF đem ký, rồi với --signed.
    """
    from chungtay_reports import life

    reprint = Reprint(shell, one_request(edition, unit, year), reason, to_sign, signed, output)
    reprint.run(life.withdrawal_to_sign, life.withdraw, "đã thu hồi")
