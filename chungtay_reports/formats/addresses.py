"""The links of an author where a page stands elsewhere than in its folder: in a PDF sent on, in a newsroom's own system."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from urllib.parse import urljoin, urlsplit

from chungtay_reports.edition import Edition, Link
from chungtay_reports.formats.anchors import ZONES

PAGE = "index.html"


def with_whole_links(edition: Edition, base_url: str, *, places: bool) -> Edition:
    """Lead every relative link to where the edition is published; what is published nowhere keeps the words alone.

    `places`: the copy has the places of the page in it, and links to them stay inside.
    """
    page = f"{base_url.rstrip('/')}/{edition.slug}/{PAGE}" if base_url else ""
    whole = _Whole(page, places)
    return replace(edition, **{zone: whole.changed(getattr(edition, zone)) for zone in ZONES})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Whole:
    """How links are made whole: the address of the page, and whether the copy has its places."""

    page: str
    places: bool

    def changed(self, value: object) -> object:
        if isinstance(value, tuple):
            return tuple(new for item in value for new in self._item(item))
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{field.name: self.changed(getattr(value, field.name)) for field in fields(value)})
        return value

    def _item(self, item: object) -> tuple[object, ...]:
        if not isinstance(item, Link) or urlsplit(item.href).scheme or (self.places and item.href.startswith("#")):
            return (self.changed(item),)
        return (replace(item, href=urljoin(self.page, item.href)),) if self.page else item.children
