"""Colours, sizes, and the SVG elements that all charts are made of: presentation attributes and classes, no styles."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape

from chungtay_reports.charts.lettering import LEADING, REGULAR

INK, QUIET, RED, TEAL, MUTED = "#1b2430", "#566270", "#9b1c1f", "#0f5c6e", "#64939f"
PAPER, RULE = "#ffffff", "#8a94a0"
STEPS = ("#e3eff1", "#bcd8dd", "#8dbcc5", "#337485", "#0d4a59")  # light to dark, for tiles
ON_STEPS = (INK, INK, INK, PAPER, PAPER)
FAMILY = "'Be Vietnam Pro', sans-serif"
RISE = 0.36  # from the middle of a line to its baseline, in type sizes


@dataclass(frozen=True, slots=True)
class Size:
    """A format that charts are drawn for: width in drawing units, type sizes in the same.

    `touch` is the least distance of two links: 24 px on the screens that the format is for (WCAG 2.2, 2.5.8).
    """

    name: str
    width: float
    title: float
    text: float
    small: float
    pitch: float  # of rows with one line of text
    touch: float


PHONE = Size("phone", 320, 15.5, 13.5, 13.5, 28, 27)  # 288 px on a phone of 320 px: no text below 12 px
COLUMN = Size("column", 340, 13.5, 11.5, 10.6, 22, 18.5)  # 244 pt in print: 7.6 to 9.7 pt; 448 px on a screen
WIDE = Size("wide", 720, 15, 12, 11, 27, 27)  # 516 pt in print; 640 px or more on a screen


@lru_cache(4096)  # sizes and rows repeat from mark to mark
def number(value: float) -> str:
    """Write a coordinate: at most two decimals, no trailing zeros, never “-0”."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def element(name: str, content: str = "", /, **attributes: str | float | None) -> str:
    """Write one element; `_` in a name stands for `-`, `cls` for class; an attribute of None is left out."""
    parts = [name]
    for key, value in attributes.items():
        if value is not None:  # a coordinate has nothing to escape, and most attributes are coordinates
            shown = _escaped(value) if isinstance(value, str) else number(value)
            parts.append(f'{_attribute(key)}="{shown}"')
    opening = " ".join(parts)
    return f"<{opening}>{content}</{name}>" if content else f"<{opening}/>"


@lru_cache(1024)
def _escaped(value: str) -> str:
    return escape(value)


@cache
def _attribute(key: str) -> str:
    return "class" if key == "cls" else key.replace("_", "-")


def text(
    x: float,
    y: float,
    content: str,
    size: float,
    *,
    weight: int = REGULAR,
    anchor: str = "start",
    fill: str = INK,
    cls: str = "ct-label",
) -> str:
    """Set one line with its baseline at y."""
    return element(
        "text",
        escape(content, quote=False),
        cls=cls,
        x=x,
        y=y,
        font_size=size,
        font_weight=None if weight == REGULAR else str(weight),
        text_anchor=None if anchor == "start" else anchor,
        fill=fill,
    )


def lines(
    x: float,
    top: float,
    rows: tuple[str, ...],
    size: float,
    *,
    weight: int = REGULAR,
    anchor: str = "start",
    fill: str = INK,
    cls: str = "ct-label",
) -> str:
    """Set several lines below `top`; they take `len(rows) * size * LEADING`."""
    first = top + size * (LEADING / 2 + RISE)
    return "".join(
        text(x, first + index * size * LEADING, row, size, weight=weight, anchor=anchor, fill=fill, cls=cls)
        for index, row in enumerate(rows)
    )


def title(words: str) -> str:
    """Name a mark in words: the tip on a screen, and what a screen reader says."""
    return element("title", escape(words, quote=False))


def rect(
    x: float, y: float, width: float, height: float, *, fill: str, cls: str, said: str = "", **more: str | float | None
) -> str:
    content = title(said) if said else ""
    return element("rect", content, cls=cls, x=x, y=y, width=width, height=height, fill=fill, **more)


def line(
    x1: float, y1: float, x2: float, y2: float, *, stroke: str = RULE, cls: str = "ct-axis", weight: float = 1
) -> str:
    return element("line", cls=cls, x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=weight)


def moved(x: float, y: float, content: str) -> str:
    """Move a part of a drawing."""
    return element("g", content, transform=f"translate({number(x)} {number(y)})")


@dataclass(frozen=True, slots=True)
class Links:
    """Where a figure's proof is: a pattern with `{figure}` (“so-lieu.html#{figure}”), or empty for no links."""

    pattern: str = ""

    def wrap(self, figure: str, name: str, content: str) -> str:
        """Make a number a link to its proof; `name` says in words what the number is, where `content` does not."""
        if not self.pattern or not figure:
            return content
        href = self.pattern.replace("{figure}", figure)
        return element("a", content, cls="ct-link", href=href, aria_label=name or None)


@dataclass(frozen=True, slots=True)
class Sketch:
    """The body of a chart, drawn from y = 0 down, and how high it is."""

    body: str
    height: float
