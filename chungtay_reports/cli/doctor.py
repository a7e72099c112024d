"""`chungtay doctor`: what this machine and this workspace lack, and how to mend it."""

from __future__ import annotations

import click

from chungtay_reports.cli.shell import LACKING, Shell, format_option, print_json


@click.command("doctor", options_metavar="[TÙY_CHỌN]")
@format_option
@click.pass_obj
def command(shell: Shell, *, output: str) -> None:
    """Kiểm tra Python, thư viện, phông chữ và quyền ghi; thiếu thứ bắt buộc thì kết thúc với mã 3."""
    from chungtay_reports import doctor

    findings = doctor.examine(shell.folder)
    if output == "json":
        print_json([doctor.data(finding) for finding in findings])
    else:
        for finding in findings:
            mark = (
                click.style("✓", fg="green")
                if finding.ok
                else click.style("✗", fg="red" if finding.required else "yellow")
            )
            click.echo(f"{mark} {finding.what}: {finding.found}")
            if not finding.ok:
                click.echo(f"    → {finding.remedy}")
    if any(finding.required and not finding.ok for finding in findings):
        raise click.exceptions.Exit(LACKING)
