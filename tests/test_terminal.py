"""Commands in processes of their own: at a terminal, completing for a shell, under any locale."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from builds import COMMAND, chungtay
from commands import breaks
from conftest import Workspace
from presses import SLUG


def in_terminal(*arguments: str, cwd: Path, **environment: str) -> str:
    """Run the command with a terminal for its output."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        (*COMMAND, *arguments),
        cwd=cwd,
        env={**os.environ, "TERM": "xterm", **environment},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = io.BytesIO()
    try:
        while piece := os.read(ours, 4096):
            seen.write(piece)
    except OSError:  # Linux says so when the other side has closed
        pass
    process.wait(60)
    os.close(ours)
    return seen.getvalue().decode()


def test_colours_are_for_a_terminal_and_no_color_turns_them_off(workspace: Workspace) -> None:
    breaks(workspace, 1)
    assert "\x1b[31m" in in_terminal("check", cwd=workspace.root)
    assert "\x1b[" not in in_terminal("check", cwd=workspace.root, NO_COLOR="1")
    assert "\x1b[" not in chungtay("check", cwd=workspace.root).stdout


def test_a_long_line_goes_on_below_at_a_terminal_and_is_whole_for_whatever_else_reads(workspace: Workspace) -> None:
    breaks(workspace, 2)
    found = chungtay("check", cwd=workspace.root, COLUMNS="50")
    seen = in_terminal("check", cwd=workspace.root, COLUMNS="50", NO_COLOR="1").replace("\r\n", "\n")
    lines = seen.splitlines()
    assert [line for line in lines if len(line) > 50 and " " in line.strip()] == []
    assert len(lines) > len(found.stdout.splitlines()) == 2
    assert " ".join(seen.split()) == " ".join((found.stdout + found.stderr).split())
    assert [line[:2] for line in lines if line.startswith("content/")] == ["co", "co"]
    assert len([line for line in lines if line.startswith("  ")]) >= 2


def test_every_colour_of_a_broken_line_ends(workspace: Workspace) -> None:
    breaks(workspace, 1)
    seen = in_terminal("check", cwd=workspace.root, COLUMNS="30")
    plain = re.sub(r"\x1b\[\d*m", "", seen)
    assert plain == in_terminal("check", cwd=workspace.root, COLUMNS="30", NO_COLOR="1")
    assert seen.count("\x1b[31m") == seen.count("\x1b[1m") == 1


def test_a_failure_and_a_page_of_an_explanation_fit_the_terminal(workspace: Workspace) -> None:
    for asked in (("build", "khong-co"), ("explain", "R205"), ("explain", "R")):
        lines = in_terminal(*asked, cwd=workspace.root, COLUMNS="44", NO_COLOR="1").splitlines()
        told = [line for line in lines if not line.startswith(("    ", "Sai ("))]  # examples stay as they are
        assert max(map(len, told)) <= 44, asked


def test_a_build_on_a_terminal_shows_how_far_it_is(workspace: Workspace) -> None:
    seen = in_terminal("build", "--to", "json", cwd=workspace.root)
    assert "Dựng" in seen
    assert "100%" in seen
    assert "Dựng  [" not in chungtay("build", "--to", "json", cwd=workspace.root).stderr


def test_a_build_names_each_report_by_its_key_and_says_nothing_of_who_set_a_few_pdfs(reports: Workspace) -> None:
    years = ("--year", "2022-2023", "--year", "2023-2024")
    told = chungtay("build", "bao-cao-nam-hoc", *years, "--unit", "quan-hoang-mai", cwd=reports.root).stderr
    assert [line.split()[0] for line in told.splitlines()[:2]] == [
        f"bao-cao-nam-hoc/{year}/quan-hoang-mai" for year in ("2022-2023", "2023-2024")
    ]
    assert "của 2 ấn phẩm" in told
    assert "tiến trình" not in told


def test_a_comparison_loses_no_word_and_breaks_lines_at_a_terminal_alone(reports: Workspace) -> None:
    sides = [f"bao-cao-nam-hoc/{year}/quan-hoang-mai" for year in ("2022-2023", "2023-2024")]
    name = "Chuyên đề các cấp (cấp quận, huyện, thành phố cộng cấp trường)"
    table = chungtay("diff", *sides, cwd=reports.root).stdout.split("\n\n")[1].split("\n")
    assert [line.split("  ")[0] for line in table if line.startswith(name)]
    assert all(line[:1] not in (" ", "") for line in table[: table.index("* chỉ một bản có con số này.")])
    seen = in_terminal("diff", *sides, cwd=reports.root, COLUMNS="72").replace("\r", "").split("\n\n")[1].split("\n")
    lines = seen[: seen.index("* chỉ một bản có con số này.")]
    assert max(map(len, lines)) <= 72
    assert not any(line.startswith(name) for line in lines)
    assert name in " ".join(line.strip().split("  ")[0] for line in lines)


def test_help_and_completion_import_neither_pandas_nor_weasyprint() -> None:
    script = (
        "import sys; from chungtay_reports.cli import commands; commands.main(['--help'], standalone_mode=False);"
        "print(sorted({'pandas', 'numpy', 'weasyprint', 'pydantic', 'jinja2', 'PIL', 'yaml'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert result.stdout.splitlines()[-1] == "[]"


def test_the_shell_completes_commands_options_and_names_of_bulletins(workspace: Workspace) -> None:
    def offered(words: str) -> list[str]:
        typed = words.split(" ")
        result = chungtay(
            cwd=workspace.root,
            _CHUNGTAY_COMPLETE="bash_complete",
            COMP_WORDS=words,
            COMP_CWORD=str(len(typed) - 1),
        )
        return [line.split(",", 1)[1] for line in result.stdout.splitlines()]

    assert offered("chungtay ch") == ["check"]
    assert offered("chungtay build 2023") == [SLUG]
    assert offered("chungtay build --dr") == ["--draft"]
    assert "_chungtay_completion" in chungtay(cwd=workspace.root, _CHUNGTAY_COMPLETE="bash_source").stdout


def test_output_is_utf_8_whatever_the_locale_says(workspace: Workspace) -> None:
    result = chungtay("figures", cwd=workspace.root, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert "Chuyên đề đã tổ chức" in result.stdout
