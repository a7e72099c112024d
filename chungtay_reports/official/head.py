"""Fit the head of a paper into its two columns: sizes, line breaks, and what may reach beyond its column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chungtay_reports.official.layout import Layout, Style
from chungtay_reports.official.measuring import Measure, broken, width
from chungtay_reports.official.paper import Letterhead
from chungtay_reports.official.phrases import number_line, place_date_line


@dataclass(frozen=True, slots=True)
class Head:
    """The head as it is set: sizes in pt; `overhang` is how far place and date reach to the left, in mm."""

    issuer_size: float
    superior: tuple[str, ...]
    office: tuple[str, ...]
    number: str
    subject: tuple[str, ...]
    place_date: str
    place_date_size: float
    overhang: float


def fit_head(head: Letterhead, layout: Layout) -> Head:
    """Choose for the issuer, and for place and date, the first size at which each line fits its column.

    Names that fit at no size are broken by sense at the first one; place and date then stand at the last size, flush with
    the right margin, and reach into the free room left of them.
    """
    room, styles = layout.head.issuer_width, layout.styles
    size = next((size for size in layout.head.issuer_sizes if _fits(head, size, layout)), layout.head.issuer_sizes[0])
    words = place_date_line(head, layout)
    length = measure(styles.place_date, layout)(words) / styles.place_date.size
    dated = next((size for size in layout.head.place_date_sizes if length * size <= layout.head.nation_width), None)
    last = layout.head.place_date_sizes[-1]
    return Head(
        issuer_size=size,
        superior=_broken(head.superior, room, measure(styles.superior, layout, size)),
        office=_broken(head.office, room, measure(styles.office, layout, size)),
        number=number_line(head, layout),
        subject=_broken((head.subject,) if head.subject else (), room, measure(styles.subject, layout)),
        place_date=words,
        place_date_size=dated or last,
        overhang=0.0 if dated else length * last - layout.head.nation_width,
    )


def title_lines(title: str, layout: Layout) -> tuple[str, ...]:
    """Break a paper's title by sense into even lines."""
    return broken(title, layout.title_width, measure(layout.styles.title, layout))


def measure(style: Style, layout: Layout, size: float = 0) -> Measure:
    """Measure lines set in a style, at its size or another."""
    return lambda text: width(text, size or style.size, bold=style.bold, italic=style.italic, family=layout.font.pdf)


def _fits(head: Letterhead, size: float, layout: Layout) -> bool:
    """Say whether no line of the issuer must be broken at a size."""
    return all(
        measure(style, layout, size)(line) <= layout.head.issuer_width
        for style, lines in ((layout.styles.superior, head.superior), (layout.styles.office, head.office))
        for line in lines
    )


def _broken(lines: Iterable[str], room: float, measured: Measure) -> tuple[str, ...]:
    return tuple(piece for line in lines for piece in broken(line, room, measured))
