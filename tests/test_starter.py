"""`init` gives a workspace that works at once; `new` gives records that need only their facts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from builds import chungtay, figures, html_text

from chungtay_reports import pipeline, resources, starter
from chungtay_reports.errors import UsageError


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `chungtay init` makes it."""
    folder = tmp_path_factory.mktemp("init")
    result = chungtay("init", "kho mới", cwd=folder)
    assert result.returncode == 0, result.stderr
    assert "cd 'kho mới'\n  chungtay check" in result.stderr
    return folder / "kho mới"


def test_a_new_workspace_has_not_one_problem_nor_warning(begun: Path) -> None:
    result = chungtay("check", "--format", "json", cwd=begun)
    assert (result.returncode, json.loads(result.stdout)) == (0, {"problems": []})


def test_a_new_workspace_builds_a_bulletin_that_wrote_itself(begun: Path) -> None:
    result = chungtay("build", cwd=begun)
    assert result.returncode == 0, result.stderr
    edition = begun / "build" / "vi-du"
    assert {"index.html", "vi-du.pdf", "figures.json", "figures.csv", "records.csv"} <= {
        path.name for path in edition.iterdir()
    }
    page = html_text(edition / "index.html")
    assert "Chuyên môn là trục chính" in page
    assert "Dữ liệu ví dụ" in page
    printed = [row for row in figures(edition)["figures"] if row["prints"]]
    assert all(row["records"] or row["units"] or row["operands"] for row in printed if row["value"])


def test_a_new_workspace_has_every_metric_and_the_whole_registry_but_no_sample_schools(begun: Path) -> None:
    units = begun / "content" / "units"
    text = "".join(path.read_text("utf-8") for path in sorted(units.glob("*.yaml")))
    assert text.count("tier: quan") + text.count("tier: huyen") >= 2
    assert [path.name for path in (units / "schools").iterdir()] == ["vi-du.yaml"]
    assert sorted(path.name for path in (begun / "content" / "metrics").iterdir()) == sorted(
        path.name for path in (resources.template_folder().parent / "content" / "metrics").iterdir()
    )


def test_what_can_be_built_again_is_not_for_version_control(begun: Path) -> None:
    assert {"/build/", "/.cache/"} <= set((begun / ".gitignore").read_text("utf-8").split())


def test_the_settings_explain_themselves_and_are_those_of_a_new_workspace(begun: Path) -> None:
    text = (begun / "chungtay.yaml").read_text("utf-8")
    assert text.startswith("#")
    assert yaml.safe_load(text)["organisation"]["name"]


@pytest.mark.parametrize("there", ["tep.txt", ".git"])
def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("của người khác", "utf-8")
    with pytest.raises(UsageError, match="đã có nội dung"):
        starter.create_workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [there]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kho").write_text("tệp", "utf-8")
    with pytest.raises(UsageError):
        starter.create_workspace(tmp_path / "kho")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "kho").mkdir()
    files = starter.create_workspace(tmp_path / "kho")
    assert sorted(files) == list(files)
    assert all((tmp_path / "kho" / file).is_file() for file in files)


@pytest.mark.parametrize("slug", ["Tổng-kết", "a b", "-a", "a-", "a/b", "../a", "A", "", "a" * 65])
def test_a_bulletin_has_a_name_that_can_be_a_folder_anywhere(tmp_path: Path, slug: str) -> None:
    with pytest.raises(UsageError, match="không hợp lệ"):
        starter.add_bulletin(tmp_path, slug, date(2022, 12, 1), date(2023, 8, 1))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [("agreement", ()), ("activity", ()), ("submission", ()), ("bulletin", ("thang-12",))],
)
def test_what_new_writes_into_a_new_workspace_passes_check(
    tmp_path: Path, kind: str, arguments: tuple[str, ...]
) -> None:
    starter.create_workspace(tmp_path / "kho")
    options = () if arguments else ("--unit", "quan-cau-giay", "--date", "2024-12-02")
    made = chungtay("new", kind, *arguments, *options, cwd=tmp_path / "kho")
    assert made.returncode == 0, made.stderr
    found = chungtay("check", cwd=tmp_path / "kho")
    assert (found.returncode, found.stdout) == (0, "")


def test_a_new_report_passes_check_and_builds_for_a_unit_of_a_new_workspace(tmp_path: Path) -> None:
    root = tmp_path / "kho"
    starter.create_workspace(root)
    assert starter.add_report(root, "bao-cao", "2024-2025") == ("content/reports/bao-cao.md", "content/offices.yaml")
    assert pipeline.check(root, date(2026, 11, 23)) == ()
    request = pipeline.Request(editions=("bao-cao",), units=("quan-cau-giay",), formats=("docx",))
    made = pipeline.build(root, request, date(2026, 11, 23)).made
    assert [note.path for note in made] == ["bao-cao/2024-2025/quan-cau-giay/bao-cao-quan-cau-giay-2024-2025.docx"]


def test_a_new_report_never_writes_over_another(tmp_path: Path) -> None:
    root = tmp_path / "kho"
    starter.create_workspace(root)
    starter.add_report(root, "bao-cao", "2024-2025")
    with pytest.raises(UsageError, match="Đã có"):
        starter.add_report(root, "bao-cao", "2023-2024")
