"""Editions become documents, several at a time; a PDF that was set before from the same page is not set again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from chungtay_reports.course import Course
from chungtay_reports.disk import FileNote, note
from chungtay_reports.edition import Document, Edition, Format
from chungtay_reports.errors import ReportsError
from chungtay_reports.formats import FORMATS, PAPER_FORMATS, paper_pdf, pdf
from chungtay_reports.official.paper import Paper
from chungtay_reports.press import Press, PrintJob
from chungtay_reports.press.cluster import Cluster
from chungtay_reports.press.job import DEPOSIT
from chungtay_reports.press.pages import Pages, Result, Sheets
from chungtay_reports.settings import Settings
from chungtay_reports.shelf import Shelf

Work = Edition | Paper
Made = tuple[Document, FileNote]

# About what an HTML page or a DOCX, and a PDF of which nothing is known yet, take to make: for telling how long is left.
FORM_SECONDS, PAGE_SECONDS = 0.03, 0.5


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A work whose page could not be set, and why."""

    folder: str
    error: ReportsError


@dataclass(frozen=True, slots=True)
class Order:
    """How to make: which formats of editions and of papers, with how many processes, with or without the cache.

    `executor` is the address of a cluster that sets the PDFs (“dask://host:port”), empty for processes here.
    """

    formats: tuple[str, ...]
    paper_formats: tuple[str, ...]
    jobs: int
    cache: bool
    executor: str = ""

    def of(self, work: Work) -> tuple[str, ...]:
        """Return the formats in which a work is made."""
        return self.of_paper(isinstance(work, Paper))

    def of_paper(self, paper: bool) -> tuple[str, ...]:  # noqa: FBT001 - of papers, or of editions
        """Return the formats of papers or of editions."""
        return self.paper_formats if paper else self.formats

    def press(self) -> Press | Cluster:
        """Make ready who sets the PDFs."""
        return Cluster(self.executor) if self.executor else Press(self.jobs)


class Run:
    """One run of the press: whoever composes hands in work by work, and their PDFs are being set meanwhile.

    Use as a context manager. The press starts when the first PDF is asked for that no cache has.
    """

    def __init__(self, root: Path, settings: Settings, order: Order, course: Course) -> None:
        self._settings, self._order, self.course = settings, order, course
        self._overrides = root / "templates" if (root / "templates").is_dir() else None
        self._offering = _offering(settings, order)
        self._pages = _pages(root, order, course)
        self._works: list[Work] = []
        self._printed: dict[int, int] = {}

    def __enter__(self) -> Self:
        self._pages.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pages.__exit__(kind, error, trace)

    @property
    def workers(self) -> int:
        """Say how many processes have set pages."""
        return self._pages.workers

    def add(self, work: Work) -> None:
        """Take a work; its PDF, when it has one, begins to be set."""
        formats = self._order.of(work)
        if Format.PDF.value in formats:
            self._printed[len(self._works)] = self._pages.add(_job(work, self._settings, self._overrides))
        self.course.expect(alone=FORM_SECONDS * sum(name != Format.PDF.value for name in formats))
        self._works.append(work)

    def made(self, spoilt: list[Spoilt] | None = None) -> tuple[Made, ...]:
        """Make everything else of all works, wait for the PDFs, and return all documents in the order of the works.

        A work whose page cannot be set goes into `spoilt` and none of its documents is among the others; without such
        a list the first of them stops everything.
        """
        forms = [self._forms(work) for work in self._works]
        results = self._pages.results()
        made: list[Made] = []
        for number, (work, found) in enumerate(zip(self._works, forms, strict=True)):
            result = results[self._printed[number]] if number in self._printed else None
            if isinstance(result, ReportsError):
                _stop_or_note(Spoilt(work.folder, result), spoilt)
                continue
            for name in self._order.of(work):
                made += [_page(work, result)] if name == Format.PDF.value and result else found[name]
        return tuple(made)

    def _forms(self, work: Work) -> dict[str, list[Made]]:
        return {name: self._form(work, name) for name in self._order.of(work) if name != Format.PDF.value}

    def _form(self, work: Work, name: str) -> list[Made]:
        started = time.perf_counter()
        found = _make(work, name, self._offering, self._overrides)
        seconds = time.perf_counter() - started
        self.course.done(alone=FORM_SECONDS)
        return [(document, note(document, seconds / len(found))) for document in found]


def make(root: Path, works: Sequence[Work], settings: Settings, order: Order, course: Course) -> tuple[Made, ...]:
    """Make every document of every edition and paper in every format that it has, in their order; see `Run.made`."""
    with Run(root, settings, order, course) as run:
        for work in works:
            run.add(work)
        return run.made()


def _stop_or_note(one: Spoilt, spoilt: list[Spoilt] | None) -> None:
    if spoilt is None:
        raise one.error
    spoilt.append(one)


def _offering(settings: Settings, order: Order) -> Settings:
    """Let pages offer for download what this order makes, and nothing else: an edition's folder is exchanged whole."""
    publishing = settings.publishing.model_copy(update={"formats": list(order.formats)})
    return settings.model_copy(update={"publishing": publishing})


def deposit(root: Path, works: Sequence[Work], settings: Settings, order: Order, course: Course) -> tuple[bytes, ...]:
    """Set the copy of each work that an archive keeps for decades: PDF/A-1a, with no file inside."""
    overrides = root / "templates" if (root / "templates").is_dir() else None
    with _pages(root, order, course) as pages:
        for work in works:
            pages.add(replace(_job(work, settings, overrides), attachments=(), variant=DEPOSIT))
        return tuple(content for content, _, _ in map(_whole, pages.results()))


def _pages(root: Path, order: Order, course: Course) -> Pages:
    return Pages(order.press, Shelf(root / ".cache" / "pdf") if order.cache else None, course)


def _whole(result: Result) -> Sheets:
    if isinstance(result, ReportsError):
        raise result
    return result


def _make(work: Work, name: str, settings: Settings, overrides: Path | None) -> tuple[Document, ...]:
    if isinstance(work, Paper):
        return PAPER_FORMATS[name](work, settings, overrides)
    return FORMATS[name](work, settings, overrides)


def _job(work: Work, settings: Settings, overrides: Path | None) -> PrintJob:
    if isinstance(work, Paper):
        return paper_pdf.print_job(work, settings, overrides)
    return pdf.print_job(work, settings, overrides)


def _printed(work: Work, content: bytes) -> Document:
    return paper_pdf.pdf_document(work, content) if isinstance(work, Paper) else pdf.document(work, content)


def _page(work: Work, sheets: Sheets) -> Made:
    content, seconds, cached = sheets
    document = _printed(work, content)
    return document, note(document, seconds, cached=cached)
