"""Correct or withdraw what has been published, in the open: a new version that says what was wrong, when, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from chungtay_reports import disk, machine, pipeline
from chungtay_reports.archive import ARCHIVE
from chungtay_reports.archive.ocfl import Store
from chungtay_reports.archive.publication import Publication, State, identified
from chungtay_reports.course import Course
from chungtay_reports.edition import Notice
from chungtay_reports.errors import ContentError, DiskError, Problem, UsageError, WriteError, did_you_mean, why
from chungtay_reports.fingerprint import Work
from chungtay_reports.life.amending import changes
from chungtay_reports.life.noticing import archived_files, mend, sheet_path, write_sheet
from chungtay_reports.life.proving import lay_out
from chungtay_reports.life.publishing import Made, commit, make, prove, with_signed
from chungtay_reports.life.reasons import said
from chungtay_reports.life.refusing import blocking, refusals, refuse_past
from chungtay_reports.life.signed import read_signed
from chungtay_reports.life.sources import BULLETIN, OFFICIAL, packaged_templates
from chungtay_reports.life.version import Making
from chungtay_reports.meant import closest
from chungtay_reports.pipeline import Request
from chungtay_reports.request import refuse_future
from chungtay_reports.standing import notice_sheet
from chungtay_reports.standing.sheet import as_of
from chungtay_reports.workspace.approval import FOLDER as APPROVALS
from chungtay_reports.workspace.approval import read_approval
from chungtay_reports.workspace.library import Library
from chungtay_reports.workspace.notices import read_notices

DONE = {State.CORRECTED: "đã đính chính", State.WITHDRAWN: "đã thu hồi"}


class NotYetToldError(DiskError):
    """The archive has the new version; the workspace could not take the notice, which the next command will bring."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A version that only has to be signed or committed."""

    work: Work
    library: Library
    made: Made
    sources: Mapping[str, bytes]
    state: State
    before: Publication
    notice: Notice


def correct(root: Path, request: Request, reason: str, moment: datetime, signed: Sequence[Path] = ()) -> Publication:
    """Publish a new version of one edition with a notice of what it sets right.

    Records count that are known on the day for which it was approved, or as of `request.as_of`. `signed` is the PDF of
    `correction_to_sign` with a signature, which goes out in the place of the one that is made here.
    """
    with disk.lock(root):
        return _commit(root, _corrected(root, request, reason, moment), moment, signed)


def withdraw(root: Path, request: Request, reason: str, moment: datetime, signed: Sequence[Path] = ()) -> Publication:
    """Publish a last version of one edition that says only that it is withdrawn; built from its archived sources."""
    with disk.lock(root):
        return _commit(root, _withdrawn(root, request, reason, moment), moment, signed)


def correction_to_sign(root: Path, request: Request, reason: str, moment: datetime) -> bytes:
    """Print the correction that would go out today, for whoever signs it; nothing is published."""
    return _pdf(_corrected(root, request, reason, moment))


def withdrawal_to_sign(root: Path, request: Request, reason: str, moment: datetime) -> bytes:
    """Print the withdrawal that would go out today, for whoever signs it; nothing is published."""
    return _pdf(_withdrawn(root, request, reason, moment))


def _commit(root: Path, ready: _Ready, moment: datetime, signed: Sequence[Path]) -> Publication:
    (made,) = with_signed([ready.made], read_signed(signed))
    made_of = (ready.work, ready.library, made.documents, made.deposit, ready.sources, moment, ready.state)
    published = commit(root, Making(*made_of, ready.before, ready.notice, made.unsigned))
    path = sheet_path(ready.before.key)
    try:
        write_sheet(root, ready.before.key, ready.sources[path])
    except WriteError as error:
        raise NotYetToldError(
            f"{published.key} {DONE[ready.state]}, kho lưu trữ đã có {published.version}, nhưng chưa chép được "
            f"lời thông báo ra {path}{_because(error)}. Sửa chỗ ấy rồi chạy lại đúng lệnh này để chép nốt."
        ) from error
    return published


def _because(error: WriteError) -> str:
    return f": {why(error.__cause__)}" if isinstance(error.__cause__, OSError) else ""


def _pdf(ready: _Ready) -> bytes:
    found = next((each.data for each in ready.made.documents if each.format == "pdf"), None)
    if found is None:
        raise UsageError(f"{ready.before.key} không dựng PDF (publishing.formats, report_formats trong chungtay.yaml).")
    return found


