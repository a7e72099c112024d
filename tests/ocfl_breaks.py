"""Every way to break one rule of an OCFL object: in the words of its inventories, or in its folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ocfl_objects import Sketch, digest

Change = Callable[[Sketch], object]
OLD, NEW, SAME = digest(b"old"), digest(b"new"), digest(b"same")


def put(*path: str, value: Any) -> Callable[[Any], None]:
    """Set a value deep in an inventory."""

    def change(inventory: Any) -> None:
        for key in path[:-1]:
            inventory = inventory[key]
        inventory[path[-1]] = value

    return change


def drop(*path: str) -> Callable[[Any], None]:
    def change(inventory: Any) -> None:
        for key in path[:-1]:
            inventory = inventory[key]
        del inventory[path[-1]]

    return change


def newest(change: Callable[[Any], None]) -> Change:
    return lambda each: each.newest(change)


def everywhere(change: Callable[[Any], None]) -> Change:
    return lambda each: each.everywhere(change)


def state(text: bytes | str, paths: object) -> Change:
    key = text if isinstance(text, str) else digest(text)
    return newest(put("versions", "v2", "state", key, value=paths))


def manifest(text: bytes | str, paths: object) -> Change:
    key = text if isinstance(text, str) else digest(text)
    return newest(put("manifest", key, value=paths))


def raw(data: bytes) -> Change:
    return lambda each: each.raw.update({"": data, "v2": data})


# What is wrong in the words of the inventories: code, whether the other judge must find it too, the change.
INVENTORIES: dict[str, tuple[str, bool, Change]] = {
    "not json": ("E033", True, raw(b"{")),
    "not utf-8": ("E033", False, raw(b'{"id": "\xff"}')),
    "utf-8 with a mark": ("E033", False, raw(b"\xef\xbb\xbf{}")),
    "a list": ("E033", False, raw(b"[]")),
    "a key twice": ("E033", False, raw(b'{"id": "a", "id": "b"}')),
    "not a number": ("E033", False, raw(b'{"id": NaN}')),
    "nested without end": ("E033", False, raw(b"[" * 100_000)),
    "a number without end": ("E033", False, raw(b'{"id": ' + b"9" * 10_000 + b"}")),
    "no id": ("E036", True, newest(drop("id"))),
    "no type": ("E036", True, newest(drop("type"))),
    "no head": ("E036", True, newest(drop("head"))),
    "no algorithm": ("E036", True, newest(drop("digestAlgorithm"))),
    "empty id": ("E037", True, newest(put("id", value=""))),
    "another id in v1": ("E110", True, lambda each: put("id", value="urn:example:other")(each.inventories["v1"])),
    "another type": ("E038", False, newest(put("type", value="https://ocfl.io/1.0/spec/#inventory"))),
    "type is a number": ("E038", True, newest(put("type", value=1))),
    "md5": ("E025", True, everywhere(put("digestAlgorithm", value="md5"))),
    "algorithm is a list": ("E025", False, everywhere(put("digestAlgorithm", value=["sha512"]))),
    "directory with a slash": ("E017", True, everywhere(put("contentDirectory", value="a/b"))),
    "directory above": ("E018", True, everywhere(put("contentDirectory", value=".."))),
    "head is old": ("E040", True, newest(put("head", value="v1"))),
    "no manifest": ("E041", True, newest(drop("manifest"))),
    "no versions": ("E041", True, newest(drop("versions"))),
    "manifest is a list": ("E106", True, newest(put("manifest", value=[]))),
    "versions is a list": ("E044", True, newest(put("versions", value=[]))),
    "no version": ("E008", True, newest(put("versions", value={}))),
    "a version is text": ("E047", False, newest(put("versions", "v2", value="text"))),
    "a version of no number": ("E046", True, newest(put("versions", "v2x", value={}))),
    "no v1": ("E009", True, newest(drop("versions", "v1"))),
    "a gap": ("E010", True, newest(lambda each: put("versions", "v4", value=each["versions"].pop("v2"))(each))),
    "no created": ("E048", True, newest(drop("versions", "v2", "created"))),
    "no state": ("E048", True, newest(drop("versions", "v2", "state"))),
    "no time zone": ("E049", True, newest(put("versions", "v2", "created", value="2024-06-02T12:00:00"))),
    "no seconds": ("E049", True, newest(put("versions", "v2", "created", value="2024-06-02T12:00Z"))),
    "no such day": ("E049", True, newest(put("versions", "v2", "created", value="2024-02-30T12:00:00Z"))),
    "created is a number": ("E049", True, newest(put("versions", "v2", "created", value=1))),
    "state of an unknown digest": ("E050", True, state(b"unknown", ["c.txt"])),
    "state is a list": ("E050", True, newest(put("versions", "v2", "state", value=[]))),
    "state without a list": ("E051", True, state(b"new", "a.txt")),
    "logical path above": ("E052", True, state(b"new", ["../a.txt"])),
    "logical path from the top": ("E053", True, state(b"new", ["/a.txt"])),
    "logical path twice": ("E095", True, state(b"new", ["deep/b.txt"])),
    "logical path is a folder": ("E095", True, state(b"new", ["deep"])),
    "user without a name": ("E054", True, newest(put("versions", "v2", "user", value={"address": "mailto:a@b"}))),
    "user is text": ("E054", True, newest(put("versions", "v2", "user", value="Văn thư"))),
    "fixity of an unknown kind": ("E056", True, newest(put("fixity", value={"crc7": {"00": ["v1/content/a.txt"]}}))),
    "fixity of a kind is a list": ("E057", True, newest(put("fixity", value={"md5": []}))),
    "fixity of a stranger": (
        "E057",
        True,
        newest(put("fixity", value={"md5": {digest(b"", "md5"): ["v1/content/x"]}})),
    ),
    "fixity is a list": ("E111", True, newest(put("fixity", value=[]))),
    "fixity is wrong": ("E093", True, newest(put("fixity", value={"md5": {digest(b"", "md5"): ["v1/content/a.txt"]}}))),
    "fixity twice": (
        "E097",
        True,
        newest(
            put(
                "fixity",
                value={"md5": {digest(b"old", "md5"): ["v1/content/a.txt"], digest(b"old", "md5").upper(): []}},
            )
        ),
    ),
    "message is a list": ("E094", True, newest(put("versions", "v2", "message", value=[]))),
    "digest twice": ("E096", True, manifest(SAME.upper(), ["v1/content/deep/b.txt"])),
    "digest is short": ("E025", True, manifest("abc", ["v1/content/a.txt"])),
    "manifest without a list": ("E092", True, manifest(b"same", "v1/content/deep/b.txt")),
    "manifest with an empty list": ("E092", False, manifest(b"same", [])),
    "content path above": ("E099", True, manifest(b"same", ["v1/content/../b.txt"])),
    "content path from the top": ("E100", True, manifest(b"same", ["/v1/content/deep/b.txt"])),
    "content path twice": ("E101", True, manifest(b"same", ["v1/content/a.txt"])),
    "content path is a folder": ("E101", True, manifest(b"same", ["v1/content/deep/b.txt", "v1/content/deep"])),
    "content path of no version": ("E042", True, manifest(b"same", ["v7/content/deep/b.txt"])),
    "content path elsewhere": ("E042", True, manifest(b"same", ["v1/contents/deep/b.txt"])),
    "content path with a backslash": ("E035", False, manifest(b"same", ["v1/content\\deep\\b.txt"])),
    "content path without end": ("E099", False, manifest(b"same", ["v1/content" + "/x" * 100_000])),
    "a file that is not there": ("E092", True, manifest(b"same", ["v1/content/deep/b.txt", "v1/content/c.txt"])),
    "a file that is not told of": ("E023", True, lambda each: each.files.update({"v2/content/x.txt": b"x"})),
    "content of another digest": ("E092", True, lambda each: each.files.update({"v1/content/a.txt": b"OLD"})),
    "a digest that no version uses": ("E107", True, manifest(b"unused", ["v2/content/u.txt"])),
    "a key of no meaning": ("E102", False, newest(put("extra", value=1))),
    "a file gone from the manifest": ("E023", True, newest(lambda each: each["manifest"].pop(OLD))),
    "the past is told otherwise": (
        "E066",
        True,
        newest(put("versions", "v1", "state", value={NEW: ["a.txt"], SAME: ["deep/b.txt"], OLD: ["c.txt"]})),
    ),
    "directory set late": ("E019", True, newest(put("contentDirectory", value="content"))),
    "directory changed": ("E020", True, lambda each: put("contentDirectory", value="x")(each.inventories["v1"])),
    "root differs from v2": ("E064", True, lambda each: put("versions", "v2", "message", value="?")(each.root)),
    "newer standard first": (
        "E103",
        True,
        lambda each: (
            setattr(each, "spec", "1.0"),
            each.newest(put("type", value="https://ocfl.io/1.0/spec/#inventory")),
        ),
    ),
    "sidecar of other bytes": (
        "E060",
        True,
        lambda each: each.sidecars.update({"": lambda *_: b"0" * 128 + b" inventory.json\n"}),
    ),
    "sidecar of another file": (
        "E061",
        True,
        lambda each: each.sidecars.update({"v1": lambda *_: OLD.encode() + b" other.json\n"}),
    ),
    "sidecar with two lines": (
        "E061",
        False,
        lambda each: each.sidecars.update({"": lambda data, _: f"{digest(data)} inventory.json\n\n".encode()}),
    ),
    "sidecar in two cases": (
        "E061",
        False,
        lambda each: each.sidecars.update(
            {"": lambda data, _: f"{digest(data).capitalize()}F inventory.json\n".encode()}
        ),
    ),
    "versions of two widths": (
        "E012",
        True,
        newest(lambda each: put("versions", "v003", value=each["versions"]["v2"])(each)),
    ),
    "padding without room": (
        "E012",
        True,
        newest(lambda each: put("versions", "v01", value=each["versions"].pop("v1"))(each)),
    ),
    "message missing": ("W007", True, newest(drop("versions", "v2", "message"))),
    "address missing": ("W008", True, newest(drop("versions", "v2", "user", "address"))),
    "address is no uri": ("W009", True, newest(put("versions", "v2", "user", "address", value="vt"))),
    "id is no uri": ("W005", True, everywhere(put("id", value="object"))),
    "who did it is told otherwise": ("W011", True, newest(put("versions", "v1", "message", value="khác"))),
}


def remove(*path: str) -> Callable[[Path], object]:
    return lambda place: place.joinpath(*path).unlink()


def write(path: str, data: bytes = b"x") -> Callable[[Path], object]:
    def change(place: Path) -> None:
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)

    return change


def move(old: str, new: str) -> Callable[[Path], object]:
    return lambda place: (place / old).rename(place / new)


def link(path: str, to: str) -> Callable[[Path], object]:
    return lambda place: (place / path).symlink_to(to)


# What is wrong in the folder itself: code, the file that is named, whether the other judge must find it, the change.
FOLDERS: dict[str, tuple[str, str, bool, Callable[[Path], object]]] = {
    "no declaration": ("E003", "0=ocfl_object_1.1", True, remove("0=ocfl_object_1.1")),
    "two declarations": ("E003", "0=ocfl_object_1.0", True, write("0=ocfl_object_1.0", b"ocfl_object_1.0\n")),
    "an unknown declaration": ("E006", "0=ocfl_object_9.9", True, move("0=ocfl_object_1.1", "0=ocfl_object_9.9")),
    "a declaration of other text": ("E007", "0=ocfl_object_1.1", False, write("0=ocfl_object_1.1", b"ocfl_object_1.1")),
    "a declaration of another standard": (
        "E007",
        "0=ocfl_object_1.1",
        True,
        write("0=ocfl_object_1.1", b"ocfl_object_1.0\n"),
    ),
    "a stray file": ("E001", "notes.txt", True, write("notes.txt")),
    "a stray folder": ("E001", "drafts", True, write("drafts/x.txt")),
    "a pipe": ("E001", "pipe", False, lambda place: os.mkfifo(place / "pipe")),
    "no inventory": ("E063", "inventory.json", True, remove("inventory.json")),
    "no sidecar": ("E058", "inventory.json.sha512", True, remove("inventory.json.sha512")),
    "no sidecar in v1": ("E058", "v1/inventory.json.sha512", True, remove("v1", "inventory.json.sha512")),
    "no inventory in v1": (
        "W010",
        "v1/inventory.json",
        False,
        lambda place: [p.unlink() for p in (place / "v1").glob("inv*")],
    ),
    "a version of no inventory": ("E046", "v3", True, write("v3/content/x.txt")),
    "a lost version": ("E046", "v2", True, move("v2", "extensions")),
    "a file beside the content": ("E015", "v1/x.txt", True, write("v1/x.txt")),
    "a folder beside the content": ("W002", "v1/drafts", True, write("v1/drafts/x.txt")),
    "an empty folder": ("E024", "v1/content/leer", True, lambda place: (place / "v1/content/leer").mkdir()),
    "a file in extensions": ("E067", "extensions/x.txt", True, write("extensions/x.txt")),
    "an unknown extension": ("W013", "extensions/mine", True, write("extensions/mine/x.txt")),
    "a link to a file": ("E090", "v1/content/link", False, link("v1/content/link", "a.txt")),
    "a link out": ("E090", "v1/content/out", False, link("v1/content/out", "/etc/passwd")),
    "a link to itself": ("E090", "v1/content/deep/loop", False, link("v1/content/deep/loop", ".")),
    "a second name of a file": (
        "E090",
        "v1/content/a.txt",
        False,
        lambda place: os.link(place / "v1/content/a.txt", place.parent / "second"),
    ),
    "a name of no letters": (
        "A110",
        os.fsdecode(b"v1/content/\xff"),
        False,
        lambda place: Path(os.fsdecode(os.fsencode(place) + b"/v1/content/\xff")).write_bytes(b""),
    ),
    "a renamed file": ("E092", "v1/content/a.txt", True, move("v1/content/a.txt", "v1/content/A.txt")),
    "a content folder with nothing in it": (
        "W003",
        "v1/content",
        False,
        lambda place: (shutil.rmtree(place / "v1/content"), (place / "v1/content").mkdir()),
    ),
    "an inventory of 50 MB": (
        "E033",
        "v1/inventory.json",
        False,
        lambda place: os.truncate(place / "v1/inventory.json", 50_000_001),
    ),
}
# Codes that ocfl-py gives for the same fault: it has older ones, or a rule of its own that comes first.
ALSO = {
    "E110": {"E037"}, "E106": {"E041"}, "E047": {"E048"}, "E046": {"E010", "E001", "E046"}, "E051": {"E050"},
    "E052": {"E053"}, "E053": {"E052"}, "E035": {"E042"}, "E090": {"E023"}, "E006": {"E006", "E003"},
    "E101": {"E101", "E092"}, "E023": {"E023", "E050"}, "E107": {"E107", "E092"}, "E038": {"E038"},
    "E099": {"E099", "E042"}, "E093": {"E093"}, "E096": {"E096"}, "E103": {"E103"}, "E066": {"E066"}, "E012": {"E010", "E009", "E011"},
}  # fmt: skip
