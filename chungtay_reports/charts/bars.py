"""Horizontal bars with direct labels, and pairs of bars for two periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chungtay_reports.charts.ink import (
    INK,
    MUTED,
    PAPER,
    QUIET,
    RISE,
    TEAL,
    Links,
    Size,
    Sketch,
    line,
    lines,
    moved,
    rect,
    text,
)
from chungtay_reports.charts.lettering import BOLD, LEADING, REGULAR, width, wrap
from chungtay_reports.charts.specs import BarChart, Datum, PairedChart

LABEL_SHARE = 0.42  # of the chart's width, at most, for labels beside the bars
VALUE_SHARE = 0.34  # of the chart's width, at most, for numbers beside the bars
GAP = 8.0
LEAST = 1.0  # a number above zero is never invisible


@dataclass(frozen=True, slots=True)
class _Bar:
    """One mark: its number, how strongly it is drawn, and the words that name it for a screen reader."""

    datum: Datum
    name: str
    tone: str  # strong | muted | hollow
    note: Datum | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    bars: tuple[_Bar, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The measures that all rows share."""

    size: Size
    links: Links
    largest: float
    left: float  # where bars begin
    room: float  # the length of the largest bar
    thick: float
    beside: bool  # labels and numbers stand beside the bars, or above them


def draw_bars(chart: BarChart, size: Size, links: Links) -> Sketch:
    """Draw bars in the order given; when some are emphasised the others are muted."""
    chosen = any(bar.emphasis for bar in chart.bars)
    rows = [
        _Row(
            bar.label,
            (_Bar(bar.datum, bar.label, "muted" if chosen and not bar.emphasis else "strong", bar.note),),
        )
        for bar in chart.bars
    ]
    return _draw(rows, size, links, thick=size.text * 1.25)


def draw_pairs(chart: PairedChart, size: Size, links: Links) -> Sketch:
    """Draw a solid bar for the later period above a hollow one for the earlier, with a key in words."""
    rows = [
        _Row(
            row.label,
            (
                _Bar(row.after, f"{row.label}, {chart.after}", "strong"),
                _Bar(row.before, f"{row.label}, {chart.before}", "hollow"),
            ),
        )
        for row in chart.rows
    ]
    key, key_height = _key(chart, size)
    sketch = _draw(rows, size, links, thick=size.text * 1.15)
    return Sketch(key + moved(0, key_height, sketch.body), key_height + sketch.height)


def _key(chart: PairedChart, size: Size) -> tuple[str, float]:
    """Name the two periods beside their marks, on one line where they fit."""
    side, leading = size.text * 0.9, size.text * LEADING
    indent = side * 1.5
    parts, x, y, high = [], 0.0, 0.0, 0.0
    for words, tone in ((chart.after, "strong"), (chart.before, "hollow")):
        pieces = wrap(words, size.width - indent, size.text)
        needed = indent + max(width(piece, size.text) for piece in pieces)
        if x and x + needed > size.width:
            x, y, high = 0.0, y + high + 3, 0.0
        parts.append(_mark(x, y + (leading - side) / 2, side, side, tone))
        parts.append(lines(x + indent, y, pieces, size.text))
        x, high = x + needed + size.text * 1.6, max(high, len(pieces) * leading)
    return "".join(parts), float(round(y + high + 8))


def _mark(x: float, y: float, length: float, thick: float, tone: str) -> str:
    if tone == "hollow":
        return rect(
            x + 0.6,
            y + 0.6,
            max(length - 1.2, 0),
            thick - 1.2,
            fill=PAPER,
            cls="ct-bar-hollow",
            stroke=TEAL,
            stroke_width=1.2,
        )
    fill, cls = (TEAL, "ct-bar") if tone == "strong" else (MUTED, "ct-bar-muted")
    return rect(x, y, length, thick, fill=fill, cls=cls)


def _draw(rows: Sequence[_Row], size: Size, links: Links, thick: float) -> Sketch:
    frame = _frame(rows, size, links, thick)
    parts: list[str] = []
    y = 0.0
    for row in rows:
        body, height = (_beside if frame.beside else _above)(row, y, frame)
        parts.append(body)
        y += height
    if frame.beside and rows:
        parts.append(line(frame.left, 0, frame.left, y - 2, stroke=INK))
    return Sketch("".join(parts), y)


