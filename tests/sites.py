"""The site of a workspace made in a test, and what can be read from its files."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

from chungtay_reports.site import build_site

NOW = datetime(2026, 11, 22, 8, tzinfo=timezone(timedelta(hours=7)))


def build(root: Path, now: datetime = NOW, *, drafts: bool = True) -> dict[str, bytes]:
    """Build the site and return its files by path below build/site/."""
    build_site(root, now, drafts=drafts)
    folder = root / "build" / "site"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


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


def broken_links(files: dict[str, bytes]) -> list[str]:
    """List the links of all pages that lead to no file of the site, or to no place on its page."""
    pages = outlines(files)
    found = []
    for path, page in pages.items():
        for link in page.links:
            if link.startswith(("http:", "https:", "mailto:", "data:")):
                continue
            target, _, fragment = unquote(link).partition("#")
            resolved = normpath((PurePosixPath(path).parent / target).as_posix()) if target else path
            if resolved not in files:
                found.append(f"{path}: {link}")
            elif fragment and fragment not in pages[resolved].ids:
                found.append(f"{path}: {link} (no such place)")
    return found
