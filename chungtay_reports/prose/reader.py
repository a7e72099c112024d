"""Prose: Markdown with placeholders in, blocks whose every number is in the ledger out, or every reason why not.

`read_prose` reads the body of a bulletin, `read_line` a headline, a sapo or a caption. Nothing is evaluated: see
`calls`, `markdown`, `placeholders`; numbers that are typed are refused by `numberlint`, claims by `unproven`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from chungtay_reports.edition import Block, Heading, Inline, Inlines, ItemList, Paragraph, Photo, Text, Told
from chungtay_reports.errors import Place, Problem
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.desk import Desk
from chungtay_reports.prose.allow import allowed
from chungtay_reports.prose.calls import Call, mark_calls
from chungtay_reports.prose.counted import miscounted
from chungtay_reports.prose.inlines import set_inlines
from chungtay_reports.prose.lines import Line, line, plain_line
from chungtay_reports.prose.manuscript import Manuscript, manuscript
from chungtay_reports.prose.markdown import RawBlock, RawCall, RawInline, RawText, read_blocks, read_inlines
from chungtay_reports.prose.nearest import Candidate, advise
from chungtay_reports.prose.number_lint import LintRules, lint, stray_digit
from chungtay_reports.prose.placeholders import PLACEHOLDERS, Bound, Scene, write
from chungtay_reports.prose.placeholders.reporting import coverage_sentence
from chungtay_reports.prose.unproven import unproven
from chungtay_reports.prose.voice import body_voice, headline_voice, line_voice, plain, sapo_voice
from chungtay_reports.settings import AllowedNumber, Settings
from chungtay_reports.vietnamese import fold

__all__ = ["read_line", "read_prose", "says_coverage", "with_coverage"]

Role = Literal["", "tít", "sapo"]


def read_prose(
    text: str, file: str, first_line: int, desk: Desk, *, allow: Iterable[AllowedNumber] = ()
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Read the body of a bulletin whose first line is line `first_line` of `file`.

    `allow` are the numbers that the bulletin itself allows. All problems are reported, sorted by place; blocks are
    complete only when none of them is an error.
    """
    laid = desk.remember(
        ("prose", text, file, first_line), lambda: _laid_out(text, Place(file, first_line, 1), desk.library.settings)
    )
    reader = _Reader(desk, laid.source, lint_rules(desk, allow), list(laid.problems))
    blocks = tuple(block for part, lines in laid.blocks for block in reader.block(part, lines))
    return blocks, tuple(sorted(reader.problems))


def read_line(
    text: str,
    place: Place,
    desk: Desk,
    *,
    role: Role = "",
    allow: Iterable[AllowedNumber] = (),
    spots: Sequence[tuple[int, int]] = (),
) -> tuple[Inlines, tuple[Problem, ...]]:
    """Read a line of inlines whose first character stands at `place`; a headline and a sapo are also judged by voice.

    `spots` (see `yamlspots`) says where each of its characters stands when the file folds, quotes or escapes it.
    """
    source = manuscript(text, place, spots)
    marked = mark_calls(source)
    raw, problems = read_inlines(source, marked)
    reader = _Reader(desk, source, lint_rules(desk, allow), [*marked.problems, *problems])
    visible = line(raw, source)
    inlines = reader.inlines(raw, visible)
    movement = desk.library.settings.movement
    reader.problems.extend(line_voice(visible, movement.name, movement.variants))
    if role == "tít":
        reader.problems.extend(headline_voice(inlines, place))
    elif role == "sapo":
        reader.problems.extend(sapo_voice(inlines, place))
    return inlines, tuple(sorted(reader.problems))


def says_coverage(*texts: str) -> bool:
    """Tell whether any of the texts says by `bao_phu` who has reported."""
    marked = (mark_calls(manuscript(text, Place(""))) for text in texts)
    return any(call.name == "bao_phu" for one in marked for call in one.calls.values())


