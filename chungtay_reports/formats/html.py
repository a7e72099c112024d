"""The HTML of an edition: one folder that holds everything it needs and opens from a disk as well as from a server."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chungtay_reports import theme
from chungtay_reports.edition import Block, Chart, Document, Edition, Format, ItemList, Paragraph, Quotation
from chungtay_reports.formats.anchors import ZONES, Anchored, anchored, numbers_in
from chungtay_reports.formats.metadata import metadata
from chungtay_reports.formats.notices import told
from chungtay_reports.formats.proofs import Operand, Proof, RecordProof, coverage_text, period_text, proofs
from chungtay_reports.settings import Settings
from chungtay_reports.vietnamese import number

LEDGER_PAGE = "so-lieu.html"
# Files that go with the templates, and what they are called in the folder of an edition.
COMPANIONS = {
    "bulletin/style.css": "style.css",
    "shared/charts.css": "charts.css",
    "bulletin/reader.js": "reader.js",
}
# Blocks of running text: their numbers open a panel right below, numbers elsewhere open the ledger page.
RUNNING_TEXT = (Paragraph, ItemList, Quotation)
# Zones whose numbers open a panel below them, too.
PANEL_ZONES = {"headline": "dau-bai", "sapo": "dau-bai", "key_figures": "chi-so"}
# Record lists longer than this are folded away on the ledger page.
FOLD_ABOVE = 8
PANEL_RECORDS = 3
PANEL_OPERANDS = 4
SITE_CONNECTS = "connect-src 'self'; "  # checkers of pages fetch robots.txt from within the page


@dataclass(frozen=True, slots=True)
class Panel:
    """A proof that stands below a text: `id` is its own, `back` the number it closes to, `more` names the ledger link."""

    id: str
    back: str
    proof: Proof
    records: tuple[RecordProof, ...]
    operands: tuple[Operand, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the body with its id on the page and the panels of its numbers."""

    block: Block
    name: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure on the ledger page; `folded` names its list of records when that is too long to lie open."""

    proof: Proof
    prints: tuple[Print, ...]
    folded: str


@dataclass(frozen=True, slots=True)
class Print:
    """One place where a figure stands: `href` leads there, or is empty where the page has no such place."""

    text: str
    where: str
    href: str


@dataclass(frozen=True, slots=True)
class Download:
    href: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Dress:
    """What the pages of an edition are made with: their templates, and values that those show beside the edition.

    `policy` replaces the content security policy of published pages.
    """

    index: str = "bulletin/index.html.j2"
    ledger: str = "bulletin/ledger.html.j2"
    policy: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


PUBLISHED = Dress()


def documents(
    edition: Edition, settings: Settings, overrides: Path | None = None, dress: Dress = PUBLISHED
) -> tuple[Document, ...]:
    """Make every file of an edition's folder; all addresses in them are relative to it."""
    shown = anchored(edition, _target)
    everything = proofs(edition.ledger)
    common: dict[str, Any] = {
        "overrides": overrides,
        "downloads": _downloads(edition, settings),
        "period": period_text(edition.ledger.period),
        "coverage": coverage_text(edition.ledger.coverage),
        "as_of": edition.ledger.as_of,
        **dress.extra,
    }
    meta = metadata(edition, settings)
    index = theme.page(
        dress.index,
        shown,
        settings,
        meta=meta,
        policy=dress.policy or content_policy(settings, meta.json_ld),
        head_panels=_panels("dau-bai", (shown.headline, shown.sapo), everything),
        key_panels=_panels("chi-so", shown.key_figures, everything),
        corrections=told(edition, settings.publishing.masthead),
        parts=tuple(_part(index, block, everything) for index, block in enumerate(shown.blocks)),
        **common,
    )
    ledger = theme.page(
        dress.ledger,
        shown,
        settings,
        meta=metadata(edition, settings, LEDGER_PAGE),
        policy=dress.policy or content_policy(settings),
        entries=_entries(shown, everything),
        **common,
    )
    pages = {"index.html": index.encode(), LEDGER_PAGE: ledger.encode()}
    companions = {name: theme.asset(source, overrides) for source, name in COMPANIONS.items()}
    images = {f"images/{asset.name}": asset.data for asset in edition.assets}
    files = {**pages, **companions, **theme.fonts("bulletin/style.css", overrides), **images}
    return tuple(
        Document(edition.slug, "", Format.HTML.value, f"{edition.slug}/{name}", data) for name, data in files.items()
    )


