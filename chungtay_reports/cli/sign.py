"""`chungtay sign`: a digital signature on a printed copy, with a key file or a token."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chungtay_reports.cli.options import trust_option
from chungtay_reports.cli.shell import Shell, format_option, now, print_json
from chungtay_reports.errors import UsageError, why

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

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
@trust_option
@click.option("--out", type=click.Path(path_type=Path), metavar="TỆP", help="Ghi ra tệp này thay vì TỆP-da-ky.pdf.")
@click.option("--passphrase-fd", type=int, metavar="SỐ", help="Đọc mật khẩu khóa từ bộ mô tả tệp này.")
@format_option
@click.pass_obj
def command(
    shell: Shell,
    *,
    file: Path,
    p12: Path | None,
    pkcs11: Path | None,
    token: str | None,
    cert: str | None,
    role: str,
    image: Path | None,
    alone: bool,
    reason: str,
    location: str,
    tsa: str,
    trust: tuple[Path, ...],
    out: Path | None,
    passphrase_fd: int | None,
    output: str,
) -> None:
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
        role=ROLES[role],
        now=now(),
        picture=_picture(shell, image),
        alone=alone,
        reason=reason,
        location=location,
        stamp=tsa,
        name=source.name,
    )
    pdf = _read(source)
    with _key(shell, p12=p12, pkcs11=pkcs11, token=token, cert=cert, descriptor=passphrase_fd) as key:
        keys.refuse_other_times(key, how.now)
        signed, report = signer.sign(pdf, key, how, [shell.folder / one for one in trust])
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
def _key(
    shell: Shell, *, p12: Path | None, pkcs11: Path | None, token: str | None, cert: str | None, descriptor: int | None
) -> Iterator[Signer]:
    from chungtay_reports.archive.signing import keys

    if pkcs11 and not p12:
        if not (token and cert):
            raise UsageError("Dùng thiết bị ký thì cần cả --token TÊN và --cert TÊN.")
        pin = _passphrase(descriptor, f"Mã PIN của thiết bị “{token}”")
        with keys.from_token(shell.folder / pkcs11, token, cert, pin) as key:
            yield key
    elif p12 and not pkcs11:
        path = shell.folder / p12
        keys.guarded(path)  # before anyone types a secret
        yield keys.from_file(path, _passphrase(descriptor, f"Mật khẩu của khóa {path.name}"))
    else:
        raise UsageError("Hãy nêu một khóa: --p12 TỆP, hoặc --pkcs11 TỆP.so --token TÊN --cert TÊN.")


def _passphrase(descriptor: int | None, question: str) -> str:
    if descriptor is not None:
        try:
            with os.fdopen(descriptor, "r", encoding="utf-8") as file:
                return file.readline().rstrip("\n")
        except (OSError, ValueError):  # no such file, or not UTF-8; what was read stays out of any trace
            raise UsageError(f"Không đọc được mật khẩu từ --passphrase-fd {descriptor}.") from None
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
