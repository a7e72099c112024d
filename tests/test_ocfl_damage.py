"""No damage to an archive goes unnoticed, and each is named by object, file and code; roots of other writers are judged, too."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from archives import BULLETIN, FIRST, REPORT, SECOND, add, files_of, named, small_archive, told

from chungtay_reports.archive.ocfl import ArchiveError, Part, Store, validate

FLIPS = 500


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_archive(tmp_path_factory.mktemp("original") / "archive").root


@pytest.fixture
def root(original: Path, shelf: Path) -> Path:
    return Path(shutil.copytree(original, shelf / "archive"))


def places(original: Path) -> tuple[str, ...]:
    return files_of(original)


def test_an_archive_of_ours_has_no_finding(root: Path) -> None:
    report = validate(root)
    assert report.findings == ()
    assert (report.present, report.objects, report.files) == (2, 2, 6)


def test_every_flipped_byte_is_found_and_its_file_named(root: Path) -> None:
    chance = random.Random(2022)  # noqa: S311
    files = [name for name in files_of(root) if (root / name).stat().st_size]
    missed = []
    for number in range(FLIPS):
        name = files[number % len(files)]
        data = (root / name).read_bytes()
        at = chance.randrange(len(data))
        value = data[at] ^ chance.choice([1, 2, 4, 8, 16, 32, 64, 128, chance.randrange(1, 256)])
        (root / name).write_bytes(data[:at] + bytes([value]) + data[at + 1 :])
        if name not in named(validate(root)):
            missed.append((name, at, value))
        (root / name).write_bytes(data)
    assert missed == []
    assert validate(root).findings == ()


def damages(path: Path, another: Path, outside: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    data = path.read_bytes()
    yield "cut to nothing", lambda: path.write_bytes(b"")
    yield "cut in half", lambda: path.write_bytes(data[: len(data) // 2])
    yield "the last byte lost", lambda: path.write_bytes(data[:-1])
    yield "a byte added", lambda: path.write_bytes(data + b"\n")
    yield "deleted", path.unlink
    yield "renamed", lambda: path.rename(path.with_name("renamed"))
    yield "another file's bytes", lambda: path.write_bytes(another.read_bytes())
    yield "a link to a copy", lambda: (path.rename(outside), path.symlink_to(outside))
    yield "a folder", lambda: (path.unlink(), path.mkdir())
    yield "a pipe", lambda: (path.unlink(), os.mkfifo(path))


@pytest.mark.parametrize("number", range(10))
def test_every_file_is_missed_when_anything_happens_to_it(root: Path, shelf: Path, number: int) -> None:
    files = files_of(root)
    missed = []
    for name in files:
        copy = Path(shutil.copytree(root, shelf / "copy"))
        kind, damage = list(damages(copy / name, copy / files[0], shelf / "outside"))[number]
        same = (copy / name).read_bytes()
        damage()
        unchanged = (copy / name).is_file() and not (copy / name).is_symlink() and (copy / name).read_bytes() == same
        if not unchanged and name not in named(validate(copy)):
            missed.append((kind, name, told(validate(copy))))
        shutil.rmtree(copy)
    assert missed == []


def test_two_files_that_change_places_are_both_named(root: Path) -> None:
    place = Store(root).place(BULLETIN)
    one, two = place / "v1/content/tai-lieu/ban-tin.pdf", place / "v2/content/tai-lieu/ban-tin.pdf"
    one.rename(place / "x")
    two.rename(one)
    (place / "x").rename(two)
    report = validate(root)
    assert {one.relative_to(root).as_posix(), two.relative_to(root).as_posix()} == named(report)
    assert all("đang là nội dung của" in line for line in told(report))


def test_whatever_is_added_anywhere_is_named(root: Path) -> None:
    folders = [".", *sorted({path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_dir()})]
    missed = []
    for folder in folders:
        for make in (lambda path: path.write_bytes(b"x"), os.mkdir, lambda path: path.symlink_to("/"), os.mkfifo):
            stranger = root / folder / "stranger"
            make(stranger)
            if stranger.relative_to(root).as_posix() not in named(validate(root)):
                missed.append((folder, told(validate(root))))
            stranger.rmdir() if stranger.is_dir() and not stranger.is_symlink() else stranger.unlink()
    assert missed == []


def test_an_added_file_is_told_of_once(root: Path) -> None:
    place = Store(root).place(BULLETIN)
    (place / "v1/content/Thumbs.db").write_bytes(b"x")
    assert [finding.code for finding in validate(root).findings] == ["E023"]


@pytest.mark.parametrize("folder", ["", "object", "object/v1/content"])
def test_a_folder_that_may_not_be_read_is_not_said_to_have_lost_its_files(
    root: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    closed = root / folder.replace("object", Store(root).place(BULLETIN).name)
    plain = os.scandir

    def scandir(path: Path) -> object:
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, "no", path)
        return plain(path)

    monkeypatch.setattr(os, "scandir", scandir)
    name = closed.relative_to(root).as_posix()
    found = validate(root).findings
    assert [(each.file, each.code) for each in found] == [("" if name == "." else name, "A109")]
    assert "không có quyền" in str(found[0])


def test_a_lost_object_and_one_set_back_are_named(root: Path) -> None:
    store = Store(root)
    shutil.rmtree(store.place(REPORT))
    place = store.place(BULLETIN)
    shutil.rmtree(place / "v2")
    for name in ("inventory.json", "inventory.json.sha512"):
        shutil.copy(place / "v1" / name, place / name)
    found = {(finding.code, finding.file) for finding in validate(root).findings}
    assert found == {("A104", f"{store.place(id_).name}/inventory.json") for id_ in (BULLETIN, REPORT)}


def test_an_object_in_the_wrong_place_or_twice_is_named(root: Path) -> None:
    place = Store(root).place(REPORT)
    shutil.copytree(place, root / "elsewhere")
    assert {"E037", "E083"} <= {finding.code for finding in validate(root).findings}


def test_a_crash_between_object_and_list_is_a_warning_that_recovery_removes(root: Path) -> None:
    sums = (root / "SHA512SUMS").read_bytes()
    add(Store(root), {**SECOND, "ba.txt": b"3"}, day=60)
    (root / "SHA512SUMS").write_bytes(sums)
    report = validate(root)
    assert report.valid
    assert [finding.code for finding in report.findings] == ["A105"]
    Store(root).recover()
    assert validate(root).findings == ()


def test_no_link_is_followed_and_no_pipe_waited_for(root: Path, shelf: Path) -> None:
    secret = shelf / "secret"
    secret.mkdir()
    (secret / "key").write_bytes(b"k" * 1000)
    (root / "urn").symlink_to(secret)
    report = validate(root)
    assert ("E090", "urn") in {(finding.code, finding.file) for finding in report.findings}
    assert report.bytes < 1000
    (shelf / "link").symlink_to(root)
    assert [finding.code for finding in validate(shelf / "link").findings] == ["E090"]


def test_a_folder_that_is_no_archive_is_said_to_be_none(shelf: Path) -> None:
    (shelf / "empty").mkdir()
    (shelf / "file").write_bytes(b"")
    (shelf / "full" / "of").mkdir(parents=True)
    (shelf / "full" / "of" / "papers.txt").write_text("")
    for name in ("empty", "full"):
        assert [finding.code for finding in validate(shelf / name).findings] == ["E069"]
    assert [finding.code for finding in validate(shelf / "file").findings] == ["E069"]
    with pytest.raises(ArchiveError, match="Không có thư mục"):
        validate(shelf / "nothing")


def test_rubbish_in_every_control_file_ends_in_findings_not_in_a_traceback(root: Path) -> None:
    chance = random.Random(7)  # noqa: S311
    control = [name for name in files_of(root) if "/content/" not in name]
    inventory = json.loads((Store(root).place(BULLETIN) / "inventory.json").read_bytes())

    def rubbish(value: object) -> object:
        """Put something else somewhere into a JSON value."""
        if isinstance(value, dict) and value and chance.random() < 0.8:
            key = chance.choice(sorted(value))
            return {**value, key: rubbish(value[key])}
        return chance.choice(
            [None, True, 0, -1, 1e300, "", "..", "/", "\\", "\ud800", "v1", [], [[]], {}, {"": {}}, ["a", 1]]
        )

    for _ in range(300):
        name = chance.choice(control)
        data = (root / name).read_bytes()
        junk = chance.choice(
            [
                json.dumps(rubbish(inventory)).encode(),
                chance.randbytes(chance.randrange(200)),
                data[: chance.randrange(len(data))] + data[chance.randrange(len(data)) :],
            ]
        )
        (root / name).write_bytes(junk)
        report = validate(root)
        json.dumps(report.data())
        assert told(report)
        assert junk == data or name in named(report), (name, junk)
        (root / name).write_bytes(data)


# ----------------------------------------------------------------- parts


def test_the_parts_of_a_sample_are_the_whole_and_stay_the_same(shelf: Path) -> None:
    store = Store.create(shelf / "archive")
    for number in range(12):
        add(store, FIRST, f"urn:example:{number}")
    parts = [validate(store.root, Part(sample=number, of=4)) for number in range(1, 5)]
    assert sum(report.objects for report in parts) == 12
    assert all(report.present == 12 and report.objects < 12 for report in parts)
    assert parts == [validate(store.root, Part(sample=number, of=4)) for number in range(1, 5)]
    file = store.place("urn:example:5") / "v1/content/tai-lieu/ban-tin.pdf"
    file.write_bytes(b"?")
    assert [validate(store.root, Part(sample=number, of=4)).valid for number in range(1, 5)].count(False) == 1


def test_since_reads_only_what_newer_versions_use(root: Path) -> None:
    place = Store(root).place(BULLETIN)
    assert (
        validate(root, Part(since="2024-06-15")).files == 4
    )  # second version: of the first one file is no longer used
    (place / "v1/content/tai-lieu/ban-tin.pdf").write_bytes(b"?")
    assert validate(root, Part(since="2024-06-15")).valid
    assert not validate(root, Part(since="2024-06-01")).valid
    (place / "v1/content/nguon/ghi chú.yaml").write_bytes(b"?")
    assert not validate(root, Part(since="2024-06-15")).valid
    assert validate(root, Part(since="2025-01-01")).objects == 0


# ----------------------------------------------------------------- roots of others


def unlisted(root: Path) -> None:
    add(Store(root), FIRST, "urn:x")
    add(Store(root), SECOND, "urn:x")
    lines = (root / "SHA512SUMS").read_bytes().splitlines(keepends=True)
    (root / "SHA512SUMS").write_bytes(b"".join(line for line in lines if b"urn%3ax/" not in line))


def tabbed(root: Path) -> None:
    sidecar = Store(root).place(BULLETIN) / "v1" / "inventory.json.sha512"
    sidecar.write_bytes(sidecar.read_bytes().replace(b"  ", b"\t"))


def bottomless(root: Path) -> None:
    folder = os.open(Store(root).place(BULLETIN) / "v1" / "content", os.O_RDONLY)
    for _ in range(25):
        os.mkdir("x" * 200, dir_fd=folder)
        below = os.open("x" * 200, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(folder)


OURS: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "a list cut short": ("A101", "SHA512SUMS", lambda root: (root / "SHA512SUMS").write_bytes(b"x")),
    "a stray note": ("A102", "notes.txt", lambda root: (root / "notes.txt").write_text("")),
    "another word in the note": ("A103", "DOC-TRUOC.txt", lambda root: (root / "DOC-TRUOC.txt").write_text("")),
    "an object that grew unseen": ("A106", "urn%3ax/inventory.json", unlisted),
    "logs": ("A107", "{bulletin}/logs", lambda root: (Store(root).place(BULLETIN) / "logs").mkdir()),
    "a tab in a sidecar": ("A108", "{bulletin}/v1/inventory.json.sha512", tabbed),
    "folders deeper than a path can say": ("A109", "{bulletin}/v1/content/xxx", bottomless),
}  # fmt: skip


@pytest.mark.parametrize("name", OURS)
def test_what_only_our_archives_promise_is_named_by_a_code_of_ours(root: Path, name: str) -> None:
    code, file, damage = OURS[name]
    damage(root)
    report = validate(root)
    place = Store(root).place(BULLETIN).name if code != "A103" else ""
    named_so = [each.file for each in report.findings if each.code == code]
    assert [each for each in named_so if each.startswith(file.format(bulletin=place))], told(report)
    assert not report.valid