def content_policy(settings: Settings, inline: str = "", *, site: bool = False) -> str:
    """Write the content security policy: files of this folder only, and a form only to the rating endpoint.

    `inline` is the one data block of the page, which browsers never run; naming its digest keeps checkers quiet, too.
    `site`: the page is part of one, and may ask that for more: for the results of a search.
    """
    endpoint = urlsplit(settings.publishing.rating_endpoint)
    form = f"{endpoint.scheme}://{endpoint.netloc}" if endpoint.netloc else ""
    forms = " ".join(filter(None, ("'self'" if site else "", form))) or "'none'"
    digest = b64encode(sha256(inline.encode()).digest()).decode()
    script = f"'self' 'sha256-{digest}'" if inline else "'self'"
    return (
        f"default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; script-src {script}; "
        f"{SITE_CONNECTS if site else ''}"
        f"base-uri 'none'; form-action {forms}"
    )


def _target(zone: str, block: Block | None, figure: str) -> str:
    if zone in PANEL_ZONES:
        return f"#{PANEL_ZONES[zone]}-{figure}"
    if isinstance(block, RUNNING_TEXT):
        return f"#{_name(zone.removeprefix('blocks-'), block)}-{figure}"
    return f"{LEDGER_PAGE}#{figure}"


def _name(index: object, block: Block) -> str:
    """Name a block on the page; a chart by its own id, so that the ledger can point at it."""
    return f"bieu-do-{block.id}" if isinstance(block, Chart) else f"muc-{index}"


def _part(index: int, block: Block, everything: dict[str, Proof]) -> Part:
    name = _name(index, block)
    return Part(block, name, _panels(name, block, everything) if isinstance(block, RUNNING_TEXT) else ())


def _panels(name: str, piece: object, everything: dict[str, Proof]) -> tuple[Panel, ...]:
    """Make one panel for each figure of a piece of text, in reading order; it closes to the first occurrence."""
    first: dict[str, str] = {}
    for node in numbers_in(piece):
        first.setdefault(node.figure, getattr(node, "anchor", ""))
    return tuple(_panel(f"{name}-{figure}", anchor, everything[figure]) for figure, anchor in first.items())


def _panel(name: str, back: str, proof: Proof) -> Panel:
    return Panel(name, back, proof, proof.records[:PANEL_RECORDS], proof.operands[:PANEL_OPERANDS], _more(proof))


def _entries(shown: Edition, everything: dict[str, Proof]) -> tuple[Entry, ...]:
    anchors: dict[str, list[Anchored]] = {}
    for node in numbers_in(tuple(getattr(shown, zone) for zone in ZONES)):
        if isinstance(node, Anchored):
            anchors.setdefault(node.figure, []).append(node)
    charts = {f"biểu đồ {block.id}": _name(0, block) for block in shown.blocks if isinstance(block, Chart)}
    return tuple(
        Entry(proof, _prints(proof, anchors.get(proof.id, []), charts), _folded(proof)) for proof in everything.values()
    )


def _folded(proof: Proof) -> str:
    return f"{number(len(proof.records))} bản ghi" if len(proof.records) > FOLD_ABOVE else ""


def _more(proof: Proof) -> str:
    if len(proof.records) > PANEL_RECORDS:
        return f"Xem cả {number(len(proof.records))} bản ghi trong sổ số liệu"
    return "Xem trong sổ số liệu"


def _prints(proof: Proof, anchors: list[Anchored], charts: dict[str, str]) -> tuple[Print, ...]:
    """Find each print of a figure on the page: the next number of the same text, or the chart that it names."""
    left = list(anchors)
    found = []
    for printed in proof.prints:
        node = next((node for node in left if node.text == printed.text), None)
        if node is not None:
            left.remove(node)
        place = node.anchor if node else charts.get(printed.where.partition(",")[0], "")
        found.append(Print(printed.text, printed.where, f"index.html#{place}" if place else ""))
    return tuple(found)


def _downloads(edition: Edition, settings: Settings) -> tuple[Download, ...]:
    """List the files beside the page, of those formats that this workspace publishes."""
    offers = (
        (Format.PDF, Download(f"{edition.slug}.pdf", "Bản tin để in và lưu", "PDF")),
        (Format.JSON, Download("figures.json", "Sổ số liệu", "JSON")),
        (Format.CSV, Download("figures.csv", "Bảng số liệu", "CSV")),
        (Format.CSV, Download("records.csv", "Danh sách bản ghi", "CSV")),
    )
    return tuple(offer for name, offer in offers if name.value in settings.publishing.formats)
