"""Take what a style does not declare from its parent or from the table of initial values at once.

WeasyPrint goes the way of a declared value for each of them: it looks for variables, for sums, for another direction of
writing. A style of a bulletin declares ten properties and is asked for a hundred.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

# What depends on more than whether a style declares it.
INVOLVED = {"page", "position", "float", "display"} | INITIAL_NOT_COMPUTED
SIMPLE = frozenset(name for name in INITIAL_VALUES if name not in INVOLVED and not name.startswith("text_decoration_"))
# Names of margins, sizes and corners by the direction of writing: where a style declares one it may stand for another.
LOGICAL = frozenset(
    function(block="ttb", inline=inline) for function, inline in product(PHYSICAL_FUNCTIONS.values(), ("ltr", "rtl"))
)


def take_undeclared_values_at_once() -> None:
    """Put the short way before WeasyPrint's own."""
    ComputedStyle.__missing__ = _with_short_way(ComputedStyle.__missing__)


def _with_short_way(plain: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    def missing(style: Any, key: str) -> Any:
        if key not in SIMPLE or key in style.cascaded or (key in PHYSICAL_FUNCTIONS and _turned(style)):
            return plain(style, key)
        parent = style.parent_style
        value = style[key] = INITIAL_VALUES[key] if parent is None or key not in INHERITED else parent[key]
        return value

    return missing


def _turned(style: Any) -> bool:
    """Say whether a style names a side by the direction of writing."""
    try:
        return style.chungtay_turned  # type: ignore[no-any-return]
    except AttributeError:
        turned = style.chungtay_turned = not LOGICAL.isdisjoint(style.cascaded)
        return turned
