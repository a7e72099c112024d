"""What a page tells machines: title, description, OpenGraph and JSON-LD; addresses only when there is a base address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from chungtay_reports.edition import Edition, Emphasis, Inlines, Link, Notice, Number, Strong, Text
from chungtay_reports.formats.notices import comment
from chungtay_reports.settings import Settings
from chungtay_reports.vietnamese import press_date, sentence_start, weekday


@dataclass(frozen=True, slots=True)
class Meta:
    """`image` and `canonical` are whole addresses or empty; `json_ld` is ready to stand in a script element."""

    title: str
    description: str
    canonical: str
    image: str
    image_alt: str
    issued_iso: str
    issued_words: str
    json_ld: Markup


def metadata(edition: Edition, settings: Settings, page: str = "") -> Meta:
    """Describe a page of an edition; `page` is its file name, or empty for the bulletin itself."""
    base = settings.publishing.base_url.rstrip("/")
    canonical = f"{base}/{edition.slug}/{page}" if base else ""
    photo = edition.lead_photo
    image = f"{base}/{edition.slug}/images/{photo.asset}" if base and photo else ""
    return Meta(
        title=plain(edition.headline),
        description=plain(edition.sapo),
        canonical=canonical,
        image=image,
        image_alt=photo.alt if photo else "",
        issued_iso=edition.issued.isoformat(),
        issued_words=issued_words(edition.issued),
        json_ld=htmlsafe_json_dumps(
            _news_article(edition, settings, canonical, image), sort_keys=True, ensure_ascii=False
        ),
    )


def plain(inlines: Inlines) -> str:
    """Read running text aloud without its markup."""
    return "".join(
        node.text
        if isinstance(node, Text | Number)
        else plain(node.children)
        if isinstance(node, Strong | Emphasis | Link)
        else ""
        for node in inlines
    )


def issued_words(issued: datetime) -> str:
    """Date an article as news sites do: “Thứ Ba, 15/8/2023, 09:00”."""
    return f"{sentence_start(weekday(issued))}, {press_date(issued)}, {issued:%H:%M}"


def _correction(notice: Notice) -> dict[str, object]:
    return {"@type": "CorrectionComment", "text": comment(notice), "datePublished": notice.on.isoformat()}


def _news_article(edition: Edition, settings: Settings, canonical: str, image: str) -> dict[str, object]:
    """Fill schema.org's NewsArticle; a property without a value is left out."""
    article: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": plain(edition.headline),
        "description": plain(edition.sapo),
        "inLanguage": "vi",
        "datePublished": edition.issued.isoformat(),
        "articleSection": edition.category,
        "keywords": list(edition.keywords),
        "isAccessibleForFree": True,
        "author": {"@type": "Person", "name": edition.byline} if edition.byline else None,
        "publisher": {"@type": "Organization", "name": settings.organisation.name},
        "mainEntityOfPage": canonical,
        "image": image,
        "dateModified": edition.notices[0].on.isoformat() if edition.notices else None,
        "correction": [_correction(notice) for notice in edition.notices],
    }
    return {name: value for name, value in article.items() if value}
