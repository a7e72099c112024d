"""The ledger as an appendix in print: one dense line for each figure, figures of one kind side by side in a group.

A city bulletin's tables hold hundreds of figures that differ in a filter only (the district). Their definition is set
once, as the head of a group; every figure still has a line of its own, with its records.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from chungtay_reports.edition import Chart, Edition, Ledger, LedgerRow, Printed
from chungtay_reports.formats.anchors import Anchored, numbers_in
from chungtay_reports.formats.proofs import Operand, Proof, coverage_text, period_text, proofs
from chungtay_reports.model import Figure

# Fewer figures than this of one kind are easier to read one by one.
SMALLEST_GROUP = 8
# A group's head shorter than this says too little to stand for the definition of its lines.
SHORTEST_HEAD = 12
FIRST_RECORDS = 2
FIRST_IN_GROUP = 1
# Characters of a record's id and file that leave room for “và 123 nữa” on a group's line.
ONE_LINE = 52
# The same where each record has a line.
OWN_LINE = 48
# A chart with more figures than this names only the first and the last of their lines.
MOST_LISTED = 4

CHART = "bieu-do-"
EDGE = " ,;:()–-"

Kind = tuple[object, ...]
Texts = tuple[tuple[str, tuple["Place", ...]], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure is printed: the words for it, and the id of that very number on the page, or empty.

    `said` is what the appendix says of it: a line of a group need not repeat its own name.
    """

    text: str
    where: str
    anchor: str
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """One figure in the appendix.

    `texts` are the ways that it is printed (empty for a group's value as it stands), each with its places; `remarks` what sets it apart from the edition (its
    own period, who is missing, how it is computed); `first` the first records as (id, file:line), `more` how many further ones
    there are. `name` is what tells it from the others of its group.
    """

    id: str
    name: str
    value: str
    texts: Texts
    definition: str
    remarks: tuple[str, ...]
    operands: tuple[Operand, ...]
    first: tuple[tuple[str, str], ...]
    more: int

    @property
    def brief(self) -> bool:
        """Whether its records go on one line of a group."""
        return sum(len(id_) + len(file) for id_, file in self.first) <= ONE_LINE

    @property
    def slim(self) -> bool:
        """Whether each of its records goes on one line."""
        return all(len(id_) + len(file) <= OWN_LINE for id_, file in self.first)


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that differ in a filter: `head` is what their definitions have in common.

    `drawn` is the chart that shows them all, under the names of its lines. `derived` when they are all computed from other
    lines, and none has records of its own.
    """

    head: str
    drawn: Place | None
    lines: tuple[Line, ...]
    derived: bool


@dataclass(frozen=True, slots=True)
class Appendix:
    """`root` is the folder that every record's file is below, left out of the lines."""

    lines: tuple[Line, ...]
    groups: tuple[Group, ...]
    root: str
    period: str
    coverage: str


def appendix(edition: Edition) -> Appendix:
    """Lay out the ledger of an edition whose numbers are anchored."""
    ledger = edition.ledger
    places, everything = _places(edition), proofs(ledger)
    root = _common_folder(note.place.file for note in ledger.records.values())
    grouped = _groups(ledger.rows)
    inside = {row.id for _, rows in grouped for row in rows}

    def line(row: LedgerRow, name: str = "") -> Line:
        return _line(everything[row.id], row, places[row.id], name=name, ledger=ledger, root=root)

    return Appendix(
        lines=tuple(line(row) for row in ledger.rows if row.id not in inside),
        groups=tuple(
            _group(labels.head, [line(row, labels.rest(row.label)) for row in rows]) for labels, rows in grouped
        ),
        root=root,
        period=period_text(ledger.period),
        coverage=coverage_text(ledger.coverage),
    )


def _group(head: str, lines: list[Line]) -> Group:
    """Say once, beside the head, what would be remarked on every line, and which chart shows them all."""
    shared = tuple(remark for remark in lines[0].remarks if all(remark in line.remarks for line in lines))
    drawn = _drawn(lines)
    kept = tuple(
        replace(
            line,
            remarks=tuple(remark for remark in line.remarks if remark not in shared),
            texts=_without(line.texts, drawn),
        )
        for line in lines
    )
    return Group("; ".join((head, *shared)), drawn, kept, derived=not any(line.first for line in lines))


