"""Claims without a number of their own that are proven: “hầu hết”, “phần lớn”, “một nửa”, “toàn bộ”, “100%”, “dẫn đầu”.

A share claim is true of an exact interval of part / whole. While reports are missing, only claims that further reports
about the same whole cannot overturn are made: “hầu hết”, “phần lớn” and “đa số”; never “toàn bộ”, never a superlative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from chungtay_reports.errors import Code
from chungtay_reports.vietnamese.hedges import Hedged, Refusal
from chungtay_reports.vietnamese.numerals import number, percent
from chungtay_reports.vietnamese.typography import join

OUTSIDE = Code("H111", "“{word}” chỉ đúng khi tỷ lệ {range}; ở đây là {part}/{whole}, tức {share}.")
MISSING = Code("H112", "Chưa đủ báo cáo nên chưa thể nói “{word}”: mới biết {part}/{whole}.")
NO_WHOLE = Code("H113", "“{word}” cần một tổng thể từ 2 trở lên; ở đây là {part}/{whole}.")
NOT_PART = Code("H114", "“{word}” cần phần không lớn hơn tổng thể; ở đây là {part}/{whole}: hãy xem lại hai chỉ số.")
TIED = Code("H121", "Chưa thể nói “nhiều nhất”: {names} đồng hạng với {value}.")
MISSING_RANKS = Code("H122", "Chưa đủ báo cáo nên chưa thể nói “nhiều nhất”, dù {names} đang đứng đầu với {value}.")
NOTHING_TO_RANK = Code("H123", "“Nhiều nhất” cần ít nhất hai bên để so và một số lớn hơn 0; ở đây có {count} bên.")

RatioKind = Literal[
    "toan_bo", "tat_ca", "ca", "tram_phan_tram", "hau_het", "phan_lon", "da_so", "hon_mot_nua", "mot_nua", "gan_mot_nua"
]


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of a share from `low` to `high` (ends included as `ends` tells), and in words which shares those are."""

    text: str  # {whole} is the number of the whole
    low: Fraction
    high: Fraction
    ends: tuple[bool, bool]
    range: str
    complete: bool = False  # only when every expected report is in

    def holds(self, share: Fraction) -> bool:
        above = share >= self.low if self.ends[0] else share > self.low
        return above and (share <= self.high if self.ends[1] else share < self.high)


ONE, HALF = Fraction(1), Fraction(1, 2)
_ALL = (ONE, ONE, (True, True), "đúng bằng 100%", True)
_MOST = (HALF, ONE, (False, False), "trên 50% và dưới 100%")

CLAIMS: dict[str, Claim] = {
    "toan_bo": Claim("toàn bộ", *_ALL),
    "tat_ca": Claim("tất cả", *_ALL),
    "ca": Claim("cả {whole}", *_ALL),
    "tram_phan_tram": Claim("100%", *_ALL),
    "hau_het": Claim("hầu hết", Fraction(9, 10), ONE, (True, False), "từ 90% đến dưới 100%"),
    "phan_lon": Claim("phần lớn", *_MOST),
    "da_so": Claim("đa số", *_MOST),
    "mot_nua": Claim("một nửa", HALF, HALF, (True, True), "đúng bằng 50%", complete=True),
    "hon_mot_nua": Claim(
        "hơn một nửa", HALF, Fraction(3, 5), (False, True), "trên 50% và không quá 60%", complete=True
    ),
    "gan_mot_nua": Claim("gần một nửa", Fraction(9, 20), HALF, (True, False), "từ 45% đến dưới 50%", complete=True),
}
OFFERED = ("toan_bo", "hau_het", "mot_nua", "hon_mot_nua", "gan_mot_nua", "phan_lon")  # first that holds is the best


def hedge_ratio(kind: RatioKind, part: int, whole: int, *, complete: bool) -> Hedged | Refusal:
    """Prove a claim about `part` of `whole`; `complete` tells whether all expected reports are in.

    The result's mark is the whole. A whole of one or none, and a part beyond its whole, bear no claim at all.
    """
    claim = CLAIMS[kind]
    code = _objection(claim, part, whole, complete=complete)
    text = claim.text.format(whole=number(whole))
    if code is None:
        return Hedged(text, text, whole)
    share = percent(Fraction(part, whole)) if whole else "0%"
    facts = {"word": text, "part": number(part), "whole": number(whole), "share": share, "range": claim.range}
    return Refusal(code, tuple(facts.items()), _offer(part, whole, complete=complete))


def _objection(claim: Claim, part: int, whole: int, *, complete: bool) -> Code | None:
    if part > whole:
        return NOT_PART
    if whole < 2:
        return NO_WHOLE
    if not claim.holds(Fraction(part, whole)):
        return OUTSIDE
    return MISSING if claim.complete and not complete else None


def _offer(part: int, whole: int, *, complete: bool) -> str:
    claims = (CLAIMS[kind] for kind in OFFERED)
    true = (claim.text for claim in claims if _objection(claim, part, whole, complete=complete) is None)
    return next(true, f"{number(part)}/{number(whole)}")


@dataclass(frozen=True, slots=True)
class Leader:
    """Who is proven first, with what value, and by how much more than the next."""

    name: str
    value: int | Fraction
    lead: int | Fraction


def superlative(values: Sequence[tuple[str, int | Fraction]], *, complete: bool) -> Leader | Refusal:
    """Prove who has the most among (name as printed, value); refuse on a tie, on missing reports, on nothing to compare."""
    ranked = sorted(values, key=lambda pair: -pair[1])
    best = ranked[0][1] if ranked else 0
    leaders = [name for name, value in ranked if value == best]
    facts = (("names", join(leaders)), ("value", _said(best)), ("count", number(len(ranked))))
    offer = f"{join(leaders)} {'cùng ' * (len(leaders) > 1)}có {_said(best)}"
    if len(ranked) < 2 or best <= 0:
        return Refusal(NOTHING_TO_RANK, facts, offer if best > 0 else "")
    if len(leaders) > 1:
        return Refusal(TIED, facts, offer)
    return Leader(leaders[0], best, best - ranked[1][1]) if complete else Refusal(MISSING_RANKS, facts, offer)


def _said(value: int | Fraction) -> str:
    return number(value) if isinstance(value, int) else percent(value)
