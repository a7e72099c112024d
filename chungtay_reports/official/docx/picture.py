"""A chart's drawing as a PNG: word processors do not agree on SVG, so the elements of `charts/ink.py` are drawn here.

Pillow draws them at `FINE` times the printed resolution and reduces: edges are smooth and the same on every machine.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree as ET

from PIL import Image, ImageDraw, ImageFont

from chungtay_reports.edition import Chart
from chungtay_reports.resources import DISPLAY, FACES

PIXELS = 3  # per unit of the drawing: 300 to 340 dots per inch as printed
FINE = 2  # drawn larger by this, then reduced
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
TRANSLATE = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\)")
HALF_ELLIPSE = re.compile(r"M([-\d.]+) ([-\d.]+)A([-\d.]+) ([-\d.]+) 0 0 1 \1 ([-\d.]+)")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and the size of its drawing in the chart's own units."""

    png: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Canvas:
    """Where elements are drawn: `x` and `y` is the origin of the group that they stand in."""

    draw: ImageDraw.ImageDraw
    x: float = 0.0
    y: float = 0.0

    def at(self, x: str | float, y: str | float) -> tuple[float, float]:
        return (self.x + float(x)) * PIXELS * FINE, (self.y + float(y)) * PIXELS * FINE


def picture(chart: Chart) -> Picture:
    """Draw the chart as it is printed."""
    root = ET.fromstring(chart.svg)  # noqa: S314 - our own drawing, never a user's file
    width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
    size = (round(width * PIXELS) * FINE, round(height * PIXELS) * FINE)
    image = Image.new("RGB", size, "white")
    _children(root, _Canvas(ImageDraw.Draw(image)))
    buffer = io.BytesIO()
    image.reduce(FINE).save(buffer, "PNG")
    return Picture(buffer.getvalue(), width, height)


def _children(parent: ET.Element, canvas: _Canvas) -> None:
    for element in parent:
        DRAWN[element.tag.rpartition("}")[2]](element, canvas)


def _unseen(element: ET.Element, canvas: _Canvas) -> None:
    """Leave out what only a screen reader says."""


def _group(element: ET.Element, canvas: _Canvas) -> None:
    moved = TRANSLATE.fullmatch(element.attrib.get("transform", "translate(0 0)"))
    if not moved:
        raise ValueError(f"a transform that charts do not use: {element.attrib['transform']}")
    x, y = float(moved[1]), float(moved[2])
    _children(element, _Canvas(canvas.draw, canvas.x + x, canvas.y + y))


def _text(element: ET.Element, canvas: _Canvas) -> None:
    given = element.attrib
    font = _font(int(given.get("font-weight", 400)), float(given["font-size"]) * PIXELS * FINE)
    place = canvas.at(given["x"], given["y"])
    canvas.draw.text(place, element.text or "", given["fill"], font, ANCHORS[given.get("text-anchor", "start")])


@cache
def _font(weight: int, pixels: float) -> ImageFont.FreeTypeFont:
    face = next(face for face in FACES if (face.family, face.weight, face.style) == (DISPLAY, weight, "normal"))
    return ImageFont.truetype(face.ttf, pixels, layout_engine=ImageFont.Layout.BASIC)


def _stroke(given: Mapping[str, str]) -> int:
    return max(round(float(given.get("stroke-width", 1)) * PIXELS * FINE), 1)


def _rect(element: ET.Element, canvas: _Canvas) -> None:
    given = element.attrib
    left, top = canvas.at(given["x"], given["y"])
    right, bottom = left + float(given["width"]) * PIXELS * FINE, top + float(given["height"]) * PIXELS * FINE
    if given["fill"] != "none" and right - left >= 1 and bottom - top >= 1:
        canvas.draw.rectangle((left, top, right - 1, bottom - 1), given["fill"])
    if "stroke" in given:
        half = _stroke(given) / 2
        box = (left - half, top - half, right + half - 1, bottom + half - 1)
        canvas.draw.rectangle(box, outline=given["stroke"], width=_stroke(given))


def _line(element: ET.Element, canvas: _Canvas) -> None:
    given = element.attrib
    ends = (*canvas.at(given["x1"], given["y1"]), *canvas.at(given["x2"], given["y2"]))
    canvas.draw.line(ends, given["stroke"], _stroke(given))


def _path(element: ET.Element, canvas: _Canvas) -> None:
    """Draw the right half of an ellipse, from its top down: the only path in charts."""
    given = element.attrib
    arc = HALF_ELLIPSE.fullmatch(given["d"])
    if not arc:
        raise ValueError(f"a path that charts do not use: {given['d']}")
    x, top, depth, _, bottom = (float(part) for part in arc.groups())
    half = _stroke(given) / 2
    (left, upper), (right, lower) = canvas.at(x - depth, top), canvas.at(x + depth, bottom)
    box = (left - half, upper - half, right + half, lower + half)
    canvas.draw.arc(box, -90, 90, given["stroke"], _stroke(given))


def _circle(element: ET.Element, canvas: _Canvas) -> None:
    given = element.attrib
    canvas.draw.circle(canvas.at(given["cx"], given["cy"]), float(given["r"]) * PIXELS * FINE, given["fill"])


DRAWN: Mapping[str, Callable[[ET.Element, _Canvas], None]] = {
    "a": _children,
    "circle": _circle,
    "desc": _unseen,
    "g": _group,
    "line": _line,
    "path": _path,
    "rect": _rect,
    "text": _text,
    "title": _unseen,
}
