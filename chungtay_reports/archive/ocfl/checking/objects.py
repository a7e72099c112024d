"""Check one object of any OCFL writer: declaration, inventories with their sidecars, version folders, every byte of content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chungtay_reports.archive.ocfl.checking.claims import VERSION, Claims
from chungtay_reports.archive.ocfl.checking.content import Wanted, check_content
from chungtay_reports.archive.ocfl.checking.history import histories
from chungtay_reports.archive.ocfl.checking.survey import Inode, Survey, survey
from chungtay_reports.archive.ocfl.checking.written import Located, Written, read_written
from chungtay_reports.archive.ocfl.inventory import INVENTORY
from chungtay_reports.archive.ocfl.reading import read_bytes
from chungtay_reports.errors import why

SPECS = ("1.0", "1.1")
REGISTERED = re.compile(r"(00(0\d|1\d)-[a-z0-9-]+|initial)")
_DECLARATION = "0=ocfl_object_"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of one object gives; `id` is empty when it cannot be read."""

    id: str
    spec: str
    found: tuple[Located, ...]
    files: int
    bytes: int


def check_object(place: Path, part: Wanted, *, ours: bool, staged: Mapping[Inode, int] | None = None) -> Checked:
    """Check the object at `place`; `part` chooses whose content is read, `ours` asks for what our own writer promises."""
    seen = survey(place, staged=staged)
    spec, found = _declaration(place, seen)
    found += list(seen.faults)
    root, said = read_written(place, seen, "", spec)
    found += said
    versions = {}
    for name in (name for name in seen.children()[1] if VERSION.fullmatch(name)):
        versions[name], said = read_written(place, seen, name, "")
        found += said
    trusted = _trusted(root, versions)
    claims = trusted.claims if trusted and trusted.claims else None
    found += _root_entries(seen, claims, root, ours=ours)
    found += _empty(seen, claims)
    for name in claims.versions if claims else ():
        found += _version_entries(seen, name, claims.content_directory if claims else "content", versions.get(name))
    found += histories(root, versions, trusted)
    found += _styles([each for each in (root, *versions.values()) if each], ours=ours)
    files, size = 0, 0
    if claims:
        others = [each.claims for each in (root, *versions.values()) if each and each.vouched and each.claims]
        said, files, size = check_content(place, seen, claims, others, part)
        found += said
    return Checked(claims.id if claims else "", spec, tuple(dict.fromkeys(found)), files, size)


def _declaration(place: Path, seen: Survey) -> tuple[str, list[Located]]:
    names = [name for name in seen.children()[0] if name.startswith("0=")]
    if not names:
        return "1.1", [("0=ocfl_object_1.1", ("E003", "không có tệp nào"))]
    found: list[Located] = []
    if len(names) > 1:
        found += [(name, ("E003", f"có {len(names)} tệp")) for name in names]
    known = [name for name in names if name.removeprefix(_DECLARATION) in SPECS and name.startswith(_DECLARATION)]
    found += [(name, ("E006", "")) for name in names if name not in known]
    for name in known:
        try:
            if read_bytes(place / name, 100) != f"{name[2:]}\n".encode():
                found.append((name, ("E007", "")))
        except OSError as error:
            found.append((name, ("E007", why(error))))
    return (known[-1].removeprefix(_DECLARATION) if known else "1.1"), found


def _trusted(root: Written | None, versions: Mapping[str, Written | None]) -> Written | None:
    """Choose the inventory to check against: the root's, or the newest version's when the root's is damaged."""
    if root and root.claims and root.vouched:
        return root
    vouched = [each for each in versions.values() if each and each.claims and each.vouched]
    newest = max(vouched, key=lambda each: int(each.folder[1:]), default=None)
    return newest or (root if root and root.claims else None)


def _root_entries(seen: Survey, claims: Claims | None, root: Written | None, *, ours: bool) -> Iterator[Located]:
    files, folders = seen.children()
    expected = {INVENTORY, root.sidecar if root else ""}
    for name in files:
        if name not in expected and not name.startswith("0="):
            yield name, ("E001", "tệp lạ")
    versions = claims.versions if claims else ()
    for name in sorted(set(versions) - set(folders)):
        yield name, ("E046", "thiếu thư mục")
    for name in folders:
        if name in versions:
            continue
        if re.fullmatch(r"v\d+", name):
            if claims:
                yield name, ("E046", "inventory.json không nói đến; có thể do lần ghi trước bị ngắt")
        elif name not in {"logs", "extensions"}:
            yield name, ("E001", "thư mục lạ")
        elif ours:
            yield name, ("A107", "")
    inner_files, inner_folders = seen.children("extensions")
    yield from ((f"extensions/{name}", ("E067", "")) for name in inner_files)
    yield from ((f"extensions/{name}", ("W013", "")) for name in inner_folders if not REGISTERED.fullmatch(name))


def _version_entries(seen: Survey, name: str, content: str, written: Written | None) -> Iterator[Located]:
    files, folders = seen.children(name)
    expected = {INVENTORY, written.sidecar if written else ""}
    yield from ((f"{name}/{file}", ("E015", "")) for file in files if file not in expected)
    yield from ((f"{name}/{folder}", ("W002", "")) for folder in folders if folder != content)
    inside = f"{name}/{content}"
    if content in folders and seen.inside.get(inside) == ((), ()):
        yield inside, ("W003", "")


def _empty(seen: Survey, claims: Claims | None) -> Iterator[Located]:
    for path in seen.empty:
        version, _, rest = path.partition("/")
        if claims and version in claims.versions and rest.startswith(f"{claims.content_directory}/"):
            yield path, ("E024", "")


def _styles(inventories: list[Written], *, ours: bool) -> Iterator[Located]:
    """Find sidecars whose blanks or letters are not as we write them: harmless to OCFL, but somebody touched them."""
    for each in inventories:
        if ours and each.style[0] and each.style != (b"  ", b"\n", False):
            yield each.path.removesuffix(INVENTORY) + each.sidecar, ("A108", "")
