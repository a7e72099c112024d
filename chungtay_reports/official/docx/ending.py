"""The end of a paper: who receives it and who signs, kept on the page of the last sentence; and the heads of annexes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from chungtay_reports.official.docx.ooxml import mm_twips, twips
from chungtay_reports.official.docx.styles import NAMES
from chungtay_reports.official.docx.tables import Across, borderless
from chungtay_reports.official.docx.text import blank, lined, paragraph, run
from chungtay_reports.official.head import measure
from chungtay_reports.official.layout import Layout
from chungtay_reports.official.measuring import broken
from chungtay_reports.official.paper import Annex, Paper, Signature
from chungtay_reports.official.phrases import BLANK, annex_label, annex_reference, listed, with_purpose

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

NAME_ROOM = 20  # spaces in the control for the name
CODE_BEFORE = 6.0  # pt


def ending(paper: Paper, layout: Layout, code: str = "") -> BaseOxmlElement:
    """Set recipients and signature side by side, in a row that does not break; the paper's code below the recipients."""
    look = layout.signing
    widths = (mm_twips(look.recipients_width), mm_twips(look.signature_width))
    left, right = (*_recipients(paper, layout), *_code(code)), tuple(_signature(paper.signature, layout))
    return borderless(widths, (Across(1, left), Across(1, right)))


def _recipients(paper: Paper, layout: Layout) -> Iterator[BaseOxmlElement]:
    yield paragraph(
        NAMES["recipients_word"].id, run(layout.words.recipients), before=twips(layout.signing.before), keep=True
    )
    dash = mm_twips(measure(layout.styles.recipients, layout)("- "))
    for who, purpose in map(with_purpose, listed(paper.recipients)):
        line = " ".join(filter(None, (who, purpose.replace(" ", BLANK))))
        yield paragraph(NAMES["recipients"].id, run(f"- {line}"), left=dash, hanging=dash, keep=True)


def _code(code: str) -> Iterator[BaseOxmlElement]:
    """Set the code where the decree has the drafter's sign: beside the room for the signature, so that no line is added."""
    if code:
        yield paragraph(NAMES["recipients"].id, run(f"Mã kiểm chứng: {code}"), before=twips(CODE_BEFORE), keep=True)


def _signature(signature: Signature, layout: Layout) -> Iterator[BaseOxmlElement]:
    """Set the authority and, below the room for signature and seal, the name or the blank for it."""
    before = twips(layout.signing.before)
    for position, line in enumerate(signature.lines):
        yield paragraph(NAMES["authority"].id, run(line), before=0 if position else before, keep=True)
    name = blank("nguoi-ky", "Họ và tên người ký", signature.name or BLANK * NAME_ROOM, filled=bool(signature.name))
    yield paragraph(NAMES["signer"].id, name, before=mm_twips(layout.signing.room))


def annex_head(annex: Annex, paper: Paper, layout: Layout) -> Iterator[BaseOxmlElement]:
    """Set the name of an annex, its title, and which paper it belongs to."""
    room = layout.sheet(landscape=annex.landscape).text_width
    lines = broken(annex.title, room, measure(layout.styles.annex_title, layout))
    yield paragraph(NAMES["annex_label"].id, run(annex_label(annex, layout)), keep=True)
    yield paragraph(NAMES["annex_title"].id, *lined(lines), keep=True)
    yield paragraph(NAMES["annex_reference"].id, run(annex_reference(paper, layout)), keep=True)


def annex_end(text: str, layout: Layout) -> Iterator[BaseOxmlElement]:
    """End an annex with “./.”, unless `text`, its last paragraph, does."""
    if not text.rstrip().endswith(layout.words.end):
        yield paragraph(NAMES["text"].id, run(layout.words.end), align="right")
