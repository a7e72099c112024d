"""What an edition says, as digests: an approval holds, and a PDF is the published one, while these stay the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from chungtay_reports.edition import (
    Block,
    Cell,
    Chart,
    Edition,
    Heading,
    Inline,
    Inlines,
    ItemList,
    LedgerRow,
    Number,
    Paragraph,
    Photo,
    Quotation,
    Table,
    Text,
)
from chungtay_reports.model import Figure
from chungtay_reports.official.paper import AnnexTable, OfficialTable, Paper

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHORT_BITS, _GROUP = 60, 4


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Two SHA-256 digests in hexadecimal: of the figures, and of every line of text."""

    figures: str
    text: str

    @property
    def digest(self) -> str:
        """One digest of both."""
        return hashlib.sha256(f"{self.figures}\n{self.text}\n".encode()).hexdigest()

    @property
    def short(self) -> str:
        """The first 60 bits of the digest as people read them aloud: “XXXX-XXXX-XXXX” in Crockford's base 32."""
        bits = int(self.digest[: _SHORT_BITS // 4], 16)
        signs = [_CROCKFORD[bits >> shift & 31] for shift in range(_SHORT_BITS - 5, -5, -5)]
        return "-".join("".join(signs[start : start + _GROUP]) for start in range(0, len(signs), _GROUP))


@dataclass(frozen=True, slots=True)
class Mark:
    """A printed number in a line: its ledger row, and where it begins and ends."""

    figure: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that readers see: `where` as the ledger calls it (“tít”, “đoạn 3”, “bảng 1, hàng Ba Đình”)."""

    where: str
    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def words(self) -> str:
        """The text with “#” for every printed number."""
        text = self.text
        for mark in reversed(self.marks):
            text = f"{text[: mark.start]}#{text[mark.end :]}"
        return text


Work = Edition | Paper


def fingerprint(work: Work) -> Fingerprint:
    """Digest what a work says. The draft mark, notices of correction, formats and places of files do not count."""
    rows = work.ledger.rows if work.ledger else ()
    return digested(rows, ((line.where, line.text) for line in text_lines(work)))


def digested(rows: Iterable[LedgerRow], lines: Iterable[tuple[str, str]]) -> Fingerprint:
    """Digest a ledger's rows and lines of (where, text), as they were read back from a copy."""
    return Fingerprint(_digest([_figure(row) for row in rows]), _digest([list(line) for line in lines]))


def text_lines(work: Work) -> tuple[TextLine, ...]:
    """List every line in reading order; lists of other editions are navigation and are left out."""
    lines = _paper(work) if isinstance(work, Paper) else _edition(work)
    return tuple(line for line in lines if line.text)


# --------------------------------------------------------------------------- figures


def _digest(value: object) -> str:
    return hashlib.sha256(_canonical(value).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _figure(row: LedgerRow) -> list[object]:
    value = row.figure.value
    exact = [value.numerator, value.denominator] if isinstance(value, Fraction) else value
    prints = [[one.text, one.hedge, one.where] for one in row.prints]
    return [*_asked(row.figure), exact, prints]


def _asked(figure: Figure) -> list[object]:
    query, days = figure.query, (figure.query.period.start, figure.query.period.end, figure.query.as_of)
    where = [[test.field, list(test.values), test.negate] for test in query.where]
    return [figure.op, query.metric, [day.isoformat() for day in days], where]


# --------------------------------------------------------------------------- lines


def _edition(edition: Edition) -> Iterator[TextLine]:
    yield TextLine("đầu trang", " · ".join(filter(None, (edition.category, edition.issue, edition.source_tag))))
    yield TextLine("thời điểm", edition.issued.isoformat())
    yield _line("tít", edition.headline)
    yield _line("sapo", edition.sapo)
    for key_figure in edition.key_figures:
        yield _line("số nổi bật", (*key_figure.number, Text(" "), *key_figure.label))
    if edition.lead_photo:
        yield from _photo("ảnh đầu bài", edition.lead_photo)
    yield from _Body().lines(edition.blocks)
    yield TextLine("bút danh", edition.byline)
    yield TextLine("từ khóa", ", ".join(edition.keywords))
    yield _line("hộp số liệu", edition.data_note)
    yield TextLine("dữ liệu minh họa", edition.illustration)


def _paper(paper: Paper) -> Iterator[TextLine]:
    head = paper.letterhead
    yield TextLine("tên cơ quan", " ".join((*head.superior, *head.office)))
    yield TextLine("số, ký hiệu", " ".join(filter(None, (head.number, head.symbol))))
    yield TextLine("địa danh, ngày", f"{head.place}, {(head.day or head.month).isoformat()}")
    yield TextLine("tên loại", paper.type_name)
    yield TextLine("trích yếu", paper.title or head.subject)
    for where, texts in (("kính gửi", paper.addressees), ("căn cứ", paper.bases)):
        yield from (TextLine(where, text) for text in texts)
    yield from _Body().lines(paper.body)
    yield from (TextLine("nơi nhận", text) for text in paper.recipients)
    yield from (TextLine("người ký", text) for text in (*paper.signature.lines, paper.signature.name))
    for annex in paper.annexes:
        label = f"Phụ lục {annex.numeral}".strip()
        yield TextLine(label, annex.title)
        yield from _Body(label).lines(annex.blocks)
    yield TextLine("dữ liệu minh họa", paper.illustration)


@dataclass(slots=True)
class _Body:
    """A run of blocks; paragraphs and tables are counted as the ledger counts them."""

    within: str = ""
    section: str = ""
    paragraphs: int = 0
    tables: int = 0

    def lines(self, blocks: Iterable[Block]) -> Iterator[TextLine]:
        for block in blocks:
            yield from self._block(block)

    def _at(self, where: str) -> str:
        return ", ".join(filter(None, (self.within, self.section, where)))

    def _block(self, block: Block) -> Iterator[TextLine]:
        if isinstance(block, Heading):
            yield self._heading(block)
        elif isinstance(block, Paragraph | ItemList):
            self.paragraphs += 1
            where = self._at(f"đoạn {self.paragraphs}")
            items = block.items if isinstance(block, ItemList) else (block.inlines,)
            yield from (_line(where, item) for item in items)
        elif isinstance(block, Quotation):
            yield _line(self._at("trích dẫn"), block.inlines)
            yield TextLine(self._at("trích dẫn"), ", ".join(filter(None, (block.speaker, block.source, block.note))))
        elif isinstance(block, Photo):
            yield from _photo(self._at("ảnh"), block)
        elif isinstance(block, Chart):
            where = self._at(f"biểu đồ {block.id}")
            yield from (TextLine(where, text) for text in (block.title, block.description))
            yield _line(where, block.caption)
        elif isinstance(block, Table):
            self.tables += 1
            yield from _table(self._at(f"bảng {self.tables}"), block)
        elif isinstance(block, OfficialTable):
            yield from _official_table(self._at(block.title.partition(".")[0] or "bảng"), block)

    def _heading(self, block: Heading) -> TextLine:
        line = _line("", block.inlines)
        if self._official(block, line.text):
            self.section, self.paragraphs = f"mục “{line.text}”", 0
            return TextLine(self.section, line.text, line.marks)
        return TextLine(self._at("tít xen"), line.text, line.marks)

    @staticmethod
    def _official(block: Heading, text: str) -> bool:
        """Say whether the heading is a numbered one of an official paper: “I. …”, “1. …”, “a) …”."""
        label = text.partition(" ")[0]
        return block.level >= 2 and label[-1:] in {".", ")"} and len(label) > 1


def _table(where: str, table: Table) -> Iterator[TextLine]:
    yield _line(where, table.caption)
    for row in table.head:
        yield _cells(where, row)
    for row in table.rows:
        yield _cells(f"{where}, hàng {_line('', row[0].inlines).text}" if row else where, row)
    yield _cells(f"{where}, hàng tổng", table.total)
    yield _line(where, table.note)


def _official_table(where: str, block: OfficialTable) -> Iterator[TextLine]:
    table: AnnexTable = block.table
    yield TextLine(where, block.title)
    yield TextLine(where, " | ".join((*(title for title, _ in table.groups), *(each.title for each in table.columns))))
    for row in table.rows:
        yield _cells(f"{where}, hàng {_line('', row.cells[0].inlines).text}" if row.cells else where, row.cells)
    yield _cells(f"{where}, hàng tổng", table.total)


def _photo(where: str, photo: Photo) -> Iterator[TextLine]:
    yield TextLine(where, photo.alt)
    yield _line(where, (*photo.caption, Text(f" {photo.credit}")))


def _cells(where: str, cells: tuple[Cell, ...]) -> TextLine:
    inlines: list[Inline] = []
    for number, cell in enumerate(cells):
        inlines += [Text(" | "), *cell.inlines] if number else cell.inlines
    return _line(where, tuple(inlines))


def _line(where: str, inlines: Inlines) -> TextLine:
    text, marks = "", []
    for node in _leaves(inlines):
        if isinstance(node, Number):
            marks.append(Mark(node.figure, len(text), len(text) + len(node.text)))
        text += node.text
    return TextLine(where, text, tuple(marks))


def _leaves(inlines: Inlines) -> Iterator[Text | Number]:
    for node in inlines:
        if isinstance(node, Text | Number):
            yield node
        else:
            yield from _leaves(getattr(node, "children", ()))


__all__ = ["Fingerprint", "Mark", "TextLine", "digested", "fingerprint", "text_lines"]
