"""Which published sentences a record stands behind, in every version."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import TODAY, Workspace
from presses import SLUG, approve, correct, edit, publish, remove_a_record, set_up

from chungtay_reports import tracing
from chungtay_reports.archive.sentences import published_sentences, sentence_at

REMOVED = "HD-2023-0412"
HARD_SPACE = "\u00a0"


@pytest.fixture
def desk(workspace: Workspace) -> Workspace:
    set_up(workspace)
    edit(workspace, f"content/bulletins/{SLUG}.md", "Đến hết năm học", "Hai bên đã gặp nhau. Đến hết năm học")
    approve(workspace)
    publish(workspace)
    return workspace


def told(root: Path, record: str) -> list[tuple[str, str, bool]]:
    return [(one.version, one.where, one.newest) for one in published_sentences(root / "archive", record)]


def test_every_sentence_that_counts_a_record_is_listed_with_its_place(desk: Workspace) -> None:
    found = published_sentences(desk.root / "archive", REMOVED)
    assert [one.where for one in found] == ["tít", "sapo", "số nổi bật", "đoạn 1"]
    assert found[-1].text.replace(HARD_SPACE, " ") == "Đến hết năm học, 2 chuyên đề đã được thực hiện."
    assert found[-1].printed == "2"
    assert published_sentences(desk.root / "archive", "KHONG-CO") == ()


def test_a_record_that_was_removed_stays_behind_the_old_version_only(desk: Workspace) -> None:
    remove_a_record(desk)
    correct(desk)
    assert {(version, newest) for version, _, newest in told(desk.root, REMOVED)} == {("v1", False)}


def test_trace_tells_published_sentences_below_the_present_ones(desk: Workspace) -> None:
    trail = tracing.trace(desk.root, TODAY, REMOVED, None)
    lines = list(tracing.lines(trail, None))
    at = lines.index("Đã công bố:")
    assert lines[at + 1].replace(HARD_SPACE, " ") == (
        f"  {SLUG} v1 (đã công bố), tít: in “2”: 2 chuyên đề chung của Hoàng Mai và Ứng Hòa"
    )
    published = tracing.data(trail)["published"]
    assert isinstance(published, list)
    assert published[0]["state"] == "published"


@pytest.mark.parametrize(
    ("text", "start", "sentence"),
    [
        ("Một. Hai là 2. Ba.", 12, "Hai là 2."),
        ("Có 1.234 trường. Thêm 5.", 3, "Có 1.234 trường."),
        ("Chỉ một câu 3", 12, "Chỉ một câu 3"),
        ("Ông nói: “Được 4.” Rồi về.", 15, "Ông nói: “Được 4.” Rồi về."),
    ],
)
def test_a_sentence_is_cut_out_at_its_ends(text: str, start: int, sentence: str) -> None:
    assert sentence_at(text, start) == sentence
