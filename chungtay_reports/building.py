"""Editions are composed and made, and kept where nothing that they were made of has changed."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from chungtay_reports import check as checking
from chungtay_reports import compose, disk, documents, making
from chungtay_reports.census import Census, program_digest, workspace_census
from chungtay_reports.course import Course, Step, silent
from chungtay_reports.disk import BUILD, FileNote
from chungtay_reports.errors import ContentError, Problem, ReportsError, UsageError, wrong
from chungtay_reports.figures.asking import Question
from chungtay_reports.figures.kept import kept_tables
from chungtay_reports.figures.promises import run_tests
from chungtay_reports.figures.tables import Tables, tabulate
from chungtay_reports.formats import FORMATS, PAPER_FORMATS
from chungtay_reports.official.compose import compose_report
from chungtay_reports.official.paper import Paper
from chungtay_reports.official.selection import Job, possible
from chungtay_reports.press.cluster import scheduler
from chungtay_reports.recollection import Known, Story
from chungtay_reports.request import Request, asked, order_of, refuse
from chungtay_reports.standing import corrected_as_of, marked
from chungtay_reports.unchanged import Look
from chungtay_reports.workspace.bulletin import Bulletin
from chungtay_reports.workspace.ground import Laid, keep, lay
from chungtay_reports.workspace.library import Library
from chungtay_reports.workspace.stock import EMPTY, Stock, open_stock

COMPOSING, WRITING = 0.35, 0.1  # seconds for an edition, about, for telling how long is left
SITE = "site"  # below it: `chungtay site` makes that folder, and a build of editions leaves it alone


class SpoiltError(ReportsError):
    """Some editions could not be set in type; all others have been written."""

    exit_code = 1

    def __init__(self, spoilt: tuple[tuple[str, ReportsError], ...], others: int) -> None:
        super().__init__(spoilt, others)
        self.spoilt = spoilt
        self.others = others

    def __str__(self) -> str:
        reasons = "\n".join(f"  {folder}: {error}" for folder, error in self.spoilt)
        return f"{len(self.spoilt)} ấn phẩm không dựng được, bản cũ còn nguyên; {self.others} ấn phẩm khác đã dựng xong.\n{reasons}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made, in the order of the paths, and the warnings that came with it."""

    made: tuple[FileNote, ...]
    warnings: tuple[Problem, ...]
    crew: int = 0  # processes that have set pages


def works(root: Path, request: Request, today: date) -> tuple[Library, tuple[documents.Work, ...], tuple[Problem, ...]]:
    """Compose what is asked for, bulletins first; ContentError with every problem of all of it when there are errors."""
    library, problems = checking.load(root, today)
    if library is None:
        raise ContentError(problems)
    jobs = asked(library, request, problems)
    tables = tabulate(library.entries, library.registry)
    composed = [_compose(job, library, tables, root, request) for job in jobs]
    found = (*problems, *(problem for _, own in composed for problem in own))
    refuse(found)
    return library, tuple(work for work, _ in composed if work), tuple(sorted(set(found)))


def build(root: Path, request: Request, today: date, step: Step | None = None, look: Look | None = None) -> Outcome:
    """Make the documents of editions and put them into build/; nothing is written when there is an error.

    Without names everything that is made by default; reports made on demand before stay as long as they can be made.
    An edition is made again only when something that it was made of has changed since (see `making`). Whoever has just
    looked at the workspace hands the look on.
    """
    if request.executor:
        scheduler(request.executor)
    with disk.lock(root) as at_once:
        bench = _Bench.set_up(root, request, today, look if at_once else None)
        plan = bench.plan()
        kept = {folder: making.renewed(made, making.SAME) for folder, made in plan.kept.items()}
        spoilt: list[documents.Spoilt] = []
        with bench.run(step, len(plan.reasons)) as run:
            composed = dict(bench.composed(plan, run))
            for folder, again in tuple(composed.items()):
                if again.same_as(plan.doubtful.get(folder)):
                    proven = replace(plan.doubtful[folder], questions=again.questions, warnings=again.problems)
                    kept[folder] = making.renewed(proven, making.SAME_RESULT)
                    del composed[folder]
            found = (
                *bench.problems,
                *(problem for composition in composed.values() for problem in composition.problems),
                *(problem for one in kept.values() for problem in one.warnings),
            )
            refuse(found)
            made = _noted(run.made(spoilt), tuple(composed.values()), plan.reasons)
            course, crew = run.course, run.workers
        whole = not (request.editions or request.formats or request.units or request.years)
        notes = [note for one in kept.values() for note in one.notes]
        staying = [SITE, *(job.folder for job in possible(bench.library)), *(one.folder for one in spoilt)]
        manifest = disk.write_editions(root, root / BUILD, made, whole=whole, keep=staying, kept=notes)
        bench.remember({**plan.others, **kept}, composed, made, manifest)
        course.done(alone=WRITING * len(plan.reasons))
    if spoilt:
        raise SpoiltError(tuple((one.folder, one.error) for one in spoilt), len(composed) - len(spoilt))
    by_folder = {**{folder: one.notes for folder, one in kept.items()}, **_by_folder(made)}
    return Outcome(
        tuple(note for job in bench.jobs for note in by_folder.get(job.folder, ())), tuple(sorted(set(found))), crew
    )


