"""What can be wrong with sheets of approvals and notices: unknown editions, people, days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.fingerprint import Work
from chungtay_reports.meant import closest
from chungtay_reports.official.selection import possible
from chungtay_reports.source.validation import nearest
from chungtay_reports.standing.judging import judge
from chungtay_reports.standing.sheet import as_of, sealed
from chungtay_reports.workspace.approval import Approved, read_approval
from chungtay_reports.workspace.layout import Files
from chungtay_reports.workspace.library import Library
from chungtay_reports.workspace.notices import Noticed, read_notices

NO_EDITION = Code(
    "L101", "không có ấn phẩm “{key}” để tệp này nói về; tệp mang tên bản tin, hoặc <báo cáo>/<năm học>/<đơn vị>.yaml"
)
NO_APPROVER = Code("L102", "không có ai mang mã “{id}” trong content/people.yaml nên không thể là người duyệt")
NO_POST = Code(
    "L103", "“{id}” không giữ chức vụ nào vào ngày duyệt {day}; bổ sung chức vụ (posts) trong content/people.yaml"
)
TWICE = Code("L104", "“{id}” duyệt hai lần; mỗi người một dòng")
FUTURE = Code("L105", "ngày {day} ở sau hôm nay")
AFTER_WITHDRAWAL = Code(
    "L106", "ấn phẩm đã thu hồi ở thông báo trước nên không thể có thông báo này; hãy bỏ một trong hai"
)

FALLEN = Code("L107", "{key} đã đổi sau khi duyệt nên phiếu này mất hiệu lực: {allowed}", Severity.WARNING)
EDITED = Code(
    "L108",
    "phiếu duyệt {key} đã bị sửa tay nên mất hiệu lực; hãy lấy lại phiếu cũ, hoặc xem lại ấn phẩm rồi chạy lại chungtay approve",
    Severity.WARNING,
)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of approvals and of notices by the keys of their editions, and what is wrong with their files."""

    approvals: Mapping[str, Approved]
    notices: Mapping[str, Noticed]
    problems: tuple[Problem, ...]


def read_sheets(root: Path, files: Files) -> Sheets:
    """Read every sheet that can be read."""
    approvals = [read_approval(root, file) for file in files.approvals]
    notices = [read_notices(root, file) for file in files.notices]
    return Sheets(
        {one.key: one for one, _ in approvals if one},
        {one.key: one for one, _ in notices if one},
        tuple(problem for _, found in (*approvals, *notices) for problem in found),
    )


def standing_problems(library: Library, files: Files, today: date) -> Iterator[Problem]:
    """Check the sheets of a library against its editions, its people and the day.

    An edition whose own file could not be read has its problem there; its sheets are not blamed for it.
    """
    if not library.approvals and not library.notices:
        return
    keys = {*library.bulletins, *(job.folder for job in possible(library))}
    unread = {PurePath(file).stem for file in (*files.bulletins, *files.reports)} - {
        *library.bulletins,
        *library.reports,
    }
    for approved in library.approvals.values():
        if approved.key.partition("/")[0] not in unread:
            yield from _known(approved.key, approved.file, keys)
        yield from _of_approval(approved, library, today)
    for noticed in library.notices.values():
        if noticed.key.partition("/")[0] not in unread:
            yield from _known(noticed.key, noticed.file, keys)
        yield from _of_notices(noticed, today)


def fallen(work: Work, library: Library) -> Iterator[Problem]:
    """Warn of an approval that no longer holds; one as of another day is for a correction to come."""
    approved = library.approvals.get(work.folder)
    noticed = library.notices.get(work.folder)
    if (
        approved is None
        or not sealed(approved.sheet)
        or approved.sheet.as_of != as_of(work)
        or (noticed and noticed.newest_first[0].withdraws)
    ):
        return
    verdict = judge(work, library)
    if verdict.moved:
        yield FALLEN.at(Place(approved.file), key=work.folder, allowed=verdict.movement)


def _known(key: str, file: str, keys: set[str]) -> Iterator[Problem]:
    if key not in keys:
        yield NO_EDITION.at(Place(file), hint=closest(key, sorted(keys)), key=key)


def edited(key: str, library: Library) -> Iterator[Problem]:
    """Warn of an edition's sheet of approvals when somebody has edited it by hand."""
    approved = library.approvals.get(key)
    if approved and not sealed(approved.sheet):
        yield EDITED.at(Place(approved.file), key=key)


def _of_approval(approved: Approved, library: Library, today: date) -> Iterator[Problem]:
    yield from edited(approved.key, library)
    seen: set[str] = set()
    for index, row in enumerate(approved.sheet.approvals):
        at = approved.parsed.place(("approvals", index, "by"))
        person = library.people.get(row.by)
        if person is None:
            yield NO_APPROVER.at(at, hint=nearest(row.by, library.people), id=row.by)
        elif person.post_on(row.on) is None:
            yield NO_POST.at(at, id=row.by, day=row.on)
        if row.by in seen:
            yield TWICE.at(at, id=row.by)
        if row.on > today:
            yield FUTURE.at(approved.parsed.place(("approvals", index, "on")), day=row.on)
        seen.add(row.by)


def _of_notices(noticed: Noticed, today: date) -> Iterator[Problem]:
    withdrawn = False
    for index, row in enumerate(noticed.sheet.notices):
        if withdrawn:
            yield AFTER_WITHDRAWAL.at(noticed.parsed.place(("notices", index)))
        if row.on > today:
            yield FUTURE.at(noticed.parsed.place(("notices", index, "on")), day=row.on)
        withdrawn = withdrawn or row.kind == "thu-hoi"
