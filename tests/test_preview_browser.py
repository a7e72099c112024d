"""The preview in a real browser: saved files show by themselves, errors where one looks, keyboard and axe all the way."""

from __future__ import annotations

import shutil
import signal
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import CHROMIUM, FLAGS, violations
from builds import started
from conftest import VALID
from playwright.sync_api import Browser, Page, expect, sync_playwright

from chungtay_reports.preview.answering import Answering
from chungtay_reports.preview.server import Server
from chungtay_reports.preview.stage import MARK, marked

pytestmark = pytest.mark.slow

SLUG = "2023-07-tong-ket"
BULLETIN = f"content/bulletins/{SLUG}.md"
ACTIVITIES = "content/records/2022-2023/quan-hoang-mai/activities.yaml"
ARTICLE, REVIEW = f"/an-pham/{SLUG}/index.html", f"/duyet/{SLUG}/index.html"
SENTENCE = "{{ so('chuyen_de') }} chuyên đề đã được thực hiện"
SECONDS = 20_000  # a machine that is busy with other tests


class Running:
    """A preview of a copy of the small workspace."""

    def __init__(self, root: Path, address: str) -> None:
        self.root, self.address = root, address

    def save(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text("utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new), "utf-8")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = tmp_path_factory.mktemp("xem-thu") / "kho"
    shutil.copytree(VALID, root)
    with started("preview", "--no-open", "--port", "4851", cwd=root) as process:
        assert process.stdout
        address = process.stdout.readline().strip().rstrip("/")
        wait_until_built(address)
        yield Running(root, address)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0


def wait_until_built(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=10).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError:  # not yet: 503
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the preview builds nothing")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, running: Running) -> Iterator[Page]:
    """A page that notes what it asks of other machines and what its console says."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=running.address)
    page = context.new_page()
    page.set_default_timeout(SECONDS)
    strangers: list[str] = []
    page.on(
        "request", lambda request: None if request.url.startswith(running.address) else strangers.append(request.url)
    )
    page.on("console", lambda message: strangers.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert strangers == []


def test_a_page_opened_at_once_waits_and_then_shows_itself(browser: Browser) -> None:
    answering = Answering()
    server = Server(4871, answering.answer, answering.refuse)
    threading.Thread(target=server.serve, daemon=True).start()
    page = browser.new_page()
    page.goto(f"{server.address}/an-pham/x/index.html")
    expect(page.get_by_role("heading", name="Đang dựng…")).to_be_visible()
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].some(face => face.status === 'loaded'))")
    assert violations(page) == []
    answering.stage.show({"/an-pham/x/index.html": marked(f'<meta name="xem-thu" content="{MARK}"><h1>Xong</h1>')})
    expect(page.get_by_role("heading", name="Xong")).to_be_visible(timeout=SECONDS)
    page.close()
    server.close()


def test_a_saved_record_shows_on_the_open_page_by_itself(page: Page, running: Running) -> None:
    page.goto(ARTICLE)
    expect(page.locator("h1 .so")).to_have_text("2", timeout=SECONDS)
    expect(page.get_by_role("status").first).to_have_text("Tự tải lại khi bạn lưu tệp")
    record = (running.root / ACTIVITIES).read_text("utf-8")
    (running.root / ACTIVITIES).write_text(record + record.replace("HD-2023-0412", "HD-2023-0413"), "utf-8")
    expect(page.locator("h1 .so")).to_have_text("3", timeout=SECONDS)
    (running.root / ACTIVITIES).write_text(record, "utf-8")
    expect(page.locator("h1 .so")).to_have_text("2", timeout=SECONDS)


def test_a_planted_error_shows_above_the_last_good_page_with_file_and_line_and_goes_when_mended(
    page: Page, running: Running
) -> None:
    page.goto(ARTICLE)
    running.save(BULLETIN, SENTENCE, "628 chuyên đề đã được thực hiện")
    place = page.get_by_role("link", name=f"{BULLETIN}:16:18", exact=True)
    expect(place).to_be_visible(timeout=SECONDS)
    expect(page.get_by_text("Bên dưới là bản dựng được lần trước.")).to_be_visible()
    expect(page.locator(".than-bai .so")).to_have_text("2")
    assert violations(page) == []
    place.click()
    expect(page.locator("li:target")).to_contain_text("628 chuyên đề")
    assert violations(page) == []
    page.go_back()
    running.save(BULLETIN, "628 chuyên đề đã được thực hiện", SENTENCE)
    expect(page.get_by_text("Bên dưới là bản dựng được lần trước.")).to_have_count(0, timeout=SECONDS)


def test_review_highlights_figures_days_and_shows_what_to_look_at(page: Page, running: Running) -> None:
    running.save(BULLETIN, "Đến hết năm học", "Đến {{ ngay('ket_thuc') }}")
    page.goto(REVIEW)
    expect(page.locator(".than-bai mark.xg-ngay")).to_have_text("31/7/2023", timeout=SECONDS)
    plain, figure = (
        page.locator(".than-bai").evaluate("node => getComputedStyle(node).backgroundColor"),
        page.locator(".than-bai .so").evaluate("node => getComputedStyle(node).backgroundColor"),
    )
    assert plain != figure
    panel = page.get_by_role("complementary", name="Soát trước khi duyệt")
    expect(panel.get_by_role("heading", name="Số 1, số 2")).to_be_visible()
    panel.get_by_role("link", name="2", exact=True).first.click()
    assert page.evaluate("document.querySelector(':target').className") == "so"
    page.locator(".than-bai .so").click()
    record = page.locator(".nguon:target").get_by_role("link", name="activities.yaml:1")
    expect(record.first).to_be_visible()
    assert violations(page) == []
    record.first.click()
    expect(page.locator("li:target")).to_contain_text("id: HD-2023-0")
    running.save(BULLETIN, "Đến {{ ngay('ket_thuc') }}", "Đến hết năm học")


def test_by_keyboard_alone_from_the_desk_through_the_article_to_the_proof_and_back(page: Page) -> None:
    page.goto("/")
    tab_to(page, "chuyên đề chung của Hoàng Mai")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ARTICLE}")
    tab_to(page, "Tới nội dung chính")
    page.keyboard.press("Enter")
    tab_to(page, "2")
    page.keyboard.press("Enter")
    expect(page.locator(".nguon:target")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "so"
    page.keyboard.press("Shift+Tab")
    for _ in range(40):
        if focused(page) == "Bàn biên tập":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bản tin")).to_be_visible()


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.innerText || ''")
    return text.strip()


def tab_to(page: Page, words: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page).startswith(words) or words in focused(page):
            return
    raise AssertionError(f"“{words}” cannot be reached by Tab")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways_on_a_phone(
    browser: Browser, running: Running, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 800},
        base_url=running.address,
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.set_default_timeout(SECONDS)
    for path in ("/", ARTICLE, REVIEW, f"/nguon/{BULLETIN}", "/khong-co"):
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == 390, path
    context.close()


def test_a_pdf_is_set_when_it_is_asked_for(page: Page) -> None:
    page.goto(ARTICLE)
    answer = page.request.get(f"/an-pham/{SLUG}/{SLUG}.pdf", timeout=60_000)
    assert answer.ok
    assert answer.body().startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
