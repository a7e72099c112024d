"""The styles of a paper: one per element of the layout, under the name that the office sees in its word processor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.document import Document as WordDocument

from chungtay_reports.official.docx.ooxml import el, half_points, mm_twips, twips
from chungtay_reports.official.layout import Layout, Style

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

LINE = 240  # what the format calls one line
ALIGNED = {"left": "left", "center": "center", "right": "right", "justify": "both"}
LANGUAGE = "vi-VN"
NORMAL, RULE, RULED, UNRULED = "Normal", "DuongKe", "BangKe", "BangKhongKe"
RULE_LINE = 1.0  # pt: the line that a rule stands on


@dataclass(frozen=True, slots=True)
class Named:
    """How an element of the layout is called in the document; `outline` makes it a heading of that level, from 0."""

    id: str
    name: str
    outline: int | None = None


# Names that word processors know are English here and shown translated: Heading 1 is “Đầu đề 1” in Vietnamese Word.
NAMES: Mapping[str, Named] = {
    "nation": Named("QuocHieu", "Quốc hiệu"),
    "motto": Named("TieuNgu", "Tiêu ngữ"),
    "superior": Named("CoQuanChuQuan", "Cơ quan chủ quản"),
    "office": Named("CoQuanBanHanh", "Cơ quan ban hành"),
    "number": Named("SoKyHieu", "Số, ký hiệu"),
    "place_date": Named("DiaDanhNgay", "Địa danh, ngày tháng"),
    "subject": Named("VeViec", "Về việc"),
    "type_name": Named("Title", "Title"),
    "title": Named("Subtitle", "Subtitle"),
    "addressees": Named("KinhGui", "Kính gửi"),
    "base": Named("CanCu", "Căn cứ"),
    "text": Named("BodyText", "Body Text"),
    "part": Named("Phan", "Phần", 0),
    "section": Named("Heading1", "heading 1", 0),
    "item": Named("Heading2", "heading 2", 1),
    "point": Named("Heading3", "heading 3", 2),
    "table_title": Named("TenBang", "Tên bảng"),
    "table": Named("ChuTrongBang", "Chữ trong bảng"),
    "wide_table": Named("ChuBangNgang", "Chữ trong bảng ngang"),
    "caption": Named("Caption", "caption"),
    "recipients_word": Named("NoiNhan", "Nơi nhận"),
    "recipients": Named("DanhSachNoiNhan", "Danh sách nơi nhận"),
    "authority": Named("ChucVu", "Quyền hạn, chức vụ"),
    "signer": Named("HoTenNguoiKy", "Họ tên người ký"),
    "annex_label": Named("PhuLuc", "Phụ lục", 0),
    "annex_title": Named("TenPhuLuc", "Tên phụ lục"),
    "annex_reference": Named("KemTheo", "Kèm theo"),
    "page_number": Named("Header", "header"),
    "notice": Named("Footer", "footer"),
}

KNOWN = frozenset(
    {"Title", "Subtitle", "Body Text", "heading 1", "heading 2", "heading 3", "caption", "header", "footer"}
)


def set_styles(document: WordDocument, layout: Layout) -> None:
    """Replace the styles of the template by those of the layout."""
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    styles.append(_defaults(layout))
    styles.extend([_normal(), *_fixed(), *(_named(NAMES[name], style) for name, style in _used(layout)), _rule()])


def _used(layout: Layout) -> Iterator[tuple[str, Style]]:
    for name in NAMES:
        style: Style = getattr(layout.styles, name)
        yield name, style


def _defaults(layout: Layout) -> BaseOxmlElement:
    font = layout.font.docx
    return el(
        "docDefaults",
        el(
            "rPrDefault",
            el(
                "rPr",
                el("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
                el("color", val="000000"),
                *_size(layout.styles.text.size),
                el("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"),
            ),
        ),
        el("pPrDefault", el("pPr", el("widowControl"), el("spacing", before=0, after=0, line=LINE, lineRule="auto"))),
    )


def _normal() -> BaseOxmlElement:
    return el("style", el("name", val=NORMAL), el("qFormat"), type="paragraph", default=1, styleId=NORMAL)


def _fixed() -> Iterator[BaseOxmlElement]:
    """The styles that the format expects of every document, and those of the two kinds of tables."""
    yield el(
        "style",
        el("name", val="Default Paragraph Font"),
        el("uiPriority", val=1),
        el("semiHidden"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    margins = el("tblCellMar", *(el(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    yield el(
        "style",
        el("name", val="Normal Table"),
        el("uiPriority", val=99),
        el("semiHidden"),
        el("tblPr", el("tblInd", w=0, type="dxa"), margins),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    for style, name in ((RULED, "Bảng kẻ"), (UNRULED, "Bảng không kẻ")):
        yield el(
            "style", el("name", val=name), el("basedOn", val="TableNormal"), type="table", customStyle=1, styleId=style
        )


def _named(named: Named, style: Style) -> BaseOxmlElement:
    heading = named.outline is not None
    after = (el("next", val="BodyText"),) if heading else ()
    custom = {} if named.name in KNOWN else {"customStyle": 1}
    return el(
        "style",
        el("name", val=named.name),
        el("basedOn", val=NORMAL),
        *after,
        el("qFormat"),
        el(
            "pPr",
            *((el("keepNext"), el("keepLines")) if heading else ()),
            el(
                "spacing",
                before=twips(style.before),
                after=twips(style.after),
                line=round(LINE * style.line),
                lineRule="auto",
            ),
            *((el("ind", firstLine=mm_twips(style.indent)),) if style.indent else ()),
            el("jc", val=ALIGNED[style.align]),
            *((el("outlineLvl", val=named.outline),) if named.outline is not None else ()),
        ),
        el("rPr", *_weight(style), *_size(style.size)),
        type="paragraph",
        styleId=named.id,
        **custom,
    )


def _rule() -> BaseOxmlElement:
    """The line that a rule stands on is as low as word processors allow."""
    return el(
        "style",
        el("name", val="Đường kẻ"),
        el("basedOn", val=NORMAL),
        el("pPr", el("spacing", before=0, after=0, line=twips(RULE_LINE), lineRule="exact")),
        el("rPr", *_size(1)),
        type="paragraph",
        customStyle=1,
        styleId=RULE,
    )


def _weight(style: Style) -> Iterator[BaseOxmlElement]:
    if style.bold:
        yield from (el("b"), el("bCs"))
    if style.italic:
        yield from (el("i"), el("iCs"))


def _size(points: float) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    return el("sz", val=half_points(points)), el("szCs", val=half_points(points))
