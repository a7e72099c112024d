"""What the ledger says about a record: where it stands and, in words, what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from chungtay_reports.edition import RecordNote
from chungtay_reports.figures.periods import label
from chungtay_reports.figures.rows import first_day
from chungtay_reports.model import Period
from chungtay_reports.records import KIND_LABELS, Activity, Agreement, Statistic, Submission
from chungtay_reports.records.fields import Span
from chungtay_reports.units.registry import Registry
from chungtay_reports.vietnamese.numerals import number
from chungtay_reports.workspace.library import Entry


def note(entry: Entry, registry: Registry) -> RecordNote:
    """Describe one record; units are called what they were called on its day."""
    record = entry.record
    day, summary = _SUMMARIES[type(record)](record, registry)
    return RecordNote(
        id=record.id,
        kind=record.kind,
        place=entry.place,
        summary=summary,
        day=day,
        illustration=record.illustration,
        statistical=isinstance(record, Statistic),
    )


def _name(id_: str, day: date, registry: Registry) -> str:
    return registry.name(id_, day) if id_ in registry.units else id_


def _agreement(record: Agreement, registry: Registry) -> tuple[date, str]:
    parties = " - ".join(_name(party, record.signed_on, registry) for party in record.parties)
    return record.signed_on, f"{record.title} ({parties})" if record.title else parties


def _activity(record: Activity, registry: Registry) -> tuple[date, str]:
    day = first_day(record)
    return day, f"{record.title} ({_name(record.host, day, registry)})"


def _statistic(record: Statistic, registry: Registry) -> tuple[date, str]:
    day = record.period.end
    what = f"{number(record.count)} {KIND_LABELS.get(record.of, record.of)}"
    return day, f"{what}, {_name(record.unit, day, registry)}, {_span(record.period)}"


def _submission(record: Submission, registry: Registry) -> tuple[date, str]:
    state = "đủ số liệu" if record.complete else "chưa đủ số liệu"
    return record.on, f"{_name(record.unit, record.on, registry)} nộp báo cáo kỳ {_span(record.period)}, {state}"


def _span(span: Span) -> str:
    return label(Period(span.start, span.end))


_SUMMARIES: Mapping[type, Callable[[Any, Registry], tuple[date, str]]] = {
    Agreement: _agreement,
    Activity: _activity,
    Statistic: _statistic,
    Submission: _submission,
}
