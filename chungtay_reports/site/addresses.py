"""What search engines read: sitemap.xml and robots.txt; both need whole addresses, so both need a base address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape

from chungtay_reports.site.leaf import Site, address


def addresses(site: Site, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Make sitemap.xml and robots.txt; nothing without `publishing.base_url`, because a relative sitemap is not one."""
    base = site.library.settings.publishing.base_url.rstrip("/")
    if not base:
        return
    if site.drafts:
        yield "robots.txt", b"User-agent: *\nDisallow: /\n"
        return
    changed = _changed(site)
    lines = [_line(address(base, path), changed.get(path, "")) for path in sorted(pages)]
    text = "\n".join(
        (
            '<?xml version="1.0" encoding="utf-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>",
            "",
        )
    )
    yield "sitemap.xml", text.encode()
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {base}/sitemap.xml\n".encode()


def _changed(site: Site) -> Mapping[str, str]:
    return {f"{edition.key}/index.html": edition.updated.isoformat(timespec="seconds") for edition in site.editions}


def _line(address: str, changed: str) -> str:
    moment = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address)}</loc>{moment}</url>"
