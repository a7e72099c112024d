"""The preview makes again what a save touches, keeps the last whole edition, and shows every problem at its line."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from archives import OFFICE
from builds import copy_workspace
from conftest import TODAY, Workspace
from presses import BULLETIN, SLUG
from test_publication import publication

from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import object_id, to_json
from chungtay_reports.errors import Place, UsageError
from chungtay_reports.figures.ledger import to_json as ledger_json
from chungtay_reports.fingerprint import fingerprint
from chungtay_reports.preview.editor import editor
from chungtay_reports.preview.pages import Gallery
from chungtay_reports.preview.printing import Printer
from chungtay_reports.preview.stage import Page
from chungtay_reports.preview.workshop import State, Workshop
from chungtay_reports.standing import sheet

OTHER = "content/bulletins/2023-08-ban-sau.md"
SENTENCE = "{{ so('chuyen_de') }} chuyên đề đã được thực hiện"


class Bench:
    """A workshop with its gallery, as the preview has them, without the server."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.workshop = Workshop(workspace.root, lambda: TODAY)
        self.gallery = Gallery(workspace.root, editor("vscode", workspace.root), Printer(), threading.RLock())
        self.state = self.workshop.renew()

    def save(self, path: str, old: str, new: str) -> State:
        text = (self.workspace.root / path).read_text("utf-8")
        assert old in text
        self.workspace.write(path, text.replace(old, new))
        return self.renew(path)

    def renew(self, *paths: str) -> State:
        self.state = self.workshop.renew(paths)
        return self.state

    def pages(self) -> dict[str, Page]:
        return self.gallery.pages(self.state)

    def text(self, path: str) -> str:
        return self.pages()[path].make().decode()


@pytest.fixture
def bench(workspace: Workspace) -> Bench:
    text = (workspace.root / BULLETIN).read_text("utf-8")
    workspace.write(OTHER, text.replace("issued: 2023-07-31", "issued: 2023-08-31"))
    return Bench(workspace)


# ----------------------------------------------------------------- what a save touches


def test_a_save_of_prose_composes_that_bulletin_alone(bench: Bench) -> None:
    before = bench.state
    after = bench.save(BULLETIN, "Đến hết năm học", "Hết năm học")
    assert after.desks["2023-08-ban-sau"] is before.desks["2023-08-ban-sau"]
    assert after.desks[SLUG].edition != before.desks[SLUG].edition
    assert after.tables is before.tables


def test_a_headline_that_another_bulletin_lists_is_new_there_too(bench: Bench) -> None:
    after = bench.save(BULLETIN, "chuyên đề chung của", "chuyên đề của")
    assert after.desks["2023-08-ban-sau"].edition.related[0].title.startswith("2\u00a0chuyên đề của Hoàng Mai")  # type: ignore[union-attr]


def test_a_saved_record_changes_the_number_on_the_page(bench: Bench) -> None:
    assert ">2</a>\u00a0chuyên đề" in bench.text(f"/an-pham/{SLUG}/index.html")
    bench.renew(bench.workspace.activity())
    assert ">3</a>\u00a0chuyên đề" in bench.text(f"/an-pham/{SLUG}/index.html")


def test_a_page_that_did_not_change_keeps_its_digest(bench: Bench) -> None:
    before = bench.pages()
    bench.save(BULLETIN, "Đến hết năm học", "Hết năm học")
    after = bench.pages()
    changed = {path for path in before if before[path].digest != after[path].digest}
    assert f"/an-pham/{SLUG}/index.html" in changed
    assert not any("ban-sau" in path for path in changed)


def test_a_bulletin_that_is_removed_leaves_no_page(bench: Bench) -> None:
    bench.workspace.remove(OTHER)
    bench.renew(OTHER)
    assert not any("ban-sau" in path for path in bench.pages())


def test_a_new_person_or_picture_composes_everything(bench: Bench) -> None:
    before = bench.state
    after = bench.save("content/media/2023.yaml", "caption: ", "caption: Ảnh. ")
    assert all(after.desks[slug].edition is not desk.edition for slug, desk in before.desks.items())


