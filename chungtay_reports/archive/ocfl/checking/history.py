"""Check that an object tells its past as it was: every version's inventory against the one that is trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chungtay_reports.archive.ocfl.checking.claims import Claims
from chungtay_reports.archive.ocfl.checking.inventory_rules import Fault
from chungtay_reports.archive.ocfl.checking.written import Located, Written


def histories(
    root: Written | None, versions: Mapping[str, Written | None], trusted: Written | None
) -> Iterator[Located]:
    """Find where inventories contradict each other; a damaged one is not asked."""
    if trusted is None or trusted.claims is None:
        return
    newest = trusted.claims
    last = versions.get(newest.versions[-1]) if newest.versions else None
    if root and last and root.data != last.data and root.vouched and last.vouched:
        yield root.path, ("E064", f"khác {last.path}")
    spec, first = "1.0", None
    for name in newest.versions:
        each = versions.get(name)
        if each is None or each.claims is None or not each.vouched:
            continue
        first = first or each.claims
        if each.claims.spec and each.claims.spec < spec:
            yield each.path, ("E103", f"{each.claims.spec} sau {spec}")
        spec = max(spec, each.claims.spec)
        if each is not last:
            yield from ((each.path, fault) for fault in _prior(name, each.claims, newest, first))
    if first is not None and newest.content_directory_set and not first.content_directory_set:
        yield trusted.path, ("E019", newest.content_directory)


def _prior(name: str, old: Claims, new: Claims, first: Claims) -> Iterator[Fault]:
    if old.id != new.id:
        yield "E110", f"“{old.id}”; bản mới nhất là “{new.id}”"
    if old.head and old.head != name:
        yield "E040", f"{old.head} trong {name}"
    if old.content_directory != new.content_directory:
        yield "E020", f"{old.content_directory}; bản mới nhất là {new.content_directory}"
    if old.content_directory_set and not first.content_directory_set:
        yield "E019", old.content_directory
    expected = new.versions[: new.versions.index(name) + 1]
    if old.versions != expected:
        yield "E066", f"kể các phiên bản {', '.join(old.versions[:20])}"
    for version in old.versions:
        if version in new.states and not _same_state(old, new, version):
            yield "E066", version
        elif version in new.notes and old.notes[version] != new.notes[version]:
            yield "W011", version
    for path in sorted(set(old.manifest) - set(new.manifest)):
        yield "E023", f"{path} không còn trong inventory.json mới nhất"


def _same_state(old: Claims, new: Claims, version: str) -> bool:
    """Compare the logical state of a version; where the algorithms differ, by the content files that digests lead to."""
    before, after = old.states[version], new.states[version]
    if old.algorithm == new.algorithm:
        return before == after
    return set(before) == set(after) and all(
        bool(_places(old, before[path]) & _places(new, after[path])) for path in before
    )


def _places(claims: Claims, digest: str) -> frozenset[str]:
    return frozenset(path for path, each in claims.manifest.items() if each == digest)
