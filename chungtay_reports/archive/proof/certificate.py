"""`ban-in.json` read back: what a copy says of itself, and whether its embedded files still are those it certifies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chungtay_reports.errors import Code, Place, Problem, other_version
from chungtay_reports.fingerprint import Fingerprint

NOT_OURS = Code(
    "V107",
    "PDF này không phải do chungtay làm ra, hoặc phần chứng minh bên trong đã bị gỡ bỏ; bản PDF/A-1 để nộp lưu vốn không mang "
    "phần ấy, hãy kiểm nó bằng mã kiểm tra của kho lưu trữ",
)
MISSING = Code("V108", "thiếu tệp đính kèm “{name}”, nên không kiểm được trọn vẹn; hãy dùng bản gốc")
CHANGED_FILE = Code("V109", "tệp đính kèm “{name}” không còn như lúc in: mã băm khác trong ban-in.json")
UNREADABLE = Code("V110", "không đọc được tệp đính kèm “{name}” ({reason})")

FILE = "ban-in.json"
NEEDED = ("figures.json", "records.json", "records.csv")
READABLE = "1."


@dataclass(frozen=True, slots=True)
class Certificate:
    """`digests` are SHA-256 by file; `lines` are (where, text) of everything that the edition says."""

    key: str
    kind: str
    title: str
    issued: str
    fingerprint: Fingerprint
    short: str
    digests: Mapping[str, str]
    lines: tuple[tuple[str, str], ...]


def read_certificate(files: Mapping[str, bytes], place: Place) -> tuple[Certificate | None, tuple[Problem, ...]]:
    """Read the certificate and compare the other files with it."""
    if FILE not in files:
        known = any(name in files for name in NEEDED)
        return None, ((MISSING.at(place, name=FILE) if known else NOT_OURS.at(place)),)
    try:
        data = json.loads(files[FILE], object_pairs_hook=_no_repeats)
        if not str(data["version"]).startswith(READABLE):
            return None, (UNREADABLE.at(place, name=FILE, reason=other_version(data["version"])),)
        certificate = _certificate(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return None, (UNREADABLE.at(place, name=FILE, reason=f"{type(error).__name__} {error}"),)
    return certificate, tuple(_differences(certificate, files, place))


def _certificate(data: Any) -> Certificate:
    found = data["fingerprint"]
    texts = {name: _text(data[name]) for name in ("key", "kind", "title", "issued")}
    return Certificate(
        **texts,
        fingerprint=Fingerprint(_text(found["figures"]), _text(found["text"])),
        short=_text(found["short"]),
        digests={_text(name): _text(digest) for name, digest in data["files"].items()},
        lines=tuple((_text(where), _text(text)) for where, text in data["lines"]),
    )


def _differences(certificate: Certificate, files: Mapping[str, bytes], place: Place) -> Iterator[Problem]:
    # what shows no figures has its certificate alone; that it is so is in its fingerprint
    for name in dict.fromkeys((*NEEDED, *sorted(certificate.digests))) if certificate.digests else ():
        if name not in files:
            yield MISSING.at(place, name=name)
        elif hashlib.sha256(files[name]).hexdigest() != certificate.digests.get(name):
            yield CHANGED_FILE.at(place, name=name)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"cần chữ, không phải {value!r}")
    return value


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("khóa lặp lại")
    return found
