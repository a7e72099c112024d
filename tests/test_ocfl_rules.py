"""Every rule of an OCFL object has an object that breaks it; our check names the code, and the other judge agrees."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ocfl_objects import Sketch, Verdict, digest, sketch, verdicts

from chungtay_reports.archive.ocfl import Report, validate
from chungtay_reports.archive.ocfl.checking.codes import SENTENCES

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


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Verdict]]:
    """Every broken object, written once, with the verdict of the other judge."""
    root = tmp_path_factory.mktemp("broken")
    places = {}
    for number, (name, (_, _, change)) in enumerate(INVENTORIES.items()):
        each = sketch()
        change(each)
        places[name] = each.write(root / f"i{number}" / "object")
    for number, (name, (_, _, _, damage)) in enumerate(FOLDERS.items()):
        places[name] = sketch().write(root / f"f{number}" / "object")
        damage(places[name])
    return dict(zip(places, zip(places.values(), verdicts(list(places.values())), strict=True), strict=True))


@pytest.mark.parametrize("name", INVENTORIES)
def test_a_broken_inventory_is_named_by_its_code(broken: dict[str, tuple[Path, Verdict]], name: str) -> None:
    code, agreed, _ = INVENTORIES[name]
    place, verdict = broken[name]
    report = validate(place)
    assert code in codes(report), [str(finding) for finding in report.findings]
    assert report.valid is code.startswith("W")
    if agreed:
        assert verdict.crash or ({code} | ALSO.get(code, set())) & verdict.codes, verdict


@pytest.mark.parametrize("name", FOLDERS)
def test_a_broken_folder_is_named_by_its_code_and_file(broken: dict[str, tuple[Path, Verdict]], name: str) -> None:
    code, file, agreed, _ = FOLDERS[name]
    place, verdict = broken[name]
    report = validate(place)
    assert (code, file) in {(finding.code, finding.file) for finding in report.findings}, list(
        map(str, report.findings)
    )
    assert report.valid is (code.startswith("W") and code != "W003")
    if agreed:
        assert ({code} | ALSO.get(code, set())) & verdict.codes, verdict


def test_nothing_that_the_other_judge_refuses_is_accepted(broken: dict[str, tuple[Path, Verdict]]) -> None:
    assert [name for name, (place, verdict) in broken.items() if not verdict.valid and validate(place).valid] == []


GOOD: dict[str, Sketch] = {
    "two versions": sketch(),
    "the older standard": sketch(spec="1.0"),
    "sha256": sketch(algorithm="sha256"),
    "padded versions": sketch(names="v000{}"),
    "its own content directory": sketch(content="nội dung"),
}


def test_what_other_writers_do_rightly_is_accepted(tmp_path: Path) -> None:
    places = [each.write(tmp_path / f"{number}" / "object") for number, each in enumerate(GOOD.values())]
    logs = sketch().write(tmp_path / "logs" / "object")
    (logs / "logs").mkdir()
    (logs / "logs" / "audit.log").write_text("ok")
    (logs / "extensions" / "0005-mutable-head" / "head").mkdir(parents=True)
    fixed = sketch()
    fixed.newest(put("fixity", value={"md5": {digest(b"old", "md5"): ["v1/content/a.txt"]}, "blake2b-512": {}}))
    fixed.sidecars = {"v1": lambda data, _: f"{digest(data).upper()}\tinventory.json\r\n".encode()}
    places += [logs, fixed.write(tmp_path / "fixed" / "object")]
    assert [str(finding) for place in places for finding in validate(place).findings if not finding.warning] == []
    # the other judge does not read a digest in capitals, which OCFL allows
    assert [place.parent.name for place, said in zip(places, verdicts(places), strict=True) if not said.valid] == [
        "fixed"
    ]


def test_an_object_may_change_its_digest_and_its_standard(tmp_path: Path) -> None:
    each = sketch()
    older = sketch(algorithm="sha256", spec="1.0").inventories["v1"]
    each.inventories["v1"] = older
    place = each.write(tmp_path / "object")
    assert codes(validate(place)) == {"W004"}
    assert verdicts([place])[0].valid
    each.inventories["v1"]["manifest"] = {
        digest(b"?", "sha256"): ["v1/content/a.txt"],
        digest(b"same", "sha256"): ["v1/content/deep/b.txt"],
    }
    each.inventories["v1"]["versions"]["v1"]["state"] = {
        digest(b"?", "sha256"): ["a.txt"],
        digest(b"same", "sha256"): ["deep/b.txt"],
    }
    assert ("E092", "v1/content/a.txt") in {(f.code, f.file) for f in validate(each.write(tmp_path / "other")).findings}


def test_every_code_has_a_sentence_and_every_sentence_of_an_object_is_shown(
    broken: dict[str, tuple[Path, Verdict]],
) -> None:
    said = {finding.code for place, _ in broken.values() for finding in validate(place).findings}
    assert said <= set(SENTENCES)
    assert {code for code, *_ in (*INVENTORIES.values(), *FOLDERS.values())} <= said


JUNK: list[Any] = [
    None, True, 0, -1, 1.5, "", ".", "..", "/", "\\", "\ud800", "v1", "v01", "a.txt", "sha256", "x" * 200, [], [[]], {}, {"": {}},
    ["a.txt", 1], ["../x"], ["/x"], ["x/"], ["a//b"], ["v1/content/a.txt"], OLD, NEW[:127], SAME.upper(), {"md5": {}},
    "2024-13-01T00:00:00Z", "2024-01-01T00:00:00+25:00", "https://ocfl.io/1.0/spec/#inventory",
]  # fmt: skip


def junked(value: Any, chance: random.Random) -> Any:
    """Put something else somewhere into an inventory, lose a key, or give one another name."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key, kind = chance.choice(list(value)), chance.random()
        rest = {name: each for name, each in value.items() if name != key}
        if kind < 0.75:
            return {**value, key: junked(value[key], chance)}
        return (
            rest
            if kind < 0.85
            else {**rest, chance.choice(["", "v3", "fixity", "md5", "contentDirectory"]): value[key]}
        )
    if isinstance(value, list) and chance.random() < 0.5:
        return [*value, chance.choice(JUNK)]
    return chance.choice(JUNK)


def test_an_inventory_of_junk_that_its_sidecar_vouches_for_is_judged_as_the_other_judge_does(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311
    places = []
    for number in range(250):
        each = sketch()
        folder = chance.choice(["", "", "v1"])
        each.inventories[folder] = junked(each.inventories[folder], chance)
        each.inventories["v2"] = each.inventories[""]
        places.append(each.write(tmp_path / str(number)))
    reports = [validate(place) for place in places]
    assert all(str(finding) for report in reports for finding in report.findings)
    asked = zip(places, reports, verdicts(places), strict=True)
    assert [
        (place.name, said.codes) for place, report, said in asked if report.valid and not said.valid and not said.crash
    ] == []