def test_nothing_is_written_into_the_workspace(bench: Bench) -> None:
    before = sorted(bench.workspace.root.rglob("*"))
    bench.save(BULLETIN, "Đến hết", "Hết")
    bench.text(f"/duyet/{SLUG}/index.html")
    assert sorted(bench.workspace.root.rglob("*")) == before


# ----------------------------------------------------------------- errors in the page


def test_an_error_stands_above_the_last_whole_edition_until_it_is_gone(bench: Bench) -> None:
    bench.save(BULLETIN, SENTENCE, "628 chuyên đề đã được thực hiện")
    page = bench.text(f"/an-pham/{SLUG}/index.html")
    assert "Bên dưới là bản dựng được lần trước." in page
    assert f"{BULLETIN}:16:18" in page
    assert f'href="/nguon/{BULLETIN}#dong-16"' in page
    assert f'href="vscode://file{bench.workspace.root.as_posix()}/{BULLETIN}:16:18"' in page
    assert "<mark>628</mark> chuyên đề đã được thực hiện" in page
    assert 'href="/giai-thich/P201"' in page
    assert ">2</a>\u00a0chuyên đề đã được thực hiện" in page
    assert "Bên dưới là" not in bench.text("/an-pham/2023-08-ban-sau/index.html")
    bench.save(BULLETIN, "628 chuyên đề đã được thực hiện", SENTENCE)
    assert "Bên dưới là" not in bench.text(f"/an-pham/{SLUG}/index.html")


def test_an_error_in_a_shared_file_holds_back_every_bulletin_and_says_where(bench: Bench) -> None:
    path = bench.workspace.activity(host="thcs-khong-co")
    bench.renew(path)
    assert all(desk.old and desk.good for desk in bench.state.desks.values())
    page = bench.text("/an-pham/2023-08-ban-sau/index.html")
    assert "Tệp dùng chung của kho đang có lỗi" in page
    assert path in page
    bench.workspace.remove(path)
    assert not any(desk.old for desk in bench.renew(path).desks.values())


def test_a_bulletin_that_never_was_whole_has_a_page_of_its_problems(workspace: Workspace) -> None:
    text = (workspace.root / BULLETIN).read_text("utf-8")
    workspace.write(BULLETIN, text.replace(SENTENCE, "628 chuyên đề"))
    page = Bench(workspace).text(f"/an-pham/{SLUG}/index.html")
    assert "Chưa dựng được bản tin này" in page
    assert "P201" in page


def test_a_bulletin_whose_head_cannot_be_read_is_still_on_the_desk(bench: Bench) -> None:
    bench.save(BULLETIN, "issued: 2023-07-31T09:00:00+07:00", "issued: hôm qua")
    assert bench.state.desks[SLUG].good
    assert "đang hiện bản cũ" in bench.text("/")
    assert "Phần khai báo của bản tin đang có lỗi" in _trouble(bench, f"/duyet/{SLUG}/index.html")


def _trouble(bench: Bench, path: str) -> str:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it is, its words are what is shown
        bench.pages()[path].make()
    return str(caught.value)


def test_a_workspace_that_cannot_be_read_at_all_shows_why_and_keeps_what_it_had(bench: Bench) -> None:
    bench.save("chungtay.yaml", "organisation:", "organisation: [")
    desk = bench.text("/")
    assert "chungtay.yaml:" in desk
    assert "Bên dưới là bản dựng được lần trước." in bench.text(f"/an-pham/{SLUG}/index.html")
    bench.save("chungtay.yaml", "organisation: [", "organisation:")
    assert "Bên dưới là" not in bench.text(f"/an-pham/{SLUG}/index.html")


def test_a_workspace_that_never_could_be_read_shows_the_problems(workspace: Workspace) -> None:
    workspace.write("chungtay.yaml", "organisation: [\n")
    bench = Bench(workspace)
    assert "chungtay.yaml:" in bench.text("/")


