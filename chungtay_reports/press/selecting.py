"""Which rules of the style sheets fit an element, and what they look at to decide it.

A compiled selector of cssselect2 is Python code. Where it only reads names, classes, attributes and ancestors, its answer
is the same for all elements that agree in these (`Looks`); any other selector must be asked for each element.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from types import CodeType
from typing import Any
from weakref import WeakKeyDictionary

from weasyprint.css import declaration_precedence
from weasyprint.html import ascii_lower

# What a selector may use without asking where its element stands among others, or what is in it.
OF_A_KIND = frozenset(
    (
        *("local_name", "namespace_url", "classes", "id", "parent", "ancestors", "in_html_document"),
        *("etree_element", "tag", "get", "attrib", "lower", "startswith", "endswith"),
        *("any", "next", "split_whitespace", "ascii_lower"),
    )
)


@dataclass(frozen=True, slots=True)
class Looks:
    """What a rule looks at: attributes by value or presence, more than an element's kind; whether it names a place."""

    values: frozenset[str]
    presence: frozenset[str]
    alone: bool
    names_place: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A selector with its declarations; `rank` orders the rules that fit an element as the cascade does."""

    test: Any
    rank: tuple[int, tuple[int, ...], int]
    pseudo: str | None
    declarations: tuple[tuple[str, Any, Any], ...]  # name, values, weight
    alone: bool


class Rules:
    """The rules of all sheets of a document."""

    def __init__(self, sheets: list[tuple[Any, str, Any]]) -> None:
        self._sheets = [(number, *sheet) for number, sheet in enumerate(sheets)]
        self._rules: dict[tuple[int, int], Rule] = {}
        looks = [look for sheet, *_ in sheets for look in _looks(sheet.matcher).values()]
        self._values = frozenset().union(*(look.values for look in looks))
        self._presence = frozenset().union(*(look.presence for look in looks))
        self.name_places = any(look.names_place for look in looks)

    def looks(self, attributes: Mapping[str, str]) -> tuple[object, ...]:
        """Give what rules may see of an element's attributes, but for its class."""
        seen = [pair for pair in attributes.items() if pair[0] in self._values and pair[0] != "class"]
        return (*seen, *(name for name in attributes if name in self._presence))

    def fitting(self, element: Any) -> tuple[list[Rule], list[Rule]]:
        """Find the rules that fit all elements of this one's kind, and those that each element must be asked for."""
        found: list[Rule] = []
        asked: list[Rule] = []
        for number, sheet, origin, specificity in self._sheets:
            for entry in _relevant(sheet.matcher, element):
                rule = self._rules.get((number, entry[2]))
                if rule is None:
                    rule = self._rules[number, entry[2]] = _rule(number, entry, sheet, origin, specificity)
                if rule.alone:
                    asked.append(rule)
                elif rule.test(element):
                    found.append(rule)
        return found, asked


def _rule(number: int, entry: Any, sheet: Any, origin: str, sheet_specificity: Any) -> Rule:
    test, specificity, order, pseudo, (declarations, layer) = entry
    layer_order = inf if layer is None else sheet.layers.index(layer)
    weighed = tuple(
        (name, values, (declaration_precedence(origin, importance), layer_order, sheet_specificity or specificity))
        for name, values, importance in declarations
    )
    return Rule(test, (number, specificity, order), pseudo, weighed, _looks(sheet.matcher)[order].alone)


def _relevant(matcher: Any, element: Any) -> Iterator[Any]:
    """Give the entries that `Matcher.match` would test, in no order."""
    yield from matcher.id_selectors.get(element.id, ())
    for name in element.classes:
        yield from matcher.class_selectors.get(name, ())
    yield from matcher.lower_local_name_selectors.get(ascii_lower(element.local_name), ())
    yield from matcher.namespace_selectors.get(element.namespace_url, ())
    if "lang" in element.etree_element.attrib:
        yield from matcher.lang_attr_selectors
    yield from matcher.other_selectors


_KNOWN: WeakKeyDictionary[Any, dict[int, Looks]] = WeakKeyDictionary()


def _looks(matcher: Any) -> dict[int, Looks]:
    """Say of each selector of a sheet, by its number, what it looks at."""
    found = _KNOWN.get(matcher)
    if found is None:
        tables = (
            matcher.id_selectors,
            matcher.class_selectors,
            matcher.lower_local_name_selectors,
            matcher.namespace_selectors,
        )
        entries = [entry for table in tables for entries in table.values() for entry in entries]
        entries += matcher.lang_attr_selectors + matcher.other_selectors
        found = _KNOWN[matcher] = {entry[2]: _look(*entry) for entry in entries}
    return found


def _look(test: Any, _specificity: object, _order: int, _pseudo: object, payload: tuple[list[Any], Any]) -> Looks:
    codes = list(_within(test.__code__))
    names = {name for part in codes for name in part.co_names}
    texts = frozenset(text for part in codes for text in part.co_consts if isinstance(text, str))
    if "id" in names:
        texts |= {"id"}
    by_value = "attrib" in names or "" in texts or "id" in names
    none: frozenset[str] = frozenset()
    return Looks(
        values=texts if by_value else none,
        presence=none if by_value else texts,
        alone=not names <= OF_A_KIND,
        names_place=any(name == "anchor" for name, *_ in payload[0]),
    )


def _within(code: CodeType) -> Iterator[CodeType]:
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _within(part)
