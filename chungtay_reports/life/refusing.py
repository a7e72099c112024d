"""Why an edition may not be published now: each reason a problem at the place where its author can act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from chungtay_reports.archive.publication import Publication
from chungtay_reports.errors import Code, MachineError, Place, Problem, Severity
from chungtay_reports.fingerprint import Work
from chungtay_reports.life.sources import bulletins_of
from chungtay_reports.model import HANOI, Coverage
from chungtay_reports.official.paper import Paper
from chungtay_reports.standing import judge
from chungtay_reports.standing.rules import edited
from chungtay_reports.vietnamese import press_date
from chungtay_reports.workspace.bulletin import Bulletin
from chungtay_reports.workspace.library import Library
from chungtay_reports.workspace.specification import Report

NOT_APPROVED = Code("L110", "chưa ai duyệt {key}; duyệt bằng: chungtay approve {command} --by MÃ_NGƯỜI_DUYỆT")
FALLEN = Code("L111", "{key} đã đổi sau khi duyệt: {allowed}; hãy duyệt lại bằng: chungtay approve {command} --by …")
FEW = Code("L112", "{key} mới có {have}/{wanted} người duyệt (publishing.approvals trong chungtay.yaml)")
COVERAGE = Code("L113", "{key} cần {required} đơn vị đã báo cáo, mới có {reported}")
OWN_COVERAGE = Code("L114", "{key}: đơn vị chưa gửi đủ số liệu của kỳ nên chưa công bố được (coverage: {required})")
EMBARGO = Code("L115", "{key} chưa đến giờ công bố: {moment}")
HELD = Code(
    "L118",
    "{key} nêu tên “{other}”, mà ấn phẩm ấy đến {moment} mới được ra; hãy công bố sau giờ ấy, hoặc bỏ tên ấy khỏi related",
)
WHOLE = Code(
    "L119",
    "{key} phải lưu cùng nguồn của cả kho mới dựng lại được, mà “{other}” đến {moment} mới được ra; hãy công bố sau giờ ấy",
)
PRIVACY = frozenset({"R301", "R302", "R303", "R304"})  # warnings that block a publication: safety rule 10
NAMED = 3


def refusals(works: Iterable[Work], library: Library, moment: datetime, as_of: date | None = None) -> Iterator[Problem]:
    """Give every reason against publishing these works at a moment; `as_of` where it is not their own day."""
    for work in works:
        yield from _approval(work, library, f" --as-of {as_of.isoformat()}" if as_of else "")
        yield from _coverage(work, library)
        yield from _embargo(work, library, moment)


def blocking(warnings: Iterable[Problem]) -> Iterator[Problem]:
    """Turn the warnings that block a publication into errors: somebody's number, birthday or whereabouts."""
    yield from (replace(each, severity=Severity.ERROR) for each in warnings if each.code in PRIVACY)


def embargo(work: Work, library: Library) -> datetime | None:
    """Say before which moment an edition may not be public."""
    return _source(work, library).front.embargo


def file_of(work: Work, library: Library) -> str:
    """Name the file that its author wrote."""
    return _source(work, library).file


def command_of(work: Work) -> str:
    """Say how commands name the edition: “bao-cao-nam-hoc --unit quan-cau-giay --year 2023-2024”."""
    return f"{work.slug} --unit {work.unit} --year {work.year}" if isinstance(work, Paper) else work.slug


def _source(work: Work, library: Library) -> Bulletin | Report:
    return library.reports[work.slug] if isinstance(work, Paper) else library.bulletins[work.slug]


def _approval(work: Work, library: Library, day: str) -> Iterator[Problem]:
    verdict = judge(work, library)
    facts = {"key": work.folder, "command": f"{command_of(work)}{day}"}
    broken = [replace(each, severity=Severity.ERROR) for each in edited(work.folder, library)]
    if broken:
        yield from broken
    elif verdict.moved:
        yield FALLEN.at(Place(library.approvals[work.folder].file), allowed=verdict.movement, **facts)
    elif not verdict.approvals:
        yield NOT_APPROVED.at(Place(file_of(work, library)), **facts)
    elif not verdict.holds:
        place = Place(library.approvals[work.folder].file)
        yield FEW.at(place, key=work.folder, have=len(verdict.approvals), wanted=verdict.wanted)


def _coverage(work: Work, library: Library) -> Iterator[Problem]:
    source = _source(work, library)
    required = source.front.coverage or library.settings.publishing.coverage
    if not required or work.ledger is None:
        return
    place = source.parsed.place(("coverage",)) if source.front.coverage else Place("chungtay.yaml")
    coverage: Coverage = work.ledger.coverage
    if isinstance(work, Paper) and isinstance(source, Report) and source.front.each == "unit":
        if work.unit in coverage.missing:
            yield OWN_COVERAGE.at(place, key=work.folder, required=required)
    elif coverage.expected and Fraction(coverage.reported, len(coverage.expected)) < share(required):
        names = [library.registry.name(unit, work.ledger.period.end, "short") for unit in coverage.missing[:NAMED]]
        left = len(coverage.missing) - NAMED
        missing = f"; còn thiếu {', '.join(names)}" + (f" và {left} đơn vị nữa" if left > 0 else "")
        told = f"{coverage.reported}/{len(coverage.expected)}{missing}"
        yield COVERAGE.at(place, key=work.folder, required=required, reported=told)


def share(required: str) -> Fraction:
    """Read “28/30” or “90%”."""
    if required.endswith("%"):
        return Fraction(int(required[:-1]), 100)
    part, whole = (int(number) for number in required.split("/"))
    return Fraction(part, max(whole, 1))


def _embargo(work: Work, library: Library, moment: datetime) -> Iterator[Problem]:
    """Refuse what may not be out yet, and what would bring such a bulletin out with it: on its page, or in its sources."""
    source = _source(work, library)
    if source.front.embargo and moment < source.front.embargo:
        place = source.parsed.place(("embargo",))
        yield EMBARGO.at(place, key=work.folder, moment=moment_words(source.front.embargo))
    for slug in () if isinstance(work, Paper) else bulletins_of(work, library):
        until = library.bulletins[slug].front.embargo
        if slug != work.slug and until and moment < until:
            yield HELD.at(source.parsed.place(("related",)), key=work.folder, other=slug, moment=moment_words(until))


def betrayals(work: Work, library: Library, moment: datetime) -> Iterator[Problem]:
    """Refuse to archive the whole workspace with a work while something in it may not be out yet."""
    sources: tuple[Bulletin | Report, ...] = (*library.bulletins.values(), *library.reports.values())
    for held in sources:
        until = held.front.embargo
        if until and moment < until:
            place = Place(file_of(work, library))
            yield WHOLE.at(place, key=work.folder, other=held.slug, moment=moment_words(until))


def moment_words(moment: datetime) -> str:
    """Write a moment as people in Hanoi say it, wherever it was written: “9 giờ 30, ngày 25/11/2026”."""
    here = moment.astimezone(HANOI)
    return f"{here.hour} giờ {here.minute:02}, ngày {press_date(here.date())}"


def refuse_past(before: Publication, moment: datetime) -> None:
    """Refuse a version that would be older than the one it follows: the clock of the machine has been set back."""
    if moment < before.published:
        raise MachineError(
            f"Đồng hồ của máy mới chỉ {moment_words(moment)}, trước cả lúc công bố {before.version} "
            f"({moment_words(before.published)}); hãy chỉnh lại giờ của máy rồi làm lại."
        )