def test_a_mistake_of_the_program_is_told_and_the_next_save_recovers(workspace: Workspace) -> None:
    days: list[date] = [TODAY]

    def today() -> date:
        return days[0]  # an empty list is a mistake of the caller, which nothing foresees

    workshop = Workshop(workspace.root, today)
    assert not workshop.renew().fault
    day = days.pop()
    broken = workshop.renew(["content/metrics/core.yaml"])
    assert "IndexError ở test_preview.py" in broken.fault
    assert broken.desks[SLUG].good
    days.append(day)
    assert not workshop.renew([BULLETIN]).fault


def test_a_broken_template_of_the_workspace_is_a_page_and_mending_it_is_noticed(bench: Bench) -> None:
    bench.pages()
    template = bench.workspace.write(
        "templates/shared/blocks.html.j2", "{% macro ok() %}{% endmacro %}\n{% macro block( %}"
    )
    bench.gallery.forget()
    pages = bench.pages()
    page = pages[f"/an-pham/{SLUG}/index.html"].make().decode()
    assert "templates/shared/blocks.html.j2:2:1" in page
    assert "W171" in page
    assert "<mark>{% macro block( %}</mark>" in page
    assert f'src="/ban-truoc/{SLUG}/index.html"' in page
    assert "đã được thực hiện" in pages[f"/ban-truoc/{SLUG}/index.html"].make().decode()
    assert f"/ban-truoc/{SLUG}/style.css" in pages
    assert "templates/shared/blocks.html.j2:2:1" in pages["/"].make().decode()
    bench.workspace.remove(template)
    bench.gallery.forget()
    assert "đã được thực hiện" in bench.text(f"/an-pham/{SLUG}/index.html")


def test_what_is_wrong_with_a_report_is_on_the_desk_and_its_last_whole_version_stays(tmp_path: Path) -> None:
    bench = Bench(Workspace(copy_workspace(tmp_path / "kho")))
    file, address = "content/reports/bao-cao-thanh-pho.md", "/bao-cao/bao-cao-thanh-pho/2023-2024/so-gddt-ha-noi/"
    report = f"{address}index.html"
    pages = bench.pages()
    assert f"{address}bao-cao.pdf" in pages
    assert "Mở bản PDF" in pages[report].make().decode()
    assert bench.gallery.look(bench.state, lambda: False) == {}
    bench.save(file, "closing: Trên đây", "closing: Trên đây 628 trường")
    bench.pages()
    assert bench.gallery.look(bench.state, lambda: True) == {}
    news = bench.gallery.look(bench.state, lambda: False)
    assert f"{file}:" in news["/"].make().decode()
    page = bench.text(report)
    assert "Bản PDF bên dưới là bản dựng được lần trước." in page
    assert f"{file}:" in page


# ----------------------------------------------------------------- sources, codes, editors


def test_a_source_page_marks_the_line_and_lets_nothing_speak(bench: Bench) -> None:
    bench.save(BULLETIN, "byline: Ban biên tập", 'byline: "<script>alert(1)</script>"')
    bench.save(BULLETIN, SENTENCE, "628 chuyên đề")
    page = bench.text(f"/nguon/{BULLETIN}")
    assert '<li id="dong-16" class="co-loi">' in page
    assert "<script>alert" not in page
    assert page.count("<li id=") == len((bench.workspace.root / BULLETIN).read_text("utf-8").split("\n"))


def test_the_files_of_records_that_prove_a_number_can_be_opened_and_others_cannot(bench: Bench) -> None:
    bench.workspace.write("content/.bi-mat.yaml", "a: 1\n")
    pages = bench.pages()
    assert "/nguon/content/records/2022-2023/quan-hoang-mai/activities.yaml" in pages
    assert "/nguon/content/people.yaml" not in pages
    assert not any(".bi-mat" in path or ".." in path for path in pages)


