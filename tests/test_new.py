"""`new` begins records and bulletins that pass `check` as they are, and never writes over what is there."""

from __future__ import annotations

import re

import pytest
from commands import breaks, run
from conftest import Workspace


@pytest.mark.parametrize("kind", ["agreement", "activity", "submission"])
@pytest.mark.parametrize("day", ["2023-05-05", "2024-03-04"])
def test_a_new_record_passes_check_as_it_is(
    at: Workspace, capsys: pytest.CaptureFixture[str], kind: str, day: str
) -> None:
    at.remove("content/records/2022-2023/quan-hoang-mai/agreements.yaml")
    at.remove("content/records/2022-2023/quan-hoang-mai/activities.yaml")
    at.remove("content/records/2022-2023/quan-hoang-mai/submission.yaml")
    code, out, _ = run(capsys, "new", kind, "--unit", "quan-hoang-mai", "--date", day)
    file, line = out.strip().split(":")
    assert code == 0
    assert (at.root / file).read_text("utf-8").splitlines()[int(line) - 1].startswith("- id: ")
    assert [str(problem) for problem in at.load()[1] if "bulletins" not in problem.place.file] == []


@pytest.mark.parametrize(
    "there",
    [
        "# Ghi chú của đơn vị\n",
        "id: HD-2023-0700\n",
        "# Ghi chú\nid: HD-2023-0700\n",
        "- id: HD-2023-0700\n",
        "  - id: HD-2023-0700\n",
    ],
)
def test_a_new_record_fits_below_whatever_the_file_holds(
    at: Workspace, capsys: pytest.CaptureFixture[str], there: str
) -> None:
    file = at.write("content/records/2023-2024/huyen-ung-hoa/activities.yaml", _finished(there))
    code, out, _ = run(capsys, "new", "activity", "--unit", "huyen-ung-hoa", "--date", "2024-03-04")
    assert (code, out.split(":")[0]) == (0, file)
    assert [str(problem) for problem in at.load()[1] if problem.place.file == file] == []
    text = (at.root / file).read_text("utf-8")
    assert text.splitlines()[int(out.split(":")[1]) - 1].lstrip().startswith("- id: HD-2024-0001")
    assert ("# Ghi chú" in text) is ("# Ghi chú" in there)


def _finished(there: str) -> str:
    """The rest of a record under its first line, indented as that line is."""
    if "id:" not in there:
        return there
    rest = "kind: the-thao\ndate: 2024-02-02\ntitle: Giải bóng đá\nhost: th-van-dinh\npartners: [th-dai-kim]\n"
    rest += "recorded: {on: 2024-02-03, by: pgd-ung-hoa}\n"
    indent = " " * there.splitlines()[-1].index("id:")
    return there.rstrip("\n") + "\n" + "".join(f"{indent}{line}\n" for line in rest.splitlines())


def test_a_file_with_a_syntax_error_is_left_alone(at: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    file = at.write("content/records/2023-2024/huyen-ung-hoa/activities.yaml", "- id: [\n")
    code, _, err = run(capsys, "new", "activity", "--unit", "huyen-ung-hoa", "--date", "2024-03-04")
    assert (code, (at.root / file).read_text("utf-8")) == (2, "- id: [\n")
    assert "đang có lỗi" in err


def test_two_new_records_in_one_file_have_ids_of_their_own(at: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert run(capsys, "new", "activity", "--unit", "quan-hoang-mai", "--date", "2023-05-05")[0] == 0
    assert not {"R201", "R211", "Y213"} & set(at.codes())
    text = (at.root / "content/records/2022-2023/quan-hoang-mai/activities.yaml").read_text("utf-8")
    ids = re.findall(r"id: (HD-2023-\d+)", text)
    assert len(ids) == len(set(ids)) == 3


def test_a_new_bulletin_passes_check_and_is_never_written_over(
    at: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "new", "bulletin", "so-ket")
    assert (code, out) == (0, "content/bulletins/so-ket.md\n")
    before = (at.root / "content/bulletins/so-ket.md").read_bytes()
    assert run(capsys, "check")[0] == 0
    assert run(capsys, "new", "bulletin", "so-ket")[0] == 2
    assert (at.root / "content/bulletins/so-ket.md").read_bytes() == before


def test_a_new_record_may_be_begun_while_something_else_is_wrong(
    at: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    breaks(at, 1)
    assert run(capsys, "new", "submission", "--unit", "quan-hoang-mai", "--date", "2023-06-01")[0] == 0


@pytest.mark.parametrize("year", ["2024-2026", "24-25", "2024", "２０２４-２０２５"])
def test_a_report_is_of_a_school_year(at: Workspace, capsys: pytest.CaptureFixture[str], year: str) -> None:
    code, _, err = run(capsys, "new", "report", "bao-cao", "--year", year)
    assert (code, "không phải năm học; hãy viết như 2023-2024" in err) == (2, True)
    assert not (at.root / "content/reports/bao-cao.md").exists()
