"""The PDF of an official paper: Decree 30/2020, Appendix I, to the millimetre; its figures travel inside as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from chungtay_reports import __version__, theme
from chungtay_reports.edition import Block, Document, Format, Paragraph
from chungtay_reports.formats.certificate import attachments, mark
from chungtay_reports.formats.metadata import plain
from chungtay_reports.formats.notices import with_notices
from chungtay_reports.formats.paper_data import csv_documents, document, file_name, issued, json_documents
from chungtay_reports.formats.paper_style import declarations, page_box
from chungtay_reports.formats.paper_tables import ruled
from chungtay_reports.formats.pdf_lines import with_good_lines
from chungtay_reports.official.head import fit_head, measure, title_lines
from chungtay_reports.official.layout import Layout, Sheet, layout
from chungtay_reports.official.measuring import broken
from chungtay_reports.official.numbering import letter
from chungtay_reports.official.paper import Annex, OfficialTable, Paper
from chungtay_reports.official.phrases import (
    annex_label,
    annex_reference,
    kind_words,
    listed,
    on_one_line,
    with_purpose,
)
from chungtay_reports.press import Attached, Imprint, Press, PrintJob
from chungtay_reports.press.job import Fetched
from chungtay_reports.settings import Settings

# A row of an annex takes some 1.5 ms of CPU (benchmarks/RESULTS.md); the wall clock allows a machine that is busy and slower.
SECONDS, SECONDS_PER_ROW = 60, 0.06

TEMPLATE, STYLE = "official/paper.html.j2", "official/paper.css.j2"
STYLE_ADDRESS = "official/paper.css"


@dataclass(frozen=True, slots=True)
class AnnexPages:
    """An annex as it is set: `page` names its pages, which have a size and numbers of their own."""

    page: str
    sheet: Sheet
    landscape: bool
    label: str
    title_lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    ending: bool  # “./.” stands below the last block, unless that is text which ends with it


def documents(paper: Paper, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]:
    """Make the PDF of one paper; for several, give `print_job`s to one `Press`."""
    with Press() as press:
        return (pdf_document(paper, press.typeset(print_job(paper, settings, overrides))),)


def pdf_document(paper: Paper, pdf: bytes) -> Document:
    """File the finished PDF of a paper."""
    return document(paper, Format.PDF.value, file_name(paper, ".pdf"), pdf)


def print_job(paper: Paper, settings: Settings, overrides: Path | None = None) -> PrintJob:
    """Lay out a paper for the press, with the files to embed."""
    rules = layout(overrides)
    head, annexes = fit_head(paper.letterhead, rules), tuple(_annexes(paper, rules))
    html = theme.fill(
        TEMPLATE,
        overrides,
        paper=with_notices(paper),
        words=rules.words,
        head=head,
        title=_title(paper),
        title_lines=title_lines(paper.title, rules),
        addressees=listed(paper.addressees),
        bases=listed(paper.bases),
        recipients=tuple(map(with_purpose, listed(paper.recipients))),
        reference=annex_reference(paper, rules),
        annexes=annexes,
        ruled=ruled,
        letter=letter,
        on_one_line=on_one_line,
        mark=mark(paper, settings),
    )
    style = theme.fill(
        STYLE,
        overrides,
        layout=rules,
        draft=paper.draft,
        css=declarations(rules),
        page_box=page_box,
        head=head,
        annexes=annexes,
        colon=measure(rules.styles.addressees, rules)(rules.words.addressees.rstrip(":")),
    )
    return PrintJob(
        name=file_name(paper, ""),
        html=with_good_lines(html),
        imprint=_imprint(paper),
        assets={STYLE_ADDRESS: Fetched("text/css", style.encode())},
        attachments=_attachments(paper, settings),
        seconds=SECONDS + SECONDS_PER_ROW * _rows(paper),
    )


def _annexes(paper: Paper, rules: Layout) -> Iterator[AnnexPages]:
    for n, annex in enumerate(paper.annexes, start=1):
        sheet = rules.sheet(landscape=annex.landscape)
        yield AnnexPages(
            page=f"phu-luc-{n}",
            sheet=sheet,
            landscape=annex.landscape,
            label=annex_label(annex, rules),
            title_lines=broken(annex.title, sheet.text_width, measure(rules.styles.annex_title, rules)),
            blocks=annex.blocks,
            ending=not _ends(annex, rules),
        )


def _ends(annex: Annex, rules: Layout) -> bool:
    last = annex.blocks[-1] if annex.blocks else None
    return isinstance(last, Paragraph) and plain(last.inlines).rstrip().endswith(rules.words.end)


def _rows(paper: Paper) -> int:
    blocks = chain(paper.body, *(annex.blocks for annex in paper.annexes))
    return sum(len(block.table.rows) for block in blocks if isinstance(block, OfficialTable))


def _title(paper: Paper) -> str:
    """Call the file what the archive will call the paper: “Báo cáo Kết quả thực hiện …”."""
    return paper.letterhead.subject or f"{kind_words(paper)}: {paper.title}"


def _imprint(paper: Paper) -> Imprint:
    head = paper.letterhead
    return Imprint(
        title=_title(paper),
        author=head.author,
        subject=paper.title,
        keywords=(kind_words(paper), head.symbol),
        issued=issued(paper),
        generator=f"Chung tay Reports {__version__}",
    )


def _attachments(paper: Paper, settings: Settings) -> tuple[Attached, ...]:
    made = (*json_documents(paper, settings), *csv_documents(paper, settings))
    return attachments(paper, {Path(item.path).name: item.data for item in made})
