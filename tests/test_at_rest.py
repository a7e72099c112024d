"""A build that has nothing to do, answered from stamps alone: the same words, and never where the careful look would doubt."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chungtay_reports import at_rest, census, unchanged
from chungtay_reports.cli.shell import Shell, today
from chungtay_reports.disk import FileNote
from chungtay_reports.errors import Place, Problem, Severity

DAY = date(2026, 11, 22)
EPOCH = str((DAY - date(1970, 1, 1)).days * 86_400)
ASKED = ["build", "--to", "html"]
WORDS = ("build/a/index.html\n", "Không có gì phải dựng lại: 1 ấn phẩm không đổi; không có lỗi.\n")
FILES = {
    "chungtay.yaml": "x: 1\n",
    "content/records/2022-2023/ba-vi/a.yaml": "- id: A-1\n",
    "content/records/2022-2023/ba-vi/b.yaml": "- id: A-2\n",
    "content/people.yaml": "[]\n",
    "templates/a.html": "<p>\n",
    "archive/0/inventory.json.sha512": "abc inventory.json\n",
    "archive/0/v1/content/a.html": "<p>\n",
    "build/a/index.html": "<p>\n",
    "build/manifest.json": "{}\n",
}
WARNING = Problem(Place("content/people.yaml"), "W104", "tệp không nằm đúng chỗ", severity=Severity.WARNING)


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every stamp proves something at once, the program is small, and the day is the same."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder).resolve() / "chungtay_reports"
        program.mkdir()
        (program / "a.py").write_text("x = 1\n")
        monkeypatch.setattr(at_rest, "PROGRAM", str(program))
        monkeypatch.setattr(census, "TICK", -(10**12))
        monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        yield


def workspace(root: Path) -> Path:
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root.resolve()


def build(root: Path, arguments: list[str] = ASKED, warnings: tuple[Problem, ...] = ()) -> None:
    """Do what the command does: look, build, and look again with nothing to do."""
    digest = census.files_census(root, ["build/a/index.html"], 0).digests["build/a/index.html"]
    notes = (FileNote("a", "", "html", "a/index.html", digest, 4, 0.0, cached=False),)
    unchanged.look(root, {}, DAY).keep(notes, warnings)
    again = unchanged.look(root, {}, DAY)
    assert again.answer is not None
    again.rest(arguments, DAY, WORDS)


def answered(root: Path, arguments: list[str] = ASKED) -> bool:
    here = Path.cwd()
    os.chdir(root)
    try:
        return at_rest.answered(arguments)
    finally:
        os.chdir(here)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = workspace(tmp_path)
    build(root)
    return root


def touch_nothing(file: Path) -> None:
    """Change a file, keeping its size and its time."""
    status, data = file.stat(), file.read_bytes()
    with file.open("r+b") as stream:
        stream.write(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_the_same_words_are_said_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(root)
    assert capsys.readouterr() == WORDS
    assert answered(root / "content" / "records")


@pytest.mark.parametrize("path", [path for path in FILES if "v1" not in path])
def test_a_file_of_the_same_size_and_times_but_other_content_is_noticed(root: Path, path: str) -> None:
    touch_nothing(root / path)
    assert not answered(root)


@pytest.mark.parametrize("path", [path for path in FILES if "v1" not in path])
def test_a_file_that_goes_or_becomes_a_link_is_noticed(root: Path, path: str) -> None:
    (root / path).rename(root / ".away")
    assert not answered(root)
    (root / path).symlink_to(root / ".away")
    assert not answered(root)


@pytest.mark.parametrize(
    "path",
    [
        "content/records/2022-2023/ba-vi/c.yaml",
        "content/media/new/a.yaml",
        "templates/b.html",
        "archive/1/inventory.json.sha512",
    ],
)
def test_a_file_that_comes_is_noticed(root: Path, path: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("")
    assert not answered(root)


def test_two_files_that_exchange_their_names_are_noticed(root: Path) -> None:
    folder = root / "content/records/2022-2023/ba-vi"
    for one, other in (("a.yaml", "c"), ("b.yaml", "a.yaml"), ("c", "b.yaml")):
        (folder / one).rename(folder / other)
    assert not answered(root)


@pytest.mark.parametrize(
    "path", ["content/.a.yaml.swp", "archive/0/v1/content/b.html", "other.txt", "build/b/index.html"]
)
def test_what_no_edition_depends_on_changes_nothing(root: Path, path: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("x")
    assert answered(root)


def test_another_command_another_day_and_another_folder_are_other_questions(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in (["build"], [*ASKED, "a"], ["-q", *ASKED], ["check"], []):
        assert not answered(root, other)
    assert not answered(root.parent)
    assert not answered(root / "content", ["-C", "..", *ASKED])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(EPOCH) + 86_400))
    assert not answered(root)


def test_another_program_and_another_library_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = tmp_path / "libraries"
    (libraries / "click-8.5.dist-info").mkdir(parents=True)
    for module in (census, unchanged):
        monkeypatch.setattr(module, "library_folder", lambda: str(libraries))
    root = workspace(tmp_path / "kho")
    build(root)
    assert answered(root)
    (libraries / "click-8.5.dist-info").rename(libraries / "click-8.6.dist-info")
    assert not answered(root)
    build(root)
    assert answered(root)
    touch_nothing(Path(at_rest.PROGRAM) / "a.py")
    assert not answered(root)


def test_another_library_of_the_system_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lib").mkdir()
    pango = tmp_path / "lib/libpango-1.0.so.0.5000.12"
    pango.write_text("pango 1.50\n")
    link = tmp_path / "lib/libpango-1.0.so.0"
    link.symlink_to(pango.name)
    monkeypatch.setattr(at_rest, "SYSTEM_FOLDERS", (str(tmp_path / "lib"),))
    root = workspace(tmp_path / "kho")
    build(root)
    assert answered(root)
    before = census.program_digest()
    (tmp_path / "lib/libpango-1.0.so.0.5600.3").write_text("pango 1.56\n")
    link.unlink()
    link.symlink_to("libpango-1.0.so.0.5600.3")
    assert census.program_digest() != before
    assert not answered(root)
    assert unchanged.look(root, {}, DAY).answer is None


@pytest.mark.parametrize(
    "arguments", [["-C", ".", "build"], ["-qC", ".", "build"], ["--debug", "build"], ["check"], []]
)
def test_only_a_plain_command_is_kept(tmp_path: Path, arguments: list[str]) -> None:
    root = workspace(tmp_path)
    build(root, arguments)
    assert not (root / at_rest.FILE).exists()


def test_nothing_is_kept_while_a_stamp_proves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(census, "TICK", 2_000_000_000)
    root = workspace(tmp_path)
    build(root)
    assert not (root / at_rest.FILE).exists()


def test_an_answer_that_cannot_be_written_ends_no_command(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    (root / at_rest.FILE / "in the way").mkdir(parents=True)
    build(root)
    assert not answered(root)


@pytest.mark.parametrize("path", ["content/a.yaml", "templates/a", "archive/2/inventory.json.sha512"])
def test_nothing_is_kept_of_a_workspace_with_something_else_than_files(tmp_path: Path, path: str) -> None:
    root = workspace(tmp_path)
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).symlink_to(root / "content/people.yaml")
    build(root)
    assert not (root / at_rest.FILE).exists()


def test_warnings_are_told_with_their_colours_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = workspace(tmp_path)
    build(root, warnings=(WARNING,))
    assert answered(root)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert not answered(root)
    build(root)
    assert answered(root)


@settings(max_examples=300, deadline=None)
@given(at=st.integers(0, 10**6), bits=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_answer_is_not_given(at: int, bits: int, *, cut: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder))
        build(root)
        data = bytearray((root / at_rest.FILE).read_bytes())
        at %= len(data)
        data[at] ^= bits
        (root / at_rest.FILE).write_bytes(data[:at] if cut else data)
        assert not answered(root)


PATHS = (
    *FILES,
    "content/c.yaml",
    "content/records/2022-2023/ba-vi/c.yaml",
    "content/.c",
    "archive/0/x",
    "content/media",
    "templates",
)
steps = st.lists(
    st.tuples(st.sampled_from(("write", "same", "drop", "folder", "link", "build", "day")), st.sampled_from(PATHS)),
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(steps)
def test_what_stamps_answer_the_careful_look_answers(told: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = workspace(Path(folder))
        build(root)
        for verb, path in told:
            change(root, verb, root / path)
            if answered(root):
                assert unchanged.look(root, {}, DAY).answer is not None


def change(root: Path, verb: str, file: Path) -> None:
    try:
        if verb == "write":
            file.write_text(f"{file.name}\n")
        elif verb == "same":
            file.write_bytes(file.read_bytes())
        elif verb == "drop":
            file.unlink()
        elif verb == "folder":
            file.mkdir(parents=True)
        elif verb == "link":
            file.unlink(missing_ok=True)
            file.symlink_to("nowhere")
        elif verb == "build" and (root / "build/a/index.html").is_file() and (root / "build/manifest.json").is_file():
            build(root)
    except OSError:
        return


def test_without_handles_the_same_is_seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "content" / "b").symlink_to("a")
    before = at_rest.inputs(str(root)), at_rest.sidecars(str(root)), at_rest.program()
    monkeypatch.setattr(at_rest, "_BY_HANDLE", False)
    assert (at_rest.inputs(str(root)), at_rest.sidecars(str(root)), at_rest.program()) == before


@given(st.integers(0, 2**32))
def test_the_day_is_the_day_of_the_shell(moment: int) -> None:
    os.environ["SOURCE_DATE_EPOCH"] = str(moment)
    assert date(1970, 1, 1) + timedelta(days=at_rest._today()) == today()


def test_the_workspace_is_that_of_the_shell(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "content" / "link").symlink_to(root / "archive")
    for folder in (root, root / "content" / "records", root / "content" / "link"):
        monkeypatch.chdir(folder)
        assert Path(at_rest._root()) == Shell(Path(), quiet=True, debug=False).workspace()


def test_a_command_that_has_nothing_to_do_imports_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setattr(census, "TICK", -(10**12))
    build(root)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    command = (sys.executable, "-X", "importtime", "-m", "chungtay_reports", *ASKED)
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout == WORDS[0]
    assert WORDS[1] in done.stderr
    assert "chungtay_reports.at_rest" in done.stderr
    assert not any(name in done.stderr for name in ("click", "pathlib", "hashlib", "json", "dataclasses"))
