"""Every problem code has a broken example: the tiny valid workspace with the files of tests/broken/<CODE> laid over it.

What `check` says about each is kept in its `_expected.txt`, which is what an author would read. After a deliberate change of a
message, `CHUNGTAY_BLESS=1 pytest tests/test_broken.py` writes them anew: read the diff before you commit it.
"""

from __future__ import annotations

import os
import shutil

import pytest
from conftest import TODAY, Workspace
from problem_codes import BROKEN, EXAMPLES, EXPECTED, READING, all_codes

from chungtay_reports import pipeline


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_broken_example_is_reported_with_its_code_line_and_sentence(workspace: Workspace, code: str) -> None:
    shutil.copytree(BROKEN / code, workspace.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED))
    problems = workspace.load()[1] if code[0] in READING else pipeline.check(workspace.root, TODAY)
    assert code in {problem.code for problem in problems}
    text = "".join(f"{problem}\n" for problem in problems)
    expected = BROKEN / code / EXPECTED
    if os.environ.get("CHUNGTAY_BLESS"):
        expected.write_text(text, encoding="utf-8")
    if expected.exists():
        assert text == expected.read_text(encoding="utf-8")


def test_the_valid_workspace_under_all_examples_has_no_problem(workspace: Workspace) -> None:
    assert pipeline.check(workspace.root, TODAY) == ()


def test_every_code_has_a_broken_example_or_a_test_that_names_it() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in sorted(BROKEN.parent.rglob("test_*.py")))
    assert sorted(code for code in all_codes() if code not in EXAMPLES and f'"{code}"' not in tests) == []
