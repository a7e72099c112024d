"""Two texts laid over each other, line by line: what stays, what is struck out, what is put in, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from chungtay_reports.comparing.comparison import Comparison
from chungtay_reports.comparing.wording import note
from chungtay_reports.fingerprint import TextLine

SAME, OLD, NEW = "", "del", "ins"
_WORDS = re.compile(r"\s+|[^\s]+")
_SECTION = re.compile(r"mục “(.*)”")
CELL = " | "
ISLAND = 3  # words
ALIKE = 0.5  # lines that share fewer words are not versions of each other
# Lines about the edition and not of it: a comparison says in its head what is compared.
ASIDE = frozenset({"thời điểm", "từ khóa", "số, ký hiệu", "địa danh, ngày"})
_ORDINAL = re.compile(r"^\d+ \| ")


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


def marked_lines(found: Comparison) -> tuple[Marked, ...]:
    """Lay both texts over each other: lines with the same words compare number by number, others word by word."""
    old, new = ([line for line in side.lines if line.where not in ASIDE] for side in (found.old, found.new))
    told = {line.new.id: note(line, apart=found.apart) for line in found.changed if line.new}
    return laid_over(old, new, told)


def laid_over(old: Sequence[TextLine], new: Sequence[TextLine], told: Mapping[str, str]) -> tuple[Marked, ...]:
    """Lay lines over lines; `told` has for a figure of the new side what is to be noted beside it."""
    matcher = SequenceMatcher(None, [*map(_key, old)], [*map(_key, new)], autojunk=False)
    lines: list[Marked] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        pairs = zip(old[a:b], new[c:d], strict=True) if kind == "equal" else _likely(old[a:b], new[c:d])
        lines += [one for before, after in pairs for one in _marked(before, after, told)]
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
    """Rows of a table are of the same thing when their first words are, whatever their numbers."""
    texts = (one.words, other.words)
    if CELL in one.text and CELL in other.text:
        texts = (_key(one).partition(CELL)[0], _key(other).partition(CELL)[0])
    return SequenceMatcher(None, texts[0].split(), texts[1].split(), autojunk=False).ratio() >= ALIKE


def _marked(before: TextLine | None, after: TextLine | None, told: Mapping[str, str]) -> Iterator[Marked]:
    if before is not None and after is not None:
        cells = _laid_over(before, after)
        if cells is None:  # rows of tables that have not the same columns
            yield _line(before, _cells((Piece(before.text, OLD),)), {})
            yield _line(after, _cells((Piece(after.text, NEW),)), told)
        else:
            yield _line(after, cells, told)
    elif line := after or before:
        yield _line(line, _cells((Piece(line.text, NEW if after else OLD),)), told if after else {})


def _line(line: TextLine, cells: tuple[tuple[Piece, ...], ...], told: Mapping[str, str]) -> Marked:
    figures = dict.fromkeys(mark.figure for mark in line.marks)
    changed = any(piece.mark for cell in cells for piece in cell)
    notes = tuple(dict.fromkeys(told[id_] for id_ in figures if id_ in told)) if changed else ()
    return Marked(_role(line, cells), cells, notes)


def _laid_over(before: TextLine, after: TextLine) -> tuple[tuple[Piece, ...], ...] | None:
    if before.words == after.words:
        return _cells(tuple(_numbers(before, after)))
    if _key(before) == _key(after) and not after.marks:
        return _cells((Piece(after.text),))  # a row that moved up or down in its list
    old, new = before.text.split(CELL), after.text.split(CELL)
    if len(old) != len(new):
        return None
    return tuple(tuple(_words(*pair)) for pair in zip(old, new, strict=True))


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
    """Mark word by word; a few words that happen to stay between two changes are part of the change."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    was, now = "", ""
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, a, b, c, d) in enumerate(opcodes):
        inside = 0 < number < len(opcodes) - 1
        if kind == "equal" and not (inside and _few(new[c:d])):
            yield from _change(was, now)
            yield Piece("".join(new[c:d]))
            was, now = "", ""
        else:
            was, now = was + "".join(old[a:b]), now + "".join(new[c:d])
    yield from _change(was, now)


def _few(words: Sequence[str]) -> bool:
    return sum(not word.isspace() for word in words) < ISLAND


def _change(was: str, now: str) -> Iterator[Piece]:
    """Strike out and put in, with what both end in (a space) outside of the marks."""
    space = " " if was.endswith(" ") and now.endswith(" ") else ""
    for text, mark in ((was.removesuffix(space), OLD), (now.removesuffix(space), NEW), (space, SAME)):
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
