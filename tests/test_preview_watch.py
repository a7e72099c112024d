"""The preview notices what is saved, and its commands serve and build until they are interrupted."""

from __future__ import annotations

import shutil
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from builds import COMMAND, started
from conftest import Workspace
from presses import BULLETIN, SLUG

from chungtay_reports.preview.watching import Watch

# ----------------------------------------------------------------- the watch


@pytest.fixture
def watched(workspace: Workspace) -> Iterator[tuple[Workspace, Iterator[frozenset[str] | None]]]:
    stop = threading.Event()
    changes = iter(Watch(workspace.root, stop))
    assert next(changes) is None
    time.sleep(0.4)  # the system needs a moment to set the watch
    yield workspace, changes
    stop.set()


def test_saves_that_come_together_come_as_one_set(
    watched: tuple[Workspace, Iterator[frozenset[str] | None]],
) -> None:
    workspace, changes = watched
    paths = {workspace.write(f"content/bulletins/b-{n}.md", "x") for n in range(8)}
    workspace.write("content/bulletins/.b-1.md.swp", "x")
    workspace.write("content/bulletins/b-1.md~", "x")
    assert next(changes) == paths
    # as editors save: a new file takes the place of the old one
    temporary = workspace.root / "chungtay.yaml.tmp"
    shutil.copy(workspace.root / "chungtay.yaml", temporary)
    temporary.replace(workspace.root / "chungtay.yaml")
    assert next(changes) == {"chungtay.yaml"}


def test_a_folder_that_is_taken_away_and_comes_back_is_watched_again(
    watched: tuple[Workspace, Iterator[frozenset[str] | None]],
) -> None:
    workspace, changes = watched
    (workspace.root / "content").rename(workspace.root / "cu")
    assert "content" in (next(changes) or ())
    (workspace.root / "cu").rename(workspace.root / "content")
    time.sleep(1.0)
    workspace.write(BULLETIN, "x")
    seen: frozenset[str] = frozenset()
    deadline = time.monotonic() + 10
    while BULLETIN not in seen and time.monotonic() < deadline:
        seen |= next(changes) or frozenset()
    assert BULLETIN in seen


def test_without_the_systems_watches_the_files_are_looked_at_now_and_then(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "true")
    stop = threading.Event()
    changes = iter(Watch(workspace.root, stop))
    assert next(changes) is None
    time.sleep(0.8)
    workspace.write(BULLETIN, "x")
    assert BULLETIN in (next(changes) or ())
    stop.set()


# ----------------------------------------------------------------- the commands


def fetch(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own address
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_the_command_serves_until_it_is_interrupted_and_leaves_nothing_behind(workspace: Workspace) -> None:
    with started("preview", SLUG, "--no-open", "--port", "4811", cwd=workspace.root) as process:
        assert process.stdout
        address = process.stdout.readline().strip()
        assert address.endswith(f"/an-pham/{SLUG}/index.html")
        deadline = time.monotonic() + 120
        status, page = fetch(address)
        while status == 503 and time.monotonic() < deadline:
            assert "Đang dựng…" in page
            time.sleep(0.2)
            status, page = fetch(address)
        assert status == 200
        assert "đã được thực hiện" in page
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert process.stderr
        assert "Đã dừng máy xem thử." in process.stderr.read()
    assert not (workspace.root / "build").exists()
    assert not (workspace.root / ".cache").exists()


def test_build_watch_builds_again_on_a_save_and_goes_on_after_an_error(workspace: Workspace) -> None:
    with started("build", "--watch", "--to", "html", cwd=workspace.root) as process:
        assert process.stdout
        assert process.stderr

        def wait(words: str) -> str:
            assert process.stderr
            told = ""
            while words not in told:
                line = process.stderr.readline()
                assert line, told
                told += line
            return told

        wait("Đang chờ")
        text = (workspace.root / BULLETIN).read_text("utf-8")
        workspace.write(BULLETIN, text.replace("{{ so('chuyen_de') }} chuyên đề đã được thực hiện", "628 chuyên đề"))
        assert "P201" in wait("Đang chờ")
        workspace.write(BULLETIN, text.replace("Đến hết", "Hết"))
        wait("Đang chờ")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert process.stdout.read().splitlines() == [f"build/{SLUG}/index.html"] * 2
    assert "Hết năm học" in (workspace.root / "build" / SLUG / "index.html").read_text("utf-8")


def test_watch_and_json_exclude_each_other(workspace: Workspace) -> None:
    command = [*COMMAND, "build", "--watch", "--format", "json"]
    result = subprocess.run(command, cwd=workspace.root, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "--watch" in result.stderr
