"""The new side's text in print with every change marked: the old struck through, the new underlined, the cause beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from difflib import SequenceMatcher
from pathlib import Path

from chungtay_reports import __version__, theme
from chungtay_reports.comparing.comparison import Comparison
from chungtay_reports.comparing.wording import paragraph, sentence
from chungtay_reports.edition import Edition
from chungtay_reports.errors import ContentError
from chungtay_reports.figures.ledger import plain
from chungtay_reports.fingerprint import TextLine
from chungtay_reports.official.paper import Paper
from chungtay_reports.press import Imprint, Press, PrintJob
from chungtay_reports.press.job import Fetched
from chungtay_reports.settings import Settings
from chungtay_reports.standing.sheet import as_of

TEMPLATE, STYLE = "difference/marked.html.j2", "difference/marked.css"
SAME, OLD, NEW = "", "del", "ins"
_WORDS = re.compile(r"\s+|[^\s]+")
_SECTION = re.compile(r"mục “(.*)”")
CELL = " | "
ALIKE = 0.5  # lines that share fewer words are not versions of each other
# Lines about the edition and not of it: a comparison says in its head what is compared.
ASIDE = frozenset({"thời điểm", "từ khóa", "số, ký hiệu", "địa danh, ngày"})
_ORDINAL = re.compile(r"^\d+ \| ")
HANOI = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `mark` is empty, del or ins."""

    text: str
    mark: str = SAME


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of the page: `role` is title, lead, heading, row or text; cells of a row, else one; notes on its changes."""

    role: str
    cells: tuple[tuple[Piece, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return any(piece.mark for cell in self.cells for piece in cell)


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that stand together: the head and the rows of a table, or a single line."""

    line: Marked
    rows: tuple[Marked, ...] | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        lines = (self.line, *(self.rows or ()))
        return tuple(dict.fromkeys(note for line in lines for note in line.notes))


def marked_pdf(found: Comparison, settings: Settings, overrides: Path | None = None) -> bytes:
    """Set the marked text; ContentError when one side has no text to mark (its author's words do not hold that day)."""
    work = found.new.work
    if work is None or found.old.work is None:
        raise ContentError(found.new.problems or found.old.problems)
    title = work.title if isinstance(work, Paper) else plain(work.headline)
    html = theme.fill(
        TEMPLATE,
        overrides,
        title=f"So sánh: {title}",
        masthead=settings.publishing.masthead,
        organisation=settings.organisation.name,
        old=found.old.words,
        new=found.new.words,
        summary=paragraph(found).replace(" trong bảng dưới đây", " được đánh dấu trong bài"),
        parts=tuple(_parts(marked_lines(found))),
    )
    with Press() as press:
        return press.typeset(
            PrintJob(
                name=f"so-sanh-{found.new.key.replace('/', '-')}",
                html=html,
                imprint=_imprint(title, work, settings),
                assets={STYLE: Fetched("text/css", theme.asset(STYLE, overrides))},
            )
        )


def marked_lines(found: Comparison) -> tuple[Marked, ...]:
    """Lay both texts over each other: lines with the same words compare number by number, others word by word."""
    old, new = ([line for line in side.lines if line.where not in ASIDE] for side in (found.old, found.new))
    told = {line.new.id: f"{sentence(line, apart=found.apart)}." for line in found.changed if line.new}
    matcher = SequenceMatcher(None, [*map(_key, old)], [*map(_key, new)], autojunk=False)
    lines: list[Marked] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        pairs = zip(old[a:b], new[c:d], strict=True) if kind == "equal" else _likely(old[a:b], new[c:d])
        lines += [_marked(before, after, told) for before, after in pairs]
    return tuple(lines)


def _key(line: TextLine) -> str:
    """Say by what a line is known again: its words, without the number of a row in a list."""
    return _ORDINAL.sub("", line.words)


