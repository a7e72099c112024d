"""The pages and files of editions: a bulletin's own page set into the frame of the site, a page for every report."""

from __future__ import annotations

from collections.abc import Iterator

from chungtay_reports.site.cards import card
from chungtay_reports.site.framing import framed
from chungtay_reports.site.leaf import Leaf, Site, trail
from chungtay_reports.site.reports import report_pages
from chungtay_reports.site.shown import BULLETIN, Shown
from chungtay_reports.vietnamese import press_date


def edition_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Make everything that lies in the folders of editions, and the looks of those that differ from the present one."""
    for edition in [version for one in site.editions for version in (one, *one.older)]:
        if not edition.readable:
            yield _withdrawn(site, edition)
        elif edition.kind == BULLETIN:
            yield from framed(site, edition).items()
        else:
            yield from report_pages(site, edition)
            yield from ((f"{edition.key}/{name}", data) for name, data in edition.files.items())


def _withdrawn(site: Site, edition: Shown) -> tuple[str, bytes]:
    """Keep the place of a withdrawn edition, with the reason and nothing else."""
    kind = ("Bản tin", "ban-tin/index.html") if edition.kind == BULLETIN else ("Báo cáo", "bao-cao/index.html")
    leaf = Leaf(
        path=f"{edition.key}/index.html",
        title=site.title(edition),
        description="Ấn phẩm đã được thu hồi.",
        section=edition.kind,
        crumbs=trail(kind),
        hidden=True,
    )
    last = edition.issues[-1]
    return site.page(
        leaf, "withdrawn", edition=card(site, edition), reason=last.reason, day=press_date(last.moment.date())
    )
