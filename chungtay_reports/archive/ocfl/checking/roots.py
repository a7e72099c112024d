"""Check a storage root around its objects: declaration, layout, extensions, the folders that lead to objects."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chungtay_reports.archive.ocfl.checking.objects import REGISTERED, SPECS
from chungtay_reports.archive.ocfl.checking.strict_json import strict_json
from chungtay_reports.archive.ocfl.checking.survey import UNREAD, list_folder, printable, special
from chungtay_reports.archive.ocfl.checking.written import Located
from chungtay_reports.archive.ocfl.inventory import INVENTORY
from chungtay_reports.archive.ocfl.layout import EXTENSION, encapsulation
from chungtay_reports.archive.ocfl.reading import ALGORITHMS, new_digest, read_bytes
from chungtay_reports.errors import why

LAYOUT = "ocfl_layout.json"
_EXTENSIONS = "extensions"
_MAX_CONTROL = 1_000_000
_MOST_TUPLES = 32


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """What lies under a storage root: the folders of objects, sorted, and what should not be there."""

    spec: str
    files: tuple[str, ...]  # directly in the root
    objects: tuple[str, ...]
    found: tuple[Located, ...]

    @property
    def unread(self) -> tuple[str, ...]:
        """List the folders that cannot be read; the root is the empty path."""
        return tuple(path for path, (code, _) in self.found if code == UNREAD)


def check_root(root: Path) -> Hierarchy:
    """Check the root itself and find its objects, without reading those."""
    found: list[Located] = []
    entries = list_folder(root, "", found) or []
    files = tuple(name for name, _, kind in entries if stat.S_ISREG(kind.st_mode))
    folders = [name for name, _, kind in entries if stat.S_ISDIR(kind.st_mode)]
    for name, _, kind in entries:
        if not stat.S_ISREG(kind.st_mode) and not stat.S_ISDIR(kind.st_mode):
            found.append((name, special(kind)))
    spec, said = _declaration(root, files)
    found += said
    if LAYOUT in files:
        found += _layout_file(root)
    if _EXTENSIONS in folders:
        found += _extensions(root)
    objects, said = _objects(root, [name for name in folders if name != _EXTENSIONS])
    found += said
    depths = {path.count("/") > 0 for path in objects}
    if len(depths) > 1:
        found.append(("", ("W015", "")))
    return Hierarchy(spec, files, objects, tuple(found))


def expected_place(root: Path) -> Callable[[str], str] | None:
    """Say where the root's layout puts an object, for the layouts that are known; None for others, or no layout."""
    try:
        layout = strict_json(read_bytes(root / LAYOUT, _MAX_CONTROL))
        name = layout["extension"]
        config = root / _EXTENSIONS / name / "config.json"
        settings = strict_json(read_bytes(config, _MAX_CONTROL)) if config.exists() else {}
        return _mapping(name, settings)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _mapping(name: str, settings: Mapping[str, Any]) -> Callable[[str], str] | None:
    if name == "0002-flat-direct-storage-layout":
        return str
    tuples = (int(settings.get("tupleSize", 3)), int(settings.get("numberOfTuples", 3)))
    algorithm = str(settings.get("digestAlgorithm", "sha256"))
    if not all(0 <= each <= _MOST_TUPLES for each in tuples) or algorithm not in ALGORITHMS:
        return None
    if name == EXTENSION:
        return lambda object_id: _tupled(object_id, algorithm, tuples, encapsulate=True)
    if name == "0004-hashed-n-tuple-storage-layout" and not settings.get("shortObjectRoot", False):
        return lambda object_id: _tupled(object_id, algorithm, tuples, encapsulate=False)
    return None


def _tupled(object_id: str, algorithm: str, tuples: tuple[int, int], *, encapsulate: bool) -> str:
    digest = new_digest(algorithm)
    digest.update(object_id.encode("utf-8", "surrogatepass"))
    text, (size, count) = digest.hexdigest(), tuples
    parts = [text[start * size : (start + 1) * size] for start in range(count)]
    return "/".join([*filter(None, parts), encapsulation(object_id, text) if encapsulate else text])


def _declaration(root: Path, files: tuple[str, ...]) -> tuple[str, list[Located]]:
    names = [name for name in files if name.startswith("0=")]
    if not names:
        return "1.1", [("0=ocfl_1.1", ("E069", ""))]
    found: list[Located] = [(name, ("E076", f"có {len(names)} tệp")) for name in names if len(names) > 1]
    known = [name for name in names if name.startswith("0=ocfl_") and name.removeprefix("0=ocfl_") in SPECS]
    found += [(name, ("E079", "")) for name in names if name not in known]
    for name in known:
        try:
            if read_bytes(root / name, 100) != f"{name[2:]}\n".encode():
                found.append((name, ("E080", "")))
        except OSError as error:
            found.append((name, ("E080", why(error))))
    return (known[-1].removeprefix("0=ocfl_") if known else "1.1"), found


def _layout_file(root: Path) -> Iterator[Located]:
    try:
        data = strict_json(read_bytes(root / LAYOUT, _MAX_CONTROL))
    except (OSError, ValueError) as error:
        yield LAYOUT, ("E070", str(error))
        return
    if not isinstance(data, dict) or not all(isinstance(data.get(key), str) for key in ("extension", "description")):
        yield LAYOUT, ("E070", "")
    elif not REGISTERED.fullmatch(data["extension"]):
        yield LAYOUT, ("E071", data["extension"])


def _extensions(root: Path) -> Iterator[Located]:
    found: list[Located] = []
    for name, path, kind in list_folder(root / _EXTENSIONS, _EXTENSIONS, found) or []:
        if not stat.S_ISDIR(kind.st_mode):
            yield path, ("E112", "") if stat.S_ISREG(kind.st_mode) else special(kind)
        elif not REGISTERED.fullmatch(name):
            yield path, ("W016", "")
    yield from found


def _objects(root: Path, folders: list[str]) -> tuple[tuple[str, ...], list[Located]]:
    objects: list[str] = []
    found: list[Located] = []
    todo = list(folders)
    while todo:
        here = todo.pop()
        entries = list_folder(root / here, here, found)
        if entries is None:
            continue
        if not printable(here):
            found.append((here, ("A110", "")))
        names = {name for name, _, _ in entries}
        if INVENTORY in names or any(name.startswith("0=ocfl_object_") for name in names):
            objects.append(here)
            continue
        if not entries:
            found.append((here, ("E073", "")))
        for _, path, kind in entries:
            if stat.S_ISDIR(kind.st_mode):
                todo.append(path)
            else:
                found.append((path, ("E072", "")) if stat.S_ISREG(kind.st_mode) else (path, special(kind)))
    return tuple(sorted(objects)), found
