"""Corrections and withdrawals: a new version in the open, the old one as it was, and time travel between them."""

from __future__ import annotations

import io
import re
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import docx
import pytest
from conftest import TODAY, Workspace
from presses import (
    BULLETIN,
    HANOI,
    ID,
    LATER,
    NOON,
    NOTICES,
    ONE,
    SLUG,
    approve,
    correct,
    edit,
    publish,
    published_then_changed,
    remove_a_record,
    set_up,
)
from reportkit import with_reports

from chungtay_reports import life, pipeline
from chungtay_reports.archive.ocfl import ArchiveError, Store, validate
from chungtay_reports.archive.publication import Publication, State, publications
from chungtay_reports.edition import Change
from chungtay_reports.errors import ContentError, MachineError, UsageError
from chungtay_reports.pipeline import Request
from chungtay_reports.resources import template_folder


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    """A workspace whose bulletin is published, and one of whose two activities has been removed since."""
    return published_then_changed(workspace)


def newest(desk: Workspace) -> Publication:
    (publication,) = publications(desk.root / "archive")
    return publication


def read(desk: Workspace, path: str, version: int | None = None) -> bytes:
    return Store(desk.root / "archive").read(ID, path, version)


def built(desk: Workspace, **request: object) -> dict[str, bytes]:
    shutil.rmtree(desk.root / "build", ignore_errors=True)
    pipeline.build(desk.root, Request(editions=(SLUG,), jobs=1, **request), date(2026, 12, 1))  # type: ignore[arg-type]
    folder = desk.root / "build" / SLUG
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def documents(desk: Workspace, version: int) -> dict[str, bytes]:
    inventory = Store(desk.root / "archive").inventory(ID)
    assert inventory
    paths = [path for path in inventory.version(version).state if path.startswith("tai-lieu/")]
    return {path.removeprefix("tai-lieu/"): read(desk, path, version) for path in paths}


def words(html: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html.decode()))


# --------------------------------------------------------------------------- correct


def test_a_correction_is_a_new_version_that_says_what_it_sets_right(desk: Workspace) -> None:
    made = correct(desk)
    assert (made.state, made.version, made.reason) == (State.CORRECTED, "v2", "Quận Hoàng Mai báo lại")
    assert made.changes == (
        Change("Chuyên đề đã tổ chức, năm học 2022-2023", "2", "1", "tít, sapo, số nổi bật, đoạn 1"),
    )
    page = words(read(desk, "tai-lieu/index.html"))
    assert "đã in “2”, xin đọc là “1” (Chuyên đề đã tổ chức, năm học 2022-2023)." in page
    assert "Lý do: Quận Hoàng Mai báo lại." in page
    assert newest(desk).history[0].version == "v1"


def test_a_page_opens_with_all_that_it_shows_from_the_folder_of_any_version(desk: Workspace) -> None:
    correct(desk)
    for version in (1, 2):
        folder = Store(desk.root / "archive").place(ID) / f"v{version}" / "content" / "tai-lieu"
        page = (folder / "index.html").read_text("utf-8")
        shown = re.findall(r'<(?:link[^>]* href|script[^>]* src|img[^>]* src)="([a-z][^":#]*)"', page)
        assert "style.css" in shown
        assert [name for name in shown if not (folder / name).is_file()] == []


def test_the_version_before_a_correction_stays_as_it_was(desk: Workspace) -> None:
    before = documents(desk, 1)
    correct(desk)
    assert documents(desk, 1) == before
    assert "xin đọc là" not in words(documents(desk, 1)["index.html"])


def test_a_build_today_as_of_the_first_version_gives_its_bytes(desk: Workspace) -> None:
    first = newest(desk)
    correct(desk)
    assert built(desk, final=True, as_of=first.as_of) == documents(desk, 1)


def test_a_build_as_of_nothing_gives_the_corrected_version_and_it_is_no_draft(desk: Workspace) -> None:
    correct(desk)
    assert built(desk, published=life.published(desk.root)) == documents(desk, 2)


def test_publishing_after_a_correction_has_nothing_to_do(desk: Workspace) -> None:
    correct(desk)
    published = publish(desk, LATER + timedelta(days=3))
    assert (published.new, published.publication.version) == (False, "v2")