def _drawn(lines: list[Line]) -> Place | None:
    """Find the chart that shows each of these figures, all of which are printed elsewhere too, under its own name."""
    first = [place for text, places in lines[0].texts if not text for place in places]
    charts = [place for place in first if place.anchor.startswith(CHART) and place.said != place.where]
    return next((chart for chart in charts if all(_shows(chart, line) for line in lines)), None)


def _shows(chart: Place, line: Line) -> bool:
    found = [place for text, places in line.texts if not text for place in places]
    others = len(line.texts) > 1 or any(place.anchor != chart.anchor for place in found)
    return others and (chart.anchor, chart.said) in [(place.anchor, place.said) for place in found]


def _without(texts: Texts, chart: Place | None) -> Texts:
    if chart is None:
        return texts
    kept = ((text, tuple(place for place in places if text or place.anchor != chart.anchor)) for text, places in texts)
    return tuple((text, places) for text, places in kept if places)


def _line(proof: Proof, row: LedgerRow, places: tuple[Place, ...], *, name: str, ledger: Ledger, root: str) -> Line:
    texts: dict[str, list[Place]] = {}
    for place in places:
        texts.setdefault(place.text, []).append(replace(place, said=_said(place.where, name)))
    first = proof.records[: FIRST_IN_GROUP if name else FIRST_RECORDS]
    return Line(
        id=proof.id,
        name=name,
        value=(proof.value if name else proof.named).replace("\u00a0", " "),
        texts=tuple(("" if name and text == proof.value else text, tuple(found)) for text, found in texts.items()),
        definition=proof.definition,
        remarks=tuple(_remarks(proof, row.figure, ledger)),
        operands=proof.operands,
        first=tuple((record.id, record.file.removeprefix(root)) for record in first),
        more=len(proof.records) - len(first),
    )


def _said(where: str, name: str) -> str:
    """Leave out the row of a table or chart that is called as the line is: “bảng 1, hàng Ba Đình” for “quận Ba Đình”."""
    place, _, row = where.rpartition(", ")
    own = row.removeprefix("hàng ").casefold()
    return place if place and own and name.casefold().endswith(own) else where


def _remarks(proof: Proof, figure: Figure, ledger: Ledger) -> Iterable[str]:
    """Say what the note at the head of the appendix does not already say of all figures."""
    if figure.query.period != ledger.period:
        yield proof.period
    if figure.query.as_of != ledger.as_of:
        yield f"chốt ngày {proof.as_of}"
    if proof.coverage and figure.coverage != ledger.coverage:
        yield proof.coverage
    if proof.formula:
        yield proof.formula
    if proof.statistical:
        yield proof.statistical


def _places(edition: Edition) -> Mapping[str, tuple[Place, ...]]:
    """Find on the page each number that the ledger says is printed; a chart's numbers are at the chart."""
    free: dict[str, list[Anchored]] = {}
    for node in numbers_in(_in_reading_order(edition)):
        if isinstance(node, Anchored):
            free.setdefault(node.figure, []).append(node)
    drawn = [block for block in edition.blocks if isinstance(block, Chart)]
    charts = {_chart_place(chart): (f"biểu đồ {n}", chart_anchor(chart)) for n, chart in enumerate(drawn, start=1)}
    return {
        row.id: tuple(_place(printed, free.get(row.id, []), charts) for printed in row.prints)
        for row in edition.ledger.rows
    }


def _place(printed: Printed, free: list[Anchored], charts: Mapping[str, tuple[str, str]]) -> Place:
    name = _outer_place(printed)
    if name in charts:
        shown, anchor = charts[name]
        where = shown + printed.where.removeprefix(name)
        return Place(printed.text, where, anchor, where)
    for index, node in enumerate(free):
        if node.text.casefold() == printed.text.casefold():
            return Place(printed.text, printed.where, free.pop(index).anchor, printed.where)
    return Place(printed.text, printed.where, "", printed.where)