def with_coverage(blocks: tuple[Block, ...], desk: Desk) -> tuple[Block, ...]:
    """Let the first paragraph say who has reported; unchanged when everybody has, or when there is no paragraph."""
    at = next((index for index, block in enumerate(blocks) if isinstance(block, Paragraph)), None)
    if desk.coverage.complete or at is None:
        return blocks
    first = blocks[at]
    assert isinstance(first, Paragraph)  # noqa: S101 - found as one above; tells mypy
    with desk.location("đoạn 1"):
        sentence = coverage_sentence(Scene(desk))
    return (*blocks[:at], Paragraph((*first.inlines, Text(" "), *sentence)), *blocks[at + 1 :])


def lint_rules(desk: Desk, allow: Iterable[AllowedNumber] = ()) -> LintRules:
    """Make the rules of the number lint for an edition: what may stand, which names there are, what to advise."""
    entries = tuple(allow)
    return desk.remember(("rules", *(entry.text for entry in entries)), lambda: _rules(desk, entries))


def _rules(desk: Desk, allow: Iterable[AllowedNumber]) -> LintRules:
    library = desk.library
    movement = library.settings.movement
    people = {fold(person.name) for person in library.people.values()}

    @cache
    def is_name(words: str) -> bool:
        return fold(words) in people or bool(library.registry.find(words, desk.period.end))

    @cache
    def candidates() -> tuple[Candidate, ...]:
        return tuple(_candidates(desk))

    return LintRules(
        allowed=allowed(
            library.settings.allow_numbers,
            allow,
            phrases=(movement.name, f"giai đoạn {movement.stage}", *movement.variants),
        ),
        is_name=is_name,
        advise=lambda found, before, after: advise(found, before, after, candidates()),
        nouns=frozenset(metric.unit for metric in library.metrics.values()),
    )


