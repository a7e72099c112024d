"""The page that tells how to check a PDF, where the QR of every PDF leads, and the register of all published versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from chungtay_reports.archive.proof.index import FILE, Listed, to_json
from chungtay_reports.site.leaf import Leaf, Site, trail
from chungtay_reports.site.shown import BULLETIN, CORRECTED, PUBLISHED, WITHDRAWN, Shown
from chungtay_reports.vietnamese import press_date

STATES = {PUBLISHED: "công bố", CORRECTED: "đính chính", WITHDRAWN: "thu hồi"}


@dataclass(frozen=True, slots=True)
class Line:
    """A published version on the page; `last` says what its edition has come to when it is the newest."""

    key: str
    digest: str
    title: str
    path: str
    version: str
    short: str
    day: str
    state: str
    last: str


def checking_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Make the page, and `chung-thuc.json` beside it when something has been published."""
    leaf = Leaf(
        path="kiem-chung/index.html",
        title="Kiểm chứng một bản PDF",
        description="Cách biết một bản PDF có đúng là bản đã công bố, các con số có khớp bản ghi và đã có bản mới hơn chưa.",
        crumbs=trail(),
    )
    yield site.page(leaf, "checking", lines=_lines(site))
    if site.register:
        yield f"kiem-chung/{FILE}", to_json(site.register).encode()


def _lines(site: Site) -> tuple[Line, ...]:
    """List bulletins, newest first, then reports as the registry has their units; of each, the newest version first."""
    newest = {one.key: one for one in site.register}
    ranks = {edition.key: _rank(site, edition, number) for number, edition in enumerate(site.editions)}
    ordered = sorted(site.register, key=lambda one: (ranks[one.key], -int(one.version.removeprefix("v"))))
    return tuple(_line(site, one, newest[one.key] is one) for one in ordered)


def _rank(site: Site, edition: Shown, number: int) -> tuple[object, ...]:
    if edition.kind == BULLETIN:
        return 0, number
    return 1, -int(edition.year[:4] or 0), site.library.registry.order(edition.unit)


def _line(site: Site, one: Listed, newest: bool) -> Line:  # noqa: FBT001 - a fact about the row
    edition = site.by_key[one.key]
    return Line(
        key=one.key,
        digest=one.digest,
        title=site.title(edition),
        path=f"{one.key}/index.html",
        version=one.version.removeprefix("v"),
        short=one.short,
        day=press_date(datetime.fromisoformat(one.published).date()),
        state=STATES[one.state],
        last=one.state if newest else "",
    )
