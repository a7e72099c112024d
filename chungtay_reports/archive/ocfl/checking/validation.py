"""Validate a storage root, or a single object, of any OCFL 1.0 or 1.1 writer: every byte is read, nothing is followed."""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from chungtay_reports.archive.ocfl import founding, layout, recovery
from chungtay_reports.archive.ocfl.checking import own_root, roots
from chungtay_reports.archive.ocfl.checking.content import Wanted
from chungtay_reports.archive.ocfl.checking.findings import Finding, Part, Report
from chungtay_reports.archive.ocfl.checking.objects import Checked, check_object
from chungtay_reports.archive.ocfl.checking.strict_json import strict_json
from chungtay_reports.archive.ocfl.checking.survey import UNREAD, inodes
from chungtay_reports.archive.ocfl.checking.written import Located
from chungtay_reports.archive.ocfl.committing import STAGED, staging_folder
from chungtay_reports.archive.ocfl.failures import ArchiveError
from chungtay_reports.archive.ocfl.inventory import INVENTORY, MAX_INVENTORY, SIDECAR
from chungtay_reports.archive.ocfl.reading import read_bytes

_ONLY_WARNINGS = frozenset({"A105", "A112"})
_ADVICE = frozenset({"W005", "W008", "W009"})  # about what a version says; the other W-codes our own writer never earns


def validate(root: Path, part: Part | None = None) -> Report:
    """Check the archive at `root`, or the object when `root` is one; ArchiveError only when there is no folder at all.

    With `part`, what lies around the objects is checked whole, in an archive of ours against its list of digests, too; of
    the objects only the chosen ones, and of their content what is chosen of it.
    """
    part = part or Part()
    try:
        kind = root.lstat().st_mode
    except OSError as error:
        raise ArchiveError(f"Không có thư mục {root}.") from error
    if not stat.S_ISDIR(kind):
        code, detail = ("E090", "gốc kho là liên kết") if stat.S_ISLNK(kind) else ("E069", "đây là một tệp")
        return Report(root.name, part, 0, 0, 0, 0, (Finding("", "", code, detail),))
    if _is_object(root):
        checked = check_object(root, Wanted(part.since), ours=False)
        return _report(root, part, 1, [("", checked)], [])
    hierarchy = roots.check_root(root)
    if "" in hierarchy.unread:  # all else follows from it
        return _report(root, part, 0, [], [each for each in hierarchy.found if each[0] == "" and each[1][0] == UNREAD])
    ours = own_root.is_ours(root)
    if not ours and not hierarchy.objects and not any(name.startswith("0=") for name in hierarchy.files):
        return _report(root, part, 0, [], [("0=ocfl_1.1", ("E069", "đây không phải kho lưu trữ OCFL"))])
    outside = [*hierarchy.found, *(own_root.check_own_root(root, hierarchy) if ours else ())]
    chosen = [place for place in hierarchy.objects if _chosen(root / place, part)]
    staged = (
        inodes(staging_folder(root)) if ours else None
    )  # what a crash left there is known, and no other name of a file
    checked_objects = [
        (place, check_object(root / place, Wanted(part.since), ours=ours, staged=staged)) for place in chosen
    ]
    if ours:
        checked_objects = [(place, _unfinished(root / place, checked)) for place, checked in checked_objects]
    expected = layout.folder if ours else roots.expected_place(root)
    outside += _between(hierarchy.spec, checked_objects, expected)
    report = _report(root, part, len(hierarchy.objects), checked_objects, outside)
    return replace(report, findings=tuple(map(_strict, report.findings))) if ours else report


def _unfinished(place: Path, checked: Checked) -> Checked:
    """Say of a commit that a crash kept from its last step that it is unfinished, instead of all that follows from it."""
    version = recovery.pending(place) if checked.found else ""
    if not version:
        return checked
    crash = {(version, "E046"), (INVENTORY, "E060"), (SIDECAR, "E060"), (INVENTORY, "E064")}
    rest = (each for each in checked.found if (each[0], each[1][0]) not in crash)
    return replace(checked, found=(*rest, (version, ("A112", ""))))


def _is_object(root: Path) -> bool:
    try:
        names = {path.name for path in root.iterdir()}
    except OSError:
        return False
    declared = {name for name in names if name.startswith("0=ocfl_")}
    return (bool(declared) or INVENTORY in names) and all(name.startswith("0=ocfl_object_") for name in declared)


def _chosen(place: Path, part: Part) -> bool:
    """Whether an object is in the part; one whose inventory cannot be read always is."""
    if part.whole:
        return True
    try:
        data = strict_json(read_bytes(place / INVENTORY, MAX_INVENTORY))
        object_id = data["id"]
        newest = max(block["created"][:10] for block in data["versions"].values())
        mine = part.takes(object_id)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return True
    return mine and (not part.since or newest >= part.since)


def _between(spec: str, objects: list[tuple[str, Checked]], expected: Callable[[str], str] | None) -> Iterator[Located]:
    """Check objects against each other and the root: ids, places, versions of the standard."""
    times = Counter(checked.id for _, checked in objects if checked.id)
    for place, checked in objects:
        if times[checked.id] > 1:
            yield f"{place}/{INVENTORY}", ("E037", f"có {times[checked.id]} ấn phẩm cùng mã này")
        if expected and checked.id and expected(checked.id) != place:
            yield place, ("E083", f"cần ở {expected(checked.id)}")
        if checked.spec > spec:
            yield place, ("E081", f"{checked.spec}; kho theo {spec}")


def _report(root: Path, part: Part, present: int, objects: list[tuple[str, Checked]], outside: list[Located]) -> Report:
    found = [_finding(checked.id or place, place, each) for place, checked in objects for each in checked.found]
    ids = {place: checked.id or place for place, checked in objects}
    for path, fault in outside:
        whose = next((ids[place] for place in (path, path.rpartition("/")[0]) if place in ids), "")
        found.append(_finding(whose, "", (path, fault)))
    files = sum(checked.files for _, checked in objects)
    size = sum(checked.bytes for _, checked in objects)
    ordered = tuple(sorted(set(found), key=lambda each: (each.file, each.code, each.detail)))
    return Report(root.name, part, present, len(objects), files, size, ordered)


def _finding(object_id: str, place: str, located: Located) -> Finding:
    path, (code, detail) = located
    file = f"{place}/{path}" if place and path else place or path
    return Finding(object_id, file, code, detail, warning=code in _ONLY_WARNINGS or code.startswith("W"))


def _strict(finding: Finding) -> Finding:
    """Judge a finding as of an archive of ours, in which nothing is other than we wrote it."""
    staged = finding.file == f"{founding.EXTENSIONS}/{STAGED}"
    return finding if finding.code in _ADVICE | _ONLY_WARNINGS or staged else replace(finding, warning=False)
