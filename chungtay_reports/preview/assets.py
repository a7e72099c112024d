"""The preview's own files: styles, scripts, fonts; there from the first moment, before anything is built."""

from __future__ import annotations

from pathlib import Path

from chungtay_reports import theme
from chungtay_reports.preview.stage import Page, page

OWN = "/xem-thu/"
# Files of the preview itself, and where they come from.
FILES = {
    "bulletin/style.css": "ban-tin.css",
    "bulletin/reader.js": "doc.js",
    "preview/preview.css": "xem-thu.css",
    "preview/preview.js": "xem-thu.js",
    "preview/icon.svg": "bieu-tuong.svg",
}


def assets(overrides: Path | None = None) -> dict[str, Page]:
    """Give the files that the preview's own pages need: styles, scripts, fonts."""
    found = {OWN + name: page(name, theme.asset(source, overrides)) for source, name in FILES.items()}
    return found | {OWN + name: page(name, data) for name, data in theme.fonts("bulletin/style.css", overrides).items()}
