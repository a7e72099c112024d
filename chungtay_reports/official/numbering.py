"""How parts of an official paper are numbered: I. 1. a) with the letters of the Vietnamese alphabet, Phụ lục I."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

# Letters that Vietnamese texts count with: đ among them; ă â ê ô ơ ư left out; f j w z are not Vietnamese.
LETTERS = "abcdđeghiklmnopqrstuvxy"

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def roman(n: int) -> str:
    """Write a number from 1 to 3999 in Roman numerals: of parts, sections and annexes."""
    if not 1 <= n < 4000:
        raise ValueError(n)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (n // value)
        n %= value
    return written


def letter(n: int) -> str:
    """Write the letter of the n-th point, from 1: a, b, c, d, đ, e, g … y, then aa and so on."""
    if n < 1:
        raise ValueError(n)
    rest, index = divmod(n - 1, len(LETTERS))
    return (letter(rest) if rest else "") + LETTERS[index]


# By the heading's level in a paper.
LABELS: Mapping[int, Callable[[int], str]] = {
    1: lambda n: f"Phần {roman(n)}",
    2: lambda n: f"{roman(n)}.",
    3: lambda n: f"{n}.",
    4: lambda n: f"{letter(n)})",
}


class Numbering:
    """Counts the headings of one paper: a heading begins anew what is below it."""

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}

    def label(self, level: int) -> str:
        """Give the next heading of that level its label: “III.”, “2.”, “đ)”."""
        self._counts = {key: count for key, count in self._counts.items() if key <= level}
        self._counts[level] = self._counts.get(level, 0) + 1
        return LABELS[level](self._counts[level])


def annex_numerals(count: int) -> Iterator[str]:
    """Give each annex its Roman numeral; a single annex has none."""
    return iter(("",)) if count == 1 else map(roman, range(1, count + 1))
