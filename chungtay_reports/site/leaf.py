"""A page of the site and the frame that every page shares; addresses on it are relative to where it lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from chungtay_reports import theme
from chungtay_reports.archive.proof.index import Listed
from chungtay_reports.formats.html import COMPANIONS, content_policy
from chungtay_reports.site.book import Book
from chungtay_reports.site.shown import BULLETIN, REPORT, Shown
from chungtay_reports.vietnamese import press_date, sentence_start
from chungtay_reports.workspace.library import Library

Files = dict[str, bytes]
# the navigation: section, words, page
SECTIONS = (
    ("ban-tin", "Bản tin", "ban-tin/index.html"),
    ("bao-cao", "Báo cáo", "bao-cao/index.html"),
    ("don-vi", "Đơn vị", "don-vi/index.html"),
    ("thanh-pho", "Toàn thành phố", "thanh-pho/index.html"),
    ("chi-tieu", "Số liệu", "chi-tieu/index.html"),
    ("du-lieu", "Dữ liệu mở", "du-lieu/index.html"),
)
KINDS = (BULLETIN, REPORT)  # sections that are there only when there are such editions
OWN_ASSETS = {
    "site/site.css": "site.css",
    "site/search.js": "tim-kiem.js",
    "site/fonts.js": "chu.js",
    "site/checking.js": "kiem-chung.js",
    "site/icon.svg": "bieu-tuong.svg",
}


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where a page lies on the site and how it is called; `feed` is the address of the Atom feed that goes with it."""

    path: str
    title: str
    description: str
    section: str = ""
    crumbs: tuple[Crumb, ...] = ()
    feed: str = "feed.xml"
    hidden: bool = False  # of no use to search engines
    anywhere: str = ""  # the front page's folder, on a page that hosts show in the place of any other

    @property
    def root(self) -> str:
        """Lead from the page to the front page's folder."""
        return self.anywhere or "../" * self.path.count("/")


@dataclass(frozen=True)
class Site:
    """Everything that pages are made of. `by_key` are the editions by their folder; newest first in `editions`."""

    library: Library
    editions: tuple[Shown, ...]
    book: Book
    overrides: Path | None
    drafts: bool
    register: tuple[Listed, ...] = ()  # every published version, by edition, oldest first

    @cached_property
    def by_key(self) -> Mapping[str, Shown]:
        return {edition.key: edition for edition in self.editions}

    def has(self, kind: str) -> bool:
        """Say whether there is an edition of that kind."""
        return any(edition.kind == kind for edition in self.editions)

    @cached_property
    def looks(self) -> Files:
        """The style, scripts and fonts of the present templates, below a folder named by their digest."""
        files = {name: theme.asset(source, self.overrides) for source, name in (COMPANIONS | OWN_ASSETS).items()}
        return files | theme.fonts("bulletin/style.css", self.overrides)

    @cached_property
    def look(self) -> str:
        return look_folder(self.looks)

    def unit(self, unit: str, style: str = "full") -> str:
        """Name a unit as of the site's day."""
        return self.library.registry.name(unit, self.book.as_of, style)

    def title(self, edition: Shown) -> str:
        """Name an edition in a list: a report by its year and its unit, because all reports have one title."""
        if edition.kind == BULLETIN:
            return edition.title
        year = f" năm học {edition.year}" if edition.year else ""
        return f"Báo cáo{year} của {self.unit(edition.unit)}"

    def page(self, leaf: Leaf, template: str, **values: object) -> tuple[str, bytes]:
        """Fill a page of the site; `values` are what its own template shows, and what it shows otherwise in the frame."""
        text = theme.fill(f"site/{template}.html.j2", self.overrides, **(frame(self, leaf) | values))
        return leaf.path, text.encode()


def frame(site: Site, leaf: Leaf) -> dict[str, object]:
    """Give what the frame of a page shows."""
    settings = site.library.settings
    base = settings.publishing.base_url.rstrip("/")
    return {
        "leaf": leaf,
        "root": leaf.root,
        "look": f"{leaf.root}{site.look}",
        "settings": settings,
        "policy": content_policy(settings, site=True),
        "canonical": address(base, leaf.path) if base and not leaf.anywhere else "",
        "sections": tuple(section for section in SECTIONS if section[0] not in KINDS or site.has(section[0])),
        "drafts": site.drafts,
        "as_of": press_date(site.book.as_of),
        "place": registry_place(site),
    }


def address(base: str, path: str) -> str:
    """Give a page's whole address; hosts show a folder's index.html under the folder's own address."""
    return f"{base}/{path.removesuffix('index.html')}"


def registry_place(site: Site) -> str:
    """Name the city or whatever the whole is: the place that the organisation belongs to."""
    office = site.library.settings.organisation.office
    registry = site.library.registry
    unit = registry.unit(office)
    parent = unit.parent if unit else None
    name = registry.name(parent, site.book.as_of) if parent and parent in registry.units else "Toàn thành phố"
    return sentence_start(name)


def look_folder(files: Mapping[str, bytes]) -> str:
    """Name the folder of a set of shared files by what is in them, so that editions with other files keep their own."""
    digests = (f"{name} {sha256(data).hexdigest()}" for name, data in sorted(files.items()))
    return f"tai-san/{sha256(chr(10).join(digests).encode()).hexdigest()[:10]}"


def home() -> Crumb:
    return Crumb("Trang đầu", "index.html")


def trail(*crumbs: tuple[str, str]) -> tuple[Crumb, ...]:
    """Lead from the front page to a page; the page itself is not in it."""
    return (home(), *(Crumb(*crumb) for crumb in crumbs))


def gathered(pages: Iterable[tuple[str, bytes]]) -> Files:
    return dict(pages)
