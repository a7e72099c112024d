"""All pages of a moment by address: the desk, every edition, sources, what codes mean, the preview's own files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from chungtay_reports.errors import ContentError, Problem, Severity
from chungtay_reports.preview.assets import assets
from chungtay_reports.preview.desk_page import desk_page
from chungtay_reports.preview.edition_pages import EDITIONS, FAULTY, REVIEWS, edition_pages
from chungtay_reports.preview.editor import Editor
from chungtay_reports.preview.findings import Sources, read_sources
from chungtay_reports.preview.lookups import lookups
from chungtay_reports.preview.notices import Notice, notice_page
from chungtay_reports.preview.papers import Papers
from chungtay_reports.preview.printing import Printer
from chungtay_reports.preview.room import Room
from chungtay_reports.preview.stage import Page, confession, marked
from chungtay_reports.preview.workshop import Desk, State, is_shared
from chungtay_reports.workspace.ground import SETTINGS

BEFORE = "/ban-truoc/"  # where the last good pages of an edition stand while it cannot be set
UNSET = "Không trình bày được bản tin này"
MISTAKEN = "Mẫu trang trong templates/ đang có lỗi; bên dưới là bản của lần trước, nếu có."


class Gallery:
    """Makes the pages of one state after another; pages of an edition that did not change are kept."""

    def __init__(self, root: Path, editor: Editor, printer: Printer, turn: threading.RLock) -> None:
        self._root, self._editor = root, editor
        self._printer, self._turn = printer, turn
        self._kept: dict[str, tuple[Desk, Room, dict[str, Page]]] = {}
        self._last: dict[str, dict[str, Page]] = {}
        self._papers = Papers()
        self._mistakes: tuple[Problem, ...] = ()  # of templates

    def forget(self) -> None:
        """Make all pages anew next time: a template has changed."""
        self._kept.clear()
        self._papers.forget()

    def pages(self, state: State) -> dict[str, Page]:
        """Make every page of a state."""
        overrides = self._root / "templates" if (self._root / "templates").is_dir() else None
        sources = self._sources(state)
        shared = sources.findings(p for p in state.problems if p.severity is Severity.ERROR and is_shared(p))
        room = Room(state, overrides, sources, shared, self._printer, self._turn)
        found = assets(overrides) | self._papers.pages(room)
        mistakes: list[Problem] = []
        for desk in state.desks.values():
            found |= self._of(desk, room, mistakes)
        self._mistakes = tuple(mistakes)
        return found | self.desk(state, sources)

    def desk(self, state: State, sources: Sources | None = None) -> dict[str, Page]:
        """Make the desk, and the pages that it leads to when one looks for a problem."""
        further = (*self._mistakes, *self._papers.problems)
        whole = replace(state, problems=tuple(sorted({*state.problems, *further})))
        sources = sources or self._sources(whole)
        return lookups(whole.everything, sources) | {"/": marked(desk_page(whole, sources))}

    def look(self, state: State, hurried: Callable[[], bool]) -> dict[str, Page]:
        """Write the reports that show what is wrong with reports; returns the pages that are other ones now."""
        try:
            news = state.library is not None and self._papers.look(state.library, hurried)
        except Exception:  # noqa: BLE001 - whoever opens the report is told
            return {}
        return self.desk(state) if news else {}

    def _sources(self, state: State) -> Sources:
        templates = (path.relative_to(self._root).as_posix() for path in (self._root / "templates").rglob("*.j2"))
        return Sources(read_sources(self._root, (*_files(state), *templates)), self._editor)

    def _of(self, desk: Desk, room: Room, mistakes: list[Problem]) -> dict[str, Page]:
        kept = self._kept.get(desk.slug)
        if kept is not None and kept[0] is desk and _same(kept[1], room):
            return kept[2]
        try:
            made = edition_pages(desk, room)
        except ContentError as error:  # a template of the workspace
            mistakes += error.problems
            return self._before(desk, Notice(UNSET, desk.slug, (MISTAKEN,), room.sources.findings(error.problems)))
        except Exception as error:  # noqa: BLE001 - one edition's trouble hides no other
            return self._before(desk, Notice(UNSET, desk.slug, (FAULTY,), fault=confession(error)))
        self._kept[desk.slug] = (desk, room, made)
        self._last[desk.slug] = made
        return made

    def _before(self, desk: Desk, notice: Notice) -> dict[str, Page]:
        """Say why an edition cannot be set, with the pages of the last time below."""
        own, before = f"{EDITIONS}{desk.slug}/", f"{BEFORE}{desk.slug}/"
        last = {
            path.replace(own, before, 1): page
            for path, page in self._last.get(desk.slug, {}).items()
            if path.startswith(own)
        }
        page = marked(notice_page(replace(notice, below=f"{before}index.html" if last else "")))
        return last | {f"{folder}{desk.slug}/index.html": page for folder in (EDITIONS, REVIEWS)}


def _same(old: Room, new: Room) -> bool:
    return (old.settings, old.overrides, old.shared) == (new.settings, new.overrides, new.shared)


def _files(state: State) -> Iterator[str]:
    """List the files that can be looked at: of problems, of editions, and of the records that prove them."""
    yield SETTINGS
    if state.library is not None:
        yield from (report.file for report in state.library.reports.values())
    yield from (problem.place.file for problem in state.everything)
    for desk in state.desks.values():
        yield desk.file
        if desk.good is not None:
            yield from {note.place.file for note in desk.good.ledger.records.values()}
            yield from {metric.place.file for metric in desk.good.ledger.metrics.values()}
