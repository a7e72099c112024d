"""`make archive` on the sample: what it corrects is still there to be corrected."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from builds import REPO, copy_workspace

from chungtay_reports import pipeline

DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = REPO / "scripts" / "make_archive.py"
    found = importlib.util.spec_from_file_location("make_archive", path)
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    sys.modules["make_archive"] = module
    found.loader.exec_module(module)
    return module


def test_the_correction_of_the_sample_changes_one_figure_of_its_bulletin(script: ModuleType, tmp_path: Path) -> None:
    copy_workspace(tmp_path / "copy")
    records = tmp_path / "copy" / script.RECORDS
    records.write_text(records.read_text("utf-8").rstrip("\n") + "\n" + script.REMOVED.format(day=DAY), "utf-8")
    values = []
    for as_of in (None, DAY):
        library, (edition,), _ = pipeline.works(
            tmp_path / "copy", pipeline.Request((script.CORRECTED,), as_of=as_of), DAY
        )
        values.append({row.label: row.figure.value for row in edition.ledger.rows if row.prints})
    assert script.EDITOR in library.people
    before, after = values
    assert [label for label in before if before[label] != after[label]] == [
        "Chuyến tham quan, học tập của học sinh, 12/2022\u20137/2023"
    ]
