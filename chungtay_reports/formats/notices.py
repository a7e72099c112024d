"""Notices of correction in words, as newspapers and offices write them: what was printed, what is right, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chungtay_reports.edition import Block, Change, Edition, ItemList, Notice, Paragraph, Text
from chungtay_reports.official.paper import Paper
from chungtay_reports.standing.withdrawal import sentence
from chungtay_reports.vietnamese import official_date, press_date, sentence_start

TITLE = "Đính chính"


@dataclass(frozen=True, slots=True)
class Told:
    """A notice ready to be shown; `iso` dates it for machines."""

    title: str
    iso: str
    lead: str
    items: tuple[str, ...]
    closing: str


def told(edition: Edition, masthead: str) -> tuple[Told, ...]:
    """Tell the corrections of a bulletin, newest first; a withdrawn one is its own notice."""
    if any(notice.withdraws for notice in edition.notices[:1]):
        return ()
    return tuple(_told(notice, masthead) for notice in edition.notices)


def with_notices(paper: Paper) -> Paper:
    """Put the corrections of an official paper behind its opening, as part of its text."""
    corrections = [notice for notice in paper.notices if not notice.withdraws]
    if len(corrections) < len(paper.notices) or not corrections:
        return paper
    opening, *rest = paper.body
    blocks = [block for notice in corrections for block in _official(notice, paper)]
    return replace(paper, body=(opening, *blocks, *rest))


def comment(notice: Notice) -> str:
    """Tell a notice in one paragraph, as schema.org's CorrectionComment has it."""
    return " ".join((*(f"{sentence_start(item)}." for item in map(_press, notice.changes)), sentence(notice.reason)))


def _told(notice: Notice, masthead: str) -> Told:
    day = press_date(notice.published.date())
    wrong = f"Bản công bố ngày {day} của bài này có chỗ chưa chính xác"
    items = tuple(_ended([sentence_start(_press(change)) for change in notice.changes]))
    return Told(
        title=f"{TITLE}, ngày {press_date(notice.on)}",
        iso=notice.on.isoformat(),
        lead=f"{wrong}, nay sửa lại như sau:" if items else f"{wrong}; lời văn đã được sửa.",
        items=items,
        closing=f"Lý do: {sentence(notice.reason)} {masthead} xin cáo lỗi cùng bạn đọc.",
    )


def _official(notice: Notice, paper: Paper) -> Iterator[Block]:
    kind = paper.type_name.capitalize() or "Văn bản"
    lead = f"{kind} này đính chính và thay thế bản công bố {official_date(notice.published.date())}. Lý do: {sentence(notice.reason)}"
    if notice.changes:
        lead += " Những chỗ được đính chính:"
    yield Paragraph((Text(lead),))
    if notice.changes:
        yield ItemList(tuple((Text(item),) for item in _ended([_office(change) for change in notice.changes])))


def _ended(items: list[str]) -> Iterator[str]:
    """End the items of a list as Vietnamese does: “…;” and the last one “….”."""
    yield from (f"{item};" for item in items[:-1])
    yield from (f"{item}." for item in items[-1:])


def _press(change: Change) -> str:
    return _change(change, "đã in “{old}”, xin đọc là “{new}”")


def _office(change: Change) -> str:
    return sentence_start(_change(change, "“{old}” sửa thành “{new}”"))


def _change(change: Change, changed: str) -> str:
    verb = changed if change.old and change.new else "thêm “{new}”" if change.new else "bỏ “{old}”"
    about = f" ({change.label})" if change.label else ""
    return f"{change.where}: {verb.format(old=change.old, new=change.new)}{about}"
