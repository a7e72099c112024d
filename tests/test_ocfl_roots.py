"""Storage roots that others wrote are accepted, and what breaks one is named by its code and file."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from archives import named, told
from ocfl_objects import PYTHON, sketch

from chungtay_reports.archive.ocfl import validate


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Storage roots that ocfl-py made, each with a valid object in it; copied to where a test wants one."""
    made = tmp_path_factory.mktemp("theirs")

    def copy(to: Path, layout: str | None = "0002-flat-direct-storage-layout", spec: str = "1.1") -> Path:
        ready = made / f"{layout}-{spec}" / "theirs"
        if not ready.exists():
            ready.parent.mkdir()
            their_root(ready, layout, spec=spec)
        return Path(shutil.copytree(ready, to / "theirs"))

    return copy


def their_root(root: Path, layout: str | None, *, spec: str) -> Path:
    script = (
        "import ocfl, sys\n"
        "root, layout, spec, source = sys.argv[1:]\n"
        "store = ocfl.StorageRoot(root=root, layout_name=layout or None, spec_version=spec)\n"
        "store.initialize(spec_version=spec)\n"
        "if layout: store.add(source)\n"
    )
    source = sketch(spec=spec).write(root.parent / "object")
    subprocess.run([PYTHON, "-c", script, root, layout or "", spec, source], check=True, capture_output=True)
    if not layout:
        shutil.copytree(source, root / "a" / "b" / "c" / "d" / "deep" / "object")
    shutil.rmtree(source)
    return root


@pytest.mark.parametrize(
    "layout",
    [
        "0002-flat-direct-storage-layout",
        "0003-hash-and-id-n-tuple-storage-layout",
        "nnnn-flat-quoted-storage-layout",
        None,
    ],
)
def test_a_root_that_others_made_is_accepted_and_its_damage_found(
    shelf: Path, theirs: Callable[..., Path], layout: str | None
) -> None:
    root = theirs(shelf, layout)
    (root / "ocfl_1.1.md").write_text("the standard")
    report = validate(root)
    assert [finding.code for finding in report.findings if not finding.warning] == (
        ["E071"] if layout == "nnnn-flat-quoted-storage-layout" else []
    )
    assert report.files == 3
    file = next(root.rglob("a.txt"))
    file.write_bytes(b"?")
    assert file.relative_to(root).as_posix() in named(validate(root))


def test_a_root_of_the_older_standard_is_accepted_but_not_with_newer_objects(
    shelf: Path, theirs: Callable[..., Path]
) -> None:
    root = theirs(shelf, spec="1.0")
    assert validate(root).findings == ()
    shutil.rmtree(root / "urn:example:object")
    sketch().write(root / "urn:example:object")
    assert [finding.code for finding in validate(root).findings] == ["E081"]


ROOTS: dict[str, tuple[str, str, Callable[[Path], object]]] = {
    "no declaration": ("E069", "0=ocfl_1.1", lambda root: (root / "0=ocfl_1.1").unlink()),
    "two declarations": ("E076", "0=ocfl_1.0", lambda root: (root / "0=ocfl_1.0").write_text("ocfl_1.0\n")),
    "unknown declaration": ("E079", "0=ocfl_7", lambda root: (root / "0=ocfl_1.1").rename(root / "0=ocfl_7")),
    "other text": ("E080", "0=ocfl_1.1", lambda root: (root / "0=ocfl_1.1").write_text("ocfl_1.0\n")),
    "layout no json": ("E070", "ocfl_layout.json", lambda root: (root / "ocfl_layout.json").write_text("{")),
    "layout without words": ("E070", "ocfl_layout.json", lambda root: (root / "ocfl_layout.json").write_text("{}")),
    "a file on the way": ("E072", "way/x.txt", lambda root: ((root / "way").mkdir(), (root / "way/x.txt").write_text(""))),
    "an empty folder": ("E073", "way/on", lambda root: (root / "way/on").mkdir(parents=True)),
    "a file in extensions": ("E112", "extensions/x", lambda root: ((root / "extensions").mkdir(exist_ok=True), (root / "extensions/x").write_text(""))),
    "an unknown extension": ("W016", "extensions/mine", lambda root: (root / "extensions/mine").mkdir(parents=True)),
    "objects at two depths": ("W015", "", lambda root: sketch().write(root / "a" / "b")),
}  # fmt: skip


@pytest.mark.parametrize("name", ROOTS)
def test_a_broken_root_is_named_by_its_code_and_file(shelf: Path, theirs: Callable[..., Path], name: str) -> None:
    code, file, damage = ROOTS[name]
    root = theirs(shelf)
    damage(root)
    assert (code, file) in {(finding.code, finding.file) for finding in validate(root).findings}, told(validate(root))


_JUDGE = """
import json, sys, ocfl
for root in json.load(sys.stdin):
    store = ocfl.StorageRoot(root=root)
    print(json.dumps([store.validate(log_errors=True), store.num_traversal_errors]))
"""


def test_the_other_judge_refuses_the_same_roots(shelf: Path, theirs: Callable[..., Path]) -> None:
    roots = {}
    for number, (name, (_, _, damage)) in enumerate(ROOTS.items()):
        roots[name] = theirs(shelf / str(number))
        damage(roots[name])
    asked = json.dumps([str(root) for root in roots.values()])
    said = subprocess.run([PYTHON, "-c", _JUDGE], input=asked, capture_output=True, encoding="utf-8", check=True)
    verdicts = [json.loads(line)[0] for line in said.stdout.splitlines() if line.startswith("[")]
    accepted = [name for name, valid in zip(roots, verdicts, strict=True) if valid]
    assert accepted == [name for name, (code, *_) in ROOTS.items() if code.startswith("W")]
