"""A report's specification, a unit and its records become an official paper, or every reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from chungtay_reports.edition import Block, Heading, Inlines, ItemList, Paragraph, Photo, Quotation, Table, Text
from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.figures.desk import Refused
from chungtay_reports.figures.tables import Tables
from chungtay_reports.official.annexes import annexes, present
from chungtay_reports.official.numbering import Numbering, annex_numerals
from chungtay_reports.official.outline import Outline, Section, TableRow, outline
from chungtay_reports.official.outline import Passage as OutlinePassage
from chungtay_reports.official.paper import Letterhead, OfficialTable, Paper, Signature
from chungtay_reports.official.scope import Scope, scope
from chungtay_reports.official.tables import figure_table, from_table
from chungtay_reports.prose.facts import fill
from chungtay_reports.prose.reader import read_line, read_prose
from chungtay_reports.prose.telling import SOURCE, Sentence, Teller
from chungtay_reports.prose.voice import plain
from chungtay_reports.source.yaml_spots import text_spots
from chungtay_reports.workspace.library import Library
from chungtay_reports.workspace.narrative import Narrative
from chungtay_reports.workspace.specification import Report

NO_PHOTO = Code("N130", "báo cáo hành chính không đặt ảnh trong lời; bỏ chỗ điền anh(…)")
END = "./."
TOP = 2  # the level of the headings that Roman numbers count
HALF = Fraction(1, 2)  # fewer than that is no merit
SEVERAL = "$don_vi_ban"


@dataclass(frozen=True, slots=True)
class Composed:
    """A paper, or every reason why there is none; warnings come with a paper too."""

    paper: Paper | None
    problems: tuple[Problem, ...]


def compose_report(
    report: Report, year: str, unit: str, library: Library, tables: Tables, *, as_of: date | None = None
) -> Composed:
    """Write the report of one unit for one school year from its records and its own words."""
    own = scope(report, year, unit, library, tables, as_of=as_of)
    if own is None:
        return Composed(None, ())
    return _Writer(own, library.narratives.get((year, unit))).paper()


@dataclass(slots=True)
class _Node:
    """A section that has something: what stands below its heading, and its subsections."""

    heading: str
    blocks: list[Block]
    below: list[_Node]


@dataclass(slots=True)
class _Writer:
    """One paper on its desk; `problems` grows with every part that is read."""

    scope: Scope
    narrative: Narrative | None
    problems: list[Problem] = field(default_factory=list)
    outline: Outline = field(init=False)
    facts: Mapping[str, str] = field(init=False)
    annexes: Mapping[str, str] = field(init=False)
    numerals: Mapping[str, str] = field(init=False)
    teller: Teller = field(init=False)
    count: int = 0  # tables so far

    def __post_init__(self) -> None:
        own, front = self.scope, self.scope.report.front
        self.outline = outline(front.outline)
        self.annexes = self._told_annexes()
        there = [name for name in present(self.outline, own, front.annexes) if self.annexes.get(name) != ""]
        self.numerals = dict(zip(there, annex_numerals(len(there)), strict=True)) if there else {}
        named = {
            f"phu_luc_{name.replace('-', '_')}": f"Phụ\u00a0lục\u00a0{numeral}".strip()
            for name, numeral in self.numerals.items()
        }
        self.facts = {**own.facts(), **named}
        seed = f"{own.report.slug}/{own.year}/{own.unit}"
        flags = {
            **own.flags(),
            "co_truong_ky": self._signed("truong_ky_ket") > 0,
            "ky_qua_nua": self._signed("ti_le_truong_ky_ket") >= HALF,
        }
        self.teller = Teller(own.desk, seed, self.facts, flags=flags, where=own.where, words=False)

    def _told_annexes(self) -> Mapping[str, str]:
        """Tell the annexes of sentences, by their names; empty is one of which the figures prove none."""
        own, rows = self.scope, self.outline.annexes
        teller = Teller(own.desk, "", own.facts(), flags=own.flags(), where=own.where, words=False)
        return {name: teller.paragraph(row.sentences, name) for name, row in rows.items() if row.sentences}

    def paper(self) -> Composed:
        own, front = self.scope, self.scope.report.front
        title = self._line(front.title, "trích yếu", "title")
        opening = self._line(front.opening, "câu dẫn", "opening")
        nodes = [node for section in self.outline.sections if (node := self._section(section))]
        closing = self._line(front.closing, "câu kết", "closing")
        body = (Paragraph(opening), *_numbered(nodes), Paragraph((*closing, Text(END))))
        made = annexes(self.outline, own, self.numerals, front.empty, self._annex)
        problems = tuple(sorted(set(self.problems)))
        if any(problem.severity is Severity.ERROR for problem in problems):
            return Composed(None, problems)
        paper = Paper(
            slug=own.report.slug,
            unit=own.unit,
            year=own.year,
            kind="bao-cao",
            type_name=front.type_name,
            title=plain(title),
            letterhead=self._letterhead(),
            addressees=tuple(front.to),
            bases=tuple(fill(text, self.facts) for text in front.bases),
            body=body,
            recipients=tuple(self._recipients()),
            signature=Signature(tuple(fill(line, self.facts) for line in own.office.signature), own.office.signer),
            annexes=made,
            ledger=own.desk.ledger(),
            dated=own.desk.as_of,
            illustration=own.library.settings.publishing.illustration,
        )
        return Composed(paper, problems)

    # ----------------------------------------------------------------- around the text

    def _letterhead(self) -> Letterhead:
        own, office = self.scope, self.scope.office
        return Letterhead(
            superior=tuple(fill(line, self.facts) for line in office.superior),
            office=tuple(fill(line, self.facts) for line in office.office),
            symbol=f"{own.report.front.symbol}-{fill(office.symbol, self.facts)}",
            place=fill(office.place, self.facts),
            month=own.desk.as_of.replace(day=1),
            name=self.facts["co_quan"],
        )

    def _recipients(self) -> Iterator[str]:
        """Fill the recipients; one line for each partner, none for a fact that is empty."""
        for line in self.scope.report.front.recipients:
            if SEVERAL in line:
                yield from (line.replace(SEVERAL, self._office(unit)) for unit in self.scope.partners)
            elif not any(f"${name}" in line and not value for name, value in self.facts.items()):
                yield fill(line, self.facts)

    def _office(self, unit: str) -> str:
        own = self.scope
        tier = own.library.registry.tier(unit).id
        row = next((row for row in own.library.offices if tier in row.tiers), None)
        return fill(row.name, {"don_vi": own.name(unit)}) if row else own.name(unit)

    def _signed(self, metric: str) -> int | Fraction:
        """Say how many or what share of schools have signed since the movement began; 0 where nobody can say."""
        own = self.scope
        start = own.library.settings.movement.start
        since = replace(own.desk.period, start=start, name="")
        try:
            return own.desk.figure(metric, own.where, since).value
        except Refused:
            return 0

    def _line(self, text: str, where: str, *path: str) -> Inlines:
        """Read a line of the front matter with the unit's facts in it."""
        report = self.scope.report
        filled = fill(text, self.facts)
        spots = text_spots(report.parsed, path, text) if filled == text else ()
        with self.scope.desk.location(where):
            inlines, problems = read_line(
                filled, report.place(*path), self.scope.desk, allow=report.front.allow_numbers, spots=spots
            )
        self.problems += problems
        return inlines

    # ----------------------------------------------------------------- sections

    def _section(self, section: Section) -> _Node | None:
        heading = fill(section.heading, self.facts)
        with self.scope.desk.location(f"mục “{heading}”"):
            blocks = [
                block
                for turn, passage in enumerate(section.passages)
                for block in self._passage(passage, heading, turn)
            ]
            blocks += self._own_words(section.heading)
            below = [node for sub in section.sections if (node := self._section(sub))]
        if not blocks and not below:
            empty = self.scope.report.front.empty if section.empty == "*" else section.empty
            if not empty:
                return None
            blocks = [Paragraph((Text(empty),))]
        return _Node(heading, blocks, below)

    def _passage(self, passage: OutlinePassage | list[Sentence], heading: str, turn: int) -> list[Block]:
        if isinstance(passage, list):
            return self._read(self.teller.paragraph(passage, f"{heading}/{turn}"), SOURCE, 1)
        if passage.table:
            return self._table(passage.table)
        if passage.each:
            return self._items(passage, heading)
        return self._read(self.teller.paragraph(passage.sentences, f"{heading}/{turn}"), SOURCE, 1)

    def _items(self, passage: OutlinePassage, heading: str) -> list[Block]:
        """Tell the sentences once for each connection plan, as items of a list."""
        own, items = self.scope, []
        for plan in own.plans:
            facts = {**self.facts, "ke_hoach": plan.id, "ban": plan.partners}
            teller = Teller(own.desk, plan.id, facts, flags=self.teller.flags, where=own.where, words=False)
            text = teller.paragraph(passage.sentences, heading)
            if text:
                inlines, problems = read_line(text, Place(SOURCE), own.desk)
                self.problems += problems
                items.append(inlines)
        ends = [";"] * (len(items) - 1) + ["."]
        return [ItemList(tuple((*item, Text(end)) for item, end in zip(items, ends, strict=True)))] if items else []

    def _annex(self, name: str, where: str) -> tuple[Block, ...]:
        with self.scope.desk.location(where):
            return tuple(self._read(self.annexes[name], SOURCE, 1))

    def _table(self, row: TableRow) -> list[Block]:
        if self._single(row):
            return []
        table = figure_table(row, self.scope.desk, self.scope.where, f"bảng “{row.title}”")
        if table is None:
            return []
        self.count += 1
        return [OfficialTable(f"Bảng {self.count}. {fill(row.title, self.facts)}", table)]

    def _single(self, row: TableRow) -> bool:
        """Say whether the last column, which counts all, counts one thing: a sentence has said it, no table is needed."""
        figure = self.scope.desk.figure(row.columns[-1].metric, self.scope.where)
        return figure.value == 1

    def _own_words(self, heading: str) -> list[Block]:
        passage = self.narrative.about(heading) if self.narrative else None
        if self.narrative is None or passage is None:
            return []
        return self._read(passage.text, self.narrative.file, passage.line)

    def _read(self, text: str, file: str, line: int) -> list[Block]:
        if not text.strip():
            return []
        front = self.scope.report.front
        blocks, problems = read_prose(text, file, line, self.scope.desk, allow=front.allow_numbers)
        self.problems += problems
        return [official for block in blocks for official in self._official(block, Place(file, line))]

    def _official(self, block: Block, place: Place) -> Iterator[Block]:
        """Turn a block of prose into what an official paper may hold."""
        if isinstance(block, Table):
            self.count += 1
            yield OfficialTable(f"Bảng {self.count}. {plain(block.caption)}", from_table(block))
        elif isinstance(block, Quotation):
            yield Paragraph((Text(_quoted(block)),))
        elif isinstance(block, Photo):
            self.problems.append(NO_PHOTO.at(place))
        else:
            yield block


def _numbered(nodes: list[_Node], level: int = TOP, numbering: Numbering | None = None) -> Iterator[Block]:
    """Lay the sections out under their numbered headings; a lone subsection has nothing to be counted with."""
    counted = numbering or Numbering()
    for node in nodes:
        label = f"{counted.label(level)} " if level == TOP or len(nodes) > 1 else ""
        yield Heading(level, (Text(f"{label}{node.heading}"),))
        yield from node.blocks
        yield from _numbered(node.below, level + 1, counted)


def _quoted(block: Quotation) -> str:
    """Quote within the text, with the source; only words that were said as they stand are in quotation marks."""
    said = plain(block.inlines).rstrip(".")
    told = f"“{said}”" if block.kind == "truc-tiep" else said
    return f"{block.speaker}: {told} ({'; '.join(filter(None, (block.note, f'nguồn: {block.source}')))})."
