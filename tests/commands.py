"""Commands run inside this process, as `main` ends them, and a workspace that has problems to tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Workspace

from chungtay_reports import cli


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run a command inside this process, as `main` ends it: exit code, standard output, standard error."""
    with pytest.raises(SystemExit) as ended:
        cli.main([str(each) for each in arguments])
    out, err = capsys.readouterr()
    code = ended.value.code
    assert isinstance(code, int)
    return code, out, err


def breaks(workspace: Workspace, number: int) -> None:
    """Add a record with a wrong field for each problem wanted."""
    for index in range(number):
        workspace.activity(id=f"HD-2023-{2000 + index}", hots="sai")
