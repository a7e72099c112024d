"""The nouns of official papers: what stands where in a report or a letter, before it takes a format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chungtay_reports.edition import Block, Cell, Ledger, Notice

# A table within the text of so few rows is not torn; in an annex, which begins a page, it breaks where it must.
SHORT = 14


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of page 1. `number` and `day` are empty while the clerk has not given them; then `month` is printed."""

    superior: tuple[str, ...]  # lines in capitals: “UBND QUẬN CẦU GIẤY”
    office: tuple[str, ...]  # lines in capitals, bold: “PHÒNG GIÁO DỤC VÀ ĐÀO TẠO”
    symbol: str  # “BC-PGDĐT”
    place: str  # “Cầu Giấy”
    month: date  # month and year of issue
    day: date | None = None
    number: str = ""
    subject: str = ""  # “V/v đôn đốc gửi báo cáo …”, below the number of a letter; empty for a report
    name: str = ""  # the office in running text, for annexes: “Phòng Giáo dục và Đào tạo quận Cầu Giấy”

    @property
    def author(self) -> str:
        """Name the office in descriptions of the file, in its capitals where no other form of its name is known."""
        return self.name or " ".join(self.office)


@dataclass(frozen=True, slots=True)
class Signature:
    """The right half of the end: “TM. ỦY BAN NHÂN DÂN”, “KT. CHỦ TỊCH”, “PHÓ CHỦ TỊCH”, room to sign, the name or nothing."""

    lines: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an annex; `share` is its part of the width, `align` left, center or right."""

    title: str
    share: int
    align: str = "left"


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A row of an annex and the ids of the records that it lists (none for a row of figures)."""

    cells: tuple[Cell, ...]
    records: tuple[str, ...] = ()
    bold: bool = False  # a heading or subtotal row


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """A ruled table: its head is repeated on every page; `total` is its last row, or empty."""

    columns: tuple[Column, ...]
    rows: tuple[AnnexRow, ...]
    total: tuple[Cell, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()  # a first head row: titles over so many columns

    @property
    def short(self) -> bool:
        """Say whether the table, within the text, goes over to the next page as a whole."""
        return len(self.rows) + bool(self.total) <= SHORT


@dataclass(frozen=True, slots=True)
class OfficialTable(Block):
    """A ruled table within the text: “Bảng 1. Chuyên đề theo cấp học và hình thức”."""

    title: str
    table: AnnexTable


@dataclass(frozen=True, slots=True)
class Annex:
    """“Phụ lục I”, with page numbers of its own; `numeral` is empty when it is the only one."""

    numeral: str
    title: str  # in capitals
    blocks: tuple[Block, ...]  # OfficialTable, Chart, Paragraph
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole official paper. Nothing in it depends on the clock, the machine or the locale.

    Body: Heading level 2 “I. ĐẶC ĐIỂM TÌNH HÌNH”, level 3 “1. Ký kết …”, level 4 “a) Chuyên đề …” (labels are part of
    the text), Paragraph, ItemList, OfficialTable, Chart. The first paragraph is the opening, the last one ends with “./.”.
    """

    slug: str  # the specification's name: “bao-cao-nam-hoc”
    unit: str
    year: str  # school year “2023-2024”, or empty
    kind: str  # bao-cao | cong-van
    type_name: str  # “BÁO CÁO”; empty for a letter
    title: str  # trích yếu: “Kết quả thực hiện phong trào …”
    letterhead: Letterhead
    addressees: tuple[str, ...]  # Kính gửi
    bases: tuple[str, ...]  # căn cứ, in italics
    body: tuple[Block, ...]
    recipients: tuple[str, ...]  # Nơi nhận: “Như trên”, … , the last “Lưu: VT”
    signature: Signature
    annexes: tuple[Annex, ...]
    ledger: Ledger | None  # None for letters without figures
    dated: date  # the only clock: metadata and attachments are dated by it
    illustration: str = ""  # the sentence that marks made-up data, or empty
    draft: bool = False
    notices: tuple[Notice, ...] = ()  # newest first

    @property
    def folder(self) -> str:
        """Where its documents go, below build/; its key in the archive."""
        return "/".join(part for part in (self.slug, self.year, self.unit) if part)
