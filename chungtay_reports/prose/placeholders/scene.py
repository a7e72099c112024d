"""What a placeholder knows while it writes: the desk, what the text has named already, where its sentence stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from chungtay_reports.edition import Block, Inline, Inlines, Number, Text
from chungtay_reports.figures.derived import Refused
from chungtay_reports.figures.desk import Desk
from chungtay_reports.model import Figure
from chungtay_reports.vietnamese import join, sentence_start
from chungtay_reports.vietnamese.hedges import Hedged, Refusal

FEW = 6

Written = tuple[Inline, ...] | Block


@dataclass(slots=True)
class Scene:
    """One text being written.

    `capital` says that the placeholder begins a sentence; `mentions` counts what has been named, so that the second
    time is shorter; `blocks` numbers charts and tables.
    """

    desk: Desk
    capital: bool = False
    mentions: Counter[str] = field(default_factory=Counter)
    blocks: Counter[str] = field(default_factory=Counter)

    def say(self, text: str) -> str:
        """Give the text its capital when it begins a sentence."""
        return sentence_start(text) if self.capital else text

    def number(self, figure: Figure, text: str, hedge: str = "") -> Number:
        """Print a figure where the placeholder stands, and enter it in the ledger as it reads there."""
        return self.desk.print(figure, self.say(text), hedge)

    def text(self, text: str) -> Inlines:
        return (Text(self.say(text)),)

    def first(self, key: str) -> bool:
        """Tell whether `key` is mentioned for the first time, and count the mention."""
        self.mentions[key] += 1
        return self.mentions[key] == 1

    @property
    def today(self) -> date:
        """The day of the edition: names and posts are as of then."""
        return self.desk.issued

    def prove_coverage(self, claim: str, silent: Sequence[str]) -> None:
        """Refuse a claim about everybody while somebody that it needs has not reported, and name who."""
        if silent:
            listed = shortlist(self.unit_names(silent))
            raise Refused(f"chưa nói được “{claim}” vì {len(silent)} đơn vị chưa gửi báo cáo: {listed}")

    def unit_names(self, ids: Sequence[str]) -> list[str]:
        """Name units as briefly as they are known, as of the end of the reported days."""
        return [self.desk.library.registry.name(id_, self.desk.period.end, "short") for id_ in ids]


def shortlist(names: Sequence[str]) -> str:
    """List a few names and count the rest."""
    rest = len(names) - FEW
    return join(names) if rest <= 0 else f"{', '.join(names[:FEW])} và {rest} đơn vị khác"


def proven(hedged: Hedged | Refusal) -> Hedged:
    """Hand on a proven hedge; what the value does not bear is refused with the text that is true instead."""
    if isinstance(hedged, Refusal):
        raise Refused(hedged.reason, hedged.offer)
    return hedged
