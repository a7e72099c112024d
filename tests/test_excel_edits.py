"""Record files after an import: what was not concerned stands as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import Workspace
from excel_forms import ACTIVITY_ROW, Form
from hypothesis import given
from hypothesis import strategies as st

from chungtay_reports.cli import commands
from chungtay_reports.excel.edits import Change, edited
from chungtay_reports.excel.yamltext import field_lines, record_lines
from chungtay_reports.source.files import Parsed, parse_yaml

FILE = """\
# sổ của phòng

- id: A-1   # mã cũ
  kind: chuyen-de
  # ngày đã hỏi lại
  date: 2023-03-14   # thứ Ba
  title: 'Dạy học: theo trạm'
  plan:
    - {task: Một, due: 2023-01-01}   # gấp
    - {task: Hai, due: 2023-02-01}

# ---- từ đây là tháng Tư

- id: A-2
  note: |
    Dòng một
    # không phải chú thích
  kind: hoi-thao
"""


def parsed(text: str) -> Parsed:
    result, problems = parse_yaml(text, "a.yaml")
    assert result is not None
    assert not problems
    return result


def changed(text: str, index: int | None, **fields: Any) -> str:
    tree = parsed(text)
    path = () if index is None else (index,)
    before = tree.data if index is None else tree.data[index]  # type: ignore[index]
    assert isinstance(before, dict)
    after = {key: value for key, value in {**before, **fields}.items() if value is not None}
    return edited(text, tree, [Change(path, before, after)], [])


def test_nothing_changed_is_the_same_text() -> None:
    assert edited(FILE, parsed(FILE), [], []) == FILE


def test_a_changed_field_keeps_its_comment_and_its_neighbours() -> None:
    assert changed(FILE, 0, date="2023-03-15") == FILE.replace("2023-03-14", "2023-03-15")


def test_a_changed_task_leaves_the_others_with_their_comments() -> None:
    plan = [{"task": "Một", "due": "2023-01-01"}, {"task": "Hai", "due": "2023-02-02"}]
    assert changed(FILE, 0, plan=plan) == FILE.replace("2023-02-01", "2023-02-02")


def test_a_field_that_goes_takes_only_its_own_lines() -> None:
    assert changed(FILE, 1, note=None) == FILE.replace("  note: |\n    Dòng một\n    # không phải chú thích\n", "")


def test_a_new_field_stands_where_it_belongs() -> None:
    assert "  title: 'Dạy học: theo trạm'\n  host: th-a\n  plan:\n" in changed(FILE, 0, host="th-a")


def test_a_record_that_goes_leaves_the_comments_around_it() -> None:
    tree = parsed(FILE)
    text = edited(FILE, tree, [Change((0,), tree.data[0], None)], [])  # type: ignore[index]
    assert text.startswith("# sổ của phòng\n")
    assert "# ---- từ đây là tháng Tư\n\n- id: A-2" in text
    assert "A-1" not in text


def test_line_ends_of_windows_stay() -> None:
    text = FILE.replace("\n", "\r\n")
    assert changed(text, 0, date="2023-03-15") == text.replace("2023-03-14", "2023-03-15")


def test_a_record_in_braces_is_written_anew() -> None:
    text = "- {id: A-1, kind: chuyen-de}\n- id: A-2\n"
    assert changed(text, 0, kind="hoi-thao") == "- id: A-1\n  kind: hoi-thao\n- id: A-2\n"


def test_a_file_of_one_record_becomes_a_list_when_another_comes() -> None:
    text = "# một\nid: A-1\nkind: chuyen-de\n"
    assert edited(text, parsed(text), [], [{"id": "A-2"}]) == "# một\n- id: A-1\n  kind: chuyen-de\n\n- id: A-2\n"
    assert changed(text, None, kind="hoi-thao") == "# một\nid: A-1\nkind: hoi-thao\n"


@given(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), include_characters="\n"), min_size=1)
)
def test_any_text_is_written_so_that_it_is_read_again(text: str) -> None:
    import unicodedata  # noqa: PLC0415

    text = unicodedata.normalize("NFC", text)
    if parse_yaml('a: "b"', "a")[0] is None or any(ord(char) > 0xFFFF or 0xE000 <= ord(char) < 0xF900 for char in text):
        return
    data = {"id": text, "title": text, "counts": {"name": text}, "topics": [text]}
    written = "\n".join(record_lines(data)) + "\n"
    tree, problems = parse_yaml(written, "a.yaml")
    if not problems:  # characters that no content may hold are refused on the way in
        assert tree is not None
        assert tree.data == [data]


@pytest.mark.parametrize(
    "text", ["no", "012", "1_000", "12:30", "2023-3-1", "a: b", "a #b", "- a", "null", "3.5", "“a”"]
)
def test_yaml_traps_are_quoted(text: str) -> None:
    (line,) = field_lines("title", text)
    tree, problems = parse_yaml(line, "a.yaml")
    assert not problems
    assert tree is not None
    assert tree.data == {"title": text}


# --------------------------------------------------------------------------- the two commands


def run(workspace: Workspace, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["-C", str(workspace.root), *arguments])
    return result.exit_code, result.output


def test_the_commands_go_round(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    code, said = run(workspace, "form", "--unit", "quan-hoang-mai", "--year", "2022-2023", "-o", str(path))
    assert (code, "đã có 4 bản ghi" in said) == (0, True)
    code, said = run(workspace, "import", str(path))
    assert code == 0
    assert "Hoạt động: 1 giữ nguyên" in said
    assert "Biểu không có gì mới." in said


def test_import_says_where_and_writes_notes(workspace: Workspace, tmp_path: Path) -> None:
    form = Form(workspace, tmp_path)
    form.add("Hoạt động", ACTIVITY_ROW, Ngày="30/2/2023")
    form.book.save(form.path)
    copy = tmp_path / "sua.xlsx"
    code, said = run(workspace, "import", str(form.path), "--annotate", str(copy))
    assert code == 1
    assert "bieu.xlsx: Hoạt động!D5: lỗi X121: “Ngày” phải là ngày/tháng/năm" in said
    assert "Chưa nhập gì: 1 lỗi" in said
    assert copy.exists()
    code, said = run(workspace, "import", str(form.path), "--format", "json")
    assert '"cell": "D5"' in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("form", "--unit", "quan-hoang-mai", "--year", "2022-2024"),
        ("form", "--unit", "quan-hoang-mai", "-o", "bieu.pdf"),
        ("import", "khong-co.xlsx"),
    ],
)
def test_wrong_use_is_refused(workspace: Workspace, arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(commands, ["-C", str(workspace.root), *arguments])
    assert result.exit_code != 0
