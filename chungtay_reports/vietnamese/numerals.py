"""How numbers are written in Vietnamese: grouped figures, words, percent, money, and reading them back.

All rounding is half up on exact fractions, never on floats. Grouping and the decimal comma come from CLDR through
Babel; its rounding (half even) and its percent and currency patterns (“100 %”, “₫”) are not what Vietnamese papers and
offices print, so those are our own. Years, document numbers and codes are never grouped: print them with `str`.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel.numbers import NumberPattern

_WIDE = Context(prec=100)  # Babel computes in the thread's decimal context, whatever that is
LARGEST_IN_WORDS = 10**18 - 1

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", " nghìn", " triệu")  # within a tỷ; a tỷ of tỷ is beyond what the sector counts
MONEY_UNITS = ((10**9, "tỷ", 3), (10**6, "triệu", 2))  # size, name, decimals that a reader still takes in

MoneyStyle = Literal["press", "official", "table"]


@lru_cache(4096)  # the same small counts, again and again
def number(n: int | Fraction, decimals: int = 0) -> str:
    """Print a number the Vietnamese way: 2.100; 12,5; -7.

    At most `decimals` digits after the comma, rounded half up (away from zero); trailing zeros are dropped.
    """
    scaled = Decimal(_half_up(Fraction(n) * 10**decimals))
    with localcontext(_WIDE):
        return str(_pattern(decimals).apply(scaled.scaleb(-decimals), "vi", decimal_quantization=False))


def _half_up(value: Fraction) -> int:
    size = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -size if value < 0 else size


@cache
def _pattern(decimals: int) -> NumberPattern:
    # Babel reads CLDR from disk on first use; `chungtay --help` must not wait for it
    from babel.numbers import parse_pattern  # noqa: PLC0415

    return parse_pattern("#,##0." + "#" * decimals if decimals else "#,##0")


def in_words(n: int) -> str:
    """Spell a whole number: một, mười lăm, hai mươi mốt, hai mươi tư, một trăm linh năm, một tỷ hai trăm triệu.

    “linh” (not “lẻ”), “nghìn” (not “ngàn”), “tỷ”: the forms of northern official texts. “tư” stands only after “mươi”,
    “bốn” everywhere else. Raises ValueError beyond ±(10¹⁸ - 1).
    """
    if abs(n) > LARGEST_IN_WORDS:
        raise ValueError(n)
    if n < 0:
        return f"âm {in_words(-n)}"
    billions, rest = divmod(n, 10**9)
    words = [f"{_below_billion(billions, leading=True)} tỷ"] if billions else []
    if rest or not billions:
        words.append(_below_billion(rest, leading=not billions))
    return " ".join(words)


def _below_billion(n: int, *, leading: bool) -> str:
    if n == 0:
        return DIGITS[0]
    words = []
    for power in (2, 1, 0):
        group = n // 1000**power % 1000
        if group:
            words.append(_below_thousand(group, leading=leading) + GROUPS[power])
            leading = False
    return " ".join(words)


def _below_thousand(n: int, *, leading: bool) -> str:
    hundreds, rest = divmod(n, 100)
    words = [] if leading and not hundreds else [f"{DIGITS[hundreds]} trăm"]
    tens, ones = divmod(rest, 10)
    if tens == 0:
        link = "linh " if words else ""
        words += [link + DIGITS[ones]] if ones else []
    elif tens == 1:
        words.append(" ".join(("mười", {0: "", 5: "lăm"}.get(ones, DIGITS[ones]))).strip())
    else:
        last = {0: "", 1: "mốt", 4: "tư", 5: "lăm"}.get(ones, DIGITS[ones])
        words.append(f"{DIGITS[tens]} mươi {last}".strip())
    return " ".join(words)


def percent(value: Fraction, decimals: int = 1) -> str:
    """Print a ratio as percent without a space: 100%, 12,5%, 0,03%.

    “100%” and “0%” stand only for exactly 1 and 0: where rounding would give them, decimals are added until the text
    is true again (2.899 of 2.900 → 99,97%).
    """
    hundred = value * 100
    while hundred not in (0, 100, -100) and _half_up(hundred * 10**decimals) in _whole(decimals):
        decimals += 1
    return f"{number(hundred, decimals)}%"


def points(difference: Fraction) -> str:
    """Print a difference of two ratios, without its sign: 3,2 điểm phần trăm."""
    return f"{percent(abs(difference)).removesuffix('%')} điểm phần trăm"


def _whole(decimals: int) -> tuple[int, int, int]:
    return -(10 ** (decimals + 2)), 0, 10 ** (decimals + 2)


def money(dong: int, style: MoneyStyle = "press") -> str:
    """Print whole đồng. press: 1,5 tỷ đồng; 500 triệu đồng; official: 500.000.000 đồng; table: 500.000.000.

    Press shortens only where nothing is lost (at most three decimals of a tỷ, two of a triệu), so 12.345.678 stays
    “12.345.678 đồng”: an inexact shortening is a hedge and must be proven as one. A table names đồng in its head.
    """
    if style == "table":
        return number(dong)
    if style == "press":
        for size, name, decimals in MONEY_UNITS:
            if abs(dong) >= size and dong * 10**decimals % size == 0:
                return f"{number(Fraction(dong, size), decimals)} {name} đồng"
    return f"{number(dong)} đồng"


_NUMBER = re.compile(r"(-?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
_MONEY = re.compile(rf"({_NUMBER.pattern})(?: (nghìn|triệu|tỷ))? đồng")
_MONEY_SIZES = {None: 1, "nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}


def read_number(text: str) -> Fraction | None:
    """Read what `number` prints (“2.100”, “12,5”); None for anything else, such as “2,100.5” or “1.00”."""
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    sign, whole, decimals = match.groups()
    digits = whole.replace(".", "") + (decimals or "")
    return Fraction(int(sign + digits), 10 ** len(decimals or ""))


def read_money(text: str) -> Fraction | None:
    """Read an amount in words of `money` (“1,5 tỷ đồng”, “650 nghìn đồng”) as đồng; None for anything else."""
    match = _MONEY.fullmatch(text)
    amount = read_number(match[1]) if match else None
    return amount * _MONEY_SIZES[match[5]] if match and amount is not None else None
