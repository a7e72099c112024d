"""Every problem code is explained, and its examples do what they say."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import reportkit
from builds import chungtay
from conftest import TODAY, Workspace
from excel_forms import ACTIVITY_ROW, Form
from problem_codes import BROKEN, EXAMPLES, EXPECTED, READING, all_codes

from chungtay_reports import pipeline
from chungtay_reports.errors import Problem
from chungtay_reports.explain import Explanation, explanations
from chungtay_reports.vietnamese.claims import hedge_ratio, superlative
from chungtay_reports.vietnamese.hedges import Refusal, hedge

ALL = explanations()
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


def real(text: str) -> str:
    """The characters that an example shows as \\u200b."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def problems(workspace: Workspace, code: str) -> tuple[Problem, ...]:
    read_only = code[0] in READING | {"N"} and code != "N130"
    return workspace.load()[1] if read_only else pipeline.check(workspace.root, TODAY)


def stage(workspace: Workspace, code: str) -> None:
    """Lay the broken example of the code over the tiny workspace, unless the explanation shows another file."""
    if code[0] == "N" or ALL[code].file.startswith("content/narratives/"):
        reportkit.with_reports(workspace)
    if code in EXAMPLES and (not ALL[code].file or (BROKEN / code / ALL[code].file).exists()):
        shutil.copytree(BROKEN / code, workspace.root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED))


def versions(file: Path, found: Explanation) -> tuple[str, str]:
    """The whole file as the wrong and as the right example would have it."""
    wrong, right = real(found.wrong), real(found.right)
    if not file.exists():
        return f"{wrong}\n", f"{right}\n"
    text = file.read_bytes().decode("utf-8")
    if wrong in text:
        return text, text.replace(wrong, right)
    if right in text:
        return text.replace(right, wrong), text
    assert file.suffix == ".md", f"{found.code}: its example does not stand in {found.file}"
    return f"{text}\n{wrong}\n", f"{text}\n{right}\n"


IN_FILES = sorted(code for code, found in ALL.items() if found.file)


@pytest.mark.parametrize("code", IN_FILES)
def test_the_wrong_example_has_the_problem_and_the_right_one_has_none(workspace: Workspace, code: str) -> None:
    stage(workspace, code)
    found = ALL[code]
    wrong, right = versions(workspace.root / found.file, found)
    workspace.write(found.file, wrong)
    assert code in {problem.code for problem in problems(workspace, code)}
    workspace.write(found.file, right)
    assert [str(problem) for problem in problems(workspace, code)] == []


MOVED = sorted(
    code
    for code, found in ALL.items()
    if not found.file and re.fullmatch(r"content/\S*?(?: \w+)*\.\w+", found.wrong) and code != "Y102"
)


@pytest.mark.parametrize("code", MOVED)
def test_a_file_that_lies_where_the_right_example_says_has_no_problem(workspace: Workspace, code: str) -> None:
    stage(workspace, code)
    wrong, right = workspace.root / ALL[code].wrong, workspace.root / ALL[code].right
    if not wrong.exists():
        workspace.write(ALL[code].wrong, "## Thuận lợi\n\nTốt.\n")
    assert code in {problem.code for problem in problems(workspace, code)}
    right.parent.mkdir(parents=True, exist_ok=True)
    wrong.rename(right)
    assert code not in {problem.code for problem in problems(workspace, code)}


CELL = re.compile(r"(.+), cột “(.+)”: (.+)")
EMPTY = "(để trống)"


def cells(code: str) -> Iterator[tuple[str, str, Any]]:
    """The wrong and the right cell of an example: sheet, heading, value."""
    for text in (ALL[code].wrong, ALL[code].right):
        found = CELL.fullmatch(text)
        assert found
        yield found[1], found[2], None if found[3] == EMPTY else float(found[3]) if found[3] == "12.5" else found[3]


