"""What a new author gets wrong is said where it is wrong, in words that help."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from conftest import TODAY, Workspace

from chungtay_reports import disk, pipeline, schemas, starter
from chungtay_reports.errors import Problem, UsageError, WriteError

BULLETIN = "content/bulletins/2023-07-tong-ket.md"


def problems(workspace: Workspace) -> dict[str, Problem]:
    return {problem.code: problem for problem in pipeline.check(workspace.root, TODAY)}


def add_to_bulletin(workspace: Workspace, text: str) -> None:
    path = workspace.root / BULLETIN
    path.write_text(f"{path.read_text('utf-8')}\n\n{text}\n", encoding="utf-8")


def edit(workspace: Workspace, path: str, old: str, new: str) -> None:
    file = workspace.root / path
    before = file.read_text("utf-8")
    assert old in before
    file.write_text(before.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("written", ["21/3/2023", "21-3-2023", "2023-3-21", "2023/03/21"])
def test_a_day_written_otherwise_is_answered_with_the_right_form(workspace: Workspace, written: str) -> None:
    workspace.activity(date=written)
    assert problems(workspace)["R104"].hint == "2023-03-21"


@pytest.mark.parametrize(
    ("field", "value"),
    [("host", "Trường THCS Định Công"), ("host", "thcs định công"), ("partners", ["Trường THCS Định Công"])],
)
def test_a_name_in_the_place_of_an_id_is_answered_with_the_id(
    workspace: Workspace, field: str, value: str | list[str]
) -> None:
    workspace.activity(**{"host": "thcs-hoa-xa", "partners": [], field: value})
    assert problems(workspace)["R110"].hint == "thcs-dinh-cong"


def test_a_district_is_offered_where_an_office_cannot_be_meant(workspace: Workspace) -> None:
    registry = workspace.library().registry
    assert registry.suggest("hoang-mai", top=True) == "quan-hoang-mai"
    assert registry.suggest("pgd-hoang-ma") == "pgd-hoang-mai"


def test_a_missing_photo_is_one_problem_at_its_id(workspace: Workspace) -> None:
    edit(workspace, BULLETIN, "photos: [sinh-hoat-chuyen-de]", "photos: [khong-co]")
    found = pipeline.check(workspace.root, TODAY)
    assert [(problem.code, problem.place.line, problem.place.column) for problem in found] == [("W151", 11, 10)]


def test_a_number_in_a_caption_names_the_photo(workspace: Workspace) -> None:
    media = next((workspace.root / "content" / "media").glob("*.yaml"))
    media.write_text(media.read_text("utf-8").replace("caption: ", "caption: Có 12 cô giáo. ", 1), encoding="utf-8")
    assert "ảnh “sinh-hoat-chuyen-de”" in problems(workspace)["P201"].message


def test_a_day_without_its_year_is_answered_with_the_placeholder(workspace: Workspace) -> None:
    add_to_bulletin(workspace, "Hai bên gặp nhau ngày 12/9.")
    assert "{{ ngay('NĂM-09-12', kieu='khong_nam') }}" in problems(workspace)["P201"].message


@pytest.mark.parametrize(("metric", "dimension"), [("truong_ky_ket", "chu_de"), ("truong_ky_ket", "chieu")])
def test_a_metric_is_not_grouped_by_what_it_does_not_have(workspace: Workspace, metric: str, dimension: str) -> None:
    with pytest.raises(UsageError, match="Không chia được"):
        pipeline.figures(workspace.root, TODAY, pipeline.Window(), metric, dimension)


def test_an_unknown_edition_is_answered_with_those_that_there_are(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="Có: 2023-07-tong-ket"):
        pipeline.editions(workspace.root, TODAY, ("tong-ket",))


def test_a_file_in_the_place_of_the_build_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("của tôi", encoding="utf-8")
    with pytest.raises(WriteError, match="đang là một tệp"):
        disk.write_editions(tmp_path, tmp_path / "build", ())
    assert (tmp_path / "build").read_text("utf-8") == "của tôi"


def test_what_the_system_refuses_is_said_in_vietnamese(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("", encoding="utf-8")
    with pytest.raises(WriteError, match="không phải thư mục"):
        schemas.write(tmp_path / "tep" / "luoc-do")
    with pytest.raises(WriteError, match="không phải thư mục"):
        starter.create_workspace(tmp_path / "tep" / "kho")


@pytest.mark.parametrize("turn", ["\r\n", "\n"])
def test_files_of_windows_and_of_a_mac_read_alike(workspace: Workspace, turn: str) -> None:
    before = pipeline.figures(workspace.root, TODAY, pipeline.Window(end=date(2023, 7, 31)), None, None)
    for path in sorted((workspace.root / "content").rglob("*")):
        if path.suffix in {".yaml", ".md"}:
            text = unicodedata.normalize("NFD", path.read_text("utf-8"))
            path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", turn).encode())
    assert pipeline.check(workspace.root, TODAY) == ()
    assert pipeline.figures(workspace.root, TODAY, pipeline.Window(end=date(2023, 7, 31)), None, None) == before
