"""What deserves a second look before an edition is approved, the riskiest first; each finding names its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from chungtay_reports.difference import ledger_changes
from chungtay_reports.edition import Edition, Ledger, LedgerRow
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.measure import coverage, measure
from chungtay_reports.figures.periods import before
from chungtay_reports.figures.periods import label as period_label
from chungtay_reports.figures.tables import Tables
from chungtay_reports.formats.proofs import value_text
from chungtay_reports.model import Period, Query
from chungtay_reports.preview.sentences import sentences
from chungtay_reports.records import KIND_LABELS
from chungtay_reports.vietnamese import number, percent, press_date, sentence_start
from chungtay_reports.workspace.library import Library

JUMP = 2  # so many times more, or less, than the period before
JUMP_LEAST = 10  # a smaller value doubles easily
LOW = 2
NOTE = "hộp số liệu"  # the program's own words about coverage


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at; `figure` is the row of the ledger that it is about, or empty."""

    text: str
    figure: str = ""
    number: str = ""  # as printed


@dataclass(frozen=True, slots=True)
class Risk:
    """A kind of risk in this edition, what it means, and its points."""

    name: str
    why: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """An edition under review, and all that it is compared with.

    `earlier` are the editions issued before it, `published` the ledger of its own last publication and its day.
    """

    edition: Edition
    library: Library
    tables: Tables
    previous: Period | None
    earlier: tuple[Edition, ...]
    published: Ledger | None = None
    published_on: date | None = None


def risks(case: Case) -> tuple[Risk, ...]:
    """List the risks of an edition, the gravest kind first; a kind without points is left out."""
    found = (Risk(name, why, tuple(look(case))) for name, why, look in LOOKS)
    return tuple(risk for risk in found if risk.points)


# --------------------------------------------------------------------------- looks


def _coverage(case: Case) -> Iterator[Point]:
    told = case.edition.ledger.coverage
    if told.missing:
        registry, day = case.library.registry, case.edition.ledger.period.end
        names = ", ".join(registry.name(id_, day, "short") for id_ in told.missing)
        yield Point(f"{number(told.reported)}/{number(len(told.expected))} đơn vị đã gửi; còn thiếu {names}.")


def _changes(case: Case) -> Iterator[Point]:
    if case.published is None:
        return
    for change in ledger_changes(case.published, case.edition.ledger):
        old, new = change.old_text or "không có", change.new_text or "không còn"
        if old == new and change.old and change.new:
            old, new = (value_text(row.figure) for row in (change.old, change.new))
        yield Point(f"{change.label}: bản đã công bố {old}, bản này {new}.", change.new.id if change.new else "", new)


def _jumps(case: Case) -> Iterator[Point]:
    earlier = case.previous or before(case.edition.ledger.period)
    as_of = case.edition.ledger.as_of
    if earlier.start < case.library.settings.movement.start or not coverage(earlier, as_of, case.tables).reported:
        return
    for row in _printed(case.edition.ledger):
        figure = row.figure
        if figure.op or not isinstance(figure.value, int) or figure.query.period != case.edition.ledger.period:
            continue
        try:
            query = Query(figure.query.metric, earlier, as_of, figure.query.where)
            old = measure(query, case.tables, case.library.metrics).value
        except Refused:
            continue
        if max(figure.value, old) >= JUMP_LEAST and (figure.value >= JUMP * old or old >= JUMP * figure.value):
            text = f"{row.label}: {period_label(earlier)} là {number(old)}, kỳ này {number(figure.value)}."
            yield Point(text, row.id, row.prints[0].text)


def _kinds(case: Case) -> Iterator[Point]:
    if not case.earlier:
        return
    known = {note.kind for edition in case.earlier for note in edition.ledger.records.values()}
    notes = case.edition.ledger.records
    fresh = {note.kind for note in notes.values()} - known
    for kind in sorted(fresh, key=lambda one: KIND_LABELS.get(one, one)):
        ids = {id_ for id_, note in notes.items() if note.kind == kind}
        row = next((row for row in _printed(case.edition.ledger) if ids & set(row.figure.records)), None)
        text = sentence_start(f"{KIND_LABELS.get(kind, kind)}: {number(len(ids))} bản ghi.")
        yield Point(text, row.id if row else "", row.prints[0].text if row else "")


