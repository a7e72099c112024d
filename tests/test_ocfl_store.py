"""An archive keeps every version whole, whatever interrupts the writer, and a disk with wrong bytes is noticed on reading."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from archives import BULLETIN, FIRST, NOON, OFFICE, REPORT, SECOND, add, files_of, judged, small_archive

from chungtay_reports.archive.ocfl import ArchiveError, Store, validate
from chungtay_reports.archive.ocfl import store as store_module


def tree(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in files_of(root)}


@pytest.fixture
def store(shelf: Path) -> Store:
    return small_archive(shelf / "archive")


def test_what_was_committed_is_read_back_from_every_version(store: Store) -> None:
    for number, files in ((1, FIRST), (2, SECOND)):
        assert {path: store.read(BULLETIN, path, number) for path in files} == files
    assert store.objects() == (BULLETIN, REPORT)
    inventory = store.inventory(BULLETIN)
    assert inventory is not None
    first = inventory.versions[0]
    assert (first.name, first.message, first.user, first.created) == ("v1", "Công bố", OFFICE, NOON)
    assert set(inventory.head.state) == set(SECOND)
    assert store.inventory("urn:chungtay:khong-co") is None


def test_the_judge_finds_the_archive_valid(store: Store) -> None:
    assert judged(store.root)[0] == 0
    assert judged(store.place(BULLETIN))[0] == 0


def test_content_that_stays_is_kept_once(store: Store) -> None:
    kept = [name for name in files_of(store.root) if "/content/" in name]
    assert sorted(name.rpartition("/")[2] for name in kept) == sorted(
        ["ban-tin.pdf", "ghi chú.yaml", "trống.txt", "ban-tin.pdf", "đính-chính.txt", "bao-cao.pdf"]
    )


def test_an_id_can_be_read_in_the_name_of_its_folder(store: Store) -> None:
    assert store.place(BULLETIN).name == "urn%3achungtay%3aso-gddt-ha-noi%3a2023-08-tam-thang"
    long = "urn:chungtay:" + "quá-dài-" * 20
    add(store, FIRST, long)
    assert store.place(long).name.endswith(f"-{hashlib.sha256(long.encode()).hexdigest()}")
    assert judged(store.root)[0] == 0


def test_sha512sum_checks_the_archive_without_us(store: Store) -> None:
    result = subprocess.run(
        ["sha512sum", "-c", "--strict", "SHA512SUMS"], cwd=store.root, capture_output=True, check=False
    )
    assert result.returncode == 0
    assert result.stdout.count(b": OK") == 4 + 2


def test_the_same_commits_give_the_same_bytes(store: Store, shelf: Path) -> None:
    assert tree(small_archive(shelf / "elsewhere").root) == tree(store.root)


def test_a_changed_byte_is_not_handed_out(store: Store) -> None:
    inventory = store.inventory(BULLETIN)
    assert inventory is not None
    file = store.place(BULLETIN) / inventory.manifest[inventory.head.state["nguon/ghi chú.yaml"]][0]
    file.write_bytes(b"a: 2\n")
    with pytest.raises(ArchiveError, match="đã bị thay đổi"):
        store.read(BULLETIN, "nguon/ghi chú.yaml")


@pytest.mark.parametrize("swapped", [True, False])
def test_a_version_does_not_begin_its_life_on_a_damaged_file(store: Store, *, swapped: bool) -> None:
    old = store.place(BULLETIN) / "v1/content/nguon/ghi chú.yaml"
    old.write_bytes(FIRST["tai-lieu/ban-tin.pdf"] if swapped else b"a: 2\n")
    with pytest.raises(ArchiveError, match="cũng dùng tệp ấy"):
        add(store, SECOND, day=60)
    assert len(list(store.place(BULLETIN).glob("v*"))) == 2
    assert add(store, {"tai-lieu/ban-tin.pdf": b"%PDF third"}, day=60) == "v3", "what does not need that file goes in"
    old.write_bytes(FIRST["nguon/ghi chú.yaml"])
    assert add(store, SECOND, day=90) == "v4"
    assert validate(store.root).findings == ()


def test_a_damaged_inventory_stops_the_next_version(store: Store) -> None:
    inventory = store.place(BULLETIN) / "inventory.json"
    inventory.write_bytes(inventory.read_bytes().replace(b"2024", b"2023", 1))
    before = tree(store.root)
    with pytest.raises(ArchiveError, match="archive verify"):
        add(store, SECOND)
    assert tree(store.root) == before


@pytest.mark.parametrize(
    "path",
    [
        "../a",
        "/a",
        "a/../b",
        "a//b",
        "./a",
        "",
        "a/",
        "a\\b",
        "a\x00",
        "a\nb",
        "a\u0301",
        "x" * 256,
        "\udc80",
        "c:",
        "100%",
    ],
)
def test_a_name_that_cannot_be_kept_everywhere_is_refused(store: Store, path: str) -> None:
    with pytest.raises(ArchiveError, match="không lưu trữ được"):
        add(store, {path: b""})


@pytest.mark.parametrize("paths", [("a", "A"), ("a", "a/b"), ("Đ/x", "đ")])
def test_names_that_would_meet_are_refused(store: Store, paths: tuple[str, str]) -> None:
    with pytest.raises(ArchiveError):
        add(store, dict.fromkeys(paths, b""))


def test_an_archive_is_not_founded_over_other_things(shelf: Path) -> None:
    (shelf / "full").mkdir()
    (shelf / "full" / "thesis.docx").write_bytes(b"mine")
    (shelf / "link").symlink_to(small_archive(shelf / "archive").root)
    (shelf / "file").write_bytes(b"")
    for name in ("full", "link", "file"):
        with pytest.raises(ArchiveError):
            Store.create(shelf / name)
    with pytest.raises(ArchiveError, match="không phải kho lưu trữ"):
        Store(shelf / "full")
    assert (shelf / "full" / "thesis.docx").read_bytes() == b"mine"


def test_an_empty_folder_becomes_an_archive(shelf: Path) -> None:
    (shelf / "archive").mkdir()
    assert Store.create(shelf / "archive").objects() == ()
    assert judged(shelf / "archive")[0] == 0


def test_a_list_of_lost_objects_is_no_empty_folder(store: Store) -> None:
    shutil.rmtree(store.place(BULLETIN))
    shutil.rmtree(store.place(REPORT))
    (store.root / "0=ocfl_1.1").unlink()
    with pytest.raises(ArchiveError, match="archive verify"):
        Store.find(store.root)
    with pytest.raises(ArchiveError, match="thứ khác"):
        Store.create(store.root)


def test_whatever_is_lost_or_no_file_is_never_said_to_be_whole(store: Store) -> None:
    file = store.place(REPORT) / "v1/content/bao-cao.pdf"
    file.unlink()
    for replacement, said in (
        (lambda: None, "không có tệp này"),
        (lambda: file.symlink_to("/dev/null"), "liên kết"),
        (file.mkdir, "không phải tệp"),
    ):
        replacement()
        with pytest.raises(ArchiveError, match=f"{said}.*archive verify") as told:
            store.read(REPORT, "bao-cao.pdf")
        assert "vẫn" not in str(told.value)
        if file.is_symlink():
            file.unlink()


def test_two_writers_wait_for_each_other(store: Store) -> None:
    threads = [threading.Thread(target=add, args=(Store(store.root), {"n.txt": b"%d" % n})) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    inventory = store.inventory(BULLETIN)
    assert inventory is not None
    assert inventory.head.name == "v6"
    assert judged(store.root)[0] == 0


def test_a_writer_that_waits_too_long_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "LOCK_SECONDS", 0)
    with store._locked(), pytest.raises(ArchiveError, match="lệnh khác đang ghi"):
        add(Store(store.root), FIRST)


def test_a_list_of_digests_that_is_lost_or_damaged_stops_the_next_version(store: Store) -> None:
    before = (store.root / "SHA512SUMS").read_bytes()
    for damage in (b"", before[:-1], None):
        (store.root / "SHA512SUMS").unlink() if damage is None else (store.root / "SHA512SUMS").write_bytes(damage)
        with pytest.raises(ArchiveError, match="SHA512SUMS"):
            add(store, FIRST)
    inventory = store.inventory(BULLETIN)
    assert inventory is not None
    assert inventory.head.name == "v2"


def test_what_must_lie_together_is_kept_in_every_version_and_the_rest_once(store: Store) -> None:
    files = {
        "tai-lieu/trang.html": b"trang",
        "tai-lieu/kieu.css": b"kieu",
        "nguon/mau.css": b"kieu",
        "nguon/a.yaml": b"a: 1",
    }
    for _ in range(2):
        store.commit(REPORT, files, message="Thử", user=OFFICE, created=NOON, whole=("tai-lieu/",))
    place, head = store.place(REPORT), store.inventory(REPORT).head.name  # type: ignore[union-attr]
    content = place / head / "content"
    assert sorted(each.name for each in content.rglob("*") if each.is_file()) == ["kieu.css", "trang.html"]
    assert {path: store.read(REPORT, path) for path in files} == files
    assert judged(store.root)[0] == 0
    assert validate(store.root).valid
