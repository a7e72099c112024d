"""A page is read to the tree that an HTML parser makes of it, or is left to that parser."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import editions
import papers
import pytest
import tinyhtml5
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chungtay_reports.formats import paper_pdf, pdf
from chungtay_reports.press import PrintJob
from chungtay_reports.press.reading import read

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>Một</title><g><a href="#a"><path d="M0 0"/></a></g></svg>'


def bulletin() -> PrintJob:
    return pdf.print_job(editions.edition(), editions.settings())


def report() -> PrintJob:
    return paper_pdf.print_job(papers.long_annex(20), editions.settings())


def told(element: Element) -> object:
    """Everything that a page is made from."""
    return (
        element.tag,
        dict(element.attrib),
        element.text or "",
        element.tail or "",
        [told(child) for child in element],
    )


def as_html(page: str) -> object:
    return told(tinyhtml5.parse(page, namespace_html_elements=False))


def page(body: str, head: str = "<title>a</title>") -> str:
    return f'<!doctype html>\n<html lang="vi">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


@pytest.mark.parametrize("job", [bulletin, report])
def test_our_own_pages_are_read_quickly_and_alike(job: object) -> None:
    html = job().html  # type: ignore[operator]
    root = read(html)
    assert root is not None
    assert told(root) == as_html(html)


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<p class='x'>", "<div>", "</div>", "<b>", "</b>", "<span>", "</span>", "<a href='#'>", "</a>"),
        *("<ul>", "<li>", "</li>", "</ul>", "<table>", "</table>", "<tbody>", "</tbody>", "<tr>", "</tr>", "<td>", "</td>"),
        *("<br>", "<br/>", "<wbr>", "<hr>", "<col>", "<colgroup>", "</colgroup>", "<img alt='a>b'>", "<h2>", "</h2>", "<h3>", "</h3>"),
        *("chữ", " ", "\n", "&amp;", "&lt;", "&nbsp;", "&#39;", "&", "\u00a0", "<!-- x -->", "<p/>", "<span title='a\nb'>", "</span >"),
        *(SVG, SVG.replace(" xmlns", " XMLNS"), "<svg>", "</svg>", "<P>", "<p Title='x'>", "<p viewBox='x'>", "<pre>\n", "</pre>"),
        *("<caption>", "</caption>", "<section>", "</section>", "</body>", "</html>", "<select>", "<title>b</title>", "<style>a > b</style>"),
    ]
)  # fmt: skip

# Well nested, of what our templates write: more of it comes to be read quickly.
NAMES = (
    "p",
    "div",
    "b",
    "a",
    "span",
    "ul",
    "li",
    "table",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "h2",
    "section",
    "figure",
)
nested = st.recursive(
    st.sampled_from(["", " ", "\n", "chữ", "<br>", "&amp;", SVG]),
    lambda inner: (
        st.builds("<{0}{1}>{2}</{0}>".format, st.sampled_from(NAMES), st.sampled_from(["", " id='a'"]), inner)
        | st.lists(inner, max_size=3).map("".join)
    ),
    max_leaves=12,
)
tables = st.lists(st.builds("<td>{}</td>".format, nested), max_size=3).map(
    lambda cells: f"<table><thead><tr><th>1</th></tr></thead>\n<tbody><tr>{''.join(cells)}</tr></tbody></table>"
)


@given(st.lists(PIECES, max_size=9).map("".join) | nested | tables)
@example("<a><b><a>x</a></b></a>")
@example("<p><table><tbody><tr><td>x</td></tr></tbody></table></p>")
@example("<table>x<tbody><tr><td>x</td></tr></tbody></table>")
@example("<h2><div><h3>x</h3></div></h2>")
@example("<li>a<div><li>b</li></div></li>")
@settings(max_examples=300, deadline=None)
def test_whatever_is_read_quickly_is_what_html_makes_of_it(body: str) -> None:
    html = page(body)
    root = read(html)
    assert root is None or told(root) == as_html(html)


@pytest.mark.parametrize(
    "html",
    [
        *("", "<p>x</p>", page("x").replace("<!doctype html>", ""), page("x").replace("<head>", "<head>x")),
        *(page("x", "<style>a::before { content: '&amp;' }</style>"), page("x", "<title>a<b>c</b></title>")),
        *(
            page("x") + "chữ",
            page("x") + "<!-- x -->",
            page("x").replace("</html>", "</html >"),
            "\u00a0" + page("x"),
            page("<p>x\r\ny</p>"),
        ),
        *(
            page("<!-- x -->"),
            page("<?x y?>"),
            page("<![CDATA[x]]>"),
            page("<p title='a\tb'>x</p>"),
            page("<br>x</br>"),
        ),
    ],
)
def test_what_html_reads_in_its_own_way_is_left_to_it(html: str) -> None:
    assert read(html) is None


def test_most_well_formed_tables_are_read_quickly() -> None:
    assert (
        read(page("<table><tbody><tr><td>1<br>2 <b>3</b></td><td><p>x</p></td></tr></tbody></table>" + SVG)) is not None
    )
