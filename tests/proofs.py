"""Copies checked in this process: what is found, and its codes."""

from __future__ import annotations

from dataclasses import replace

import copies

from chungtay_reports.archive.proof import reading
from chungtay_reports.archive.proof.checking import Check, check
from chungtay_reports.archive.proof.index import Listed
from chungtay_reports.archive.proof.report import of_check
from chungtay_reports.errors import Place

PLACE = Place("ban-tin.pdf")


def checked(pdf: bytes) -> Check:
    return check(reading.read(pdf, PLACE), PLACE)


def codes(pdf: bytes) -> list[str]:
    """The codes of all that speaks against a PDF, each once."""
    try:
        found = checked(pdf).problems
    except reading.Unreadable as ending:
        found = (ending.problem,)
    return list(dict.fromkeys(problem.code for problem in found))


def listed(**changes: object) -> Listed:
    found = of_check("a.pdf", "0" * 64, checked(copies.bulletin()))
    own = Listed(
        found.key, found.title, "v1", "published", "2023-08-15T09:00:00+07:00", found.digest, found.code, "", ()
    )
    return replace(own, **changes)  # type: ignore[arg-type]
