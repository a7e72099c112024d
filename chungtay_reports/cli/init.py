"""`chungtay init`: a working workspace with samples."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from chungtay_reports.cli.shell import Shell


@click.command("init", options_metavar="[TÙY_CHỌN]")
@click.argument("target", type=click.Path(path_type=Path), metavar="THƯ_MỤC")
@click.pass_obj
def command(shell: Shell, *, target: Path) -> None:
    """Tạo trong THƯ_MỤC một kho chạy được ngay: danh mục đơn vị, chỉ tiêu, vài bản ghi ví dụ và một bản tin."""
    from chungtay_reports import starter

    files = starter.create_workspace(shell.folder / target)
    click.echo(f"Đã tạo {target}/ với {len(files)} tệp.")
    shell.say(f"Tiếp theo:\n  cd {shlex.quote(str(target))}\n  chungtay check\n  chungtay build")
