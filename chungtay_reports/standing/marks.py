"""Give an edition what it must bear on every page: the mark of a draft, the notices that were published about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from chungtay_reports.edition import Edition, Notice
from chungtay_reports.fingerprint import Work, fingerprint
from chungtay_reports.official.paper import Paper
from chungtay_reports.standing.judging import judge
from chungtay_reports.standing.withdrawal import withdrawn
from chungtay_reports.workspace.bulletin import Bulletin
from chungtay_reports.workspace.library import Library
from chungtay_reports.workspace.notices import Noticed

Marked = TypeVar("Marked", Edition, Paper)


@dataclass(frozen=True, slots=True)
class Marking:
    """Which editions bear the mark of a draft: all, none, or those that are neither approved nor published as they are.

    `published` has the digest of the newest published version by the edition's key. As of a day, notices that were
    given later are not borne.
    """

    draft: bool = False
    final: bool = False
    published: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None


def marked(work: Marked, library: Library, marking: Marking) -> Marked:
    """Mark a work; the fingerprint stays the same, but that of a withdrawn work, which says nothing any more."""
    notices = notices_of(work.folder, library, marking.as_of)
    if notices and notices[0].withdraws:
        return replace(withdrawn(work, notices[0]), notices=notices, draft=marking.draft)
    return replace(work, draft=_draft(work, library, marking), notices=notices)


def notices_of(key: str, library: Library, as_of: date | None = None) -> tuple[Notice, ...]:
    """List the notices about an edition, newest first; as of a day, those that it bore then."""
    noticed = library.notices.get(key)
    found = noticed.newest_first if noticed else ()
    return tuple(notice for notice in found if as_of is None or notice.as_of <= as_of)


def as_corrected(bulletins: Mapping[str, Bulletin], notices: Mapping[str, Noticed]) -> dict[str, Bulletin]:
    """Let the bulletins that have been corrected or withdrawn count records up to the day of that."""
    days = {key: _last(noticed) for key, noticed in notices.items()}
    return {
        slug: replace(each, front=each.front.model_copy(update={"as_of": days[slug]})) if slug in days else each
        for slug, each in bulletins.items()
    }


def corrected_as_of(key: str, library: Library) -> date | None:
    """Say up to which day records count in an edition that has been corrected or withdrawn; None for any other."""
    noticed = library.notices.get(key)
    return _last(noticed) if noticed else None


def _last(noticed: Noticed) -> date:
    return noticed.newest_first[0].as_of


def _draft(work: Work, library: Library, marking: Marking) -> bool:
    if marking.draft or marking.final:
        return marking.draft
    return not (judge(work, library).holds or marking.published.get(work.folder) == fingerprint(work).digest)
