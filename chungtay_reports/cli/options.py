"""Options that several commands take, each worded once: which reports, as of which day, trusted certificates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from chungtay_reports.cli.offers import complete_units, complete_years
from chungtay_reports.cli.shell import MOST_JOBS, cores
from chungtay_reports.errors import UsageError, shown

Command = Callable[..., None]

DAY = click.DateTime(["%Y-%m-%d"])


class Whole(click.IntRange):
    """A whole number within bounds, which help tells in words instead of “1<=x<=64”."""

    def _describe_range(self) -> str:
        return f"từ {self.min} đến {self.max}" if self.max is not None else f"từ {self.min} trở lên"


unit_option = click.option(
    "--unit",
    required=True,
    metavar="ĐƠN_VỊ",
    shell_complete=complete_units,
    help="Mã đơn vị báo cáo, ví dụ quan-cau-giay.",
)
units_option = click.option(
    "--unit",
    "units",
    multiple=True,
    metavar="ĐƠN_VỊ",
    shell_complete=complete_units,
    help="Chỉ báo cáo của đơn vị này; nêu được nhiều lần.",
)
years_option = click.option(
    "--year",
    "years",
    multiple=True,
    metavar="NĂM_HỌC",
    shell_complete=complete_years,
    help="Chỉ báo cáo của năm học này, ví dụ 2023-2024.",
)
as_of_option = click.option("--as-of", type=DAY, metavar="NGÀY", help="Chỉ dùng bản ghi vào sổ đến ngày này.")
jobs_option = click.option(
    "--jobs",
    type=Whole(1, MOST_JOBS),
    metavar="SỐ",
    default=cores,
    show_default="số lõi của máy",
    help="Số tiến trình dựng PDF cùng lúc.",
)
trust_option = click.option(
    "--trust",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="CHỨNG_THƯ",
    help="Chứng thư số gốc được tin cậy (PEM hoặc DER); nêu được nhiều lần.",
)


def school_year(year: str) -> str:
    """Give a school year back that may be one: “2023-2024”."""
    from chungtay_reports.workspace.layout import is_school_year

    if not is_school_year(year):
        raise UsageError(f"“{shown(year)}” không phải năm học; hãy viết như 2023-2024.")
    return year


def together(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Give a command several options at once, in this order."""

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate
