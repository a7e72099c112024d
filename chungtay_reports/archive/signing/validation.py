"""Who signed a PDF, when, how much of it, and what was done to it afterwards; imported in the fenced process of `verify`."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from chungtay_reports.archive.proof.report import Signature
from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.model import HANOI
from chungtay_reports.vietnamese import press_date

NOT_CHECKED = Code(
    "S101",
    "tệp có chữ ký số nhưng máy này chưa cài phần kiểm chữ ký; cài bằng: pip install 'chungtay-reports[sign]'",
    Severity.WARNING,
)
BROKEN = Code("S102", "chữ ký của {signer} đã hỏng: nội dung được ký bị sửa sau khi ký")
UNTRUSTED = Code("S103", "chứng thư của {signer} không do nơi được tin cậy cấp, hoặc không để ký văn bản")
ALTERED = Code("S104", "sau chữ ký của {signer} tệp bị sửa theo cách không được phép: {what}")
NOT_LAST = Code("S105", "chữ ký cuối cùng không phủ đến hết tệp: có phần được ghi thêm sau khi ký")
UNREADABLE = Code("S106", "không đọc được chữ ký số trong tệp ({reason})")
LOOSE = Code(
    "S107", "tệp có {count} chữ ký nhưng chữ ký đầu không chứng nhận cả văn bản (thiếu DocMDP)", Severity.WARNING
)
OUT_OF_DAYS = Code(
    "S110", "chứng thư của {signer} chỉ có hiệu lực từ {since} đến {until}, mà chữ ký đề {time}: ngoài những ngày ấy"
)
STAMP = Code("S109", "dấu thời gian trên chữ ký của {signer} không dùng được: {reason}")

COVERAGE = {
    "ENTIRE_FILE": "ký toàn bộ tệp",
    "ENTIRE_REVISION": "ký toàn bộ tệp lúc ấy, về sau có ghi thêm",
    "CONTIGUOUS_BLOCK_FROM_START": "chỉ ký một phần đầu của tệp",
    "UNCLEAR": "không rõ ký phần nào",
}
CHANGES = {
    "NONE": "từ đó không sửa gì",
    "LTA_UPDATES": "về sau chỉ thêm dữ liệu để kiểm chữ ký lâu dài",
    "FORM_FILLING": "về sau chỉ ký thêm, đúng như được phép",
    "ANNOTATIONS": "về sau có thêm ghi chú",
    "OTHER": "về sau có sửa nội dung",
}
ALLOWED = frozenset({"NONE", "LTA_UPDATES", "FORM_FILLING"})
ROLES = {"lanh-dao": "lãnh đạo", "co-quan": "cơ quan"}


def validated(
    content: bytes, place: Place, trust: tuple[str, ...]
) -> tuple[tuple[Signature, ...], tuple[Problem, ...]]:
    """Check every signature; with `trust`, files of certificates, also who issued their certificates."""
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - an extra
    except ImportError:
        return (), (NOT_CHECKED.at(place),)
    try:
        found = PdfFileReader(io.BytesIO(content)).embedded_signatures
        roots = tuple(_certificates(trust)) if trust else None
        statuses = [(one, _status(one, roots)) for one in found]
    except Exception as error:  # noqa: BLE001 - a stranger's file may break the library anywhere
        return (), (UNREADABLE.at(place, reason=f"{type(error).__name__}: {error}"),)
    signatures = tuple(_signature(one, status, trusting=roots is not None) for one, status in statuses)
    return signatures, tuple(_problems(signatures, statuses, place))


def _certificates(files: tuple[str, ...]) -> Any:
    from pyhanko.keys import load_certs_from_pemder_data  # noqa: PLC0415

    for file in files:
        yield from load_certs_from_pemder_data(Path(file).read_bytes())


def _status(one: Any, roots: tuple[Any, ...] | None) -> Any:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    # as of the signing: a certificate lasts some years, what was signed with it has to last for decades
    context = ValidationContext(trust_roots=list(roots or ()), allow_fetching=False, moment=_moment(one))
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    return validate_pdf_signature(one, context, key_usage_settings=usage)


def _moment(one: Any) -> datetime | None:
    """Say when a copy was signed: as an authority attests, else as the signer's own clock had it."""
    for attribute in one.signer_info["unsigned_attrs"]:
        if attribute["type"].native == "signature_time_stamp_token":
            return _placed(attribute["values"][0]["content"]["encap_content_info"]["content"].parsed["gen_time"].native)
    return _placed(one.self_reported_timestamp)


