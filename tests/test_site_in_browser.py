"""The site in a real browser: readable by everyone, found by keyboard, remembered, quiet on the network, from any disk."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import browsing
import pytest
import sites
from builds import chungtay, once
from conftest import VALID
from playwright.sync_api import Browser, Page, expect

from chungtay_reports.archive.proof.index import Listed, read_index
from chungtay_reports.archive.publication import Change, State
from chungtay_reports.fingerprint import Fingerprint
from chungtay_reports.site import reports

pytestmark = pytest.mark.slow

PUBLISHED = "2023-07-tong-ket"
SLUG, REPORT, YEAR = "vi-du", "bao-cao-nam-hoc", "2024-2025"
PAGES = {
    "front page": "index.html",
    "bulletins": "ban-tin/index.html",
    "bulletin": f"{SLUG}/index.html",
    "ledger": f"{SLUG}/so-lieu.html",
    "reports": "bao-cao/index.html",
    "report": f"{REPORT}/{YEAR}/quan-cau-giay/index.html",
    "annex": f"{REPORT}/{YEAR}/quan-cau-giay/phu-luc-1.html",
    "school year": f"nam-hoc/{YEAR}/index.html",
    "units": "don-vi/index.html",
    "unit": "don-vi/quan-cau-giay/index.html",
    "metrics": "chi-tieu/index.html",
    "metric": "chi-tieu/truong_ky_ket/index.html",
    "city": "thanh-pho/index.html",
    "data": "du-lieu/index.html",
    "log": "dinh-chinh/index.html",
    "checking": "kiem-chung/index.html",
    "search": "tim-kiem/index.html?q=cau+giay",
    "wrong address": "404.html",
}
# Two reports besides the bulletin are enough for every kind of page.
UNITS = ("quan-cau-giay", "huyen-phuc-tho")
HIGH = "Tăng tương phản"


def build(folder: Path) -> None:
    """The workspace that `init` makes, with a bulletin that speaks about a unit, and reports."""
    assert chungtay("init", str(folder)).returncode == 0
    assert chungtay("new", "report", REPORT, "--year", YEAR, cwd=folder).returncode == 0
    with (folder / f"content/bulletins/{SLUG}.md").open("a", encoding="utf-8") as bulletin:
        bulletin.write(
            "\nRiêng {{ ten('quan-cau-giay') }} có {{ so('truong_ky_ket', don_vi='quan-cau-giay') }} trường.\n"
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reports, "FOLDED", 3)  # the workspace of `init` has no annex that is long
        sites.build(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "site", build) / "build" / "site"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with browsing.serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing.chromium() as browser:
        yield browser


def test_every_link_of_every_page_leads_somewhere(folder: Path) -> None:
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert set(PAGES.values()) - {PAGES["search"]} <= set(files)
    assert sites.broken_links(files) == []


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_nothing_in_light_dark_and_high_contrast(browser: Browser, address: str, kind: str) -> None:
    for scheme in ("light", "dark"):
        with browsing.page(browser, address, color_scheme=scheme) as page:
            page.goto(address + PAGES[kind])
            assert browsing.violations(page) == [], scheme
            page.get_by_role("button", name=HIGH).click()
            assert browsing.violations(page) == [], f"{scheme}, high contrast"


@pytest.mark.parametrize("below", ["", "site/"])
def test_a_wrong_address_leads_to_search_wherever_the_site_lies(browser: Browser, folder: Path, below: str) -> None:
    with browsing.serving(folder.parent if below else folder) as host:
        page = browser.new_page()
        page.goto(f"{host}{below}don-vi/khong-co/noi-nay.html")
        expect(page.get_by_role("link", name="về trang đầu")).to_have_attribute("href", f"/{below}index.html")
        page.get_by_role("searchbox").fill("cau giay")
        page.get_by_role("button", name="Tìm").click()
        expect(page.get_by_role("status").last).to_contain_text("kết quả")
        assert page.url.startswith(f"{host}{below}tim-kiem/index.html?q=")
        page.close()


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_scrolls_sideways_at_320_px_even_with_large_letters(browser: Browser, address: str, kind: str) -> None:
    with browsing.page(browser, address, width=320) as page:
        page.goto(address + PAGES[kind])
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        for _ in range(4):
            page.get_by_role("button", name="tăng cỡ chữ").click()
        for details in page.locator("summary").all()[:2]:
            details.click()
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert browsing.violations(page) == []


def test_text_size_and_contrast_are_remembered_from_page_to_page(browser: Browser, address: str) -> None:
    with browsing.page(browser, address) as page:
        page.goto(address)
        page.get_by_role("button", name="tăng cỡ chữ").click()
        page.get_by_role("button", name=HIGH).click()
        for kind in ("unit", "bulletin", "search", "report"):
            page.goto(address + PAGES[kind])
            root = page.locator("html")
            assert (root.get_attribute("data-co-chu"), root.get_attribute("data-tuong-phan")) == ("115", "cao"), kind
            assert root.evaluate("node => getComputedStyle(node).fontSize") == "18.4px"


def found(page: Page) -> list[str]:
    return [link.inner_text() for link in page.locator("#ket-qua .kq-tit a").all()]


@pytest.mark.parametrize("question", ["cau giay", "Cầu Giấy", "CẦU GIẤY", "Ca\u0302\u0300u Gia\u0302\u0301y"])
def test_search_finds_with_and_without_diacritics_from_a_disk(browser: Browser, folder: Path, question: str) -> None:
    base = folder.as_uri() + "/"
    with browsing.page(browser, base) as page:
        page.goto(base + "index.html")
        page.get_by_role("searchbox").fill(question)
        page.get_by_role("button", name="Tìm", exact=True).click()
        page.wait_for_url("**/tim-kiem/index.html?q=*")
        expect(page.locator("#so-ket-qua")).to_contain_text("kết quả cho")
        assert "Quận Cầu Giấy" in found(page)[:2]
        assert f"Báo cáo năm học {YEAR} của quận Cầu Giấy" in found(page)[:2]


def test_search_forgives_where_the_tone_stands(browser: Browser, address: str) -> None:
    with browsing.page(browser, address) as page:
        for question in ("Ứng Hòa", "Ứng Hoà", "ung hoa"):
            page.goto(f"{address}tim-kiem/index.html?q={question}")
            assert "Huyện Ứng Hòa" in found(page)[:2], question


def test_a_printed_number_finds_the_bulletin_and_its_proof(browser: Browser, address: str, folder: Path) -> None:
    rows = json.loads((folder / SLUG / "figures.json").read_text("utf-8"))["figures"]
    row = next(row for row in rows if row["prints"] and row["metric"] == "truong_ky_ket" and not row["operands"])
    with browsing.page(browser, address) as page:
        page.goto(f"{address}tim-kiem/index.html?q={row['value']}")
        links = page.locator("#ket-qua .kq-tit a")
        assert f"../{SLUG}/" in " ".join(link.get_attribute("href") or "" for link in links.all())


@pytest.mark.parametrize(("question", "text"), [("2.106", "Cộng lại là 2.106 tiết"), ("2106", "2.106 tiết học")])
def test_a_number_is_found_with_and_without_its_dot(browser: Browser, address: str, question: str, text: str) -> None:
    entry = [{"t": "Bản tin thử", "u": "x/index.html", "k": "Bản tin", "p": [[text]], "f": [["2.106", "Tiết"]]}]
    with browsing.page(browser, address) as page:
        page.route("**/chi-muc.js", lambda route: route.fulfill(
            body=f"window.CHUNGTAY_CHI_MUC = {json.dumps(entry)};", content_type="text/javascript"))  # fmt: skip
        page.goto(f"{address}tim-kiem/index.html?q={question}")
        assert found(page) == ["Bản tin thử"]
        expect(page.locator("#ket-qua")).to_contain_text("2.106")


def test_titles_come_before_sapo_before_text_and_exact_diacritics_first(browser: Browser, address: str) -> None:
    entries = [
        {"t": "Một", "u": "a", "k": "Bản tin", "p": [["bài có chữ ma trận ở trong"]]},
        {"t": "Hai", "u": "b", "k": "Bản tin", "s": "sapo có ma trận"},
        {"t": "Má trăn", "u": "c", "k": "Bản tin"},
        {"t": "Ma trận", "u": "d", "k": "Bản tin"},
    ]
    with browsing.page(browser, address) as page:
        page.route("**/chi-muc.js", lambda route: route.fulfill(
            body=f"window.CHUNGTAY_CHI_MUC = {json.dumps(entries)};", content_type="text/javascript"))  # fmt: skip
        page.goto(f"{address}tim-kiem/index.html?q=ma trận")
        assert found(page) == ["Ma trận", "Hai", "Một"]
        page.goto(f"{address}tim-kiem/index.html?q=ma tran")
        assert found(page) == ["Ma trận", "Má trăn", "Hai", "Một"]
        page.goto(f"{address}tim-kiem/index.html?q=mả trần")
        assert found(page) == ["Má trăn", "Ma trận", "Hai", "Một"]  # nothing is spelt so


def test_bare_letters_mean_the_place_and_not_words_that_only_look_alike(browser: Browser, address: str) -> None:
    entries = [
        {"t": "Lượt giáo viên", "u": "a", "k": "Số liệu", "p": [["Đếm từng hoạt động đã diễn ra"]]},
        {"t": "Báo cáo của quận Đống Đa", "u": "b", "k": "Báo cáo", "p": [["hoạt động đã tổ chức"]]},
        {"t": "Bản tin", "u": "c", "k": "Bản tin", "p": [["hoạt động đã tổ chức ở Đống Đa"]]},
        {"t": "Quận Đống Đa", "u": "d", "k": "Đơn vị", "n": ["Đống Đa"]},
    ]
    with browsing.page(browser, address) as page:
        page.route("**/chi-muc.js", lambda route: route.fulfill(
            body=f"window.CHUNGTAY_CHI_MUC = {json.dumps(entries)};", content_type="text/javascript"))  # fmt: skip
        for question in ("dong da", "Đống Đa"):
            page.goto(f"{address}tim-kiem/index.html?q={question}")
            assert found(page) == ["Quận Đống Đa", "Báo cáo của quận Đống Đa", "Bản tin"]
        page.goto(f"{address}tim-kiem/index.html?q=động đã")
        assert found(page) == ["Lượt giáo viên", "Báo cáo của quận Đống Đa", "Bản tin"]


def test_search_is_done_by_keyboard_alone_and_read_out(browser: Browser, address: str) -> None:
    with browsing.page(browser, address) as page:
        page.goto(address + "tim-kiem/index.html")
        assert page.evaluate("document.activeElement.id") == "tim-gi"
        page.keyboard.type("cau giay")
        expect(page.get_by_role("status").filter(has_text="kết quả")).to_contain_text("“cau giay”")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent") == found(page)[1]
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "tim-gi"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "tim-kiem" not in url)
        page.go_back()
        expect(page.locator("#tim-gi")).to_have_value("cau giay")
        assert found(page)


def test_nothing_found_says_so_and_offers_a_way_on(browser: Browser, address: str) -> None:
    with browsing.page(browser, address) as page:
        page.goto(f"{address}tim-kiem/index.html?q=khongcogi")
        expect(page.locator("#so-ket-qua")).to_contain_text("Không tìm thấy gì cho “khongcogi”")
        expect(page.get_by_role("navigation", name="Tra theo mục")).to_be_visible()


def test_what_a_reader_asks_is_never_run(browser: Browser, address: str) -> None:
    with browsing.page(browser, address) as page:
        page.goto(f"{address}tim-kiem/index.html?q=%3Cimg src=x onerror=alert(1)%3E")
        expect(page.locator("#so-ket-qua")).to_contain_text("<img src=x onerror=alert(1)>")
        assert page.locator("#so-ket-qua img, #ket-qua img").count() == 0


def test_without_javascript_search_leads_to_the_indexes(browser: Browser, address: str) -> None:
    with browsing.page(browser, address, java_script_enabled=False) as page:
        page.goto(f"{address}tim-kiem/index.html?q=cau+giay")
        expect(page.get_by_text("đang tắt JavaScript")).to_be_visible()
        page.get_by_role("navigation", name="Tra theo mục").get_by_role("link", name="Đơn vị").click()
        page.get_by_role("link", name="Cầu Giấy", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Quận Cầu Giấy")


def press_until(page: Page, key: str, condition: str) -> None:
    for _ in range(80):
        page.keyboard.press(key)
        if page.evaluate(condition):
            return
    pytest.fail(f"{key} never reached {condition}")


def test_keyboard_alone_leads_through_an_article_its_proof_and_back(browser: Browser, address: str) -> None:
    with browsing.page(browser, address) as page:
        page.goto(address)
        press_until(page, "Tab", "document.activeElement.closest('.tit-dau') !== null")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{SLUG}/index.html")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # past the masthead and the navigation
        press_until(page, "Tab", "document.activeElement.matches('.than-bai .so')")
        number = page.evaluate("document.activeElement.id")
        page.keyboard.press("Enter")
        expect(page.locator(".nguon:target")).to_be_visible()
        assert page.evaluate("document.activeElement.matches('.nguon:target')")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == number
        page.goto(f"{address}{SLUG}/index.html")
        press_until(page, "Tab", "document.activeElement.closest('.duong-dan') !== null")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}index.html")


@pytest.mark.parametrize("local", [True, False])
def test_no_page_asks_for_anything_but_files_of_the_site(
    browser: Browser, address: str, folder: Path, *, local: bool
) -> None:
    base = folder.as_uri() + "/" if local else address
    with browsing.page(browser, base) as page:
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(request.url))
        for name, path in PAGES.items():
            lost = name == "wrong address"  # shown by hosts alone, at any depth: it has no faces to load
            if lost and local:
                continue
            page.goto(base + path)
            page.evaluate("document.fonts.ready")
            page.wait_for_load_state("networkidle")
            loaded = page.evaluate("[...document.fonts].some(face => face.status === 'loaded')")
            assert loaded != lost, path
        assert failed == []


def test_the_nu_checker_finds_neither_errors_nor_warnings(folder: Path) -> None:
    jar = browsing.WEB / "vnu-jar" / "build" / "dist" / "vnu.jar"
    files = [str(folder / path.partition("?")[0]) for path in PAGES.values()]
    css = [str(path) for path in folder.glob("tai-san/*/*.css")]
    command = ["java", "-Xss4m", "-jar", str(jar), "--also-check-css", "--format", "json", *files, *css]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    messages = json.loads(result.stderr)["messages"]
    # To the checker a local file has no origin, so 'self' covers nothing; the browser tests prove what it covers.
    told = [m for m in messages if "violates Content Security Policy" not in m["message"]]
    assert [(m.get("url", "").rpartition("/build/site/")[2], m.get("lastLine"), m["message"]) for m in told] == []


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, tuple[Listed, ...]]]:
    """The site of a bulletin that was published and corrected, served; and its register."""
    root = tmp_path_factory.mktemp("da-cong-bo") / "kho"
    shutil.copytree(VALID, root)
    sites.publish(root, PUBLISHED, "2026-11-18T09:00:00+07:00", fingerprint=Fingerprint("a" * 64, "b" * 64))
    change = Change("Chuyên đề", "3", "2", "tít, đoạn 1")
    sites.publish(
        root, PUBLISHED, "2026-11-21T10:00:00+07:00", state=State.CORRECTED, reason="Báo lại.", changes=(change,)
    )
    files = sites.build(root, drafts=False)
    with browsing.serving(root / "build" / "site") as address:
        yield address, read_index(files["kiem-chung/chung-thuc.json"].decode())


@pytest.mark.parametrize(
    ("version", "answer"), [(0, "đã được thay bằng bản mới hơn"), (1, "bản mới nhất, đã đính chính")]
)
def test_the_qr_of_a_pdf_leads_to_what_became_of_it(
    browser: Browser, corrected: tuple[str, tuple[Listed, ...]], version: int, answer: str
) -> None:
    address, listed = corrected
    with browsing.page(browser, address) as page:
        page.goto(f"{address}kiem-chung/?d={listed[version].digest[:16]}&k={PUBLISHED}")
        expect(page.locator("#tra-loi")).to_contain_text(answer)
        assert browsing.violations(page) == []


def test_a_code_that_was_never_published_is_said_to_be_none(
    browser: Browser, corrected: tuple[str, tuple[Listed, ...]]
) -> None:
    with browsing.page(browser, corrected[0]) as page:
        page.goto(f"{corrected[0]}kiem-chung/?d=0123456789abcdef&k={PUBLISHED}")
        expect(page.locator("#tra-loi")).to_contain_text("Không có mã này")


def test_a_corrected_bulletin_and_the_log_are_readable_by_everyone(
    browser: Browser, corrected: tuple[str, tuple[Listed, ...]]
) -> None:
    address = corrected[0]
    for path in (f"{PUBLISHED}/index.html", "dinh-chinh/index.html", "index.html"):
        with browsing.page(browser, address, width=320) as page:
            page.goto(address + path)
            assert browsing.violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") == 320, path
