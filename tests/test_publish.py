"""Publishing: what may not go out and why, what lies in the archive, and that it rebuilds itself byte for byte."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from conftest import TODAY, Workspace
from presses import (
    BULLETIN,
    HANOI,
    ID,
    NOON,
    ONE,
    SLUG,
    approve,
    archived,
    edit,
    needs_the_whole,
    publish,
    refused,
    set_up,
)
from reportkit import REPORT, with_reports

from chungtay_reports import life, pipeline, schemas
from chungtay_reports.archive.ocfl import Store, validate
from chungtay_reports.archive.publication import Publication, State, object_id, publications
from chungtay_reports.archive.shelf import holdings
from chungtay_reports.errors import ContentError
from chungtay_reports.life.proving import lay_out
from chungtay_reports.life.refusing import share
from chungtay_reports.pipeline import Request


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    return set_up(workspace)


def newest(desk: Workspace) -> Publication:
    (publication,) = publications(desk.root / "archive")
    return publication


def test_an_empty_folder_where_a_disk_is_to_be_mounted_is_no_archive_yet(desk: Workspace) -> None:
    (desk.root / "archive").mkdir()
    assert holdings(desk.root / "archive") == publications(desk.root / "archive") == ()
    approve(desk)
    assert publish(desk).new
    assert newest(desk).key == SLUG


# --------------------------------------------------------------------------- what may not go out


def test_what_nobody_approved_is_not_published(desk: Workspace) -> None:
    assert refused(desk) == ["L110"]


def test_what_changed_after_its_approval_is_not_published_and_the_change_is_named(desk: Workspace) -> None:
    approve(desk)
    desk.activity()
    with pytest.raises(ContentError, match="1 vấn đề") as error:
        publish(desk)
    (problem,) = error.value.problems
    assert problem.code == "L111"
    assert "s1 Chuyên đề đã tổ chức, năm học 2022-2023: 2 → 3" in problem.message
    assert problem.place.file == f"content/approvals/{SLUG}.yaml"


def test_one_approval_of_two_is_not_enough(desk: Workspace) -> None:
    edit(desk, "chungtay.yaml", "publishing:\n", "publishing:\n  approvals: 2\n")
    approve(desk)
    assert refused(desk) == ["L112"]


def test_an_edition_with_an_open_problem_is_not_published(desk: Workspace) -> None:
    approve(desk)
    edit(desk, BULLETIN, "Đến hết năm học", "Có 99 trường. Đến hết năm học")
    assert "L111" not in refused(desk)


def test_somebodys_telephone_number_blocks_a_publication(desk: Workspace) -> None:
    edit(desk, BULLETIN, "byline: Ban biên tập", "byline: Ban biên tập 0912 345 678")
    approve(desk)
    assert refused(desk) == ["R302"]


def test_too_few_reports_block_a_publication_and_the_missing_units_are_named(desk: Workspace) -> None:
    edit(desk, BULLETIN, "byline:", "coverage: 2/2\nbyline:")
    desk.remove("content/records/2022-2023/huyen-ung-hoa/submission.yaml")
    approve(desk)
    with pytest.raises(ContentError) as error:
        publish(desk)
    (problem,) = error.value.problems
    assert problem.code == "L113"
    assert "cần 2/2 đơn vị đã báo cáo, mới có 1/2; còn thiếu Ứng Hòa" in problem.message
    assert str(problem.place) == f"{BULLETIN}:10:11"


def test_the_settings_may_ask_for_coverage_of_every_edition(desk: Workspace) -> None:
    edit(desk, "chungtay.yaml", "publishing:\n", "publishing:\n  coverage: 60%\n")
    desk.remove("content/records/2022-2023/huyen-ung-hoa/submission.yaml")
    approve(desk)
    assert refused(desk) == ["L113"]
    edit(desk, "chungtay.yaml", "coverage: 60%", "coverage: 50%")
    assert publish(desk).new


@pytest.mark.parametrize(("text", "value"), [("28/30", 28 / 30), ("90%", 0.9), ("100%", 1.0), ("0%", 0.0)])
def test_a_requirement_is_a_share(text: str, value: float) -> None:
    assert float(share(text)) == pytest.approx(value)


@pytest.mark.parametrize("written", ["gần đủ", "28", "31/30", "0/0", "101%", '"30 / 30"'])
def test_a_requirement_that_is_no_share_is_a_problem_of_the_front_matter(desk: Workspace, written: str) -> None:
    edit(desk, BULLETIN, "byline:", f"coverage: {written}\nbyline:")
    (problem,) = desk.load()[1]
    assert problem.code == "R114"
    assert problem.message.endswith("hãy viết như 28/30 hoặc 90%, không quá toàn bộ")


def test_what_is_published_changes_by_correction_only(desk: Workspace) -> None:
    approve(desk)
    publish(desk)
    edit(desk, BULLETIN, "trao đổi cách dạy", "bàn cách dạy")
    approve(desk)
    with pytest.raises(ContentError) as error:
        publish(desk)
    assert [problem.code for problem in error.value.problems] == ["L116"]
    assert "chungtay correct 2023-07-tong-ket" in error.value.problems[0].message


# --------------------------------------------------------------------------- what lies in the archive


def test_publishing_the_same_again_does_nothing(desk: Workspace) -> None:
    approve(desk)
    assert publish(desk).new
    assert not publish(desk, NOON + timedelta(days=1)).new
    assert newest(desk).version == "v1"


def test_an_archived_edition_has_its_documents_exactly_as_a_build_makes_them(desk: Workspace) -> None:
    approve(desk)
    publish(desk)
    pipeline.build(desk.root, ONE, TODAY)
    built = desk.root / "build" / SLUG
    documents = {path.relative_to(built).as_posix(): path.read_bytes() for path in built.rglob("*") if path.is_file()}
    kept = {
        path.removeprefix("tai-lieu/"): data for path, data in archived(desk).items() if path.startswith("tai-lieu/")
    }
    assert kept == documents


def test_the_record_of_a_publication_says_who_what_and_when(desk: Workspace) -> None:
    approve(desk)
    publish(desk)
    found = newest(desk)
    assert (found.key, found.kind, found.state, found.version) == (SLUG, "ban-tin", State.PUBLISHED, "v1")
    assert found.published == NOON
    assert found.as_of == date(2023, 7, 31)
    (approval,) = found.approvals
    assert (approval.name, approval.post) == ("Nguyễn Văn An", "Trưởng phòng GD&ĐT quận Hoàng Mai")
    assert approval.digest == found.fingerprint.digest
    assert set(found.files) >= {"html", "figures", "loi-van", "dublin-core"}
    assert set(found.files.values()) <= set(archived(desk))


def test_the_record_of_a_publication_keeps_its_schema(desk: Workspace) -> None:
    approve(desk)
    publish(desk)
    record = json.loads(archived(desk)["an-pham.json"])
    jsonschema.Draft202012Validator(schemas.schema("publication")).validate(record)
    written = json.loads(Path(schemas.__file__).with_name("publication-1.schema.json").read_text("utf-8"))
    assert written["$id"] == record["$schema"]


def test_the_moment_of_publication_changes_nothing_but_the_record(desk: Workspace, tmp_path: Path) -> None:
    approve(desk)
    files = []
    for number, moment in enumerate((NOON, datetime(2027, 1, 1, 0, 0, 1, tzinfo=HANOI))):
        publish(desk, moment)
        files.append(archived(desk))
        (desk.root / "archive").rename(tmp_path / f"archive-{number}")
    first, second = files
    assert {path for path in first if first[path] != second[path]} == {"an-pham.json"}


def test_the_sources_in_the_archive_rebuild_the_same_bytes(desk: Workspace, tmp_path: Path) -> None:
    approve(desk)
    publish(desk)
    files = archived(desk)
    again = tmp_path / "again"
    lay_out(
        again,
        {path.removeprefix("nguon/"): data for path, data in files.items() if path.startswith("nguon/")},
        tmp_path / "cache",
    )
    pipeline.build(again, Request(editions=(SLUG,), final=True, as_of=newest(desk).as_of), date(2031, 1, 1))
    kept = {path.removeprefix("tai-lieu/"): data for path, data in files.items() if path.startswith("tai-lieu/")}
    assert {path: (again / "build" / SLUG / path).read_bytes() for path in kept} == kept


def test_sources_are_no_more_than_the_edition_needs(desk: Workspace) -> None:
    desk.write("content/quotes/ghi-chu.txt.bak", "nháp")
    desk.activity(
        id="HD-2024-0001", year="2023-2024", date="2024-03-21", recorded={"on": "2024-03-25", "by": "pgd-hoang-mai"}
    )
    approve(desk)
    publish(desk)
    files = archived(desk)
    assert f"nguon/{BULLETIN}" in files
    assert not [path for path in files if "2023-2024" in path or path.endswith(".bak")]


def test_an_edition_that_needs_more_than_its_own_files_is_kept_with_the_whole_workspace(desk: Workspace) -> None:
    needs_the_whole(desk)
    desk.write("content/bulletins/ghi-chu.txt", "chưa dùng")
    approve(desk)
    publish(desk)
    assert {"nguon/templates/rieng/chan.html.j2", "nguon/content/bulletins/ghi-chu.txt"} <= archived(desk).keys()


def test_the_bulletins_of_one_storyline_are_kept_together(desk: Workspace) -> None:
    other = (desk.root / BULLETIN).read_text("utf-8").replace("issue: 01/2023", "issue: 02/2023")
    desk.write("content/bulletins/2023-08-khac.md", other.replace("byline:", "related: [2023-07-tong-ket]\nbyline:"))
    desk.write("content/bulletins/2023-06-khac.md", other)
    approve(desk)
    publish(desk)
    assert {path for path in archived(desk) if path.startswith("nguon/content/bulletins/")} == {
        f"nguon/content/bulletins/{name}.md" for name in (SLUG, "2023-08-khac", "2023-06-khac")
    }


def test_every_file_of_the_archive_is_right_by_its_own_rules(desk: Workspace) -> None:
    approve(desk)
    publish(desk)
    assert list(validate(desk.root / "archive").findings) == []


def test_an_archived_edition_is_described_in_dublin_core_and_by_both_decrees(desk: Workspace) -> None:
    approve(desk)
    publish(desk)
    files = archived(desk)
    core = ET.fromstring(files["mo-ta/dublin-core.xml"])  # noqa: S314 - our own file
    told = {element.tag.partition("}")[2]: element.text for element in core}
    assert told["title"] == newest(desk).title
    assert told["identifier"] == ID
    decree30 = json.loads(files["mo-ta/nd30-phu-luc-vi.json"])
    assert (decree30["TypeName"], decree30["CodeNumber"]) == ("Bản tin", "01/2023")
    assert decree30["Language"] == "Tiếng Việt"
    decree113 = json.loads(files["mo-ta/nd113-tai-lieu.json"])
    assert decree113["MaDinhDanh"] == ID
    for name in ("nd30-phu-luc-vi", "nd113-tai-lieu"):
        ET.fromstring(files[f"mo-ta/{name}.xml"])  # noqa: S314 - our own file


def test_an_edition_that_is_published_needs_no_approval_to_be_no_draft(desk: Workspace) -> None:
    approve(desk)
    publish(desk)
    desk.remove("content/approvals")
    request = Request(editions=(SLUG,), published=life.published(desk.root))
    assert not pipeline.works(desk.root, request, TODAY)[1][0].draft


@pytest.mark.slow
def test_the_deposit_copy_lies_beside_the_pdf_and_its_pages_are_counted(workspace: Workspace) -> None:
    desk = set_up(workspace, "pdf, json")
    approve(desk)
    publish(desk)
    files = archived(desk)
    found = newest(desk)
    assert files[found.files["luu-tru"]].startswith(b"%PDF-1.4")
    assert files[found.files["pdf"]].startswith(b"%PDF-1.7")
    pages = json.loads(files["mo-ta/nd30-phu-luc-vi.json"])["PageAmount"]
    assert pages >= 1
    assert json.loads(files["mo-ta/nd113-tai-lieu.json"])["Tep"] == found.files["luu-tru"]


# --------------------------------------------------------------------------- reports


@pytest.fixture
def office(workspace: Workspace) -> Workspace:
    """A workspace with the reports of two districts, published as DOCX and data."""
    edit(
        set_up(with_reports(workspace)),
        "chungtay.yaml",
        "publishing:\n",
        "publishing:\n  report_formats: [docx, json]\n",
    )
    return workspace


REPORTS = Request(editions=("bao-cao-nam-hoc",), years=("2022-2023",), jobs=1)


def test_the_reports_of_a_year_are_published_together_each_as_an_object_of_its_own(office: Workspace) -> None:
    life.approve(office.root, REPORTS, "nguyen-van-an", NOON.date())
    done = life.publish(office.root, REPORTS, NOON)
    units = [one.publication.unit for one in done]
    assert len(units) > 1
    found = publications(office.root / "archive")
    assert sorted(each.unit for each in found) == sorted(units)
    (mai,) = [each for each in found if each.unit == "quan-hoang-mai"]
    assert (mai.key, mai.kind) == ("bao-cao-nam-hoc/2022-2023/quan-hoang-mai", "bao-cao")
    assert set(mai.files) >= {"docx", "figures", "dublin-core"}
    store = Store(office.root / "archive")
    decree30 = json.loads(store.read(object_id("so-gddt-ha-noi", mai.key), "mo-ta/nd30-phu-luc-vi.json"))
    assert (decree30["CodeNotation"], decree30["CodeNumber"], decree30["IssuedDate"]) == ("BC-PGDĐT", "", "")


def test_a_unit_that_has_not_reported_in_full_does_not_publish_where_coverage_is_asked_for(office: Workspace) -> None:
    edit(office, REPORT, "years:", "coverage: 100%\nyears:")
    office.remove("content/records/2022-2023/huyen-ung-hoa/submission.yaml")
    life.approve(office.root, REPORTS, "nguyen-van-an", NOON.date())
    with pytest.raises(ContentError) as error:
        life.publish(office.root, REPORTS, NOON)
    told = {problem.message.partition(":")[0]: problem.code for problem in error.value.problems}
    assert told["bao-cao-nam-hoc/2022-2023/huyen-ung-hoa"] == "L114"


def test_progress_of_a_publication_runs_to_its_end_and_tells_the_proof_too(desk: Workspace) -> None:
    approve(desk)
    steps: list[tuple[int, int]] = []
    life.publish(desk.root, ONE, NOON, lambda *at: steps.append(at))
    done = [at for at, _ in steps]
    assert done == sorted(done)
    assert steps[-1][0] == steps[-1][1]
    before_the_proof = steps[-2]
    assert before_the_proof[0] < before_the_proof[1]
