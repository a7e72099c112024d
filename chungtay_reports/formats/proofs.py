"""Say in words what proves a figure: for the panel under a paragraph, the ledger page and the appendix of a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from chungtay_reports.edition import Ledger, LedgerRow, Printed, RecordNote
from chungtay_reports.errors import Place
from chungtay_reports.figures.periods import label
from chungtay_reports.model import Coverage, Figure, Metric, Period
from chungtay_reports.records import KIND_LABELS
from chungtay_reports.vietnamese import number, percent, press_date, press_range

# How a derived figure comes from its operands; `{0}`, `{1}` are their values.
FORMULAS: dict[str, str] = {
    "ratio": "{0} chia cho {1}",
    "share": "{0} trong tổng số {1}",
    "difference": "{0} trừ {1}",
    "change": "hiệu của {0} và {1}, chia cho {1}",
    "rank": "thứ hạng của {0}",
}
SUM = "tổng của {}"
# How a base figure is counted, by the op of its metric's measure.
COUNTING: dict[str, str] = {
    "count": "",
    "count_distinct": "mỗi {unit} chỉ đếm một lần",
    "sum": "cộng số {unit} ghi trong từng bản ghi",
}
RELATIVE = ("ratio", "share", "change")


@dataclass(frozen=True, slots=True)
class RecordProof:
    """One record as the ledger shows it; `kind` in words, `file` with its line, `day` empty when it has none."""

    id: str
    kind: str
    summary: str
    day: str
    iso_day: str
    file: str
    illustration: bool
    statistical: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that a reader may ask about one figure, in Vietnamese.

    `value` is the exact value, `named` the value with its noun (“672 trường”), `formula` how a derived figure is
    computed, `counting` how a base figure is counted, `operands` the figures that it is computed from, `prints` where it stands. Sentences have no full stop.
    """

    id: str
    value: str
    named: str
    definition: str
    period: str
    as_of: str
    coverage: str
    formula: str
    counting: str
    statistical: str
    prints: tuple[Printed, ...]
    operands: tuple[Operand, ...]
    records: tuple[RecordProof, ...]
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operand:
    """A figure that another is computed from; `id` is its row in the ledger, or empty when it is not printed."""

    id: str
    named: str
    definition: str


def proofs(ledger: Ledger) -> dict[str, Proof]:
    """Make the proof of every row of a ledger, by id, in the ledger's order."""
    rows = {row.id: row for row in ledger.rows}
    notes = {key: _record(note) for key, note in ledger.records.items()}
    return {row.id: _proof(row, rows, notes, ledger.metrics) for row in ledger.rows}


def value_text(figure: Figure, unit: str = "") -> str:
    """Write an exact value, with its noun when it has one: “672 trường”, “40,3%”, “thứ 2”, “1,5 điểm phần trăm”."""
    if figure.op == "rank":
        return f"thứ {number(figure.value)}"
    if figure.op == "difference" and isinstance(figure.value, Fraction):
        return f"{number(figure.value * 100, 1)}\u00a0điểm phần trăm"
    if figure.op in RELATIVE or isinstance(figure.value, Fraction):
        return percent(Fraction(figure.value))
    return f"{number(figure.value)}\u00a0{unit}" if unit else number(figure.value)


def period_text(period: Period) -> str:
    """Name the days of a period: “từ 1/12/2022 đến 31/7/2023”, with its own name first when it has one."""
    days = f"ngày {press_date(period.start)}" if period.start == period.end else press_range(period)
    return f"{period.name} ({days})" if period.name else days


def coverage_text(coverage: Coverage) -> str:
    """Say who has reported: “28/30 đơn vị đã báo cáo”, or nothing where nobody is expected to."""
    expected = len(coverage.expected)
    return f"{coverage.reported}/{expected} đơn vị đã báo cáo" if expected else ""


def _proof(
    row: LedgerRow, rows: dict[str, LedgerRow], notes: dict[str, RecordProof], metrics: Mapping[str, Metric]
) -> Proof:
    figure = row.figure
    return Proof(
        id=row.id,
        value=value_text(figure),
        named=value_text(figure, row.unit),
        definition=_definition(row),
        period=period_text(figure.query.period),
        as_of=press_date(figure.query.as_of),
        coverage=coverage_text(figure.coverage),
        formula=_formula(figure),
        counting=_counting(row, metrics),
        statistical=_statistical(row),
        prints=row.prints,
        operands=tuple(_operand(operand, rows) for operand in row.operands),
        records=tuple(notes[record] for record in figure.records),
        units=figure.units,
    )


def _definition(row: LedgerRow) -> str:
    """Say what is counted; the period, which a label ends with, is told apart."""
    return row.label.removesuffix(f", {label(row.figure.query.period)}")


def _counting(row: LedgerRow, metrics: Mapping[str, Metric]) -> str:
    metric = metrics.get(row.figure.query.metric)
    if metric is None or row.figure.op:
        return metric.adds if metric and row.figure.op == "sum_of" else ""
    return COUNTING.get(metric.measure.op, "").format(unit=metric.unit)


def _formula(figure: Figure) -> str:
    if not figure.op or not figure.operands:
        return ""
    values = [value_text(operand) for operand in figure.operands]
    if figure.op == "sum_of":
        return SUM.format(" + ".join(values))
    return FORMULAS[figure.op].format(*values)


def _statistical(row: LedgerRow) -> str:
    if not row.figure.statistical:
        return ""
    return f"trong đó {number(row.figure.statistical)} theo bảng tổng hợp của đơn vị, không có bản ghi từng việc"


def _operand(operand: str, rows: dict[str, LedgerRow]) -> Operand:
    row = rows[operand]
    return Operand(row.id, value_text(row.figure, row.unit), _definition(row))


def _record(note: RecordNote) -> RecordProof:
    return RecordProof(
        id=note.id,
        kind=KIND_LABELS.get(note.kind, note.kind),
        summary=note.summary,
        day=press_date(note.day) if note.day else "",
        iso_day=note.day.isoformat() if note.day else "",
        file=f"{note.place.file}:{note.place.line}",
        illustration=note.illustration,
        statistical=note.statistical,
        place=note.place,
    )
