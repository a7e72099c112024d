"""The marked text of a comparison: what was struck out, what was put in, and the cause beside it."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import page
import pikepdf
import pytest
from conftest import TODAY, VALID, Workspace

from chungtay_reports import comparing
from chungtay_reports.comparing.marked import marked_pdf
from chungtay_reports.comparing.overlay import Marked, laid_over, marked_lines
from chungtay_reports.errors import ContentError
from chungtay_reports.fingerprint import TextLine
from chungtay_reports.press import Imprint, Press, PrintJob

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


def overlaid(old: str, new: str) -> list[str]:
    """Lay one line over another: del and ins in brackets, a bar between cells, a string for each line."""
    before, after = TextLine("bảng", old, ()), TextLine("bảng", new, ())
    signs = {"": "{}", "del": "[-{}]", "ins": "[+{}]"}
    return [
        "|".join("".join(signs[piece.mark].format(piece.text) for piece in cell) for cell in line.cells)
        for line in laid_over((before,), (after,), {})
    ]


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("Mầm non | 11 | 2", "Mầm non | 12 | 2", ["Mầm non|[-11][+12]|2"]),
        ("Mầm non | 11 | 2", "Tiểu học | 11 | 2", ["[-Mầm non]|[-11]|[-2]", "[+Tiểu học]|[+11]|[+2]"]),
        ("Mầm non | 11 | 2", "Mầm non | 11", ["[-Mầm non]|[-11]|[-2]", "[+Mầm non]|[+11]"]),
        (
            "Trưởng phòng Giáo dục và Đào tạo quận Cầu Giấy ký báo cáo",
            "Trưởng phòng Văn hóa và Xã hội phường Cầu Giấy ký báo cáo",
            ["Trưởng phòng [-Giáo dục và Đào tạo quận][+Văn hóa và Xã hội phường] Cầu Giấy ký báo cáo"],
        ),
    ],
    ids=["a cell", "another row", "another column", "a phrase"],
)
def test_a_change_is_marked_within_its_cell_and_as_a_whole_phrase(old: str, new: str, marked: list[str]) -> None:
    assert overlaid(old, new) == marked


def test_a_side_without_text_says_why_there_is_nothing_to_mark(found: comparing.Comparison) -> None:
    mute = replace(found, old=replace(found.old, work=None))
    with pytest.raises(ContentError):
        marked_pdf(mute, found.new.settings)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marked text of the same two days, in print; set once, as setting takes seconds."""
    root = tmp_path_factory.mktemp("so-sanh") / "kho"
    shutil.copytree(VALID, root)
    text = (root / ACTIVITIES).read_text(encoding="utf-8")
    (root / ACTIVITIES).write_text(text.replace(RECORDED, RECORDED + REMOVED, 1), encoding="utf-8")
    found = comparing.compare(*comparing.sides(root, TODAY, (f"{SLUG}@2026-11-20", "@2026-11-21")))
    file = root.parent / "so-sanh.pdf"
    file.write_bytes(marked_pdf(found, found.new.settings))
    return file


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_marked_pdf_is_for_everyone_and_for_decades_like_other_documents(printed: Path, profile: str) -> None:
    report = page.validate_pdf(printed, profile=profile)
    assert report.is_compliant, [failure.message for failure in report.failures]


@pytest.mark.slow
def test_the_marked_pdf_shows_both_numbers_and_the_cause(printed: Path) -> None:
    said = subprocess.run(["pdftotext", printed, "-"], capture_output=True, check=True).stdout.decode()
    assert "Bản so sánh" in said
    assert "do bỏ bản ghi nhầm" in " ".join(said.split())


@pytest.mark.slow
def test_a_screen_reader_says_what_was_struck_out_and_what_was_put_in(printed: Path) -> None:
    with pikepdf.open(printed) as pdf:
        spoken = [
            (str(element.S), str(element.ActualText), str(element.A.TextDecorationType))
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") in {"/Del", "/Ins"}
        ]
        assert {str(name): str(role) for name, role in pdf.Root.StructTreeRoot.RoleMap.items()} == {
            "/Del": "/Span",
            "/Ins": "/Span",
        }
    assert ("/Del", "bỏ: 2; ", "/LineThrough") in spoken
    assert ("/Ins", "thêm: 1; ", "/Underline") in spoken


@pytest.mark.slow
def test_a_long_run_is_announced_once_over_all_its_lines_and_its_end_is_told() -> None:
    words = " ".join(["một đoạn dài"] * 30)
    imprint = Imprint("Thử", "Sở", "Thử", (), datetime(2026, 11, 22, tzinfo=UTC), "Chung tay Reports")
    html = f'<html lang="vi"><title>Thử</title><p>Trước <del>{words}</del><ins>sau</ins></p>'
    with Press() as press:
        data = press.typeset(PrintJob(name="thu", html=html, imprint=imprint))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Del"]
        spoken = [str(one.ActualText) for one in found]
    assert len(spoken) > 1
    assert "".join(spoken) == f"bỏ: {words}, hết phần bỏ; "
    assert [text.startswith("bỏ: ") for text in spoken] == [True] + [False] * (len(spoken) - 1)
    assert [text.endswith(", hết phần bỏ; ") for text in spoken] == [False] * (len(spoken) - 1) + [True]
