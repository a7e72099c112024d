from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chungtay_reports import disk
from chungtay_reports.edition import Document
from chungtay_reports.errors import WriteError


def documents(**files: str) -> list[tuple[Document, disk.FileNote]]:
    made = [
        Document(path.split("/")[0], "", "html", path, text.encode())
        for path, text in ((name.replace("__", "/"), text) for name, text in files.items())
    ]
    return [(document, disk.note(document)) for document in made]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path


def test_the_manifest_lists_every_file_with_its_digest_and_size(root: Path) -> None:
    disk.write_editions(root, root / "build", documents(**{"a__index.html": "xin chào", "b__index.html": "b"}))
    files = json.loads((root / "build/manifest.json").read_text("utf-8"))["files"]
    assert [entry["path"] for entry in files] == ["a/index.html", "b/index.html"]
    assert files[0]["bytes"] == len("xin chào".encode())
    assert len(files[0]["sha256"]) == 64


def test_building_one_edition_leaves_the_others_in_place_and_in_the_manifest(root: Path) -> None:
    disk.write_editions(root, root / "build", documents(**{"a__index.html": "1", "b__index.html": "1"}))
    notes = disk.write_editions(root, root / "build", documents(**{"a__index.html": "2"}))
    assert (root / "build/a/index.html").read_text() == "2"
    assert (root / "build/b/index.html").read_text() == "1"
    assert [entry.path for entry in notes] == ["a/index.html", "b/index.html"]


def test_a_whole_build_removes_editions_that_are_gone_but_nothing_of_somebody_else(root: Path) -> None:
    disk.write_editions(root, root / "build", documents(**{"a__index.html": "1", "b__index.html": "1"}))
    (root / "build/b/ghi-chu.txt").write_text("của người khác")
    disk.write_editions(root, root / "build", documents(**{"a__index.html": "2"}), whole=True)
    assert not (root / "build/b/index.html").exists()
    assert (root / "build/b/ghi-chu.txt").read_text() == "của người khác"


def test_a_file_of_somebody_else_in_the_place_of_a_folder_is_not_lost(root: Path) -> None:
    disk.write_editions(root, root / "build", documents(**{"a__index.html": "1"}))
    (root / "build/a/images").write_text("của người khác")
    with pytest.raises(WriteError, match="build/a/images đang là một tệp; hãy đổi tên"):
        disk.write_editions(root, root / "build", documents(**{"a__index.html": "2", "a__images__x.png": "2"}))
    assert (root / "build/a/images").read_text() == "của người khác"
    assert (root / "build/a/index.html").read_text() == "1"


def test_a_file_that_no_manifest_lists_survives_a_rebuild(root: Path) -> None:
    disk.write_editions(root, root / "build", documents(**{"a__index.html": "1", "a__old.css": "1"}))
    (root / "build/a/ghi-chu.txt").write_text("của người khác")
    disk.write_editions(root, root / "build", documents(**{"a__index.html": "2"}))
    assert sorted(path.name for path in (root / "build/a").iterdir()) == ["ghi-chu.txt", "index.html"]


def test_an_output_folder_that_is_not_ours_is_refused(root: Path) -> None:
    (root / "build").mkdir()
    (root / "build/luan-van.docx").write_text("quan trọng")
    with pytest.raises(WriteError, match="không phải thư mục do chungtay tạo"):
        disk.write_editions(root, root / "build", documents(**{"a__index.html": "1"}))
    assert (root / "build/luan-van.docx").read_text() == "quan trọng"


@pytest.mark.parametrize("target", [".", "content", "content/units"])
def test_an_output_folder_that_holds_or_lies_in_the_sources_is_refused(root: Path, target: str) -> None:
    with pytest.raises(WriteError, match="nội dung nguồn"):
        disk.write_editions(root, root / target, documents(**{"a__index.html": "1"}))


def test_an_output_folder_that_is_a_link_is_refused(root: Path) -> None:
    (root / "elsewhere").mkdir()
    (root / "build").symlink_to(root / "elsewhere")
    with pytest.raises(WriteError, match="liên kết tượng trưng"):
        disk.write_editions(root, root / "build", documents(**{"a__index.html": "1"}))


