"""The corrections log: every correction and withdrawal in the open, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from chungtay_reports.site.leaf import Leaf, Site, trail
from chungtay_reports.site.shown import CORRECTED, WITHDRAWN, Change, Issue, Shown
from chungtay_reports.vietnamese import press_date

VERBS = {CORRECTED: "Đính chính", WITHDRAWN: "Thu hồi"}


@dataclass(frozen=True, slots=True)
class Note:
    """One correction or withdrawal; `id` is its place on the page."""

    id: str
    verb: str
    title: str
    path: str
    iso: str
    day: str
    reason: str
    changes: tuple[Change, ...]
    before: str  # the page of the version that was corrected, or empty


def notes(site: Site) -> tuple[Note, ...]:
    """List what was corrected or withdrawn, newest first."""
    found = [
        (issue.moment, edition.key, issue, edition)
        for edition in site.editions
        for issue in edition.issues
        if issue.state in VERBS
    ]
    found.sort(key=lambda one: one[:2], reverse=True)
    return tuple(
        Note(
            id=f"{key.replace('/', '-')}-{issue.number}",
            verb=VERBS[issue.state],
            title=site.title(edition),
            path=f"{key}/index.html",
            iso=issue.moment.date().isoformat(),
            day=press_date(issue.moment.date()),
            reason=issue.reason,
            changes=issue.changes,
            before=_before(edition, issue),
        )
        for _, key, issue, edition in found
    )


def _before(edition: Shown, issue: Issue) -> str:
    """Find the page of the version before an issue."""
    numbers = [one.number for one in edition.issues]
    at = numbers.index(issue.number)
    return f"{edition.older[at - 1].key}/index.html" if 0 < at <= len(edition.older) else ""


def log_page(site: Site) -> tuple[str, bytes]:
    """Make the corrections log."""
    leaf = Leaf(
        path="dinh-chinh/index.html",
        title="Đính chính, thu hồi",
        description="Mọi đính chính và thu hồi ấn phẩm, kèm số cũ, số đúng và lý do.",
        crumbs=trail(),
    )
    return site.page(leaf, "log", notes=notes(site))
