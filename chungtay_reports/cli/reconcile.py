"""`chungtay reconcile`: where two partners report the same activity with different numbers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from chungtay_reports.cli.letters import asking, refuse_unknown, write_letters
from chungtay_reports.cli.shell import Shell, print_json, today


@click.command("reconcile", options_metavar="[TÙY_CHỌN]")
@asking("Chỉ năm học này, ví dụ 2023-2024; mặc định là mọi năm.")
@click.pass_obj
def command(
    shell: Shell,
    *,
    year: str | None,
    as_of: datetime | None,
    letters: Path | None,
    reply_by: datetime | None,
    output: str,
) -> None:
    """Liệt kê chỗ hai bên cùng báo cáo một hoạt động mà số khác nhau; tổng số vẫn chỉ tính hoạt động ấy một lần.

    Thêm --letters để viết công văn đề nghị từng đơn vị đối chiếu (PDF và DOCX); số và ngày để trống cho văn thư.
    """
    from chungtay_reports import pipeline
    from chungtay_reports.figures import chasing, reconciling
    from chungtay_reports.official.letters import Sender, queries
    from chungtay_reports.vietnamese import number

    def shown(value: int | None) -> str:
        return "không ghi" if value is None else number(value)

    library = pipeline.load(shell.workspace(), today())
    if year:
        refuse_unknown(year, chasing.years(library))
    day = as_of.date() if as_of else today()
    found = reconciling.differences(library, year, day)
    if letters:
        sender = Sender(library, day, reply_by.date() if reply_by else None)
        write_letters(shell, letters, queries(sender, found), library.settings)
        return
    if output == "json":
        print_json(
            [
                {
                    "field": each.field,
                    "counted": {"id": each.counted.record.id, "place": str(each.counted.place), "value": each.value},
                    "other": {"id": each.other.record.id, "place": str(each.other.place), "value": each.other_value},
                }
                for each in found
            ]
        )
        return
    for each in found:
        click.echo(
            f"{each.counted.place}: {each.counted.record.id} ghi {each.label} là {shown(each.value)} (số được tính); "
            f"{each.other.place}: {each.other.record.id} ghi {shown(each.other_value)}."
        )
    shell.say(f"{len(found)} chỗ khác nhau." if found else "Không có chỗ nào hai bên ghi khác nhau.")
