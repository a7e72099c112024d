"""Refuse a number that stands before the noun of another count: 672 schools are not “672 chuyên đề”.

What a number counts is told by its metric: its unit, or how its label begins (“Trường THPT và trung tâm …”). A counted
noun of any other metric right after the number is a mistake; adjectives and words that no metric counts are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from chungtay_reports.errors import Code, Problem
from chungtay_reports.model import Metric
from chungtay_reports.prose.lines import HOLE, Line

MISCOUNTED = Code(
    "P215", "“{noun}” đứng sau một con số đếm “{unit}”: {metric} là “{label}”. Đổi chỉ tiêu hoặc đổi danh từ."
)

COUNTING = frozenset({"so", "gan", "duoi", "hon", "tren", "khoang", "hang"})
_WORD = re.compile(r"\w")
LOOSE = frozenset({"%", "đồng", "đơn vị", "lần", "nơi"})  # said of many things
NOT_COUNTED = ("trường hợp", "trường học", "buổi sáng", "buổi chiều", "buổi tối")


def counted_noun(after: str, nouns: Iterable[str]) -> str:
    """Find the counted noun that a text begins with, the longest that fits; empty when there is none."""
    text = " ".join(after.replace("\u00a0", " ").split()).casefold()
    if text.startswith(NOT_COUNTED):
        return ""
    fitting = (noun for noun in nouns if noun not in LOOSE and _begins(text, noun.casefold()))
    return max(fitting, key=lambda noun: (len(noun), noun), default="")


def names(noun: str, unit: str, label: str) -> bool:
    """Tell whether a noun is what a metric counts."""
    return noun.casefold() == unit.casefold() or _begins(label.casefold(), noun.casefold())


def _begins(text: str, words: str) -> bool:
    """Tell whether a text begins with whole words."""
    return text.startswith(words) and not _WORD.match(text, len(words))


def miscounted(line: Line, metrics: Mapping[str, Metric]) -> Iterator[Problem]:
    """Find every number of a line that is followed by the noun of another count."""
    nouns = {metric.unit for metric in metrics.values()}
    for position, call in sorted(line.calls.items()):
        metric = metrics.get(next((str(one.value) for one in call.arguments if one.name in {"", "chi_tieu"}), ""))
        if call.name not in COUNTING or metric is None or metric.money:
            continue
        noun = counted_noun(line.text[position + 1 :].split(HOLE)[0], nouns)
        if noun and not names(noun, metric.unit, metric.label):
            place = line.place(position)
            yield MISCOUNTED.at(place, noun=noun, unit=metric.unit, metric=metric.name, label=metric.label)
