"""What an archive of ours promises beyond OCFL: its root files, its list of digests, and that nothing else is there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from chungtay_reports.archive.ocfl import founding, sums
from chungtay_reports.archive.ocfl.checking.roots import LAYOUT, Hierarchy
from chungtay_reports.archive.ocfl.checking.survey import survey
from chungtay_reports.archive.ocfl.checking.written import Located, alike
from chungtay_reports.archive.ocfl.committing import STAGED
from chungtay_reports.archive.ocfl.inventory import INVENTORY, MAX_INVENTORY
from chungtay_reports.archive.ocfl.layout import CONFIG_JSON, LAYOUT_JSON
from chungtay_reports.archive.ocfl.reading import read_bytes
from chungtay_reports.errors import why

_CONFIG = founding.SIGNS[1]
_MAX_SUMS = 50_000_000


def is_ours(root: Path) -> bool:
    """Whether the root has the marks of our writer; three of them, so that no single damage makes it a stranger's."""
    return (
        _bytes(root / founding.README) is not None
        or _bytes(root / LAYOUT) == LAYOUT_JSON
        or (_bytes(root / _CONFIG) == CONFIG_JSON and _bytes(root / sums.FILE) is not None)
    )


def check_own_root(root: Path, hierarchy: Hierarchy) -> Iterator[Located]:
    """Find what is lost, added or changed among root files and objects, by the list of digests."""
    try:
        listed = sums.read_sums(read_bytes(root / sums.FILE, _MAX_SUMS))
    except (OSError, ValueError) as error:
        yield sums.FILE, ("A101", why(error) if isinstance(error, OSError) else str(error))
        listed = {}
    yield from _strangers(root, hierarchy)
    for name, data in founding.ROOT_FILES.items():
        there = _bytes(root / name)
        if there is None:
            yield name, ("A103", "không có tệp này")
        elif listed or there != data:
            yield from _compared(name, listed.get(name, ""), there, listed and there == data)
    if listed:
        yield from _objects(root, hierarchy, listed)


def _compared(name: str, listed: str, there: bytes, known: object) -> Iterator[Located]:
    """Compare a root file with the list; bytes that are `known` to be right put the blame on the list."""
    actual = hashlib.sha512(there).hexdigest()
    if listed != actual:
        yield (sums.FILE, ("A101", f"dòng của {name}")) if known or alike(listed, actual) else (name, ("A103", ""))


def _strangers(root: Path, hierarchy: Hierarchy) -> Iterator[Located]:
    expected = {*founding.ROOT_FILES, sums.FILE}
    yield from ((name, ("A102", "")) for name in hierarchy.files if name not in expected and not name.startswith("0="))
    if (root / founding.EXTENSIONS).is_dir():
        seen = survey(root, below=founding.EXTENSIONS)
        staged = f"{founding.EXTENSIONS}/{STAGED}"
        if staged in seen.inside:
            yield staged, ("A112", "")
        strangers = [(path, ("A102", "")) for path in (*seen.files, *seen.empty) if path not in expected]
        yield from (each for each in (*seen.faults, *strangers) if not each[0].startswith(staged))


def _objects(root: Path, hierarchy: Hierarchy, listed: Mapping[str, str]) -> Iterator[Located]:
    there = {f"{place}/{INVENTORY}": place for place in hierarchy.objects}
    actual = {path: hashlib.sha512(_bytes(root / path) or b"").hexdigest() for path in there}
    known = {*there, *founding.ROOT_FILES, *(f"{place}/{INVENTORY}" for place in hierarchy.unread)}
    lost = {path: digest for path, digest in listed.items() if path not in known}
    unlisted = {digest: path for path, digest in actual.items() if path not in listed}
    for path, digest in lost.items():
        if digest in unlisted or path.count("/") != 1 or not path.endswith(f"/{INVENTORY}"):
            yield sums.FILE, ("A101", f"dòng của {unlisted.get(digest, path)}")
        else:
            yield path, ("A104", "không còn")
    for path, place in there.items():
        given = listed.get(path, "")
        if given == actual[path] or (not given and actual[path] in lost.values()):
            continue
        if given and alike(given, actual[path]):
            yield sums.FILE, ("A101", f"dòng của {path}")
        elif _lags(root / place, given):
            yield path, ("A105", "")
        else:
            yield path, ("A104", "đã thay đổi") if given else ("A106", "")


def _lags(place: Path, listed: str) -> bool:
    """Whether the list is one version behind: a crash came between the object and the list."""
    numbers = sorted(int(path.name[1:]) for path in place.glob("v[1-9]*") if path.name[1:].isdecimal())
    if not numbers or _bytes(place / INVENTORY) != _bytes(place / f"v{numbers[-1]}" / INVENTORY):
        return False
    if len(numbers) == 1:
        return listed == ""
    before = _bytes(place / f"v{numbers[-2]}" / INVENTORY)
    return before is not None and hashlib.sha512(before).hexdigest() == listed


def _bytes(path: Path) -> bytes | None:
    try:
        return read_bytes(path, MAX_INVENTORY)
    except OSError:
        return None
