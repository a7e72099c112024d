"""Values that a style does not declare are, name for name, those that WeasyPrint finds for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from test_press_cascade import FONTS, HTML, TargetCollector, css, page, sheets, trees

from chungtay_reports.press.values import _with_short_way

PLAIN = css.ComputedStyle.__missing__
NAMES = sorted(css.INITIAL_VALUES)
SIDES = st.sampled_from(
    [
        *("margin-inline-start: 3px", "padding-block: 1em", "border-inline-end: 2px solid", "inline-size: 5em"),
        *("border-start-start-radius: 3px", "max-block-size: 2em", "direction: rtl", "margin-left: 1px", "margin: 2px"),
        *("text-indent: calc(10% + 1px)", "width: inherit", "margin: initial", "outline: 1px solid", "column-gap: 0"),
    ]
)
turned = st.lists(st.builds("{} {{ {} }}".format, st.sampled_from(["p", "b", "p b", "body"]), SIDES), max_size=6)


def found(missing: Callable[[Any, str], Any], html: HTML, names: list[str]) -> list[list[str]]:
    css.ComputedStyle.__missing__ = missing
    try:
        style_for = css.get_all_computed_styles(html, font_config=FONTS, target_collector=TargetCollector())
        elements = [element for element in html.etree_element.iter() if "svg" not in element.tag]
        return [[repr(style_for(element)[name]) for name in names] for element in elements]
    finally:
        css.ComputedStyle.__missing__ = PLAIN


@given(trees(), sheets, turned.map("\n".join), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_every_value_is_found_in_whatever_order_they_are_asked_for(
    tree: str, sheet: str, sides: str, chance: Any
) -> None:
    html, names = page(tree, sheet + sides), chance.sample(NAMES, len(NAMES))
    ours, plain = found(_with_short_way(PLAIN), html, names), found(PLAIN, html, names)
    for mine, theirs in zip(ours, plain, strict=True):
        assert mine == theirs, [name for name, one, other in zip(names, mine, theirs, strict=True) if one != other]
