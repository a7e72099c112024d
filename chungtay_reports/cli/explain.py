"""`chungtay explain`: what a problem code means and how to mend it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby

import click

from chungtay_reports.cli.offers import complete_codes
from chungtay_reports.cli.shell import format_option, print_json
from chungtay_reports.cli.terminal import laid, room
from chungtay_reports.explain import Explanation, explain, explanations

WIDTH = 88
LABEL = 8


@click.command("explain", options_metavar="[TÙY_CHỌN]")
@click.argument("code", required=False, metavar="[MÃ]", shell_complete=complete_codes)
@format_option
def command(*, code: str | None, output: str) -> None:
    """Giải thích một mã vấn đề: nghĩa là gì, vì sao cần sửa, sửa thế nào, kèm ví dụ sai và đúng.

    MÃ là chữ và số in sau “lỗi” hay “cảnh báo”, ví dụ R205; gõ một chữ như R thì liệt kê cả nhóm, không gõ gì thì liệt
    kê mọi mã.
    """
    found = explain(code) if code else tuple(explanations().values())
    alone = len(found) == 1 and len(code or "") > 1
    if output == "json":
        print_json(asdict(found[0]) if alone else {"explanations": [asdict(each) for each in found]})
        return
    for line in page(found[0]) if alone else index(found):
        click.echo(line)


def index(found: Iterable[Explanation]) -> Iterator[str]:
    """List codes by family, a line for each."""
    for number, (family, members) in enumerate(groupby(found, key=lambda each: each.family)):
        if number:
            yield ""
        yield click.style(family, bold=True)
        for each in members:
            yield laid(f"  {each.code}  {each.meaning}")


def page(found: Explanation) -> Iterator[str]:
    """Lay out all that is said of one code."""
    width = min(room(sys.stdout) or WIDTH, WIDTH)
    yield click.style(f"{found.code} · {found.family}", bold=True)
    yield ""
    for label, text in (("Nghĩa", found.meaning), ("Vì sao", found.reason), ("Sửa", found.remedy)):
        yield click.wrap_text(text, width, f"{label:<{LABEL}}", " " * LABEL)
    where = f" ({found.file})" if found.file else ""
    for label, text, ink in ((f"Sai{where}", found.wrong, "red"), ("Đúng", found.right, "green")):
        if not text:  # codes of the archive are not about anything that people write
            continue
        yield ""
        yield f"{label}:"
        yield from (click.style(f"    {line}", fg=ink) if line else "" for line in text.splitlines())
