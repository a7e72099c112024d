"""Paragraphs and their pieces: runs, blanks that the office fills in, page numbers, rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from chungtay_reports.edition import Emphasis, Inlines, Link, Number, Strong, Text
from chungtay_reports.official.docx.ooxml import eighths, el, half_points, identity, mm_twips, text, twips
from chungtay_reports.official.docx.styles import RULE
from chungtay_reports.official.layout import Rules
from chungtay_reports.official.phrases import on_one_line

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement


def paragraph(
    style: str,
    *pieces: BaseOxmlElement,
    align: str = "",
    before: int | None = None,
    left: int = 0,
    hanging: int = 0,
    keep: bool = False,
) -> BaseOxmlElement:
    """Set pieces in a paragraph of a style; lengths in twips; `keep` holds it on the page of what follows."""
    properties = el("pPr", el("pStyle", val=style))
    if keep:
        properties.append(el("keepNext"))
    if before is not None:
        properties.append(el("spacing", before=before))
    if left or hanging:
        properties.append(el("ind", left=left, right=0, **({"hanging": hanging} if hanging else {"firstLine": 0})))
    if align:
        properties.append(el("jc", val=align))
    return el("p", properties, *pieces)


def keep_with_next(element: BaseOxmlElement) -> None:
    """Hold a finished paragraph on the page of what follows; a table is left as it is."""
    properties = element.find(qn("w:pPr"))
    if properties is not None and properties.find(qn("w:keepNext")) is None:
        properties.insert(1, el("keepNext"))


def run(content: str, *marks: str, size: float = 0) -> BaseOxmlElement:
    """Set text; marks are `b` and `i`, `size` is another one than the style's."""
    properties = [el(mark) for mark in marks]
    if size:
        properties += [el("sz", val=half_points(size)), el("szCs", val=half_points(size))]
    return el("r", el("rPr", *properties), text(content)) if properties else el("r", text(content))


def lined(lines: Sequence[str]) -> Iterator[BaseOxmlElement]:
    """Set lines that break where they are told to."""
    for number, line in enumerate(lines):
        yield run(line) if not number else el("r", el("br"), text(line))


def runs(inlines: Inlines, *marks: str) -> Iterator[BaseOxmlElement]:
    """Set running text; a number is text here, its proof stands in the figures beside the paper."""
    for node in inlines:
        match node:
            case Text():
                yield run(node.text, *marks)
            case Number():
                yield run(on_one_line(node.text), *marks)
            case Strong():
                yield from runs(node.children, *dict.fromkeys((*marks, "b")))
            case Emphasis():
                yield from runs(node.children, *dict.fromkeys((*marks, "i")))
            case Link():
                yield from runs(node.children, *marks)
            case _:
                raise TypeError(f"running text has no {type(node).__name__}")


def blank(tag: str, name: str, content: str, *, filled: bool, size: float = 0) -> BaseOxmlElement:
    """Make a content control that the office fills in: `name` is what it asks for, `content` what stands in it now."""
    properties = el("sdtPr", el("alias", val=name), el("tag", val=tag), el("id", val=identity(tag)))
    if not filled:
        properties.append(el("showingPlcHdr"))
    properties.append(el("text"))
    return el("sdt", properties, el("sdtContent", run(content, size=size)))


def page_number() -> Iterator[BaseOxmlElement]:
    """Make the field that prints the number of its page."""
    yield el("r", el("fldChar", fldCharType="begin"))
    instruction = el("instrText")
    instruction.text = "PAGE"
    yield el("r", instruction)
    yield el("r", el("fldChar", fldCharType="separate"))
    yield el("r", text("2"))
    yield el("r", el("fldChar", fldCharType="end"))


def rule(room: float, length: float, look: Rules, *, after: float = 0) -> BaseOxmlElement:
    """Draw a centred rule as the border of an empty paragraph; room and length in mm, `after` in points."""
    side = mm_twips((room - length) / 2)
    return el(
        "p",
        el(
            "pPr",
            el("pStyle", val=RULE),
            el("pBdr", el("top", val="single", sz=eighths(look.thickness), space=0, color="000000")),
            el("spacing", before=twips(look.gap), after=twips(after)),
            el("ind", left=side, right=side),
        ),
    )
