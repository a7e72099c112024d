"""Where an edition is in its life, in the words of the desk: draft, approved, published, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chungtay_reports.archive.publication import Publication, State
from chungtay_reports.difference import Change, ledger_changes
from chungtay_reports.edition import Edition
from chungtay_reports.fingerprint import fingerprint
from chungtay_reports.formats.proofs import value_text
from chungtay_reports.preview.archived import Archived
from chungtay_reports.standing import Verdict, judge
from chungtay_reports.standing.withdrawal import sentence
from chungtay_reports.vietnamese import number, press_date
from chungtay_reports.workspace.library import Library

PUBLISHED = {
    State.PUBLISHED: ("đã công bố", "xanh"),
    State.CORRECTED: ("đã đính chính", "xanh"),
    State.WITHDRAWN: ("đã thu hồi", "do"),
}


@dataclass(frozen=True, slots=True)
class Tag:
    """A word about an edition and how it looks: do, vang, xanh or nothing."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """What the desk tells about the life of an edition; `changes` is what differs from its last publication."""

    tags: tuple[Tag, ...]
    notes: tuple[str, ...]
    changes: tuple[str, ...]


def life(edition: Edition, library: Library, archived: Archived) -> Life:
    """Tell where an edition is: approvals that hold or have fallen, the last publication and what moved since."""
    verdict = judge(edition, library)
    publication = archived.publications.get(edition.folder)
    same = publication is not None and publication.fingerprint == fingerprint(edition)
    old = archived.ledgers.get(edition.folder)
    changes = tuple(_change(one) for one in ledger_changes(old, edition.ledger)) if old else ()
    return Life(
        tags=tuple(_tags(verdict, publication, same=same)),
        notes=tuple(_notes(verdict, publication, library, same=same)),
        changes=changes,
    )


def _tags(verdict: Verdict, publication: Publication | None, *, same: bool) -> Iterator[Tag]:
    if publication is not None:
        yield Tag(*PUBLISHED[publication.state])
        if not same:
            yield Tag("đã sửa sau khi công bố", "vang")
    if verdict.moved and not same:
        yield Tag("bản duyệt không còn khớp", "do")
    elif verdict.holds and not same:
        yield Tag("đã duyệt", "xanh")
    elif publication is None:
        have = len(verdict.approvals)
        yield Tag(f"đã duyệt {number(have)}/{number(verdict.wanted)}" if have else "bản nháp", "vang" if have else "")


def _notes(verdict: Verdict, publication: Publication | None, library: Library, *, same: bool) -> Iterator[str]:
    if publication is not None:
        yield f"Công bố {press_date(publication.published)}, phiên bản {number(publication.number)}."
        if publication.reason:
            yield f"Lý do: {sentence(publication.reason)}"
    if verdict.approvals and not same:
        named = []
        for row in verdict.approvals:
            person = library.people.get(row.by)
            named.append(f"{person.name if person else row.by} ({press_date(row.on)})")
        yield f"Người duyệt: {', '.join(named)}."
    if verdict.moved and not same:
        yield f"Đã đổi sau khi duyệt: {verdict.movement}."


def _change(change: Change) -> str:
    old, new = change.old_text or "chưa in", change.new_text or "không in nữa"
    if old == new and change.old and change.new:
        old, new = f"{old} ({value_text(change.old.figure)})", f"{new} ({value_text(change.new.figure)})"
    return f"{change.label}: {old} → {new}"
