"""`chung-thuc.json`: which versions of which editions were published, so that a copy can be told to be the newest.

A small file that may lie anywhere, on a site or beside a PDF: docs/kiem-chung.md describes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import Publication, State, newest
from chungtay_reports.errors import ReportsError, other_version

SCHEMA = "urn:chungtay-reports:schema:index-1"
VERSION = "1.0"
READABLE = "1."
FILE = "chung-thuc.json"
LARGEST = 50_000_000  # bytes


class IndexUnreadableError(ReportsError):
    """The text is not a chung-thuc.json that this program understands."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """One published version; `digest` is that of its fingerprint, `pdf` are the SHA-256 of the PDFs that carry it."""

    key: str
    title: str
    version: str  # “v1”
    state: str  # published | corrected | withdrawn
    published: str
    digest: str
    short: str
    reason: str
    pdf: tuple[str, ...]


def index_of(archive: Path) -> tuple[Listed, ...]:
    """List every version of every edition that an archive holds, by key, oldest first."""
    store = Store(archive)
    found = ((id_, newest(store, id_)) for id_ in store.objects())
    held = sorted(((one.key, id_, one) for id_, one in found if one), key=lambda each: each[0])
    return tuple(
        _listed(version, _pdf(store, id_, version)) for _, id_, last in held for version in (*last.history, last)
    )


def to_json(listed: Iterable[Listed]) -> str:
    """Write chung-thuc.json, one version on a line."""
    rows = ",\n".join(json.dumps(asdict(one), ensure_ascii=False) for one in listed)
    return f'{{\n"$schema": "{SCHEMA}",\n"version": "{VERSION}",\n"publications": [\n{rows}\n]\n}}\n'


def read_index(text: str) -> tuple[Listed, ...]:
    """Read chung-thuc.json back."""
    try:
        data = json.loads(text)
        return tuple(map(_read, _rows(data)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IndexUnreadableError(
            f"Tệp nêu sau --index không phải danh sách đã công bố; hãy lấy tệp {FILE} từ trang phát hành, "
            "hoặc lập bằng chungtay archive index."
        ) from error


def superseding(digest: str, key: str, listed: tuple[Listed, ...]) -> tuple[Listed | None, Listed | None]:
    """Find the version with that fingerprint, and the newest one of its edition; None when there is none."""
    own = [one for one in listed if one.key == key]
    found = [one for one in own if one.digest == digest]
    return (found[-1] if found else None), (own[-1] if own else None)


def _listed(one: Publication, pdf: tuple[str, ...]) -> Listed:
    return Listed(
        key=one.key,
        title=one.title,
        version=one.version,
        state=one.state.value,
        published=one.published.isoformat(),
        digest=one.fingerprint.digest,
        short=one.fingerprint.short,
        reason=one.reason,
        pdf=pdf,
    )


def _pdf(store: Store, id_: str, one: Publication) -> tuple[str, ...]:
    paths = [path for role, path in sorted(one.files.items()) if role.startswith("pdf")]
    return tuple(hashlib.sha256(store.read(id_, path, one.number)).hexdigest() for path in paths)


def _rows(data: Any) -> list[Any]:
    if not str(data["version"]).startswith(READABLE):
        raise IndexUnreadableError(f"Danh sách đã công bố nêu sau --index {other_version(data['version'])}.")
    return list(data["publications"])


def _read(row: Any) -> Listed:
    fields = ("key", "title", "version", "state", "published", "digest", "short", "reason")
    texts = {name: row[name] for name in fields}
    if not all(isinstance(value, str) for value in (*texts.values(), *row["pdf"])):
        raise TypeError("mọi mục phải là chữ")
    State(texts["state"])
    return Listed(**texts, pdf=tuple(row["pdf"]))
