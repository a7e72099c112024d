"""Annexes that list records: every record that a figure counts is a row, and the last row prints that figure.

A row cites its records; what stands in it is the record itself and nothing that was counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chungtay_reports.edition import Block, Cell, Inlines, Paragraph, Text
from chungtay_reports.figures.rows import first_day
from chungtay_reports.model import Figure, Filter
from chungtay_reports.official.outline import Outline, TableRow
from chungtay_reports.official.paper import Annex, AnnexRow, AnnexTable, Column, OfficialTable
from chungtay_reports.official.scope import Scope
from chungtay_reports.official.tables import NOTHING, ORDINAL, figure_cell, figure_table, without, words
from chungtay_reports.records import KIND_LABELS, Activity, Agreement, Statistic
from chungtay_reports.records.activity import Support
from chungtay_reports.records.fields import LEVELS, MODES, SCHOOL_LEVELS, Span
from chungtay_reports.vietnamese import join, money, number, press_date, sentence_start
from chungtay_reports.workspace.library import Entry

DISTRICTS = ("quận", "huyện", "thị xã")
SHORT_MODES = {**MODES, "ket-hop": "kết hợp"}  # for a narrow column
# The upper block reports to the Sở itself, not through its district.
NOT_UPPER = Filter("host.level", ("thpt", "gdnn-gdtx"), negate=True)


@dataclass(frozen=True, slots=True)
class Listing:
    """An annex that lists the records of a metric: its columns, a record's cells, and the totals by column."""

    title: str
    metric: str
    columns: tuple[Column, ...]
    cells: Callable[[Entry, Scope], tuple[str, ...]]
    totals: Mapping[int, str]  # column (TT not counted) → metric printed in the last row
    where: tuple[Filter, ...] = ()


def annexes(
    outline: Outline,
    scope: Scope,
    numerals: Mapping[str, str],
    empty: str,
    told: Callable[[str, str], tuple[Block, ...]],
) -> tuple[Annex, ...]:
    """Make the annexes that the report names, in its order; `told` reads one of sentences, by its name and its place."""
    made = []
    for name, numeral in numerals.items():
        where = f"Phụ lục {numeral}".strip()
        if name in LISTINGS:
            listing = LISTINGS[name]
            blocks = _listed(listing, scope, where)
            title = listing.title.format(loai=scope.facts()["loai"].upper())
            made.append(Annex(numeral, title, blocks or (_nothing(empty),), landscape=bool(blocks)))
        elif name == MISSING:
            made.append(Annex(numeral, "DANH SÁCH ĐƠN VỊ CHƯA GỬI BÁO CÁO", _missing(scope, where)))
        else:
            row = outline.annexes[name]
            blocks = _figures(row.table, scope, where) if row.table else told(name, where)
            made.append(
                Annex(numeral, row.title, blocks or (_nothing(empty),), landscape=row.landscape and bool(blocks))
            )
    return tuple(made)


def _figures(row: TableRow, scope: Scope, where: str) -> tuple[Block, ...]:
    table = figure_table(row, scope.desk, scope.where, where)
    return (OfficialTable(row.title, table),) if table else ()


def present(outline: Outline, scope: Scope, names: Sequence[str]) -> tuple[str, ...]:
    """Keep the annexes that the paper has: all, or those that list something where the outline leaves empty ones out."""
    return tuple(name for name in names if not (outline.skip_empty_annexes and _empty(name, scope)))


def _empty(name: str, scope: Scope) -> bool:
    """Say whether an annex that lists records or units has none; a table of figures always stands."""
    if name == MISSING:
        return not scope.desk.coverage.missing
    return name in LISTINGS and not _counted_by(LISTINGS[name], scope).records


def known(outline: Outline) -> tuple[str, ...]:
    """List the names of the annexes that a report with this outline may have."""
    return (*LISTINGS, MISSING, *outline.annexes)


def needed(outline: Outline, names: Iterable[str]) -> tuple[str, ...]:
    """List the metrics that the tables of an outline and the annexes of these names print."""
    found = list(outline.metrics())
    for name in names:
        if name in LISTINGS:
            found += [LISTINGS[name].metric, *LISTINGS[name].totals.values()]
        elif name in outline.annexes:
            table = outline.annexes[name].table
            found += [column.metric for column in table.columns] if table else []
    return tuple(dict.fromkeys(found))


def _nothing(empty: str) -> Paragraph:
    return Paragraph((Text(empty or "Không phát sinh."),))


