"""Tag the cells of a table that hold plain lines alone in one step, and without an element for each line.

WeasyPrint puts each line of a text into a Span, which has no meaning of its own (ISO 32000-1, 14.8.4.4.1). A line that
is content of its cell is read the same; in a long annex that spares half of all elements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import TableCellBox
from weasyprint.pdf import tags

from chungtay_reports.press.lines import IS_PLAIN

TAGS = {"td": "/TD", "th": "/TH"}


def tag_plain_cells_directly() -> None:
    """Put the short way before WeasyPrint's own, which calls itself by this name."""
    tags._build_box_tree = _with_short_way(tags._build_box_tree)  # noqa: SLF001 - there is no public name


def _with_short_way(plain: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def build(  # noqa: PLR0917 - WeasyPrint's own signature
        box: Any, parent: Any, pdf: Any, page: int, numbers: Any, annotations: Any, marks: Any
    ) -> Iterator[Any]:
        if type(box) is TableCellBox and _is_plain(box, parent):
            return iter((_element(box, parent, pdf, pdf.page_references[page], numbers, marks),))
        return plain(box, parent, pdf, page, numbers, annotations, marks)

    return build


def _is_plain(cell: Any, parent: Any) -> bool:
    return (
        cell.element is not None
        and cell.element_tag in TAGS
        and parent["S"] == "/TR"
        and not cell.link_annotation
        and not cell.widget_annotation
        and all(IS_PLAIN in child.__dict__ for child in cell.children)
    )


def _element(cell: Any, parent: Any, pdf: Any, page: bytes, numbers: Any, marks: Any) -> Any:  # noqa: PLR0917
    kids = pydyf.Array()
    element = pydyf.Dictionary(
        {"Type": "/StructElem", "S": TAGS[cell.element_tag], "K": kids, "Pg": page, "P": parent.reference}
    )
    pdf.add_object(element)
    reference = element.reference
    element["A"] = attributes = pydyf.Dictionary({"O": "/Table"})
    if cell.colspan != 1:
        attributes["ColSpan"] = cell.colspan
    if cell.rowspan != 1:
        attributes["RowSpan"] = cell.rowspan
    cell.mark = element
    for line in cell.children:
        number = marks.pop(line.children[0])["mcid"]
        kids.append(number)
        numbers[number] = reference
    return element
