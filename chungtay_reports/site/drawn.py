"""The charts of a report's DOCX, where its drawings lie beside their pictures, as drawings of a page."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from defusedxml import ElementTree

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SVG = "{http://www.w3.org/2000/svg}"
RELATIONS = "word/_rels/document.xml.rels"
ELEMENTS = frozenset({"svg", "g", "title", "desc", "text", "rect", "line", "path", "circle"})
UNLINKED = "a"  # a report has no page of proofs beside it: what stands in a link is drawn without it
REFUSED = ("on", "style", "href")  # how attributes begin that charts do not have
NAMES = frozenset({"id", "aria-labelledby"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart for a desk and for a phone (or empty), each a complete <svg> that says what it shows."""

    svg: str
    phone: str

    @property
    def wide(self) -> bool:
        return "ct-wide" in self.svg


def drawings(package: zipfile.ZipFile) -> Mapping[str, Drawn]:
    """Read the drawings of a DOCX, by the relation of the picture that each stands beside."""
    names = set(package.namelist())
    if RELATIONS not in names:
        return {}
    found: dict[str, Drawn] = {}
    for relation in ElementTree.fromstring(package.read(RELATIONS)):
        stem = f"word/{relation.get('Target', '')}".removesuffix(".png")
        if f"{stem}.png" in names and f"{stem}.svg" in names:
            ends = (f"{stem}{end}" for end in (".svg", "-phone.svg"))
            svg, phone = (redrawn(package.read(name), len(found)) if name in names else "" for name in ends)
            found[relation.get("Id", "")] = Drawn(svg, phone)
    return found


def drawn_in(element: Any, found: Mapping[str, Drawn]) -> Drawn | None:
    """Give the drawing of the picture that a paragraph holds."""
    blip = element.find(f".//{A}blip")
    return None if blip is None else found.get(blip.get(f"{R}embed", ""))


def redrawn(data: bytes, turn: int) -> str:
    """Write a drawing anew with nothing but what charts draw; ids are told apart by the chart's turn."""
    return _element(ElementTree.fromstring(data), turn)


def _element(node: Any, turn: int) -> str:
    name = node.tag.removeprefix(SVG)
    inside = escape(node.text or "", quote=False) + "".join(_element(child, turn) for child in node)
    if name not in ELEMENTS:
        return inside if name == UNLINKED else ""
    given = "".join(f' {key}="{escape(_value(key, value, turn))}"' for key, value in node.items() if _plain(key))
    return f"<{name}{given}>{inside}</{name}>"


def _plain(attribute: str) -> bool:
    return "{" not in attribute and not attribute.lower().startswith(REFUSED)


def _value(key: str, value: str, turn: int) -> str:
    if key == "role":
        return "img"
    return " ".join(f"{name}-{turn}" for name in value.split()) if key in NAMES else value
