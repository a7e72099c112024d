"""Every published sentence that a record stands behind: read from the figures and the lines of each archived version."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import Publication, identified
from chungtay_reports.edition import Ledger, LedgerRow
from chungtay_reports.errors import ReportsError
from chungtay_reports.figures.ledger_reader import read_json
from chungtay_reports.fingerprint import Mark, TextLine

_BETWEEN = re.compile(r"(?<=[.!?…])\s+(?=[“‘(]?(\w))")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it was published; `newest` when no later version took its place."""

    key: str
    version: str
    state: str
    newest: bool
    where: str
    text: str
    printed: str  # the number in it


def published_sentences(archive_root: Path, record: str) -> tuple[Sentence, ...]:
    """List the sentences whose numbers count the record, also through a sum or a share; newest version first."""
    store = Store.find(archive_root)
    if store is None:
        return ()
    return tuple(
        sentence
        for object_id, last in identified(store)
        for publication in (last, *reversed(last.history))
        for sentence in _of(store, object_id, publication, record, newest=publication is last)
    )


def archived_lines(store: Store, object_id: str, publication: Publication) -> tuple[TextLine, ...]:
    """Read the lines of a published version back."""
    data = store.read(object_id, publication.files["loi-van"], publication.number)
    try:
        return tuple(_line(row) for row in json.loads(data)["lines"])
    except (ValueError, KeyError, TypeError) as error:
        raise ReportsError(f"Không đọc được lời văn đã công bố của {publication.key}: {error}") from error


def sentence_at(text: str, start: int) -> str:
    """Cut out the sentence that the character at `start` belongs to."""
    return next((text[begin:end] for begin, end in _spans(text) if start < end), "")


def sentences(text: str) -> tuple[str, ...]:
    """Part a line of text into its sentences."""
    return tuple(text[begin:end] for begin, end in _spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for gap in _BETWEEN.finditer(text):
        if gap[1].isupper():
            yield begin, gap.start()
            begin = gap.end()
    yield begin, len(text)


def _line(row: dict[str, object]) -> TextLine:
    marks = row["marks"]
    if not isinstance(marks, list):
        raise TypeError(marks)
    return TextLine(str(row["where"]), str(row["text"]), tuple(Mark(**mark) for mark in marks))


def _of(store: Store, object_id: str, publication: Publication, record: str, *, newest: bool) -> Iterator[Sentence]:
    if "figures" not in publication.files:
        return
    ledger = read_json(store.read(object_id, publication.files["figures"], publication.number).decode())
    rows = _counting(ledger, record)
    head = (publication.key, publication.version, publication.state.value, newest)
    told = set()
    for line in archived_lines(store, object_id, publication):
        for mark in line.marks:
            if mark.figure in rows:
                told.add((mark.figure, line.text[mark.start : mark.end]))
                yield Sentence(*head, line.where, sentence_at(line.text, mark.start), line.text[mark.start : mark.end])
    for row in rows.values():  # what stands in a drawing has no line of its own
        for printed in row.prints:
            if (row.id, printed.text) not in told:
                yield Sentence(*head, printed.where, row.label, printed.text)


def _counting(ledger: Ledger, record: str) -> dict[str, LedgerRow]:
    """Find the printed rows that count the record, themselves or by what they are computed from."""
    rows = {row.id: row for row in ledger.rows}
    found = {row.id for row in ledger.rows if record in row.figure.records}
    while True:
        more = {row.id for row in ledger.rows if row.id not in found and found & set(row.operands)}
        if not more:
            return {id_: rows[id_] for id_ in rows if id_ in found and rows[id_].prints}
        found |= more
