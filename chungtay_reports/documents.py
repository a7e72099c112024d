"""Editions become documents, several at a time; a PDF that was set before from the same page is not set again."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from chungtay_reports.disk import FileNote, note
from chungtay_reports.edition import Document, Edition, Format
from chungtay_reports.errors import ReportsError
from chungtay_reports.formats import FORMATS, PAPER_FORMATS, paper_pdf, pdf
from chungtay_reports.official.paper import Paper
from chungtay_reports.press import Press, PrintJob, Sheet, TypesetError, TypesetLimitError, wire
from chungtay_reports.press.cluster import Cluster
from chungtay_reports.press.engine import engine
from chungtay_reports.press.job import DEPOSIT
from chungtay_reports.settings import Settings
from chungtay_reports.shelf import Shelf

Work = Edition | Paper
Made = tuple[Document, FileNote]
Sheets = tuple[bytes, float, bool]  # a PDF, the seconds of its setting, and whether it was there already
Result = Sheets | ReportsError


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

    def press(self, documents: int) -> Press | Cluster:
        """Make ready who sets that many PDFs."""
        return Cluster(self.executor) if self.executor else Press(min(self.jobs, documents))


def make(
    root: Path,
    works: Sequence[Work],
    settings: Settings,
    order: Order,
    step: Callable[[int, int], None],
    *,
    spoilt: list[Spoilt] | None = None,
) -> tuple[Made, ...]:
    """Make every document of every edition and paper in every format that it has, in their order.

    A work whose page cannot be set goes into `spoilt` and none of its documents is among the others; without such a
    list the first of them stops everything.
    """
    overrides = root / "templates" if (root / "templates").is_dir() else None
    offering = _offering(settings, order)
    wanted = [(work, name) for work in works for name in order.of(work)]
    made: list[Made] = []
    step(0, len(wanted))
    printed = _print([work for work, name in wanted if name == Format.PDF.value], settings, overrides, root, order)
    for done, (work, name) in enumerate(wanted, start=1):
        if name == Format.PDF.value:
            result = next(printed)
            if isinstance(result, Spoilt):
                _stop_or_note(result, spoilt)
            else:
                made.append(result)
        else:
            started = time.perf_counter()
            found = _make(work, name, offering, overrides)
            seconds = time.perf_counter() - started
            made += [(document, note(document, seconds / len(found))) for document in found]
        step(done, len(wanted))
    lost = {one.folder for one in spoilt or ()}
    return tuple((document, noted) for document, noted in made if document.folder not in lost)


def _stop_or_note(one: Spoilt, spoilt: list[Spoilt] | None) -> None:
    if spoilt is None:
        raise one.error
    spoilt.append(one)


def _offering(settings: Settings, order: Order) -> Settings:
    """Let pages offer for download what this order makes, and nothing else: an edition's folder is exchanged whole."""
    publishing = settings.publishing.model_copy(update={"formats": list(order.formats)})
    return settings.model_copy(update={"publishing": publishing})


def deposit(root: Path, works: Sequence[Work], settings: Settings, order: Order) -> tuple[bytes, ...]:
    """Set the copy of each work that an archive keeps for decades: PDF/A-1a, with no file inside."""
    overrides = root / "templates" if (root / "templates").is_dir() else None
    jobs = [replace(_job(work, settings, overrides), attachments=(), variant=DEPOSIT) for work in works]
    return tuple(content for content, _, _ in map(_whole, _set(jobs, root, order)))


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


def _print(
    works: Sequence[Work], settings: Settings, overrides: Path | None, root: Path, order: Order
) -> Iterator[Made | Spoilt]:
    jobs = [_job(work, settings, overrides) for work in works]
    for work, result in zip(works, _set(jobs, root, order), strict=True):
        if isinstance(result, ReportsError):
            yield Spoilt(work.folder, result)
            continue
        content, seconds, cached = result
        document = _printed(work, content)
        yield document, note(document, seconds, cached=cached)


def _set(jobs: Sequence[PrintJob], root: Path, order: Order) -> Iterator[Result]:
    """Set the PDFs: from the cache where the same page was set before, the others by a press of warm workers."""
    shelf = Shelf(root / ".cache" / "pdf") if order.cache else None
    keys = [_key(job) for job in jobs]
    known = [shelf.find(key) if shelf else None for key in keys]
    # The longest first: a long one that begins last would be waited for alone.
    fresh = sorted((n for n, data in enumerate(known) if data is None), key=lambda n: len(jobs[n].html), reverse=True)
    with order.press(len(fresh)) if fresh else nullcontext() as press:
        waiting = {number: press.submit(jobs[number]) for number in fresh} if press else {}
        for number, (key, data) in enumerate(zip(keys, known, strict=True)):
            try:
                sheet = Sheet(data, 0) if data is not None else waiting[number].result()
            except (TypesetError, TypesetLimitError) as error:
                yield error
                continue
            if shelf and data is None:
                shelf.keep(key, sheet.pdf)
            yield sheet.pdf, sheet.seconds, data is not None


def _key(job: PrintJob) -> str:
    """Name everything that the bytes of a PDF depend on: its page and assets, the fonts, the versions that set it."""
    header, blobs = wire.pack(job)
    parts = [json.dumps([header, engine()], sort_keys=True).encode(), *blobs]
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
