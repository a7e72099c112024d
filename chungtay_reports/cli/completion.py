"""`chungtay completion`: the script that lets a shell finish what one types."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from chungtay_reports.cli.shell import Shell

WHERE = {
    "bash": "chungtay completion bash >> ~/.bashrc",
    "zsh": "chungtay completion zsh >> ~/.zshrc",
    "fish": "chungtay completion fish > ~/.config/fish/completions/chungtay.fish",
}
# zsh knows `compdef` only after this, which not every ~/.zshrc has.
FIRST = {"zsh": "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n"}
# Click cuts what it offers in fish at every comma, and so drops the rest of a description (click 8.5).
COMMAS = ('(string split "," $completion)', '(string split --max 1 "," $completion)')


@click.command("completion", options_metavar="[TÙY_CHỌN]")
@click.argument("kind", type=click.Choice(list(WHERE)), metavar="bash|zsh|fish")
@click.pass_context
def command(ctx: click.Context, kind: str) -> None:
    """In đoạn mã để phím Tab điền nốt tên lệnh, ấn phẩm, đơn vị, năm học, chỉ tiêu, mã lỗi, mã bản ghi.

    Chạy một lần như ví dụ rồi mở cửa sổ dòng lệnh mới.
    """
    shell: Shell = ctx.obj
    script = get_completion_class(kind)
    assert script is not None  # noqa: S101 - click knows the three shells of the choice
    source = script(ctx.find_root().command, {}, "chungtay", "_CHUNGTAY_COMPLETE").source()
    click.echo(f"# Điền nốt bằng phím Tab cho chungtay; cài một lần bằng: {WHERE[kind]}")
    click.echo(FIRST.get(kind, "") + source.replace(*COMMAS))
    shell.say(f"Để dùng mãi: {WHERE[kind]}, rồi mở cửa sổ dòng lệnh mới.")
