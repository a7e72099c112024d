"""Whether the digital signatures in archived PDFs still hold: bytes can be what they were, and a certificate not be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from chungtay_reports.archive import proof
from chungtay_reports.archive.ocfl import Finding, Inventory, Part, Store
from chungtay_reports.archive.ocfl.checking.own_root import is_ours
from chungtay_reports.archive.ocfl.reading import read_bytes
from chungtay_reports.errors import Problem, Severity

_MARK = b"/ByteRange"  # every signature names the bytes that it covers
_FAMILY = "S"  # codes of signatures; what else can be said of a PDF is for `verify FILE.pdf`


def check_seals(root: Path, part: Part, trust: Sequence[Path] = ()) -> tuple[Finding, ...]:
    """Check every signature in the PDFs of an archive of ours, each file once; `trust` are certificates of authorities.

    The archive must have been found valid. In what others wrote, what a PDF means is for them to say: nothing is found.
    """
    if not is_ours(root):
        return ()
    store = Store(root)
    chosen = [object_id for object_id in store.objects() if part.takes(object_id)]
    return tuple(finding for object_id in chosen for finding in _of_object(store, object_id, part, trust))


def _of_object(store: Store, object_id: str, part: Part, trust: Sequence[Path]) -> Iterator[Finding]:
    inventory = store.inventory(object_id)
    place = store.place(object_id)
    for path in _pdfs(inventory, part) if inventory else ():
        if _MARK not in read_bytes(place / path):
            continue
        report = proof.verify(place / path, trust=trust)
        for problem in report.problems:
            if problem.code.startswith(_FAMILY):
                yield _finding(object_id, f"{place.name}/{path}", problem)


def _pdfs(inventory: Inventory, part: Part) -> tuple[str, ...]:
    """List the content files of the chosen versions that are PDFs."""
    found = {
        inventory.manifest[digest][0]
        for version in inventory.versions
        if f"{version.created:%Y-%m-%d}" >= part.since
        for path, digest in version.state.items()
        if path.lower().endswith(".pdf")
    }
    return tuple(sorted(found))


def _finding(object_id: str, file: str, problem: Problem) -> Finding:
    warning = problem.severity is Severity.WARNING
    return Finding(object_id, file, "A113", f"{problem.code} {problem.message}", warning)
