"""The signer's key: a PKCS#12 file that only its owner can read, or a PKCS#11 token that never gives it away."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from chungtay_reports import machine
from chungtay_reports.errors import MachineError, ReportsError, UsageError, why
from chungtay_reports.model import HANOI
from chungtay_reports.vietnamese import press_date

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

LARGEST = 1_000_000  # bytes of a PKCS#12 file
MISSING = (
    "Máy này chưa cài phần ký số. Cài bằng: pip install 'chungtay-reports[sign]' (từ kho mã: pip install -e '.[sign]')."
)


class UnusableKeyError(ReportsError):
    """The key cannot be used as it lies, or not with this passphrase."""

    exit_code = 1


def require_library() -> None:
    """Say how to install what signing needs, when it is not there."""
    try:
        import pyhanko.sign  # noqa: F401, PLC0415 - an extra
    except ImportError as error:
        raise MachineError(MISSING) from error


def from_file(path: Path, passphrase: str) -> Signer:
    """Load the key and certificates of a PKCS#12 file."""
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415

    data = guarded(path)
    try:
        signer: Signer = SimpleSigner.load_pkcs12_data(data, other_certs=(), passphrase=passphrase.encode())
    except Exception as error:
        raise UnusableKeyError(f"Không mở được khóa {path.name}: sai mật khẩu, hoặc không phải tệp PKCS#12.") from error
    return signer


def guarded(path: Path) -> bytes:
    """Read a key file; refused when others can read it, or when it lies where it would be published or archived."""
    try:
        handle = os.open(path, machine.READ)
    except OSError as error:
        raise UsageError(f"Không mở được khóa {path}: {why(error)}.") from error
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            raise UnusableKeyError(f"{path.name} không phải một tệp khóa PKCS#12.")
        if os.name == "posix" and found.st_mode & 0o077:
            raise UnusableKeyError(
                f"Người khác đọc được tệp khóa {path.name}; hãy giữ riêng nó bằng lệnh: chmod 600 {path.name}"
            )
        if _in_workspace(path):
            raise UnusableKeyError(
                f"Tệp khóa {path.name} nằm trong kho dữ liệu; hãy chuyển ra ngoài để không bị chép đi cùng."
            )
        return file.read()


def refuse_other_times(signer: Signer, now: datetime) -> None:
    """Refuse a certificate that has ended, or has not begun: nobody would believe what it signs."""
    found = signer.signing_cert
    if found is None:
        return
    since, until = found.not_valid_before, found.not_valid_after
    if not since <= now <= until:
        fault = "đã hết hạn" if now > until else "chưa có hiệu lực"
        raise UnusableKeyError(
            f"Chứng thư của {signer.subject_name} {fault}: chỉ dùng được từ {press_date(since.astimezone(HANOI).date())} "
            f"đến {press_date(until.astimezone(HANOI).date())}. Hãy dùng chứng thư còn hạn."
        )


@contextlib.contextmanager
def from_token(library: Path, token: str, certificate: str, pin: str) -> Iterator[Signer]:
    """Open a token and use the key of that label; the session ends with the block."""
    from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415
    from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session  # noqa: PLC0415

    if not library.is_file():
        raise UsageError(f"Không có thư viện PKCS#11 {library}; hỏi nơi cấp thiết bị ký để biết tên tệp .so của nó.")
    try:
        session = open_pkcs11_session(str(library), token_criteria=TokenCriteria(label=token), user_pin=pin)
    except Exception as error:
        raise UnusableKeyError(f"Không mở được thiết bị “{token}”: sai mã PIN, hoặc chưa cắm thiết bị.") from error
    with contextlib.closing(session):
        signer = PKCS11Signer(session, cert_label=certificate, key_label=certificate, other_certs_to_pull=None)
        try:
            signer.signing_cert  # noqa: B018 - read from the token now, not amid signing
        except Exception as error:
            raise UnusableKeyError(f"Thiết bị “{token}” không có chứng thư tên “{certificate}”.") from error
        yield signer


def _in_workspace(path: Path) -> bool:
    return any((folder / "chungtay.yaml").is_file() for folder in path.resolve().parents)
