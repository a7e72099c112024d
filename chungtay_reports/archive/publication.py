"""What was published: the record `an-pham.json` in every version of an archived edition, written and read back.

docs/an-pham-json.md describes the form; its schema is named `urn:chungtay-reports:schema:publication-1`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from chungtay_reports.archive.ocfl import Store
from chungtay_reports.edition import Change
from chungtay_reports.errors import ReportsError
from chungtay_reports.fingerprint import Fingerprint
from chungtay_reports.model import Period

SCHEMA = "urn:chungtay-reports:schema:publication-1"
FILE = "an-pham.json"
__all__ = [
    "FILE",
    "SCHEMA",
    "Approval",
    "Change",
    "Publication",
    "PublicationUnreadableError",
    "State",
    "identified",
    "newest",
    "object_id",
    "publications",
    "read_publication",
    "to_json",
]

MAX_SIZE = 5_000_000  # bytes; a hostile archive must not fill the memory


class State(StrEnum):
    """Where an edition is in its life; an archive holds the last three only."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved what: `digest` is that of the fingerprint on the day of approval."""

    by: str  # id in content/people.yaml
    name: str
    post: str
    on: date
    digest: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One published version. `history` are the versions before it, oldest first; it is not part of the record."""

    key: str  # “2023-08-tam-thang-chung-tay”, “bao-cao-nam-hoc/2023-2024/quan-cau-giay”
    kind: str  # ban-tin | bao-cao
    slug: str
    unit: str
    year: str
    title: str
    issue: str
    issued: datetime
    published: datetime
    as_of: date
    period: Period
    state: State
    version: str  # “v1”
    approvals: tuple[Approval, ...]
    fingerprint: Fingerprint
    reason: str  # why it was corrected or withdrawn, or empty
    changes: tuple[Change, ...]
    embargo: datetime | None
    files: dict[str, str]  # what a file is → its logical path: {"pdf": "tai-lieu/….pdf", "luu-tru": "luu-tru/….pdf"}
    history: tuple[Publication, ...] = ()

    @property
    def number(self) -> int:
        """The number of the version."""
        return int(self.version.removeprefix("v"))


class PublicationUnreadableError(ReportsError):
    """The text is not an an-pham.json that this program understands."""

    exit_code = 1


def object_id(office: str, key: str) -> str:
    """Name the archive's object of an edition: “urn:chungtay:so-gddt-ha-noi:bao-cao-nam-hoc:2023-2024:quan-cau-giay”."""
    return f"urn:chungtay:{office}:{key.replace('/', ':')}"


def to_json(publication: Publication) -> str:
    """Write an-pham.json, one field on a line, in the order of the class."""
    names = [field.name for field in fields(publication) if field.name != "history"]
    data = {"$schema": SCHEMA} | {name: _plain(getattr(publication, name)) for name in names}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_publication(text: str) -> Publication:
    """Read an-pham.json strictly: `read_publication(to_json(publication)) == publication` but for the history."""
    try:
        data = json.loads(text, object_pairs_hook=_no_repeats)
        if not isinstance(data, dict) or data.pop("$schema", None) != SCHEMA:
            raise PublicationUnreadableError(f"Tệp {FILE} không khai “$schema” là {SCHEMA}.")
        return Publication(**{name: READERS[name](value) for name, value in data.items()})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PublicationUnreadableError(f"Không đọc được {FILE}: {type(error).__name__} {error}") from error


def publications(archive_root: Path) -> tuple[Publication, ...]:
    """Read the newest version of every published edition, by key, each with its `history`; none without an archive."""
    store = Store.find(archive_root)
    return tuple(publication for _, publication in identified(store)) if store else ()


def identified(store: Store) -> tuple[tuple[str, Publication], ...]:
    """Read the same with the id of each object."""
    found = [(id_, publication) for id_ in store.objects() if (publication := newest(store, id_))]
    return tuple(sorted(found, key=lambda each: each[1].key))


def newest(store: Store, object_id: str) -> Publication | None:
    """Read the newest version of an object with its history; None when there is no such object, or it is no edition."""
    inventory = store.inventory(object_id)
    if inventory is None or FILE not in inventory.version().state:
        return None
    *before, last = (_read(store, object_id, version.number) for version in inventory.versions)
    return replace(last, history=tuple(before))


def _read(store: Store, object_id: str, version: int) -> Publication:
    data = store.read(object_id, FILE, version)
    if len(data) > MAX_SIZE:
        raise PublicationUnreadableError(f"{FILE} của {object_id} lớn hơn {MAX_SIZE // 1_000_000} MB.")
    try:
        return read_publication(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise PublicationUnreadableError(f"{FILE} của {object_id} không phải UTF-8.") from error


def _plain(value: object) -> object:
    if isinstance(value, date):  # a moment is one, too
        return value.isoformat()
    if isinstance(value, Period):
        return {"from": value.start.isoformat(), "to": value.end.isoformat(), "name": value.name}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("khóa lặp lại")
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"cần chữ, không phải {value!r}")
    return value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError(f"thời điểm “{value}” thiếu múi giờ")
    return moment


def _version(value: Any) -> str:
    text = _text(value)
    if not text.startswith("v") or not text[1:].isdecimal() or text[1:].startswith("0"):
        raise ValueError(f"“{text}” không phải phiên bản")
    return text


def _texts(value: Any, names: tuple[str, ...]) -> dict[str, str]:
    if not isinstance(value, dict) or set(value) != set(names):
        raise ValueError(f"cần đúng các mục {', '.join(names)}")
    return {name: _text(value[name]) for name in names}


def _approval(value: Any) -> Approval:
    found = _texts(value, ("by", "name", "post", "on", "digest"))
    return Approval(found["by"], found["name"], found["post"], date.fromisoformat(found["on"]), found["digest"])


def _period(value: Any) -> Period:
    found = _texts(value, ("from", "to", "name"))
    return Period(date.fromisoformat(found["from"]), date.fromisoformat(found["to"]), found["name"])


def _files(value: Any) -> dict[str, str]:
    return {_text(name): _text(path) for name, path in dict(value).items()}


READERS: dict[str, Any] = {
    **dict.fromkeys(("key", "kind", "slug", "unit", "year", "title", "issue", "reason"), _text),
    **dict.fromkeys(("issued", "published"), _moment),
    "as_of": lambda value: date.fromisoformat(_text(value)),
    "period": _period,
    "state": lambda value: State(_text(value)),
    "version": _version,
    "approvals": lambda value: tuple(map(_approval, value)),
    "fingerprint": lambda value: Fingerprint(**_texts(value, ("figures", "text"))),
    "changes": lambda value: tuple(Change(**_texts(each, ("label", "old", "new", "where"))) for each in value),
    "embargo": lambda value: None if value is None else _moment(value),
    "files": _files,
}
