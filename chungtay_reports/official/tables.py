"""Tables of figures in official papers: one row per group, a last row of totals, every number from the desk."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from chungtay_reports.edition import Cell, Table, Text
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.desk import Desk
from chungtay_reports.model import Figure, Filter, Metric
from chungtay_reports.official.outline import ColumnRow, TableRow
from chungtay_reports.official.paper import AnnexRow, AnnexTable, Column
from chungtay_reports.prose.voice import plain
from chungtay_reports.vietnamese import money, number, percent, points, sentence_start

Where = tuple[Filter, ...]
NOT_REPORTED = "chưa gửi"
NOTHING = "-"
CHANGE = "So với năm học trước"
FINE, NARROW = 2, 3  # shares of a table of figures are counted in halves, so that “TT” stands on one line
ORDINAL = Column("TT", 1, "center")


@dataclass(frozen=True, slots=True)
class _Measured:
    """A column and its figures by group, this year and, to compare, the year before."""

    row: ColumnRow
    metric: Metric
    where: Where
    groups: dict[str, Figure]
    before: dict[str, Figure]


def figure_table(row: TableRow, desk: Desk, where: Where, place: str) -> AnnexTable | None:
    """Set figures side by side; None when there is nothing to set."""
    within = (*where, *(Filter(field, tuple(values)) for field, values in row.where.items()))
    columns = [_measured(column, row, desk, within) for column in row.columns]
    keys = list(dict.fromkeys(key for column in columns for key in column.groups))
    keys = _ordered(keys, row, columns, desk)
    if not any(column.groups[key].value for column in columns for key in keys if key in column.groups):
        return None
    rows = []
    for turn, key in enumerate(keys, 1):
        name = sentence_start(desk.label(row.by, key, "short"))
        silent = row.by == "don_vi" and key in desk.coverage.missing
        with desk.location(f"{place}, hàng {name}"):
            cells = [cell for column in columns for cell in _cells(column, key, desk, silent=silent)]
        rows.append(AnnexRow((words(str(turn)), words(name), *cells)))
    rest = _rest(row, columns, keys, desk)
    if any(figure.value for figure in rest):
        with desk.location(f"{place}, hàng {row.rest}"):
            cells = [
                cell for column, figure in zip(columns, rest, strict=True) for cell in _rest_cells(column, figure, desk)
            ]
        rows.append(AnnexRow((words(str(len(rows) + 1)), words(row.rest), *cells)))
    with desk.location(f"{place}, hàng tổng"):
        totals, adds = _totals(columns, keys, rest, desk)
    return _compared(
        AnnexTable(
            columns=(Column("TT", NARROW, "center"), Column(row.head, 4 * FINE), *_heads(row)),
            rows=tuple(rows),
            total=(words(""), words("Tổng cộng" if adds else "Tính chung"), *totals),
        )
    )


def without(table: AnnexTable, dropped: Container[int]) -> AnnexTable:
    """Leave out columns, which are counted from 0."""

    def kept(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(cell for index, cell in enumerate(cells) if index not in dropped)

    columns = tuple(column for index, column in enumerate(table.columns) if index not in dropped)
    return replace(
        table,
        columns=columns,
        rows=tuple(replace(row, cells=kept(row.cells)) for row in table.rows),
        total=kept(table.total),
    )


def _compared(table: AnnexTable) -> AnnexTable:
    """Leave out the columns of changes in which nothing could be compared."""
    nothing = words(NOTHING)
    lines = [*(row.cells for row in table.rows), table.total]
    empty = {
        index
        for index, column in enumerate(table.columns)
        if column.title == CHANGE and all(cells[index] == nothing for cells in lines)
    }
    return without(table, empty) if empty else table


def _rest(row: TableRow, columns: Sequence[_Measured], keys: Sequence[str], desk: Desk) -> list[Figure]:
    """Measure what belongs to none of the groups, for each column; nothing where the table does not ask for it."""
    if not row.rest:
        return []
    outside = Filter(row.by, tuple(keys), negate=True)
    return [desk.figure(column.row.metric, (*column.where, outside)) for column in columns]


def _rest_cells(column: _Measured, figure: Figure, desk: Desk) -> Iterator[Cell]:
    yield _value_cell(figure, desk, column.metric)
    if column.row.compare:
        outside = figure.query.where
        old = desk.figure(column.row.metric, outside, desk.previous) if desk.previous else None
        yield _change(figure, old, desk) if figure.value or (old and old.value) else words(NOTHING)


def _value_cell(figure: Figure, desk: Desk, metric: Metric) -> Cell:
    """Print a figure below its head; nothing is a dash."""
    return figure_cell(figure, desk, metric) if figure.value else words(NOTHING)


def from_table(table: Table) -> AnnexTable:
    """Rule a table of prose as official papers do: the first column at the left, figures in the middle."""
    heads = table.head[0] if table.head else ()
    columns = tuple(
        Column(plain(cell.inlines), 4 if index == 0 else 3, "left" if index == 0 else "center")
        for index, cell in enumerate(heads)
    )
    return AnnexTable(columns, tuple(AnnexRow(row) for row in table.rows), table.total)


def words(text: str) -> Cell:
    """Make a cell of plain words."""
    return Cell((Text(text),) if text else ())


def figure_cell(figure: Figure, desk: Desk, metric: Metric) -> Cell:
    """Print a figure exactly, in a cell."""
    return Cell((desk.print(figure, shown(figure.value, metric)),), numeric=True)


def shown(value: object, metric: Metric) -> str:
    """Write a value as tables of papers do: 2.100; 12,5%; 54.000.000."""
    if isinstance(value, int):
        return money(value, "table") if metric.money else number(value)
    return percent(value)  # type: ignore[arg-type] # a Fraction: values are one or the other


def _measured(column: ColumnRow, row: TableRow, desk: Desk, where: Where) -> _Measured:
    own = (*where, *(Filter(field, (value,)) for field, value in column.where.items()))
    groups = dict(desk.by(column.metric, row.by, own, zeros=row.all_units))
    before = {}
    if column.compare and desk.previous:
        before = dict(desk.by(column.metric, row.by, own, desk.previous, zeros=True))
    return _Measured(column, desk.library.metrics[column.metric], own, groups, before)


def _ordered(keys: list[str], row: TableRow, columns: Sequence[_Measured], desk: Desk) -> list[str]:
    """Put the keys of all columns into the order of the registry or the vocabulary."""
    if row.by == "don_vi":
        return sorted(keys, key=desk.library.registry.order)
    full = [key for key, _ in desk.by(columns[0].row.metric, row.by, zeros=True)]  # a vocabulary is small
    return sorted(keys, key=lambda key: full.index(key) if key in full else len(full))


def _heads(row: TableRow) -> Iterator[Column]:
    for column in row.columns:
        yield Column(column.title, column.share * FINE, "center")
        if column.compare:
            yield Column(CHANGE, column.share * FINE, "center")


def _cells(column: _Measured, key: str, desk: Desk, *, silent: bool) -> Iterator[Cell]:
    figure = column.groups.get(key)
    if figure is None or (silent and not figure.value):
        yield words(NOT_REPORTED if silent else NOTHING)
    else:
        yield _value_cell(figure, desk, column.metric)
    if column.row.compare:
        yield _change(figure, column.before.get(key), desk)


def _change(new: Figure | None, old: Figure | None, desk: Desk) -> Cell:
    """Print the change from the year before as +7, -3, 0; a dash where the two cannot be compared."""
    if new is None or old is None or desk.silent(new) or desk.silent(old):
        return words(NOTHING)
    try:
        figure = desk.difference(new, old)
    except Refused:
        return words(NOTHING)
    sign = "+" if figure.value > 0 else "-" if figure.value < 0 else ""
    size = points(figure.value) if isinstance(figure.value, Fraction) else number(abs(figure.value))
    return Cell((desk.print(figure, f"{sign}{size}"),), numeric=True)


def _totals(
    columns: Sequence[_Measured], keys: Sequence[str], rest: Sequence[Figure], desk: Desk
) -> tuple[list[Cell], bool]:
    """Print the totals, and say whether every column adds up to its own."""
    cells: list[Cell] = []
    adds = True
    for turn, column in enumerate(columns):
        name = column.row.metric
        outside = rest[turn].value if rest else 0
        try:
            figure = desk.figure(name, column.where)
        except Refused:
            cells += [words(NOTHING)] * (2 if column.row.compare else 1)
            continue
        cells.append(_value_cell(figure, desk, column.metric))
        adds &= not isinstance(figure.value, int) or _sum(column, keys) + outside == figure.value
        if column.row.compare:
            old = desk.figure(name, column.where, desk.previous) if desk.previous else None
            cells.append(_change(figure, old, desk))
    return cells, adds


def _sum(column: _Measured, keys: Sequence[str]) -> int:
    return sum(int(column.groups[key].value) for key in keys if key in column.groups)
