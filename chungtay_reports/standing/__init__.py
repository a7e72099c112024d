"""Whether an edition stands as it was approved: its sheet of approvals, what has moved since, the marks that it bears."""

from __future__ import annotations

from chungtay_reports.standing.judging import Verdict, judge
from chungtay_reports.standing.marks import Marking, marked
from chungtay_reports.standing.rules import standing_problems
from chungtay_reports.standing.sheet import notice_sheet, sheet

__all__ = ["Marking", "Verdict", "judge", "marked", "notice_sheet", "sheet", "standing_problems"]
