"""The borders of a table that collapse are settled as WeasyPrint settles them."""

from __future__ import annotations

import warnings
from typing import Any

from box_trees import box_tree
from hypothesis import given, settings
from hypothesis import strategies as st

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # no fonts are configured in a test, and none are needed
    from weasyprint.formatting_structure import build
    from weasyprint.layout.table import collapse_table_borders

from chungtay_reports.press import collapsing

BORDERS = (
    "1px solid red",
    "1px solid blue",
    "2px solid #000",
    "2px dashed #000",
    "1px double",
    "3px inset",
    "3px groove",
    "none",
    "hidden",
)
PLACES = (
    "table",
    "colgroup",
    "col",
    "col:last-child",
    "tbody",
    "tr",
    "tr:first-child",
    "td",
    "td.a",
    "tr > :last-child",
    "th",
)

rules = st.lists(
    st.builds(
        "{} {{ border{}: {} }}".format,
        st.sampled_from(PLACES),
        st.sampled_from(["", "-left", "-top", "-bottom"]),
        st.sampled_from(BORDERS),
    ),
    min_size=1,
    max_size=7,
).map("\n".join)
cells = st.builds(
    "<{0}{1}{2}>x</{0}>".format,
    st.sampled_from(["td", "td", "th"]),
    st.sampled_from(["", "", " class=a"]),
    st.sampled_from(["", "", "", " colspan=2", " rowspan=2", " colspan=2 rowspan=3", " rowspan=0"]),
)
groups = st.lists(st.lists(cells, max_size=4).map("".join).map("<tr>{}</tr>".format), max_size=4).map("".join)
tables = st.builds(
    "<table style='border-collapse: collapse; direction: {}'>{}<thead>{}</thead><tbody>{}</tbody><tbody>{}</tbody></table>".format,
    st.sampled_from(["ltr", "ltr", "ltr", "rtl"]),
    st.sampled_from(["", "<colgroup><col><col></colgroup>", "<colgroup span=2></colgroup>"]),
    groups,
    groups,
    groups,
)


def settled(way: Any, page: str) -> list[Any]:
    """Everything that settling leaves behind: the grid, and the widths that each box is given."""
    found: list[Any] = []

    def collapse(table: Any, width: int, height: int) -> Any:
        grid = way(table, width, height)
        boxes = [
            table,
            *table.descendants(),
            *table.column_groups,
            *(box for group in table.column_groups for box in group.children),
        ]
        widths = [
            [box.__dict__.get(f"border_{side}_width") for side in ("top", "right", "bottom", "left")] for box in boxes
        ]
        found.append((grid, widths))
        return grid

    plain = build.collapse_table_borders
    build.collapse_table_borders = collapse
    try:
        box_tree(page)
    finally:
        build.collapse_table_borders = plain
    return found


@given(tables, rules)
@settings(max_examples=80, deadline=None)
def test_borders_are_settled_as_in_weasyprint(table: str, sheet: str) -> None:
    page = f"<style>{sheet}</style>{table}"
    expected = settled(collapse_table_borders, page)
    assert len(expected) == 1
    assert settled(collapsing._with_short_way(collapse_table_borders), page) == expected
