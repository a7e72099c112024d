"""The ledger as tables for a spreadsheet: every printed number, and every record that proves the edition."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable

from chungtay_reports.edition import Edition, LedgerRow, Printed
from chungtay_reports.figures.derived import decimal
from chungtay_reports.records import KIND_LABELS

BOM = "\ufeff"  # without it Excel reads UTF-8 as a code page
FIGURES = (
    "Mã", "Chữ in", "Ước lượng", "Vị trí", "Chỉ tiêu", "Nội dung", "Đơn vị tính", "Giá trị", "Từ ngày", "Đến ngày",
    "Số liệu đến ngày", "Đã báo cáo", "Phải báo cáo", "Từ dòng thống kê", "Số bản ghi", "Bản ghi", "Tính từ",
)  # fmt: skip
RECORDS = ("Bản ghi", "Loại", "Nội dung", "Ngày", "Tệp", "Dòng", "Minh họa", "Dòng thống kê", "Chứng minh cho")
LONGEST = 30_000  # characters; Excel cuts a cell at 32,767
_PLAIN_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?", re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(edition: Edition) -> str:
    """Write figures.csv: one line for each printed number, in the order of the ledger; commas, a BOM, line feeds."""
    return _table(FIGURES, (_figure(row, print_) for row in edition.ledger.rows for print_ in row.prints))


def records_csv(edition: Edition) -> str:
    """Write records.csv: one line for each record that proves the edition, with the figures that stand on it."""
    ledger = edition.ledger
    proves: dict[str, list[str]] = defaultdict(list)
    for row in ledger.rows:
        for id_ in row.figure.records:
            proves[id_].append(row.id)
    lines = (
        (
            note.id,
            KIND_LABELS.get(note.kind, note.kind),
            note.summary,
            note.day.isoformat() if note.day else "",
            note.place.file,
            str(note.place.line),
            "có" if note.illustration else "",
            "có" if note.statistical else "",
            _joined(proves[note.id]),
        )
        for _, note in sorted(ledger.records.items())
    )
    return _table(RECORDS, lines)


def safe(text: str) -> str:
    """Keep a spreadsheet from running a cell: a text that would be a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) and not _PLAIN_NUMBER.fullmatch(text) else text


def _figure(row: LedgerRow, print_: Printed) -> tuple[str, ...]:
    figure = row.figure
    return (
        row.id,
        print_.text,
        print_.hedge,
        print_.where,
        figure.query.metric,
        row.label,
        row.unit,
        decimal(figure.value),
        figure.query.period.start.isoformat(),
        figure.query.period.end.isoformat(),
        figure.query.as_of.isoformat(),
        str(figure.coverage.reported),
        str(len(figure.coverage.expected)),
        str(figure.statistical),
        str(len(figure.records)),
        _joined(figure.records),
        " ".join(row.operands),
    )


def _joined(ids: Iterable[str]) -> str:
    """Join ids by spaces; a list too long for a cell ends with where to find the rest."""
    text = " ".join(ids)
    if len(text) <= LONGEST:
        return text
    return f"{text[: text.rindex(' ', 0, LONGEST)]} … (đủ trong figures.json)"


def _table(head: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in line] for line in lines)
    return BOM + stream.getvalue()
