"""The desk where an edition is written: it answers with figures, prints them, and keeps the ledger of all it printed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import TypeVar

from chungtay_reports.edition import Ledger, LedgerRow, Number, Printed
from chungtay_reports.figures import asking, derived
from chungtay_reports.figures.columns import DIMENSIONS, TABLES, field_of
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.evidence import gather
from chungtay_reports.figures.folding import same_events
from chungtay_reports.figures.labels import figure_label, figure_unit, filter_words, group_label
from chungtay_reports.figures.measure import (
    COVERAGE,
    ask_for_records,
    base_metrics,
    coverage,
    definition,
    measure,
    measure_by,
)
from chungtay_reports.figures.notes import note
from chungtay_reports.figures.periods import label as period_label
from chungtay_reports.figures.periods import same_length
from chungtay_reports.figures.tables import Tables
from chungtay_reports.meant import closest
from chungtay_reports.model import Coverage, Figure, Filter, Period, Query
from chungtay_reports.records import Agreement
from chungtay_reports.vietnamese.dates import press_date
from chungtay_reports.workspace.bulletin import Bulletin
from chungtay_reports.workspace.history import as_known
from chungtay_reports.workspace.library import Entry, Library, entries_of_kind, known

__all__ = ["Desk", "Refused"]

Where = tuple[Filter, ...]
Known = TypeVar("Known")


@dataclass
class _Sheet:
    """A row of the ledger while the edition is being written."""

    id: str
    figure: Figure
    operands: tuple[str, ...]
    prints: list[Printed] = field(default_factory=list)


class Desk:
    """Where one edition is written; the only thing that changes is what has been printed and named so far.

    Every question that has no honest answer raises `Refused`.
    """

    def __init__(
        self,
        library: Library,
        tables: Tables,
        period: Period,
        as_of: date,
        previous: Period | None = None,
        *,
        issued: date | None = None,
        exact: bool = False,
        speaker: str = "",
    ) -> None:
        self.library = library
        self.tables = tables
        self.period = period
        self.as_of = as_of
        self.previous = previous
        self.issued = issued or as_of  # names and posts are as of the day of issue
        self.exact = exact  # an official paper: hedges are refused
        self.speaker = speaker  # the unit whose paper it is: what it says is its report of the period
        self.coverage: Coverage = coverage(period, as_of, tables)
        self._known: dict[Hashable, object] = {}
        self._where: list[str] = []
        self._sheets: dict[Figure, _Sheet] = {}
        self._names: set[str] = set()

    @classmethod
    def of(cls, bulletin: Bulletin, library: Library, tables: Tables) -> Desk:
        """Set up the desk for a bulletin: its period, its as-of day, the period that it compares with."""
        front = bulletin.front
        return cls(library, tables, bulletin.period, front.as_of, bulletin.previous, issued=front.issued.date())

    def remember(self, key: Hashable, compute: Callable[[], Known]) -> Known:
        """Return `compute()`, asked once per key for one edition: its blank desks know it too."""
        if key not in self._known:
            self._known[key] = compute()
        return self._known[key]  # type: ignore[return-value] # each key has one type of answer

    # ----------------------------------------------------------------- questions

    def figure(self, metric: str, where: Where = (), period: Period | None = None) -> Figure:
        """Answer with one value of a metric; `where` may name dimensions (“don_vi”) or fields of its table."""
        days = period or self.period

        def answer() -> Figure:
            return measure(self._query(metric, where, days), self.tables, self.library.metrics)

        return self.remember(("figure", metric, where, days, days.name), answer)

    def by(
        self, metric: str, dimension: str, where: Where = (), period: Period | None = None, *, zeros: bool = False
    ) -> tuple[tuple[str, Figure], ...]:
        """Answer with a value for each group, in the order of the registry or vocabulary; see `measure_by`."""
        days = period or self.period

        def answer() -> tuple[tuple[str, Figure], ...]:
            query = self._query(metric, where, days)
            self._field(dimension, metric)
            return measure_by(query, dimension, self.tables, self.library.metrics, zeros=zeros)

        return self.remember(("by", metric, dimension, where, days, days.name, zeros), answer)

    def share(self, part: Figure, whole: Figure) -> Figure:
        """Answer with the share of a part in its whole, a Fraction from 0 to 1."""
        return derived.share(part, whole)

    def difference(self, new: Figure, old: Figure, *, unequal: bool = False) -> Figure:
        """Answer with `new` minus `old`; periods of unequal length are compared only when the author says `unequal`."""
        self._comparable(new, old, unequal=unequal)
        return derived.difference(new, old)

    def change(self, new: Figure, old: Figure, *, unequal: bool = False) -> Figure:
        """Answer with the relative change, a Fraction; otherwise like `difference`."""
        self._comparable(new, old, unequal=unequal)
        return derived.change(new, old)

    def rank(self, metric: str, dimension: str, key: str, where: Where = (), period: Period | None = None) -> Figure:
        """Answer with the place of a group, 1 for the largest; equal values share the better place."""
        groups = dict(self.by(metric, dimension, where, period, zeros=True))
        if key not in groups:
            raise Refused(f"“{self.label(dimension, key)}” không có trong các nhóm được xếp hạng")
        return derived.rank(groups[key], tuple(figure for other, figure in groups.items() if other != key))

    def silent(self, figure: Figure, where: Where | None = None) -> tuple[str, ...]:
        """List the units that a figure (or one of its groups within `where`) needs and that have not reported.

        Needed are the units that it is filtered to, or else all; what the speaker of a paper says is its report.
        """
        named = _named(figure.query.where if where is None else where)
        own = {self.speaker} if figure.query.period == self.period else set()
        return tuple(id_ for id_ in figure.coverage.missing if id_ not in own and (not named or id_ in named))

    def reporting(self, period: Period | None = None) -> Figure:
        """Answer with who has reported: a ratio whose operands count those who have and those who are expected to.

        It stands on their submissions, so that “28/30” is proven like any other number. Refused when nobody is expected.
        """
        query = Query(COVERAGE.name, period or self.period, self.as_of)
        return measure(query, self.tables, self.library.metrics)

    def agreements(self, kind: str, unit: str = "") -> Iterator[Agreement]:
        """List the agreements of a kind that are in the books, of one unit or of all, in the order of the files.

        Of those that both sides have written down one is listed, as one is counted.
        """
        self.tables.asked.add(asking.agreements(kind, unit, self.as_of))
        library, as_of = self.library, self.as_of
        found: Mapping[str, tuple[Agreement, ...]] = self.tables.remember(
            ("agreements", kind, as_of), lambda: _by_unit(library, kind, as_of)
        )
        yield from found.get(unit, ())

    def agreement(self, id_: str) -> Agreement | None:
        """Return the agreement of that id, when it is in the books."""
        self.tables.asked.add(asking.record(id_))
        entry = self.tables.entries.get(id_)
        found = as_known(entry.record, self.as_of) if entry else None
        return found if isinstance(found, Agreement) else None

    def entries(self, figure: Figure) -> tuple[Entry, ...]:
        """List the records of a figure as they are known, in the order of their ids."""
        ask_for_records(figure, self.tables, self.library.metrics)
        return tuple(self.tables.entry(id_, self.as_of) for id_ in figure.records)

    def label(self, dimension: str, key: str, style: str = "full") -> str:
        """Name a group in prose: “quận Cầu Giấy” (or “Cầu Giấy” when `short`), “THCS”, “cấp trường”, “tháng 3/2023”."""
        return group_label(dimension, key, self.period.end, self.library.registry, style=style)

    def dimensions(self, metric: str) -> tuple[str, ...]:
        """List the dimensions that a metric can be filtered and divided by."""
        tables = {base.table for base in base_metrics(metric, self.library.metrics)} - {"units"} or {"units"}
        return tuple(name for name, fields in DIMENSIONS.items() if tables <= fields.keys())

    def unit(self, figure: Figure) -> str:
        """Return the noun that a figure counts, “%” for shares."""
        return figure_unit(figure, self.library.metrics)

    def blank(self) -> Desk:
        """Set up another desk for the same edition, on which nothing has been printed."""
        issued, exact, speaker = self.issued, self.exact, self.speaker
        blank = Desk(
            self.library,
            self.tables,
            self.period,
            self.as_of,
            self.previous,
            issued=issued,
            exact=exact,
            speaker=speaker,
        )
        blank._known = self._known
        return blank

    # ----------------------------------------------------------------- printing

    @contextmanager
    def location(self, where: str) -> Iterator[None]:
        """Print at `where` (“tít”, “đoạn 3”) for a while; places inside places are joined: “bảng 1, hàng Ba Đình”."""
        self._where.append(where)
        try:
            yield
        finally:
            self._where.pop()

    def name(self, kind: str, number: int) -> str:
        """Name a part of the edition (“thanh-2”) as nothing else in it is named: with this number, or the next that is free."""
        found = next(name for name in (f"{kind}-{n}" for n in count(number)) if name not in self._names)
        self._names.add(found)
        return found

    def print(self, figure: Figure, text: str, hedge: str = "") -> Number:
        """Print a figure as `text` here; the ledger notes it, and the figures that it is computed from."""
        sheet = self._sheet(figure)
        sheet.prints.append(Printed(text, hedge, ", ".join(self._where)))
        return Number(text, sheet.id)

    def ledger(self) -> Ledger:
        """Close the books: every figure printed so far with its proof, in the order of first printing."""
        registry, metrics = self.library.registry, self.library.metrics
        rows = tuple(
            LedgerRow(
                id=sheet.id,
                figure=sheet.figure,
                label=figure_label(sheet.figure, metrics, registry),
                unit=self.unit(sheet.figure),
                prints=tuple(sheet.prints),
                operands=sheet.operands,
                filters=filter_words(sheet.figure, metrics, registry),
            )
            for sheet in self._sheets.values()
        )
        for row in rows:
            ask_for_records(row.figure, self.tables, metrics)
        ids = sorted({id_ for row in rows for id_ in row.figure.records})
        used = sorted({name for row in rows for name in self._definitions(row.figure.query.metric)})
        return Ledger(
            rows=rows,
            records={id_: note(self.tables.entry(id_, self.as_of), registry) for id_ in ids},
            as_of=self.as_of,
            period=self.period,
            coverage=self.coverage,
            metrics={name: definition(name, metrics) for name in used},
            evidence=gather(rows, self.coverage, self.tables),
        )

    # ----------------------------------------------------------------- inside

    def _sheet(self, figure: Figure) -> _Sheet:
        found = self._sheets.get(figure)
        if found is None:
            found = _Sheet(f"s{len(self._sheets) + 1}", figure, ())
            self._sheets[figure] = found
            found.operands = tuple(self._sheet(operand).id for operand in figure.operands)
        return found

    def _definitions(self, name: str) -> Iterator[str]:
        yield name
        for term in definition(name, self.library.metrics).measure.terms:
            yield from self._definitions(term)

    def _query(self, metric: str, where: Where, period: Period) -> Query:
        if metric not in self.library.metrics:
            raise Refused(f"không có chỉ tiêu “{metric}”", closest(metric, self.library.metrics) or "")
        for test in where:
            for value in test.values:
                self._value(test.field, value, metric)
        return Query(metric, period, self.as_of, where)

    def _field(self, name: str, metric: str) -> None:
        for base in base_metrics(metric, self.library.metrics):
            if base.table != "units" and field_of(name, base.table) is None:
                known = self.dimensions(metric)
                reason = f"chỉ tiêu “{metric}” không lọc hay chia theo “{name}” được, chỉ theo {', '.join(known)}"
                raise Refused(reason, closest(name, known) or "")

    def _value(self, name: str, value: str, metric: str) -> None:
        """Refuse a value that nothing can have: a typing error must not become a 0."""
        self._field(name, metric)
        table = base_metrics(metric, self.library.metrics)[0].table
        column = TABLES[table].get(field_of(name, table) or "")
        if column is None:
            return
        registry = self.library.registry
        if column.unit and registry.unit(value) is None:
            raise Refused(f"không có đơn vị “{value}” trong danh mục", registry.suggest(value) or "")
        if column.values is not None and value not in column.values:
            offer = closest(value, column.values) or ""
            raise Refused(f"“{name}” không có giá trị “{value}”, chỉ có {', '.join(column.values)}", offer)

    def _comparable(self, new: Figure, old: Figure, *, unequal: bool) -> None:
        if self.unit(new) != self.unit(old):
            raise Refused(f"không so sánh “{self.unit(new)}” với “{self.unit(old)}”: hai số đếm hai thứ khác nhau")
        periods = new.query.period, old.query.period
        if not unequal and not same_length(*periods):
            one, other = map(period_label, periods)
            raise Refused(f"hai kỳ {one} và {other} dài ngắn khác nhau nên không so sánh được")
        self._same_boundaries(new, old)

    def _same_boundaries(self, new: Figure, old: Figure) -> None:
        """Refuse to compare a unit with days on which it did not exist: its successors have other boundaries."""
        registry = self.library.registry
        for id_ in sorted(_named(new.query.where) | _named(old.query.where)):
            for figure in (new, old):
                day = figure.query.period.end
                if id_ in registry.units and not registry.valid(id_, day):
                    name = registry.name(id_, day)
                    reason = f"ngày {press_date(day)} không có {name}: địa giới hành chính đã thay đổi"
                    raise Refused(f"{reason}, hai kỳ không cùng phạm vi để so sánh")


def _by_unit(library: Library, kind: str, as_of: date) -> Mapping[str, tuple[Agreement, ...]]:
    """List the agreements of a kind by the units that sign or whose schools and offices do; all of them under “”."""
    found: dict[str, list[Agreement]] = {}
    told = [entry.record for entry in known(entries_of_kind(library.entries, kind), as_of) if entry.record.kind == kind]
    folded = {id_ for _, *others in same_events(told) for id_ in others}
    for record in told:
        if isinstance(record, Agreement) and record.id not in folded:
            for unit in ("", *{top for party in record.parties if (top := library.registry.top(party))}):
                found.setdefault(unit, []).append(record)
    return {unit: tuple(records) for unit, records in found.items()}


def _named(where: Where) -> frozenset[str]:
    """List the units that a query is filtered to."""
    fields = {"don_vi", "unit", *(field for field in DIMENSIONS["don_vi"].values())}
    return frozenset(value for test in where if test.field in fields and not test.negate for value in test.values)
