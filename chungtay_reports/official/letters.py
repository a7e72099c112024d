"""Official letters of the Sở: reminders to units that are late, and queries where two partners report different numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from chungtay_reports.edition import Block, Cell, Paragraph, Text
from chungtay_reports.errors import UsageError
from chungtay_reports.figures.chasing import Line, Matrix, Month
from chungtay_reports.figures.reconciling import Difference
from chungtay_reports.official.paper import AnnexRow, AnnexTable, Column, Letterhead, OfficialTable, Paper, Signature
from chungtay_reports.prose.facts import fill
from chungtay_reports.records import Activity
from chungtay_reports.vietnamese import join, number, official_date, press_date, sentence_middle
from chungtay_reports.workspace.library import Entry, Library
from chungtay_reports.workspace.specification import OfficeRow

LETTER = "cong-van"


@dataclass(frozen=True, slots=True)
class Sender:
    """The Sở as it writes on a day; `reply_by` is the day by which an answer is asked for, if any."""

    library: Library
    day: date
    reply_by: date | None = None

    @property
    def name(self) -> str:
        return self._row(self.library.settings.organisation.office).name

    @property
    def when(self) -> str:
        return f"chậm nhất {official_date(self.reply_by)}" if self.reply_by else "trong thời gian sớm nhất"

    def office(self, unit: str) -> str:
        """Name the office of a unit in running text: “Phòng Giáo dục và Đào tạo huyện Mỹ Đức”."""
        return fill(self._row(unit).name, self._facts(unit))

    def letter(self, slug: str, unit: str, subject: str, body: Iterable[Block]) -> Paper:
        """Put a letter together around its text; number and day are left to the clerk."""
        own = self.library.settings.organisation.office
        row, facts = self._row(own), self._facts(own)
        return Paper(
            slug=slug,
            unit=unit,
            year="",
            kind=LETTER,
            type_name="",
            title=subject,
            letterhead=Letterhead(
                superior=tuple(fill(line, facts) for line in row.superior),
                office=tuple(fill(line, facts) for line in row.office),
                symbol=row.symbol,
                place=fill(row.place, facts),
                month=self.day.replace(day=1),
                subject=f"V/v {sentence_middle(subject)}",
                name=row.name,
            ),
            addressees=(self.office(unit),),
            bases=(),
            body=tuple(body),
            recipients=("Như trên", "Lãnh đạo Sở (để b/c)", "Lưu: VT"),
            signature=Signature(tuple(row.signature), row.signer),
            annexes=(),
            ledger=None,
            dated=self.day,
            illustration=self.library.settings.publishing.illustration,
        )

    def _row(self, unit: str) -> OfficeRow:
        tier = self.library.registry.tier(unit)
        row = next((row for row in self.library.offices if tier.id in row.tiers), None)
        if row is None:
            raise UsageError(f"content/offices.yaml chưa có mục cho {tier.label}, nên chưa viết được công văn.")
        return row

    def _facts(self, unit: str) -> Mapping[str, str]:
        registry = self.library.registry
        name = registry.name(unit, self._named_on(unit), "full")
        return {"don_vi": name, "DON_VI": name.upper(), "ten": registry.name(unit, self._named_on(unit), "short")}

    def _named_on(self, unit: str) -> date:
        return min(self.day, self.library.registry.units[unit].valid_to or date.max)


def reminders(sender: Sender, matrix: Matrix) -> tuple[Paper, ...]:
    """Write to every late unit: what is missing, since when, and what is asked of it."""
    return tuple(_reminder(sender, matrix, line) for line in matrix.late)


def queries(sender: Sender, differences: Iterable[Difference]) -> tuple[Paper, ...]:
    """Write to every unit whose numbers differ from a partner's: one letter to each, with all its activities."""
    found = tuple(differences)
    units = sorted({unit for each in found for unit in _units(each)}, key=sender.library.registry.order)
    return tuple(_query(sender, unit, tuple(each for each in found if unit in _units(each))) for unit in units)


