"""A comparison in Vietnamese: values, causes, a sentence for each figure, a paragraph for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby

from chungtay_reports.comparing.comparison import Comparison, Line
from chungtay_reports.difference import Part
from chungtay_reports.difference.causes import CORRECTED, DEFINITION, LATE, NEW, PERIOD, REMOVED, UNIT
from chungtay_reports.edition import LedgerRow
from chungtay_reports.figures.periods import label as period_label
from chungtay_reports.vietnamese import join, money, number, percent, points, sentence_start

Value = int | Fraction
TOLD = 5  # figures that the paragraph tells in full
IN_THE_TABLE, IN_THE_TEXT = "nêu trong bảng dưới đây", "được đánh dấu trong bài"  # where the others are
DIVIDED = "chia tách, sáp nhập đơn vị"
APART = frozenset({PERIOD, NEW})  # of two windows that do not touch, what follows from that alone

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
        return points(size)
    if row.unit == "đồng":
        return money(int(size))
    return number(int(size))


def signed(amount: Value, row: LedgerRow) -> str:
    """Write how much with its sign, for the column of a table: “+12”, “−3,2 điểm %”."""
    text = amount_text(amount, row).replace("điểm phần trăm", "điểm %")
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{text}"


def cause(part: Part) -> str:
    """Name a cause in short, with the unit to which or from which its records went."""
    if part.unit:
        return f"{'chuyển sang' if part.amount < 0 else 'chuyển về từ'} {part.called}"
    return SHORT[part.cause]


def causes(line: Line) -> str:
    """List the causes of a line in short: “+9 mới phát sinh, −1 bỏ bản ghi nhầm”; a divided unit's shares as one."""
    told = (
        f"{signed(sum(part.amount for part in group), line.row)} {DIVIDED if _divided(group) else SHORT[kind]}"
        for kind, group in _grouped(line)
        if sum(part.amount for part in group)
    )
    return ", ".join(told)


def _grouped(line: Line) -> Iterator[tuple[str, tuple[Part, ...]]]:
    parts = line.difference.parts if line.difference else ()
    yield from ((kind, tuple(group)) for kind, group in groupby(parts, key=lambda part: part.cause))


def _divided(group: tuple[Part, ...]) -> bool:
    return any(bool(part.unit) for part in group)


def sentence(line: Line, *, apart: bool = False) -> str:
    """Tell one figure: “Trường ký biên bản tăng từ 640 lên 672 trường: thêm 30 do …, thêm 2 do …”, without a stop.

    `apart`: it is of two periods that do not touch, which is said once for all figures and not of each.
    """
    row, found = line.row, line.difference
    name = sentence_start(line.name)
    if line.old is None or line.new is None or found is None:
        seen = value_text(row.figure.value, row)
        only = f"{name} ({seen}) {'chỉ bản sau mới nói đến' if line.new else 'bản sau không nói đến nữa'}"
        divided = [group for _, group in _grouped(line) if _divided(group)]
        return only + "".join(f", do {_division(group, row)}" for group in divided)
    if found.old is None or found.new is None:
        return f"{name} từ {value_text(found.old, row)} thành {value_text(found.new, row)}"
    told = not (apart and {part.cause for part in found.parts} <= APART)
    return f"{name} {_course(found.old, found.new, row)}{_because(line) if told else ''}"


def note(line: Line, *, apart: bool = False) -> str:
    """Tell one figure beside the text where it stands; between two periods in figures, as nearly all of them differ."""
    found = line.difference
    if not (apart and line.old and line.new and found and found.old is not None and found.new is not None):
        return f"{sentence(line, apart=apart)}."
    why = f": {causes(line)}" if not {part.cause for part in found.parts} <= APART else ""
    return f"{sentence_start(line.name)} {_course(found.old, found.new, line.row)}{why}."


def _course(old: Value, new: Value, row: LedgerRow) -> str:
    if old == new:
        return f"vẫn là {value_text(new, row)}"
    before = value_text(old, row)
    if row.figure.op == "rank":
        return f"từ {before} {'xuống' if new > old else 'lên'} {value_text(new, row)}"
    if not isinstance(old, Fraction) and row.unit != "đồng":
        before = number(old)
    return f"{'tăng' if new > old else 'giảm'} từ {before} {'lên' if new > old else 'xuống'} {value_text(new, row)}"


