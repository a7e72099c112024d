"""What `correct` and `withdraw` do alike: print what is to be signed, or publish it, and say what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from chungtay_reports.cli.offers import complete_archived, complete_units, complete_years
from chungtay_reports.cli.options import Command, together
from chungtay_reports.cli.shell import Shell, format_option, now, print_json
from chungtay_reports.errors import UsageError, shown

if TYPE_CHECKING:
    from chungtay_reports.archive.publication import Publication
    from chungtay_reports.pipeline import Request

QUOTED = 160  # characters of a change


class Print(Protocol):
    def __call__(self, root: Path, request: Request, reason: str, moment: datetime) -> bytes: ...


class Publish(Protocol):
    def __call__(
        self, root: Path, request: Request, reason: str, moment: datetime, *, signed: tuple[Path, ...]
    ) -> Publication: ...


@dataclass(frozen=True, slots=True)
class Reprint:
    """One edition that is published anew, as asked for on the command line."""

    shell: Shell
    request: Request
    reason: str
    to_sign: Path | None
    signed: Path | None
    output: str

    def run(self, printed: Print, published: Publish, done: str) -> None:
        """Print what is to be signed, or publish; `done` says in Vietnamese what has been done then."""
        if self.to_sign and self.signed:
            raise UsageError("Mỗi lần một việc: --to-sign để lấy bản đem ký; ký xong thì --signed.")
        asked = (self.shell.workspace(), self.request, self.reason, now())
        if self.to_sign:
            self._hand_out(printed(*asked), self.to_sign)
            return
        copies = (self.shell.folder / self.signed,) if self.signed else ()
        self._tell(published(*asked, signed=copies), done)

    def _hand_out(self, pdf: bytes, path: Path) -> None:
        from chungtay_reports.disk import replace_file

        replace_file(self.shell.folder / path, pdf)
        if self.output == "json":
            print_json({"path": str(path)})
            return
        click.echo(str(path))
        self.shell.say(
            "Chưa công bố gì. Ký tệp này (chungtay sign), rồi trong hôm nay chạy lại đúng lệnh này với --signed TỆP_ĐÃ_KÝ.pdf."
        )

    def _tell(self, published: Publication, done: str) -> None:
        from chungtay_reports import life

        if self.output == "json":
            print_json(life.publication_data(published))
            return
        click.echo(f"{published.key}: {done}, {published.version}, mã {published.fingerprint.short}")
        for change in published.changes:
            label = f" ({change.label})" if change.label else ""
            click.echo(f"  {change.where}: “{shown(change.old, QUOTED)}” → “{shown(change.new, QUOTED)}”{label}")
        self.shell.say(
            "Lời thông báo ở content/notices/; dựng lại (chungtay build) để trang đang đăng cũng mang thông báo ấy."
        )


def reprinting(*more: Callable[[Command], Command]) -> Callable[[Callable[[Reprint], None]], Command]:
    """Make a command of what is done with a reprint: it asks for the edition, the reason, `more`, and what is signed."""
    options = together(
        click.argument("edition", metavar="ẤN_PHẨM", shell_complete=complete_archived),
        click.option(
            "--unit", default="", metavar="ĐƠN_VỊ", shell_complete=complete_units, help="Báo cáo của đơn vị này."
        ),
        click.option(
            "--year",
            default="",
            metavar="NĂM_HỌC",
            shell_complete=complete_years,
            help="Báo cáo của năm học này, ví dụ 2023-2024.",
        ),
        click.option("--reason", required=True, metavar="LÝ_DO", help="Vì sao, một câu; in nguyên văn cho bạn đọc."),
        *more,
        click.option(
            "--to-sign",
            type=click.Path(path_type=Path),
            metavar="TỆP.pdf",
            help="Chưa công bố gì, chỉ ghi ra bản PDF sẽ công bố hôm nay để đem ký.",
        ),
        click.option(
            "--signed",
            type=click.Path(path_type=Path),
            metavar="TỆP.pdf",
            help="Công bố bản PDF đã ký này (từ --to-sign, ký bằng chungtay sign) thay cho bản dựng lúc chạy lệnh.",
        ),
        format_option,
    )

    def decorate(act: Callable[[Reprint], None]) -> Command:
        @click.pass_obj
        @wraps(act)
        def command(
            shell: Shell,
            *,
            edition: str,
            unit: str,
            year: str,
            reason: str,
            to_sign: Path | None,
            signed: Path | None,
            output: str,
            as_of: datetime | None = None,
        ) -> None:
            from chungtay_reports.pipeline import Request

            day = as_of.date() if as_of else None
            request = Request(editions=(edition,), units=_one(unit), years=_one(year), as_of=day)
            act(Reprint(shell, request, reason, to_sign, signed, output))

        return options(command)

    return decorate


def _one(name: str) -> tuple[str, ...]:
    return (name,) if name else ()
