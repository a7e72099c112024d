"""What lets a single copy prove itself: the files embedded in a PDF, its certificate `ban-in.json`, its code and QR.

docs/kiem-chung.md says for readers what they hold; `archive/proof` reads them back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import segno

from chungtay_reports.edition import Edition
from chungtay_reports.fingerprint import Fingerprint, fingerprint, text_lines
from chungtay_reports.official.paper import Paper
from chungtay_reports.press import Attached
from chungtay_reports.settings import Settings

SCHEMA = "urn:chungtay-reports:schema:copy-1"
VERSION = "1.0"
FILE = "ban-in.json"

# The files that travel inside a PDF: their type, what they are to it, and what they hold.
EMBEDDED = {
    "figures.json": ("application/json", "Data", "Sổ số liệu: mỗi con số đã in, định nghĩa và các bản ghi"),
    "records.json": ("application/json", "Source", "Các bản ghi và đơn vị, đủ để tính lại mọi con số"),
    "records.csv": ("text/csv", "Source", "Các bản ghi mà số liệu được tính từ đó, để đọc bằng bảng tính"),
    FILE: (
        "application/json",
        "Supplement",
        "Giấy chứng của bản in: mã, dấu vân tay, chữ đã in, mã băm của các tệp trên",
    ),
}
# 128 bits of the digest: more than anyone can find a second text for, and a code that a telephone reads at arm's length.
QR_DIGITS = 32
VERIFY_PAGE = "kiem-chung/"

Work = Edition | Paper


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands at the end of a document: its code, the QR as paths of one SVG, and the address that it holds."""

    code: str
    svg: str
    address: str


def mark(work: Work, settings: Settings) -> Mark:
    """Make the code and the QR of a work; the QR leads to the site's page of verification when there is a site."""
    found = fingerprint(work)
    where = address(key(work), found.digest, settings)
    return Mark(found.short, _svg(where, found.short), where)


def address(edition: str, digest: str, settings: Settings) -> str:
    """Write what the QR holds: an address of the site, or a URN that `verify` understands."""
    base = settings.publishing.base_url.rstrip("/")
    tail = f"?d={digest[:QR_DIGITS]}"
    return f"{base}/{VERIFY_PAGE}{tail}&k={edition}" if base else f"urn:chungtay:{edition}{tail}"


def key(work: Work) -> str:
    """Name an edition as everywhere: its folder below build/."""
    return work.folder if isinstance(work, Paper) else work.slug


def attachments(work: Work, made: Mapping[str, bytes]) -> tuple[Attached, ...]:
    """Choose from a work's data files those that travel in its PDF, and certify them; a letter has its certificate alone."""
    files = {name: made[name] for name in EMBEDDED if name in made}
    files[FILE] = _certificate(work, files)
    return tuple(Attached(name, *EMBEDDED[name], data) for name, data in files.items())


def _certificate(work: Work, files: Mapping[str, bytes]) -> bytes:
    found: Fingerprint = fingerprint(work)
    lines = [[line.where, line.text] for line in text_lines(work)]
    head = {
        "$schema": SCHEMA,
        "version": VERSION,
        "key": key(work),
        "kind": work.kind,
        "title": _title(work),
        "issued": work.dated.isoformat() if isinstance(work, Paper) else work.issued.isoformat(),
        "fingerprint": {"figures": found.figures, "text": found.text, "digest": found.digest, "short": found.short},
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    rows = [f"{_json(name)}: {_json(value)}" for name, value in head.items()]
    rows.append('"lines": [\n' + ",\n".join(map(_json, lines)) + "\n]")
    return ("{\n" + ",\n".join(rows) + "\n}\n").encode()


def _title(work: Work) -> str:
    if isinstance(work, Paper):
        return work.title or work.letterhead.subject
    return next(line.text for line in text_lines(work) if line.where == "tít")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


@cache
def _svg(where: str, code: str) -> str:
    """Draw a QR as one path: crisp at any size, and a figure with words for those who do not see it."""
    qr = segno.make(where, error="m", micro=False, boost_error=False)
    width, height = qr.symbol_size(border=0)
    runs = [
        f"M{left} {y}h{length}v1h-{length}z" for y, row in enumerate(qr.matrix) for left, length in _runs(bytes(row))
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
        f"<title>Mã QR của bản này, mã kiểm chứng {code}</title>"
        f'<path fill="#000" d="{"".join(runs)}"/></svg>'
    )


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Find the dark stretches of a row of modules: where each begins, and how long it is."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
