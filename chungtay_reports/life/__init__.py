"""The life of an edition: draft → approved → published → corrected or withdrawn."""

from __future__ import annotations

from chungtay_reports.life.approving import Approved, approve
from chungtay_reports.life.correcting import correct, correction_to_sign, withdraw, withdrawal_to_sign
from chungtay_reports.life.noticing import forged_notices
from chungtay_reports.life.publishing import Published, publish
from chungtay_reports.life.states import publication_data, published

__all__ = [
    "Approved",
    "Published",
    "approve",
    "correct",
    "correction_to_sign",
    "forged_notices",
    "publication_data",
    "publish",
    "published",
    "withdraw",
    "withdrawal_to_sign",
]
