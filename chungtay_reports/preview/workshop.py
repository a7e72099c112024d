"""Keep a workspace in memory and make again only what a saved file touches; the last whole edition is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath

from chungtay_reports import check, compose
from chungtay_reports.archive import ARCHIVE
from chungtay_reports.edition import Edition
from chungtay_reports.errors import Problem, Severity
from chungtay_reports.figures.promises import run_tests
from chungtay_reports.figures.tables import Tables, tabulate
from chungtay_reports.preview.archived import Archived, read_archive
from chungtay_reports.preview.stage import confession
from chungtay_reports.settings import Settings
from chungtay_reports.standing import Marking, marked
from chungtay_reports.workspace.bulletin import Bulletin
from chungtay_reports.workspace.library import Library

BULLETINS = "content/bulletins/"
# Problems of these files concern the reports alone.
REPORT_FILES = ("content/reports/", "content/narratives/", "content/offices.yaml")
# Sheets about one edition each, named like it.
SHEETS = ("content/approvals/", "content/notices/")


@dataclass(frozen=True, slots=True)
class Desk:
    """An edition in the making: `edition` is as its files say now, or None with the reasons in `problems`.

    `good` is the last that was whole; it may be older than its files. `fault` tells of a mistake in the program.
    """

    slug: str
    file: str
    bulletin: Bulletin | None
    edition: Edition | None
    good: Edition | None
    problems: tuple[Problem, ...]
    fault: str = ""

    @property
    def old(self) -> bool:
        """Say whether what can be shown is not what the files say now."""
        return self.edition is None


@dataclass(frozen=True, slots=True)
class State:
    """Everything that the preview knows; `library` is the last one that could be read, `fault` a mistake of ours."""

    library: Library | None = None
    tables: Tables | None = None
    settings: Settings | None = None
    problems: tuple[Problem, ...] = ()
    desks: Mapping[str, Desk] = field(default_factory=dict)
    fault: str = ""
    archived: Archived = field(default_factory=Archived)

    @property
    def everything(self) -> tuple[Problem, ...]:
        """Return the problems of the workspace and of all editions, each once, sorted."""
        of_desks = (problem for desk in self.desks.values() for problem in desk.problems)
        return tuple(sorted({*self.problems, *of_desks}))


class Workshop:
    """The state from one save to the next; `today` is asked at each reading."""

    def __init__(self, root: Path, today: Callable[[], date]) -> None:
        self._root, self._today = root, today
        self._keys: dict[str, object] = {}
        self._generation = 0  # of all that bulletins share
        self.state = State()

    def renew(self, changed: Iterable[str] | None = None) -> State:
        """Read what changed (None: everything) and compose what it touches; a mistake of ours becomes a `fault`."""
        try:
            self.state = self._renewed(None if changed is None else frozenset(changed))
        except Exception as error:  # noqa: BLE001 - the preview goes on whatever happens in a rebuild
            self._keys.clear()
            self.state = replace(self.state, fault=confession(error))
        return self.state

    def _renewed(self, changed: frozenset[str] | None) -> State:
        old = self.state
        if changed is not None and old.library is not None and not old.fault:
            archived = old.archived
            if any(path.startswith(ARCHIVE) for path in changed):
                archived = read_archive(self._root, old.library.settings)
            if all(path.startswith((*check.NEWSROOM, ARCHIVE)) for path in changed):
                pictures = any(path.startswith("content/media/") for path in changed)
                return self._with_newsroom(old.library, archived, pictures=pictures)
        library, problems = check.load(self._root, self._today())
        self._generation += 1
        if library is None:
            lost = {slug: replace(desk, edition=None, problems=(), fault="") for slug, desk in old.desks.items()}
            return replace(old, problems=problems, desks=lost, fault="")
        tables = tabulate(library.entries, library.registry)
        archived = read_archive(self._root, library.settings)
        return self._composed(State(library, tables, library.settings, problems, archived=archived))

    def _with_newsroom(self, library: Library, archived: Archived, *, pictures: bool) -> State:
        renewed, problems = check.reload_newsroom(self._root, library, self.state.problems, self._today())
        if pictures or any(getattr(renewed, name) != getattr(library, name) for name in ("people", "quotes", "media")):
            self._generation += 1
        return self._composed(State(renewed, self.state.tables, renewed.settings, problems, archived=archived))

    def _composed(self, state: State) -> State:
        """Compose every bulletin whose text or surroundings changed, and keep the others as they are."""
        assert state.library is not None  # noqa: S101 - both callers have read one
        assert state.tables is not None  # noqa: S101
        shared = _errors(problem for problem in state.problems if is_shared(problem))
        desks = {}
        for slug, file in _bulletin_files(state.library, state.problems).items():
            files = (file, *(f"{folder}{slug}.yaml" for folder in SHEETS))
            own = tuple(problem for problem in state.problems if problem.place.file in files)
            bulletin = state.library.bulletins.get(slug)
            before = self.state.desks.get(slug)
            desk = Desk(slug, file, bulletin, None, before.good if before else None, own)
            if bulletin is not None and not shared:
                desk = self._one(desk, bulletin, before, state)
            desks[slug] = desk
        return replace(state, desks=desks)

    def _one(self, desk: Desk, bulletin: Bulletin, before: Desk | None, state: State) -> Desk:
        library, tables = state.library, state.tables
        assert library is not None  # noqa: S101 - the one caller has looked
        assert tables is not None  # noqa: S101
        digest = state.archived.digests.get(desk.slug)
        sheets = library.approvals.get(desk.slug), library.notices.get(desk.slug), digest
        text = bulletin.front, bulletin.body, bulletin.body_line
        key = (self._generation, text, sheets, desk.problems, _headlines(library))
        if before and not before.fault and self._keys.get(desk.slug) == key:
            return before
        self._keys[desk.slug] = key
        try:
            tests = run_tests(library.metrics, tables, bulletin.period, bulletin.front.as_of)
            composition = compose.compose(bulletin, library, tables, self._root)
        except Exception as error:  # noqa: BLE001 - one edition's trouble hides no other
            self._keys.pop(desk.slug)
            return replace(desk, fault=confession(error))
        problems = tuple(sorted({*desk.problems, *tests, *composition.problems}))
        edition = None if _errors(problems) else composition.edition
        if edition is not None:
            borne = marked(edition, library, Marking(published=state.archived.digests))
            assert isinstance(borne, Edition)  # noqa: S101 - a marked edition is one
            edition = borne
        return replace(desk, edition=edition, good=edition or desk.good, problems=problems)


def _errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def is_shared(problem: Problem) -> bool:
    """Tell whether a problem concerns all editions, because what they stand on may be wrong."""
    return not problem.place.file.startswith((BULLETINS, *SHEETS, *REPORT_FILES))


def _bulletin_files(library: Library, problems: tuple[Problem, ...]) -> dict[str, str]:
    """List the bulletins by name, with those that cannot be read."""
    broken = {problem.place.file for problem in problems if problem.place.file.startswith(BULLETINS)}
    files = {PurePosixPath(file).stem: file for file in broken if file.endswith(".md")}
    files |= {slug: bulletin.file for slug, bulletin in library.bulletins.items()}
    return dict(sorted(files.items()))


def _headlines(library: Library) -> tuple[object, ...]:
    """Give what one bulletin shows of the others."""
    return tuple((slug, one.front.title, one.front.issued) for slug, one in sorted(library.bulletins.items()))
