"""The page that a host shows where there is no page: 404.html, with ways to search and to begin again from any address."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import urlsplit

from markupsafe import Markup

from chungtay_reports import theme
from chungtay_reports.site.leaf import Leaf, Site, trail

PAGE = "404.html"  # the name that GitHub Pages, GitLab Pages and others know
STYLES = ("style.css", "site.css")
FINDING = "site/finding.js"
_FACE = re.compile(rb"@font-face\s*\{[^}]*\}\s*")


def lost_page(site: Site) -> tuple[str, bytes]:
    """Make the page. It is shown at addresses of any depth, so that no address on it is relative.

    With `publishing.base_url` it knows in which folder of its host the site lies. Without, it takes the host's own, looks
    for the site when it is shown, and has its style in itself.
    """
    base = site.library.settings.publishing.base_url
    leaf = Leaf(
        path=PAGE,
        title="Không có trang này",
        description="Địa chỉ này không dẫn tới trang nào; tìm bản tin, báo cáo, đơn vị hay con số.",
        section="tim-kiem",  # whose form is the page's own
        crumbs=trail(),
        hidden=True,
        anywhere=_folder(base),
    )
    return site.page(leaf, "lost", **({"styles": ()} if base else _itself(site)))


def _folder(base: str) -> str:
    """Name the folder of an address on its host, so that the page serves the host by each of its names."""
    path = urlsplit(base).path.strip("/")
    return f"/{path}/" if path else "/"


def _itself(site: Site) -> dict[str, object]:
    """Give what the page needs to stand alone: styles without faces, scripts, and a policy that allows just these."""
    styles = [_inline(_FACE.sub(b"", site.looks[name])) for name in STYLES]
    scripts = [_inline(data) for data in (site.looks["reader.js"], theme.asset(FINDING, site.overrides))]
    policy = (
        f"default-src 'none'; img-src 'self'; style-src {_digests(styles)}; script-src {_digests(scripts)}; "
        "base-uri 'none'; form-action 'self'"
    )
    return {"styles": styles, "scripts": scripts, "policy": policy}


def _inline(source: bytes) -> Markup:
    """Set a file of the templates into a page: nothing in it ends its element, and browsers digest it as we do."""
    text = source.decode().replace("\r\n", "\n").replace("</", r"<\/")
    return Markup(text)  # noqa: S704 - of the templates, not an author's


def _digests(sources: Sequence[str]) -> str:
    return " ".join(f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'" for source in sources)
