"""Read the HTML of a page at the speed of XML where both mean the same.

Our templates write every end tag. A page without comments, whose elements stand only where HTML moves, closes or opens
none by itself, is the same tree to an XML parser, which is written in C. What is not proven so is read as HTML.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, fromstring

import tinyhtml5
import weasyprint
from tinyhtml5.constants import adjust_svg_attributes

SVG, XMLNS = "http://www.w3.org/2000/svg", "{http://www.w3.org/2000/xmlns/}xmlns"
DECLARED = f' xmlns="{SVG}"'
DOCTYPE = "<!doctype html>"

VOID = frozenset(("meta", "link", "col", "br", "wbr", "img", "hr"))
OPEN_VOID = re.compile(rf"<((?:{'|'.join(sorted(VOID))})\b[^<>]*?) ?/?>")
SHUT = re.compile(r"<([^<>\s/]+)[^<>]*/>")
# What XML reads otherwise or not at all: comments, other entities, line ends, a line end or tab within an attribute.
OTHERWISE = re.compile(r'<[!?]|\r|&(?!(?:amp|lt|gt|quot|#34|#39|#x27);)|=(?:"[^"<>]*[\n\t]|\'[^\'<>]*[\n\t])')
NAME = re.compile(r"[a-z][a-z0-9-]*")

PHRASES = frozenset(
    ("a", "b", "strong", "em", "i", "span", "small", "sub", "sup", "time", "abbr", "code", "cite", "q", "u")
)
WORDS = PHRASES | {"br", "wbr", "img", f"{{{SVG}}}svg"}
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ROOMS = frozenset(
    ("div", "section", "main", "article", "header", "footer", "aside", "nav", "figure", "figcaption", "blockquote")
)
FLOW = WORDS | HEADINGS | ROOMS | {"p", "ul", "ol", "table", "hr"}
SHAPES = frozenset(
    ("g", "path", "rect", "line", "circle", "ellipse", "polyline", "polygon", "text", "tspan", "a", "defs")
)
DRAWN = frozenset(f"{{{SVG}}}{name}" for name in (*SHAPES, "title", "desc"))
SHUT_ALIKE = VOID | SHAPES - {"a"}
NOTHING: frozenset[str] = frozenset()

# What may stand in each element so that HTML leaves it there.
CONTENT = (
    dict.fromkeys((*PHRASES, *HEADINGS, "p"), WORDS)
    | dict.fromkeys((*ROOMS, "body", "li", "td", "th", "caption"), FLOW)
    | dict.fromkeys((*VOID, "title", "style", f"{{{SVG}}}title", f"{{{SVG}}}desc"), NOTHING)
    | dict.fromkeys((f"{{{SVG}}}{name}" for name in (*SHAPES, "svg")), DRAWN)
    | dict.fromkeys(("ul", "ol"), frozenset(("li",)))
    | dict.fromkeys(("thead", "tbody", "tfoot"), frozenset(("tr",)))
    | {
        "html": frozenset(("head", "body")),
        "head": frozenset(("meta", "title", "link", "style")),
        "table": frozenset(("caption", "colgroup", "thead", "tbody", "tfoot")),
        "colgroup": frozenset(("col",)),
        "tr": frozenset(("td", "th")),
    }
)
AWKWARD = frozenset(("html", "head", "table", "colgroup", "thead", "tbody", "tfoot", "tr", "a", "style"))


def read_plain_pages_quickly() -> None:
    """Have WeasyPrint's `HTML` read pages by `read`; it looks its parser up in this name at each call."""

    def parse(file: IO[Any], **options: Any) -> Any:
        text = file.read()
        root = read(text) if isinstance(text, str) else None
        return tinyhtml5.parse(text, **options) if root is None else root

    weasyprint.tinyhtml5 = SimpleNamespace(parse=parse)


def read(html: str) -> Element | None:
    """Read a page as tinyhtml5 does without namespaces; None where that cannot be proven."""
    page = html.lstrip(" \n\t")
    text, end, ending = page.removeprefix(DOCTYPE).rpartition("</html>")
    if not (page.startswith(DOCTYPE) and end and not ending.strip(" \n\t") and _read_alike(text)):
        return None
    try:
        root = fromstring(OPEN_VOID.sub(r"<\1/>", text + end + ending))  # noqa: S314 - no declarations, so no entities
    except (ParseError, ValueError):
        return None
    return _as_html(root, ending) if _stays(root) else None


def _read_alike(text: str) -> bool:
    """Say whether no sign means another thing in XML, and only void elements and shapes end within their own tag."""
    drawings = text.count(DECLARED)
    return (
        not OTHERWISE.search(text)
        and text.count("<svg ") == text.count("xmlns") == drawings
        and SHUT_ALIKE.issuperset(SHUT.findall(text))
    )


def _stays(root: Element) -> bool:
    """Say whether HTML leaves every element where XML put it, and every name as it is written."""
    if root.tag != "html" or [child.tag for child in root] != ["head", "body"]:
        return False
    names: set[str] = set()
    for element in root.iter():
        content = CONTENT.get(element.tag)
        if content is None or (len(element) and not content.issuperset([child.tag for child in element])):
            return False
        if element.tag in AWKWARD and not _easy(element):
            return False
        if element.tag[0] == "{":
            names.update(name for name in element.attrib if name not in adjust_svg_attributes.values())
        else:
            names.update(element.attrib)
    return all(NAME.fullmatch(name) and name not in adjust_svg_attributes for name in names)


def _easy(element: Element) -> bool:
    """Say whether HTML makes nothing else of what it takes for a mistake, or for text, in an element."""
    if element.tag == "a":
        return not len(element) or element.find(".//a") is None
    if element.tag == "style":
        return "&" not in (element.text or "")
    texts = (element.text, *(child.tail for child in element))
    return not any(text and text.strip(" \n\t") for text in texts)


def _as_html(root: Element, ending: str) -> Element:
    """Put white space, and the names of drawings, where HTML has them."""
    body = root[1]
    space = (body.tail or "") + ending
    root.text = body.tail = None
    if len(body):
        body[-1].tail = (body[-1].tail or "") + space or None
    else:
        body.text = (body.text or "") + space or None
    for drawing in body.iter(f"{{{SVG}}}svg"):
        drawing.set(XMLNS, SVG)
    return root
