"""From a number to its records, and from a record to every sentence that was printed from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from chungtay_reports import pipeline
from chungtay_reports.archive import ARCHIVE
from chungtay_reports.archive.sentences import Sentence, published_sentences
from chungtay_reports.edition import LedgerRow, RecordNote
from chungtay_reports.errors import UsageError, did_you_mean, shown
from chungtay_reports.figures.tables import Tables
from chungtay_reports.fingerprint import Work
from chungtay_reports.meant import closest
from chungtay_reports.official.compose import compose_report
from chungtay_reports.official.paper import Paper
from chungtay_reports.official.selection import choose
from chungtay_reports.standing import corrected_as_of
from chungtay_reports.vietnamese import number, percent, press_date, read_number
from chungtay_reports.workspace.library import Entry, Library
from chungtay_reports.workspace.retelling import Turn, retold

STATES = {"published": "đã công bố", "corrected": "đã đính chính", "withdrawn": "đã thu hồi"}
FIELD = 80  # characters of a corrected field
SENTENCE = 300  # characters of a published sentence that are shown


@dataclass(frozen=True, slots=True)
class Found:
    """A row of an edition's ledger."""

    edition: str
    row: LedgerRow
    records: tuple[RecordNote, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """What a trace found: the record that was asked for, if it was one, and the ledger rows."""

    target: str
    record: Entry | None
    found: tuple[Found, ...]
    published: tuple[Sentence, ...] = ()


def trace(root: Path, today: date, target: str, edition: str | None) -> Trail:
    """Follow a record id, a ledger id (“s12”), a metric, a printed text or a value through the editions."""
    if edition and ("/" in edition or (root / "content" / "reports" / f"{edition}.md").exists()):
        library, works, _ = pipeline.works(root, pipeline.Request((edition,)), today)
        record = _record(library, target)
    else:
        library, tables, editions = pipeline.editions(root, today, [edition] if edition else [])
        record = _record(library, target)
        works = (*editions, *_reports(record, library, tables)) if record and not edition else editions
    found = tuple(_rows(works, target, record))
    if record is None and not found:
        raise UsageError(
            f"Không thấy “{target}”: không phải mã bản ghi, dòng sổ số liệu, chỉ tiêu hay con số nào đã in."
            + _hint(library, target)
        )
    published = published_sentences(root / ARCHIVE, record.record.id) if record else ()
    return Trail(target, record, found, tuple(one for one in published if not edition or one.key.startswith(edition)))


def _record(library: Library, target: str) -> Entry | None:
    return next((entry for entry in library.entries if entry.record.id.casefold() == target.casefold()), None)


def _reports(entry: Entry, library: Library, tables: Tables) -> Iterator[Paper]:
    """Write the reports that are made by default of the units that the record is about, and of the whole city."""
    record, registry = entry.record, library.registry
    named = [entry.unit, getattr(record, "host", ""), *getattr(record, "partners", ()), *getattr(record, "parties", ())]
    units = {top for name in named if name in registry.units and (top := registry.top(name))}
    for job in choose(library):
        if job.unit in units or job.report.front.each == "office":
            as_of = corrected_as_of(job.folder, library)
            written = compose_report(job.report, job.year, job.unit, library, tables, as_of=as_of)
            if written.paper:
                yield written.paper


def lines(trail: Trail, limit: int | None) -> Iterator[str]:
    """Tell the trail as text, at most `limit` records for each figure."""
    if trail.record:
        yield f"Bản ghi {trail.record.record.id}: {trail.record.place}"
        yield from map(_turn, retold(trail.record.record))
        if not trail.found:
            yield "  chưa được tính vào con số nào của các ấn phẩm."
    for each in trail.found:
        row = each.row
        yield f"{each.edition} {row.id}: {row.label} = {_value(row)} {row.unit}".rstrip()
        for printed in row.prints:
            yield f"  in “{printed.text}” ở {printed.where}"
        if row.operands:
            yield f"  tính từ {', '.join(row.operands)}"
        if not trail.record:
            yield from _records(each, limit)
    if trail.published:
        yield "Đã công bố:"
        yield from map(_told, trail.published)


def _turn(one: Turn) -> str:
    fields = "; ".join(f"{name}: {shown(old, FIELD)} → {shown(new, FIELD)}" for name, old, new in one.fields)
    what = "không tính nữa" if one.removes else f"sửa {fields}"
    return f"  từ {press_date(one.on)} {what} ({one.by}: {shown(one.reason, SENTENCE)})"


def _told(one: Sentence) -> str:
    state = STATES[one.state] if one.newest else "bản cũ"
    return f"  {one.key} {one.version} ({state}), {one.where}: in “{one.printed}”: {shown(one.text, SENTENCE)}"


def data(trail: Trail) -> dict[str, object]:
    record = trail.record
    return {
        "target": trail.target,
        "record": {"id": record.record.id, "file": record.place.file, "line": record.place.line} if record else None,
        "history": [
            {"on": one.on.isoformat(), "by": one.by, "reason": one.reason, "removed": one.removes}
            | {"fields": [dict(zip(("field", "old", "new"), field, strict=True)) for field in one.fields]}
            for one in (retold(record.record) if record else ())
        ],
        "figures": [
            {
                "edition": each.edition,
                "id": each.row.id,
                "metric": each.row.figure.query.metric,
                "label": each.row.label,
                "value": _value(each.row),
                "prints": [{"text": printed.text, "where": printed.where} for printed in each.row.prints],
                "operands": list(each.row.operands),
                "records": [
                    {"id": note.id, "file": note.place.file, "line": note.place.line, "summary": note.summary}
                    for note in each.records
                ],
            }
            for each in trail.found
        ],
        "published": [asdict(one) for one in trail.published],
    }


def _rows(works: tuple[Work, ...], target: str, record: Entry | None) -> Iterator[Found]:
    for work in works:
        ledger = work.ledger
        for row in ledger.rows if ledger else ():
            if ledger and _matches(row, target, record, work.folder):
                yield Found(work.folder, row, tuple(ledger.records[id_] for id_ in row.figure.records))


def _matches(row: LedgerRow, target: str, record: Entry | None, slug: str) -> bool:
    if record:
        return bool(row.prints) and record.record.id in row.figure.records
    if target in {row.id, f"{slug}:{row.id}", row.figure.query.metric}:
        return True
    if any(printed.text.casefold() == target.casefold() for printed in row.prints):
        return True
    value = read_number(target)
    return value is not None and bool(row.prints) and row.figure.value == value


def _records(found: Found, limit: int | None) -> Iterator[str]:
    shown = found.records if limit is None else found.records[:limit]
    for note in shown:
        day = f", {press_date(note.day)}" if note.day else ""
        yield f"  {note.id}  {note.place.file}:{note.place.line}  {note.summary}{day}"
    if len(shown) < len(found.records):
        yield f"  … và {number(len(found.records) - len(shown))} bản ghi nữa (thêm --all để xem hết)"


def _value(row: LedgerRow) -> str:
    value = row.figure.value
    return percent(value) if isinstance(value, Fraction) else number(value)


def _hint(library: Library, target: str) -> str:
    """Name the metric or the record that was probably meant; a number that was not printed is like no other."""
    if not target[:1].isalpha():
        return ""
    return did_you_mean(closest(target, (*library.metrics, *(entry.record.id for entry in library.entries))))
