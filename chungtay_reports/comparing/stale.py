"""Which published editions no longer say what the records say: figure by figure, sentence by sentence, with the cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from chungtay_reports import pipeline
from chungtay_reports.archive import ARCHIVE
from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import Publication, State, identified
from chungtay_reports.archive.sentences import archived_lines, sentence_at
from chungtay_reports.comparing.sides import NoSourcesError, unpacked
from chungtay_reports.difference import Difference, World, differences
from chungtay_reports.difference.causes import answer
from chungtay_reports.edition import Ledger, LedgerRow
from chungtay_reports.errors import ContentError, Problem
from chungtay_reports.figures.ledger_reader import read_json
from chungtay_reports.figures.tables import Tables, tabulate
from chungtay_reports.fingerprint import TextLine
from chungtay_reports.model import Figure
from chungtay_reports.standing.rules import edited
from chungtay_reports.workspace.history import eventful
from chungtay_reports.workspace.library import Entry, Library


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence as it was published, and where."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A published figure that the records no longer give; `new` is None when they give none at all any more."""

    row: LedgerRow
    new: int | Fraction | None
    difference: Difference
    sentences: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One published edition: how many figures it prints, which of them are wrong, and what today's books would say."""

    publication: Publication
    printed: int
    stale: tuple[Stale, ...]
    update: tuple[Stale, ...] = ()  # what an update to today would change; asked for only with `now`
    problems: tuple[Problem, ...] = ()  # of its sheet of approvals


def standings(root: Path, today: date, *, now: bool = False) -> tuple[Standing, ...]:
    """Compute every published figure again from the records as they stand, by the key of the edition.

    An edition speaks of its own day, so what came into the books later makes it no less true; but what has been
    corrected, removed or defined anew since then does. With `now` also what an update to today would bring.
    """
    store = Store.find(root / ARCHIVE)
    if store is None:
        return ()
    library = pipeline.load(root, today)
    told = tuple(_as_told_today(library.entries))
    present = replace(library, entries=told), tabulate(told, library.registry)
    found = []
    for id_, publication in identified(store):
        if publication.state is State.WITHDRAWN or "figures" not in publication.files:
            continue
        figures = store.read(id_, publication.files["figures"], publication.number)
        lines = archived_lines(store, id_, publication) if "loi-van" in publication.files else ()
        case = _Case(root, today, publication, library, read_json(figures.decode("utf-8")), lines)
        stale = case.stale(*present)
        update = case.update() if now else ()
        found.append(Standing(publication, len(case.rows), stale, update, tuple(edited(publication.key, library))))
    return tuple(found)


def _as_told_today(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Give the records with all that is known about them by now, as if it had been known from the first day on."""
    for entry in entries:
        record = entry.record
        if record.removed is None:
            told = record.model_copy(update={"corrections": []}) if eventful(record) else record
            yield entry if told is record else replace(entry, record=told)


@dataclass(frozen=True, slots=True)
class _Case:
    """One published version held against the present books."""

    root: Path
    today: date
    publication: Publication
    library: Library
    ledger: Ledger
    lines: tuple[TextLine, ...]

    @property
    def rows(self) -> tuple[LedgerRow, ...]:
        return tuple(row for row in self.ledger.rows if row.prints)

    def stale(self, library: Library, tables: Tables) -> tuple[Stale, ...]:
        """List what is wrong. Only then are the archived sources read, to tell the causes."""
        wrong = []
        for row in self.rows:
            found = answer(row.figure, tables, library.metrics)
            if found is None or found.value != row.figure.value:
                wrong.append((row, found.value if found else None))
        if not wrong:
            return ()
        new = self._world(library)
        return self._told([row for row, _ in wrong], [row.figure for row, _ in wrong], self._published(), new)

    def update(self) -> tuple[Stale, ...]:
        """List what would be printed otherwise as of today."""
        day = max(self.today, self.ledger.as_of)
        world = replace(self._world(self.library), as_of=day)
        asked = [_as_of(row.figure, day) for row in self.rows]
        told = self._told(self.rows, asked, self._world(self.library), world)
        return tuple(one for one in told if one.new != one.row.figure.value)

    def _told(self, rows: Sequence[LedgerRow], asked: Sequence[Figure], old: World, new: World) -> tuple[Stale, ...]:
        pairs = [(row.figure, figure) for row, figure in zip(rows, asked, strict=True)]
        found = differences(old, new, pairs)
        return tuple(
            Stale(row, one.new, one, tuple(_sentences(row, self.lines))) for row, one in zip(rows, found, strict=True)
        )

    def _world(self, library: Library) -> World:
        return World(library.entries, library.registry, library.metrics, self.ledger.period, self.ledger.as_of)

    def _published(self) -> World:
        """Read the books as they were published with the edition; without them, as the present ones remember that day."""
        try:
            with unpacked(self.root, self.publication) as folder:
                library = pipeline.read(folder, self.today)
                return self._world(replace(library, entries=tuple(library.entries)))
        except (NoSourcesError, ContentError):
            return self._world(self.library)


def _as_of(figure: Figure, day: date) -> Figure:
    operands = tuple(_as_of(operand, day) for operand in figure.operands)
    return replace(figure, query=replace(figure.query, as_of=day), operands=operands)


def _sentences(row: LedgerRow, lines: Sequence[TextLine]) -> Iterator[Quoted]:
    """Quote each sentence in which the figure stands; a chart's numbers stand in its place alone."""
    quoted = dict.fromkeys(
        (line.where, sentence_at(line.text, mark.start))
        for line in lines
        for mark in line.marks
        if mark.figure == row.id
    )
    places = {where for where, _ in quoted}
    yield from (Quoted(where, text) for where, text in quoted)
    charts = dict.fromkeys(one.where for one in row.prints if one.where.partition(",")[0] not in places)
    yield from (Quoted(where, "") for where in charts if where.startswith("biểu đồ"))
