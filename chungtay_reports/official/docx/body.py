"""The text of a paper and of its annexes: headings, paragraphs, lists, tables and charts in their order."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Emu

from chungtay_reports.edition import Block, Chart, Heading, ItemList, Paragraph
from chungtay_reports.official.docx.ooxml import EMU_PER_POINT, POINTS_PER_MM, el, identity, twips
from chungtay_reports.official.docx.picture import picture
from chungtay_reports.official.docx.styles import NAMES, RULE
from chungtay_reports.official.docx.tables import ruled
from chungtay_reports.official.docx.text import paragraph, run, runs
from chungtay_reports.official.layout import Layout
from chungtay_reports.official.numbering import letter
from chungtay_reports.official.paper import OfficialTable

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

HEADINGS = {1: "part", 2: "section", 3: "item", 4: "point"}
COLUMN = 0.72  # of the width of the text: a chart that is not wide
SVG = "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Page:
    """Where blocks are set: pictures become parts of the document, widths are those of the sheet."""

    document: WordDocument
    layout: Layout
    landscape: bool = False
    annex: bool = False

    @property
    def room(self) -> float:
        """The width of the text in points."""
        return self.layout.sheet(landscape=self.landscape).text_width * POINTS_PER_MM


def blocks(page: Page, given: tuple[Block, ...]) -> Iterator[BaseOxmlElement]:
    """Set blocks below each other; two tables that nothing divides would become one."""
    ruled_before = False
    for block in given:
        if ruled_before and isinstance(block, OfficialTable) and not block.title:
            yield paragraph(RULE)
        yield from SETTERS[type(block)](page, block)
        ruled_before = isinstance(block, OfficialTable)


def _heading(_page: Page, block: Heading) -> Iterator[BaseOxmlElement]:
    yield paragraph(NAMES[HEADINGS[block.level]].id, *runs(block.inlines))


def _paragraph(_page: Page, block: Paragraph) -> Iterator[BaseOxmlElement]:
    yield paragraph(NAMES["text"].id, *runs(block.inlines))


def _list(_page: Page, block: ItemList) -> Iterator[BaseOxmlElement]:
    for number, item in enumerate(block.items, start=1):
        yield paragraph(NAMES["text"].id, run(f"{letter(number)}) " if block.ordered else "- "), *runs(item))


def _table(page: Page, block: OfficialTable) -> Iterator[BaseOxmlElement]:
    if block.title:
        yield paragraph(NAMES["table_title"].id, run(block.title), keep=True)
    whole = block.table.short and not page.annex
    yield ruled(block.table, page.layout, landscape=page.landscape, whole=whole)


def _chart(page: Page, block: Chart) -> Iterator[BaseOxmlElement]:
    """Set the drawing as a picture whose alternative text says what it shows."""
    drawn = picture(block)
    charts = page.layout.charts
    highest = (charts.annex_height if page.annex else charts.max_height) * POINTS_PER_MM
    across = min(page.room * (1 if block.wide else COLUMN), highest * drawn.width / drawn.height)
    width, height = (Emu(round(side * across / drawn.width * EMU_PER_POINT)) for side in (drawn.width, drawn.height))
    inline = page.document.part.new_pic_inline(io.BytesIO(drawn.png), width, height)
    _keep_drawing(page.document, inline, block)
    for properties in inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        for name, value in _said(block).items():
            properties.set(name, value)
    before = twips(page.layout.styles.table_title.before)
    drawing = el("r", el("drawing", inline))
    yield paragraph(NAMES["caption"].id, drawing, before=before, keep=bool(block.caption))
    if block.caption:
        yield paragraph(NAMES["caption"].id, *runs(block.caption))


def _keep_drawing(document: WordDocument, inline: BaseOxmlElement, block: Chart) -> None:
    """Put the drawing itself beside its picture, image1.svg by image1.png, for pages that are made of this file."""
    (blip,) = inline.iter(qn("a:blip"))
    name = document.part.related_parts[blip.get(qn("r:embed"), "")].partname.removesuffix(".png")
    for end, svg in ((".svg", block.svg), ("-phone.svg", block.phone)):
        if svg:
            part = Part(PackURI(name + end), SVG, svg.encode(), document.part.package)
            document.part.relate_to(part, RT.IMAGE)


def _said(block: Chart) -> dict[str, str]:
    return {"id": str(identity(block.id)), "name": block.id, "title": block.title, "descr": block.description}


SETTERS: Mapping[type[Block], Callable[..., Iterator[BaseOxmlElement]]] = {
    Chart: _chart,
    Heading: _heading,
    ItemList: _list,
    OfficialTable: _table,
    Paragraph: _paragraph,
}
