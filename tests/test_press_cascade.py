"""Styles that elements share are, value for value, those that WeasyPrint computes for each of them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # no fonts are configured in a test, and none are needed
    from weasyprint import CSS, HTML, css
    from weasyprint.css.targets import TargetCollector
    from weasyprint.layout.page import PageType, _standardize_page_based_counters, set_page_type_computed_styles
    from weasyprint.text.fonts import FontConfiguration

from chungtay_reports.press.cascade import SharedStyles

PLAIN, FONTS = css.StyleFor, FontConfiguration()
PSEUDO = (None, "before", "after", "marker", "first-line", "footnote-call")
# Of the logical sides WeasyPrint has no computed values for texts.
PROPERTIES = [name for name in css.INITIAL_VALUES if not {"block", "inline"} & set(name.split("_"))]
TAGS = ("p", "b")
TABLE = "<table><tr><td>1<td class=x>2<tr class=y><td>3<td class=x>4</table>"

simple = st.sampled_from(
    [*TAGS, "*", ".x", ".y", "[title]", "[title=x]", "[title^=y]", ":link", "[href]", "#n1", ":root"]
)
placed = st.sampled_from(
    [
        *(":first-child", ":last-child", ":nth-child(2n+1)", ":nth-child(-n+2)", ":nth-last-child(2)", ":only-child"),
        *(":first-of-type", ":nth-of-type(2)", ":empty", ":has(.y)", ":lang(vi)", ":not(.x)"),
    ]
)
pseudo = st.sampled_from(["::before", "::after", "::marker", "::first-line"])
compounds = st.one_of(simple, placed, st.builds("{}{}".format, st.sampled_from([*TAGS, ".x"]), placed))
combined = st.one_of(
    compounds, st.builds("{} {} {}".format, compounds, st.sampled_from([">", "+", "~", ""]), compounds)
)
selectors = st.one_of(combined, combined, st.builds("{}{}".format, combined, pseudo))
declarations = st.one_of(
    st.sampled_from(["color: red", "color: blue", "font-size: 2em"]),
    st.sampled_from(
        [
            *("color: inherit !important", "margin: 1em", "padding: inherit", "border: 1px solid", "line-height: 1.4"),
            *("border-collapse: collapse", "text-decoration: underline", 'content: "a" attr(title)', "--x: 3px"),
            *("width: calc(1em + 2px)", "margin-left: var(--x)", "page: b", "float: left", "position: absolute"),
            *("display: block", "display: table", "display: table-cell", "display: list-item", "counter-increment: c"),
        ]
    ),
)
sheets = st.lists(st.builds("{} {{ {} }}".format, selectors, declarations), min_size=4, max_size=8).map("\n".join)
attributes = st.sampled_from(
    [
        *("", "", "", ' class="x"', ' class="y"', ' title="x"', ' title="yy"', ' class="x" title="yy"'),
        *(' href="#a" class="x"', ' lang="vi"', ' style="color: blue"', ' style="--x: 1em"'),
    ]
)
elements = st.tuples(
    st.integers(0, 3), st.sampled_from(TAGS), attributes, st.sampled_from(["", " id=N"]), st.sampled_from(["", "chữ"])
)


@st.composite
def trees(draw: st.DrawFn) -> str:
    """Write a dozen elements, each as deep as it likes below the one before it."""
    written, ends = "", []
    for depth, tag, own, name, text in draw(st.lists(elements, min_size=8, max_size=20)):
        while len(ends) > depth:
            written += ends.pop()
        written += f"<{tag}{own}{name}>{text}"
        ends.append(f"</{tag}>")
    return written + "".join(reversed(ends))


def page(tree: str, sheet: str) -> HTML:
    head, *rest = tree.split("id=N")
    body = head + "".join(f'id="n{number}"{text}' for number, text in enumerate(rest))
    return HTML(string=f"<style>{sheet}</style><body>{body}<svg><g id='s'><text class='x'>1</text></g></svg>{TABLE}")


def styled(kind: Any, html: HTML) -> tuple[dict[Any, Any], TargetCollector]:
    css.StyleFor, targets = kind, TargetCollector()
    try:
        style_for = css.get_all_computed_styles(html, font_config=FONTS, target_collector=targets)
    finally:
        css.StyleFor = PLAIN
    found = {}
    for element in html.etree_element.iter():
        if "svg" not in element.tag or element.tag.endswith("}svg"):
            for pseudo in PSEUDO:
                style = style_for(element, pseudo)
                found[element, pseudo] = style and {name: style[name] for name in PROPERTIES}
                if style and pseudo is None:
                    copy, text = style.copy(), style.anonymous_style
                    assert {name: copy[name] for name in PROPERTIES} == found[element, pseudo]
                    found[element, "text"] = {name: text[name] for name in PROPERTIES}
    return found, targets


@given(trees(), sheets)
@settings(max_examples=60, deadline=None)
def test_every_element_has_the_style_that_weasyprint_computes_for_it(tree: str, sheet: str) -> None:
    html = page(tree, sheet)
    (ours, our_targets), (plain, targets) = styled(SharedStyles, html), styled(PLAIN, html)
    assert ours.keys() == plain.keys()
    for place, style in plain.items():
        assert ours[place] == style, (place, {name for name in style if ours[place][name] != style[name]})
    assert our_targets.target_lookup_items.keys() == targets.target_lookup_items.keys()


def test_cells_of_a_column_share_one_style_and_those_with_an_id_only_differ_by_it() -> None:
    rows = "".join(f'<tr id="r{n}"><td>1</td><td class="x"><a id="a{n}" href="#r{n}">2</a></td></tr>' for n in range(9))
    sheet = "tr:nth-child(-n + 2) { color: red } td:first-child { padding: 0 }"
    html = HTML(string=f"<style>{sheet}</style><table><tbody>{rows}</tbody></table>")
    css.StyleFor = SharedStyles
    try:
        style_for = css.get_all_computed_styles(html, font_config=FONTS, target_collector=TargetCollector())
    finally:
        css.StyleFor = PLAIN
    cells = list(html.etree_element.iter("td"))
    assert len({id(style_for(cell)) for cell in cells}) == 4  # two columns, in rows of two kinds
    links = [style_for(link) for link in html.etree_element.iter("a")]
    assert [style["anchor"] for style in links] == [f"a{n}" for n in range(9)]
    assert len({id(style.anonymous_style) for style in links}) == 2


def test_a_sheet_that_names_places_itself_is_left_to_weasyprint() -> None:
    html = HTML(string="<style>p { -weasy-anchor: 'dau' } b { color: red }</style><p title=a><b>x</b></p>")
    ours, plain = styled(SharedStyles, html)[0], styled(PLAIN, html)[0]
    assert ours == plain


def test_a_user_sheet_weighs_as_it_does_in_weasyprint() -> None:
    html, found = HTML(string="<style>p { color: red }</style><p>x</p>"), []
    for kind in (SharedStyles, PLAIN):
        css.StyleFor = kind
        try:
            user = CSS(string="p { color: blue; text-align: right }")
            style_for = css.get_all_computed_styles(html, [user], font_config=FONTS, target_collector=TargetCollector())
        finally:
            css.StyleFor = PLAIN
        found.append([(style_for(p)["color"], style_for(p)["text_align_all"]) for p in html.etree_element.iter("p")])
    assert found[0] == found[1]


PAGE_RULES = st.sampled_from(
    [
        *("@page { margin: 2vw; color: red }", "@page :first { margin-top: 1cm; @top-left { content: none } }"),
        *("@page { @top-left { content: counter(page); width: 10vw; display: table } }", "@page b { font-size: 2em }"),
        *(
            "@page :left { @bottom-center { content: 'a'; color: inherit } }",
            "@page :nth(2) { @top-left { content: 'b' } }",
        ),
        *(
            "@page { @top-left { content: 'c' !important } }",
            "@page { counter-increment: page 2 }",
            "html { font-size: 5pt }",
        ),
    ]
)


@given(st.lists(PAGE_RULES, max_size=5).map("\n".join))
@settings(max_examples=40, deadline=None)
def test_every_page_and_margin_has_the_style_that_weasyprint_computes_for_it(sheet: str) -> None:
    html, found = HTML(string=f"<style>{sheet}</style><p>x</p>"), []
    for kind in (SharedStyles, PLAIN):
        css.StyleFor = kind
        try:
            style_for = css.get_all_computed_styles(html, font_config=FONTS, target_collector=TargetCollector())
        finally:
            css.StyleFor = PLAIN
        found.append(list(page_styles(html, style_for)))
    assert found[0] == found[1]


def page_styles(html: HTML, style_for: Any) -> Iterator[dict[str, Any] | None]:
    """Set styles as WeasyPrint does for page after page, of which the first gives relative lengths their meaning."""
    for index in range(5):
        page_type = PageType(
            ("right", "left")[index % 2], blank=False, name="b" if index == 3 else "", index=index, groups=()
        )
        set_page_type_computed_styles(page_type, html, style_for)
        for place in (None, "@top-left", "@bottom-center", "@footnote"):
            style = style_for(page_type, place)
            if style is not None:
                _standardize_page_based_counters(style, place)  # which WeasyPrint does before it looks at a page
            yield style and {name: style[name] for name in PROPERTIES}
        style_for.initial_page_sizes.update(box=(800, 600), area=(700, 500))
