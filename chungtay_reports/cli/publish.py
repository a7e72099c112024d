"""`chungtay publish`: approved editions into the archive, for good."""

from __future__ import annotations

from pathlib import Path

import click

from chungtay_reports.archive import ARCHIVE
from chungtay_reports.cli.offers import complete_editions
from chungtay_reports.cli.options import jobs_option, units_option, years_option
from chungtay_reports.cli.progress import progress
from chungtay_reports.cli.shell import Shell, format_option, now, print_json
from chungtay_reports.errors import UsageError


@click.command("publish", options_metavar="[TÙY_CHỌN]")
@click.argument("editions", nargs=-1, metavar="[ẤN_PHẨM]…", shell_complete=complete_editions)
@units_option
@years_option
@click.option("--all", "everything", is_flag=True, help="Mọi bản tin, và báo cáo của những năm học dựng sẵn.")
@jobs_option
@click.option(
    "--signed",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="TỆP.pdf",
    help="PDF đã ký (chungtay sign) của ấn phẩm này, thay cho bản dựng lúc công bố; nêu được nhiều lần.",
)
@format_option
@click.pass_obj
def command(
    shell: Shell,
    *,
    editions: tuple[str, ...],
    units: tuple[str, ...],
    years: tuple[str, ...],
    everything: bool,
    jobs: int,
    signed: tuple[Path, ...],
    output: str,
) -> None:
    """Công bố ấn phẩm đã duyệt: thêm vào archive/ một phiên bản với mọi tài liệu, bản nộp lưu và nguồn dựng lại được.

    Không công bố khi nội dung còn lỗi, chưa đủ người duyệt, phiếu duyệt đã mất hiệu lực, chưa đủ đơn vị báo cáo (coverage)
    hoặc chưa đến giờ (embargo). Bản đã công bố thì không đổi được nữa, chỉ đính chính (correct) hoặc thu hồi (withdraw).
    """
    from chungtay_reports import life, pipeline

    if not (editions or units or years or everything):
        raise UsageError("Hãy nêu ẤN_PHẨM cần công bố, hoặc --all để công bố tất cả.")
    if everything and (editions or units or years):
        raise UsageError("--all là tất cả, không nêu thêm ẤN_PHẨM, --unit hay --year.")
    request = pipeline.Request(editions=editions, units=units, years=years, jobs=jobs)
    copies = [shell.folder / path for path in signed]
    with progress(shell, "Công bố") as step:
        done = life.publish(shell.workspace(), request, now(), step, copies)
    if output == "json":
        print_json({"published": [life.publication_data(one.publication) | {"new": one.new} for one in done]})
        return
    for one in done:
        found = one.publication
        if one.new:
            click.echo(f"{found.key}: đã công bố {found.version}, mã {found.fingerprint.short}")
        else:
            click.echo(f"{found.key}: không có gì mới, đã công bố {found.version} từ {found.published:%H:%M %d/%m/%Y}")
    shell.say(f"Kho lưu trữ: {ARCHIVE}/ (xem bằng: chungtay archive list).")
