"""`chungtay schema`: JSON Schemas of everything that an author writes, for editors that complete and check YAML."""

from __future__ import annotations

from pathlib import Path

import click

from chungtay_reports.cli.offers import complete_schemas
from chungtay_reports.cli.shell import Shell, print_json
from chungtay_reports.errors import UsageError, did_you_mean


@click.command("schema", options_metavar="[TÙY_CHỌN]")
@click.argument("name", required=False, metavar="[TÊN]", shell_complete=complete_schemas)
@click.option(
    "--write",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="THƯ_MỤC",
    help="Ghi mọi lược đồ vào thư mục này.",
)
@click.pass_obj
def command(shell: Shell, *, name: str | None, folder: Path | None) -> None:
    """In lược đồ JSON của một loại tệp; không nêu TÊN thì liệt kê các tên có thể dùng."""
    from chungtay_reports import schemas
    from chungtay_reports.meant import closest

    if folder:
        for path in schemas.write(shell.folder / folder):
            click.echo(path)
    elif name is None:
        for each, about in schemas.SCHEMAS.items():
            click.echo(f"{each:<12}{about.title}")
        shell.say("Gõ “chungtay schema TÊN” để in một lược đồ, hoặc “chungtay schema --write .schemas” để ghi tất cả.")
    elif name not in schemas.SCHEMAS:
        hint = did_you_mean(closest(name, schemas.SCHEMAS))
        raise UsageError(f"Không có lược đồ “{name}”; có: {', '.join(schemas.SCHEMAS)}.{hint}")
    else:
        print_json(schemas.schema(name))
