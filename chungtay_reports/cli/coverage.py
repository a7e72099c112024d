"""`chungtay coverage`: who has reported for which month, who is late, since when; and the letters that remind them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chungtay_reports.cli.letters import asking, refuse_unknown, write_letters
from chungtay_reports.cli.shell import Shell, print_json, today

if TYPE_CHECKING:
    from chungtay_reports.figures.chasing import Matrix

LEGEND = "✓ đủ, đúng hạn   ! đủ nhưng trễ   ~ mới một phần   ✗ chưa gửi   · chưa đến hạn"


@click.command("coverage", options_metavar="[TÙY_CHỌN]")
@asking("Năm học, ví dụ 2023-2024; mặc định là năm mới nhất có bản ghi.")
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
    """Xem đơn vị nào đã gửi báo cáo cho tháng nào, đơn vị nào trễ hạn và trễ từ bao giờ.

    Thêm --letters để viết công văn đôn đốc (PDF và DOCX) gửi từng đơn vị trễ hạn; số và ngày để trống cho văn thư.
    """
    from chungtay_reports import pipeline
    from chungtay_reports.figures import chasing
    from chungtay_reports.official.letters import Sender, reminders
    from chungtay_reports.vietnamese import press_date

    library = pipeline.load(shell.workspace(), today())
    known = chasing.years(library)
    if year or not known:
        refuse_unknown(year or "", known)
    found = chasing.matrix(library, year or known[-1], as_of.date() if as_of else today())
    if letters:
        sender = Sender(library, found.as_of, reply_by.date() if reply_by else None)
        write_letters(shell, letters, reminders(sender, found), library.settings)
        return
    names = {line.unit: library.registry.name(line.unit, found.months[-1].last, "short") for line in found.lines}
    if output == "json":
        print_json(_data(found, names))
        return
    shell.say(f"Năm học {found.year}, tính đến {press_date(found.as_of)}. {LEGEND}")
    width = max((len(name) for name in names.values()), default=0)
    click.echo(
        f"{'Tháng':<{width}}  " + " ".join(f"{month.first.month:>2}" for month in found.months) + "  Gửi lần cuối"
    )
    for line in found.lines:
        cells = " ".join(f"{mark.value:>2}" for mark in line.marks)
        last = press_date(line.handed_in) if line.handed_in else "-"
        click.echo(f"{names[line.unit]:<{width}}  {cells}  {last}")
    for line in found.late:
        if line.since is None:
            continue
        owed = ", ".join(month.key for month in line.owed(found.months, found.as_of))
        click.echo(f"{names[line.unit]}: chưa gửi đủ tháng {owed}; quá hạn từ {press_date(line.since)}.")
    if not found.late:
        shell.say("Không đơn vị nào trễ hạn.")


def _data(found: Matrix, names: dict[str, str]) -> dict[str, object]:
    return {
        "year": found.year,
        "as_of": found.as_of.isoformat(),
        "months": [{"month": month.first.isoformat()[:7], "due": month.due.isoformat()} for month in found.months],
        "units": [
            {
                "unit": line.unit,
                "name": names[line.unit],
                "marks": [mark.name.lower() for mark in line.marks],
                "late_since": line.since.isoformat() if line.since else None,
                "last_submission": line.handed_in.isoformat() if line.handed_in else None,
            }
            for line in found.lines
        ],
    }
