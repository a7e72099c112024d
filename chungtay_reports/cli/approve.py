"""`chungtay approve`: a named person stands behind the figures and the text of an edition."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import click

from chungtay_reports.cli.offers import complete_editions, complete_people
from chungtay_reports.cli.options import DAY, units_option, years_option
from chungtay_reports.cli.shell import Shell, format_option, print_json, today


@click.command("approve", options_metavar="[TÙY_CHỌN]")
@click.argument("edition", metavar="ẤN_PHẨM", shell_complete=complete_editions)
@units_option
@years_option
@click.option(
    "--by",
    required=True,
    metavar="NGƯỜI",
    shell_complete=complete_people,
    help="Mã người duyệt trong content/people.yaml.",
)
@click.option(
    "--as-of",
    type=DAY,
    metavar="NGÀY",
    help="Duyệt bản chỉ dùng bản ghi vào sổ đến ngày này; cần khi đính chính.",
)
@format_option
@click.pass_obj
def command(
    shell: Shell,
    *,
    edition: str,
    units: tuple[str, ...],
    years: tuple[str, ...],
    by: str,
    as_of: datetime | None,
    output: str,
) -> None:
    """Duyệt một ấn phẩm: ghi vào content/approvals/ ai duyệt, ngày nào, duyệt những con số và dòng chữ nào.

    Một con số hay một dòng chữ đổi thì phiếu duyệt mất hiệu lực, và “chungtay publish” nói rõ chỗ nào đã đổi. Số người phải
    duyệt đặt ở publishing.approvals trong chungtay.yaml.
    """
    from chungtay_reports import life, pipeline

    request = pipeline.Request(editions=(edition,), units=units, years=years, as_of=as_of.date() if as_of else None)
    approved = life.approve(shell.workspace(), request, by, today())
    if output == "json":
        print_json({"approvals": [asdict(one) for one in approved]})
        return
    for one in approved:
        if one.fallen:
            shell.say(f"{one.key}: phiếu duyệt cũ đã mất hiệu lực vì {one.fallen}.")
        verb = "đã duyệt" if one.new else "người này đã duyệt từ trước"
        left = one.wanted - one.have
        rest = f"; còn thiếu {left} người" if left > 0 else ""
        click.echo(f"{one.key}: {verb}, mã {one.short}, {one.have}/{one.wanted} người duyệt{rest}")
        shell.say(f"  phiếu duyệt: {one.file}")