def _listed(listing: Listing, scope: Scope, where: str) -> tuple[Block, ...]:
    desk = scope.desk
    figure = _counted_by(listing, scope)
    own = figure.query.where
    if not figure.records:
        return ()
    ordered = sorted(desk.entries(figure), key=lambda entry: (_day(entry), entry.record.id))
    rows = tuple(
        AnnexRow(
            (words(str(turn)), *(words(text or NOTHING) for text in listing.cells(entry, scope))), (entry.record.id,)
        )
        for turn, entry in enumerate(ordered, 1)
    )
    with desk.location(f"{where}, dòng tổng cộng"):
        blank = _blank_columns(rows)
        total = _total(listing, figure, own, scope, blank)
    table = AnnexTable((ORDINAL, *listing.columns), rows, total)
    return (OfficialTable("", without(table, {index for index in blank if not total[index].inlines})),)


def _blank_columns(rows: Sequence[AnnexRow]) -> frozenset[int]:
    """Find the columns in which no row says anything."""
    return frozenset(
        index for index in range(len(rows[0].cells)) if all(row.cells[index] == words(NOTHING) for row in rows)
    )


def _counted_by(listing: Listing, scope: Scope) -> Figure:
    own = (*scope.where, *(listing.where if not scope.whole else ()))
    return scope.desk.figure(listing.metric, own)


def _total(
    listing: Listing, counted: Figure, where: tuple[Filter, ...], scope: Scope, blank: frozenset[int]
) -> tuple[Cell, ...]:
    """Print “Tổng cộng: 41 hoạt động” in the first column, and the sums below their columns; no 0 below a blank one."""
    desk, metrics = scope.desk, scope.library.metrics
    metric = metrics[listing.metric]
    count = desk.print(counted, number(counted.value))
    cells = [words(""), Cell((Text("Tổng cộng: "), count, Text(f" {metric.unit}")))]
    for index in range(1, len(listing.columns)):
        name = listing.totals.get(index)
        figure = desk.figure(name, where) if name else None
        nothing = figure is None or (index + 1 in blank and not figure.value)
        cells.append(
            words("") if figure is None or nothing else figure_cell(figure, desk, metrics[figure.query.metric])
        )
    return tuple(cells)


def _missing(scope: Scope, where: str) -> tuple[Block, ...]:
    """List the units that have not reported; who has is a figure that stands on their submissions."""
    desk = scope.desk
    if not desk.coverage.expected:
        return (_nothing(""),)
    figure = desk.reporting()
    part, whole = figure.operands[:2]
    with desk.location(where):
        text = f"{number(part.value)}/{number(whole.value)}"
        said = (Text("Đã gửi báo cáo đầy đủ: "), desk.print(figure, text), Text(" đơn vị."))
    lead: Inlines = said if desk.coverage.missing else (*said, Text(" Không có đơn vị chưa gửi báo cáo."))
    if not desk.coverage.missing:
        return (Paragraph(lead),)
    rows = tuple(
        AnnexRow((words(str(turn)), words(sentence_start(scope.name(id_)))))
        for turn, id_ in enumerate(desk.coverage.missing, 1)
    )
    return (Paragraph(lead), OfficialTable("", AnnexTable((ORDINAL, Column("Đơn vị", 8)), rows)))


# --------------------------------------------------------------------------- what a record shows


def _day(entry: Entry) -> date:
    record = entry.record
    if isinstance(record, Agreement):
        return record.signed_on
    return first_day(record) if isinstance(record, Activity) else record.period.end


def _agreement(entry: Entry, scope: Scope) -> tuple[str, ...]:
    record = entry.record
    if isinstance(record, Statistic):
        return _counted(record, 7)
    assert isinstance(record, Agreement)  # noqa: S101 - the metrics of this annex count nothing else; tells mypy
    registry = scope.library.registry
    ours = [id_ for id_ in record.parties if scope.whole or registry.top(id_, record.signed_on) == scope.unit]
    ours = ours[:1] if scope.whole else ours
    theirs = [id_ for id_ in record.parties if id_ not in ours]
    levels = dict.fromkeys(registry.tier(id_).school_level for id_ in record.parties)
    return (
        _names(ours, record.signed_on, scope),
        _names(theirs, record.signed_on, scope),
        sentence_start(KIND_LABELS[record.kind]),
        f"{record.number + ', ' if record.number else ''}{press_date(record.signed_on)}",
        _span(record.valid),
        sentence_start(", ".join(SCHOOL_LEVELS[level] for level in levels if level)),
        record.note or "",
    )


def _activity(entry: Entry, scope: Scope) -> tuple[str, ...]:
    record = entry.record
    if isinstance(record, Statistic):
        said = record.counts
        return (_counted(record, 1)[0], *[""] * 5, _count(said.teachers), _count(said.students), "")
    assert isinstance(record, Activity)  # noqa: S101 - as above
    day = first_day(record)
    host = _names([record.host], day, scope)
    partners = _names(record.partners, day, scope)
    return (
        record.title,
        _level(record.level, scope),
        _when(record),
        record.venue or "",
        _label(SHORT_MODES, record.mode),
        f"{host}; phối hợp: {partners}" if partners else host,
        _count(record.counts.teachers),
        _count(record.counts.students),
        record.result or "",
    )