def test_a_failed_write_names_the_cause_and_keeps_the_old_output(root: Path) -> None:
    disk.write_editions(root, root / "build", documents(**{"a__index.html": "tốt"}))
    too_long = "x" * 300
    with pytest.raises(WriteError, match="Bản cũ vẫn còn nguyên"):
        disk.write_editions(root, root / "build", documents(**{"a__index.html": "mới", f"a__{too_long}": "1"}))
    assert (root / "build/a/index.html").read_text() == "tốt"


def test_a_killed_build_leaves_the_last_good_output_and_no_half_edition(root: Path) -> None:
    disk.write_editions(root, root / "build", documents(**{"a__1.html": "cũ", "a__2.html": "cũ"}))
    script = (
        "import sys, pathlib; from chungtay_reports import disk; from chungtay_reports.edition import Document\n"
        "root = pathlib.Path(sys.argv[1]); n = 0\n"
        "while True:\n"
        "    n += 1\n"
        "    made = [Document('a', '', 'html', f'a/{i}.html', str(n).encode()) for i in (1, 2)]\n"
        "    disk.write_editions(root, root / 'build', [(d, disk.note(d)) for d in made])\n"
    )
    for delay in (1.0, 1.15, 1.3):
        process = subprocess.Popen([sys.executable, "-c", script, str(root)])
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert (root / "build/a/1.html").read_text() == (root / "build/a/2.html").read_text()
    assert (root / "build/a/1.html").read_text() != "cũ"
    disk.write_editions(root, root / "build", documents(**{"a__1.html": "mới"}))
    assert not (root / ".cache/staging").exists()


def test_a_second_build_waits_and_then_says_who_holds_the_lock(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "LOCK_SECONDS", 0.2)
    with disk.lock(root), pytest.raises(WriteError, match=str(os.getpid())), disk.lock(root):
        pass


def test_a_file_is_written_also_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there", target_is_directory=True)
    disk.replace_file(tmp_path / "link" / "a.txt", b"1")
    assert (tmp_path / "there" / "a.txt").read_bytes() == b"1"


def test_what_a_killed_command_left_half_written_neither_stops_the_next_nor_stays(root: Path) -> None:
    disk.write_editions(root, root / "build", documents(a__1="x"))
    (root / ".cache/pdf").mkdir()
    left = [root / f".cache/pdf/.abc.{os.getpid()}.tmp", root / ".cache/.memory.json.1.tmp"]
    left += [root / f"build/.manifest.json.{number}.tmp" for number in (1, os.getpid())]
    somebodys = root / "build/.nháp.tmp"
    young = root / ".cache/.judged.2.tmp"  # another command is writing it, which needs no lock to fill the cache
    for path in (*left, somebodys, young):
        path.write_text("half")
    for path in (*left, somebodys):
        os.utime(path, (0, 0))
    disk.replace_file(left[0].with_name("abc"), b"whole")  # in a container every command has the same number
    with disk.lock(root):
        pass
    assert [path for path in left if path.exists()] == []
    assert somebodys.exists()
    assert young.exists()


def test_a_cache_that_others_could_write_to_is_closed_to_them(root: Path) -> None:
    (root / ".cache").mkdir()
    (root / ".cache").chmod(0o777)
    with disk.lock(root):
        assert (root / ".cache").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "path", ["../content/a.md", "a/../../content/a.md", "/content/a.md", "a\\..\\..\\b", "C:/a", ""]
)
def test_a_manifest_that_names_a_file_elsewhere_is_nobodys(root: Path, path: str) -> None:
    disk.write_editions(root, root / "build", documents(a__1="x"), whole=True)
    manifest = root / "build/manifest.json"
    data = json.loads(manifest.read_text())
    data["files"].append({**data["files"][0], "path": path})
    manifest.write_text(json.dumps(data))
    source = root / "content/a.md"
    source.write_text("source")
    assert disk.read_manifest(root / "build") == ()
    disk.write_editions(root, root / "build", documents(b__1="x"), whole=True)
    assert source.read_text() == "source"


@pytest.mark.parametrize("text", ["[" * 100_000, "[]", '{"files": [1]}', '{"files": [{"path": 1}]}', '{"files": 1}'])
def test_what_is_no_manifest_of_ours_is_no_manifest(root: Path, text: str) -> None:
    (root / "build").mkdir()
    (root / "build/manifest.json").write_text(text)
    assert disk.read_manifest(root / "build") == ()
