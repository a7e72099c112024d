"""What is left of an edition that has been withdrawn: who withdrew it, when and why, and nothing of what it said."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from chungtay_reports.edition import Edition, Notice, Paragraph, Text
from chungtay_reports.figures.evidence import Evidence
from chungtay_reports.official.paper import Paper
from chungtay_reports.vietnamese import official_date, press_date, sentence_middle

Withdrawn = TypeVar("Withdrawn", Edition, Paper)
ANNOUNCEMENT, SYMBOL = "THÔNG BÁO", "TB"  # Decree 30/2020, Appendix III
KEPT = "Bản đã công bố còn trong kho lưu trữ để đối chiếu; đề nghị không dẫn lại nội dung và số liệu của bản ấy."


def withdrawn(work: Withdrawn, notice: Notice) -> Withdrawn:
    """Reduce a work to the notice of its withdrawal."""
    return _paper(work, notice) if isinstance(work, Paper) else _edition(work, notice)


def _edition(work: Edition, notice: Notice) -> Edition:
    told = (
        f"Bản tin “{notice.title}”, công bố ngày {press_date(notice.published.date())}, được thu hồi từ ngày "
        f"{press_date(notice.on)}."
    )
    return replace(
        work,
        headline=(Text("Bản tin đã được thu hồi"),),
        sapo=(Text(told),),
        source_tag="",
        byline="",
        key_figures=(),
        blocks=(Paragraph((Text(f"Lý do: {sentence(notice.reason)}"),)), Paragraph((Text(KEPT),))),
        ledger=replace(work.ledger, rows=(), records={}, metrics={}, evidence=Evidence((), (), ())),
        related=(),
        keywords=(),
        assets=(),
        lead_photo=None,
        data_note=(),
    )


def _paper(work: Paper, notice: Notice) -> Paper:
    """Make the notice of a paper's withdrawal: an announcement with a symbol of its own; a letter stays a letter."""
    kind = work.type_name.capitalize()
    told = (
        f"{f'{kind} nêu trên' if kind else 'Văn bản này'}, công bố {official_date(notice.published.date())}, được thu hồi "
        f"từ {official_date(notice.on)}. Lý do: {sentence(notice.reason)}"
    )
    head = work.letterhead
    return replace(
        work,
        type_name=ANNOUNCEMENT if kind else "",
        title=f"Thu hồi {kind} {sentence_middle(work.title)}" if kind else work.title,
        letterhead=replace(head, symbol=f"{SYMBOL}-{head.symbol.partition('-')[2]}") if kind else head,
        bases=(),
        body=(Paragraph((Text(told),)), Paragraph((Text(f"{KEPT.removesuffix('.')}./."),))),
        annexes=(),
        ledger=None,
    )


def sentence(reason: str) -> str:
    """End a reason like a sentence."""
    return reason if reason.endswith((".", "!", "?", "…")) else f"{reason}."
