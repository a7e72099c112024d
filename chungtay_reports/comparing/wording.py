"""A comparison in Vietnamese: values, causes, a sentence for each figure, a paragraph for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from chungtay_reports.comparing.comparison import Comparison, Line
from chungtay_reports.difference import Part
from chungtay_reports.difference.causes import CORRECTED, DEFINITION, LATE, NEW, PERIOD, REMOVED, UNIT
from chungtay_reports.edition import LedgerRow
from chungtay_reports.figures.periods import label as period_label
from chungtay_reports.vietnamese import join, money, number, percent, sentence_start

Value = int | Fraction
TOLD = 5  # figures that the paragraph tells in full

SHORT: Mapping[str, str] = {
    NEW: "mới phát sinh",
    LATE: "vào sổ muộn",
    CORRECTED: "sửa số liệu",
    REMOVED: "bỏ bản ghi nhầm",
    DEFINITION: "đổi cách tính",
    UNIT: "đổi đơn vị",
    PERIOD: "dời kỳ tính",
}
REASONS: Mapping[str, str] = {
    NEW: "việc mới diễn ra",
    LATE: "bản ghi vào sổ muộn",
    CORRECTED: "số liệu được sửa",
    REMOVED: "bỏ bản ghi nhầm",
    DEFINITION: "đổi cách tính",
    UNIT: "đơn vị sáp nhập hoặc đổi tên",
    PERIOD: "kỳ tính dời đi",
}


def value_text(value: Value | None, row: LedgerRow) -> str:
    """Write a value as the row's figure is read: “672 trường”, “40,3%”, “1,5 tỷ đồng”, “hạng 2”."""
    if value is None:
        return "chưa có"
    if isinstance(value, Fraction):
        return percent(value)
    if row.unit == "đồng":
        return money(value)
    return f"hạng {value}" if row.figure.op == "rank" else f"{number(value)} {row.unit}".rstrip()


def bare(value: Value | None) -> str:
    """Write a value without its unit, for the column of a table."""
    if value is None:
        return "-"
    return percent(value) if isinstance(value, Fraction) else number(value)


def amount_text(amount: Value, row: LedgerRow) -> str:
    """Write how much, without a sign: “12”, “3,2 điểm phần trăm”, “1,5 triệu đồng”."""
    size: Value = -amount if amount < 0 else amount
    if isinstance(size, Fraction) and (row.unit == "%" or size.denominator != 1):
        return f"{percent(size).rstrip('%')} điểm phần trăm"
    if row.unit == "đồng":
        return money(int(size))
    return number(int(size))


def signed(amount: Value, row: LedgerRow) -> str:
    """Write how much with its sign, for the column of a table: “+12”, “−3,2 điểm %”."""
    text = amount_text(amount, row).replace("điểm phần trăm", "điểm %")
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{text}"


def causes(line: Line) -> str:
    """List the causes of a line in short: “+9 mới phát sinh, −1 bỏ bản ghi nhầm”."""
    parts = line.difference.parts if line.difference else ()
    return ", ".join(f"{signed(part.amount, line.row)} {SHORT[part.cause]}" for part in parts)


def subject(row: LedgerRow) -> str:
    """Say what a figure counts, without its period."""
    return row.label.removesuffix(f", {period_label(row.figure.query.period)}")


def sentence(line: Line) -> str:
    """Tell one figure: “Trường ký biên bản tăng từ 640 lên 672 trường: thêm 30 do …, thêm 2 do …”, without a stop."""
    row, found = line.row, line.difference
    name = sentence_start(subject(row))
    if line.old is None or line.new is None or found is None:
        seen = value_text(row.figure.value, row)
        return f"{name} ({seen}) {'chỉ bản sau mới nói đến' if line.new else 'bản sau không nói đến nữa'}"
    if found.old is None or found.new is None:
        return f"{name} từ {value_text(found.old, row)} thành {value_text(found.new, row)}"
    return f"{name} {_course(found.old, found.new, row)}{_because(found.parts, row)}"


def _course(old: Value, new: Value, row: LedgerRow) -> str:
    if old == new:
        return f"vẫn là {value_text(new, row)}"
    before = value_text(old, row)
    if row.figure.op == "rank":
        return f"từ {before} {'xuống' if new > old else 'lên'} {value_text(new, row)}"
    if not isinstance(old, Fraction) and row.unit != "đồng":
        before = number(old)
    return f"{'tăng' if new > old else 'giảm'} từ {before} {'lên' if new > old else 'xuống'} {value_text(new, row)}"


def _because(parts: tuple[Part, ...], row: LedgerRow) -> str:
    if not parts:
        return ""
    if len(parts) == 1:
        return f" do {REASONS[parts[0].cause]}"
    if row.figure.op == "rank":
        return f", do {join([REASONS[part.cause] for part in parts])}"
    told = [
        f"{'thêm' if part.amount > 0 else 'bớt'} {amount_text(part.amount, row)} do {REASONS[part.cause]}"
        for part in parts
    ]
    return ": " + ", ".join(told)


def paragraph(found: Comparison) -> str:
    """Tell a whole comparison: how many numbers differ, the foremost with their causes, and where the rest is."""
    old, new = found.old.words, found.new.words
    if found.old.key != found.new.key:
        old, new = f"{found.old.key} ({old})", f"{found.new.key} ({new})"
    changed = found.changed
    if not changed:
        return f"{sentence_start(new)} và {old} có cùng {number(len(found.lines))} con số, không số nào khác."
    head = (
        f"{sentence_start(new)} khác {old} ở {number(len(changed))} trong {number(len(found.lines))} con số đã in."
        if len(changed) < len(found.lines)
        else f"{sentence_start(new)} khác {old} ở cả {number(len(changed))} con số đã in."
    )
    told = list(_foremost(changed))
    rest = len(changed) - len(told)
    tail = f" Còn {number(rest)} con số nữa trong bảng dưới đây." if rest else ""
    return head + "".join(f" {sentence(line)}." for line in told) + tail


def _foremost(changed: tuple[Line, ...]) -> Iterator[Line]:
    """Choose what to tell in full: numbers that both sides have, whole ones before groups, in the order of printing."""
    both = [line for line in changed if line.old and line.new]
    ordered = sorted(both, key=lambda line: (bool(line.row.filters), bool(line.row.figure.op not in {"", "sum_of"})))
    yield from ordered[:TOLD]
