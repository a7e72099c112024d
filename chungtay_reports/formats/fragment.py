"""The article of an edition as a bare HTML fragment, every style inline, to be pasted into a newsroom's CMS.

Nothing in it needs another file or has an id that the receiving page may have, too: pictures are whole addresses when
the workspace has a base address and part of the fragment otherwise, and so are links to other pages of ours, or words alone;
numbers are text; drawings have no links.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

from chungtay_reports import theme
from chungtay_reports.edition import Block, Chart, Document, Edition, Format
from chungtay_reports.formats.addresses import with_whole_links
from chungtay_reports.formats.metadata import metadata
from chungtay_reports.formats.notices import told
from chungtay_reports.settings import Settings

DRAWING = "display:block;width:100%;height:auto;overflow:visible"  # a wider face than ours is not cut
_LINK = re.compile(r"</?a\b[^>]*>")
_CLASS = re.compile(r' class="[^"]*"')
_NAMED = re.compile(r' (?:aria-labelledby|id)="[^"]*"')


def documents(edition: Edition, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]:
    """Make `<slug>.fragment.html`, without head and body."""
    base = settings.publishing.base_url.rstrip("/")
    images = {
        asset.name: f"{base}/{edition.slug}/images/{asset.name}" if base else _inside(asset.media_type, asset.data)
        for asset in edition.assets
    }
    whole = with_whole_links(edition, base, places=False)
    shown = replace(whole, blocks=tuple(_bare(block) for block in whole.blocks))
    values = {
        "images": images,
        "meta": metadata(edition, settings),
        "corrections": told(edition, settings.publishing.masthead),
    }
    text = theme.page("bulletin/fragment.html.j2", shown, settings, overrides=overrides, **values)
    name = f"{edition.slug}/{edition.slug}.fragment.html"
    return (Document(edition.slug, "", Format.FRAGMENT.value, name, text.encode()),)


def _inside(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode()}"


def _bare(block: Block) -> Block:
    """Take from a drawing what belongs to the page that it was drawn for: links, classes, ids."""
    if not isinstance(block, Chart):
        return block
    bare = _NAMED.sub("", _CLASS.sub("", _LINK.sub("", block.svg)))
    bare = bare.replace('role="group"', 'role="img"').replace("<svg ", f'<svg style="{DRAWING}" ', 1)
    return replace(block, svg=bare)