def _candidates(desk: Desk) -> Iterator[Candidate]:
    """List what the metrics say in this period, in all forms in which a value may have been typed."""
    for name, metric in sorted(desk.library.metrics.items()):
        try:
            figure = desk.figure(name)
        except Refused:
            continue
        if figure.op == "ratio":
            yield Candidate(name, "ty_le", figure.value, "")
            yield Candidate(name, "ti_so", figure.value, "")
        else:
            yield Candidate(name, "so", figure.value, metric.unit, metric.label)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A text as it reads before anything is asked of the desk: its blocks, each with the lines that are linted."""

    source: Manuscript
    blocks: tuple[tuple[RawBlock, tuple[Line, ...]], ...]  # a block that one placeholder makes has no lines
    problems: tuple[Problem, ...]


def _laid_out(text: str, start: Place, settings: Settings) -> _Laid:
    source = manuscript(text, start)
    marked = mark_calls(source)
    raw, problems = read_blocks(source, marked)
    blocks = tuple((block, _lines(block, source)) for block in raw)
    paragraphs = [lines[0] for block, lines in blocks if block.kind == "p" and lines]
    voice = body_voice(paragraphs, settings.movement.name, settings.movement.variants)
    return _Laid(source, blocks, (*marked.problems, *problems, *voice))


def _lines(block: RawBlock, source: Manuscript) -> tuple[Line, ...]:
    call = _only_call(block)
    if call is not None and (found := PLACEHOLDERS.get(call.name)) and found.block:
        return ()
    return tuple(line(one, source) for one in block.lines)


@dataclass(slots=True)
class _Reader:
    """Reads one text from top to bottom, and collects problems."""

    desk: Desk
    source: Manuscript
    rules: LintRules
    problems: list[Problem]
    scene: Scene = field(init=False)
    count: int = 0

    def __post_init__(self) -> None:
        self.scene = Scene(self.desk)

    def block(self, raw: RawBlock, visible: tuple[Line, ...]) -> Iterator[Block]:
        if raw.kind in {"h2", "h3"}:
            with self.desk.location("tít xen"):
                inlines = self.inlines(raw.lines[0], visible[0])
            if inlines:
                yield Heading(int(raw.kind[1]), inlines)
            return
        call = _only_call(raw)
        if call is not None and not visible:
            yield from self._whole_block(call)
            return
        self.count += 1
        with self.desk.location(f"đoạn {self.count}"):
            lines = tuple(self._line(raw, index, one) for index, one in enumerate(visible))
        if raw.kind in {"ul", "ol"}:
            items = tuple(item for item in lines if item)
            if items:
                yield ItemList(items, ordered=raw.kind == "ol")
        elif lines[0]:
            yield Paragraph(lines[0])

    def _line(self, raw: RawBlock, index: int, visible: Line) -> Inlines:
        if raw.kind == "p":
            return self.inlines(raw.lines[index], visible)
        with self.desk.location(f"mục {index + 1}"):
            return self.inlines(raw.lines[index], visible)

    def inlines(self, raw: tuple[RawInline, ...], visible: Line) -> Inlines:
        """Lint a line, write its placeholders, and set it."""
        typed = tuple(lint(visible, self.rules))
        claims = unproven(visible, self.rules.allowed)
        self.problems.extend((*typed, *claims, *miscounted(visible, self.desk.library.metrics)))
        inlines = set_inlines(raw, self._say)
        if not typed and (stray := stray_digit(visible.text, self.rules)):
            raise AssertionError(f"the number lint let {stray!r} pass in {visible.text!r}")
        return inlines

    def _say(self, call: Call, capital: bool) -> Inlines:  # noqa: FBT001 - the one caller is set_inlines
        self.scene.capital = capital
        written, bound, problems = write(call, self.scene, self.source)
        self.problems.extend(problems)
        self._lint_arguments(call, bound)
        return tuple(_signed(piece, call.name) for piece in written) if isinstance(written, tuple) else ()

    def _whole_block(self, call: Call) -> Iterator[Block]:
        self.scene.capital = True
        written, bound, problems = write(call, self.scene, self.source, alone=True)
        self.problems.extend(problems)
        self._lint_arguments(call, bound)
        if isinstance(written, Photo):
            self._lint_photo(call, written)
        if isinstance(written, Block):
            yield written

    def _lint_arguments(self, call: Call, bound: Bound | None) -> None:
        """Words inside a placeholder that reach the page obey the lint too, at their own place."""
        if bound is None:
            return
        for parameter in PLACEHOLDERS[call.name].parameters:
            if parameter.kind == "prose" and parameter.name in bound.spots and bound.text(parameter.name):
                words = plain_line(self.source, bound.spots[parameter.name] + 1, bound.text(parameter.name))
                self.problems.extend((*lint(words, self.rules), *unproven(words, self.rules.allowed)))

    def _lint_photo(self, call: Call, photo: Photo) -> None:
        """A caption kept in content/media has no place here: its numbers are reported where the photo is placed.

        The alt text tells what is seen (“hai cô giáo”), which no record counts.
        """
        here, text = self.source.place(call.start), plain(photo.caption)
        words = plain_line(manuscript(text, here), 0, text)
        self.problems.extend(
            replace(problem, place=here, message=f"Chú thích của ảnh “{photo.asset}”: {problem.message}")
            for problem in lint(words, self.rules)
        )


def _signed(piece: Inline, by: str) -> Inline:
    """Note in a text which placeholder wrote it."""
    return Told(piece.text, by) if isinstance(piece, Text) else piece


def _only_call(raw: RawBlock) -> Call | None:
    """Give the placeholder that a paragraph consists of, if it is just that."""
    if raw.kind != "p":
        return None
    pieces = [piece for piece in raw.lines[0] if not (isinstance(piece, RawText) and not piece.text.strip())]
    return pieces[0].call if len(pieces) == 1 and isinstance(pieces[0], RawCall) else None
