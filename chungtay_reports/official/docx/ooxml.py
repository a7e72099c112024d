"""WordprocessingML elements in one call each, and the units that the format counts in."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

TWIPS_PER_POINT = 20
POINTS_PER_MM = 72 / 25.4
EMU_PER_POINT = 12700


def el(tag: str, *children: BaseOxmlElement, **attributes: str | float) -> BaseOxmlElement:
    """Make the element `w:tag` with its children in order; attributes are of the same namespace."""
    made: BaseOxmlElement = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
    for child in children:
        made.append(child)
    return made


def identity(name: str) -> int:
    """Number a part of a document by its name: the format wants numbers that differ, we want the same ones always."""
    return int.from_bytes(sha256(name.encode()).digest()[:4], "big") >> 1


def text(content: str) -> BaseOxmlElement:
    """Make a `w:t` that keeps its spaces."""
    made = el("t")
    made.text = content
    made.set(qn("xml:space"), "preserve")
    return made


def twips(points: float) -> int:
    """Convert points to the twentieths that the format counts in."""
    return round(points * TWIPS_PER_POINT)


def mm_twips(millimetres: float) -> int:
    """Convert millimetres to twentieths of a point."""
    return twips(millimetres * POINTS_PER_MM)


def half_points(points: float) -> int:
    """Convert a type size to the half points that the format counts in."""
    return round(points * 2)


def eighths(points: float) -> int:
    """Convert the weight of a rule to the eighths of a point that the format counts in."""
    return max(round(points * 8), 2)
