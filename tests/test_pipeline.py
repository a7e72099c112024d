"""The program from top to bottom: everything wrong is told at once, and nothing is written until nothing is."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY, Workspace

from chungtay_reports import pipeline
from chungtay_reports.disk import read_manifest
from chungtay_reports.errors import ContentError, Severity, UsageError
from chungtay_reports.pipeline import Request, Window

EDITION = "2023-07-tong-ket"
DATA = Request(formats=("json", "csv"))


def bulletin(workspace: Workspace, slug: str, **changes: str) -> str:
    """Another bulletin: the valid one with pieces of its text replaced."""
    text = (workspace.root / "content/bulletins" / f"{EDITION}.md").read_text("utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return workspace.write(f"content/bulletins/{slug}.md", text)


def paths(root: Path) -> list[str]:
    build = root / "build"
    return sorted(path.relative_to(build).as_posix() for path in build.rglob("*") if path.is_file())


def test_problems_of_records_metrics_and_every_bulletin_are_told_in_one_run(workspace: Workspace) -> None:
    workspace.activity(hots="sai")
    workspace.write("content/metrics/them.yaml", "- {name: x, label: X, unit: x, from: khong, measure: count}\n")
    bulletin(workspace, "mot", **{"Đến hết năm học, {{ so('chuyen_de') }}": "Đến hết năm học, 7"})
    bulletin(workspace, "hai", **{"Đến hết năm học, {{ so('chuyen_de') }}": "Đến hết năm học, {{ so('khong_co') }}"})
    found = pipeline.check(workspace.root, TODAY)
    assert {"R101", "P201", "P316"} <= {problem.code for problem in found}
    assert any(problem.code.startswith("M") for problem in found)
    assert list(found) == sorted(found)
    with pytest.raises(ContentError) as refused:
        pipeline.build(workspace.root, DATA, TODAY)
    assert {problem.code for problem in refused.value.problems} >= {"R101", "P201", "P316"}
    assert not (workspace.root / "build").exists()


def test_one_broken_bulletin_stops_the_build_of_all_and_leaves_the_last_good_output(workspace: Workspace) -> None:
    pipeline.build(workspace.root, DATA, TODAY)
    before = {path: (workspace.root / "build" / path).read_bytes() for path in paths(workspace.root)}
    bulletin(workspace, "mot", **{"Đến hết năm học, {{ so('chuyen_de') }}": "Đến hết năm học, 7"})
    with pytest.raises(ContentError):
        pipeline.build(workspace.root, DATA, TODAY)
    assert {path: (workspace.root / "build" / path).read_bytes() for path in paths(workspace.root)} == before


def test_a_warning_does_not_stop_a_build_and_is_handed_on(workspace: Workspace) -> None:
    bulletin(workspace, "mot", **{"Đến hết năm học, ": "Góp phần nâng cao chất lượng, "})
    outcome = pipeline.build(workspace.root, DATA, TODAY)
    assert [(problem.code, problem.severity) for problem in outcome.warnings] == [("P402", Severity.WARNING)]
    assert "mot/figures.json" in paths(workspace.root)


def test_one_edition_is_built_without_touching_the_others(workspace: Workspace) -> None:
    bulletin(workspace, "mot")
    pipeline.build(workspace.root, DATA, TODAY)
    there = (workspace.root / "build" / EDITION / "figures.json").stat().st_ino
    made = pipeline.build(workspace.root, Request(editions=("mot",), formats=("json", "csv")), TODAY).made
    assert {note.edition for note in made} == {"mot"}
    assert (workspace.root / "build" / EDITION / "figures.json").stat().st_ino == there
    listed = {note.path for note in read_manifest(workspace.root / "build")}
    assert listed == set(paths(workspace.root)) - {"manifest.json"}


def test_an_edition_that_is_gone_goes_from_the_output_with_the_next_whole_build(workspace: Workspace) -> None:
    file = bulletin(workspace, "mot")
    settings = workspace.root / "chungtay.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("  masthead:", "  formats: [json]\n  masthead:"), "utf-8")
    pipeline.build(workspace.root, Request(), TODAY)
    assert "mot/figures.json" in paths(workspace.root)
    workspace.remove(file)
    pipeline.build(workspace.root, Request(), TODAY)
    assert paths(workspace.root) == [f"{EDITION}/figures.json", f"{EDITION}/records.json", "manifest.json"]


def test_an_earlier_day_counts_what_was_in_the_books_then(workspace: Workspace) -> None:
    bulletin(workspace, "mot")
    _, (edition,), _ = pipeline.works(workspace.root, Request(("mot",)), TODAY)
    _, (before,), _ = pipeline.works(workspace.root, Request(("mot",), as_of=date(2023, 4, 1)), TODAY)
    assert [each.ledger.rows[0].figure.value for each in (edition, before)] == [2, 1]
    assert before.ledger.as_of == date(2023, 4, 1)


def test_a_draft_says_so(workspace: Workspace) -> None:
    _, (edition,), _ = pipeline.works(workspace.root, Request(draft=True), TODAY)
    assert edition.draft


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        (Request(editions=("2023-07-tong-kt",)), "Ý bạn là “2023-07-tong-ket”"),
        (Request(formats=("odt",)), "Không có định dạng “odt”"),
        (Request(formats=("docx",)), "Không ấn phẩm nào được chọn có định dạng docx"),
    ],
    ids=["edition", "format", "format of other works"],
)
def test_what_is_not_there_is_refused_before_anything_is_made(
    workspace: Workspace, request_: Request, says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        pipeline.build(workspace.root, request_, TODAY)
    assert not (workspace.root / "build").exists()


def test_a_format_named_twice_is_made_once(workspace: Workspace) -> None:
    made = pipeline.build(workspace.root, Request(formats=("json", "json")), TODAY).made
    assert [note.path for note in made] == [f"{EDITION}/figures.json", f"{EDITION}/records.json"]


def test_figures_are_seen_through_the_window_of_the_latest_edition(workspace: Workspace) -> None:
    view = pipeline.figures(workspace.root, TODAY, Window(), None, None)
    assert view.heading == "Kỳ 1/12/2022 - 31/7/2023, bản ghi đến 31/7/2023, 2/2 đơn vị đã báo cáo."
    assert [(line.name, line.value) for line in view.lines] == [("chuyen_de", 2), ("truong_ky_ket", 2)]


def test_a_metric_is_seen_by_groups_with_those_that_have_nothing(workspace: Workspace) -> None:
    view = pipeline.figures(workspace.root, TODAY, Window(end=date(2023, 3, 31)), "chuyen_de", "don_vi")
    assert [(line.label, line.value) for line in view.lines] == [("quận Hoàng Mai", 1), ("huyện Ứng Hòa", 0)]


def test_a_metric_without_an_honest_value_says_why(workspace: Workspace) -> None:
    path = workspace.root / "content/metrics/core.yaml"
    more = "- {name: ty_le, label: Tỷ lệ, unit: '%', measure: {ratio: [chuyen_de, truong_ky_ket]}}\n"
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    window = Window(start=date(2023, 6, 1), end=date(2023, 6, 30))
    (line,) = pipeline.figures(workspace.root, TODAY, window, "ty_le", None).lines
    assert (line.text, line.value) == ("-", None)
    assert line.note


def test_ratios_go_to_scripts_as_two_whole_numbers() -> None:
    view = pipeline.View("", (pipeline.Line("a", "A", "50%", "", Fraction(1, 2)), pipeline.Line("b", "B", "2", "", 2)))
    lines: Any = pipeline.figures_data(view)["figures"]
    assert [line["value"] for line in lines] == [{"numerator": 1, "denominator": 2}, 2]


def test_what_can_be_read_is_read_beside_errors_and_nothing_without_settings(workspace: Workspace) -> None:
    workspace.activity(hots="sai")
    assert pipeline.read(workspace.root, TODAY).entries
    with pytest.raises(ContentError):
        pipeline.load(workspace.root, TODAY)
    workspace.write("chungtay.yaml", "{")
    with pytest.raises(ContentError):
        pipeline.read(workspace.root, TODAY)
