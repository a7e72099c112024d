"""Compare editions, published versions and days by cause, and find what has been printed and is no longer so."""

from __future__ import annotations

from chungtay_reports.comparing.comparison import Comparison, Line, compare
from chungtay_reports.comparing.sides import Side, sides

__all__ = ["Comparison", "Line", "Side", "compare", "sides"]
