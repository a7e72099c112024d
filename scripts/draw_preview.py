"""Draw the pictures of docs/xem-thu.md: a preview of this repository's own workspace, with an error, and under review.

Run it after a change that authors would see: `python scripts/draw_preview.py`. It needs chromium.
"""

from __future__ import annotations

import io
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from draw_docs import CHROMIUM, EDITION, ROOT, save
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

BULLETIN = f"content/bulletins/{EDITION}.md"
SENTENCE = "{{ so('chuyen_de_truong') }} chuyên đề; phòng GD&ĐT"
MISTAKE = "hơn 600 chuyên đề; phòng GD&ĐT"
SECONDS = 60_000


@contextmanager
def preview(folder: Path) -> Iterator[str]:
    """Serve a copy of the workspace in `folder`; gives its address."""
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "chungtay.yaml", folder)
    command = (sys.executable, "-m", "chungtay_reports", "-C", folder, "preview", "--no-open", "--port", "4900")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            yield (process.stdout.readline() if process.stdout else "").strip().rstrip("/")
        finally:
            process.send_signal(signal.SIGINT)


def under_review(page: Page) -> bytes:
    """The whole screen of the review."""
    expect(page.locator(".xt-duyet")).to_be_visible(timeout=SECONDS)
    return page.screenshot()


def with_error(page: Page, folder: Path) -> bytes:
    """The article with a mistake planted into its prose."""
    expect(page.locator("h1 .so")).to_be_visible(timeout=SECONDS)
    text = (folder / BULLETIN).read_text("utf-8")
    (folder / BULLETIN).write_text(text.replace(SENTENCE, MISTAKE), "utf-8")
    expect(page.locator(".xt-loi").first).to_be_visible(timeout=SECONDS)
    return page.screenshot()


def main() -> None:
    with tempfile.TemporaryDirectory() as place, preview(Path(place)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1320, "height": 820})
        page.goto(f"{address}/duyet/{EDITION}/index.html")
        save(picture(under_review(page)), "xem-thu-soat.png")
        page.goto(f"{address}/an-pham/{EDITION}/index.html")
        save(picture(with_error(page, Path(place))), "xem-thu-loi.png")
        browser.close()


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


if __name__ == "__main__":
    main()
