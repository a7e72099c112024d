"""The plain text of an edition, as a news wire or a messenger wants it: paragraphs, lists, tables set by spaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from chungtay_reports.edition import (
    Block,
    Chart,
    Document,
    Edition,
    Format,
    Heading,
    ItemList,
    Paragraph,
    Photo,
    Quotation,
    Table,
)
from chungtay_reports.formats.metadata import issued_words, plain
from chungtay_reports.formats.notices import Told, told
from chungtay_reports.settings import Settings

DRAFT = "BẢN NHÁP. Chưa được duyệt, không dùng để đăng tải hay trích dẫn."
GAP = "  "  # between two columns of a table


def documents(edition: Edition, settings: Settings, overrides: Path | None = None) -> tuple[Document, ...]:
    """Make `<slug>.txt`: UTF-8, a blank line between paragraphs, no line broken."""
    del overrides  # nothing of a template is in it
    text = "\n\n".join(filter(None, _parts(edition, settings))) + "\n"
    name = f"{edition.slug}/{edition.slug}.txt"
    return (Document(edition.slug, "", Format.TEXT.value, name, text.replace("\u00ad", "").encode()),)


def _parts(edition: Edition, settings: Settings) -> Iterator[str]:
    yield DRAFT if edition.draft else ""
    number = f"Số {edition.issue}" if edition.issue else ""
    yield " · ".join(filter(None, (settings.publishing.masthead, number, issued_words(edition.issued))))
    yield plain(edition.headline)
    tag = f"({edition.source_tag}) " if edition.source_tag else ""
    yield f"{tag}{plain(edition.sapo)}" if edition.sapo else ""
    yield from (_told(notice) for notice in told(edition, settings.publishing.masthead))
    yield "\n".join(f"- {plain(item.number)} {plain(item.label)}" for item in edition.key_figures)
    yield _photo(edition.lead_photo) if edition.lead_photo else ""
    yield from (WRITTEN[type(block)](block) for block in edition.blocks)
    yield edition.byline
    yield plain(edition.data_note)
    yield edition.illustration


def _told(notice: Told) -> str:
    return "\n".join((notice.title.upper(), notice.lead, *(f"- {item}" for item in notice.items), notice.closing))


def _heading(block: Heading) -> str:
    text = plain(block.inlines)
    return text.upper() if block.level == 2 else text


def _paragraph(block: Paragraph) -> str:
    return plain(block.inlines)


def _list(block: ItemList) -> str:
    marks = (f"{number}. " if block.ordered else "- " for number in range(1, len(block.items) + 1))
    return "\n".join(f"{mark}{plain(item)}" for mark, item in zip(marks, block.items, strict=True))


def _quotation(block: Quotation) -> str:
    said = plain(block.inlines)
    if not said.startswith("“") and block.kind == "truc-tiep":
        said = f"“{said}”"
    note = f" ({block.note})" if block.note else ""
    return f"{said}\n{block.speaker}{note}"


def _photo(block: Photo) -> str:
    return f"[Ảnh: {' '.join(filter(None, (plain(block.caption) or block.alt, block.credit)))}]"


def _chart(block: Chart) -> str:
    return f"[Biểu đồ: {block.title}. {block.description}]"


def _table(block: Table) -> str:
    """Set a table by spaces: words to the left, numbers to the right."""
    rows = [*block.head, *block.rows, *([block.total] if block.total else [])]
    texts = [[plain(cell.inlines) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    numeric = [any(row[index].numeric for row in block.rows) for index in range(len(widths))]
    lines = [
        GAP.join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in texts
    ]
    return "\n".join(filter(None, (plain(block.caption), *lines, plain(block.note))))


WRITTEN: Mapping[type[Block], Callable[..., str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    ItemList: _list,
    Quotation: _quotation,
    Photo: _photo,
    Chart: _chart,
    Table: _table,
}
