"""The marked text of a comparison: what was struck out, what was put in, and the cause beside it."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace

import pikepdf
import pytest
from conftest import TODAY, Workspace

from chungtay_reports import comparing
from chungtay_reports.comparing.marked import Marked, marked_lines, marked_pdf
from chungtay_reports.errors import ContentError

SLUG = "2023-07-tong-ket"
ACTIVITIES = "content/records/2022-2023/huyen-ung-hoa/activities.yaml"
RECORDED = "  recorded: {on: 2023-04-10, by: pgd-ung-hoa}\n"
REMOVED = "  removed: {on: 2026-11-21, by: pgd-ung-hoa, reason: Ghi trùng với bản ghi của quận}\n"


@pytest.fixture
def found(workspace: Workspace) -> comparing.Comparison:
    """The bulletin before and after one of its two chuyên đề is removed from the books."""
    text = (workspace.root / ACTIVITIES).read_text(encoding="utf-8")
    workspace.write(ACTIVITIES, text.replace(RECORDED, RECORDED + REMOVED, 1))
    return comparing.compare(*comparing.sides(workspace.root, TODAY, (f"{SLUG}@2026-11-20", "@2026-11-21")))


def text(line: Marked, *marks: str) -> str:
    return " | ".join("".join(piece.text for piece in cell if piece.mark in marks) for cell in line.cells)


def test_a_changed_number_is_struck_out_and_the_new_one_put_in_with_its_cause(found: comparing.Comparison) -> None:
    changed = [line for line in marked_lines(found) if line.changed]
    assert changed
    assert any(text(line, "del").strip(" |") == "2" and text(line, "ins").strip(" |") == "1" for line in changed)
    assert any("do bỏ bản ghi nhầm" in note for line in changed for note in line.notes)


def test_without_the_marks_each_side_reads_as_it_was_written(found: comparing.Comparison) -> None:
    lines = marked_lines(found)
    for side, mark in ((found.old, "del"), (found.new, "ins")):
        told = {text(line, "", mark) for line in lines}
        written = {line.text for line in side.lines if line.where not in {"thời điểm", "từ khóa"}}
        assert written <= told


def test_nothing_is_marked_where_nothing_differs(found: comparing.Comparison) -> None:
    same = comparing.compare(found.new, found.new)
    assert [line for line in marked_lines(same) if line.changed] == []


def test_a_side_without_text_says_why_there_is_nothing_to_mark(found: comparing.Comparison) -> None:
    mute = replace(found, old=replace(found.old, work=None))
    with pytest.raises(ContentError):
        marked_pdf(mute, found.new.settings)


@pytest.mark.slow
def test_the_marked_pdf_is_tagged_and_shows_both_numbers_and_the_cause(found: comparing.Comparison) -> None:
    data = marked_pdf(found, found.new.settings)
    said = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert "Bản so sánh" in said
    assert "do bỏ bản ghi nhầm" in " ".join(said.split())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
