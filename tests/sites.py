"""The site of a workspace made in a test, and what can be read from its files."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from chungtay_reports import pipeline
from chungtay_reports.archive.ocfl import Store, User
from chungtay_reports.archive.publication import FILE, Publication, State, object_id, to_json
from chungtay_reports.fingerprint import Fingerprint
from chungtay_reports.formats import FORMATS
from chungtay_reports.formats.metadata import plain
from chungtay_reports.site import build_site

NOW = datetime(2026, 11, 22, 8, tzinfo=timezone(timedelta(hours=7)))


def build(root: Path, now: datetime = NOW, *, drafts: bool = True) -> dict[str, bytes]:
    """Build the site and return its files by path below build/site/."""
    build_site(root, now, drafts=drafts)
    folder = root / "build" / "site"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


SIGNED = Fingerprint("0" * 64, "1" * 64)


def publish(root: Path, key: str, when: str = "2026-11-20T09:00:00+07:00", **changes: object) -> dict[str, bytes]:
    """File a bulletin of the workspace in its archive as it is composed now, with a stand-in for the PDF."""
    library, _, (edition,) = pipeline.editions(root, NOW.date(), [key])
    made = [one for name in ("html", "json", "csv") for one in FORMATS[name](edition, library.settings)]
    files = {one.path.removeprefix(f"{key}/"): one.data for one in made} | {f"{key}.pdf": b"%PDF-1.7 stand-in"}
    store = Store(root / "archive") if (root / "archive").exists() else Store.create(root / "archive")
    id_ = object_id(library.settings.organisation.office, key)
    inventory = store.inventory(id_)
    publication = Publication(
        key=key, kind="ban-tin", slug=key, unit="", year="", title=plain(edition.headline), issue=edition.issue,
        issued=edition.issued, published=moment(when), as_of=edition.ledger.as_of, period=edition.ledger.period,
        state=State.PUBLISHED, version=f"v{len(inventory.versions) + 1 if inventory else 1}", approvals=(),
        fingerprint=SIGNED, reason="", changes=(), embargo=None, files={},
    )  # fmt: skip
    publication = replace(publication, **changes)  # type: ignore[arg-type]
    logical = {f"tai-lieu/{name}": data for name, data in files.items()} | {FILE: to_json(publication).encode()}
    user = User("Văn thư", "mailto:van-thu@example.vn")
    store.commit(id_, logical, message="công bố", user=user, created=publication.published)
    return files


class Outline(HTMLParser):
    """The ids, addresses, headings and words of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.words: list[str] = []
        self.inline: list[str] = []
        self._hidden = 0
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._hidden += tag in {"script", "style", "head"}
        self.ids += [value for value in (given.get("id"),) if value]
        self.links += [value for name in ("href", "src", "action") if (value := given.get(name)) is not None]
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style", "head"}

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.words.append(data.strip())

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def outlines(files: dict[str, bytes]) -> dict[str, Outline]:
    return {path: Outline(data) for path, data in files.items() if path.endswith(".html")}


def broken_links(files: dict[str, bytes], folder: str = "/") -> list[str]:
    """List the links of all pages that lead to no file of the site, or to no place on its page.

    `folder` is where the site lies on its host.
    """
    pages = outlines(files)
    found = []
    for path, page in pages.items():
        for link in page.links:
            if link.startswith(("http:", "https:", "mailto:", "data:")):
                continue
            target, _, fragment = unquote(link).partition("#")
            start = PurePosixPath(path).parent
            beside = target.removeprefix(folder) if target.startswith(folder) else (start / target).as_posix()
            resolved = normpath(beside) if target else path
            if resolved not in files:
                found.append(f"{path}: {link}")
            elif fragment and fragment not in pages[resolved].ids:
                found.append(f"{path}: {link} (no such place)")
    return found
