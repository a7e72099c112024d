"""The numbers of the state's layout, read from their one versioned file; PDF, DOCX and letters all ask here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field

from chungtay_reports import theme
from chungtay_reports.settings import Strict, Text

FILE = "official/nd30-2020.yaml"


class Font(Strict):
    """What the text is set in: `pdf` is bundled, `docx` is asked of the reader's machine; both have the same widths."""

    pdf: Text
    docx: Text
    single_line: float  # height of a line set single, in units of the font size


class Sheet(Strict):
    """A page and its margins, in mm; `header` and `footer` are the distances of the running lines from the edge."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header: float
    footer: float

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right


class Head(Strict):
    """The two columns at the top of page 1: widths in mm, sizes in pt in the order in which they are tried."""

    issuer_width: float
    gutter: float
    nation_width: float
    issuer_sizes: list[float] = Field(min_length=1)
    place_date_sizes: list[float] = Field(min_length=1)
    number_before: float
    subject_before: float


class Rules(Strict):
    """The solid rules below the motto, the office and the title: shares of the line's length; pt."""

    motto: float
    office: float
    title: float
    thickness: float
    gap: float


class Blanks(Strict):
    """How many spaces are left for the clerk."""

    number: int
    day: int


class Words(Strict):
    """What is printed on every paper."""

    nation: Text
    motto: Text
    number: Text
    addressees: Text
    recipients: Text
    annex: Text
    end: Text
    draft: Text = "DỰ THẢO"


class Style(Strict):
    """How an element is set: pt, but `indent` of the first line in mm and `line` in single lines."""

    size: float
    bold: bool = False
    italic: bool = False
    align: Literal["left", "center", "right", "justify"] = "left"
    before: float = 0
    after: float = 0
    indent: float = 0
    line: float = 1


class Styles(Strict):
    nation: Style
    motto: Style
    superior: Style
    office: Style
    number: Style
    place_date: Style
    subject: Style
    type_name: Style
    title: Style
    addressees: Style
    base: Style
    text: Style
    part: Style
    section: Style
    item: Style
    point: Style
    table_title: Style
    table: Style
    wide_table: Style
    caption: Style
    recipients_word: Style
    recipients: Style
    authority: Style
    signer: Style
    annex_label: Style
    annex_title: Style
    annex_reference: Style
    page_number: Style
    notice: Style
    draft: Style = Style(size=13, bold=True)


class Signing(Strict):
    """The end of a paper: the two columns and the room that is kept free above the name, in mm; `before` in pt."""

    before: float
    recipients_width: float
    signature_width: float
    room: float


class Tables(Strict):
    """Ruled tables: `border` in pt, the padding of cells in mm."""

    border: float
    padding_x: float
    padding_y: float


class Charts(Strict):
    """Drawings within the text: mm."""

    max_height: float


class AnnexLayout(Strict):
    landscape: Sheet


class Layout(Strict):
    """Everything that Decree 30/2020 and we decide about how a paper looks."""

    version: Text
    decree: Text
    font: Font
    page: Sheet
    head: Head
    rules: Rules
    blanks: Blanks
    words: Words
    styles: Styles
    title_width: float
    title_rule_after: float
    signing: Signing
    tables: Tables
    charts: Charts
    annex: AnnexLayout

    def sheet(self, *, landscape: bool) -> Sheet:
        return self.annex.landscape if landscape else self.page


@cache
def layout(overrides: Path | None = None) -> Layout:
    """Read the layout that papers are made with now; `overrides` is the workspace's own templates folder."""
    return Layout.model_validate(yaml.safe_load(theme.asset(FILE, overrides)))