@pytest.mark.parametrize("code", [code for code, found in ALL.items() if CELL.fullmatch(found.wrong)])
def test_the_wrong_cell_is_refused_and_the_right_one_is_taken(workspace: Workspace, tmp_path: Path, code: str) -> None:
    for number, (sheet, heading, value) in enumerate(cells(code)):
        form = Form(workspace, tmp_path, name=f"{number}.xlsx")
        if sheet == "Hoạt động":
            form.add(sheet, {**ACTIVITY_ROW, heading: value})
        else:
            form.add("Hoạt động", ACTIVITY_ROW, Mã_hoạt_động="M1")
            form.add(sheet, {"Mã bản ghi": "M1", heading: value})
        assert (code in form.found(dry_run=True)) == (number == 0)


SAID = re.compile(r"(.+) \(số liệu: ([\d/]+)(, chưa đủ báo cáo)?\)")
WORDS = {"gần": "gan", "hơn": "hon", "khoảng": "khoang", "hàng": "hang", "hầu hết": "hau_het", "toàn bộ": "toan_bo"}
RANKS = {
    "H121": superlative((("Cầu Giấy", 28), ("Ba Đình", 28)), complete=True),
    "H122": superlative((("Cầu Giấy", 28), ("Ba Đình", 23)), complete=False),
    "H123": superlative((("Cầu Giấy", 28),), complete=True),
}


def refused(code: str) -> object:
    """What the prover answers to the wrong example of a claim."""
    found = SAID.fullmatch(ALL[code].wrong)
    if not found:
        return RANKS[code]
    kind = next(kind for word, kind in WORDS.items() if found[1].startswith(word))
    part, _, whole = found[2].partition("/")
    if whole:
        return hedge_ratio(kind, int(part), int(whole), complete=not found[3])  # type: ignore[arg-type]
    return hedge(kind, int(part))  # type: ignore[arg-type]


@pytest.mark.parametrize("code", [code for code in ALL if code[0] == "H"])
def test_a_claim_that_is_not_true_is_refused_and_the_right_example_is_what_is_offered(code: str) -> None:
    answer = refused(code)
    assert isinstance(answer, Refusal)
    assert answer.code.code == code
    assert ALL[code].right.split(" (")[0] == answer.offer


def test_every_code_is_explained_and_no_explanation_lacks_a_code() -> None:
    assert sorted(all_codes() ^ set(ALL)) == []


def test_no_sentence_is_said_of_two_codes() -> None:
    said = [text for found in ALL.values() for text in (found.meaning, found.reason, found.remedy)]
    assert sorted({text for text in said if said.count(text) > 1}) == []


def test_every_sentence_ends_like_one_and_the_meaning_fits_a_line() -> None:
    for found in ALL.values():
        for text in (found.meaning, found.reason, found.remedy):
            assert text.endswith((".", "?", ")", "”")), f"{found.code}: {text}"
            assert "  " not in text, found.code
        assert len(found.meaning) <= 120, f"{found.code}: {len(found.meaning)}"


def test_a_code_is_explained_in_small_letters_too() -> None:
    result = chungtay("explain", "y213")
    assert result.returncode == 0
    assert result.stdout.startswith("Y213 · Đọc tệp và YAML\n")
    assert "counts: {sessions: 012}" in result.stdout
    assert "content/records/2022-2023/quan-hoang-mai/moi.yaml" in result.stdout


def test_without_a_code_all_are_listed_by_family() -> None:
    lines = chungtay("explain").stdout.splitlines()
    assert "Đọc tệp và YAML" in lines
    assert {line[2:6] for line in lines if line.startswith("  ")} == set(ALL)


def test_a_letter_lists_its_family_alone() -> None:
    lines = chungtay("explain", "Y").stdout.splitlines()
    assert {line[2] for line in lines if line.startswith("  ")} == {"Y"}


def test_an_unknown_code_is_answered_with_a_close_one() -> None:
    result = chungtay("explain", "Y2133")
    assert result.returncode == 2
    assert "Ý bạn là “Y213”?" in result.stderr


def test_a_script_reads_one_explanation_as_an_object() -> None:
    data = json.loads(chungtay("explain", "Y213", "--format", "json").stdout)
    assert data["code"] == "Y213"
    assert set(data) == {"code", "family", "meaning", "reason", "remedy", "file", "wrong", "right"}
