"""Sign a printed copy: PAdES B-B, the leader first and then the office; the result proves itself before it is handed out.

The first signature certifies the whole file (DocMDP): level 2 while another field waits to be signed, else level 1. The
last field has a lock of all fields with level 1, so that after it nothing may change.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chungtay_reports import machine
from chungtay_reports.archive.proof import Report, verify
from chungtay_reports.archive.signing.block import drawn
from chungtay_reports.archive.signing.fields import LEADER, OFFICE, Form, Role, form, prepared
from chungtay_reports.archive.signing.stamping import stamper
from chungtay_reports.errors import ContentError, ReportsError, UsageError

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer

RESERVED = 24_000  # bytes for a signature with its certificates, and a timestamp


@dataclass(frozen=True, slots=True)
class Signing:
    """How to sign. `alone`: nobody signs after this; `stamp` is the address of a timestamp authority, or empty."""

    role: Role
    now: datetime
    picture: bytes | None = None
    alone: bool = False
    reason: str = ""
    location: str = ""
    stamp: str = ""
    name: str = "ban-in.pdf"  # of the file, for what is said of it


class SigningError(ReportsError):
    """The signature could not be made, or did not prove itself."""

    exit_code = 1


def sign(pdf: bytes, signer: Signer, how: Signing, trust: Sequence[Path] = ()) -> tuple[bytes, Report]:
    """Sign a copy that proves itself; the signed one and what `verify` says of it. `signer` comes from `keys`."""
    before = _proven(pdf, (), how.name)
    there = form(pdf)
    waiting = _waiting(there, how)
    if not there.fields:
        pdf = prepared(pdf, (how.role, *waiting), there.room)
    signed = _signed(
        pdf, signer, how, first=not before.signatures, others=bool(waiting), visible=there.room is not None
    )
    after = _proven(signed, trust, how.name)
    if len(after.signatures) != len(before.signatures) + 1 or after.signatures[-1].trusted is False:
        raise SigningError("Ký xong nhưng kiểm lại không thấy đúng số chữ ký được tin cậy; tệp không được ghi.")
    return signed, after


def _waiting(there: Form, how: Signing) -> tuple[Role, ...]:
    """List who signs after this one; a field that is taken, or a file that is closed, is refused."""
    role = how.role
    if there.fields.get(role.field):
        raise UsageError(f"Tệp này đã có {role.words.lower()}.")
    if there.fields and role.field not in there.fields:
        raise UsageError(f"Tệp này đã ký khóa, không còn chỗ cho {role.words.lower()}; hãy ký từ bản chưa ký.")
    if not there.fields and role == OFFICE and there.room is not None and not how.alone:
        raise UsageError(
            "Lãnh đạo ký trước, cơ quan ký sau; bản này chưa có chữ ký của lãnh đạo. Chỉ mình cơ quan ký thì thêm --alone."
        )
    if there.fields or how.alone or there.room is None:
        return ()
    return (OFFICE,) if role == LEADER else ()


def _signed(pdf: bytes, signer: Signer, how: Signing, *, first: bool, others: bool, visible: bool) -> bytes:
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter  # noqa: PLC0415 - an extra
    from pyhanko.sign.signers import PdfSignatureMetadata  # noqa: PLC0415

    meta = PdfSignatureMetadata(
        field_name=how.role.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=first,
        docmdp_permissions=MDPPerm.FILL_FORMS if others else MDPPerm.NO_CHANGES,
        reason=how.reason or None,
        location=how.location or None,
    )
    try:
        name = signer.subject_name or ""
        with machine.scratch("sign") as folder:
            block = folder / "khoi.pdf"
            if visible:
                block.write_bytes(drawn(how.role, name, how.now, how.picture))
            maker = _maker(how.now)(
                meta, signer, timestamper=stamper(how.stamp) if how.stamp else None, stamp_style=_style(block)
            )
            out = io.BytesIO()
            maker.sign_pdf(_writer(pdf), existing_fields_only=True, bytes_reserved=RESERVED, output=out)
            return out.getvalue()
    except ReportsError:
        raise
    except Exception as error:
        raise SigningError(f"Không ký được: {type(error).__name__}: {error}") from error


def _maker(now: datetime) -> Any:
    from pyhanko.sign.signers import PdfSigner  # noqa: PLC0415

    class Punctual(PdfSigner):
        """Date a signature with the very second that its block shows, not with a later one of the machine's clock."""

        def init_signing_session(self, *given: Any, **named: Any) -> Any:
            session = super().init_signing_session(*given, **named)
            session.system_time = now
            return session

    return Punctual


def _writer(pdf: bytes) -> Any:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415

    class Faithful(IncrementalPdfFileWriter):
        """Leave the metadata alone: rewritten, they would no longer say PDF/A and PDF/UA as they must."""

        def _update_meta(self) -> None:
            """Change nothing."""

    return Faithful(io.BytesIO(pdf))


def _style(block: Path) -> Any:
    """Put the drawn block where pyHanko would draw one of its own."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    @dataclass(frozen=True, slots=True)
    class Drawn:
        writer: Any = None

        def create_stamp(self, writer: Any, box: Any, text_params: Any) -> Drawn:
            del box, text_params
            return Drawn(writer)

        def apply_appearance(self, annotation: Any) -> None:
            with block.open("rb") as file:
                shown = self.writer.import_page_as_xobject(PdfFileReader(file))
            annotation["/AP"] = generic.DictionaryObject({generic.pdf_name("/N"): shown})  # type: ignore[no-untyped-call]

    return Drawn()


def _proven(pdf: bytes, trust: Sequence[Path], name: str) -> Report:
    """Verify bytes as `chungtay verify` verifies a file; ContentError with all that speaks against them."""
    with machine.scratch("sign") as folder:
        path = folder / name
        path.write_bytes(pdf)
        report = verify(path, trust=trust)
    if not report.sound:
        raise ContentError(report.problems)
    return report
