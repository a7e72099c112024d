"""Prove that what goes into the archive rebuilds itself: the sources are laid out anew and built, and the bytes compared."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chungtay_reports import documents, machine, pipeline
from chungtay_reports.course import Course
from chungtay_reports.edition import Document
from chungtay_reports.errors import ContentError, ReportsError
from chungtay_reports.fingerprint import Work
from chungtay_reports.official.paper import Paper
from chungtay_reports.pipeline import Request
from chungtay_reports.standing.sheet import as_of


class UnprovenError(ReportsError):
    """The sources of an edition do not give the documents that were to be published."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Copy:
    """A work with the documents that were made of it, and the files that must give them again."""

    work: Work
    documents: Sequence[Document]
    sources: Mapping[str, bytes]


def proven(copies: Sequence[Copy], root: Path, order: documents.Order, today: date, course: Course) -> frozenset[str]:
    """Return the keys of those whose sources give the same bytes; `root` lends its cache of set pages.

    Reports of one specification and year share their records, and are proven in one go.
    """
    groups: dict[tuple[str, str, date], list[Copy]] = {}
    for copy in copies:
        groups.setdefault((copy.work.slug, getattr(copy.work, "year", ""), as_of(copy.work)), []).append(copy)
    return frozenset(key for group in groups.values() for key in _proven(group, root, order, today, course))


def request_of(works: Sequence[Work]) -> Request:
    """Ask for exactly these works of one name and year again, as final, as of their day."""
    papers = [work for work in works if isinstance(work, Paper)]
    return Request(
        editions=tuple(dict.fromkeys(work.slug for work in works)),
        units=tuple(paper.unit for paper in papers),
        years=tuple(dict.fromkeys(paper.year for paper in papers)),
        as_of=as_of(works[0]),
        final=True,
    )


def lay_out(folder: Path, files: Mapping[str, bytes], cache: Path) -> None:
    """Write sources as a workspace that uses the cache of another."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / ".cache").mkdir(mode=0o700)
    with contextlib.suppress(OSError, NotImplementedError):  # without links it begins with an empty cache
        (folder / ".cache" / "pdf").symlink_to(cache, target_is_directory=True)


def _proven(group: Sequence[Copy], root: Path, order: documents.Order, today: date, course: Course) -> frozenset[str]:
    files = {path: data for copy in group for path, data in copy.sources.items()}
    with machine.scratch("nguon") as folder:
        lay_out(folder, files, root.resolve() / ".cache" / "pdf")
        try:
            library, works, _ = pipeline.works(folder, request_of([copy.work for copy in group]), today)
            made = documents.make(folder, works, library.settings, order, course)
        except ContentError:  # something that the edition needs is not among the files
            return frozenset()
    again = {document.path: document.data for document, _ in made}
    return frozenset(
        copy.work.folder for copy in group if all(again.get(each.path) == each.data for each in copy.documents)
    )
