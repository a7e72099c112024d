"""The Tab key finishes names in a real bash, from the files of the workspace alone."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from builds import chungtay
from conftest import Workspace

from chungtay_reports.cli import COMMANDS, commands


def offered(workspace: Workspace, words: str) -> set[str]:
    """What bash offers after the words typed so far; the last may be begun only."""
    script = (
        'eval "$(chungtay -q completion bash)"\n'
        f"COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_LINE='{words}'; COMP_POINT=${{#COMP_LINE}}\n"
        "_chungtay_completion chungtay\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n"
    )
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=workspace.root, env={**os.environ, "PATH": path},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def offered_by_fish(workspace: Workspace, words: str) -> dict[str, str]:
    """What fish offers after the words typed so far, with what it says of each."""
    script = f"chungtay -q completion fish | source; complete -C '{words}'"
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script], cwd=workspace.root, env={**os.environ, "PATH": path},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {line.partition("\t")[0]: line.partition("\t")[2] for line in done.stdout.splitlines()}


class Zsh:
    """A zsh at a terminal, as one that was installed a minute ago and has no ~/.zshrc."""

    def __init__(self, workspace: Workspace) -> None:
        pid, self._terminal = pty.fork()
        if pid == 0:  # pragma: no cover - another process
            os.chdir(workspace.root)
            path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
            here = {**os.environ, "PATH": path, "TERM": "dumb", "ZDOTDIR": str(workspace.root), "PROMPT_EOL_MARK": ""}
            os.execvpe("zsh", ["zsh", "-f", "-i"], here)  # noqa: S606 - the shell that is tried
        self.type('eval "$(chungtay -q completion zsh)"; print -r REA""DY\n')
        self.until("READY")

    def type(self, text: str) -> None:
        os.write(self._terminal, text.encode())

    def until(self, wanted: str, seconds: float = 30) -> str:
        """Read what the terminal shows until it shows this."""
        shown, end = "", time.monotonic() + seconds
        while wanted not in shown and time.monotonic() < end:
            if select.select([self._terminal], [], [], 0.1)[0]:
                shown += os.read(self._terminal, 65_536).decode("utf-8", "replace")
        return shown

    def close(self) -> None:
        self.type("\x03exit\n")
        os.close(self._terminal)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("chungtay expl", "explain"),
        ("chungtay build 2023", "2023-07-tong-ket"),
        ("chungtay build --unit quan", "quan-hoang-mai"),
        ("chungtay build --year 2022", "2022-2023"),
        ("chungtay figures truong", "truong_ky_ket"),
        ("chungtay trace GU-", "GU-2022-0031"),
        ("chungtay trace truong", "truong_ky_ket"),
        ("chungtay explain r20", "R205"),
        ("chungtay figures truong_ky_ket --by cap", "cap_hoc"),
        ("chungtay build --to html,p", "html,pdf"),
        ("chungtay new activity --unit quan", "quan-hoang-mai"),
        ("chungtay new report x --year 2022", "2022-2023"),
        ("chungtay new correction GU-", "GU-2022-0031"),
        ("chungtay form --unit quan", "quan-hoang-mai"),
        ("chungtay coverage --year 2022", "2022-2023"),
        ("chungtay publish --unit quan", "quan-hoang-mai"),
        ("chungtay diff 2023", "2023-07-tong-ket"),
        ("chungtay schema bull", "bulletin"),
    ],
)
def test_names_are_finished(workspace: Workspace, words: str, name: str) -> None:
    assert name in offered(workspace, words)


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script_with_how_to_keep_it(kind: str) -> None:
    made = chungtay("completion", kind)
    assert made.returncode == 0
    assert "_CHUNGTAY_COMPLETE" in made.stdout
    assert f"chungtay completion {kind}" in made.stderr


def test_a_broken_workspace_is_still_completed(workspace: Workspace) -> None:
    workspace.write("content/metrics/hong.yaml", b"\xff- name: [")
    assert "truong_ky_ket" in offered(workspace, "chungtay figures truong")


def test_people_reports_of_units_and_what_is_archived_are_finished(workspace: Workspace) -> None:
    workspace.write("content/people.yaml", "- id: tran-the-cuong\n  name: Trần Thế Cương\n")
    workspace.write("content/reports/bao-cao.md", "---\n---\n")
    (workspace.root / "archive" / "urn%3achungtay%3aso-gddt-ha-noi%3abao-cao%3a2022-2023%3aquan-hoang-mai").mkdir(
        parents=True
    )
    unit = next(path for path in sorted((workspace.root / "content" / "records").glob("*/*")) if path.is_dir())
    key = f"bao-cao/{unit.parent.name}/{unit.name}"
    assert "tran-the-cuong" in offered(workspace, "chungtay approve bao-cao --by tran")
    assert key in offered(workspace, "chungtay preview bao-cao/")
    assert "bao-cao/2022-2023/quan-hoang-mai" in offered(workspace, "chungtay archive export ra bao")


@pytest.mark.parametrize("name", ["unit", "year", "units", "years", "edition", "editions"])
def test_every_command_finishes_what_another_finishes(name: str) -> None:
    for command in every_command(commands):
        for option in command.params:
            if option.name == name:
                assert option._custom_shell_complete is not None, f"{command.name}: {name}"


def every_command(group: click.Group) -> Iterator[click.Command]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from every_command(command) if isinstance(command, click.Group) else (command,)


@pytest.mark.skipif(not shutil.which("fish"), reason="this machine has no fish")
def test_fish_shows_whole_descriptions_and_lists_with_commas(workspace: Workspace) -> None:
    assert offered_by_fish(workspace, "chungtay buil") == {"build": COMMANDS["build"]}
    assert "," in COMMANDS["build"]
    assert "html,pdf" in offered_by_fish(workspace, "chungtay build --to html,p")
    assert "quan-hoang-mai" in offered_by_fish(workspace, "chungtay form --unit quan-h")


@pytest.mark.skipif(not shutil.which("zsh"), reason="this machine has no zsh")
def test_a_zsh_that_was_not_set_up_finishes_too(workspace: Workspace) -> None:
    zsh = Zsh(workspace)
    try:
        zsh.type("chungtay form --unit quan-hoang\t")
        assert "quan-hoang-mai" in zsh.until("quan-hoang-mai")
        zsh.type("\x15chungtay expl\t")
        assert "explain" in zsh.until("explain")
    finally:
        zsh.close()
