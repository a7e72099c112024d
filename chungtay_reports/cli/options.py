"""Options that several commands take, each worded once: which reports, as of which day, trusted certificates, signed copies."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chungtay_reports.cli.offers import complete_units, complete_years
from chungtay_reports.cli.shell import MOST_JOBS, cores

if TYPE_CHECKING:
    from chungtay_reports.pipeline import Request

DAY = click.DateTime(["%Y-%m-%d"])


class Whole(click.IntRange):
    """A whole number within bounds, which help tells in words instead of “1<=x<=64”."""

    def _describe_range(self) -> str:
        return f"từ {self.min} đến {self.max}" if self.max is not None else f"từ {self.min} trở lên"


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
unit_option = click.option(
    "--unit", default="", metavar="ĐƠN_VỊ", shell_complete=complete_units, help="Báo cáo của đơn vị này."
)
year_option = click.option(
    "--year",
    default="",
    metavar="NĂM_HỌC",
    shell_complete=complete_years,
    help="Báo cáo của năm học này, ví dụ 2023-2024.",
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
reason_option = click.option(
    "--reason", required=True, metavar="LÝ_DO", help="Vì sao, một câu; in nguyên văn cho bạn đọc."
)
signed_option = click.option(
    "--signed",
    type=click.Path(path_type=Path),
    metavar="TỆP.pdf",
    help="Công bố bản PDF đã ký này (từ --to-sign, ký bằng chungtay sign) thay cho bản dựng lúc chạy lệnh.",
)
to_sign_option = click.option(
    "--to-sign",
    type=click.Path(path_type=Path),
    metavar="TỆP.pdf",
    help="Chưa công bố gì, chỉ ghi ra bản PDF sẽ công bố hôm nay để đem ký.",
)


def one_request(edition: str, unit: str, year: str, as_of: datetime | None = None) -> Request:
    """Ask for one published edition."""
    from chungtay_reports.pipeline import Request

    day = as_of.date() if as_of else None
    return Request(editions=(edition,), units=_one(unit), years=_one(year), as_of=day)


def _one(name: str) -> tuple[str, ...]:
    return (name,) if name else ()
