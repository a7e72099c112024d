"""Atom feeds (RFC 4287): what was published, corrected and withdrawn, of the whole site and of every unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from chungtay_reports.site.leaf import Site, address
from chungtay_reports.site.log import VERBS
from chungtay_reports.site.shown import Issue, Shown
from chungtay_reports.site.units import of_unit
from chungtay_reports.vietnamese import sentence_start

LATEST = 50


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to make: its path, title and lasting name, the page that it goes with, the editions that it tells of."""

    path: str
    title: str
    name: str
    page: str
    editions: tuple[Shown, ...]


def feeds(site: Site, units: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Make the feed of everything, and one for each unit that has editions."""
    settings = site.library.settings
    yield _feed(
        site, Feed("feed.xml", settings.publishing.masthead, _name(site, "tin-moi"), "index.html", site.editions)
    )
    for unit in units:
        own = of_unit(site, unit)
        if own:
            title = f"{settings.publishing.masthead}: {sentence_start(site.unit(unit))}"
            page = f"don-vi/{unit}/index.html"
            yield _feed(site, Feed(f"don-vi/{unit}/feed.xml", title, _name(site, "don-vi", unit), page, own))


def _feed(site: Site, feed: Feed) -> tuple[str, bytes]:
    root = "../" * feed.path.count("/")
    base = site.library.settings.publishing.base_url.rstrip("/")

    def to(path: str) -> str:
        return address(base, path) if base else f"{root}{path}"

    found = [(issue.moment, edition.key, issue, edition) for edition in feed.editions for issue in edition.issues]
    found.sort(key=lambda one: one[:2], reverse=True)
    entries = [_entry(site, edition, issue, to(f"{edition.key}/index.html")) for _, _, issue, edition in found[:LATEST]]
    updated = max(moment for moment, *_ in found)
    author = site.library.settings.organisation.name
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">',
        f"<id>{escape(feed.name)}</id>",
        f"<title>{escape(feed.title)}</title>",
        f"<updated>{_moment(updated)}</updated>",
        f"<author><name>{escape(author)}</name></author>",
        *([f'<link rel="self" type="application/atom+xml" href={quoteattr(f"{base}/{feed.path}")}/>'] if base else []),
        f'<link rel="alternate" type="text/html" href={quoteattr(to(feed.page))}/>',
        "<generator>Chung tay Reports</generator>",
        *entries,
        "</feed>",
    ]
    return feed.path, "\n".join((*lines, "")).encode()


def _entry(site: Site, edition: Shown, issue: Issue, target: str) -> str:
    """Tell of one issue of an edition; a correction is an entry of its own."""
    settled = issue.state in VERBS
    title = site.title(edition)
    summary = issue.reason if settled else edition.summary or edition.title
    return "\n".join(
        (
            "<entry>",
            f"<id>{escape(_name(site, edition.key.replace('/', ':'), issue.number))}</id>",
            f"<title>{escape(f'{VERBS[issue.state]}: {title}' if settled else title)}</title>",
            f"<updated>{_moment(issue.moment)}</updated>",
            f"<published>{_moment(issue.moment)}</published>",
            f'<link rel="alternate" type="text/html" href={quoteattr(target)}/>',
            f'<summary type="text">{escape(summary)}</summary>',
            "</entry>",
        )
    )


def _name(site: Site, *parts: str) -> str:
    """Name a feed or an entry for good, whatever address the site has: “urn:chungtay:so-gddt-ha-noi:2023-08-…:v1”."""
    return ":".join(filter(None, ("urn", "chungtay", site.library.settings.organisation.office, *parts)))


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