def explain(root: Path, request: Request, today: date) -> dict[str, tuple[str, ...]]:
    """Say of every edition that is asked for why the next build would make it again; nothing when it would be kept."""
    bench = _Bench.set_up(root, request, today)
    refuse(bench.problems)
    plan = bench.plan()
    return {job.folder: plan.reasons.get(job.folder, ()) for job in bench.jobs}


def differences(root: Path, request: Request, today: date, step: Step | None = None) -> tuple[str, ...]:
    """Make everything that is asked for from nothing, and name the files of build/ that are not the same; write nothing."""
    bench = _Bench.set_up(root, replace(request, cache=False), today)
    everything = making.Plan({}, dict.fromkeys((job.folder for job in bench.jobs), ()), {}, {})
    with bench.run(step, len(bench.jobs)) as run:
        composed = dict(bench.composed(everything, run))
        refuse((*bench.problems, *(problem for one in composed.values() for problem in one.problems)))
        fresh = {document.path: note.sha256 for document, note in run.made()}
    noted = {
        note.path: note.sha256 for note in disk.read_manifest(root / BUILD) if disk.inside(note.path, tuple(composed))
    }
    there = {path: disk.digest(root / BUILD / path) for path in {**fresh, **noted}}
    return tuple(path for path in sorted(there) if not fresh.get(path) == noted.get(path) == there[path])


@dataclass(frozen=True)
class _Composition:
    """An edition as composed, with its problems, the questions that it asked of the records, and the time it took."""

    work: documents.Work | None
    problems: tuple[Problem, ...]
    questions: frozenset[Question]
    seconds: float

    @cached_property
    def digest(self) -> str:
        """Return a digest of all that documents are made of; the evidence of a ledger is no part of how it shows itself."""
        evidence = self.work.ledger.evidence if self.work and self.work.ledger else None
        return hashlib.sha256(f"{self.work!r}{evidence.to_json() if evidence else ''}".encode()).hexdigest()

    def same_as(self, made: making.Made | None) -> bool:
        """Say whether it has come out as it had before."""
        return made is not None and self.digest == made.composed


@dataclass(frozen=True, slots=True)
class _Bench:
    """All that one build works on."""

    root: Path
    request: Request
    library: Library
    problems: tuple[Problem, ...]
    jobs: tuple[Bulletin | Job, ...]
    order: documents.Order
    memory: making.Memory
    stock: Stock
    program: str
    census: Census
    rest: making.Rest
    laid: Laid
    tables: list[Tables] = field(default_factory=list)

    @staticmethod
    def set_up(root: Path, request: Request, today: date, look: Look | None = None) -> _Bench:
        program, census = (look.program, look.inputs) if look else (program_digest(), workspace_census(root, 0))
        stock = open_stock(root, program) if request.cache else EMPTY
        memory = making.recall(root) if request.cache else making.Memory()
        laid = lay(root, today, stock, census.digests)
        if not isinstance(laid, Laid):
            raise ContentError(checking.in_order(laid))
        library, found = checking.complete(root, laid, today)
        problems = checking.in_order((*laid.problems, *found))
        jobs = asked(library, request, problems)
        rest = making.Rest(look.aside if look else "", tuple(job.folder for job in jobs), checking.in_order(found))
        order = order_of(request, library.settings)
        if request.formats and not any(order.of_paper(isinstance(job, Job)) for job in jobs):
            raise UsageError(
                f"Không ấn phẩm nào được chọn có định dạng {', '.join(request.formats)}; "
                f"bản tin có {', '.join(FORMATS)}, báo cáo có {', '.join(PAPER_FORMATS)}."
            )
        return _Bench(root, request, library, problems, jobs, order, memory, stock, program, census, rest, laid)

    def plan(self) -> making.Plan:
        """Decide what is made again, and tell why."""
        tasks = {task: self._groups(task) for task in map(_task, self.jobs)}
        story = Story(self.root, self._known)
        build = self.root / BUILD
        return making.plan(
            tasks, self.memory, self.library, self.stock, lambda path: disk.digest(build / path), story=story
        )

    def _known(self) -> Known:
        """Give the files of all groups, and the values that are no files, by their digests."""
        groups: dict[str, Mapping[str, str]] = {}
        options: dict[str, Mapping[str, Any]] = {}
        for task in map(_task, self.jobs):
            digests, files = self._groups(task), making.files_of(task, self.census)
            groups |= {digests[name]: found for name, found in files.items()}
            options[digests[making.OPTIONS]] = self._options(task)
        return groups, options, self.program

    def _groups(self, task: making.Task) -> dict[str, str]:
        return making.groups_of(making.files_of(task, self.census), self.program, self._options(task))

    def _options(self, task: making.Task) -> dict[str, object]:
        request = self.request
        return {
            "formats": list(self.order.of_paper(not task.bulletin)),
            "as_of": request.as_of.isoformat() if request.as_of else None,
            "draft": request.draft,
            "final": request.final,
            "published": request.published.get(task.folder),
        }

    def compose(self, job: Bulletin | Job) -> _Composition:
        if not self.tables:
            self.tables.append(self._tables())
        tables = self.tables[0].watched()
        library = replace(self.library, entries=making.Watched(self.library.entries, tables.asked))
        started = time.perf_counter()
        work, problems = _compose(job, library, tables, self.root, self.request)
        return _Composition(work, problems, frozenset(tables.asked), time.perf_counter() - started)

    def _tables(self) -> Tables:
        if self.request.cache:
            return kept_tables(self.root, self.program, self.library)
        return tabulate(self.library.entries, self.library.registry)

    def run(self, step: Step | None, editions: int) -> documents.Run:
        """Make ready for making so many editions."""
        course = Course(step or silent, self.request.jobs)
        course.expect(alone=(COMPOSING + WRITING) * editions, shared=documents.PAGE_SECONDS * editions)
        course.tell()
        return documents.Run(self.root, self.library.settings, self.order, course)

    def composed(self, plan: making.Plan, run: documents.Run) -> Iterator[tuple[str, _Composition]]:
        """Compose what the plan wants made, and hand each to the run of the press unless nothing would come of it."""
        sound = not wrong(self.problems)
        for job in self.jobs:
            if job.folder not in plan.reasons:
                continue
            one = self.compose(job)
            sound = sound and not wrong(one.problems)
            if sound and one.work and not one.same_as(plan.doubtful.get(job.folder)):
                run.add(one.work)
            run.course.done(alone=COMPOSING, shared=documents.PAGE_SECONDS)
            yield job.folder, one

    def remember(
        self,
        kept: Mapping[str, making.Made],
        composed: Mapping[str, _Composition],
        made: Sequence[documents.Made],
        manifest: Sequence[FileNote],
    ) -> None:
        """Write down what is proven now: first the records, then what the editions asked of them."""
        written = _by_folder(made)
        fresh = {
            job.folder: making.Made(
                self._groups(_task(job)), one.questions, one.digest, written.get(job.folder, ()), one.problems
            )
            for job in self.jobs
            if (one := composed.get(job.folder)) and job.folder in written
        }
        standing = making.standing({**kept, **fresh}, manifest)
        keep(self.root, self.program, self.stock, self.laid)
        records = {path: source.digest for path, source in self.library.sources.items()}
        making.remember(self.root, making.Memory(records, standing, self.rest))
        Story(self.root, self._known).keep(digest for one in standing.values() for digest in one.groups.values())


