"""Say of every number that an edition shows outside its figures why it may stand: a day, a name, a quotation, a list.

What a figure proves is a `Number` already. The rest is told by the rules that let it pass: the placeholder that wrote
it, the lists of allowed phrases, the names of the registry. What none of them explains would be a mistake of ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

from chungtay_reports.edition import Chart, Edition, Quotation, Table, Text, Told
from chungtay_reports.prose.allow import reason_for
from chungtay_reports.prose.number_lint import LintRules, is_named, within
from chungtay_reports.prose.number_words import numbers
from chungtay_reports.settings import AllowedNumber

# The parts of an edition that are read as text; its ledger, its assets and what only machines read are not.
ZONES = ("headline", "sapo", "key_figures", "lead_photo", "blocks", "data_note")


class Ground(StrEnum):
    """Why a number may stand."""

    DAY = "ngay"
    NAME = "ten"
    QUOTED = "trich"
    RECORD = "viec"
    ALLOWED = "phep"
    UNKNOWN = "la"


# What the words of a placeholder are, by its name; a number of theirs that counts something is a figure by itself.
GROUNDS: Mapping[str, Ground] = {
    **dict.fromkeys(("so", "gan", "duoi", "hon", "tren", "khoang", "hang", "ty_le", "ti_so", "phan", "ca"), Ground.DAY),
    **dict.fromkeys(("tang_giam", "so_sanh", "ngay", "ky", "thoi_gian", "bao_phu"), Ground.DAY),
    **dict.fromkeys(("xep_hang", "dan_dau", "nhieu_nhat", "liet_ke"), Ground.NAME),
    **dict.fromkeys(("ten", "phong_trao", "co_quan"), Ground.NAME),
    **dict.fromkeys(("bieu_do", "bang"), Ground.DAY),
    "trich_dan": Ground.QUOTED,
    "dau_viec": Ground.RECORD,
    "anh": Ground.ALLOWED,
}
WORDS: Mapping[Ground, str] = {
    Ground.DAY: "ngày tháng hoặc kỳ, máy viết từ khai báo của bài",
    Ground.NAME: "một phần của tên riêng trong danh mục",
    Ground.QUOTED: "trong lời trích có nguồn ở content/quotes",
    Ground.RECORD: "trong tên việc ghi ở bản ghi",
    Ground.ALLOWED: "được phép gõ",
    Ground.UNKNOWN: "không rõ vì sao được in; hãy báo cho người phát triển",
}
# Blocks that one placeholder wrote as a whole.
_WRITERS: Mapping[type, str] = {Quotation: "trich_dan", Table: "bang", Chart: "bieu_do"}


@dataclass(frozen=True, slots=True)
class Marked(Text):
    """A number outside the figures, with its ground and the reason in words."""

    ground: Ground
    reason: str


@dataclass(frozen=True, slots=True)
class Statute:
    """The rules under which numbers were let pass: those of the lint, and the lists with their reasons."""

    rules: LintRules
    allowed: tuple[AllowedNumber, ...]


def attest(edition: Edition, statute: Statute) -> Edition:
    """Make the same edition with every number outside its figures marked."""
    changed = {zone: _marked(getattr(edition, zone), statute, "") for zone in ZONES}
    return replace(edition, **changed)


def marks(value: object) -> Iterator[Marked]:
    """Walk the marked numbers of a piece of an edition in reading order."""
    if isinstance(value, Marked):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from marks(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from marks(getattr(value, field.name))


def _marked(value: Any, statute: Statute, writer: str) -> Any:
    if isinstance(value, tuple):
        pieces: list[Any] = []
        for item in value:
            pieces += _split(item, statute, writer) if isinstance(item, Text) else [_marked(item, statute, writer)]
        return tuple(pieces)
    if is_dataclass(value) and not isinstance(value, type):
        writer = _WRITERS.get(type(value), writer)
        changes = {one.name: _marked(getattr(value, one.name), statute, writer) for one in fields(value)}
        return replace(value, **changes)
    return value


def _split(text: Text, statute: Statute, writer: str) -> list[Text]:
    """Cut a text at its numbers."""
    writer = text.by if isinstance(text, Told) else writer
    pieces: list[Text] = []
    at = 0
    for start, end, ground, reason in _found(text.text, statute, writer):
        if start < at:
            continue  # two numbers in one allowed phrase
        if start > at:
            pieces.append(replace(text, text=text.text[at:start]))
        pieces.append(Marked(text.text[start:end], ground, reason))
        at = end
    if at < len(text.text) or not pieces:
        pieces.append(replace(text, text=text.text[at:]))
    return pieces


def _found(text: str, statute: Statute, writer: str) -> Iterator[tuple[int, int, Ground, str]]:
    spans = statute.rules.allowed.spans(text)
    for found in numbers(text, statute.rules.nouns):
        here = found.start, found.end
        if writer:
            named = GROUNDS[writer] is Ground.DAY and is_named(text, found, statute.rules.is_name)
            ground = Ground.NAME if named else GROUNDS[writer]
            yield *here, ground, WORDS[ground]
        elif within(here, spans):
            start, end = next(span for span in spans if within(here, (span,)))
            why = reason_for(text[start:end], statute.allowed)
            yield start, end, Ground.ALLOWED, f"{WORDS[Ground.ALLOWED]}: {why or 'tên của phong trào'}"
        else:
            ground = Ground.NAME if is_named(text, found, statute.rules.is_name) else Ground.UNKNOWN
            yield *here, ground, WORDS[ground]
