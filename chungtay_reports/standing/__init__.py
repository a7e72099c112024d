"""Whether an edition stands as it was approved: its sheet of approvals, what has moved since, the marks that it bears."""

from __future__ import annotations

from chungtay_reports.standing.judging import Verdict, judge
from chungtay_reports.standing.marks import Marking, as_corrected, corrected_as_of, marked, notices_of
from chungtay_reports.standing.rules import fallen, standing_problems
from chungtay_reports.standing.sheet import notice_sheet, sheet

__all__ = [
    "Marking",
    "Verdict",
    "as_corrected",
    "corrected_as_of",
    "fallen",
    "judge",
    "marked",
    "notice_sheet",
    "notices_of",
    "sheet",
    "standing_problems",
]
