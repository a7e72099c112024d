"""Approve editions: bind a named person to the figures and the text as they are now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chungtay_reports import disk, pipeline
from chungtay_reports.errors import UsageError, did_you_mean
from chungtay_reports.fingerprint import Work, fingerprint
from chungtay_reports.pipeline import Request
from chungtay_reports.request import refuse_future
from chungtay_reports.source.validation import nearest
from chungtay_reports.standing import judge, sheet
from chungtay_reports.standing.marks import notices_of
from chungtay_reports.vietnamese import press_date
from chungtay_reports.workspace.approval import FOLDER
from chungtay_reports.workspace.editorial import Person
from chungtay_reports.workspace.library import Library

EXAMPLE = """\
- id: nguyen-thi-lan
  name: Nguyễn Thị Lan
  title: bà
  posts: [{title: Thư ký tòa soạn, from: 2024-01-01}]"""


@dataclass(frozen=True, slots=True)
class Approved:
    """What one approval came to: `have` of `wanted` people stand behind the edition; `fallen` tells what had moved."""

    key: str
    file: str
    short: str
    have: int
    wanted: int
    fallen: str
    new: bool  # False when the same person had approved the same before


def approve(root: Path, request: Request, by: str, today: date) -> tuple[Approved, ...]:
    """Write the approval of every edition that is asked for; nothing is written when the content has an error."""
    refuse_future(request.as_of, today)
    library, works, _ = pipeline.works(root, request, today)
    person = approver(library, by, today)
    for work in works:
        _refuse_withdrawn(work, library)
    with disk.lock(root):
        return tuple(_approve(root, work, library, person.id, today) for work in works)


def approver(library: Library, by: str, day: date) -> Person:
    """Find a person who may approve on a day; UsageError says who there is."""
    person = library.people.get(by)
    if person is None:
        close = did_you_mean(nearest(by, library.people))
        there = f"có: {', '.join(library.people)}" if library.people else f"tệp ấy chưa ghi ai. Ghi như sau:\n{EXAMPLE}"
        raise UsageError(f"Không có ai mang mã “{by}” trong content/people.yaml; {there}.{close}")
    if person.post_on(day) is None:
        raise UsageError(
            f"“{by}” không giữ chức vụ nào vào hôm nay ({press_date(day)}) nên không duyệt được; "
            "hãy xem lại mục posts trong content/people.yaml."
        )
    return person


def _refuse_withdrawn(work: Work, library: Library) -> None:
    last = next(iter(notices_of(work.folder, library)), None)
    if last and last.withdraws:
        raise UsageError(
            f"{work.folder} đã thu hồi ngày {press_date(last.on)} nên không duyệt nữa; muốn đăng lại, hãy làm một ấn phẩm mới."
        )


def _approve(root: Path, work: Work, library: Library, by: str, day: date) -> Approved:
    verdict = judge(work, library)
    standing = () if verdict.moved else verdict.approvals
    new = all(row.by != by for row in standing)
    rows = [(row.by, row.on) for row in standing] + ([(by, day)] if new else [])
    file = f"{FOLDER}/{work.folder}.yaml"
    if new:
        disk.make_folder((root / file).parent)
        disk.replace_file(root / file, sheet(work, rows).encode())
    return Approved(work.folder, file, fingerprint(work).short, len(rows), verdict.wanted, verdict.movement, new)
