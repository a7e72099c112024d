"""`chungtay form`: an Excel form of a unit, filled in with what the workspace knows of it."""

from __future__ import annotations

from pathlib import Path

import click

from chungtay_reports.cli.offers import complete_years
from chungtay_reports.cli.options import school_year, unit_option
from chungtay_reports.cli.shell import Shell, today
from chungtay_reports.errors import UsageError


@click.command("form", options_metavar="[TÙY_CHỌN]")
@unit_option
@click.option(
    "--year",
    metavar="NĂM_HỌC",
    shell_complete=complete_years,
    help="Năm học, ví dụ 2023-2024; mặc định là năm gần nhất đơn vị đã có bản ghi.",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TỆP",
    help="Ghi vào tệp này; mặc định là bieu-ĐƠN_VỊ-NĂM_HỌC.xlsx ở thư mục hiện tại.",
)
@click.pass_obj
def command(shell: Shell, *, unit: str, year: str | None, target: Path | None) -> None:
    """Biểu Excel để đơn vị điền số liệu: có danh sách chọn, lời nhắc, và các bản ghi đã có của đơn vị."""
    from chungtay_reports import pipeline
    from chungtay_reports.disk import replace_file
    from chungtay_reports.excel.form import wanted, write_form

    year = school_year(year) if year else None
    if target and target.suffix.casefold() != ".xlsx":
        raise UsageError(f"Biểu là tệp .xlsx; hãy đặt tên như {target.with_suffix('.xlsx').name}.")
    what = wanted(pipeline.read(shell.workspace(), today()), unit, year, today())
    path = target or Path(f"bieu-{what.unit}-{what.year}.xlsx")
    replace_file(shell.folder / path, write_form(what))
    click.echo(path)
    records = sum(
        entry.unit == what.unit and entry.year == what.year and not entry.record.removed
        for entry in what.library.entries
    )
    shell.say(f"Biểu năm học {what.year} đã có {records} bản ghi của đơn vị. Điền xong: chungtay import {path.name}")
