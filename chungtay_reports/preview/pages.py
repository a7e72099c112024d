"""All pages of a moment by address: the desk, every edition, sources, what codes mean, the preview's own files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from chungtay_reports import theme
from chungtay_reports.check import SETTINGS
from chungtay_reports.errors import Place, Problem, Severity, UsageError
from chungtay_reports.explain import explain
from chungtay_reports.preview.assets import assets
from chungtay_reports.preview.desk_page import desk_page
from chungtay_reports.preview.edition_pages import EDITIONS, FAULTY, edition_pages
from chungtay_reports.preview.editor import Editor
from chungtay_reports.preview.findings import Finding, Sources, read_sources
from chungtay_reports.preview.notices import Notice, notice_page
from chungtay_reports.preview.papers import Papers
from chungtay_reports.preview.printing import Printer
from chungtay_reports.preview.room import Room
from chungtay_reports.preview.server import POLICY
from chungtay_reports.preview.stage import HTML, Page, confession, digest_of, marked
from chungtay_reports.preview.workshop import Desk, State, is_shared


@dataclass(frozen=True, slots=True)
class SourceLine:
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class SourceView:
    """A file as it is; `lines` with problems are marked."""

    file: str
    editor: str
    findings: tuple[Finding, ...]
    lines: tuple[SourceLine, ...]


class Gallery:
    """Makes the pages of one state after another; pages of an edition that did not change are kept."""

    def __init__(self, root: Path, editor: Editor, printer: Printer, turn: threading.RLock) -> None:
        self._root, self._editor = root, editor
        self._printer, self._turn = printer, turn
        self._kept: dict[str, tuple[Desk, Room, dict[str, Page]]] = {}
        self._papers = Papers()

    def forget(self) -> None:
        """Make all pages anew next time: a template has changed."""
        self._kept.clear()
        self._papers.forget()

    def pages(self, state: State) -> dict[str, Page]:
        """Make every page of a state."""
        overrides = self._root / "templates" if (self._root / "templates").is_dir() else None
        sources = Sources(read_sources(self._root, _files(state)), self._editor)
        shared = sources.findings(p for p in state.problems if p.severity is Severity.ERROR and is_shared(p))
        room = Room(state, overrides, sources, shared, self._printer, self._turn)
        found = assets(overrides) | self._papers.pages(room)
        for desk in state.desks.values():
            found |= self._of(desk, room)
        for code in {problem.code for problem in state.everything}:
            found[f"/giai-thich/{code}"] = _code_page(code)
        found |= dict(_source_pages(state.everything, sources))
        found["/"] = marked(desk_page(state, sources, overrides))
        return found

    def _of(self, desk: Desk, room: Room) -> dict[str, Page]:
        kept = self._kept.get(desk.slug)
        if kept is not None and kept[0] is desk and _same(kept[1], room):
            return kept[2]
        try:
            made = edition_pages(desk, room)
        except Exception as error:  # noqa: BLE001 - a template of the workspace may be wrong in any way
            notice = Notice("Không trình bày được bản tin này", desk.slug, (FAULTY,), fault=confession(error))
            return {f"{EDITIONS}{desk.slug}/index.html": marked(notice_page(notice))}
        self._kept[desk.slug] = (desk, room, made)
        return made


def _same(old: Room, new: Room) -> bool:
    return (old.settings, old.overrides, old.shared) == (new.settings, new.overrides, new.shared)


def _files(state: State) -> Iterator[str]:
    """List the files that can be looked at: of problems, of editions, and of the records that prove them."""
    yield SETTINGS
    yield from (problem.place.file for problem in state.everything)
    for desk in state.desks.values():
        yield desk.file
        if desk.good is not None:
            yield from {note.place.file for note in desk.good.ledger.records.values()}
            yield from {metric.place.file for metric in desk.good.ledger.metrics.values()}


def _source_pages(problems: tuple[Problem, ...], sources: Sources) -> Iterator[tuple[str, Page]]:
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.place.file, []).append(problem)
    for file, text in sources.texts.items():
        own = by_file.get(file, [])
        digest = digest_of(text.encode(), repr(own).encode())
        yield f"/nguon/{file}", Page(HTML, partial(_source_page, file, text, own, sources, digest), digest)


def _source_page(file: str, text: str, problems: list[Problem], sources: Sources, digest: str) -> bytes:
    lines = {problem.place.line for problem in problems}
    view = SourceView(
        file,
        sources.editor.link(Place(file)),
        sources.findings(problems),
        tuple(SourceLine(line, at in lines) for at, line in enumerate(text.split("\n"), start=1)),
    )
    return theme.fill("preview/source.html.j2", None, source=view, policy=POLICY, mark=digest).encode()


def _code_page(code: str) -> Page:
    def make() -> bytes:
        try:
            explanation = explain(code)[0]
        except UsageError:
            explanation = None
        page_ = theme.fill("preview/code.html.j2", None, code=code, explanation=explanation, policy=POLICY, mark=code)
        return page_.encode()

    return Page(HTML, make, code)