def _late(case: Case) -> Iterator[Point]:
    """Records of days that were told before and entered the books afterwards."""
    told = case.published_on
    end = case.edition.ledger.period.end if told else None
    if told is None and case.earlier:
        last = max(case.earlier, key=lambda edition: edition.issued)
        told, end = last.ledger.as_of, last.ledger.period.end
    if told is None or end is None:
        return
    notes = case.edition.ledger.records
    late = {id_ for id_, note in notes.items() if note.day and note.day <= end and _entered(case, id_) > told}
    for row in _printed(case.edition.ledger):
        own = late & set(row.figure.records)
        if own:
            listed = ", ".join(sorted(own)[:3]) + ("…" if len(own) > 3 else "")
            yield Point(
                f"{row.label}: {number(len(own))} bản ghi vào sổ sau {press_date(told)} ({listed}).",
                row.id,
                row.prints[0].text,
            )


def _entered(case: Case, id_: str) -> date:
    entry = case.tables.entries.get(id_)  # gone, when the edition is older than its files
    return entry.record.recorded.on if entry else date.min


def _statistical(case: Case) -> Iterator[Point]:
    shares = []
    for row in _printed(case.edition.ledger):
        figure = row.figure
        if figure.statistical and isinstance(figure.value, int) and figure.value and not figure.op:
            shares.append((Fraction(figure.statistical, figure.value), row))
    for share, row in sorted(shares, key=lambda pair: -pair[0]):
        text = f"{row.label}: {number(row.figure.statistical)} ({percent(share)}) theo bảng tổng hợp."
        yield Point(text, row.id, row.prints[0].text)


def _hedges(case: Case) -> Iterator[Point]:
    for row in _printed(case.edition.ledger):
        places: dict[str, list[str]] = {}
        for one in row.prints:
            if one.hedge and one.where != NOTE:
                places.setdefault(one.text.casefold(), []).append(one.where)
        for text, where in places.items():
            listed = ", ".join(dict.fromkeys(where))
            yield Point(f"“{text}” cho {value_text(row.figure, row.unit)} ({listed}).", row.id, text)


def _ranks(case: Case) -> Iterator[Point]:
    for row in _printed(case.edition.ledger):
        if row.figure.op in {"rank", "change", "difference"}:
            yield Point(f"{row.label}: {value_text(row.figure)}.", row.id, row.prints[0].text)


def _low(case: Case) -> Iterator[Point]:
    for row in _printed(case.edition.ledger):
        value = row.figure.value
        if isinstance(value, int) and not row.figure.op and 0 < value <= LOW:
            yield Point(f"{row.label}: {value_text(row.figure, row.unit)}.", row.id, row.prints[0].text)


def _sentences(case: Case) -> Iterator[Point]:
    if not case.earlier:
        return
    known = {sentence.shape for edition in case.earlier for sentence in sentences(edition)}
    seen: set[str] = set()
    for sentence in sentences(case.edition):
        if sentence.figures and sentence.shape not in known | seen:
            seen.add(sentence.shape)
            yield Point(f"“{sentence.text}”", sentence.figures[0], sentence.number)


def _printed(ledger: Ledger) -> Iterable[LedgerRow]:
    return (row for row in ledger.rows if row.prints)


Look = Callable[[Case], Iterator[Point]]
LOOKS: Sequence[tuple[str, str, Look]] = (
    ("Chưa đủ báo cáo", "Số toàn thành phố còn có thể tăng khi đơn vị thiếu gửi báo cáo.", _coverage),
    ("Khác bản đã công bố", "Bạn đọc đã thấy số cũ; đổi số thì phải đính chính.", _changes),
    ("Tăng, giảm gấp đôi trở lên", "So với kỳ trước; thường do nhập sót, nhập trùng hoặc đổi cách ghi.", _jumps),
    ("Loại bản ghi mới", "Lần đầu có mặt trong một bản tin; xem đã đếm đúng chỗ chưa.", _kinds),
    ("Vào sổ sau lần công bố trước", "Việc của kỳ đã nói đến, nhưng khi ấy chưa có trong sổ.", _late),
    ("Dựa trên bảng tổng hợp", "Không có bản ghi từng việc để đối chiếu.", _statistical),
    ("Nói ước lượng", "Lời in khác số đúng; xem có nên in số đúng không.", _hedges),
    ("So sánh, xếp hạng", "Một bản ghi thêm vào có thể làm đổi thứ tự.", _ranks),
    ("Số 1, số 2", "Dễ là sót bản ghi; nếu đếm học sinh, người đọc có thể nhận ra em nào.", _low),
    ("Câu dùng lần đầu", "Chưa bản tin trước nào có câu này; đọc lại cả câu với số.", _sentences),
)