def _support(entry: Entry, scope: Scope) -> tuple[str, ...]:
    record = entry.record
    support = record.support if isinstance(record, Activity | Statistic) else None
    given = support or Support()
    head = _counted(record, 1)[0] if isinstance(record, Statistic) else _supported(entry, scope)
    value = sum(goods.value or 0 for goods in given.goods)
    return (
        head,
        "" if isinstance(record, Statistic) else press_date(_day(entry)),
        _count(given.pupils),
        money(given.money, "table") if given.money else "",
        "; ".join(f"{number(goods.quantity)} {goods.unit} {goods.name}" for goods in given.goods),
        money(value, "table") if value else "",
        given.source or "",
    )


def _supported(entry: Entry, scope: Scope) -> str:
    record = entry.record
    assert isinstance(record, Activity)  # noqa: S101 - as above
    partners = _names(record.partners, first_day(record), scope)
    return f"{record.title} ({partners})" if partners else record.title


def _counted(record: Statistic, cells: int) -> tuple[str, ...]:
    """Say a statistical row as what it is: a count that the unit reported without listing."""
    what = f"Dòng thống kê: {number(record.count)} {KIND_LABELS[record.of]}"
    return (f"{what} ({_span(record.period)})", *[""] * (cells - 1))


def _names(ids: list[str], day: date, scope: Scope) -> str:
    return join([scope.library.registry.name(id_, day) for id_ in ids]) if ids else ""


def _span(span: Span | None) -> str:
    return f"{press_date(span.start)} - {press_date(span.end)}" if span else NOTHING


def _when(record: Activity) -> str:
    if record.start and record.end and record.start != record.end:
        return f"{press_date(record.start)} - {press_date(record.end)}"
    return press_date(first_day(record))


def _count(value: int | None) -> str:
    return number(value) if value else ""


def _level(level: str | None, scope: Scope) -> str:
    """Name the level of an event as the unit's own paper does: “Quận” where LEVELS says “quận, huyện”."""
    own = scope.facts()["loai"]
    return sentence_start(own) if level == "huyen" and not scope.whole and own in DISTRICTS else _label(LEVELS, level)


def _label(table: Mapping[str, str], key: str | None) -> str:
    return sentence_start(table[key].removeprefix("cấp ")) if key else ""


_PARTIES = (
    Column("Đơn vị", 5), Column("Đơn vị kết nối", 5), Column("Loại văn bản", 4), Column("Số, ngày ký", 3, "center"),
    Column("Thời hạn", 3, "center"), Column("Cấp học", 2, "center"), Column("Ghi chú", 3),
)  # fmt: skip

LISTINGS: Mapping[str, Listing] = {
    "giao-uoc": Listing(
        "DANH SÁCH GIAO ƯỚC, BIÊN BẢN GHI NHỚ KÝ TRONG KỲ", "van_ban_ky_ket", _PARTIES, _agreement, {}
    ),
    "giao-uoc-cap-huyen": Listing(
        "GIAO ƯỚC CẤP QUẬN, HUYỆN, THỊ XÃ KÝ TRONG KỲ", "giao_uoc_cap_huyen", _PARTIES, _agreement, {}
    ),
    "hoat-dong": Listing(
        "DANH SÁCH CHUYÊN ĐỀ, HOẠT ĐỘNG",
        "hoat_dong_chung",
        (
            Column("Tên chuyên đề, hoạt động", 7), Column("Cấp", 2, "center"), Column("Thời gian", 3, "center"),
            Column("Địa điểm", 3), Column("Hình thức", 2, "center"), Column("Đơn vị chủ trì, phối hợp", 6),
            Column("Lượt GV", 2, "center"), Column("Lượt HS", 2, "center"), Column("Kết quả", 3),
        ),
        _activity,
        {6: "luot_giao_vien_hoat_dong", 7: "luot_hoc_sinh_hoat_dong"},
        (NOT_UPPER,),
    ),
    "ho-tro": Listing(
        "TỔNG HỢP HỖ TRỢ HỌC SINH VÀ CƠ SỞ VẬT CHẤT",
        "lan_ho_tro",
        (
            Column("Nội dung, đối tượng", 7), Column("Thời gian", 3, "center"), Column("Lượt HS", 2, "center"),
            Column("Số tiền (đồng)", 3, "center"), Column("Hiện vật", 5), Column("Trị giá hiện vật (đồng)", 3, "center"),
            Column("Nguồn", 4),
        ),
        _support,
        {2: "luot_hoc_sinh_ho_tro_phu_luc", 3: "tien_ho_tro_phu_luc", 5: "gia_tri_hien_vat_phu_luc"},
    ),
}  # fmt: skip
MISSING = "chua-bao-cao"
