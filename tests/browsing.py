"""Headless Chromium for tests of pages: one browser, contexts of their own, and nothing that reaches beyond the machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

WEB = Path(__file__).parent / "web" / "node_modules"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Show the nearest 404.html in the place of a page that is not there."""
        asked = Path(self.translate_path(self.path))
        pages = [page for folder in asked.parents if (page := folder / "404.html").is_file()]
        if code != HTTPStatus.NOT_FOUND or not pages:
            super().send_error(code, message, explain)
            return
        data = pages[0].read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def handle(self) -> None:
        with suppress(ConnectionError):  # a browser that leaves a page drops what it had asked for
            super().handle()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder as a static host does; gives its address with a slash at the end."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def page(browser: Browser, base: str, *, width: int = 1280, **options: object) -> Iterator[Page]:
    """Open a page in a context of its own; afterwards no request has left for anywhere but `base`, and no error was told."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
    strayed: list[str] = []
    told: list[str] = []

    def route(request: Route) -> None:
        if request.request.url.startswith(base):
            request.continue_()
        else:
            strayed.append(request.request.url)
            request.abort()

    context.route("**/*", route)
    opened = context.new_page()
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    try:
        yield opened
    finally:
        context.close()
    assert (strayed, told) == ([], [])


def violations(opened: Page) -> list[str]:
    """Run axe and name what it finds, with the place."""
    opened.evaluate((WEB / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = opened.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations'], preload: false})", WCAG)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
