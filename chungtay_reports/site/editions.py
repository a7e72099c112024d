"""The pages and files of editions: a bulletin's own page set into the frame of the site, a page for every report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chungtay_reports.site.cards import Card, card
from chungtay_reports.site.framing import framed
from chungtay_reports.site.grids import unit_path
from chungtay_reports.site.leaf import Leaf, Site, trail
from chungtay_reports.site.lists import year_path
from chungtay_reports.site.log import notes
from chungtay_reports.site.shown import BULLETIN, Printed, Shown
from chungtay_reports.vietnamese import press_date, sentence_start

KEY_LINES = 8
DOWNLOADS = (
    (".pdf", "Tải bản PDF"),
    (".docx", "Tải bản Word (DOCX)"),
    ("figures.json", "Sổ số liệu (JSON)"),
    ("figures.csv", "Bảng số liệu (CSV)"),
    ("records.csv", "Danh sách bản ghi (CSV)"),
    ("records.json", "Bản ghi để tính lại (JSON)"),
)


@dataclass(frozen=True, slots=True)
class Download:
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that a report tells of; `text` as printed."""

    text: str
    label: str


def edition_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Make everything that lies in the folders of editions, and the looks of those that differ from the present one."""
    for edition in [version for one in site.editions for version in (one, *one.older)]:
        if not edition.readable:
            yield _withdrawn(site, edition)
        elif edition.kind == BULLETIN:
            yield from framed(site, edition).items()
        else:
            yield _report(site, edition)
            yield from ((f"{edition.key}/{name}", data) for name, data in edition.files.items())


def downloads(edition: Shown) -> tuple[Download, ...]:
    """List what can be taken home of an edition, in the order of use."""
    return tuple(
        Download(name, label) for end, label in DOWNLOADS for name in sorted(edition.files) if name.endswith(end)
    )


# --------------------------------------------------------------------------- reports


def _report(site: Site, edition: Shown) -> tuple[str, bytes]:
    crumbs = (("Báo cáo", "bao-cao/index.html"), (f"Năm học {edition.year}", year_path(edition.year)))
    name = sentence_start(site.unit(edition.unit))
    leaf = Leaf(
        path=f"{edition.key}/index.html",
        title=site.title(edition),
        description=f"{edition.title} – {name}. Toàn văn, bản PDF, bản Word và sổ số liệu.",
        section="bao-cao",
        crumbs=trail(*(crumb for crumb in crumbs if edition.year or crumb[0] == "Báo cáo")),
        hidden=bool(edition.replaced),
    )
    running = tuple(passage for passage in edition.passages if passage.level is not None)
    return site.page(
        leaf,
        "report",
        edition=_card(site, edition),
        full_title=edition.title,
        unit=Download(unit_path(edition.unit), name),
        as_of_day=press_date(edition.as_of),
        downloads=downloads(edition),
        passages=running,
        lines=_key_lines(edition),
        newest=f"{edition.replaced}/index.html" if edition.replaced else "",
        day=press_date(edition.updated.date()),
        corrected=tuple(note for note in notes(site) if note.path == leaf.path),
    )


def _key_lines(edition: Shown) -> tuple[Line, ...]:
    """Choose the first figures that the report's text prints, each metric once."""
    found: dict[str, Printed] = {}
    for one in edition.prints:
        spoken = not one.where.startswith(("bảng", "biểu đồ", "phụ lục"))
        if spoken and one.text not in {"0", ""} and not one.metric.startswith("@"):
            found.setdefault(one.metric, one)
    return tuple(Line(_with_noun(one), _label(one)) for one in list(found.values())[:KEY_LINES])


def _with_noun(one: Printed) -> str:
    return one.text if one.unit in {"%", ""} or one.unit in one.text else f"{one.text}\u00a0{one.unit}"


def _label(one: Printed) -> str:
    return f"{one.name}, {one.days}" if one.days else one.name


def _card(site: Site, edition: Shown) -> Card:
    return card(site, edition)


def _withdrawn(site: Site, edition: Shown) -> tuple[str, bytes]:
    """Keep the place of a withdrawn edition, with the reason and nothing else."""
    kind = ("Bản tin", "ban-tin/index.html") if edition.kind == BULLETIN else ("Báo cáo", "bao-cao/index.html")
    leaf = Leaf(
        path=f"{edition.key}/index.html",
        title=site.title(edition),
        description="Ấn phẩm đã được thu hồi.",
        section=edition.kind,
        crumbs=trail(kind),
        hidden=True,
    )
    last = edition.issues[-1]
    return site.page(
        leaf, "withdrawn", edition=_card(site, edition), reason=last.reason, day=press_date(last.moment.date())
    )
