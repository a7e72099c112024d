"""Draw the pictures of README.md, docs/huong-dan.md and docs/trang-tin.md from a build of this repository's own workspace.

Run it after a change that readers would see: `python scripts/draw_docs.py`. It needs chromium and poppler-utils.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "images"
EDITION = "2023-08-tam-thang-chung-tay"
CHROMIUM = "/usr/bin/chromium"
LARGEST = 250_000  # bytes of a picture
COLOURS = (256, 128, 64, 32)
MARGIN = 24


def build(folder: Path) -> Path:
    """Build the workspace in a folder of its own; return that of the edition."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "chungtay.yaml", folder)
    subprocess.run((sys.executable, "-m", "chungtay_reports", "-C", folder, "build", "--final", EDITION), check=True)  # noqa: S603
    return folder / "build" / EDITION


def site(folder: Path) -> Path:
    """Make the site of drafts in the same folder."""
    subprocess.run((sys.executable, "-m", "chungtay_reports", "-C", folder, "site", "--drafts"), check=True)  # noqa: S603
    return folder / "build" / "site"


def sheet(edition: Path, words: str, width: int) -> Image.Image:
    """Draw the first page of the PDF that has these words, `width` pixels wide."""
    pdf = edition / f"{EDITION}.pdf"
    told = subprocess.run(("pdftotext", pdf, "-"), check=True, capture_output=True).stdout.decode()  # noqa: S603, S607
    page = str(next(number for number, text in enumerate(told.split("\f"), 1) if words in " ".join(text.split())))
    command = ("pdftoppm", "-png", "-f", page, "-singlefile", "-scale-to-x", str(width), "-scale-to-y", "-1")
    target = edition.parent / "sheet"
    subprocess.run((*command, pdf, target), check=True)  # noqa: S603
    return Image.open(target.with_suffix(".png")).convert("RGB")


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
SITE_SHOTS = {"trang-tin.png": "index.html", "trang-tim-kiem.png": "tim-kiem/index.html?q=dong%20da"}
SHEETS = {"bulletin.png": ("Phát hành ngày", 900), "so-lieu-pdf.png": ("In là, ở đâu", 900)}


def shoot(browser: Browser, edition: Path, name: str, path: str = "index.html") -> Image.Image:
    (width, height), take = SHOTS.get(name, ((1280, 860), headline))
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1)
    page.goto(f"{edition.as_uri()}/{path}")
    raw = edition.parent / name
    raw.write_bytes(take(page))
    page.close()
    return Image.open(raw).convert("RGB")


def save(picture: Image.Image, name: str) -> None:
    """Write a picture with as many colours as fit in the largest size."""
    path = PICTURES / name
    for colours in COLOURS:
        picture.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            break
    print(f"docs/images/{name}: {picture.width}×{picture.height}, {path.stat().st_size // 1000} kB")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        edition = build(Path(folder))
        for name, (words, width) in SHEETS.items():
            save(sheet(edition, words, width), name)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name in SHOTS:
            save(shoot(browser, edition, name), name)
        pages = site(Path(folder))
        for name, path in SITE_SHOTS.items():
            save(shoot(browser, pages, name, path), name)
        browser.close()


if __name__ == "__main__":
    main()
