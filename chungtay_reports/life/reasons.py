"""The reason that a correction or a withdrawal prints: one paragraph of clean text that may be public."""

from __future__ import annotations

from chungtay_reports.errors import Place, Severity, UsageError
from chungtay_reports.source.hygiene import clean_text
from chungtay_reports.workspace.privacy import personal_data

LONGEST = 500  # characters, as of every text of a record
PLACE = Place("--reason")


def said(reason: str) -> str:
    """Return the reason as it is printed; UsageError when it may not be, with what is wrong about it."""
    text, faults = clean_text(" ".join(reason.split()), PLACE)
    text = " ".join(text.split())
    if not any(map(str.isalnum, text)):
        raise UsageError('Hãy nói lý do bằng một câu: --reason "…".')
    if len(text) > LONGEST:
        raise UsageError(
            f"Lý do dài {len(text)} chữ cái; in cho bạn đọc thì nhiều nhất {LONGEST}, tốt nhất là một câu."
        )
    wrong = (*(each for each in faults if each.severity is Severity.ERROR), *personal_data(text, PLACE))
    if wrong:
        raise UsageError(f"Lý do (--reason): {wrong[0].message}.")
    return text
