"""The site: every edition that may be seen, pages for units and metrics, search, feeds and open data, in build/site/."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chungtay_reports import disk, pipeline
from chungtay_reports.archive.proof.index import Listed
from chungtay_reports.edition import Document
from chungtay_reports.errors import ReportsError
from chungtay_reports.figures.tables import Tables, tabulate
from chungtay_reports.pipeline import BUILD, SITE
from chungtay_reports.site.addresses import addresses
from chungtay_reports.site.book import open_book
from chungtay_reports.site.checking import checking_files
from chungtay_reports.site.city import city_page
from chungtay_reports.site.drafts import drafts as draft_editions
from chungtay_reports.site.editions import edition_files
from chungtay_reports.site.feeds import feeds
from chungtay_reports.site.leaf import Files, Site
from chungtay_reports.site.lists import list_pages
from chungtay_reports.site.log import log_page
from chungtay_reports.site.lost import lost_page
from chungtay_reports.site.metrics import metric_pages
from chungtay_reports.site.opendata import data_files
from chungtay_reports.site.published import published, register
from chungtay_reports.site.searching import search_files
from chungtay_reports.site.shown import Shown
from chungtay_reports.site.ties import ties
from chungtay_reports.site.units import shown_units, unit_pages
from chungtay_reports.workspace.library import Library

UNLISTED = b'<meta name="robots" content="noindex'  # what a page says that search engines should leave out


class NothingToShowError(ReportsError):
    """No edition may be seen yet."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Made:
    """How many of what the site has."""

    editions: int
    units: int
    metrics: int
    files: int
    bytes: int
    base_url: str


def build_site(root: Path, now: datetime, *, drafts: bool = False) -> Made:
    """Write the site of the published editions, or, with `drafts`, of all that are not under embargo, into build/site/."""
    library, editions, listed = (*draft_editions(root, now), ()) if drafts else _published(root, now)
    if not editions:
        raise NothingToShowError(
            "Mọi bản nháp còn hẹn giờ (embargo) nên trang xem thử chưa có gì để hiện."
            if drafts
            else "Chưa có ấn phẩm nào được công bố nên chưa có gì để lên trang. Hãy công bố bằng “chungtay publish”, "
            "hoặc xem thử trang với các bản nháp: “chungtay site --drafts”."
        )
    overrides = root / "templates" if (root / "templates").is_dir() else None
    tables = tabulate(library.entries, library.registry)
    newest_first = tuple(sorted(editions, key=lambda one: (one.issued, one.key), reverse=True))
    site = Site(library, newest_first, open_book(library, tables, newest_first), overrides, drafts, listed)
    units, files = site_files(site, tables)
    documents = [Document(SITE, "", SITE, f"{SITE}/{path}", data) for path, data in sorted(files.items())]
    with disk.lock(root):
        disk.write_editions(root, root / BUILD, [(document, disk.note(document)) for document in documents])
    size = sum(len(data) for data in files.values())
    return Made(
        len(editions), len(units), len(site.book.series), len(files), size, library.settings.publishing.base_url
    )


def site_files(site: Site, tables: Tables) -> tuple[tuple[str, ...], Files]:
    """Make every file of the site, by its path; also the units that have a page."""
    pairs = ties(site.library, tables, site.book)
    units = shown_units(site, pairs)
    files: Files = {f"{site.look}/{name}": data for name, data in site.looks.items()}
    files.update(edition_files(site))
    files.update(list_pages(site))
    files.update(unit_pages(site, units, pairs))
    files.update(metric_pages(site))
    files.update([city_page(site, tables, pairs)])
    files.update([log_page(site), lost_page(site)])
    files.update(checking_files(site))
    files.update(data_files(site, units))
    files.update(feeds(site, units))
    files.update(search_files(site, units))
    pages = [path for path in files if path.endswith(".html")]
    files.update(addresses(site, [path for path in pages if UNLISTED not in files[path]]))
    return units, files


def _published(root: Path, now: datetime) -> tuple[Library, tuple[Shown, ...], tuple[Listed, ...]]:
    library = pipeline.load(root, now.date())
    editions = published(root, library.settings, now)
    return library, editions, register(root, editions)


__all__ = ["Made", "NothingToShowError", "build_site", "site_files"]