def _noted(
    made: Sequence[documents.Made], composed: Sequence[_Composition], reasons: Mapping[str, Sequence[str]]
) -> tuple[documents.Made, ...]:
    """Say why each document was made, and share out among an edition's files the time that composing took."""
    files = Counter(document.folder for document, _ in made)
    share = {one.work.folder: one.seconds / max(files[one.work.folder], 1) for one in composed if one.work}
    return tuple(
        (
            document,
            replace(
                note,
                why="; ".join(reasons.get(document.folder, ())),
                seconds=round(note.seconds + share[document.folder], 3),
            ),
        )
        for document, note in made
    )


def _by_folder(made: Sequence[documents.Made]) -> dict[str, tuple[FileNote, ...]]:
    notes: dict[str, tuple[FileNote, ...]] = {}
    for document, note in made:
        notes[document.folder] = (*notes.get(document.folder, ()), note)
    return notes


def _task(job: Bulletin | Job) -> making.Task:
    """Say which files are the own text of a bulletin or of a report."""
    standing = tuple(f"content/{name}/{job.folder}.yaml" for name in ("approvals", "notices"))
    if isinstance(job, Bulletin):
        return making.Task(job.folder, (job.file, *standing), bulletin=True)
    narrative = f"content/narratives/{job.year}/{job.unit}.md"
    return making.Task(job.folder, (job.report.file, narrative, *standing))


def _compose(
    job: Bulletin | Job, library: Library, tables: Tables, root: Path, request: Request
) -> tuple[documents.Work | None, tuple[Problem, ...]]:
    """Compose one edition and give it the marks that it bears."""
    work: documents.Work | None
    if isinstance(job, Bulletin):
        composition = compose.compose(job, library, tables, root)
        work, problems = composition.edition, (*tests(library, tables, job), *composition.problems)
    else:
        as_of = request.as_of or corrected_as_of(job.folder, library)
        written = compose_report(job.report, job.year, job.unit, library, tables, as_of=as_of)
        work, problems = written.paper, written.problems
    if work is None:
        return None, problems
    if isinstance(work, Paper):
        return marked(work, library, request.marking), problems
    return marked(work, library, request.marking), problems


def tests(library: Library, tables: Tables, bulletin: Bulletin) -> tuple[Problem, ...]:
    return run_tests(library.metrics, tables, bulletin.period, bulletin.front.as_of)
