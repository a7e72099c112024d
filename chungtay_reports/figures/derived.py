"""Figures made of figures: ratio, sum, share, difference, relative change, rank; one arithmetic for making and proving."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from chungtay_reports.model import Coverage, Figure, Query

Value = int | Fraction
DECIMALS = 6


class Refused(Exception):  # noqa: N818 - an answer, not an error: the question has no honest figure
    """A question that no figure answers truthfully; `reason` in Vietnamese, `offer` a close thing that works, or empty."""

    def __init__(self, reason: str, offer: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.offer = offer


def _over(values: Sequence[Value]) -> Value:
    return Fraction(values[0]) / Fraction(values[1])


def _rank(values: Sequence[Value]) -> Value:
    return 1 + sum(other > values[0] for other in values[1:])


# Values of the operands, in the order that the op needs → the value.
ARITHMETIC: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "ratio": _over,
    "share": _over,
    "sum_of": sum,
    "difference": lambda values: values[0] - values[1],
    "change": lambda values: Fraction(values[0] - values[1]) / Fraction(values[1]),
    "rank": _rank,
}
DIVIDES = frozenset({"ratio", "share", "change"})


def derive(op: str, query: Query, operands: tuple[Figure, ...]) -> Figure:
    """Compute a derived figure; a division by nothing is refused.

    Its coverage is that of the least complete operand. Only a sum has a statistical part of its own: a ratio's is
    seen at its operands.
    """
    if op in DIVIDES and operands[1].value == 0:
        raise Refused("không tính được tỷ lệ vì số để so bằng 0")
    statistical = sum(operand.statistical for operand in operands) if op == "sum_of" else 0
    return Figure(
        query=query,
        value=ARITHMETIC[op]([operand.value for operand in operands]),
        coverage=_weakest(operands),
        statistical=statistical,
        op=op,
        operands=operands,
    )


def share(part: Figure, whole: Figure) -> Figure:
    """Return the share of `part` in `whole`; refused unless it is a part of it: same days, same things."""
    if (part.query.period, part.query.as_of) != (whole.query.period, whole.query.as_of):
        raise Refused("phần và tổng phải cùng kỳ và cùng ngày chốt số liệu")
    if part.value > whole.value or not proof_ids(part) <= proof_ids(whole):
        raise Refused("số thứ nhất không phải là một phần của số thứ hai nên không nói được là chiếm bao nhiêu")
    return derive("share", part.query, (part, whole))


def difference(new: Figure, old: Figure) -> Figure:
    """Return `new` minus `old`, negative when it fell."""
    return derive("difference", new.query, (new, old))


def change(new: Figure, old: Figure) -> Figure:
    """Return the relative change from `old` to `new`: 1/5 when it grew by 20%; refused when `old` is 0."""
    if old.value == 0:
        raise Refused("kỳ trước bằng 0 nên không tính được tăng, giảm bao nhiêu phần trăm; chỉ nói được chênh lệch")
    return derive("change", new.query, (new, old))


def rank(own: Figure, others: tuple[Figure, ...]) -> Figure:
    """Return the place of `own` among its group, 1 for the largest; equal values share the better place."""
    return derive("rank", own.query, (own, *others))


def proof_ids(figure: Figure) -> frozenset[str]:
    """Return the ids of all records and registry units below a figure, through its operands."""
    below = (proof_ids(operand) for operand in figure.operands)
    return frozenset((*figure.records, *figure.units)).union(*below)


def _weakest(operands: tuple[Figure, ...]) -> Coverage:
    return max((operand.coverage for operand in operands), key=lambda coverage: len(coverage.missing))


def decimal(value: int | Fraction) -> str:
    """Write a value with a decimal point, rounded half up, trailing zeros dropped: “0.403274”, “-0.5”, “30”."""
    scaled = abs(Fraction(value)) * 10**DECIMALS
    whole, rest = divmod((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), 10**DECIMALS)
    text = f"{whole}.{rest:0{DECIMALS}d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and text != "0" else text