def _because(line: Line) -> str:
    row, groups = line.row, tuple(_grouped(line))
    if not groups:
        return ""
    reasons = [_division(group, row) if _divided(group) else REASONS[kind] for kind, group in groups]
    if len(groups) == 1:
        return f" do {reasons[0]}"
    if row.figure.op == "rank":
        return f", do {join(reasons)}"
    amounts = [sum(part.amount for part in group) for _, group in groups]
    told = [
        f"{'thêm' if amount > 0 else 'bớt'} {amount_text(amount, row)} do {reason}"
        for amount, reason in zip(amounts, reasons, strict=True)
        if amount
    ]
    return ": " + ", ".join(told)


def _division(group: tuple[Part, ...], row: LedgerRow) -> str:
    """Tell where the numbers of a divided or merged unit went and where they came from."""
    told = [
        f"{amount_text(sum(part.amount for part in parts), row)} {words}"
        for words, parts in groupby(group, key=_direction)
    ]
    return f"{DIVIDED} ({'; '.join(told)})"


def _direction(part: Part) -> str:
    return f"{cause(part)}" if part.unit else "của chung đơn vị cũ, không chia được"


def paragraph(found: Comparison, *, rest_is: str = IN_THE_TABLE) -> str:
    """Tell a whole comparison: how many numbers differ, the foremost with their causes, and where the rest is."""
    old, new = found.old.words, found.new.words
    if found.old.key != found.new.key:
        old, new = f"{found.old.title} ({old})", f"{found.new.title} ({new})"
    elif old == new and not found.changed:
        return f"Hai bên là cùng một bản ({new}), nên không có gì khác."
    shared, changed = found.shared, found.changed
    alone = len(found.lines) - len(shared)
    if not changed:
        return f"{sentence_start(new)} và {old} có cùng {number(len(found.lines))} con số, không số nào khác."
    if not shared:
        return (
            f"{sentence_start(new)} và {old} không có con số nào chung để so. Hãy so hai số của bản tin, hai báo cáo cùng "
            "loại, hay hai ngày hoặc hai lần công bố của một ấn phẩm."
        )
    told = list(_foremost(changed))
    rest = len(changed) - len(told)
    tail = f" {'Còn' if told else 'Tất cả'} {number(rest)} con số {'nữa' if told else 'ấy'} {rest_is}."
    sentences = "".join(f" {sentence(line, apart=found.apart)}." for line in told)
    return f"{_head(found, old, new, alone)}{sentences}{tail if rest else ''}"


def _head(found: Comparison, old: str, new: str, alone: int) -> str:
    shared, differing = len(found.shared), len([line for line in found.shared if line.changed])
    common = "con số chung" if alone else "con số đã in"
    where = (
        f"{number(differing)} trong {number(shared)} {common}"
        if differing < shared
        else f"cả {number(shared)} {common}"
    )
    head = (
        f"{sentence_start(new)} khác {old} ở {where}."
        if differing
        else (f"{sentence_start(new)} và {old} có {number(shared)} con số chung, không số nào khác.")
    )
    if alone:
        own = [
            f"{number(count)} con số chỉ {side} có"
            for count, side in ((found.only_new, "bản sau"), (found.only_old, "bản trước"))
            if count
        ]
        head += f" Có thêm {join(own)}."
    if found.apart and differing:
        periods = [period_label(side.world.period) for side in (found.old, found.new)]
        head += f" Hai bản tính trên hai kỳ rời nhau, {join(periods)}."
    return head


def _foremost(changed: tuple[Line, ...]) -> Iterator[Line]:
    """Choose what to tell in full: numbers that both sides have, whole ones before groups, in the order of printing."""
    both = [line for line in changed if line.old and line.new]
    ordered = sorted(
        both, key=lambda line: (len(line.row.figure.query.where), bool(line.row.figure.op not in {"", "sum_of"}))
    )
    yield from ordered[:TOLD]