def _corrected(root: Path, request: Request, reason: str, moment: datetime) -> _Ready:
    reason = said(reason)
    refuse_future(request.as_of, moment.date())
    mend(root)
    id_, before = _published(root, *_named(request))
    refuse_past(before, moment)
    if before.state is State.WITHDRAWN:
        raise UsageError(f"{before.key} đã thu hồi nên không đính chính được nữa.")
    library, work, warnings = _present(root, request, before, moment.date())
    found = changes(Store(root / ARCHIVE), id_, before, work)
    if not found:
        raise UsageError(
            f"Không con số, dòng chữ nào của {before.key} khác bản đã công bố ({before.version}); "
            "không có gì để đính chính."
        )
    refused = [*blocking(warnings), *refusals([work], library, moment, as_of(work))]
    if refused:
        raise ContentError(tuple(refused))
    notice = replace(_notice("dinh-chinh", before, reason, moment, as_of(work)), changes=found)
    corrected = replace(work, notices=(notice, *work.notices))
    sheet = notice_sheet(reversed(corrected.notices)).encode()
    order = pipeline.order_of(request, library.settings)
    course = Course()
    (made,) = make(root, [corrected], library.settings, order, course)
    extra = {sheet_path(before.key): sheet}
    (files,) = prove(root, [made], library, order, moment=moment, course=course, extra=extra)
    return _Ready(corrected, library, made, files, State.CORRECTED, before, notice)


def _withdrawn(root: Path, request: Request, reason: str, moment: datetime) -> _Ready:
    reason = said(reason)
    mend(root)
    id_, before = _published(root, *_named(request))
    refuse_past(before, moment)
    if before.state is State.WITHDRAWN:
        raise UsageError(f"{before.key} đã thu hồi từ trước.")
    today = moment.date()
    sources = archived_files(Store(root / ARCHIVE), id_)
    notice = _notice("thu-hoi", before, reason, moment, today)
    sources[sheet_path(before.key)] = _with(sources, before.key, notice).encode()
    try:
        library, work, made = _retold(root, sources, request, before, today)
    except ContentError:  # templates that an earlier program filled may not go with this one
        own = {path: data for path, data in sources.items() if not path.startswith("templates/")}
        sources = own | packaged_templates(OFFICIAL if before.unit else BULLETIN)
        library, work, made = _retold(root, sources, request, before, today)
    return _Ready(work, library, made, sources, State.WITHDRAWN, before, notice)


def _retold(
    root: Path, sources: Mapping[str, bytes], request: Request, before: Publication, today: date
) -> tuple[Library, Work, Made]:
    """Make an edition of archived sources, which have its withdrawal by now."""
    with machine.scratch("nguon") as folder:
        lay_out(folder, sources, root.resolve() / ".cache" / "pdf")
        again = Request((before.slug,), _one(before.unit), _one(before.year), as_of=today, final=True)
        library, (work,), _ = pipeline.works(folder, again, today)
        (made,) = make(folder, [work], library.settings, pipeline.order_of(request, library.settings), Course())
    return library, work, made


def _present(
    root: Path, request: Request, before: Publication, today: date
) -> tuple[Library, Work, tuple[Problem, ...]]:
    """Compose the one edition as of the day that was asked for, or that was approved, or today."""
    sheet = f"{APPROVALS}/{before.key}.yaml"
    approved = read_approval(root, sheet)[0] if (root / sheet).exists() else None
    again = approved.sheet.as_of if approved and approved.sheet.as_of > before.as_of else None
    asked = Request((before.slug,), _one(before.unit), _one(before.year), final=True)
    library, (work,), warnings = pipeline.works(root, replace(asked, as_of=request.as_of or again or today), today)
    return library, work, warnings


def _named(request: Request) -> tuple[str, str, str]:
    if len(request.editions) != 1 or len(request.units) > 1 or len(request.years) > 1:
        raise UsageError("Mỗi lần một ấn phẩm; báo cáo thì nêu cả --unit và --year.")
    return request.editions[0], "".join(request.units), "".join(request.years)


def _published(root: Path, slug: str, unit: str, year: str) -> tuple[str, Publication]:
    """Find the newest published version of an edition; UsageError says what there is."""
    store = Store.find(root / ARCHIVE)
    there = identified(store) if store else ()
    found = [
        (id_, each)
        for id_, each in there
        if slug in (each.slug, each.key) and (not unit or each.unit == unit) and (not year or each.year == year)
    ]
    key = "/".join(part for part in (slug, year, unit) if part)
    if len(found) > 1:
        raise UsageError(f"“{key}” có {len(found)} ấn phẩm đã công bố; hãy nêu --unit và --year.")
    if not found:
        hint = did_you_mean(closest(key, [each.key for _, each in there]))
        raise UsageError(f"{key} chưa công bố trong {ARCHIVE}/.{hint}")
    return found[0]


def _notice(kind: str, before: Publication, reason: str, moment: datetime, day: date) -> Notice:
    return Notice(kind, moment.date(), reason, before.title, before.version, before.published, day)


def _with(sources: Mapping[str, bytes], key: str, notice: Notice) -> str:
    """Add a notice to those that the archived sources have."""
    with machine.scratch("thong-bao") as folder:
        path = sheet_path(key)
        if path not in sources:
            return notice_sheet([notice])
        lay_out(folder, {path: sources[path]}, folder / "cache")
        noticed, problems = read_notices(folder, path)
    if noticed is None:
        raise ContentError(problems)
    return notice_sheet([*reversed(noticed.newest_first), notice])


def _one(name: str) -> tuple[str, ...]:
    return (name,) if name else ()
