"""A bulletin's own page, set into the frame of the site: the article stays, what stands around it becomes the site's."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from chungtay_reports import theme
from chungtay_reports.formats.html import SITE_CONNECTS
from chungtay_reports.site.cards import cards
from chungtay_reports.site.grids import unit_path
from chungtay_reports.site.leaf import Files, Leaf, Site, frame, look_folder, trail
from chungtay_reports.site.lists import year_path
from chungtay_reports.site.shown import BULLETIN, Shown
from chungtay_reports.vietnamese import press_date, sentence_start

RELATED = 3
FACES = (
    "BeVietnamPro-Regular",
    "BeVietnamPro-SemiBold",
    "BeVietnamPro-Bold",
    "ChungTaySerif-Bold",
    "ChungTaySerif-Regular",
)
PAGE, LEDGER = "index.html", "so-lieu.html"
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


def framed(site: Site, edition: Shown) -> Files:
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
    links += '<meta name="robots" content="noindex">\n' if edition.replaced else ""
    bar = theme.fill("site/navigation.html.j2", site.overrides, **values)
    crumbs = theme.fill("site/crumbs.html.j2", site.overrides, **values)
    beside = theme.fill("site/beside.html.j2", site.overrides, **values, **_beside(site, edition, page))
    page = page.replace("<script src=", f"{_faces(root, site.look, look)}<script src=", 1)
    page = _SHARED.sub(lambda found: f'{found["name"]}="{root}{look}/{found["file"]}"', page)
    page = _POLICY.sub(f"; {SITE_CONNECTS}", page, count=1)
    page = _FORMS.sub("'self' ", page, count=1)
    page = page.replace(_HEAD_END, links + _HEAD_END, 1)
    page = _MASTHEAD.sub(lambda found: f'<a class="ten-bao" href="{root}index.html">{found[1]}</a>', page, count=1)
    page = _MASTHEAD_END.sub(lambda found: f"{found[0]}{bar}{_replaced(site, edition, values)}", page, count=1)
    page = _CRUMBS.sub(lambda _: crumbs, page, count=1)
    page = _RELATED.sub("", page)
    return _BESIDE.sub(lambda found: beside + found[0], page, count=1) if name == PAGE else page


def _replaced(site: Site, edition: Shown, values: dict[str, object]) -> str:
    """Say on the page of an older version that there is a newer one."""
    if not edition.replaced:
        return ""
    day, path = press_date(edition.updated.date()), f"{edition.replaced}/{PAGE}"
    return theme.fill("site/replaced.html.j2", site.overrides, **values, day=day, newest=path)


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
    elif edition.replaced:
        crumbs = (*crumbs, (number, f"{edition.replaced}/{PAGE}"))
    title = "Sổ số liệu" if name == LEDGER else "Bản cũ" if edition.replaced else number
    return Leaf(f"{edition.key}/{name}", title, edition.summary, "ban-tin", trail(*crumbs))


def _beside(site: Site, edition: Shown, page: str) -> dict[str, object]:
    """Choose what stands beside a bulletin: the editions that it names, or the latest others, and its units."""
    named = [site.by_key[key] for key in _NEIGHBOUR.findall(page) if key in site.by_key]
    others = [
        one
        for one in site.editions
        if one.kind == BULLETIN and one.key not in {edition.key, edition.replaced} and one.readable
    ]
    related = [one for one in dict.fromkeys(named) if one.readable] or others[:RELATED]
    units = [{"path": unit_path(unit), "label": sentence_start(site.unit(unit))} for unit in _with_page(site, edition)]
    return {"related": cards(site, related), "units": tuple(units)}


def _with_page(site: Site, edition: Shown) -> tuple[str, ...]:
    registry = site.library.registry
    found = (unit for unit in edition.about if unit in registry.units and registry.top(unit) == unit)
    return tuple(sorted(found, key=registry.order))
