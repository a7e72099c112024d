"""The record types, one module each, and the table that names them by `kind`."""

from __future__ import annotations

from chungtay_reports.records.activity import ACTIVITY_KINDS, Activity
from chungtay_reports.records.agreement import AGREEMENT_KINDS, Agreement
from chungtay_reports.records.statistic import STATISTIC_KINDS, Statistic
from chungtay_reports.records.submission import SUBMISSION_KINDS, Submission

Record = Agreement | Activity | Statistic | Submission

RECORD_TYPES: dict[str, type[Record]] = {
    **dict.fromkeys(AGREEMENT_KINDS, Agreement),
    **dict.fromkeys(ACTIVITY_KINDS, Activity),
    **dict.fromkeys(STATISTIC_KINDS, Statistic),
    **dict.fromkeys(SUBMISSION_KINDS, Submission),
}

KIND_LABELS: dict[str, str] = {**AGREEMENT_KINDS, **ACTIVITY_KINDS, **STATISTIC_KINDS, **SUBMISSION_KINDS}

__all__ = ["KIND_LABELS", "RECORD_TYPES", "Activity", "Agreement", "Record", "Statistic", "Submission"]