def test_a_second_correction_tells_both_newest_first(desk: Workspace) -> None:
    correct(desk)
    edit(desk, BULLETIN, "trao đổi cách dạy", "bàn cách dạy")
    made = correct(desk, "Sửa lời", LATER + timedelta(days=1))
    assert made.version == "v3"
    assert [(change.label, change.where) for change in made.changes] == [("", "sapo")]
    page = words(read(desk, "tai-lieu/index.html"))
    assert page.index("Lý do: Sửa lời.") < page.index("Lý do: Quận Hoàng Mai báo lại.")
    assert built(desk, published=life.published(desk.root)) == documents(desk, 3)


def test_a_correction_must_be_approved_anew(desk: Workspace) -> None:
    with pytest.raises(ContentError) as error:
        life.correct(desk.root, ONE, "Báo lại", LATER)
    (problem,) = error.value.problems
    assert problem.code == "L111"
    assert "--as-of 2026-11-23 --by" in problem.message
    assert newest(desk).version == "v1"
    assert not (desk.root / NOTICES).exists()


def test_a_correction_approved_yesterday_counts_what_was_known_yesterday(desk: Workspace) -> None:
    approve(desk, LATER.date(), LATER.date())
    made = life.correct(desk.root, ONE, "Báo lại", LATER + timedelta(days=1))
    assert made.as_of == LATER.date()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (" \n", "Hãy nói lý do bằng một câu"),
        ("…", "Hãy nói lý do bằng một câu"),
        ("Trường báo lại. " * 40, "Lý do dài 639 chữ cái; in cho bạn đọc thì nhiều nhất 500"),
        ("Gọi cô Lan, 0912 345 678", "Lý do (--reason): “0912 345 678” giống số điện thoại; không công bố"),
        ("Trường \u202eoáb lại", "ký tự đảo chiều chữ"),
        ("Trường\x07 báo lại", "ký tự điều khiển"),
    ],
)
def test_a_reason_is_printed_so_it_is_short_clean_and_names_nobodys_number(
    desk: Workspace, reason: str, said: str
) -> None:
    approve(desk, LATER.date(), LATER.date())
    for verb in (life.correct, life.withdraw, life.correction_to_sign):
        with pytest.raises(UsageError) as error:
            verb(desk.root, ONE, reason, LATER)
        assert said in str(error.value)
    assert newest(desk).version == "v1"


def test_a_reason_is_printed_as_one_paragraph_without_markup(desk: Workspace) -> None:
    made = correct(desk, "Trường báo lại:\n  **một** <b>chuyên đề</b>\u200b & {{ so('x') }}")
    assert made.reason == "Trường báo lại: **một** <b>chuyên đề</b> & {{ so('x') }}"
    page = read(desk, "tai-lieu/index.html").decode()
    assert "**một** &lt;b&gt;chuyên đề&lt;/b&gt; &amp; {{ so(" in page


def test_there_is_no_correction_without_a_difference(workspace: Workspace) -> None:
    set_up(workspace)
    approve(workspace)
    publish(workspace)
    with pytest.raises(UsageError, match="không có gì để đính chính"):
        life.correct(workspace.root, ONE, "Sửa", LATER)


def test_only_what_is_published_is_corrected_or_withdrawn(workspace: Workspace) -> None:
    for verb in (life.correct, life.withdraw):
        with pytest.raises(UsageError, match="chưa công bố"):
            verb(workspace.root, ONE, "Sửa", LATER)


def test_other_editions_keep_their_digests(desk: Workspace) -> None:
    other = (desk.root / BULLETIN).read_text("utf-8").replace("period: {from: 2022-12-01", "period: {from: 2023-04-01")
    other = other.replace("{{ so('chuyen_de') }} chuyên đề chung", "Chuyện chung").replace(
        "issue: 01/2023", "issue: 02/2023"
    )
    desk.write("content/bulletins/2023-07-khac.md", other)
    request = Request(editions=("2023-07-khac",), jobs=1)
    life.approve(desk.root, request, "nguyen-van-an", NOON.date())
    (published,) = life.publish(desk.root, request, NOON)
    correct(desk)
    found = {each.key: each for each in publications(desk.root / "archive")}
    assert found["2023-07-khac"].fingerprint == published.publication.fingerprint
    assert found["2023-07-khac"].version == "v1"


