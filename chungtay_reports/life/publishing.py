"""Publish editions: refuse what may not go out, make the documents, prove the sources, add one version to the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from chungtay_reports import disk, documents, pipeline
from chungtay_reports.archive import ARCHIVE
from chungtay_reports.archive.ocfl import Store, User
from chungtay_reports.archive.publication import Publication, State, newest, object_id
from chungtay_reports.course import Course, silent
from chungtay_reports.edition import Document
from chungtay_reports.errors import Code, ContentError, Place, Problem
from chungtay_reports.fingerprint import Work, fingerprint
from chungtay_reports.life.noticing import mend
from chungtay_reports.life.proving import Copy, UnprovenError, proven
from chungtay_reports.life.refusing import betrayals, blocking, command_of, file_of, refusals
from chungtay_reports.life.signed import OTHER, Signed, not_archived, read_signed, refuse_strangers, require
from chungtay_reports.life.sources import everything, sources
from chungtay_reports.life.version import WHOLE, Making, version
from chungtay_reports.pipeline import Request, Step
from chungtay_reports.settings import Settings
from chungtay_reports.vietnamese import press_date
from chungtay_reports.workspace.library import Library

PROVING = 0.3  # seconds that reading, composing and comparing a copy takes, about: for telling how long is left
CHANGED = Code(
    "L116",
    "{key} đã công bố ngày {day} ({version}) và nay đã khác; bản đã in chỉ đổi bằng đính chính: "
    'chungtay correct {command} --reason "…"',
)
WITHDRAWN = Code("L117", "{key} đã thu hồi ngày {day}; muốn đăng lại, hãy làm một ấn phẩm mới")
MESSAGES = {State.PUBLISHED: "Công bố", State.CORRECTED: "Đính chính", State.WITHDRAWN: "Thu hồi"}


@dataclass(frozen=True, slots=True)
class Published:
    """What became of an edition; `new` is False when the same had been published before."""

    publication: Publication
    new: bool


@dataclass(frozen=True, slots=True)
class Made:
    """The documents of a work and its deposit copy; `unsigned` is the PDF that a signed one stands for."""

    work: Work
    documents: tuple[Document, ...]
    deposit: bytes | None
    unsigned: bytes | None = None


def publish(
    root: Path, request: Request, moment: datetime, step: Step | None = None, signed: Sequence[Path] = ()
) -> tuple[Published, ...]:
    """Publish what is asked for, all or nothing of it; ContentError with every reason when something may not go out.

    `signed` are PDFs of these editions that were signed before; each goes out instead of the one that is made here.
    """
    copies_signed = read_signed(signed)
    mend(root)
    today = moment.date()
    library, works, warnings = pipeline.works(root, replace(request, final=True), today)
    with disk.lock(root):
        before = {work.folder: before_of(root, library, work) for work in works}
        known = [work for work in works if _same(work, before[work.folder])]
        fresh = [work for work in works if work not in known]
        first = [work for work in fresh if before[work.folder] is None]
        refused = [*blocking(warnings), *_history(fresh, before, library), *refusals(first, library, moment)]
        if refused:
            raise ContentError(tuple(refused))
        there = {work.folder: found for work in known if (found := before[work.folder])}
        copies_signed = not_archived(
            copies_signed, Store.find(root / ARCHIVE), library.settings.organisation.office, there
        )
        order = pipeline.order_of(request, library.settings)
        course = Course(step or silent, order.jobs)
        made = make(root, fresh, library.settings, order, course)
        copies = prove(root, made, library, order, moment=moment, course=course)
        made = with_signed(made, copies_signed)
        for one, files in zip(made, copies, strict=True):
            making = Making(
                one.work,
                library,
                one.documents,
                one.deposit,
                files,
                moment,
                State.PUBLISHED,
                before[one.work.folder],
                unsigned=one.unsigned,
            )
            before[one.work.folder] = commit(root, making)
    return tuple(Published(found, work not in known) for work in works if (found := before[work.folder]))


def before_of(root: Path, library: Library, work: Work) -> Publication | None:
    """Find the newest published version of a work."""
    store = Store.find(root / ARCHIVE)
    return newest(store, object_id(library.settings.organisation.office, work.folder)) if store else None


def make(
    root: Path, works: Sequence[Work], settings: Settings, order: documents.Order, course: Course
) -> tuple[Made, ...]:
    """Make the documents of works exactly as a build does, and their deposit copies; `course` knows of their proof, too."""
    course.expect(alone=PROVING * len(works), shared=documents.PAGE_SECONDS * len(works))
    made = [document for document, _ in documents.make(root, works, settings, order, course)]
    printed = [work for work in works if "pdf" in order.of(work)]
    course.expect(shared=-documents.PAGE_SECONDS * len(works))  # from now on each copy is expected for what it costs
    copies = documents.deposit(root, printed, settings, order, course)
    deposits = dict(zip((work.folder for work in printed), copies, strict=True))
    return tuple(
        Made(work, tuple(each for each in made if each.folder == work.folder), deposits.get(work.folder))
        for work in works
    )


def prove(
    root: Path,
    made: Sequence[Made],
    library: Library,
    order: documents.Order,
    *,
    moment: datetime,
    course: Course,
    extra: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[dict[str, bytes], ...]:
    """Find for each work the sources that give its documents again: few files, or else the whole workspace.

    ContentError where the whole one would bring out what is still under embargo.
    `extra` are files that the workspace will have once the work is published.
    """
    today = moment.date()
    copies = [Copy(one.work, one.documents, sources(root, one.work, library) | dict(extra)) for one in made]
    right = proven(copies, root, order, today, course)
    wrong = [copy for copy in copies if copy.work.folder not in right]
    if wrong:
        refused = tuple(problem for copy in wrong for problem in betrayals(copy.work, library, moment))
        if refused:
            raise ContentError(refused)
        whole = everything(root) | dict(extra)
        copies = [replace(copy, sources=whole) if copy in wrong else copy for copy in copies]
        right |= proven([copy for copy in copies if copy.work.folder not in right], root, order, today, course)
    course.done(alone=PROVING * len(copies))
    for copy in copies:
        if copy.work.folder not in right:
            raise UnprovenError(
                f"Dựng lại {copy.work.folder} từ bản sao nguồn không cho đúng những byte ấy, nên chưa công bố gì. "
                "Có tệp nào vừa được sửa trong khi công bố không? Hãy chạy lại."
            )
    return tuple(dict(copy.sources) for copy in copies)


def with_signed(made: Sequence[Made], found: Mapping[str, Signed]) -> tuple[Made, ...]:
    """Put signed PDFs in the place of those that were made here, which stay beside them so that a rebuild compares."""
    refuse_strangers(found, [one.work.folder for one in made])
    return tuple(_signed(one, found[one.work.folder]) if one.work.folder in found else one for one in made)


def _signed(made: Made, signed: Signed) -> Made:
    printed = next((document for document in made.documents if document.format == "pdf"), None)
    if printed is None:
        raise ContentError((OTHER.at(signed.place, reason="chungtay.yaml không đặt dựng PDF cho ấn phẩm này"),))
    require(signed, made.work, printed.data)
    shown = tuple(replace(each, data=signed.data) if each is printed else each for each in made.documents)
    return replace(made, documents=shown, unsigned=printed.data)


def commit(root: Path, making: Making) -> Publication:
    """Add the version to the archive."""
    publication, files = version(making)
    store = Store.create(root / ARCHIVE)
    reason = f": {publication.reason}" if publication.reason else ""
    store.commit(
        making.id,
        files,
        message=f"{MESSAGES[publication.state]}{reason}",
        user=_user(making.library.settings),
        created=making.moment,
        whole=WHOLE,
    )
    return publication


def _same(work: Work, before: Publication | None) -> bool:
    if before is None or before.state is State.WITHDRAWN:
        return False
    return before.fingerprint == fingerprint(work)


def _history(works: Sequence[Work], before: dict[str, Publication | None], library: Library) -> list[Problem]:
    """Refuse what is published already: it changes by a correction only, and what is withdrawn does not come back."""
    found = []
    for work in works:
        last = before[work.folder]
        if last is None:
            continue
        place, day = Place(file_of(work, library)), press_date(last.published.date())
        if last.state is State.WITHDRAWN:
            found.append(WITHDRAWN.at(place, key=work.folder, day=day))
        else:
            found.append(CHANGED.at(place, key=work.folder, day=day, version=last.version, command=command_of(work)))
    return found


def _user(settings: Settings) -> User:
    email = settings.publishing.footer.email
    return User(
        settings.organisation.name, f"mailto:{email}" if email else f"urn:chungtay:{settings.organisation.office}"
    )


__all__ = ["Made", "Published", "before_of", "commit", "make", "prove", "publish", "with_signed"]
