"""The life of an edition: draft → approved → published → corrected or withdrawn."""

from __future__ import annotations

from chungtay_reports.life.approving import Approved, approve

__all__ = ["Approved", "approve"]
