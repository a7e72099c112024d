"""Cells of one plain text have the boxes that WeasyPrint makes of them, whatever stands around them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from box_trees import box_tree
from hypothesis import example, given, settings
from hypothesis import strategies as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # no fonts are configured in a test, and none are needed
    from weasyprint import css
    from weasyprint.formatting_structure import boxes, build

from chungtay_reports.press import cells
from chungtay_reports.press.cascade import SharedStyles

NAMES = ("element_to_box", *cells.PASSES)
TOLD = (
    "text",
    "colspan",
    "rowspan",
    "grid_x",
    "string_set",
    "bookmark_label",
    "leading_collapsible_space",
    "trailing_collapsible_space",
)

texts = st.sampled_from(
    [
        "",
        " ",
        "1",
        "hai chữ",
        " đầu",
        "cuối ",
        "hai  cách",
        "xuống\ndòng",
        "\u00a0",
        "<b>đậm</b>",
        "a<br>b",
        "<p>x</p>",
        "mã&shy;số",
    ]
)
declarations = st.sampled_from(
    [
        *(
            "white-space: pre",
            "white-space: nowrap",
            "text-transform: uppercase",
            "hyphens: none",
            "float: left",
            "position: absolute",
        ),
        *(
            "display: none",
            "display: block",
            "display: flex",
            "display: inline",
            "display: list-item",
            "overflow: hidden",
            "color: red",
        ),
        *(
            "counter-increment: c",
            "counter-reset: c",
            "string-set: tit content()",
            "bookmark-level: 1",
            "position: running(a)",
        ),
    ]
)
rules = st.lists(
    st.builds("{} {{ {} }}".format, st.sampled_from(["td", "td", "td.a", "th", "tr", "tr:first-child td", "table", "div"]), declarations)
    | st.builds("{}::{} {{ content: {} }}".format, st.sampled_from(["td", "td.a", "th"]), st.sampled_from(["before", "after"]), st.sampled_from(["'a'", "counter(c)", "none"]))
    | st.sampled_from(["td::first-letter { color: red }", "td.a::first-line { color: red }", "td::marker { color: red }"]),
    min_size=1,
    max_size=4,
).map("\n".join)  # fmt: skip
cell = st.builds(
    "<{0}{1}{2}>{3}</{0}>".format,
    st.sampled_from(["td", "td", "th"]),
    st.sampled_from(["", "", " class=a"]),
    st.sampled_from(["", "", " colspan=2", " rowspan=2", " id=n"]),
    texts,
)
rows = st.lists(
    st.lists(cell, min_size=1, max_size=4).map("".join).map("<tr>{}</tr>".format), min_size=1, max_size=4
).map("\n".join)


@contextmanager
def short_ways() -> Iterator[None]:
    plain = {name: getattr(build, name) for name in NAMES}
    cells.make_plain_cells_directly()
    try:
        yield
    finally:
        for name, function in plain.items():
            setattr(build, name, function)
        del boxes.TableCellBox.process_whitespace, boxes.TableCellBox.process_text_transform


def structure(page: str) -> tuple[object, ...]:
    plain, css.StyleFor = css.StyleFor, SharedStyles
    try:
        root, context = box_tree(page)
    finally:
        css.StyleFor = plain
    places = {name: target.state for name, target in context.target_collector.target_lookup_items.items()}
    return told(root), places


def told(box: Any) -> object:
    if box.is_running():
        box = placed(box)
    first = [style and style["color"] for style in (box.first_letter_style, box.first_line_style)]
    style = {name: box.style[name] for name in ("display", "white_space", "overflow", "position", "color", "anchor")}
    return (
        type(box).__name__,
        box.element_tag,
        style,
        first,
        [getattr(box, name, None) for name in TOLD],
        list(map(told, box.children)),
    )


def placed(running: Any) -> Any:
    """Do with a running element what WeasyPrint does once it has a place in a margin."""
    box = running.deepcopy()
    box.style = box.style.copy()
    box.style["position"] = "relative"
    box.process_whitespace()
    box.process_text_transform()
    return build.create_anonymous_boxes(box)


@given(rows, rules)
@example("<tr><td>1</td><td id=n>2</td><th></th></tr>", "")
@settings(max_examples=150, deadline=None)
def test_the_boxes_of_a_table_are_those_of_weasyprint(body: str, sheet: str) -> None:
    page = f"<style>{sheet}</style><div>a <table>{body}</table> b</div>"
    expected = structure(page)
    with short_ways():
        assert structure(page) == expected


def test_cells_of_one_plain_text_are_made_directly_and_no_others() -> None:
    made = []
    with short_ways():
        plain, cells._cell = cells._cell, lambda element, *rest: made.append(element.text) or plain(element, *rest)
        try:
            structure("<table><tr><td>1<td> 2 <td><b>3</b><th>bốn<td style='float: left'>5</table>")
        finally:
            cells._cell = plain
    assert made == ["1", "bốn"]