def _placed(time: datetime | None) -> datetime | None:
    """Take a time that does not say of which zone it is for one of Hanoi."""
    return time.replace(tzinfo=HANOI) if time and time.tzinfo is None else time


def _signature(one: Any, status: Any, *, trusting: bool) -> Signature:
    certificate = status.signing_cert
    stamp = status.timestamp_validity
    stamped = stamp is not None and not _stamp_fault(stamp, trusting=trusting)
    time = _placed(stamp.timestamp if stamped else status.signer_reported_dt)
    level = status.modification_level
    since, until = certificate.not_valid_before, certificate.not_valid_after
    return Signature(
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        time=f"{_day(time)} {time.astimezone(HANOI):%H:%M:%S} (giờ Việt Nam)" if time else "không ghi thời điểm",
        role=ROLES.get(str(one.field_name), str(one.field_name)),
        intact=bool(status.intact and status.valid),
        trusted=bool(status.trusted) if trusting else None,
        coverage=COVERAGE.get(status.coverage.name, status.coverage.name),
        changes=CHANGES.get(level.name, level.name) if level else "không so được với lúc ký",
        stamped=stamped,
        stamper=_name(stamp.signing_cert.subject) if stamped else "",
        since=_day(since),
        until=_day(until),
        in_days=since <= time <= until if time else None,
    )


def _problems(signatures: tuple[Signature, ...], statuses: list[tuple[Any, Any]], place: Place) -> Any:
    for signature, (_, status) in zip(signatures, statuses, strict=True):
        level = status.modification_level.name if status.modification_level else "OTHER"
        if not signature.intact:
            yield BROKEN.at(place, signer=signature.signer)
        elif level not in ALLOWED or status.docmdp_ok is False:
            yield ALTERED.at(place, signer=signature.signer, what=signature.changes)
        if signature.in_days is False:
            said = {"since": signature.since, "until": signature.until, "time": signature.time}
            yield OUT_OF_DAYS.at(place, signer=signature.signer, **said)
        elif signature.trusted is False:
            yield UNTRUSTED.at(place, signer=signature.signer)
        fault = _stamp_fault(status.timestamp_validity, trusting=signature.trusted is not None)
        if fault:
            yield STAMP.at(place, signer=signature.signer, reason=fault)
    if statuses and statuses[-1][1].coverage.name != "ENTIRE_FILE":
        yield NOT_LAST.at(place)
    if statuses and statuses[0][0].docmdp_level is None:
        yield LOOSE.at(place, count=len(statuses))


def _stamp_fault(stamp: Any, *, trusting: bool) -> str:
    """Say why the time that an authority attests may not be believed; nothing when it may, or there is none."""
    if stamp is None:
        return ""
    if not (stamp.intact and stamp.valid):
        return "nó đã hỏng, hoặc không phải của chữ ký này"
    if trusting and not stamp.trusted:
        return f"{_name(stamp.signing_cert.subject)} không phải nơi cấp dấu thời gian được tin cậy"
    return ""


def _day(time: datetime) -> str:
    return press_date(time.astimezone(HANOI).date())


def _name(name: Any) -> str:
    """Name a person or an authority as their certificate does: “Nguyễn Văn A, Sở GD&ĐT Hà Nội”."""
    native: Mapping[str, Any] = name.native
    parts = (native.get("common_name"), native.get("organization_name"))
    return ", ".join(dict.fromkeys(str(part) for part in parts if part)) or name.human_friendly
