"""`chungtay diff`: two editions, published versions or days held against each other, by cause."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chungtay_reports.cli.offers import complete_keys
from chungtay_reports.cli.shell import Shell, format_option, print_json, today
from chungtay_reports.cli.terminal import room
from chungtay_reports.errors import UsageError, shown

if TYPE_CHECKING:
    from chungtay_reports.comparing import Comparison, Line

RECORDS = 10
LONGEST = 1000  # characters of a name; no metric has one so long
NARROW = 20  # characters of a column of words, in which the words of a terminal's line still stand
GAP = "  "


@click.command("diff", options_metavar="[TÙY_CHỌN]")
@click.argument("old", metavar="BẢN_TRƯỚC", shell_complete=complete_keys)
@click.argument("new", metavar="BẢN_SAU", shell_complete=complete_keys)
@click.option("--all", "everything", is_flag=True, help="Kể cả con số không đổi, và mọi bản ghi đứng sau mỗi thay đổi.")
@click.option(
    "--pdf",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="TỆP.pdf",
    help="Ghi bản in của bản sau, có đánh dấu chỗ khác: số cũ gạch bỏ, số mới gạch chân, kèm nguyên nhân.",
)
@format_option
@click.pass_obj
def command(shell: Shell, *, old: str, new: str, everything: bool, pdf: Path | None, output: str) -> None:
    """So hai bản và nói vì sao từng con số khác đi: mới phát sinh, vào sổ muộn, sửa, bỏ, đổi cách tính, đổi đơn vị, dời kỳ.

    Mỗi bản là một ấn phẩm trong kho (2023-08-tam-thang-chung-tay, bao-cao-nam-hoc/2023-2024/quan-cau-giay), ấn phẩm tính
    đến một ngày (…@2023-08-10), hoặc một lần đã công bố (…@v1). Bản sau của cùng ấn phẩm viết gọn được: @2023-09-30.

    Các nguyên nhân cộng lại luôn đúng bằng chênh lệch.
    """
    from chungtay_reports import comparing

    if pdf and pdf.suffix.casefold() != ".pdf":
        raise UsageError(f"Bản đánh dấu là tệp .pdf; hãy đặt tên như {pdf.with_suffix('.pdf').name}.")
    root = shell.workspace()
    found = comparing.compare(*comparing.sides(root, today(), (old, new)))
    if pdf:  # before the text, whose reader may leave early
        _mark(shell, root, found, pdf)
    if output == "json":
        from chungtay_reports.comparing.data import comparison_data

        print_json(comparison_data(found))
    else:
        for line in _lines(found, everything=everything):
            click.echo(line)


def _mark(shell: Shell, root: Path, found: Comparison, pdf: Path) -> None:
    from chungtay_reports.comparing.marked import marked_pdf
    from chungtay_reports.disk import replace_file

    replace_file(shell.folder / pdf, marked_pdf(found, found.new.settings, root / "templates"))
    shell.say(f"Đã ghi bản đánh dấu: {pdf}")


def _lines(found: Comparison, *, everything: bool) -> Iterator[str]:
    from chungtay_reports.comparing.wording import paragraph

    yield paragraph(found)
    chosen = found.lines if everything else found.changed if found.shared else ()
    if chosen:
        yield ""
        yield from _table(chosen)
    for line in chosen:
        yield from _records(line, None if everything else RECORDS)


def _table(lines: tuple[Line, ...]) -> Iterator[str]:
    from chungtay_reports.comparing.wording import bare, causes, signed

    rows = [("con số", "trước", "nay", "khác", "do")]
    for line in lines:
        part = line.difference
        old, new = (part.old, part.new) if part else (None, None)
        if part is None:
            old, new = (row.figure.value if row else None for row in (line.old, line.new))
        change = signed(part.total, line.row) if part and part.total else "" if part and part.total == 0 else "*"
        rows.append((shown(line.name, LONGEST), bare(old), bare(new), change, causes(line)))
    yield from _laid(rows, room(sys.stdout))
    if any(row[3] == "*" for row in rows):
        yield "* chỉ một bản có con số này."


def _laid(rows: Sequence[tuple[str, ...]], room: int | None) -> Iterator[str]:
    """Set names, three columns of numbers, and causes; in the room of a terminal words go on below, else no line breaks."""
    names, *numbers, causes = (max(map(len, column)) for column in zip(*rows, strict=True))
    if room:
        words = max(room - sum(numbers) - len(GAP) * (len(numbers) + 1), 2 * NARROW)
        names = min(names, max(words - causes, words * 3 // 5))
        causes = words - names
    for name, *values, why in rows:
        figures = [value.rjust(width) for value, width in zip(values, numbers, strict=True)]
        for turn, (left, right) in enumerate(zip_longest(_wrapped(name, names), _wrapped(why, causes), fillvalue="")):
            middle = (" " * len(figure) for figure in figures) if turn else figures
            yield GAP.join((left.ljust(names), *middle, right)).rstrip()


def _wrapped(text: str, width: int) -> list[str]:
    """Break between words; what goes on is set in a little."""
    return textwrap.wrap(text, width, subsequent_indent=GAP, break_long_words=False, break_on_hyphens=False)


def _records(line: Line, limit: int | None) -> Iterator[str]:
    from chungtay_reports.comparing.wording import cause, signed

    for part in line.difference.parts if line.difference else ():
        ids = part.records[:limit]
        more = f" … và {len(part.records) - len(ids)} bản ghi nữa (thêm --all)" if len(ids) < len(part.records) else ""
        if ids:
            yield f"  {shown(line.name, LONGEST)}, {signed(part.amount, line.row)} {cause(part)}: {', '.join(ids)}{more}"
