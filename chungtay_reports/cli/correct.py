"""`chungtay correct`: what was published is changed in the open only."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from chungtay_reports.cli.offers import complete_editions
from chungtay_reports.cli.options import (
    as_of_option,
    one_request,
    reason_option,
    signed_option,
    to_sign_option,
    unit_option,
    year_option,
)
from chungtay_reports.cli.reprinting import Reprint
from chungtay_reports.cli.shell import Shell, format_option


@click.command("correct", options_metavar="[TÙY_CHỌN]")
@click.argument("edition", metavar="ẤN_PHẨM", shell_complete=complete_editions)
@unit_option
@year_option
@reason_option
@as_of_option
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
    as_of: datetime | None,
    to_sign: Path | None,
    signed: Path | None,
    output: str,
) -> None:
    """Đính chính một ấn phẩm đã công bố: thêm một phiên bản nói rõ đã in gì, nay đọc là gì, vì sao.

    Bản ghi được tính đến ngày đã duyệt lại (chungtay approve --as-of), chưa duyệt lại thì đến hôm nay. Bản cũ vẫn còn trong
    kho lưu trữ. Ấn phẩm phải ký số thì chạy lệnh hai lần trong cùng một ngày: với --to-sign để lấy PDF đem ký, rồi với --signed.
    """
    from chungtay_reports import life

    request = one_request(edition, unit, year, as_of)
    reprint = Reprint(shell, request, reason, to_sign, signed, output)
    reprint.run(life.correction_to_sign, life.correct, "đã đính chính")
