"""Hedged numbers that are proven: “gần 700”, “hơn 2.100”, “khoảng 1,5 tỷ đồng”, “hàng trăm”.

A hedge leans on a *round mark*. Marks are 20, 30, … 100, then 150, 200, 250, 300, 400, … 1.000, and from there on every
number of two significant digits (1.100, … 9.900, 10.000, 11.000, …). A value between two neighbouring marks may be

- “gần”, “dưới” the upper one when it is nearer to it than to the lower and at most 6% of the mark short of it;
- “hơn”, “trên” the lower one when it is not nearer to the upper and at most 10% of the mark beyond it;
- “khoảng” the nearer one when it is within 5% of it.

The share is of the mark, computed exactly. A value that is itself a mark takes no hedge, and neither does one below 19:
small counts are told as they are. The limits follow use in the press: 664 is “gần 700” (5,1% short) and 628 is not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from chungtay_reports.errors import Code, Place, Problem
from chungtay_reports.vietnamese.numerals import money, number, percent, read_money, read_number

EXACT = Code("H101", "{value} là đúng một mốc tròn nên không đi với “{word}”: hãy in thẳng “{value}”.")
SMALL = Code("H102", "{value} quá nhỏ để nói “{word}”: mốc tròn nhỏ nhất là {smallest}, hãy in đúng số.")
SHORT = Code(
    "H103",
    "“{word}” cần một mốc tròn ngay trên, gần hơn mốc dưới và hụt không quá {limit}; {value} còn hụt {gap} ({share}) mới đến {mark}.",
)
BEYOND = Code(
    "H104",
    "“{word}” cần một mốc tròn ngay dưới, không xa hơn mốc trên và vượt không quá {limit}; {value} đã vượt {mark} tới {gap} ({share}).",
)
AWAY = Code(
    "H105", "“{word}” cần một mốc tròn cách không quá {limit}; {value} cách mốc gần nhất là {mark} tới {gap} ({share})."
)
NO_ORDER = Code("H106", "“{word}” chỉ đúng từ {low} đến dưới {high}; ở đây là {value}.")

HedgeKind = Literal["gan", "duoi", "hon", "tren", "khoang", "hang"]
Side = Literal["upper", "lower", "nearer"]
Say = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Hedged:
    """A proven hedge: its text (“gần 700”), its word (“gần”) and its mark (700; 100 for “hàng trăm”)."""

    text: str
    word: str
    mark: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim that the value does not bear: the code and facts of the reason, and the best text that is true instead."""

    code: Code
    facts: tuple[tuple[str, str], ...]
    offer: str

    @property
    def reason(self) -> str:
        return self.code.text.format(**dict(self.facts))

    def at(self, place: Place) -> Problem:
        """Make the author's problem that stands at `place`, with the offer as its hint."""
        return self.code.at(place, hint=self.offer, **dict(self.facts))


@dataclass(frozen=True, slots=True)
class Rule:
    """Which neighbouring mark a word leans on, how far from it (a share of the mark), and what is said beyond that."""

    word: str
    side: Side
    reach: Fraction
    too_far: Code


RULES: dict[str, Rule] = {
    "gan": Rule("gần", "upper", Fraction(6, 100), SHORT),
    "duoi": Rule("dưới", "upper", Fraction(6, 100), SHORT),
    "hon": Rule("hơn", "lower", Fraction(10, 100), BEYOND),
    "tren": Rule("trên", "lower", Fraction(10, 100), BEYOND),
    "khoang": Rule("khoảng", "nearer", Fraction(5, 100), AWAY),
}
OFFERED = ("gan", "hon", "khoang")  # what a refusal offers, best first

# a value that has at least two of them and not yet ten: “hàng trăm” from 200 to 999
ORDERS = (
    (10, "hàng chục"), (100, "hàng trăm"), (1000, "hàng nghìn"), (10**4, "hàng chục nghìn"),
    (10**5, "hàng trăm nghìn"), (10**6, "hàng triệu"), (10**7, "hàng chục triệu"), (10**8, "hàng trăm triệu"),
    (10**9, "hàng tỷ"),
)  # fmt: skip

SMALLEST_MARK = 20
STEPS = ((100, 10), (300, 50), (1000, 100))  # below this value, marks are that far apart


