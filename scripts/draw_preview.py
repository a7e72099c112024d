"""Draw the preview of this repository's own workspace: with an error, and under review."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from camera import EDITION, copy_workspace, picture, save, screen
from playwright.sync_api import Page, expect

BULLETIN = f"content/bulletins/{EDITION}.md"
SENTENCE = "{{ so('chuyen_de_truong') }} chuyên đề; phòng GD&ĐT"
MISTAKE = "hơn 600 chuyên đề; phòng GD&ĐT"
SECONDS = 60_000


@contextmanager
def preview(folder: Path) -> Iterator[str]:
    """Serve the workspace in `folder`; gives its address."""
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


def draw(names: Collection[str], folder: Path) -> None:
    """Serve a copy of the workspace; draw the review, then the error, since the error stays."""
    copy_workspace(folder)
    with preview(folder) as address, screen() as browser:
        page = browser.new_page(viewport={"width": 1320, "height": 820})
        if "xem-thu-soat.png" in names:
            page.goto(f"{address}/duyet/{EDITION}/index.html")
            save(picture(under_review(page)), "xem-thu-soat.png")
        if "xem-thu-loi.png" in names:
            page.goto(f"{address}/an-pham/{EDITION}/index.html")
            save(picture(with_error(page, folder)), "xem-thu-loi.png")
