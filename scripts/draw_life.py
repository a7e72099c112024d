"""Draw what publishing leaves: the desk with the state of each bulletin, and the page of a corrected one."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import make_archive
from camera import EDITION, chungtay, copy_workspace, picture, save, screen
from draw_docs import shoot
from draw_preview import SECONDS, preview
from playwright.sync_api import Page, expect

APPROVED = "2024-12-noi-hai-bo-song"
MARGIN = 24


def draw(names: Collection[str], folder: Path) -> None:
    """Publish and correct one bulletin in a copy of the workspace, approve the other; draw where they are."""
    copy_workspace(folder)
    chungtay(folder, "approve", EDITION, "--by", make_archive.EDITOR)
    chungtay(folder, "publish", EDITION)
    make_archive.correct(folder)
    if "dinh-chinh.png" in names:
        chungtay(folder, "build", EDITION, "--to", "html")
        shoot(folder / "build" / EDITION / "index.html", "dinh-chinh.png", (1000, 900), notice)
    if "ban-bien-tap.png" in names:
        chungtay(folder, "approve", APPROVED, "--by", make_archive.EDITOR)
        with preview(folder) as address, screen() as browser:
            page = browser.new_page(viewport={"width": 1000, "height": 900})
            page.goto(f"{address}/")
            save(picture(states(page)), "ban-bien-tap.png")


def notice(page: Page) -> bytes:
    """The head of the article down to the end of the notice."""
    return down_to(page, ".dinh-chinh")


def states(page: Page) -> bytes:
    """The desk down to the end of its bulletins."""
    expect(page.locator(".xt-an-pham")).to_be_visible(timeout=SECONDS)
    return down_to(page, ".xt-an-pham")


def down_to(page: Page, selector: str) -> bytes:
    """The page from its top to the end of one of its parts."""
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    if box is None or size is None:
        message = f"the page does not show {selector}"
        raise RuntimeError(message)
    clip = {"x": 0, "y": 0, "width": size["width"], "height": box["y"] + box["height"] + MARGIN}
    return page.screenshot(clip=clip, full_page=True)  # type: ignore[arg-type]