def marks_around(value: int) -> tuple[int, int]:
    """Find the neighbouring round marks, lower ≤ value ≤ upper; both are the value when it is a mark itself."""
    step = next((step for below, step in STEPS if value < below), 10 ** (len(str(value)) - 2))
    lower = value - value % step
    return lower, lower if lower == value else lower + step


@dataclass(frozen=True, slots=True)
class _Between:
    """A value between its neighbouring marks, in one unit of measure, and how that measure is said."""

    value: int
    lower: int
    upper: int
    smallest: int
    say: Say

    def mark(self, side: Side) -> int:
        if side == "nearer":
            return self.lower if self.value - self.lower <= self.upper - self.value else self.upper
        return self.lower if side == "lower" else self.upper

    def leans(self, rule: Rule) -> bool:
        mark = self.mark(rule.side)
        near = mark == self.mark("nearer") and abs(self.value - mark) <= rule.reach * mark
        return near and mark >= self.smallest and self.lower != self.upper


def hedge(kind: HedgeKind, value: int) -> Hedged | Refusal:
    """Prove that a hedge of this kind is true of a count, and print it: “gan” of 672 is “gần 700”."""
    return _hedge(kind, _between(value, number))


def hedge_money(kind: HedgeKind, dong: int) -> Hedged | Refusal:
    """Prove a hedge of an amount of đồng, and print it as the press does: “hơn 1,5 tỷ đồng”."""
    return _hedge(kind, _between(dong, money))


def _between(value: int, say: Say) -> _Between:
    return _Between(value, *marks_around(value), SMALLEST_MARK, say)


def _hedge(kind: HedgeKind, where: _Between) -> Hedged | Refusal:
    if kind == "hang":
        return _order(where)
    rule = RULES[kind]
    if not where.leans(rule):
        code, facts = _why_not(rule, where)
        return Refusal(code, facts, _offer(where))
    mark = where.mark(rule.side)
    return Hedged(f"{rule.word} {where.say(mark)}", rule.word, mark)


def _order(where: _Between) -> Hedged | Refusal:
    size, words = next(((size, words) for size, words in reversed(ORDERS) if where.value >= size), ORDERS[0])
    exact = where.lower == where.upper and where.value >= where.smallest
    if 2 * size <= where.value < 10 * size and not exact:
        return Hedged(words, words, size)
    facts = (
        ("word", words),
        ("value", where.say(where.value)),
        ("low", where.say(2 * size)),
        ("high", where.say(10 * size)),
    )
    return Refusal(EXACT if exact else NO_ORDER, facts, _offer(where))


def _offer(where: _Between) -> str:
    """Say the best that is true of a refused value: another hedge, or the number itself."""
    rules = (RULES[kind] for kind in OFFERED)
    return next((f"{r.word} {where.say(where.mark(r.side))}" for r in rules if where.leans(r)), where.say(where.value))


def _why_not(rule: Rule, where: _Between) -> tuple[Code, tuple[tuple[str, str], ...]]:
    mark = where.mark(rule.side)
    said = (("word", rule.word), ("value", where.say(where.value)))
    if mark < where.smallest:
        return SMALL, (*said, ("smallest", where.say(where.smallest)))
    if where.lower == where.upper:
        return EXACT, said
    gap = abs(where.value - mark)
    shares = (("share", percent(Fraction(gap, mark))), ("limit", percent(rule.reach)))
    return rule.too_far, (*said, ("mark", where.say(mark)), ("gap", where.say(gap)), *shares)


def verifies(text: str, value: int) -> bool:
    """Check a printed text (“gần 700”, “Hơn 1,5 tỷ đồng”, “hàng trăm”, “672”) against the count or the đồng it stands for.

    True only when `hedge` would prove that very text; without a hedge, when the number is the value itself. Spaces that
    do not break and a capital at the start are forgiven, anything else is not: a text that cannot be read is False.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    plain = plain[:1].lower() + plain[1:]
    say = money if plain.endswith("đồng") else number
    where = _between(value, say)
    for rule in RULES.values():
        if plain.startswith(f"{rule.word} "):
            return where.leans(rule) and _amount(plain.removeprefix(f"{rule.word} ")) == where.mark(rule.side)
    order = _order(where)
    return _amount(plain) == value or (isinstance(order, Hedged) and order.text == plain)


def _amount(text: str) -> Fraction | None:
    return read_money(text) if text.endswith("đồng") else read_number(text)
