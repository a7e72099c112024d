"""Whether a copy still proves itself: every figure computed again, every line looked for on the page, every page compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chungtay_reports.archive.proof.certificate import UNREADABLE, Certificate, read_certificate
from chungtay_reports.archive.proof.lettering import letters
from chungtay_reports.archive.proof.reading import Reading
from chungtay_reports.edition import Ledger, LedgerRow
from chungtay_reports.errors import Code, Place, Problem, ReportsError
from chungtay_reports.figures.derived import decimal
from chungtay_reports.figures.evidence import read_evidence
from chungtay_reports.figures.ledger import read_json
from chungtay_reports.figures.measure import recompute
from chungtay_reports.figures.tables import Tables
from chungtay_reports.fingerprint import Fingerprint, digested

WRONG_VALUE = Code("V111", "“{label}” ghi là {value}, nhưng tính lại từ các bản ghi đính kèm thì ra {found}")
WRONG_PRINT = Code("V112", "“{label}” bằng {value} mà ở {where} lại in “{text}”")
NOT_ON_PAGE = Code("V113", "trên trang không còn dòng này ({where}): “{text}”")
REDRAWN = Code("V114", "trang {number} không còn như lúc in: có nét hoặc chữ bị sửa, che hay thêm vào")
PAGES = Code("V115", "tệp có {found} trang, lúc in có {said} trang")
OTHER_FIGURES = Code("V116", "sổ số liệu không khớp dấu vân tay của bản in: có con số, bộ lọc hay chữ in bị sửa")
OTHER_TEXT = Code("V117", "lời văn trong ban-in.json không khớp dấu vân tay của bản in")
OTHER_CODE = Code("V118", "mã kiểm chứng của dấu vân tay là {code}, nhưng trang cuối hoặc ban-in.json ghi mã khác")

# Lines of the fingerprint that say how an edition is filed: the page shows them in other words, or not at all.
FILED = frozenset({"đầu trang", "thời điểm", "từ khóa", "số, ký hiệu", "địa danh, ngày"})
MOST_NAMED = 40
_WHOLE_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})*|\d+", re.ASCII)
PUNCTUATION = ".,;:?!…|()“”"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are, and how many of them are right."""

    total: int
    right: int


@dataclass(frozen=True, slots=True)
class Check:
    """What was found; the certificate is missing when the file is not ours."""

    certificate: Certificate | None
    fingerprint: Fingerprint | None  # of what the copy holds now
    figures: Tally
    lines: Tally
    pages: Tally
    problems: tuple[Problem, ...]


NOTHING = Tally(0, 0)


def check(reading: Reading, place: Place) -> Check:
    """Check a PDF that was taken apart."""
    certificate, found = read_certificate(reading.files, place)
    problems = [*reading.problems, *found]
    if certificate is None:
        return Check(None, None, NOTHING, NOTHING, NOTHING, tuple(problems))
    redrawn = list(_redrawn(reading, place))
    lost = list(_lost(certificate, reading, place, strictly=bool(redrawn)))
    ledger, tables, unreadable = _opened(reading, place)
    wrong = list(_wrong(ledger, tables, place)) if ledger and tables else []
    now = digested(ledger.rows if ledger else (), certificate.lines)
    problems += [*unreadable, *wrong, *_misprinted(ledger, place), *lost[:MOST_NAMED], *redrawn]
    compared = ledger is not None or not certificate.digests
    problems += _other(certificate, now, reading, place, compared=compared)
    total = len(ledger.rows) if ledger else 0
    shown = sum(where not in FILED for where, _ in certificate.lines)
    return Check(
        certificate=certificate,
        fingerprint=now if ledger else None,
        figures=Tally(total, total - len(wrong) if tables else 0),
        lines=Tally(shown, shown - len(lost)),
        pages=Tally(len(reading.drawn), len(reading.drawn) - sum(one.code == REDRAWN.code for one in redrawn)),
        problems=tuple(problems),
    )


def _opened(reading: Reading, place: Place) -> tuple[Ledger | None, Tables | None, list[Problem]]:
    ledger = tables = None
    problems = []
    if "figures.json" in reading.files:
        try:
            ledger = read_json(reading.files["figures.json"].decode("utf-8", "replace"))
        except ReportsError as error:
            problems.append(UNREADABLE.at(place, name="figures.json", reason=str(error).rstrip(".")))
    if "records.json" in reading.files:
        try:
            tables = read_evidence(reading.files["records.json"].decode("utf-8", "replace")).tables()
        except ReportsError as error:
            problems.append(UNREADABLE.at(place, name="records.json", reason=str(error).rstrip(".")))
    return ledger, tables, problems


def _wrong(ledger: Ledger, tables: Tables, place: Place) -> Iterator[Problem]:
    """Compute every figure again from the records that travel with it."""
    for row in ledger.rows:
        try:
            found = decimal(recompute(row, ledger, tables, ledger.metrics))
        except Exception as error:  # noqa: BLE001 - a ledger of somebody else's making may ask for anything
            found = f"lỗi ({type(error).__name__})"
        if found != decimal(row.figure.value):
            yield WRONG_VALUE.at(place, label=row.label, value=decimal(row.figure.value), found=found)


def _misprinted(ledger: Ledger | None, place: Place) -> Iterator[Problem]:
    """Compare whole numbers with their values; hedges, shares and money in words were proven when they were written."""
    for row in ledger.rows if ledger else ():
        for printed in row.prints:
            if not printed.hedge and _says_other(row, printed.text):
                value = decimal(row.figure.value)
                yield WRONG_PRINT.at(place, label=row.label, value=value, where=printed.where, text=printed.text)


def _says_other(row: LedgerRow, text: str) -> bool:
    value = row.figure.value
    return isinstance(value, int) and bool(_WHOLE_NUMBER.fullmatch(text)) and int(text.replace(".", "")) != value


def _lost(certificate: Certificate, reading: Reading, place: Place, *, strictly: bool) -> Iterator[Problem]:
    """Look for every line on the pages; where they were redrawn, a line must stand there in one piece."""
    everywhere = f"{reading.body}\0{reading.running}\0{reading.pictures}"
    for where, text in certificate.lines:
        if where not in FILED and not _stands(text, everywhere, strictly=strictly):
            yield NOT_ON_PAGE.at(place, where=where, text=text)


def _stands(text: str, everywhere: str, *, strictly: bool) -> bool:
    """Say whether a line is there: in one piece, or where a page ends in it, or punctuation is set otherwise, in words."""
    if letters(text.replace(" | ", "")) in everywhere:
        return True
    return not strictly and all(letters(word.strip(PUNCTUATION)) in everywhere for word in text.split())


def _redrawn(reading: Reading, place: Place) -> Iterator[Problem]:
    if len(reading.drawn) != len(reading.said):
        yield PAGES.at(place, found=len(reading.drawn), said=len(reading.said))
    for number, (drawn, said) in enumerate(zip(reading.drawn, reading.said, strict=False), start=1):
        if drawn != said:
            yield REDRAWN.at(place, number=number)


def _other(
    certificate: Certificate, now: Fingerprint, reading: Reading, place: Place, *, compared: bool
) -> Iterator[Problem]:
    said = certificate.fingerprint
    if compared and now.figures != said.figures:
        yield OTHER_FIGURES.at(place)
    if now.text != said.text:
        yield OTHER_TEXT.at(place)
    if certificate.short != said.short or letters(said.short) not in reading.body:
        yield OTHER_CODE.at(place, code=said.short)
