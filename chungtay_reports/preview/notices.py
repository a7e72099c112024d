"""A page that says one thing: still building, nothing here, refused, an edition that cannot be made yet."""

from __future__ import annotations

from dataclasses import dataclass

from chungtay_reports import theme
from chungtay_reports.preview.findings import Finding
from chungtay_reports.preview.server import POLICY
from chungtay_reports.preview.stage import MARK


@dataclass(frozen=True, slots=True)
class Notice:
    """What such a page says; `here` stands in its bar."""

    title: str
    here: str
    lines: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    fault: str = ""
    below: str = ""  # the address of a page to show below, or empty


def notice_page(notice: Notice, mark: str = MARK) -> str:
    """Set the page."""
    return theme.fill("preview/notice.html.j2", notice=notice, policy=POLICY, mark=mark)
