"""PDFs that were signed before they are published: each must be the very edition that goes out, and prove itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chungtay_reports.archive import proof
from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.proof import reading
from chungtay_reports.archive.publication import Publication, object_id
from chungtay_reports.archive.signing import keys
from chungtay_reports.archive.signing.fields import ROLES, form
from chungtay_reports.errors import Code, ContentError, Place
from chungtay_reports.fingerprint import Work, fingerprint

OTHER = Code(
    "S108",
    "bản đã ký không phải bản đang công bố ({reason}); lấy lại bản để ký bằng build --final (đính chính, thu hồi: --to-sign)",
)
OPEN = Code(
    "S111",
    "tệp còn ô trống của {roles}: công bố rồi, ai cũng ký thêm vào đó được; hãy ký nốt, hoặc ký lại từ bản chưa ký với --alone",
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed copy; `pages` are the digests of what was drawn when it was printed."""

    place: Place
    data: bytes
    key: str
    digest: str
    pages: tuple[str, ...]


def read_signed(paths: Sequence[Path]) -> Mapping[str, Signed]:
    """Read signed copies by their edition; ContentError with all that speaks against one of them."""
    if paths:
        keys.require_library()
    found: dict[str, Signed] = {}
    for path in paths:
        report, place = proof.verify(path), Place(path.name)
        if not report.sound:
            raise ContentError(report.problems)
        if not report.signed:
            raise ContentError((OTHER.at(place, reason="tệp chưa có chữ ký số"),))
        data = path.read_bytes()
        if waiting := [name for name, taken in form(data).fields.items() if not taken]:
            roles = ", ".join(ROLES[name].words.lower() if name in ROLES else name for name in waiting)
            raise ContentError((OPEN.at(place, roles=roles),))
        if report.key in found:
            both = f"{found[report.key].place.file} cũng là bản đã ký của ấn phẩm ấy; hãy nêu một bản"
            raise ContentError((OTHER.at(place, reason=both),))
        found[report.key] = Signed(place, data, report.key, report.digest, reading.read(data, place).said)
    return found


def require(one: Signed, work: Work, printed: bytes) -> None:
    """Refuse a signed copy of other figures, of another text, or that was set otherwise than what goes out."""
    if one.digest != fingerprint(work).digest:
        raise ContentError((OTHER.at(one.place, reason="con số hoặc lời văn đã khác"),))
    if one.pages != reading.read(printed, one.place).said:
        why = "trang in khác: có thể còn dấu bản thảo, hoặc lời thông báo mang lý do, ngày khác"
        raise ContentError((OTHER.at(one.place, reason=why),))


def not_archived(
    found: Mapping[str, Signed], store: Store | None, office: str, known: Mapping[str, Publication]
) -> dict[str, Signed]:
    """Leave out the copies that the archive has, as after a run that was cut short; refuse others of what is published."""
    for key in sorted(set(found) & set(known)):
        one, last = found[key], known[key]
        kept = store.read(object_id(office, key), last.files["pdf"]) if store and "pdf" in last.files else b""
        if kept != one.data:
            reason = f"{key} đã công bố {last.version} với một tệp PDF khác, không thay được nữa"
            raise ContentError((OTHER.at(one.place, reason=reason),))
    return {key: one for key, one in found.items() if key not in known}


def refuse_strangers(found: Mapping[str, Signed], published: Sequence[str]) -> None:
    """Refuse a signed copy of an edition that is not being published."""
    for key in sorted(set(found) - set(published)):
        raise ContentError((OTHER.at(found[key].place, reason=f"{key} không nằm trong lần công bố này"),))
