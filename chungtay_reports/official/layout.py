"""The numbers of the state's layout, read from their one versioned file; PDF, DOCX and letters all ask here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from chungtay_reports import theme
from chungtay_reports.errors import ContentError, Place, Problem
from chungtay_reports.settings import Strict, Text

FILE = "official/nd30-2020.yaml"
SYNTAX = "xem lại dấu hai chấm, ngoặc và chỗ thụt vào ở quanh dòng này"
REASONS = {  # by the kind of mistake
    "float_type": "phải là một số, ví dụ 12.5",
    "finite_number": "phải là một số, ví dụ 12.5",
    "int_type": "phải là một số nguyên",
    "greater_than": "phải lớn hơn 0",
    "greater_than_equal": "phải từ 0 trở lên",
    "string_type": "phải là chữ",
    "string_too_short": "không được để trống",
    "bool_type": "phải là true hoặc false",
    "list_type": "phải là danh sách, ví dụ [13, 12]",
    "too_short": "danh sách phải có ít nhất một mục",
    "model_type": "phải là một nhóm mục viết thụt vào",
    "literal_error": "chỉ nhận left, center, right hoặc justify",
}
Size = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Font(Strict):
    """What the text is set in: `pdf` is bundled, `docx` is asked of the reader's machine; both have the same widths."""

    pdf: Text
    docx: Text
    single_line: float  # height of a line set single, in units of the font size


class Sheet(Strict):
    """A page and its margins, in mm; `header` and `footer` are the distances of the running lines from the edge."""

    width: Size
    height: Size
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

    size: Size
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
    annex_height: float = 190


class AnnexLayout(Strict):
    landscape: Sheet


class Layout(Strict):
    """Everything that Decree 30/2020 and we decide about how a paper looks.

    An entry that is added later has a default: the layouts in archives, and in workspaces of before, have not got it.
    """

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
    """Read the layout that papers are made with now; `overrides` is the workspace's own templates folder.

    Whatever is wrong in the workspace's own is its author's mistake: ContentError with every line.
    """
    data = theme.asset(FILE, overrides)
    if overrides is None or data == theme.asset(FILE):
        return Layout.model_validate(yaml.safe_load(data))
    try:
        return Layout.model_validate(yaml.safe_load(data))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError((_wrong(line, "sai cú pháp YAML", SYNTAX),)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContentError((_wrong(1, "tệp không phải UTF-8", "hãy lưu lại với bảng mã UTF-8"),)) from error
    except ValidationError as error:
        tree = yaml.compose(data, yaml.SafeLoader)
        raise ContentError(tuple(_at(tree, each) for each in error.errors(include_url=False))) from error


def template_mistakes(root: Path) -> tuple[Problem, ...]:
    """Find what is wrong with the workspace's own templates and its own layout of papers, before anything is made."""
    overrides = root / "templates"
    if not overrides.is_dir():
        return ()
    found = theme.mistakes(overrides)
    try:
        layout(overrides)
    except ContentError as error:
        found += error.problems
    return found


def _at(tree: yaml.Node | None, error: ErrorDetails) -> Problem:
    """Tell one entry that is missing, unknown or wrong, at the line nearest to it."""
    line = 1
    node: yaml.Node | None = tree
    for key in error["loc"]:
        keys = node.value if isinstance(node, yaml.MappingNode) else ()
        found = next(((name, value) for name, value in keys if name.value == str(key)), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    path = ".".join(map(str, error["loc"]))
    said = {
        "missing": (f"thiếu mục “{path}”", "chép lại từ tệp đi kèm chương trình"),
        "extra_forbidden": (f"có mục lạ “{path}”", "xóa đi, hoặc sửa lại tên"),
    }
    reason = REASONS.get(error["type"], "không đúng kiểu của mục này")
    return _wrong(line, *said.get(error["type"], (f"giá trị của “{path}” không dùng được", reason)))


def _wrong(line: int, mistake: str, reason: str) -> Problem:
    return theme.WRONG_TEMPLATE.at(Place(f"templates/{FILE}", line), mistake=mistake, reason=reason)
