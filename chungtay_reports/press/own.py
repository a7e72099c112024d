"""What a copy says about itself in its metadata, in plain sight: what each page draws, and where the leader signs.

`archive/proof` compares the pages with it, `archive/signing` finds its place; docs/kiem-chung.md explains it.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pydyf

from chungtay_reports.press.job import PrintJob
from chungtay_reports.press.writing import settle
from chungtay_reports.strokes import Drawing, digest

NAMESPACE = "urn:chungtay-reports:xmp:1"
SIGNING_ROOM = "cho-ky"  # the class of the box in which a leader signs
POINTS = 0.75  # in a CSS pixel


def own_description(document: Any, pdf: pydyf.PDF, job: PrintJob) -> bytes:
    """Write the part of the XMP that is ours alone; the streams of the pages must be final."""
    own = {"pages": _drawn(pdf), "signing": _signing_room(document) if f'"{SIGNING_ROOM}"' in job.html else ""}
    attributes = "".join(f' chungtay:{name}="{value}"' for name, value in own.items() if value)
    return f'<rdf:Description rdf:about="" xmlns:chungtay="{NAMESPACE}"{attributes}/>\n'.encode()


def _drawn(pdf: pydyf.PDF) -> str:
    """Digest the strokes of each page and of the drawings that it places; photographs and the shapes of letters are not in it."""
    known: dict[Hashable, str] = {}
    pages = (_target(pdf, reference) for reference in pdf.page_references)
    return " ".join(digest(_drawing(pdf, page["Contents"], page["Resources"]), known) for page in pages)


def _drawing(pdf: pydyf.PDF, reference: bytes, resources: Any) -> Drawing:
    def inside(name: str) -> Drawing | None:
        placed = _read(pdf, _read(pdf, resources).get("XObject", {})).get(name)
        extra = _target(pdf, placed).extra if placed else {}
        return _drawing(pdf, placed, extra.get("Resources", resources)) if extra.get("Subtype") == "/Form" else None

    return Drawing(reference, settle(_target(pdf, reference)), inside)


def _signing_room(document: Any) -> str:
    """Say where the leader signs: page (from 0), left, bottom, width and height in points; empty when nobody does."""
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():  # noqa: SLF001 - the pages' boxes are not public
            if getattr(box, "element", None) is not None and box.element.get("class") == SIGNING_ROOM:
                sides = (box.position_x, page.height - box.position_y - box.height, box.width, box.height)
                return " ".join((str(number), *(f"{side * POINTS:.2f}" for side in sides)))
    return ""


def _read(pdf: pydyf.PDF, value: Any) -> Any:
    return _target(pdf, value) if isinstance(value, bytes) else value


def _target(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
