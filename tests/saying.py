"""What prose with placeholders says at a desk, or why it may not be written."""

from __future__ import annotations

import newsroom

from chungtay_reports.edition import Block, Paragraph
from chungtay_reports.figures.desk import Desk
from chungtay_reports.prose.reader import read_prose
from chungtay_reports.prose.voice import plain

DESK = newsroom.desk()


def said(text: str, desk: Desk = DESK) -> str:
    """What a sentence with placeholders says; a no-break space reads as a space."""
    found, problems = read_prose(f"Nay {text}", "b.md", 1, desk)
    assert not problems, "\n".join(map(str, problems))
    (block,) = found
    assert isinstance(block, Paragraph)
    return plain(block.inlines).removeprefix("Nay ").replace("\u00a0", " ")


def whole(text: str, desk: Desk | None = None) -> Block:
    found, problems = read_prose(text, "b.md", 1, desk or newsroom.desk())
    assert not problems, "\n".join(map(str, problems))
    return found[0]


def refused(text: str, desk: Desk = DESK) -> str:
    """Why a placeholder is not written."""
    problems = read_prose(f"Nay {text}", "b.md", 1, desk)[1]
    assert [problem.code for problem in problems] == ["P302"], problems
    return problems[0].message
