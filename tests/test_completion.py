"""The Tab key finishes names in a real bash, from the files of the workspace alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builds import chungtay
from conftest import Workspace


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


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("chungtay expl", "explain"),
        ("chungtay build 2023", "2023-07-tong-ket"),
        ("chungtay build --unit quan", "quan-hoang-mai"),
        ("chungtay build --year 2022", "2022-2023"),
        ("chungtay figures truong", "truong_ky_ket"),
        ("chungtay trace GU-", "GU-2022-0031"),
        ("chungtay explain r20", "R205"),
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
