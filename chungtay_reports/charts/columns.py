"""Columns along time, for one series."""

from __future__ import annotations

from chungtay_reports.charts.ink import INK, QUIET, Links, Size, Sketch, line, lines
from chungtay_reports.charts.lettering import LEADING, width
from chungtay_reports.charts.plot import CLEAR, WIDEST, Plot, marks, numbers, with_all_numbers
from chungtay_reports.charts.specs import ColumnChart

HEIGHT = {"phone": 150, "column": 130, "wide": 170}


def draw_columns(chart: ColumnChart, size: Size, links: Links) -> Sketch:
    """Draw one series along time; where not all numbers fit, the largest, the last and the chosen come first."""
    columns = chart.columns
    if not columns:
        return Sketch("", 0)
    height, roof = HEIGHT[size.name], size.text * LEADING + 2
    largest = float(max(column.datum.number for column in columns))
    pitch = min(size.width / len(columns), WIDEST * 1.5)
    scale = (height - roof) / largest if largest else 0
    plot = Plot(columns, 0, height, pitch, scale, size.text, size.touch, frozenset())
    plot = with_all_numbers(plot, size.width)
    body = marks(plot) + numbers(plot, links, size.width)
    axis = line(0, height, pitch * len(columns), height, stroke=INK)
    feet, feet_height = _feet(plot, size, height)
    return Sketch(body + axis + feet, height + feet_height)


def _feet(plot: Plot, size: Size, base: float) -> tuple[str, float]:
    """Write the labels below the axis, every second or third when they are too wide, and the groups below them."""
    widest = max(width(column.label, size.small) for column in plot.columns)
    every = 1
    while widest + 2 > plot.pitch * every and every < len(plot.columns):
        every += 1
    first = base + 4
    parts = [
        lines(plot.centre(i), first, (column.label,), size.small, anchor="middle", fill=QUIET, cls="ct-tick")
        for i, column in enumerate(plot.columns)
        if i % every == 0
    ]
    groups = _groups(plot, size, first + size.small * LEADING)
    rows = 2 if groups else 1
    return "".join(parts) + groups, 6 + rows * size.small * LEADING


def _groups(plot: Plot, size: Size, top: float) -> str:
    parts, end = [], 0.0
    for index, column in enumerate(plot.columns):
        starts = column.group and (index == 0 or plot.columns[index - 1].group != column.group)
        x = plot.centre(index) - min(plot.pitch, WIDEST) * 0.36
        if starts and x >= end:
            parts.append(lines(x, top, (column.group,), size.small, fill=QUIET, cls="ct-tick"))
            end = x + width(column.group, size.small) + CLEAR
    return "".join(parts)
