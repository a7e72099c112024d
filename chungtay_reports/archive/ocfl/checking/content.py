"""Read every byte of an object's content and compare: missing, changed, swapped, renamed, added files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chungtay_reports.archive.ocfl.checking.claims import Claims
from chungtay_reports.archive.ocfl.checking.inventory_rules import SIZES
from chungtay_reports.archive.ocfl.checking.survey import Survey
from chungtay_reports.archive.ocfl.checking.written import Located
from chungtay_reports.archive.ocfl.reading import ALGORITHMS, digests
from chungtay_reports.errors import shown, why

Asked = tuple[str, str, str]  # code when it differs, algorithm, digest


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose content to read: only what versions made on or after `since` use (YYYY-MM-DD; empty: everything)."""

    since: str = ""

    def versions(self, claims: Claims) -> tuple[str, ...]:
        """Choose versions by the day that they name; one whose day cannot be read is chosen."""
        return tuple(name for name in claims.versions if _day(claims.notes[name][0]) >= self.since)


def check_content(
    place: Path, seen: Survey, claims: Claims, others: Sequence[Claims], wanted: Wanted
) -> tuple[list[Located], int, int]:
    """Compare the files of an object with what its inventories claim; return the findings, files and bytes read."""
    there = [path for path in seen.files if _is_content(path, claims)]
    read = {path for path in there if _chosen(path, claims, wanted)}
    asked = _asked(claims, others)
    found: list[Located] = []
    actual: dict[str, Mapping[str, str]] = {}
    size = 0
    for path in sorted(read):
        algorithms = {claims.algorithm, *(name for _, name, _ in asked.get(path, ()))}
        try:
            actual[path] = digests(place / path, sorted(algorithms & set(ALGORITHMS)))
            size += (place / path).lstat().st_size
        except OSError as error:
            found.append((path, ("A109", why(error))))
    sums = {path: sums.get(claims.algorithm, "") for path, sums in actual.items()}
    strangers = {digest: path for path, digest in sums.items() if path not in claims.manifest}
    known = {digest: path for path, digest in claims.manifest.items()}
    for path in sorted(set(claims.manifest) - set(there)):
        if seen.hidden(path):
            continue
        moved = strangers.get(claims.manifest[path], "")
        found.append((path, ("E092", f"đã đổi tên thành {shown(moved)}" if moved else "không có tệp này")))
    for path in there:
        if path not in claims.manifest:
            same = known.get(sums.get(path, ""), "")
            found.append((path, ("E023", f"nội dung giống {shown(same)}" if same else "")))
    for path, each in actual.items():
        found += _differences(path, each, claims, asked.get(path, ()), known)
    found += _unlisted_then([path for path in there if path in claims.manifest], others)
    found += _fixity_without_file(claims, there)
    return found, len(read), size


def _is_content(path: str, claims: Claims) -> bool:
    version, _, rest = path.partition("/")
    return version in claims.states and rest.startswith(f"{claims.content_directory}/")


def _chosen(path: str, claims: Claims, wanted: Wanted) -> bool:
    if not wanted.since:
        return True
    digest = claims.manifest.get(path)
    return digest is None or any(digest in claims.states[name].values() for name in wanted.versions(claims))


def _asked(claims: Claims, others: Sequence[Claims]) -> dict[str, tuple[Asked, ...]]:
    """Collect every other digest that any inventory gives a file: older manifests and fixity blocks."""
    asked: dict[str, dict[Asked, None]] = {}
    for each in (claims, *others):
        for path, digest in each.manifest.items():
            if each.algorithm in SIZES and (each.algorithm, digest) != (claims.algorithm, claims.manifest.get(path)):
                asked.setdefault(path, {})["E092", each.algorithm, digest] = None
        for path, pairs in each.fixity.items():
            for algorithm, digest in pairs:
                if algorithm in ALGORITHMS:
                    asked.setdefault(path, {})["E093", algorithm, digest] = None
    return {path: tuple(each) for path, each in asked.items()}


def _differences(
    path: str, actual: Mapping[str, str], claims: Claims, asked: Sequence[Asked], known: Mapping[str, str]
) -> Iterator[Located]:
    mine, claimed = actual.get(claims.algorithm, ""), claims.manifest.get(path)
    if claimed is not None and mine and mine != claimed:
        other = known.get(mine, "")
        yield path, ("E092", f"đang là nội dung của {shown(other)}" if other else "nội dung đã bị thay đổi")
        return
    for code, algorithm, digest in asked:
        if actual[algorithm] != digest:
            yield path, (code, algorithm)


def _unlisted_then(there: Sequence[str], others: Sequence[Claims]) -> Iterator[Located]:
    """Find files, of those listed now, that the inventory of the very version in which they lie does not list."""
    listing = {each.versions[-1]: each for each in others if each.versions}
    for path in there:
        each = listing.get(path.partition("/")[0])
        if each and _is_content(path, each) and path not in each.manifest:
            yield path, ("E023", f"inventory.json của {each.versions[-1]} không nói đến")


def _fixity_without_file(claims: Claims, there: Sequence[str]) -> Iterator[Located]:
    for path in sorted(set(claims.fixity) - set(there)):
        if path in claims.manifest:
            yield path, ("E093", "không có tệp này")


def _day(created: str) -> str:
    try:
        return date.fromisoformat(created[:10]).isoformat()
    except ValueError:
        return "9999-12-31"
