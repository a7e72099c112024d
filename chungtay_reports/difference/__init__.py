"""What is different between two states of the books, and why: ledgers row by row, figures by cause."""

from __future__ import annotations

from chungtay_reports.difference.causes import CAUSES, Difference, Part, differences
from chungtay_reports.difference.ledgers import Change, PrintChange, ledger_changes
from chungtay_reports.difference.worlds import World

__all__ = ["CAUSES", "Change", "Difference", "Part", "PrintChange", "World", "differences", "ledger_changes"]
