"""The pages and files of editions: a bulletin's own page set into the frame of the site, a page for every report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from chungtay_reports import theme
from chungtay_reports.formats.html import SITE_CONNECTS
from chungtay_reports.site.cards import Card, card, cards
from chungtay_reports.site.grids import unit_path
from chungtay_reports.site.leaf import Files, Leaf, Site, frame, look_folder, trail
from chungtay_reports.site.lists import year_path
from chungtay_reports.site.log import notes
from chungtay_reports.site.shown import BULLETIN, Printed, Shown
from chungtay_reports.vietnamese import press_date, sentence_start

RELATED = 3
KEY_LINES = 8
FACES = (
    "BeVietnamPro-Regular",
    "BeVietnamPro-SemiBold",
    "BeVietnamPro-Bold",
    "ChungTaySerif-Bold",
    "ChungTaySerif-Regular",
)
PAGE, LEDGER = "index.html", "so-lieu.html"
DOWNLOADS = (
    (".pdf", "Tải bản PDF"),
    (".docx", "Tải bản Word (DOCX)"),
    ("figures.json", "Sổ số liệu (JSON)"),
    ("figures.csv", "Bảng số liệu (CSV)"),
    ("records.csv", "Danh sách bản ghi (CSV)"),
    ("records.json", "Bản ghi để tính lại (JSON)"),
)
_SHARED = re.compile(r'(?P<name>src|href)="(?P<file>[\w-]+\.(?:css|js))"')
_POLICY = re.compile(r"; (?=base-uri )")
_FORMS = re.compile(r"(?<=form-action )(?:'none'|&#39;none&#39;)?")
_HEAD_END = "</head>"
_MASTHEAD = re.compile(r'<span class="ten-bao">(.*?)</span>', re.DOTALL)
_MASTHEAD_END = re.compile(r"</header>\n?")
_CRUMBS = re.compile(r'<nav class="duong-dan".*?</nav>\n?', re.DOTALL)
_RELATED = re.compile(r'<nav class="cung-phong-trao".*?</nav>\n?', re.DOTALL)
_BESIDE = re.compile(r'<section class="ve-so-lieu"')
_NEIGHBOUR = re.compile(r'href="\.\./([a-z0-9-]+)/index\.html"')


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
    for edition in site.editions:
        if not edition.readable:
            yield _withdrawn(site, edition)
        elif edition.kind == BULLETIN:
            yield from _bulletin(site, edition).items()
        else:
            yield _report(site, edition)
            yield from ((f"{edition.key}/{name}", data) for name, data in edition.files.items())


def downloads(edition: Shown) -> tuple[Download, ...]:
    """List what can be taken home of an edition, in the order of use."""
    return tuple(
        Download(name, label) for end, label in DOWNLOADS for name in sorted(edition.files) if name.endswith(end)
    )


# --------------------------------------------------------------------------- bulletins


def _bulletin(site: Site, edition: Shown) -> Files:
    """Set a bulletin's pages into the site; its style, script and fonts go where other editions share them."""
    shared = {name: data for name, data in edition.files.items() if _is_shared(name)}
    look = look_folder(shared)
    known = {name: data for name, data in site.looks.items() if name in shared}
    if known == shared:
        look, shared = site.look, {}  # the present one has these files, and the site's own besides
    made = {f"{look}/{name}": data for name, data in shared.items()}
    for name, data in edition.files.items():
        if name in (PAGE, LEDGER):
            made[f"{edition.key}/{name}"] = _set_in(site, edition, name, data.decode(), look).encode()
        elif not _is_shared(name):
            made[f"{edition.key}/{name}"] = data
    return made


def _is_shared(name: str) -> bool:
    return PurePosixPath(name).suffix in {".css", ".js", ".woff2"}


def _set_in(site: Site, edition: Shown, name: str, page: str, look: str) -> str:
    """Put a page that stood alone into the frame of the site: shared files, navigation, breadcrumbs, related editions."""
    leaf = _leaf(edition, name)
    values = frame(site, leaf)
    root = leaf.root
    links = f'<link rel="icon" type="image/svg+xml" href="{root}{site.look}/bieu-tuong.svg">\n'
    links += f'<link rel="stylesheet" href="{root}{site.look}/site.css">\n'
    links += f'<link rel="alternate" type="application/atom+xml" title="Tin mới" href="{root}feed.xml">\n'
    bar = theme.fill("site/navigation.html.j2", site.overrides, **values)
    crumbs = theme.fill("site/crumbs.html.j2", site.overrides, **values)
    beside = theme.fill("site/beside.html.j2", site.overrides, **values, **_beside(site, edition, page))
    page = page.replace("<script src=", f"{_faces(root, site.look, look)}<script src=", 1)
    page = _SHARED.sub(lambda found: f'{found["name"]}="{root}{look}/{found["file"]}"', page)
    page = _POLICY.sub(f"; {SITE_CONNECTS}", page, count=1)
    page = _FORMS.sub("'self' ", page, count=1)
    page = page.replace(_HEAD_END, links + _HEAD_END, 1)
    page = _MASTHEAD.sub(lambda found: f'<a class="ten-bao" href="{root}index.html">{found[1]}</a>', page, count=1)
    page = _MASTHEAD_END.sub(lambda found: found[0] + bar, page, count=1)
    page = _CRUMBS.sub(lambda _: crumbs, page, count=1)
    page = _RELATED.sub("", page)
    return _BESIDE.sub(lambda found: beside + found[0], page, count=1) if name == PAGE else page


def _faces(root: str, site_look: str, look: str) -> str:
    """Ask early for the faces that an article begins with."""
    faces = " ".join(FACES)
    return f'<script src="{root}{site_look}/chu.js" data-chu="{root}{look}/fonts/" data-ten="{faces}"></script>\n'


def _leaf(edition: Shown, name: str) -> Leaf:
    number = f"Số {edition.number}" if edition.number else edition.title
    crumbs: tuple[tuple[str, str], ...] = (
        ("Bản tin", "ban-tin/index.html"),
        (f"Năm học {edition.year}", year_path(edition.year)),
    )
    if name == LEDGER:
        crumbs = (*crumbs, (number, f"{edition.key}/{PAGE}"))
    title = "Sổ số liệu" if name == LEDGER else number
    return Leaf(f"{edition.key}/{name}", title, edition.summary, "ban-tin", trail(*crumbs))


def _beside(site: Site, edition: Shown, page: str) -> dict[str, object]:
    """Choose what stands beside a bulletin: the editions that it names, or the latest others, and its units."""
    named = [site.by_key[key] for key in _NEIGHBOUR.findall(page) if key in site.by_key and key != edition.key]
    others = [one for one in site.editions if one.kind == BULLETIN and one.key != edition.key and one.readable]
    related = [one for one in dict.fromkeys(named) if one.readable] or others[:RELATED]
    units = [Download(unit_path(unit), sentence_start(site.unit(unit))) for unit in _with_page(site, edition)]
    return {"related": cards(site, related), "units": tuple(units)}


def _with_page(site: Site, edition: Shown) -> tuple[str, ...]:
    registry = site.library.registry
    found = (unit for unit in edition.about if unit in registry.units and registry.top(unit) == unit)
    return tuple(sorted(found, key=registry.order))


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
