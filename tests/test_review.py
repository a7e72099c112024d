"""Review mode knows of every number why it may stand, and puts what deserves a second look first."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import editions
import pytest
from conftest import TODAY, Workspace

from chungtay_reports import check, compose
from chungtay_reports.edition import Edition, ItemList, Notice, Number, Paragraph, Printed, RecordNote, Text, Told
from chungtay_reports.errors import Place
from chungtay_reports.figures.desk import Desk
from chungtay_reports.figures.tables import tabulate
from chungtay_reports.model import Coverage
from chungtay_reports.preview.editor import editor
from chungtay_reports.preview.pages import Gallery
from chungtay_reports.preview.printing import Printer
from chungtay_reports.preview.review import reviewed
from chungtay_reports.preview.risks import Case, risks
from chungtay_reports.preview.sentences import sentences
from chungtay_reports.preview.workshop import Workshop
from chungtay_reports.prose.placeholders import PLACEHOLDERS
from chungtay_reports.prose.reader import lint_rules
from chungtay_reports.prose.testimony import GROUNDS, WORDS, ZONES, Ground, Statute, attest, marks

REPO = Path(__file__).parent.parent
SLUG = "2023-07-tong-ket"
BULLETIN = f"content/bulletins/{SLUG}.md"


def review_of(workspace: Workspace) -> str:
    """The page that reviews the bulletin of the small workspace."""
    workshop = Workshop(workspace.root, lambda: TODAY)
    gallery = Gallery(workspace.root, editor("", workspace.root), Printer(), threading.RLock())
    state = workshop.renew()
    assert not [problem for problem in state.everything if problem.severity == "lỗi"], state.everything
    return gallery.pages(state)[f"/duyet/{SLUG}/index.html"].make().decode()


def write_body(workspace: Workspace, body: str, **front: str) -> None:
    text = (workspace.root / BULLETIN).read_text("utf-8")
    head = text.rpartition("---\n")[0]
    added = "".join(f"{name}: {value}\n" for name, value in front.items())
    workspace.write(BULLETIN, f"{head}{added}---\n{body}\n")


# ----------------------------------------------------------------- the ground of a number


def test_what_every_placeholder_writes_has_a_ground() -> None:
    assert set(GROUNDS) == set(PLACEHOLDERS)
    assert set(WORDS) == set(Ground)


def test_every_number_of_the_sample_is_explained() -> None:
    library, _ = check.load(REPO, TODAY)
    assert library
    tables = tabulate(library.entries, library.registry)
    for bulletin in library.bulletins.values():
        edition = compose.compose(bulletin, library, tables, REPO).edition
        assert edition
        rules = lint_rules(Desk.of(bulletin, library, tables), bulletin.front.allow_numbers)
        allowed = (*bulletin.front.allow_numbers, *library.settings.allow_numbers)
        found = [mark for zone in ZONES for mark in marks(getattr(attest(edition, Statute(rules, allowed)), zone))]
        assert len(found) > 5
        assert [mark for mark in found if mark.ground is Ground.UNKNOWN] == []
        assert {"Chương trình GDPT 2018", "tám"} & {mark.text for mark in found} or bulletin.slug.startswith("2024")


def test_the_page_marks_figures_days_names_and_allowed_numbers_each_in_its_way(workspace: Workspace) -> None:
    write_body(
        workspace,
        "Đến {{ ngay('ket_thuc') }}, {{ so('chuyen_de') }} chuyên đề theo Chương trình GDPT 2018 đã được thực hiện; "
        "mã lớp XQ7 được giữ nguyên.",
        allow_numbers='[{text: XQ7, reason: "mã lớp thử nghiệm"}]',
    )
    page = review_of(workspace)
    assert '<mark class="xg-ngay" title="ngày tháng hoặc kỳ, máy viết từ khai báo của bài">31/7/2023</mark>' in page
    assert re.search(
        r'<mark class="xg-phep" title="được phép gõ: Tên riêng của chương trình">Chương trình GDPT 2018</mark>', page
    )
    assert '<mark class="xg-phep" title="được phép gõ: mã lớp thử nghiệm">XQ7</mark>' in page
    assert re.search(r'<a class="so" id="so-s1-\d" href="#[^"]+">2</a>', page)
    assert "xg-la" not in page


def test_a_published_page_has_no_marks(workspace: Workspace) -> None:
    workshop = Workshop(workspace.root, lambda: TODAY)
    gallery = Gallery(workspace.root, editor("", workspace.root), Printer(), threading.RLock())
    page = gallery.pages(workshop.renew())[f"/an-pham/{SLUG}/index.html"].make().decode()
    assert "<mark class" not in page


def test_a_number_that_no_rule_explains_is_called_unknown(workspace: Workspace) -> None:
    library = workspace.library()
    bulletin = library.bulletins[SLUG]
    tables = tabulate(library.entries, library.registry)
    edition = compose.compose(bulletin, library, tables, workspace.root).edition
    assert edition
    rules = lint_rules(Desk.of(bulletin, library, tables))
    smuggled = replace(
        edition, blocks=(Paragraph((Text("Có 628 trường ở quận Hai Bà Trưng, "), Told("tháng 7", "ky"))),)
    )
    found = [(mark.text, mark.ground) for mark in marks(attest(smuggled, Statute(rules, ())).blocks)]
    assert found[0] == ("628", Ground.UNKNOWN)
    assert found[-1] == ("7", Ground.DAY)


def test_marking_changes_no_word_of_an_edition(workspace: Workspace) -> None:
    library = workspace.library()
    bulletin = library.bulletins[SLUG]
    tables = tabulate(library.entries, library.registry)
    edition = compose.compose(bulletin, library, tables, workspace.root).edition
    assert edition
    shown = attest(edition, Statute(lint_rules(Desk.of(bulletin, library, tables)), ()))
    assert [one.text for one in sentences(shown)] == [one.text for one in sentences(edition)]


def test_a_withdrawn_edition_has_nothing_left_to_review(case: Case) -> None:
    day = date(2023, 9, 1)
    notice = Notice("thu-hoi", day, "Thử", "Tít", "v1", case.edition.issued, day)
    edition = replace(case.edition, notices=(notice,))
    bulletin = case.library.bulletins[SLUG]
    shown, review = reviewed(edition, bulletin, replace(case, edition=edition))
    assert shown is edition
    assert (review.groups, review.exempt) == ((), ())


# ----------------------------------------------------------------- sentences


def test_two_issues_of_a_sentence_have_one_shape() -> None:
    def edition(value: str, day: str) -> Edition:
        inlines = (Text("Đến "), Told(day, "ngay"), Text(", TP. Hà Nội có "), Number(value, "s1"), Text(" trường. "),
                   Number(value, "s1"), Text(" trường đã ký."))  # fmt: skip
        return editions.edition(headline=(), sapo=(), blocks=(Paragraph(inlines), ItemList(((Text("Một việc."),),))))

    first, second = (list(sentences(edition(*one))) for one in (("672", "31/7"), ("700", "31/12")))
    assert [one.text for one in first] == ["Đến 31/7, TP. Hà Nội có 672 trường.", "672 trường đã ký.", "Một việc."]
    assert [one.shape for one in first] == [one.shape for one in second]
    assert (first[0].figures, first[0].number, first[2].figures) == (("s1",), "672", ())


# ----------------------------------------------------------------- risks


@pytest.fixture
def case(workspace: Workspace) -> Case:
    library = workspace.library()
    tables = tabulate(library.entries, library.registry)
    edition = compose.compose(library.bulletins[SLUG], library, tables, workspace.root).edition
    assert edition
    return Case(edition, library, tables, None, ())


def points(case: Case, name: str) -> list[str]:
    return [point.text for risk in risks(case) if risk.name == name for point in risk.points]


def with_ledger(edition: Edition, **changes: object) -> Edition:
    return replace(edition, ledger=replace(edition.ledger, **changes))  # type: ignore[arg-type]


def earlier(edition: Edition, **changes: object) -> Edition:
    made = replace(edition, issued=datetime.fromisoformat("2023-02-01T09:00:00+07:00"), slug="truoc")
    return replace(made, **changes)  # type: ignore[arg-type]


def test_an_edition_without_anything_odd_has_only_its_small_numbers(case: Case) -> None:
    assert [risk.name for risk in risks(case)] == ["Số 1, số 2"]
    assert points(case, "Số 1, số 2") == ["Chuyên đề đã tổ chức, năm học 2022-2023: 2\u00a0chuyên đề."]


def test_units_that_have_not_reported_come_first_and_are_named(case: Case) -> None:
    told = Coverage(("quan-hoang-mai", "huyen-ung-hoa"), ("huyen-ung-hoa",))
    found = risks(replace(case, edition=with_ledger(case.edition, coverage=told)))
    assert found[0].name == "Chưa đủ báo cáo"
    assert found[0].points[0].text == "1/2 đơn vị đã gửi; còn thiếu Ứng Hòa."


def test_a_hedge_is_told_with_its_exact_value_and_all_its_places(case: Case) -> None:
    row = case.edition.ledger.rows[0]
    prints = (Printed("gần 3", "gần", "sapo"), Printed("Gần 3", "gần", "đoạn 2"), Printed("2", "", "tít"))
    edition = with_ledger(case.edition, rows=(replace(row, prints=prints),))
    found = points(replace(case, edition=edition), "Nói ước lượng")
    assert found == ["“gần 3” cho 2\u00a0chuyên đề (sapo, đoạn 2)."]


def test_a_share_of_summed_rows_is_told(case: Case) -> None:
    row = case.edition.ledger.rows[0]
    edition = with_ledger(case.edition, rows=(replace(row, figure=replace(row.figure, statistical=1)),))
    found = points(replace(case, edition=edition), "Dựa trên bảng tổng hợp")
    assert found == ["Chuyên đề đã tổ chức, năm học 2022-2023: 1 (50%) theo bảng tổng hợp."]


def test_a_kind_of_record_that_no_earlier_edition_had_is_new(case: Case) -> None:
    old = RecordNote("X-1", "tham-quan", Place("x.yaml"), "", None)
    before = earlier(with_ledger(case.edition, records={"X-1": old}))
    assert points(replace(case, earlier=(before,)), "Loại bản ghi mới")[0] == "Chuyên đề: 2 bản ghi."
    assert points(replace(case, earlier=(earlier(case.edition),)), "Loại bản ghi mới") == []


def test_a_sentence_that_an_earlier_edition_had_is_not_new(case: Case) -> None:
    before = earlier(case.edition, headline=(Text("Tít khác"),))
    assert points(replace(case, earlier=(before,)), "Câu dùng lần đầu") == [
        "“2 chuyên đề chung của Hoàng Mai và Ứng Hòa”"
    ]


def test_records_that_came_after_the_publication_are_named(case: Case) -> None:
    told = replace(case, published_on=date(2023, 3, 22), published=case.edition.ledger)
    found = points(told, "Vào sổ sau lần công bố trước")
    assert len(found) == 1
    assert "bản ghi vào sổ sau 22/3/2023" in found[0]
    assert points(replace(told, published_on=date(2023, 12, 31)), "Vào sổ sau lần công bố trước") == []


def test_a_number_that_more_than_doubles_is_a_jump(workspace: Workspace) -> None:
    for n in range(12):
        workspace.activity(id=f"HD-2024-{9000 + n}", year="2023-2024", date="2024-03-05",
                           recorded={"on": "2024-03-06", "by": "pgd-hoang-mai"})  # fmt: skip
    text = (workspace.root / BULLETIN).read_text("utf-8")
    period = "{from: 2023-08-01, to: 2024-07-31, name: năm học 2023-2024}"
    text = re.sub(
        r"period: .*",
        f"period: {period}\ncompare_with: {{from: 2022-12-01, to: 2023-07-31, name: năm học 2022-2023}}",
        text,
    )
    text = text.replace("as_of: 2023-07-31", "as_of: 2024-07-31").replace("issued: 2023-07", "issued: 2024-07")
    workspace.write(BULLETIN, text)
    library, _ = workspace.load()
    assert library
    tables = tabulate(library.entries, library.registry)
    bulletin = library.bulletins[SLUG]
    composed = compose.compose(bulletin, library, tables, workspace.root)
    assert composed.edition, composed.problems
    case = Case(composed.edition, library, tables, bulletin.previous, ())
    (jump,) = points(case, "Tăng, giảm gấp đôi trở lên")
    assert re.fullmatch(r"Chuyên đề đã tổ chức, năm học 2023-2024: năm học 2022-2023 là 2, kỳ này 1\d\.", jump)