# --------------------------------------------------------------------------- withdraw


def test_a_withdrawn_edition_says_so_and_why_and_keeps_its_versions(desk: Workspace) -> None:
    before = documents(desk, 1)
    made = life.withdraw(desk.root, ONE, "Công bố nhầm", LATER)
    assert (made.state, made.version) == (State.WITHDRAWN, "v2")
    page = words(read(desk, "tai-lieu/index.html"))
    assert "Bản tin đã được thu hồi" in page
    assert "“2 chuyên đề chung của Hoàng Mai và Ứng Hòa”, công bố ngày 22/11/2026, được thu hồi" in page
    assert "đã được thực hiện" not in page
    assert documents(desk, 1) == before
    assert built(desk, published=life.published(desk.root)) == documents(desk, 2)


def test_an_edition_is_withdrawn_also_when_its_content_is_broken_or_gone(desk: Workspace) -> None:
    desk.remove(BULLETIN)
    assert life.withdraw(desk.root, ONE, "Công bố nhầm", LATER).state is State.WITHDRAWN


def test_what_is_withdrawn_does_not_come_back(desk: Workspace) -> None:
    life.withdraw(desk.root, ONE, "Công bố nhầm", LATER)
    with pytest.raises(ContentError) as error:
        publish(desk, LATER)
    assert [problem.code for problem in error.value.problems] == ["L117"]
    with pytest.raises(UsageError, match="nên không duyệt nữa"):
        approve(desk, LATER.date())
    with pytest.raises(UsageError, match="đã thu hồi"):
        life.correct(desk.root, ONE, "Sửa", LATER)
    with pytest.raises(UsageError, match="đã thu hồi từ trước"):
        life.withdraw(desk.root, ONE, "Sửa", LATER)


def test_a_corrected_edition_can_be_withdrawn(desk: Workspace) -> None:
    correct(desk)
    made = life.withdraw(desk.root, ONE, "Công bố nhầm", LATER + timedelta(days=1))
    assert (made.version, len(made.history)) == ("v3", 2)
    assert (desk.root / NOTICES).read_text("utf-8").count("kind:") == 2


def test_a_version_in_time_is_built_as_it_was_before_the_withdrawal(desk: Workspace) -> None:
    first = newest(desk)
    life.withdraw(desk.root, ONE, "Công bố nhầm", LATER)
    assert built(desk, final=True, as_of=first.as_of) == documents(desk, 1)


# --------------------------------------------------------------------------- reports

REPORT = Request(editions=("bao-cao-nam-hoc",), units=("quan-hoang-mai",), years=("2022-2023",), jobs=1)
KEY = "bao-cao-nam-hoc/2022-2023/quan-hoang-mai"


@pytest.fixture
def office(workspace: Workspace) -> Workspace:
    """A workspace in which the report of a district is published as DOCX and data."""
    set_up(with_reports(workspace))
    edit(workspace, "chungtay.yaml", "publishing:\n", "publishing:\n  report_formats: [docx, json]\n")
    life.approve(workspace.root, REPORT, "nguyen-van-an", NOON.date())
    life.publish(workspace.root, REPORT, NOON)
    return workspace


