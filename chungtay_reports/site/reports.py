"""The pages of a report: its text with tables, short annexes folded below it, long ones on pages of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chungtay_reports.site.cards import card
from chungtay_reports.site.grids import unit_path
from chungtay_reports.site.leaf import Crumb, Leaf, Site, trail
from chungtay_reports.site.letter import Annex, Letter, Piece, Table, read_letter
from chungtay_reports.site.lists import year_path
from chungtay_reports.site.log import notes
from chungtay_reports.site.shown import Printed, Shown
from chungtay_reports.vietnamese import press_date, sentence_start

DOWNLOADS = (
    (".pdf", "Tải bản PDF"),
    (".docx", "Tải bản Word (DOCX)"),
    ("figures.json", "Sổ số liệu (JSON)"),
    ("figures.csv", "Bảng số liệu (CSV)"),
    ("records.csv", "Danh sách bản ghi (CSV)"),
    ("records.json", "Bản ghi để tính lại (JSON)"),
)
KEY_LINES = 8
FOLDED = 40  # rows of an annex that still stand on the report's page
PAGE = 100  # rows on a page of an annex


@dataclass(frozen=True, slots=True)
class Download:
    path: str
    label: str

    @property
    def data(self) -> bool:
        """Say whether it is for a program, and not for a reader."""
        return self.path.endswith((".json", ".csv"))


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that a report tells of; `text` as printed."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Folded:
    """An annex on the report's page: folded in with its pieces, or with `paths` of its own and what stands on each."""

    name: str
    pieces: tuple[Piece, ...]
    paths: tuple[str, ...]
    size: str = ""  # “92 hàng”
    parts: tuple[tuple[Piece, ...], ...] = ()

    @property
    def path(self) -> str:
        return self.paths[0] if self.paths else ""


def report_pages(site: Site, edition: Shown) -> Iterator[tuple[str, bytes]]:
    """Make a report's page, and pages of their own for annexes that are too long to be folded into it."""
    data = next((data for name, data in sorted(edition.files.items()) if name.endswith(".docx")), None)
    letter = read_letter(data) if data else Letter((), ())
    annexes = tuple(_folded(edition, number, annex) for number, annex in enumerate(letter.annexes, 1))
    leaf, page = _report(site, edition, letter, annexes)
    yield page
    for annex in annexes:
        yield from _annex_pages(site, leaf, annex)


def _folded(edition: Shown, number: int, annex: Annex) -> Folded:
    rows = sum(len(piece.rows) for piece in annex.pieces if isinstance(piece, Table))
    name = ". ".join(filter(None, (annex.label, annex.title)))
    if rows <= FOLDED:
        return Folded(name, annex.pieces, ())
    parts = tuple(_parts(annex.pieces))
    paths = tuple(
        f"{edition.key}/phu-luc-{number}{f'-{page}' if page > 1 else ''}.html" for page in range(1, len(parts) + 1)
    )
    return Folded(name, (), paths, f"{rows} hàng", parts)


def _parts(pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    """Divide an annex into pages of so many rows; what stands before a table goes with its first rows."""
    waiting: list[Piece] = []
    room = PAGE
    for piece in pieces:
        if not isinstance(piece, Table):
            waiting.append(piece)
            continue
        rows = piece.rows
        while len(rows) > room:
            yield (*waiting, replace(piece, rows=rows[:room]))
            waiting, rows, room = [], rows[room:], PAGE
        room -= len(rows)
        waiting.append(replace(piece, rows=rows))
    if waiting:
        yield tuple(waiting)


def _annex_pages(site: Site, report: Leaf, annex: Folded) -> Iterator[tuple[str, bytes]]:
    for number, (path, pieces) in enumerate(zip(annex.paths, annex.parts, strict=True), 1):
        leaf = Leaf(
            path=path,
            title=annex.name if number == 1 else f"{annex.name}, trang {number}",
            description=f"{annex.name} của {report.title}.",
            section="bao-cao",
            crumbs=(*report.crumbs, Crumb(report.title, report.path)),
            hidden=report.hidden,
        )
        yield site.page(
            leaf,
            "annex",
            name=annex.name,
            report=report.title,
            annex=pieces,
            pages=annex.paths,
            page=number,
            last=len(annex.paths),
        )


def _report(site: Site, edition: Shown, letter: Letter, annexes: tuple[Folded, ...]) -> tuple[Leaf, tuple[str, bytes]]:
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
    page = site.page(
        leaf,
        "report",
        edition=card(site, edition),
        full_title=edition.title,
        unit=Crumb(name, unit_path(edition.unit)),
        as_of_day=press_date(edition.as_of),
        downloads=downloads(edition),
        letter=letter,
        annexes=annexes,
        lines=_key_lines(edition),
        newest=f"{edition.replaced}/index.html" if edition.replaced else "",
        day=press_date(edition.updated.date()),
        corrected=tuple(note for note in notes(site) if note.path == leaf.path),
    )
    return leaf, page


def downloads(edition: Shown) -> tuple[Download, ...]:
    """List what can be taken home of an edition, in the order of use."""
    return tuple(
        Download(name, label) for end, label in DOWNLOADS for name in sorted(edition.files) if name.endswith(end)
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
