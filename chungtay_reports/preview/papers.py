"""Official reports in the preview: written and set only when somebody opens one, as the PDF that it will be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from chungtay_reports import theme
from chungtay_reports.errors import MachineError, Problem
from chungtay_reports.figures.tables import Tables
from chungtay_reports.formats.paper_pdf import print_job
from chungtay_reports.official.compose import Composed, compose_report
from chungtay_reports.official.paper import Paper
from chungtay_reports.official.selection import Job, possible
from chungtay_reports.pipeline import telling
from chungtay_reports.preview.archived import Archived
from chungtay_reports.preview.findings import Finding
from chungtay_reports.preview.room import Room
from chungtay_reports.preview.server import POLICY
from chungtay_reports.preview.stage import Page, digest_of, lazy
from chungtay_reports.preview.workshop import REPORT_FILES
from chungtay_reports.standing import Marking, marked
from chungtay_reports.standing.marks import corrected_as_of
from chungtay_reports.workspace.library import Library

REPORTS = "/bao-cao/"
PDF = "bao-cao.pdf"


@dataclass(frozen=True, slots=True)
class PaperView:
    """A report on a page: the address of its PDF (empty when there is none), and what is wrong with it.

    `old` says that the PDF is of an earlier state of the files.
    """

    title: str
    unit: str
    pdf: str
    old: bool
    findings: tuple[Finding, ...]


class Papers:
    """Writes papers when they are asked for, each once for a state; the last whole one is kept for when a file is wrong."""

    def __init__(self) -> None:
        self._good: dict[str, Paper] = {}
        self._key: tuple[object, ...] = ()
        self._pages: dict[str, Page] = {}
        self._asked: dict[str, _Asked] = {}
        self._moment = 0
        self.problems: tuple[Problem, ...] = ()

    def forget(self) -> None:
        """Make all pages anew next time: a template has changed."""
        self._key = ()

    def pages(self, room: Room) -> dict[str, Page]:
        """Give the pages of every report that the workspace can make; the same as before when nothing of theirs changed."""
        state = room.state
        own = tuple(problem for problem in state.problems if problem.place.file.startswith(REPORT_FILES))
        library = state.library
        sheets = (library.approvals, library.notices) if library else ()
        key = (state.tables, own, room.shared, sheets, state.archived.digests)
        if self._key and self._key[0] is key[0] and self._key[1:] == key[1:]:
            return self._pages
        self._key = key
        self._moment += 1
        self._asked.clear()
        self._pages = dict(self._made(room)) if state.library else {}
        return self._pages

    def look(self, library: Library, hurried: Callable[[], bool]) -> bool:
        """Write the reports that tell all that their authors may have done wrong; say whether `problems` are other ones.

        Given up when somebody is `hurried`: the files have changed meanwhile.
        """
        found: set[Problem] = set()
        for job in telling(library):
            if hurried():
                return False
            asked = self._asked.get(job.folder)
            found.update(asked.found() if asked else ())
        before, self.problems = self.problems, tuple(sorted(found))
        return before != self.problems

    def _made(self, room: Room) -> Iterator[tuple[str, Page]]:
        library = room.state.library
        for job in possible(library) if library else ():
            address = f"{REPORTS}{job.folder}/"
            asked = _Asked(job, room, self._good, digest_of(f"{self._moment} {job.folder}".encode()))
            self._asked[job.folder] = asked
            yield f"{address}index.html", lazy("index.html", asked.digest, asked.page)
            yield f"{address}{PDF}", lazy(PDF, asked.digest, asked.pdf)


@dataclass(slots=True)
class _Asked:
    """One report in one state; it is written when its page or its PDF is first asked for."""

    job: Job
    room: Room
    good: dict[str, Paper]
    digest: str
    composed: Composed | None = None

    def page(self) -> bytes:
        paper, composed = self._written()
        state = self.room.state
        assert state.library is not None  # noqa: S101 - jobs come from a library
        own = [problem for problem in state.problems if problem.place.file == self.job.report.file]
        view = PaperView(
            title=paper.title if paper else self.job.report.slug,
            unit=state.library.registry.name(self.job.unit, self.job.report.period(self.job.year).end),
            pdf=PDF if paper else "",
            old=paper is not None and composed.paper is None,
            findings=(*self.room.sources.findings({*own, *composed.problems}), *self.room.shared),
        )
        return theme.fill("preview/paper.html.j2", paper=view, policy=POLICY, mark=self.digest).encode()

    def pdf(self) -> bytes:
        paper, _ = self._written()
        settings = self.room.settings
        if paper is None or settings is None:
            raise MachineError("Báo cáo này chưa dựng được; xem các lỗi ở trang của nó.")
        with self.room.turn:
            job = print_job(paper, settings, self.room.overrides)
        return self.room.printer.set(job)

    def found(self) -> tuple[Problem, ...]:
        """Write the report and tell what is wrong with it."""
        return self._written()[1].problems

    def _written(self) -> tuple[Paper | None, Composed]:
        with self.room.turn:
            if self.composed is None:
                state = self.room.state
                assert state.library is not None  # noqa: S101 - jobs come from a library
                assert state.tables is not None  # noqa: S101
                self.composed = _composed(self.job, state.library, state.tables, state.archived)
            if self.composed.paper is not None and not self.room.shared:
                self.good[self.job.folder] = self.composed.paper
            paper = None if self.room.shared else self.composed.paper
            return paper or self.good.get(self.job.folder), self.composed


def _composed(job: Job, library: Library, tables: Tables, archived: Archived) -> Composed:
    """Write a report as a build does: as of its correction, with the marks of a draft and of notices."""
    as_of = corrected_as_of(job.folder, library)
    composed = compose_report(job.report, job.year, job.unit, library, tables, as_of=as_of)
    if composed.paper is None:
        return composed
    borne = marked(composed.paper, library, Marking(published=archived.digests))
    return replace(composed, paper=borne if isinstance(borne, Paper) else composed.paper)
