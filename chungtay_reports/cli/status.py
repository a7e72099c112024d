"""`chungtay status`: which published editions the present records no longer bear out, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from chungtay_reports.cli.shell import STALE, Shell, format_option, print_json, print_problems, problem_data, today
from chungtay_reports.cli.terminal import laid
from chungtay_reports.errors import shown

if TYPE_CHECKING:
    from chungtay_reports.comparing.stale import Stale, Standing

QUOTED = 160  # characters of a sentence
LINES = 20


@click.command("status", options_metavar="[TÙY_CHỌN]")
@click.option("--now", is_flag=True, help="Nói thêm: nếu tính đến hôm nay thì mỗi ấn phẩm sẽ khác ở đâu.")
@click.option("--all", "everything", is_flag=True, help="Nêu mọi con số và mọi câu, không rút gọn.")
@format_option
@click.pass_obj
def command(shell: Shell, *, now: bool, everything: bool, output: str) -> None:
    """Xem ấn phẩm đã công bố nào không còn đúng với bản ghi: con số nào, câu nào, trước và nay, vì sao.

    Mỗi ấn phẩm nói về ngày chốt của nó, nên bản ghi vào sổ sau ngày ấy không làm nó sai; bản ghi được sửa, bị bỏ, hay chỉ
    tiêu đổi cách tính thì có. Có ấn phẩm không còn đúng thì lệnh kết thúc với mã 4. Phiếu duyệt, lời thông báo bị sửa tay
    cũng được nêu.
    """
    from chungtay_reports import life
    from chungtay_reports.comparing.stale import standings

    root = shell.workspace()
    found = standings(root, today(), now=now)
    problems = sorted((*(each for one in found for each in one.problems), *life.forged_notices(root)))
    if output == "json":
        print_json({"editions": [_data(one) for one in found], "problems": [problem_data(one) for one in problems]})
    else:
        limit = None if everything else LINES
        for one in found:
            for line in _lines(one, limit):
                click.echo(line)
        print_problems(problems)
        shell.say(_summary(found))
    if any(one.stale for one in found):
        raise click.exceptions.Exit(STALE)


def _summary(found: tuple[Standing, ...]) -> str:
    stale = sum(bool(one.stale) for one in found)
    if not found:
        return "Không có ấn phẩm nào đang công bố: chưa công bố, hoặc đã thu hồi hết."
    if not stale:
        return (
            f"Cả {len(found)} ấn phẩm đã công bố đều còn đúng với bản ghi."
            if len(found) > 1
            else "Ấn phẩm đã công bố còn đúng với bản ghi."
        )
    return f"{stale} trong {len(found)} ấn phẩm đã công bố không còn đúng; hãy xem rồi chạy “chungtay correct ẤN_PHẨM --reason …”."


def _lines(one: Standing, limit: int | None) -> Iterator[str]:
    publication = one.publication
    if one.stale:
        head = f"{publication.key} ({publication.version}): {len(one.stale)} trong {one.printed} con số không còn đúng"
        yield click.style(laid(head), bold=True)
        yield from map(laid, _told(one.stale, limit))
    if one.update:
        head = f"{publication.key} ({publication.version}): tính đến hôm nay, {len(one.update)} trong {one.printed} con số sẽ khác"
        yield laid(head)
        yield from map(laid, _told(one.update, limit))


def _told(stale: tuple[Stale, ...], limit: int | None) -> Iterator[str]:
    from chungtay_reports.comparing.comparison import subject
    from chungtay_reports.comparing.wording import REASONS, signed, value_text

    for one in stale[:limit]:
        parts = ", ".join(f"{signed(part.amount, one.row)} do {REASONS[part.cause]}" for part in one.difference.parts)
        before, after = value_text(one.row.figure.value, one.row), value_text(one.new, one.row)
        yield f"  {shown(subject(one.row))}: {before} → {after}" + (f" ({parts})" if parts else "")
        for part in one.difference.parts:
            ids = ", ".join(part.records[:5]) + (" …" if len(part.records) > 5 else "")
            if ids:
                yield f"    bản ghi: {ids}"
        for quoted in one.sentences[: limit and 3]:
            yield f"    {quoted.where}" + (f": “{shown(quoted.text, QUOTED)}”" if quoted.text else "")
    if limit is not None and len(stale) > limit:
        yield f"  … và {len(stale) - limit} con số nữa (thêm --all)"


def _data(one: Standing) -> dict[str, object]:
    publication = one.publication
    return {
        "edition": publication.key,
        "unit": publication.unit,
        "version": publication.version,
        "as_of": publication.as_of.isoformat(),
        "printed": one.printed,
        "stale": [_figure(each) for each in one.stale],
        "update": [_figure(each) for each in one.update],
    }


def _figure(one: Stale) -> dict[str, object]:
    from chungtay_reports.comparing.data import explained, plain

    return {
        "id": one.row.id,
        "label": one.row.label,
        "unit": one.row.unit,
        "old": plain(one.row.figure.value),
        "new": plain(one.new),
        "causes": explained(one.difference),
        "sentences": [{"where": quoted.where, "text": quoted.text} for quoted in one.sentences],
    }
