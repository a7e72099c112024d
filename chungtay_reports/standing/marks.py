"""Give an edition what it must bear on every page: the mark of a draft, the notices that were published about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from chungtay_reports.edition import Edition
from chungtay_reports.fingerprint import fingerprint
from chungtay_reports.official.paper import Paper
from chungtay_reports.standing.judging import judge
from chungtay_reports.workspace.library import Library

Marked = TypeVar("Marked", Edition, Paper)


@dataclass(frozen=True, slots=True)
class Marking:
    """Which editions bear the mark of a draft: all, none, or those that are neither approved nor published as they are.

    `published` has the digest of the newest published version by the edition's key.
    """

    draft: bool = False
    final: bool = False
    published: Mapping[str, str] = field(default_factory=dict)


def marked(work: Marked, library: Library, marking: Marking) -> Marked:
    """Mark a work; the fingerprint stays the same."""
    noticed = library.notices.get(work.folder)
    notices = noticed.newest_first if noticed else ()
    return replace(work, draft=_draft(work, library, marking, bool(notices)), notices=notices)


def _draft(work: Edition | Paper, library: Library, marking: Marking, noticed: bool) -> bool:  # noqa: FBT001 - the one caller is above
    if marking.draft or marking.final:
        return marking.draft
    if noticed and library.notices[work.folder].newest_first[0].withdraws:
        return False  # a notice of withdrawal stands for itself
    return not (judge(work, library).holds or marking.published.get(work.folder) == fingerprint(work).digest)