def chart_lines(edition: Edition) -> dict[str, tuple[str, ...]]:
    """List, for each chart by its id on the page, the figures that it shows; more than a few as the first and last."""
    found = {
        chart_anchor(block): [
            row.id
            for row in edition.ledger.rows
            if any(_outer_place(printed) == _chart_place(block) for printed in row.prints)
        ]
        for block in edition.blocks
        if isinstance(block, Chart)
    }
    return {name: tuple(ids if len(ids) <= MOST_LISTED else [ids[0], ids[-1]]) for name, ids in found.items()}


def chart_anchor(chart: Chart) -> str:
    """Name a chart on the page by its own id."""
    return f"{CHART}{chart.id}"


def _chart_place(chart: Chart) -> str:
    """Begin, as the desk does, the words for where a chart's number is."""
    return f"biểu đồ {chart.id}"


def _outer_place(printed: Printed) -> str:
    """Say in which part of the edition a print is: “biểu đồ thanh-2” for “biểu đồ thanh-2, THCS”."""
    return printed.where.partition(", ")[0]


def _in_reading_order(edition: Edition) -> tuple[object, ...]:
    return (
        edition.headline,
        edition.sapo,
        edition.key_figures,
        edition.lead_photo,
        edition.blocks,
        edition.data_note,
    )


@dataclass(frozen=True, slots=True)
class Labels:
    """What the labels of a group have in common: the words that they begin with, and those that they end with."""

    start: str
    end: str

    @property
    def head(self) -> str:
        return ", ".join(part for part in (self.start.rstrip(EDGE), self.end.strip(EDGE)) if part)

    def rest(self, label: str) -> str:
        return label.removeprefix(self.start).removesuffix(self.end).strip(EDGE)


def _groups(rows: tuple[LedgerRow, ...]) -> list[tuple[Labels, list[LedgerRow]]]:
    """Gather rows of one kind: whose figures differ in the values of one filter, or else of all their filters.

    Each row goes where most others of its kind are.
    """
    groups: list[tuple[Labels, list[LedgerRow]]] = []
    for kinds in (_kinds, _looser_kind):
        inside = {row.id for _, members in groups for row in members}
        left = [row for row in rows if row.id not in inside]
        for members in _gathered(left, kinds):
            labels = _common([row.label for row in members])
            if len(labels.head) >= SHORTEST_HEAD:
                groups.append((labels, members))
    return groups


def _gathered(rows: list[LedgerRow], kinds: Callable[[Figure], list[Kind]]) -> list[list[LedgerRow]]:
    sizes = Counter(kind for row in rows for kind in kinds(row.figure))
    gathered: dict[Kind, list[LedgerRow]] = {}
    for row in rows:
        kind = max(kinds(row.figure), key=lambda kind: sizes[kind], default=None)
        if kind is not None:
            gathered.setdefault(kind, []).append(row)
    return [members for members in gathered.values() if len(members) >= SMALLEST_GROUP]


def _kinds(figure: Figure) -> list[Kind]:
    """Describe a figure once for each of its filters, leaving out that filter's values."""
    query = figure.query
    return [
        (figure.op, query.metric, query.period, query.as_of, kept.field, query.where[:index] + query.where[index + 1 :])
        for index, kept in enumerate(query.where)
    ]


def _looser_kind(figure: Figure) -> list[Kind]:
    """Describe a figure by which filters it has, whatever their values."""
    query = figure.query
    fields = tuple(kept.field for kept in query.where)
    return [(figure.op, query.metric, query.period, query.as_of, fields)] if fields else []


def _common(labels: list[str]) -> Labels:
    words = [label.split(" ") for label in labels]
    start = _shared(words)
    end = _shared([list(reversed(label[start:])) for label in words])
    first = words[0]
    return Labels(" ".join(first[:start]), " ".join(first[len(first) - end :]) if end else "")


def _shared(labels: list[list[str]]) -> int:
    """Count the words that all labels begin with, leaving each at least one of its own."""
    most = min(len(label) for label in labels) - 1
    return next((n for n in range(most) if len({label[n] for label in labels}) > 1), max(most, 0))


def _common_folder(files: Iterable[str]) -> str:
    folders = sorted({os.path.dirname(file) for file in files})  # noqa: PTH120 - workspace paths are POSIX text
    common = os.path.commonpath(folders) if folders else ""
    return f"{common}/" if common else ""