def _frame(rows: Sequence[_Row], size: Size, links: Links, thick: float) -> _Frame:
    bars = [bar for row in rows for bar in row.bars]
    largest = float(max((bar.datum.number for bar in bars), default=0))
    label_room = size.width * LABEL_SHARE
    wrapped = [wrap(row.label, label_room, size.text) for row in rows]
    label = max((width(piece, size.text) for pieces in wrapped for piece in pieces), default=0)
    value = max((_value_width(bar, size) for bar in bars), default=0)
    short = all(" ".join(pieces) == row.label and len(pieces) <= 2 for pieces, row in zip(wrapped, rows, strict=True))
    if short and value <= size.width * VALUE_SHARE:
        left = label + GAP
        return _Frame(size, links, largest, left, size.width - left - value - GAP, thick, beside=True)
    return _Frame(size, links, largest, 0, size.width, thick * 0.8, beside=False)


def _value_width(bar: _Bar, size: Size) -> float:
    number = width(bar.datum.text, size.text, BOLD)
    return number + _note_gap(bar, size) + width(bar.note.text, size.small) if bar.note else number


def _note_gap(bar: _Bar, size: Size) -> float:
    """Keep a number and its note so far apart that a finger can tell them."""
    halves = (width(bar.datum.text, size.text, BOLD) + width(bar.note.text, size.small)) / 2 if bar.note else 0
    return max(GAP * 0.8, size.touch - halves)


def _length(bar: _Bar, frame: _Frame) -> float:
    if not bar.datum.number:
        return 0
    return max(LEAST, float(bar.datum.number) / frame.largest * frame.room)


def _beside(row: _Row, y: float, frame: _Frame) -> tuple[str, float]:
    """Draw label, bar and number on one line."""
    size = frame.size
    pieces = wrap(row.label, size.width * LABEL_SHARE, size.text)
    step = max(frame.thick + 2, size.touch)
    stack = frame.thick + step * (len(row.bars) - 1)
    label_height = len(pieces) * size.text * LEADING
    height = max(stack + size.touch * 0.5, label_height + 6, size.pitch)
    parts = [lines(0, y + (height - label_height) / 2, pieces, size.text)]
    top = y + (height - stack) / 2
    for bar in row.bars:
        length = _length(bar, frame)
        parts.append(_mark(frame.left, top, length, frame.thick, bar.tone) if length else "")
        parts.append(_numbers(bar, frame.left + length + GAP * 0.8, top + frame.thick / 2, frame))
        top += step
    return "".join(parts), height


def _numbers(bar: _Bar, x: float, middle: float, frame: _Frame) -> str:
    """Print a bar's number and its note from x on, centred on `middle`."""
    size = frame.size
    weight = REGULAR if bar.tone == "hollow" else BOLD
    number = text(x, middle + size.text * RISE, bar.datum.text, size.text, weight=weight, cls="ct-value")
    shown = frame.links.wrap(bar.datum.figure, f"{bar.name}: {bar.datum.text}", number)
    if bar.note is None:
        return shown
    x += width(bar.datum.text, size.text, BOLD) + _note_gap(bar, size)
    note = text(x, middle + size.text * RISE, bar.note.text, size.small, fill=QUIET, cls="ct-note")
    return shown + frame.links.wrap(bar.note.figure, f"{bar.name}: {bar.note.text}", note)


def _above(row: _Row, y: float, frame: _Frame) -> tuple[str, float]:
    """Draw the label on a line of its own, then each number above its bar's end or beside the label."""
    size = frame.size
    line_height = size.text * LEADING
    value = _value_width(row.bars[0], size)
    share = len(row.bars) == 1 and value <= size.width * 0.4
    pieces = wrap(row.label, size.width - (value + GAP * 2 if share else 0), size.text)
    parts = [lines(0, y, pieces, size.text)]
    top = y + len(pieces) * line_height
    for bar in row.bars:
        if share:
            parts.append(_numbers(bar, size.width - value, top - line_height / 2, frame))
        else:
            parts.append(_numbers(bar, 0, top + line_height / 2, frame))
            top += line_height
        length = _length(bar, frame)
        parts.append(line(0, top + 2, 0, top + frame.thick + 2, stroke=INK))
        parts.append(_mark(0, top + 2, length, frame.thick, bar.tone) if length else "")
        top += frame.thick + 4
    return "".join(parts), top - y + size.text * 0.8
