"""The lines that correct a record: pasted as they are they are right, and the past is kept."""

from __future__ import annotations

import pytest
from conftest import TODAY, Workspace

from chungtay_reports import cli, pipeline
from chungtay_reports.workspace.mending import mending

RECORDS = "content/records/2022-2023/quan-hoang-mai/activities.yaml"


@pytest.mark.parametrize("half", [0, 1])
def test_the_lines_can_be_pasted_behind_the_record(workspace: Workspace, half: int) -> None:
    entry = [each for each in workspace.library().entries if each.place.file == RECORDS][-1]
    block = mending(entry, TODAY).split("# Cả bản ghi")[half].split("\n", 1)[1]
    text = (workspace.root / RECORDS).read_text("utf-8")
    workspace.write(RECORDS, (text.replace("teachers: 45", "teachers: 54") if half == 0 else text) + block)
    assert pipeline.check(workspace.root, TODAY) == ()
    again = next(each for each in workspace.library().entries if each.record.id == entry.record.id).record
    assert (bool(again.corrections), again.removed is not None) == (half == 0, half == 1)


def test_an_unknown_record_is_answered_with_the_closest(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, code, told in (("HD-2023-0412", 0, "corrections:"), ("HD-2023-0413", 2, "Ý bạn là “HD-2023-041")):
        with pytest.raises(SystemExit) as stopped:
            cli.main(["-C", str(workspace.root), "new", "correction", name])
        out, err = capsys.readouterr()
        assert stopped.value.code == code
        assert told in out + err
