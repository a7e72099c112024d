"""Draw the bulletin on a screen, on a phone and on paper, and the site, from a build of this repository's own workspace."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from camera import EDITION, chungtay, copy_workspace, picture, save, screen, sheet
from playwright.sync_api import Page

MARGIN = 24


def headline(page: Page) -> bytes:
    """The top of the page on a screen."""
    return page.screenshot()


def proof(page: Page) -> bytes:
    """A number of the prose, opened: its definition and the records that make it."""
    number = page.locator("article p a[href^='#']").filter(has_text="628").first
    number.click()
    panel = page.locator(number.get_attribute("href") or "")
    panel.scroll_into_view_if_needed()
    above, below = number.bounding_box(), panel.bounding_box()
    if above is None or below is None:
        message = "the page shows no proof"
        raise RuntimeError(message)
    top = max(above["y"] - 3 * MARGIN, 0)
    return page.screenshot(
        clip={
            "x": max(below["x"] - MARGIN, 0),
            "y": top,
            "width": below["width"] + 2 * MARGIN,
            "height": below["y"] + below["height"] + MARGIN - top,
        }
    )


SHOTS: dict[str, tuple[tuple[int, int], Callable[[Page], bytes]]] = {
    "html.png": ((1280, 860), headline),
    "nguon.png": ((1000, 1400), proof),
    "dien-thoai.png": ((390, 780), headline),
}
SHEETS = {"bulletin.png": ("Phát hành ngày", 900), "so-lieu-pdf.png": ("In là, ở đâu", 900)}
SITE_SHOTS = {
    "trang-tin.png": "index.html",
    "trang-tim-kiem.png": "tim-kiem/index.html?q=dong%20da",
    "trang-don-vi.png": "don-vi/quan-cau-giay/index.html",
}


def bulletin(names: Collection[str], folder: Path) -> None:
    """Build one bulletin; draw its page and its PDF."""
    copy_workspace(folder)
    chungtay(folder, "build", "--final", EDITION)
    edition = folder / "build" / EDITION
    for name, (words, width) in SHEETS.items():
        if name in names:
            save(sheet(edition / f"{EDITION}.pdf", words, width), name)
    for name, (size, take) in SHOTS.items():
        if name in names:
            shoot(edition / "index.html", name, size, take)


def site(names: Collection[str], folder: Path) -> None:
    """Make the site of drafts; draw its pages."""
    copy_workspace(folder)
    chungtay(folder, "site", "--drafts")
    for name, path in SITE_SHOTS.items():
        if name in names:
            page, _, query = path.partition("?")
            shoot(folder / "build" / "site" / page, name, query=query)


def shoot(
    file: Path,
    name: str,
    size: tuple[int, int] = (1280, 860),
    take: Callable[[Page], bytes] = headline,
    *,
    query: str = "",
) -> None:
    """Open a page as a reader would, and keep what `take` sees of it."""
    width, height = size
    with screen() as browser:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(f"{file.as_uri()}?{query}" if query else file.as_uri())
        save(picture(take(page)), name)