def _likely(old: Sequence[TextLine], new: Sequence[TextLine]) -> Iterator[tuple[TextLine | None, TextLine | None]]:
    """Pair lines that have most of their words in common, in order; what is left stands on one side alone."""
    waiting = list(new)
    for before in old:
        close = (n for n, after in enumerate(waiting) if _alike(before, after))
        found = next(close, None)
        if found is None:
            yield before, None
        else:
            yield from ((None, line) for line in waiting[:found])
            yield before, waiting[found]
            del waiting[: found + 1]
    yield from ((None, line) for line in waiting)


def _alike(one: TextLine, other: TextLine) -> bool:
    words = (one.words.split(), other.words.split())
    return SequenceMatcher(None, *words, autojunk=False).ratio() >= ALIKE


def _marked(before: TextLine | None, after: TextLine | None, told: Mapping[str, str]) -> Marked:
    line = after or before
    if line is None:
        raise ValueError("a line on neither side")
    if before is None or after is None:
        pieces: tuple[Piece, ...] = (Piece(line.text, NEW if after else OLD),)
    elif before.words == after.words:
        pieces = tuple(_numbers(before, after))
    elif _key(before) == _key(after) and not after.marks:
        pieces = (Piece(after.text),)  # a row that moved up or down in its list
    else:
        pieces = tuple(_words(before.text, after.text))
    figures = dict.fromkeys(mark.figure for mark in after.marks) if after else {}
    changed = any(piece.mark for piece in pieces)
    notes = tuple(told[id_] for id_ in figures if id_ in told) if changed else ()
    cells = _cells(pieces) if CELL in line.text else (pieces,)
    return Marked(_role(line, cells), cells, tuple(dict.fromkeys(notes)))


def _numbers(before: TextLine, after: TextLine) -> Iterator[Piece]:
    at = 0
    for old, new in zip(before.marks, after.marks, strict=True):
        was, now = before.text[old.start : old.end], after.text[new.start : new.end]
        if was != now:
            yield Piece(after.text[at : new.start])
            yield Piece(was, OLD)
            yield Piece(now, NEW)
            at = new.end
    yield Piece(after.text[at:])


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("".join(new[c:d]))
            continue
        for text, mark in (("".join(old[a:b]), OLD), ("".join(new[c:d]), NEW)):
            if text:
                yield Piece(text, mark)


def _cells(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], ...]:
    cells: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *more = piece.text.split(CELL)
        cells[-1].append(Piece(first, piece.mark))
        cells.extend([Piece(text, piece.mark)] for text in more)
    return tuple(tuple(piece for piece in cell if piece.text) for cell in cells)


_ROLES = {"tít": "title", "trích yếu": "title", "sapo": "lead", "tít xen": "heading"}


def _role(line: TextLine, cells: Sequence[object]) -> str:
    if len(cells) > 1:
        return "row"
    section = _SECTION.fullmatch(line.where)
    if section and section[1] == line.text:
        return "heading"
    return _ROLES.get(line.where.rpartition(", ")[2], "text")


def _parts(lines: Sequence[Marked]) -> Iterator[Part]:
    """Gather rows of one width into tables."""
    rows: list[Marked] = []
    for line in lines:
        if rows and (line.role != "row" or len(line.cells) != len(rows[0].cells)):
            yield Part(rows[0], tuple(rows[1:]))
            rows = []
        if line.role == "row":
            rows.append(line)
        else:
            yield Part(line)
    if rows:
        yield Part(rows[0], tuple(rows[1:]))


def _imprint(title: str, work: Edition | Paper, settings: Settings) -> Imprint:
    day = as_of(work)
    return Imprint(
        title=f"So sánh: {title}",
        author=settings.organisation.name,
        subject="Chỗ khác giữa hai bản, kèm nguyên nhân",
        keywords=("so sánh",),
        issued=datetime.combine(day, time(12), HANOI),
        generator=f"Chung tay Reports {__version__}",
    )
