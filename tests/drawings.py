"""Read a chart's drawing as boxes: where each text, bar and tile stands, in drawing units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

from chungtay_reports.charts import COLUMN, PHONE, WIDE
from chungtay_reports.charts.lettering import width

SIZES = (PHONE, COLUMN, WIDE)
SVG = "{http://www.w3.org/2000/svg}"
FIELDS = ("ct-bar", "ct-bar-muted", "ct-bar-hollow")
ASCENT, DESCENT = 0.76, 0.24  # of the type size: the marks of Ẩ, the tail of g


@dataclass(frozen=True)
class Box:
    kind: str  # text | rect
    cls: str
    words: str
    left: float
    top: float
    right: float
    bottom: float
    size: float = 0
    fill: str = ""

    def meets(self, other: Box, slack: float = 0.5) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own drawing


def boxes(svg: str) -> tuple[Box, ...]:
    return tuple(_walk(parsed(svg), 0, 0))


def size(svg: str) -> tuple[float, float]:
    _, _, wide, high = map(float, parsed(svg).attrib["viewBox"].split())
    return wide, high


def _walk(node: ET.Element, dx: float, dy: float) -> Iterator[Box]:
    if found := re.fullmatch(r"translate\(([-\d.]+) ([-\d.]+)\)", node.get("transform", "")):
        dx, dy = dx + float(found[1]), dy + float(found[2])
    if node.tag == f"{SVG}text":
        yield _text(node, dx, dy)
    if node.tag == f"{SVG}rect":
        left, top = float(node.attrib["x"]) + dx, float(node.attrib["y"]) + dy
        right, bottom = left + float(node.attrib["width"]), top + float(node.attrib["height"])
        yield Box("rect", node.attrib["class"], "", left, top, right, bottom, fill=node.attrib["fill"])
    for child in node:
        yield from _walk(child, dx, dy)


def _text(node: ET.Element, dx: float, dy: float) -> Box:
    words, points = node.text or "", float(node.attrib["font-size"])
    wide = width(words, points, int(node.get("font-weight", "400")))
    x, y = float(node.attrib["x"]) + dx, float(node.attrib["y"]) + dy
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[node.get("text-anchor", "start")]
    top, bottom = y - ASCENT * points, y + DESCENT * points
    return Box("text", node.attrib["class"], words, left, top, left + wide, bottom, points, node.attrib["fill"])


def links(svg: str) -> tuple[tuple[str, str, tuple[Box, ...]], ...]:
    """Each link: its address, its name, and the boxes inside it."""

    def walk(node: ET.Element, dx: float, dy: float) -> Iterator[tuple[str, str, tuple[Box, ...]]]:
        if found := re.fullmatch(r"translate\(([-\d.]+) ([-\d.]+)\)", node.get("transform", "")):
            dx, dy = dx + float(found[1]), dy + float(found[2])
        if node.tag == f"{SVG}a":
            name = node.get("aria-label") or node.findtext(f"{SVG}title", "")
            yield node.attrib["href"], name, tuple(_walk(node, dx, dy))
        for child in node:
            yield from walk(child, dx, dy)

    return tuple(walk(parsed(svg), 0, 0))


def texts(svg: str) -> list[Box]:
    return [box for box in boxes(svg) if box.kind == "text"]


def assert_clear(svg: str) -> None:
    """No text meets another text or a bar, and nothing leaves the drawing."""
    wide, high = size(svg)
    written = texts(svg)
    for one, other in combinations(written, 2):
        assert not one.meets(other), (one, other)
    for bar in (box for box in boxes(svg) if box.kind == "rect" and box.cls in FIELDS):
        for one in written:
            assert not one.meets(bar), (one, bar)
    for box in boxes(svg):
        assert box.left >= -0.5, box
        assert box.right <= wide + 0.5, box
        assert box.top >= -0.5, box
        assert box.bottom <= high + 0.5, box
