"""The pages in a real browser: readable by everyone, quiet on the network, and of use without JavaScript."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import browsing
import editions
import pytest
from browsing import WEB, violations
from playwright.sync_api import Browser, Page

from chungtay_reports.formats import FORMATS

pytestmark = pytest.mark.slow

PAGES = ("index.html", "so-lieu.html")
ENDPOINT = "https://danh-gia.example.vn/gui"
CONTRAST = {"": "", "cao": "Tăng tương phản", "diu": "Giảm tương phản"}
LOCAL_SELF = re.compile(
    r"Resource violates Content Security Policy .* “(reader\.js|style\.css|charts\.css|images/[a-z-]+\.png)” blocked"
)
RECORD_VIOLATIONS = """
  window.refused = [];
  document.addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective));
"""

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("build")
    for document in FORMATS["html"](editions.edition(), editions.settings(rating_endpoint=ENDPOINT)):
        path = root / document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.data)
    return root / "ban-tin-2023-08"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with browsing.serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing.chromium() as browser:
        yield browser


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Open a page in a context of its own: `opened("index.html", width=320, color_scheme="dark")`."""
    contexts = []

    def open_page(name: str = "index.html", width: int = 1280, height: int = 900, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        context.add_init_script(RECORD_VIOLATIONS)
        page = context.new_page()
        page.goto(address + name)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("contrast", CONTRAST)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_any_colours(opened: Open, name: str, contrast: str, scheme: str) -> None:
    page = opened(name, color_scheme=scheme)
    if contrast:
        page.get_by_role("button", name=CONTRAST[contrast]).click()
    assert violations(page) == []


@pytest.mark.parametrize("name", [*PAGES, "index.html#muc-0-s1", "index.html#muc-0-s9", "index.html#chi-so-s2"])
def test_axe_finds_nothing_on_a_small_phone_nor_in_an_opened_proof(opened: Open, name: str) -> None:
    assert violations(opened(name, width=320)) == []


def test_axe_would_find_a_picture_without_words_and_grey_on_grey(opened: Open) -> None:
    page = opened()
    page.evaluate("document.querySelector('img').removeAttribute('alt')")
    page.evaluate("document.querySelector('.sapo').style.color = '#bbb'")
    assert {found.partition(":")[0] for found in violations(page)} == {"image-alt", "color-contrast"}


@pytest.mark.parametrize("clicks", [0, 5])
@pytest.mark.parametrize("name", [*PAGES, "index.html#muc-0-s1"])
def test_a_page_never_scrolls_sideways_at_320_px(opened: Open, name: str, clicks: int) -> None:
    page = opened(name, width=320, color_scheme="light")
    for _ in range(clicks):
        page.get_by_role("button", name="tăng cỡ chữ").click()
    for details in page.locator("summary").all()[:2]:
        details.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_leading_number_stays_in_one_line_beside_a_scroll_bar_too(opened: Open) -> None:
    page = opened(width=305)
    number = page.locator(".chi-so-to .so").first
    number.evaluate("one => { one.textContent = '30/30' }")
    assert number.evaluate("one => one.getClientRects().length") == 1


def test_text_size_and_contrast_are_chosen_by_keyboard_and_remembered(opened: Open) -> None:
    page = opened()
    larger = page.get_by_role("button", name="tăng cỡ chữ")
    while not larger.evaluate("node => node === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(2):
        root = page.locator("html")
        assert root.evaluate("node => getComputedStyle(node).fontSize") == "18.4px"
        assert root.get_attribute("data-tuong-phan") == "cao"
        assert page.get_by_role("button", name="Tăng tương phản").get_attribute("aria-pressed") == "true"
        assert page.get_by_role("button", name="cỡ chữ bình thường").get_attribute("aria-pressed") == "false"
        page.reload()
    page.goto(page.url.replace("index.html", "so-lieu.html"))
    assert page.locator("html").get_attribute("data-co-chu") == "115"


def test_the_first_key_leads_past_the_masthead(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def test_a_number_opens_and_closes_its_records_without_javascript(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    panel = page.locator("#muc-0-s1")
    assert not panel.is_visible()
    page.locator("#muc-0-s1").locator("xpath=preceding-sibling::p[1]").get_by_role("link", name="672").click()
    assert panel.is_visible()
    assert panel.get_by_text("GN-2023-0001").is_visible()
    assert panel.get_by_text("content/records/2022-2023/quan-cau-giay/gn.yaml:14").is_visible()
    panel.get_by_role("link", name="Đóng").click()
    assert not panel.is_visible()
    assert page.locator("a.so:target").inner_text() == "672"
    assert not page.get_by_role("button", name="Tăng tương phản").is_visible()


def test_an_opened_proof_has_the_focus_and_escape_gives_it_back(opened: Open) -> None:
    page = opened()
    page.locator("#so-s1-3").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "muc-0-s1"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "so-s1-3"
    assert not page.locator("#muc-0-s1").is_visible()


def test_every_link_inside_the_folder_leads_to_something(opened: Open, folder: Path) -> None:
    ids, links = {}, set()
    for name in PAGES:
        page = opened(name)
        ids[name] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(node => node.id)"))
        links |= {(name, link) for link in page.evaluate("[...document.links].map(node => node.getAttribute('href'))")}
    beside = {"figures.json", "figures.csv", "records.csv", "ban-tin-2023-08.pdf"}
    for name, link in sorted(links):
        target, _, fragment = link.partition("#")
        if link.startswith(("https:", "mailto:", "../")) or target in beside:
            continue
        assert (folder / (target or name)).is_file(), link
        assert not fragment or fragment in ids[target or name], link


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("local", [True, False])
def test_a_page_asks_for_nothing_outside_its_folder(
    browser: Browser, address: str, folder: Path, name: str, *, local: bool
) -> None:
    base = folder.as_uri() + "/" if local else address
    context = browser.new_context()
    context.add_init_script(RECORD_VIOLATIONS)
    page = context.new_page()
    asked, told, failed = [], [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto(base + name)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    assert {url for url in asked if not url.startswith(base) and not url.endswith("/favicon.ico")} == set()
    assert (told, failed, page.evaluate("window.refused")) == ([], [], [])
    assert page.evaluate("[...document.fonts].some(face => face.status === 'loaded')")
    context.close()


def test_the_policy_stops_a_script_in_the_page(opened: Open) -> None:
    page = opened()
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.broken = true\">')")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.broken = true'}))"
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.broken") is None
    assert page.evaluate("window.refused.length") > 0


def test_touch_targets_are_at_least_24_px(opened: Open) -> None:
    page = opened(width=320)
    boxes = page.evaluate(
        "[...document.querySelectorAll('button, .dong, .nut, .chi-so-to a, .ben-canh li a, .sao label')]"
        ".map(node => node.getBoundingClientRect()).filter(box => box.width).map(box => [box.width, box.height])"
    )
    assert boxes
    assert [box for box in boxes if min(box) < 24] == []


def test_the_nu_checker_finds_neither_errors_nor_warnings(folder: Path) -> None:
    jar = WEB / "vnu-jar" / "build" / "dist" / "vnu.jar"
    files = [str(folder / name) for name in (*PAGES, "style.css", "charts.css")]
    command = ["java", "-Xss4m", "-jar", str(jar), "--also-check-css", "--format", "json", *files]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    messages = json.loads(result.stderr)["messages"]
    # To the checker a local file has no origin, so 'self' covers nothing; the browser tests prove what it covers.
    found = [m for m in messages if not LOCAL_SELF.match(m["message"])]
    assert [(m["url"].rpartition("/")[2], m.get("lastLine"), m["message"]) for m in found] == []
