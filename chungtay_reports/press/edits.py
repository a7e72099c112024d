"""Let a screen reader hear what was struck out and what was put in: `del` and `ins` of HTML as structure of a PDF.

WeasyPrint has no tag for either, and PDF 1.7 has no structure type of that name. So each run is an element of our own
type, mapped to Span (ISO 32000-1, 14.8.4.4.1), with the line through or under it as a layout attribute, and with a
replacement text that says which of the two it is, as no reader that we know of speaks the attribute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

LONG = 5  # words; after a longer run the end is said too, or a listener would not know where it is


@dataclass(frozen=True, slots=True)
class Edit:
    """How a run is tagged, what its line is, and what is said before it and after a long one."""

    type: str
    line: str
    before: str
    after: str

    def spoken(self, text: str, *, first: bool, last: bool, long: bool) -> str:
        head = f"{self.before}: " if first else ""
        tail = " " if not last else f", {self.after}; " if long else "; "
        return f"{head}{text.strip()}{tail}"


EDITS: Mapping[str, Edit] = {
    "del": Edit("Del", "LineThrough", "bỏ", "hết phần bỏ"),
    "ins": Edit("Ins", "Underline", "thêm", "hết phần thêm"),
}


def tag_edits() -> None:
    """Have WeasyPrint give both their own structure elements."""
    plain = tags._get_pdf_tag  # noqa: SLF001 - there is no other place where a type can be named

    def tag(name: str | None) -> str:
        edit = EDITS.get(name or "")
        found: str = edit.type if edit else plain(name)
        return found

    tags._get_pdf_tag = tag  # noqa: SLF001


def say_edits(document: Any, pdf: pydyf.PDF, root: pydyf.Dictionary) -> None:
    """Put into each such element what is to be said; a run that goes over lines is announced once."""
    types = {f"/{edit.type}" for edit in EDITS.values()}
    elements = [item for item in pdf.objects if isinstance(item, dict) and item.get("S") in types]
    if not elements:
        return
    found = list(_boxes(document))
    for number, (element, box) in enumerate(zip(elements, found, strict=True)):
        edit, source = EDITS[box.element_tag], box.element
        words = len("".join(source.itertext()).split())
        said = edit.spoken(
            _text(box),
            first=number == 0 or found[number - 1].element is not source,
            last=number + 1 == len(found) or found[number + 1].element is not source,
            long=words > LONG,
        )
        element["ActualText"] = pydyf.String(said)
        element["A"] = pydyf.Dictionary({"O": "/Layout", "TextDecorationType": f"/{edit.line}"})
    root["RoleMap"] = pydyf.Dictionary({edit.type: "/Span" for edit in EDITS.values()})


def _boxes(document: Any) -> Iterator[Any]:
    for page in document.pages:
        for box in page._page_box.descendants():  # noqa: SLF001 - the pages' boxes are not public
            if isinstance(box, boxes.InlineBox) and box.element_tag in EDITS:
                yield box


def _text(box: Any) -> str:
    return "".join(part.text for part in box.descendants() if isinstance(part, boxes.TextBox))