def paper_words(office: Workspace, publication: Publication) -> list[str]:
    data = Store(office.root / "archive").read(
        f"urn:chungtay:so-gddt-ha-noi:{KEY.replace('/', ':')}", publication.files["docx"]
    )
    return [each.text for each in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_report_is_corrected_with_a_paragraph_behind_its_opening(office: Workspace) -> None:
    remove_a_record(office)
    life.approve(office.root, replace(REPORT, as_of=LATER.date()), "nguyen-van-an", LATER.date())
    made = life.correct(office.root, REPORT, "Ghi trùng một chuyên đề", LATER)
    assert (made.key, made.state, made.version) == (KEY, State.CORRECTED, "v2")
    assert made.changes
    lines = paper_words(office, made)
    at = next(number for number, line in enumerate(lines) if "đính chính và thay thế bản công bố" in line)
    assert "Lý do: Ghi trùng một chuyên đề." in lines[at]
    assert lines[at + 1].startswith("- ")
    request = replace(REPORT, published=life.published(office.root))
    _, (work,), _ = pipeline.works(office.root, request, LATER.date())
    assert not work.draft
    assert len(work.notices) == 1


def test_a_report_is_withdrawn_by_its_unit_and_year(office: Workspace) -> None:
    with pytest.raises(UsageError, match="chưa công bố"):
        life.withdraw(office.root, replace(REPORT, units=("huyen-ung-hoa",)), "Nhầm", LATER)
    made = life.withdraw(office.root, REPORT, "Gửi nhầm bản chưa rà soát", LATER)
    assert made.state is State.WITHDRAWN
    assert any(
        "được thu hồi từ ngày 23 tháng 11 năm 2026" in line.replace("\u00a0", " ") for line in paper_words(office, made)
    )


def test_check_judges_the_approval_of_every_report_that_is_not_published_so(office: Workspace) -> None:
    """The report of a second district is not among those that check makes to find mistakes."""
    other = replace(REPORT, units=("huyen-ung-hoa",))
    life.approve(office.root, other, "nguyen-van-an", LATER.date())
    office.activity(unit="huyen-ung-hoa", recorded={"on": "2023-03-25", "by": "pgd-ung-hoa"})
    found = pipeline.check(office.root, LATER.date(), life.published(office.root))
    assert ("L107", "content/approvals/bao-cao-nam-hoc/2022-2023/huyen-ung-hoa.yaml") in [
        (problem.code, problem.place.file) for problem in found
    ]


# --------------------------------------------------------------------------- when something is wrong


@pytest.mark.parametrize("verb", [life.correct, life.withdraw, life.withdrawal_to_sign])
def test_a_clock_that_was_set_back_makes_no_version_before_the_first(desk: Workspace, verb: Any) -> None:
    before = newest(desk)
    with pytest.raises(MachineError, match=r"Đồng hồ của máy.*11 giờ 59.*công bố v1.*12 giờ 00"):
        verb(desk.root, ONE, "Công bố nhầm", NOON - timedelta(minutes=1))
    assert newest(desk) == before


def test_a_withdrawal_goes_out_over_old_damage_which_stays_named(desk: Workspace) -> None:
    page = next((desk.root / "archive").glob("urn*/v1/content/tai-lieu/index.html"))
    page.write_bytes(page.read_bytes()[:-1])
    assert life.withdraw(desk.root, ONE, "Công bố nhầm", LATER).version == "v2"
    (finding,) = validate(desk.root / "archive").findings
    assert (finding.code, finding.file) == ("E092", page.relative_to(desk.root / "archive").as_posix())


def test_a_version_that_would_stand_on_old_damage_does_not_go_out(desk: Workspace) -> None:
    source = next((desk.root / "archive").glob("urn*/v1/content/nguon/content/units/ha-noi.yaml"))
    source.write_bytes(source.read_bytes()[:-1])
    before = len(newest(desk).history)
    for act in (lambda: correct(desk), lambda: life.withdraw(desk.root, ONE, "Công bố nhầm", LATER)):
        with pytest.raises(ArchiveError, match=r"ha-noi\.yaml.*đã bị thay đổi.*bản sao lưu"):
            act()
    assert len(newest(desk).history) == before


def test_what_was_published_with_templates_that_do_not_serve_any_more_can_still_be_withdrawn(
    workspace: Workspace,
) -> None:
    set_up(workspace)
    page = (template_folder() / "bulletin/index.html.j2").read_text("utf-8")
    workspace.write("templates/bulletin/index.html.j2", page + "{% if edition.key_figures[0].label %}{% endif %}")
    approve(workspace)
    publish(workspace)
    assert life.withdraw(workspace.root, ONE, "Công bố nhầm", LATER).state is State.WITHDRAWN
    assert read(workspace, "nguon/templates/bulletin/index.html.j2").decode() == page


def test_every_version_is_right_by_the_rules_of_the_archive(desk: Workspace) -> None:
    correct(desk)
    life.withdraw(desk.root, ONE, "Công bố nhầm", datetime(2026, 11, 24, 9, tzinfo=HANOI))
    assert list(validate(desk.root / "archive").findings) == []
    assert pipeline.check(desk.root, date(2026, 11, 24)) == ()
    assert LATER.date() > TODAY
