"""Every rule of an OCFL object has an object that breaks it; our check names the code, and the other judge agrees."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from ocfl_breaks import ALSO, FOLDERS, INVENTORIES, NEW, OLD, SAME, put
from ocfl_objects import Sketch, Verdict, digest, sketch, verdicts

from chungtay_reports.archive.ocfl import Report, validate
from chungtay_reports.archive.ocfl.checking.codes import SENTENCES


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
