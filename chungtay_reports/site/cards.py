"""Editions as lists show them: title, address, day, a sentence, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chungtay_reports.formats.metadata import issued_words
from chungtay_reports.site.leaf import Site
from chungtay_reports.site.shown import BULLETIN, CORRECTED, DRAFT, WITHDRAWN, Picture, Shown
from chungtay_reports.vietnamese import month_year, press_date

MARKS = {DRAFT: "Bản nháp", CORRECTED: "Đã đính chính", WITHDRAWN: "Đã thu hồi"}


@dataclass(frozen=True, slots=True)
class Card:
    title: str
    path: str
    iso: str
    day: str
    moment: str
    number: str
    summary: str
    mark: str
    state: str
    kind: str
    picture: Picture | None
    picture_path: str


def card(site: Site, edition: Shown) -> Card:
    picture = edition.picture if edition.readable else None
    return Card(
        title=site.title(edition),
        path=f"{edition.key}/index.html",
        iso=edition.issued.date().isoformat(),
        day=day_words(edition),
        moment=issued_words(edition.issued) if edition.kind == BULLETIN else day_words(edition),
        number=edition.number,
        summary=edition.summary if edition.readable else "",
        mark="" if site.drafts else MARKS.get(edition.state, ""),  # a site of drafts says so on every page
        state=edition.state,
        kind=edition.kind,
        picture=picture,
        picture_path=f"{edition.key}/{picture.file}" if picture else "",
    )


def cards(site: Site, editions: Iterable[Shown]) -> tuple[Card, ...]:
    return tuple(card(site, edition) for edition in editions)


def day_words(edition: Shown) -> str:
    """Date an edition in a list; of a report the clerk gives the day on paper, so only its month is known."""
    return press_date(edition.issued.date()) if edition.kind == BULLETIN else month_year(edition.issued.date())
