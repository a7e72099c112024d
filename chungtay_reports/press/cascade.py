"""Match and compute styles once for all elements that no rule can tell apart: the cells of a column, the rows of a table.

WeasyPrint 70 tries the rules on every element, and computes a style for every pseudo-element that it could have. Here an
element's kind is known by its parent's, its tag, its class and the attributes that rules look at; rules that ask where an
element stands among others are tried on each. An id names a place and changes no other style: see `Place`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import inf
from typing import Any

from weasyprint import css

from chungtay_reports.press.selecting import Rule, Rules

PLAIN_ID = re.compile(r"[\w.:-]+")
SVG = "{http://www.w3.org/2000/svg}svg"

# Attributes of which WeasyPrint makes declarations of an element's own.
DECLARING = frozenset(("style", "lang", "name"))

Cascaded = dict[str, tuple[Any, Any]]  # by property: values, weight


def share_styles() -> None:
    """Put the memory into this process's WeasyPrint; `get_all_computed_styles` looks the class up at each call."""
    css.StyleFor = SharedStyles


@dataclass(slots=True, eq=False)
class Kind:
    """Elements with one style; `pseudo` are the rules of their pseudo-elements, `styles` all that was asked for.

    `quiet` is for `cells.py` to note what it found out.
    """

    style: Any
    pseudo: dict[str | None, Cascaded] = field(default_factory=dict)
    styles: dict[str | None, Any] = field(default_factory=dict)
    quiet: bool | None = None


@dataclass(slots=True, eq=False)
class Guise:
    """Elements that look the same from inside: rules that fit them all, rules to ask for each, kinds by the answers."""

    fitting: list[Rule]
    asked: list[Rule]
    kinds: dict[tuple[bool, ...], Kind] = field(default_factory=dict)