def test_a_link_to_a_file_elsewhere_is_a_problem_and_not_a_page(bench: Bench, tmp_path: Path) -> None:
    secret = tmp_path / "mat-khau.yaml"
    secret.write_text("mat-khau: 123\n")
    (bench.workspace.root / "content/records/2022-2023/quan-hoang-mai/la.yaml").symlink_to(secret)
    bench.renew("content/records/2022-2023/quan-hoang-mai/la.yaml")
    assert any("la.yaml" in problem.place.file for problem in bench.state.problems)
    assert "/nguon/content/records/2022-2023/quan-hoang-mai/la.yaml" not in bench.pages()


def test_a_code_is_explained_on_a_page(bench: Bench) -> None:
    bench.save(BULLETIN, SENTENCE, "628 chuyên đề")
    assert "Sửa thế nào" in bench.text("/giai-thich/P201")


@pytest.mark.parametrize(
    ("name", "link"),
    [("", "vscode://file/kho/a%20b.yaml:3:7"), ("idea", "idea://open?file=/kho/a%20b.yaml&line=3&column=7"),
     ("soan://{file}:{line}", "soan:///kho/a%20b.yaml:3"), ("khong", "")],
)  # fmt: skip
def test_an_editor_opens_the_file_at_the_line(name: str, link: str) -> None:
    assert editor(name, Path("/kho")).link(Place("a b.yaml", 3, 7)) == link


@pytest.mark.parametrize(
    "name", ["javascript:alert({file})", "https://x/{file}", "data:{file}", "emacs", "x://{tệp}", "x://{", "x://{0}"]
)
def test_what_is_no_editor_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(UsageError, match="vscode"):
        editor(name, Path("/kho"))


# ----------------------------------------------------------------- the life of an edition


def test_the_desk_says_draft_approved_and_that_an_approval_no_longer_holds(bench: Bench) -> None:
    assert "bản nháp" in bench.text("/")
    edition = bench.state.desks[SLUG].edition
    assert edition
    bench.workspace.write(f"content/approvals/{SLUG}.yaml", sheet(edition, [("nguyen-van-an", date(2023, 7, 30))]))
    bench.renew(f"content/approvals/{SLUG}.yaml")
    assert "đã duyệt" in bench.text("/")
    bench.save(BULLETIN, "Đến hết năm học", "Hết năm học")
    desk = bench.text("/")
    assert "bản duyệt không còn khớp" in desk
    assert "Đã đổi sau khi duyệt" in desk


def publish(bench: Bench) -> None:
    """Put the edition as it is now into the archive, with its ledger."""
    edition = bench.state.desks[SLUG].edition
    assert edition
    record = publication(key=SLUG, slug=SLUG, fingerprint=fingerprint(edition))
    folder = bench.workspace.root / "archive"
    store = Store(folder) if folder.exists() else Store.create(folder)
    office = bench.workspace.library().settings.organisation.office
    files = {"an-pham.json": to_json(record), f"tai-lieu/{SLUG}/figures.json": ledger_json(edition)}
    encoded = {name: text.encode() for name, text in files.items()}
    moment = record.published
    store.commit(object_id(office, SLUG), encoded, message="Công bố", user=OFFICE, created=moment)


def test_the_desk_and_the_review_say_what_differs_from_the_last_publication(bench: Bench) -> None:
    publish(bench)
    bench.renew("archive/0=ocfl_1.1")
    assert "đã công bố" in bench.text("/")
    assert "Khác bản đã công bố" not in bench.text("/")
    bench.renew(bench.workspace.activity(recorded={"on": "2023-07-30", "by": "pgd-hoang-mai"}))
    desk = bench.text("/")
    assert "đã sửa sau khi công bố" in desk
    assert "Chuyên đề đã tổ chức, năm học 2022-2023: 2 → 3" in desk
    assert "bản đã công bố 2, bản này 3." in bench.text(f"/duyet/{SLUG}/index.html")


def test_an_archive_that_cannot_be_read_is_told_and_hides_nothing(bench: Bench) -> None:
    publish(bench)
    for file in (bench.workspace.root / "archive").rglob("inventory.json"):
        file.write_text("{")
    bench.renew("archive/x")
    assert "Không đọc được kho lưu trữ." in bench.text("/")
    assert f"/an-pham/{SLUG}/index.html" in bench.pages()
