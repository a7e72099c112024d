"""The fixed lines of an official paper as they are printed: number, place and date, recipients, annexes; with blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from chungtay_reports.official.layout import Layout
from chungtay_reports.official.paper import Annex, Letterhead, Paper
from chungtay_reports.vietnamese import official_date, typography

BLANK = "\u00a0"
PURPOSE = re.compile(r" (?=\([^()]*\)[;.]?$)")
SMALL = 2  # digits: numbers below 10 begin with a zero


def number_line(head: Letterhead, layout: Layout) -> str:
    """Write “Số: 05/BC-PGDĐT”, or leave room for the number that the clerk will give."""
    return f"{layout.words.number}{number(head, layout)}/{head.symbol}"


def number(head: Letterhead, layout: Layout) -> str:
    """Write the number as it stands after “Số:”, with the space before it; room when there is none."""
    return f" {head.number.zfill(SMALL)}" if head.number else BLANK * layout.blanks.number


def place_date_line(head: Letterhead, layout: Layout) -> str:
    """Write “Cầu Giấy, ngày 06 tháng 5 năm 2024”, or leave room for the day."""
    return f"{head.place}, {day_words(head, layout)}"


def day_words(head: Letterhead, layout: Layout) -> str:
    """Write “ngày 06 tháng 5 năm 2024”, or leave room for the day before the month of issue."""
    if head.day:
        return official_date(head.day)
    _, _, month_and_year = official_date(date(head.month.year, head.month.month, 1)).partition(" tháng ")
    return f"ngày{BLANK * layout.blanks.day}tháng{BLANK}{month_and_year.replace(' ', BLANK, 1)}"


def kind_words(paper: Paper) -> str:
    """Name the kind of paper in running text: “Báo cáo”, “Công văn”."""
    return paper.type_name.capitalize() if paper.type_name else "Công văn"


def listed(entries: Sequence[str]) -> tuple[str, ...]:
    """End each entry with “;” and the last with “.”."""
    bare = [entry.rstrip(" ;.") for entry in entries]
    return (*(f"{entry};" for entry in bare[:-1]), *(f"{entry}." for entry in bare[-1:]))


def with_purpose(entry: str) -> tuple[str, str]:
    """Divide “UBND quận Cầu Giấy (để b/c);” before what the paper is sent for, which stays on one line; "" for none."""
    who, *purpose = PURPOSE.split(entry, maxsplit=1)
    return who, "".join(purpose)


def on_one_line(number: str) -> str:
    """Hold a printed number to its unit: “187.155.000 đồng” does not break; the figures keep it as it was printed."""
    return typography(number)


def annex_label(annex: Annex, layout: Layout) -> str:
    """Write “Phụ lục II”; “Phụ lục” when it is the only one."""
    return BLANK.join(filter(None, (layout.words.annex, annex.numeral)))


def annex_reference(paper: Paper, layout: Layout) -> str:
    """Say which paper an annex belongs to: “(Kèm theo Báo cáo số 05/BC-PGDĐT ngày … của …)”, with the same blanks."""
    head = paper.letterhead
    owner = f" của {head.name}" if head.name else ""
    identity = f"số{number(head, layout)}/{head.symbol} {day_words(head, layout)}"
    return f"(Kèm theo {kind_words(paper)} {identity}{owner})"
