"""`chungtay new`: a filled-in starting file or record."""

from __future__ import annotations

from datetime import date, datetime

import click

from chungtay_reports.cli.offers import complete_records, complete_years
from chungtay_reports.cli.options import DAY, school_year, unit_option
from chungtay_reports.cli.shell import Shell, today
from chungtay_reports.errors import UsageError, did_you_mean


@click.group("new", options_metavar="[TÙY_CHỌN]", subcommand_metavar="LOẠI [THAM_SỐ]…")
def command() -> None:
    """Viết sẵn một tệp hay một bản ghi mới, đã điền mẫu, để sửa tiếp."""


@command.command("bulletin", options_metavar="[TÙY_CHỌN]", short_help="Bản tin; chưa có lời thì tự viết.")
@click.argument("slug", metavar="TÊN")
@click.pass_obj
def bulletin(shell: Shell, *, slug: str) -> None:
    """Bản tin mới trong content/bulletins; chưa có lời thì tự viết theo mạch mặc định."""
    from chungtay_reports import pipeline, starter

    root = shell.workspace()
    library = pipeline.read(root, today())
    start = library.settings.movement.start
    click.echo(starter.add_bulletin(root, slug, start, today()))


@command.command("report", options_metavar="[TÙY_CHỌN]", short_help="Báo cáo năm học, viết một lần cho mọi đơn vị.")
@click.argument("slug", metavar="TÊN")
@click.option(
    "--year",
    required=True,
    metavar="NĂM_HỌC",
    shell_complete=complete_years,
    help="Năm học của báo cáo, ví dụ 2024-2025.",
)
@click.pass_obj
def report(shell: Shell, *, slug: str, year: str) -> None:
    """Báo cáo mới trong content/reports, một bản đặc tả cho mọi đơn vị; kèm content/offices.yaml nếu kho chưa có."""
    from chungtay_reports import starter

    for path in starter.add_report(shell.workspace(), slug, school_year(year)):
        click.echo(path)


@command.command("correction", options_metavar="[TÙY_CHỌN]", short_help="Mẫu để sửa hay bỏ một bản ghi đã vào sổ.")
@click.argument("record", metavar="MÃ_BẢN_GHI", shell_complete=complete_records)
@click.pass_obj
def correction(shell: Shell, *, record: str) -> None:
    """In ra những dòng cần thêm vào bản ghi để sửa hoặc bỏ nó mà bản in cũ vẫn dựng lại được; không ghi tệp nào."""
    from chungtay_reports import pipeline
    from chungtay_reports.meant import closest
    from chungtay_reports.workspace.mending import mending

    library = pipeline.read(shell.workspace(), today())
    entries = {entry.record.id.casefold(): entry for entry in library.entries}
    found = entries.get(record.casefold())
    if found is None:
        close = closest(record, [entry.record.id for entry in library.entries])
        raise UsageError(f"Không có bản ghi “{record}”." + did_you_mean(close))
    shell.say(f"Bản ghi ở {found.place}. Thêm một trong hai:")
    click.echo(mending(found, today()), nl=False)


def _record_command(kind: str, about: str) -> None:
    @command.command(kind, help=about, options_metavar="[TÙY_CHỌN]")
    @unit_option
    @click.option(
        "--date",
        "day",
        type=DAY,
        metavar="NGÀY",
        help="Ngày của bản ghi; mặc định là hôm nay.",
    )
    @click.pass_obj
    def add(shell: Shell, *, unit: str, day: datetime | None) -> None:
        _add(shell, kind, unit, day.date() if day else today())


def _add(shell: Shell, kind: str, unit: str, day: date) -> None:
    from chungtay_reports import pipeline, starter
    from chungtay_reports.workspace.layout import school_year_of

    root = shell.workspace()
    library = pipeline.read(root, today())
    if unit not in library.registry.units:
        raise UsageError(f"Không có đơn vị “{unit}”." + did_you_mean(library.registry.suggest(unit, top=True)))
    if not library.registry.valid(unit, day):
        after = ", ".join(each.id for each in library.registry.successors(unit, day))
        raise UsageError(f"Đơn vị “{unit}” không còn vào ngày {day:%d/%m/%Y}. Đơn vị kế tiếp: {after or 'không có'}.")
    sketch = starter.Sketch(library, unit, day, school_year_of(day, library.settings.calendar))
    file, line = starter.add_record(root, kind, sketch)
    click.echo(f"{file}:{line}")


for _kind, _about in (
    ("agreement", "Giao ước, biên bản ghi nhớ, cam kết, kế hoạch kết nối."),
    ("activity", "Chuyên đề, giao lưu, hỗ trợ và các hoạt động khác."),
    ("submission", "Nộp báo cáo: đơn vị đã gửi số liệu của kỳ nào."),
):
    _record_command(_kind, _about)
