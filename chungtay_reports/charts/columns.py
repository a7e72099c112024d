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
    while widest + CLEAR > plot.pitch * every and every < len(plot.columns):
        every += 1
    labels = [
        (plot.centre(index) - width(column.label, size.small) / 2, column.label)
        for index, column in enumerate(plot.columns)
        if index % every == 0
    ]
    groups = [
        (plot.centre(index) - min(plot.pitch, WIDEST) * 0.36, column.group)
        for index, column in enumerate(plot.columns)
        if column.group and (index == 0 or plot.columns[index - 1].group != column.group)
    ]
    row = size.small * LEADING
    feet = _in_a_row(labels, base + 4, size) + _in_a_row(groups, base + 4 + row, size)
    return feet, 6 + row * (2 if groups else 1)


def _in_a_row(wanted: list[tuple[float, str]], top: float, size: Size) -> str:
    """Set words at their places, moved into the drawing, and leave out those that would touch the one before."""
    parts, end = [], 0.0
    for left, words in wanted:
        wide = width(words, size.small)
        x = max(min(left, size.width - wide), 0.0)
        if x >= end:
            parts.append(lines(x, top, (words,), size.small, fill=QUIET, cls="ct-tick"))
            end = x + wide + CLEAR
    return "".join(parts)
