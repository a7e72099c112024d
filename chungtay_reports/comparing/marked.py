"""The new side's text in print with every change marked: the old struck through, the new underlined, the cause beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from chungtay_reports import __version__, theme
from chungtay_reports.comparing.comparison import Comparison
from chungtay_reports.comparing.overlay import Marked, marked_lines
from chungtay_reports.comparing.wording import IN_THE_TEXT, paragraph
from chungtay_reports.edition import Edition
from chungtay_reports.errors import ContentError
from chungtay_reports.figures.ledger import plain
from chungtay_reports.model import HANOI
from chungtay_reports.official.paper import Paper
from chungtay_reports.press import Imprint, Press, PrintJob
from chungtay_reports.press.job import Fetched
from chungtay_reports.settings import Settings
from chungtay_reports.standing.sheet import as_of

TEMPLATE, STYLE = "difference/marked.html.j2", "difference/marked.css"


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that stand together: the head and the rows of a table, or a single line."""

    line: Marked
    rows: tuple[Marked, ...] | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        lines = (self.line, *(self.rows or ()))
        return tuple(dict.fromkeys(note for line in lines for note in line.notes))


def marked_pdf(found: Comparison, settings: Settings, overrides: Path | None = None) -> bytes:
    """Set the marked text; ContentError when one side has no text to mark (its author's words do not hold that day)."""
    work = found.new.work
    if work is None or found.old.work is None:
        raise ContentError(found.new.problems or found.old.problems)
    title = work.title if isinstance(work, Paper) else plain(work.headline)
    html = theme.fill(
        TEMPLATE,
        overrides,
        title=f"So sánh: {title}",
        masthead=settings.publishing.masthead,
        organisation=settings.organisation.name,
        old=found.old.words,
        new=found.new.words,
        summary=paragraph(found, rest_is=IN_THE_TEXT),
        parts=tuple(_parts(marked_lines(found))),
    )
    with Press() as press:
        return press.typeset(
            PrintJob(
                name=f"so-sanh-{found.new.key.replace('/', '-')}",
                html=html,
                imprint=_imprint(title, work, settings),
                assets={STYLE: Fetched("text/css", theme.asset(STYLE, overrides))},
            )
        )


def _parts(lines: Sequence[Marked]) -> Iterator[Part]:
    """Gather rows of one width into tables."""
    rows: list[Marked] = []
    for line in lines:
        if rows and (line.role != "row" or len(line.cells) != len(rows[0].cells)):
            yield Part(rows[0], tuple(rows[1:]))
            rows = []
        if line.role == "row":
            rows.append(line)
        else:
            yield Part(line)
    if rows:
        yield Part(rows[0], tuple(rows[1:]))


def _imprint(title: str, work: Edition | Paper, settings: Settings) -> Imprint:
    day = as_of(work)
    return Imprint(
        title=f"So sánh: {title}",
        author=settings.organisation.name,
        subject="Chỗ khác giữa hai bản, kèm nguyên nhân",
        keywords=("so sánh",),
        issued=datetime.combine(day, time(12), HANOI),
        generator=f"Chung tay Reports {__version__}",
    )
