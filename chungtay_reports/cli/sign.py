"""`chungtay sign`: a digital signature on a printed copy, with a key file or a token."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from chungtay_reports.cli.shell import Shell, format_option, now, print_json
from chungtay_reports.errors import UsageError, why

PASSPHRASE = "CHUNGTAY_KEY_PASSPHRASE"  # noqa: S105 - the name of a variable
SIGNED = "-da-ky"


@click.command("sign", options_metavar="[TÙY_CHỌN]")
@click.argument("file", type=click.Path(path_type=Path), metavar="TỆP.pdf")
@click.option("--p12", type=click.Path(path_type=Path), metavar="TỆP", help="Khóa trong tệp PKCS#12 (.p12, .pfx).")
@click.option("--pkcs11", type=click.Path(path_type=Path), metavar="TỆP.so", help="Thư viện của thiết bị ký (PKCS#11).")
@click.option("--token", metavar="TÊN", help="Tên thiết bị ký, khi dùng --pkcs11.")
@click.option("--cert", metavar="TÊN", help="Tên chứng thư trong thiết bị, khi dùng --pkcs11.")
@click.option(
    "--role",
    type=click.Choice(["lanh-dao", "co-quan"]),
    default="lanh-dao",
    show_default=True,
    help="Ai ký: người có thẩm quyền (xanh, giữa chức vụ và họ tên) hay cơ quan (đỏ, trùm 1/3 bên trái).",
)
@click.option(
    "--image", type=click.Path(path_type=Path), metavar="TỆP.png", help="Ảnh chữ ký hoặc dấu, nền trong suốt."
)
@click.option("--alone", is_flag=True, help="Không ai ký sau nữa: khóa tệp ngay.")
@click.option("--reason", default="", metavar="LÝ_DO", help="Lý do ký, ghi trong chữ ký.")
@click.option("--location", default="", metavar="NƠI", help="Nơi ký, ghi trong chữ ký.")
@click.option("--tsa", default="", metavar="ĐỊA_CHỈ", help="Nơi cấp dấu thời gian; không nêu thì không dùng mạng.")
@click.option(
    "--trust", type=click.Path(path_type=Path), multiple=True, metavar="CHỨNG_THƯ", help="Chứng thư gốc để kiểm lại."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="TỆP", help="Ghi ra tệp này thay vì TỆP-da-ky.pdf.")
@click.option("--passphrase-fd", type=int, metavar="SỐ", help="Đọc mật khẩu khóa từ bộ mô tả tệp này.")
@format_option
@click.pass_obj
def command(shell: Shell, /, *, file: Path, output: str, out: Path | None, **options: Any) -> None:
    """Ký số một tệp PDF do chungtay làm ra (PAdES), giữ nguyên PDF/A-3a và PDF/UA-1, rồi kiểm lại ngay.

    Báo cáo ký hai lần: lãnh đạo trước, cơ quan sau. Mật khẩu được hỏi khi chạy, hoặc đọc từ --passphrase-fd, hoặc từ
    biến môi trường CHUNGTAY_KEY_PASSPHRASE; không bao giờ ghi lại ở đâu.
    """
    from chungtay_reports.archive import proof
    from chungtay_reports.archive.signing import keys, signer
    from chungtay_reports.archive.signing.fields import ROLES
    from chungtay_reports.disk import replace_file

    keys.require_library()
    source = shell.folder / file
    how = signer.Signing(
        role=ROLES[options["role"]],
        now=now(),
        picture=_picture(shell, options["image"]),
        alone=options["alone"],
        reason=options["reason"],
        location=options["location"],
        stamp=options["tsa"],
    )
    pdf = _read(source)
    with _key(shell, options) as key:
        signed, report = signer.sign(pdf, key, how, [shell.folder / one for one in options["trust"]])
    target = shell.folder / out if out else _beside(source)
    replace_file(target, signed)
    if output == "json":
        print_json({"path": str(target), **proof.data(report)})
        return
    click.echo(str(target))
    for sentence in proof.sentences(report):
        shell.say(sentence)


def _beside(source: Path) -> Path:
    stem = source.stem if source.stem.endswith(SIGNED) else f"{source.stem}{SIGNED}"
    return source.with_name(f"{stem}.pdf")


@contextlib.contextmanager
def _key(shell: Shell, options: dict[str, Any]) -> Iterator[Any]:
    from chungtay_reports.archive.signing import keys

    file, library = options["p12"], options["pkcs11"]
    if bool(file) == bool(library):
        raise UsageError("Hãy nêu một khóa: --p12 TỆP, hoặc --pkcs11 TỆP.so --token TÊN --cert TÊN.")
    if library:
        if not (options["token"] and options["cert"]):
            raise UsageError("Dùng thiết bị ký thì cần cả --token TÊN và --cert TÊN.")
        pin = _passphrase(options["passphrase_fd"], f"Mã PIN của thiết bị “{options['token']}”")
        with keys.from_token(shell.folder / library, options["token"], options["cert"], pin) as key:
            yield key
        return
    path = shell.folder / file
    keys.guarded(path)  # before anyone types a secret
    yield keys.from_file(path, _passphrase(options["passphrase_fd"], f"Mật khẩu của khóa {path.name}"))


def _passphrase(descriptor: int | None, question: str) -> str:
    if descriptor is not None:
        try:
            with os.fdopen(descriptor, "r", encoding="utf-8") as file:
                return file.readline().rstrip("\n")
        except OSError as error:
            raise UsageError(f"Không đọc được mật khẩu từ --passphrase-fd {descriptor}.") from error
    if PASSPHRASE in os.environ:
        return os.environ[PASSPHRASE]
    answer: str = click.prompt(question, hide_input=True, err=True)
    return answer


def _picture(shell: Shell, path: Path | None) -> bytes | None:
    if path is None:
        return None
    data = _read(shell.folder / path)
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or len(data) > 5_000_000:
        raise UsageError(f"{path.name} không phải ảnh PNG dưới 5 MB; nghị định yêu cầu ảnh .png nền trong suốt.")
    return data


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UsageError(f"Không có tệp {path}.")
        if path.stat().st_size > 100_000_000:
            raise UsageError(f"{path.name} lớn quá 100 MB.")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"Không mở được {path}: {why(error)}.") from error
