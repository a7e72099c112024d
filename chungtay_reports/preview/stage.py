"""What the preview shows at the moment: pages by address, and who waits for a newer one."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from chungtay_reports.errors import shown

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
}
HTML = MEDIA_TYPES["html"]
MARK = "dau-cua-trang"  # stands in a page for its own digest
FIRST, ABSENT = "dang-dung", "khong-co"  # the digests of what is not there: not yet, or not at all


@dataclass(frozen=True, slots=True)
class Page:
    """Something at an address: its bytes, or how to make them when somebody asks; `digest` changes when it does."""

    media_type: str
    make: Callable[[], bytes]
    digest: str


def page(name: str, data: bytes) -> Page:
    """Show a file as it is; its type is told by the end of its name."""
    return Page(MEDIA_TYPES[name.rpartition(".")[2]], lambda: data, digest_of(data))


def marked(html: str) -> Page:
    """Show a page that knows its own digest, so that it notices when it is old."""
    digest = digest_of(html.encode())
    data = html.replace(MARK, digest, 1).encode()
    return Page(HTML, lambda: data, digest)


def lazy(name: str, digest: str, make: Callable[[], bytes]) -> Page:
    """Show what is made only when somebody asks, and then once; `digest` names all that it depends on."""
    turn = threading.Lock()
    made: list[bytes] = []

    def once() -> bytes:
        with turn:
            if not made:
                made.append(make())
            return made[0]

    return Page(MEDIA_TYPES[name.rpartition(".")[2]], once, digest)


def digest_of(*parts: bytes) -> str:
    """Name some bytes briefly."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def confession(error: Exception) -> str:
    """Say which mistake of the program it was, and where; nothing of the machine's folders."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f"{PurePosixPath(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else "?"
    return shown(f"{type(error).__name__} ở {where}: {error}", 400)


class Stage:
    """The pages that can be seen now; nothing else can be, whatever address is asked for. It begins with `pages`."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self._pages = pages
        self._moved = threading.Condition()
        self._count = 0
        self.busy = True
        self.empty = True

    def find(self, path: str) -> Page | None:
        """Look up an address, letter by letter."""
        return self._pages.get(path)

    def digest(self, path: str) -> str:
        """Name what is at an address now."""
        found = self._pages.get(path)
        return found.digest if found else FIRST if self.empty else ABSENT

    def show(self, pages: Mapping[str, Page]) -> None:
        """Put new pages in the place of the old ones, all at once."""
        with self._moved:
            self._pages, self.busy, self.empty = dict(pages), False, False
            self._turn()

    def add(self, pages: Mapping[str, Page]) -> None:
        """Put some new pages beside the old ones."""
        self.show({**self._pages, **pages})

    def work(self) -> None:
        """Say that something newer is being made."""
        with self._moved:
            self.busy = True
            self._turn()

    def wait(self, seen: int, seconds: float) -> int:
        """Wait until something moves after the moment `seen`, or that long; returns the moment now."""
        with self._moved:
            self._moved.wait_for(lambda: self._count != seen, seconds)
            return self._count

    def _turn(self) -> None:
        self._count += 1
        self._moved.notify_all()