def _reminder(sender: Sender, matrix: Matrix, line: Line) -> Paper:
    movement, office = sender.library.settings.movement.name, sender.office(line.unit)
    owed = line.owed(matrix.months, matrix.as_of)
    subject = f"Đôn đốc gửi báo cáo phong trào “chung tay” năm học {matrix.year}"
    return sender.letter(
        f"don-doc-{line.unit}-{matrix.year}",
        line.unit,
        subject,
        _paragraphs(
            f"Thực hiện phong trào “{movement}”, các đơn vị gửi báo cáo về {sender.name} theo hạn: {_deadlines(owed)}. Tính đến "
            f"{official_date(matrix.as_of)}, {sender.name} chưa nhận được báo cáo đầy đủ của {office}.",
            f"{sender.name} đề nghị {office} hoàn thiện và gửi báo cáo {sender.when}. Nếu trong kỳ không phát sinh hoạt "
            "động, đề nghị xác nhận bằng văn bản. Trường hợp có vướng mắc, đề nghị phản ánh về Sở để cùng tháo gỡ.",
            f"Rất mong {office} quan tâm, phối hợp thực hiện./.",
        ),
    )


def _query(sender: Sender, unit: str, differences: tuple[Difference, ...]) -> Paper:
    office = sender.office(unit)
    return sender.letter(
        f"doi-chieu-{unit}",
        unit,
        "Đối chiếu số liệu hoạt động phối hợp giữa các đơn vị",
        (
            *_paragraphs(
                f"Qua tổng hợp báo cáo phong trào “{sender.library.settings.movement.name}”, {sender.name} nhận thấy số liệu "
                f"của {office} và của đơn vị phối hợp về cùng một hoạt động chưa thống nhất, cụ thể như sau:"
            ),
            _table(sender, unit, differences),
            *_paragraphs(
                "Trong bảng tổng hợp, mỗi hoạt động chỉ được tính một lần.",
                f"{sender.name} đề nghị {office} cùng đơn vị phối hợp rà soát, thống nhất số liệu và thông báo kết quả về Sở "
                f"{sender.when}.",
                f"Rất mong {office} quan tâm, phối hợp thực hiện./.",
            ),
        ),
    )


def _table(sender: Sender, unit: str, differences: tuple[Difference, ...]) -> OfficialTable:
    columns = (
        Column("TT", 6, "center"),
        Column("Hoạt động", 40),
        Column("Nội dung", 18),
        Column("Đơn vị báo cáo", 18, "right"),
        Column("Đơn vị phối hợp báo cáo", 18, "right"),
    )
    rows = tuple(_row(sender, unit, place, each) for place, each in enumerate(differences, start=1))
    return OfficialTable("Số liệu cần đối chiếu", AnnexTable(columns, rows))


def _row(sender: Sender, unit: str, place: int, each: Difference) -> AnnexRow:
    own, own_value, other, other_value = each.counted, each.value, each.other, each.other_value
    if own.unit != unit:
        own, own_value, other, other_value = other, other_value, own, own_value
    partner = sender.office(other.unit)
    texts = (
        str(place),
        f"{_title(own)} ({own.record.id}; {partner}: {other.record.id})",
        each.label[:1].upper() + each.label[1:],
        _shown(own_value),
        _shown(other_value),
    )
    return AnnexRow(tuple(Cell((Text(text),)) for text in texts), (own.record.id, other.record.id))


def _title(entry: Entry) -> str:
    record = entry.record
    assert isinstance(record, Activity)  # noqa: S101 - only activities are compared; tells mypy
    day = record.day or record.start
    return f"{record.title}, ngày {press_date(day)}" if day else record.title


def _shown(value: int | None) -> str:
    return "không ghi" if value is None else number(value)


def _units(each: Difference) -> frozenset[str]:
    return frozenset({each.counted.unit, each.other.unit})


def _paragraphs(*texts: str) -> Iterator[Paragraph]:
    return (Paragraph((Text(text),)) for text in texts)


def _deadlines(owed: tuple[Month, ...]) -> str:
    """Write “số liệu tháng 8 và 9 năm 2023 chậm nhất ngày 05 tháng 10 năm 2023; …”, a part for each deadline."""
    parts = groupby(owed, key=lambda month: month.due)
    return "; ".join(f"số liệu {_months(tuple(months))} chậm nhất {official_date(due)}" for due, months in parts)


def _months(months: tuple[Month, ...]) -> str:
    """Write “tháng 8, 9 và 10 năm 2024”, year by year."""
    years = groupby(months, key=lambda month: month.first.year)
    return join([f"tháng {join([str(month.first.month) for month in group])} năm {year}" for year, group in years])
