"""Sheets of approvals and of notices as text: YAML that `check` reads back, one figure or line of text on a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from fractions import Fraction

from chungtay_reports.edition import LedgerRow, Notice
from chungtay_reports.fingerprint import Fingerprint, TextLine, Work, fingerprint, text_lines
from chungtay_reports.official.paper import Paper
from chungtay_reports.vietnamese import number, percent
from chungtay_reports.workspace.approval import ApprovalRow, ApprovalSheet, Digests, FigureSeen

DIGEST = (
    16  # hexadecimal characters kept of a line's digest: enough to see that it moved; the whole is proven by `text`
)
LEAD = "# Phiếu duyệt do lệnh “chungtay approve” ghi. Sửa tay thì phiếu mất hiệu lực; muốn duyệt lại, chạy lại lệnh.\n"
LEAD_OF_NOTICES = "# Thông báo do lệnh “chungtay correct” hoặc “chungtay withdraw” ghi; in trên ấn phẩm.\n"


def sheet(work: Work, approvals: Sequence[tuple[str, date]]) -> str:
    """Write what the approvers saw: every figure, a digest of every line of words, and a seal over all of it."""
    stamp = fingerprint(work)
    found = ApprovalSheet(
        approvals=[ApprovalRow(by=by, on=on) for by, on in approvals],
        as_of=as_of(work),
        fingerprint=Digests(figures=stamp.figures, text=stamp.text),
        figures=list(figures_seen(work)),
        lines=list(lines_seen(work)),
    )
    return f"{LEAD}{_body(found)}seal: {_seal(found)}\n"


def sealed(found: ApprovalSheet) -> bool:
    """Say whether a sheet is as it was written; spaces and comments do not count."""
    return found.seal == _seal(found)


def notice_sheet(notices: Iterable[Notice]) -> str:
    """Write notices, oldest first."""
    return LEAD_OF_NOTICES + "notices:\n" + "".join(_notice(notice) for notice in notices)


def figures_seen(work: Work) -> tuple[FigureSeen, ...]:
    """List the printed figures as an approver sees them."""
    rows = work.ledger.rows if work.ledger else ()
    return tuple(
        FigureSeen(id=row.id, label=row.label, value=value_words(row), printed=_printed(row))
        for row in rows
        if row.prints
    )


def lines_seen(work: Work) -> tuple[str, ...]:
    """List “digest where” of every line; numbers are left to the figures, so that a line moves only with its words."""
    return tuple(f"{_digest(line)} {line.where}" for line in text_lines(work))


def as_of(work: Work) -> date:
    """Say up to which day records count in a work."""
    return work.dated if isinstance(work, Paper) else work.ledger.as_of


def value_words(row: LedgerRow) -> str:
    """Say the exact value of a row."""
    value = row.figure.value
    return percent(value) if isinstance(value, Fraction) else number(value)


def stamped(found: ApprovalSheet) -> Fingerprint:
    """Return the fingerprint of what a sheet approves."""
    return Fingerprint(found.fingerprint.figures, found.fingerprint.text)


def _seal(found: ApprovalSheet) -> str:
    return hashlib.sha256(_body(found).encode()).hexdigest()


def _body(found: ApprovalSheet) -> str:
    return "".join(
        (
            "approvals:\n",
            *(f"  - {{by: {row.by}, on: {row.on.isoformat()}}}\n" for row in found.approvals),
            f"as_of: {found.as_of.isoformat()}\n",
            "fingerprint:\n",
            f"  figures: {_text(found.fingerprint.figures)}\n",
            f"  text: {_text(found.fingerprint.text)}\n",
            *_list("figures", (_mapping(row.model_dump()) for row in found.figures)),
            *_list("lines", map(_text, found.lines)),
        )
    )


def _digest(line: TextLine) -> str:
    return hashlib.sha256(line.words.encode()).hexdigest()[:DIGEST]


def _printed(row: LedgerRow) -> str:
    return ", ".join(dict.fromkeys(one.text for one in row.prints))


def _notice(notice: Notice) -> str:
    head = "".join(
        (
            f"  - kind: {notice.kind}\n",
            f"    on: {notice.on.isoformat()}\n",
            f"    reason: {_text(notice.reason)}\n",
            f"    title: {_text(notice.title)}\n",
            f"    version: {notice.version}\n",
            f"    published: {_text(notice.published.isoformat())}\n",
            f"    as_of: {notice.as_of.isoformat()}\n",
        )
    )
    return head + "".join(f"    {line}" for line in _list("changes", (_mapping(asdict(one)) for one in notice.changes)))


def _list(name: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"  - {item}\n" for item in items]
    yield f"{name}:\n" if lines else f"{name}: []\n"
    yield from lines


def _mapping(values: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {_text(value)}" for name, value in values.items()) + "}"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # JSON's strings are YAML's
