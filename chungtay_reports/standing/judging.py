"""Compare an edition with its sheet of approvals: who stands behind it, and which figures and lines have moved since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from chungtay_reports.fingerprint import Work, fingerprint
from chungtay_reports.standing.sheet import figures_seen, lines_seen, sealed
from chungtay_reports.workspace.approval import ApprovalRow, ApprovalSheet, FigureSeen
from chungtay_reports.workspace.library import Library

TOLD, LENGTH = (
    6,
    300,
)  # movements, and their characters, that are told before “và … chỗ nữa”: no message is cut within one


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who approved, how many still have to, and what has moved since (in words; nothing while the approval holds)."""

    approvals: tuple[ApprovalRow, ...]
    wanted: int
    moved: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Say whether enough people approved what the edition says now."""
        return not self.moved and len(self.approvals) >= self.wanted

    @property
    def movement(self) -> str:
        """Tell in one line what has moved: “s12 Trường ký kết: 672 → 671; sapo đã sửa”."""
        ends = accumulate(len(each) + 2 for each in self.moved[:TOLD])
        told = max(1, sum(end <= LENGTH for end in ends))
        left = len(self.moved) - told
        return "; ".join(self.moved[:told]) + (f"; và {left} chỗ nữa" if left > 0 else "")


def judge(work: Work, library: Library) -> Verdict:
    """Hold an edition against its sheet; without a sheet nobody has approved."""
    wanted = library.settings.publishing.approvals
    approved = library.approvals.get(work.folder)
    if approved is None:
        return Verdict((), wanted, ())
    sheet = approved.sheet
    return Verdict(tuple(sheet.approvals), wanted, tuple(_moved(work, sheet)))


def _moved(work: Work, sheet: ApprovalSheet) -> Iterator[str]:
    if not sealed(sheet):
        yield "phiếu duyệt đã bị sửa tay"
        return
    stamp = fingerprint(work)
    if (stamp.figures, stamp.text) == (sheet.fingerprint.figures, sheet.fingerprint.text):
        return
    found = [*_figures(sheet.figures, figures_seen(work)), *_lines(sheet.lines, lines_seen(work))]
    yield from dict.fromkeys(found) or ["cách tính hoặc bố cục đã đổi"]


def _figures(before: Sequence[FigureSeen], after: Sequence[FigureSeen]) -> Iterator[str]:
    """Match figures by their labels, in order: the numbers of ledger rows shift when one is added."""
    waiting: dict[str, list[FigureSeen]] = {}
    for figure in before:
        waiting.setdefault(figure.label, []).append(figure)
    for figure in after:
        same = waiting.get(figure.label, [])
        if not same:
            yield f"thêm {figure.id} {figure.label}: {figure.value}"
            continue
        old = same.pop(0)
        if old.value != figure.value:
            yield f"{figure.id} {figure.label}: {old.value} → {figure.value}"
        elif old.printed != figure.printed:
            yield f"{figure.id} {figure.label}: in “{old.printed}” → “{figure.printed}”"
    for left in waiting.values():
        yield from (f"bỏ {figure.id} {figure.label}: {figure.value}" for figure in left)


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Tell which lines are other ones; one that only stands elsewhere has not moved."""
    old, new = [_split(line) for line in before], [_split(line) for line in after]
    matcher = SequenceMatcher(None, [line[0] for line in old], [line[0] for line in new], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        both = min(b - a, d - c)
        yield from (f"{where} đã sửa" for _, where in new[c : c + both])
        yield from (f"thêm {where}" for _, where in new[c + both : d])
        yield from (f"bỏ {where}" for _, where in old[a + both : b])


def _split(line: str) -> tuple[str, str]:
    digest, _, where = line.partition(" ")
    return digest, where