class SharedStyles(css.StyleFor):  # type: ignore[misc] # WeasyPrint has no types
    """WeasyPrint's `StyleFor`: it is asked for the style of an element or a pseudo-element."""

    def __init__(
        self,
        html: Any,
        sheets: list[Any],
        presentational_hints: bool,  # noqa: FBT001 - as WeasyPrint calls it
        font_config: Any,
        target_collector: Any,
    ) -> None:
        self._kinds: dict[Any, Kind] = {}
        self._rules = Rules(sheets)
        if presentational_hints or self._rules.name_places:
            super().__init__(html, sheets, presentational_hints, font_config, target_collector)
            return
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Any] = {}
        self.initial_page_sizes = {"box": None, "area": None}
        self._sheets, self.font_config = sheets, font_config
        self._root, self._base_url, self._targets = html.etree_element, html.base_url, target_collector
        self._guises: dict[Any, Guise] = {}
        self._places: dict[Any, Place] = {}
        self._pages: dict[Any, Any] = {}
        self._descend(html.wrapper_element, None)

    def __call__(self, element: Any, pseudo_type: str | None = None) -> Any:
        kind = self._kinds.get(element)
        if kind is None:
            return super().__call__(element, pseudo_type)
        if pseudo_type in kind.styles:
            style = kind.styles[pseudo_type]
        else:
            style = kind.styles[pseudo_type] = self._asked_first(kind, pseudo_type)
        return self._places.get(element, style) if pseudo_type is None else style

    def kind_of(self, element: Any) -> Kind | None:
        """Give the elements that one is of a kind with; None where WeasyPrint computes the styles."""
        return self._kinds.get(element)

    def _asked_first(self, kind: Kind, pseudo_type: str | None) -> Any:
        """Give a kind's style, or None for a pseudo-element without rules, as WeasyPrint does when it is asked."""
        if pseudo_type is None:
            style = kind.style
        elif pseudo_type in kind.pseudo:
            style = self._computed(kind.style, kind.pseudo[pseudo_type], pseudo_type)
        else:
            return None
        self._computed_styles[kind, pseudo_type] = style
        return super().__call__(kind, pseudo_type)

    def add_page_declarations(self, page_type: Any) -> None:
        """Forget the rules of other pages: WeasyPrint goes through those of all pages for each."""
        self._cascaded_styles.clear()
        super().add_page_declarations(page_type)

    def set_computed_styles(self, element: Any, parent: Any, **named: Any) -> None:
        """Give a page, or a box in its margin, the style of another for which the same declarations hold.

        What is relative to the first page is known only once that has its style.
        """
        place = element, named.get("pseudo_type")
        if not self._kinds:
            super().set_computed_styles(element, parent, **named)
            return
        cascaded = self._cascaded_styles.get(place, {}).items()
        held = tuple((name, id(values), *weight[:2], *weight[2]) for name, (values, weight) in cascaded)
        first = self.initial_page_sizes["box"] is None
        key = (place[1], id(self._computed_styles[parent, None]), first, held)
        if key not in self._pages:
            super().set_computed_styles(element, parent, **named)
            self._pages[key] = self._computed_styles[place]
        self._computed_styles[place] = self._pages[key]

    def _descend(self, wrapper: Any, parent: Kind | None) -> None:
        """Give an element its kind, and then what is in it."""
        element = wrapper.etree_element
        kind = self._kinds[element] = self._kind(wrapper, parent)
        if parent is None:
            self._computed_styles[element, None] = kind.style
        if element.tag == SVG:
            for inner in list(element.iter())[1:]:
                self._kinds[inner] = INSIDE_A_DRAWING
                self._collect(inner.get("id"))
            return
        for child in wrapper.iter_children():
            self._descend(child, kind)

    def _kind(self, wrapper: Any, parent: Kind | None) -> Kind:
        element, attributes = wrapper.etree_element, wrapper.etree_element.attrib
        own = self._declared(element) if attributes else None
        looks = self._rules.looks(attributes) if attributes else ()
        key = (id(parent), element.tag, attributes.get("class"), looks, None if own is None else element)
        guise = self._guises.get(key)
        if guise is None:
            guise = self._guises[key] = Guise(*self._rules.fitting(wrapper))
        answers = tuple([rule.test(wrapper) for rule in guise.asked])
        kind = guise.kinds.get(answers)
        if kind is None:
            asked = [rule for rule, fits in zip(guise.asked, answers, strict=True) if fits]
            kind = guise.kinds[answers] = self._new_kind(parent, own or {}, guise.fitting + asked)
        if own is None and attributes and (name := attributes.get("id")):
            self._places[element] = Place(kind.style, name)
            self._collect(name)
        return kind

    def _new_kind(self, parent: Kind | None, own: Cascaded, rules: list[Rule]) -> Kind:
        cascaded: dict[str | None, Cascaded] = {None: own}
        for rule in sorted(rules, key=lambda rule: rule.rank):
            style = cascaded.setdefault(rule.pseudo, {})
            for name, values, weight in rule.declarations:
                if name not in style or style[name][1] <= weight:
                    style[name] = values, weight
        return Kind(self._computed(parent and parent.style, cascaded.pop(None)), cascaded)

    def _computed(self, parent: Any, cascaded: Cascaded, pseudo_type: str | None = None) -> Any:
        root = css.InitialStyle(self.font_config) if parent is None else self._computed_styles[self._root, None]
        style = css.ComputedStyle(
            parent, cascaded, pseudo_type, root, self._base_url, self.font_config, self.initial_page_sizes
        )
        self._collect(style["anchor"])
        return style

    def _declared(self, element: Any) -> Cascaded | None:
        """Read the declarations in an element's attributes; None when it has none but the name of a place."""
        attributes = element.attrib
        ordinary = DECLARING.isdisjoint(attributes) and element.tag != SVG
        if ordinary and ("id" not in attributes or PLAIN_ID.fullmatch(attributes["id"])):
            return None
        style: Cascaded = {}
        found = css.find_style_attributes(_Alone(element), presentational_hints=False, base_url=self._base_url)
        for specificity, _, declarations, base_url in found:
            for name, values, importance in css.preprocess_declarations(base_url, declarations):
                weight = (css.declaration_precedence("author", importance), inf, specificity)
                if name not in style or style[name][1] <= weight:
                    style[name] = values, weight
        return style

    def _collect(self, name: str | None) -> None:
        if name:
            self._targets.collect_anchor(name)


class Place(css.ComputedStyle):  # type: ignore[misc]
    """The style of an element with an id: that of its kind, with the name of the place."""

    def __init__(self, style: Any, name: str) -> None:
        self.__dict__.update(style.__dict__)
        self._style = style
        self["anchor"] = name

    @property
    def anonymous_style(self) -> Any:
        """Share the style of texts: they are no places."""
        return self._style.anonymous_style

    def copy(self) -> Any:
        copy = self._style.copy()
        copy.update(self)
        return copy

    def __missing__(self, key: str) -> Any:
        value = self[key] = self._style[key]
        return value


@dataclass(frozen=True, slots=True)
class _Alone:
    """An element as a tree without its children."""

    element: Any

    def iter(self) -> tuple[Any]:
        return (self.element,)


# What is inside a drawing: WeasyPrint draws it by itself, without styles and boxes of the page.
INSIDE_A_DRAWING = Kind({}, styles={None: {"display": ("none",)}})
