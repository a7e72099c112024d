"""What is different between two states of the books, and why: ledgers row by row, figures by cause."""

from __future__ import annotations

from chungtay_reports.difference.ledgers import Change, PrintChange, ledger_changes

__all__ = ["Change", "PrintChange", "ledger_changes"]
