"""What `verify` tells: the facts about one copy, as data between processes and as sentences for a clerk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from chungtay_reports.archive.proof.certificate import MISSING, UNREADABLE
from chungtay_reports.archive.proof.checking import NOTHING, Check, Tally
from chungtay_reports.archive.proof.index import Listed, superseding
from chungtay_reports.errors import Code, Place, Problem, Severity, shown
from chungtay_reports.vietnamese import number

UNKNOWN = Code("V119", "danh sách đã công bố không có “{key}”: bản này chưa từng được phát hành chính thức")
OTHER_VERSION = Code("V120", "bản đã công bố của “{title}” nói khác: dấu vân tay của tệp này không có trong danh sách")
SUPERSEDED = Code("V121", "đã có bản mới hơn: {version}, công bố {published}{reason}", Severity.WARNING)
WITHDRAWN = Code("V122", "ấn phẩm này đã bị thu hồi ngày {published}{reason}", Severity.WARNING)

KINDS = {"ban-tin": "bản tin", "bao-cao": "báo cáo", "cong-van": "công văn"}
BLINDING = {MISSING.code, UNREADABLE.code}  # after which there may be nothing to compute from
STALE = frozenset({SUPERSEDED.code, WITHDRAWN.code})


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature as it was found: who, when, how far it reaches, and what was changed after it."""

    signer: str
    issuer: str
    time: str
    role: str
    intact: bool
    trusted: bool | None  # None: no certificate to trust was given
    coverage: str
    changes: str
    stamped: bool = False  # the time is a timestamp authority's
    stamper: str = ""  # who says so
    since: str = ""  # the days on which the certificate is valid
    until: str = ""
    in_days: bool | None = None  # whether the signing was on one of them; None: it names no time


@dataclass(frozen=True, slots=True)
class Report:
    """The facts about one PDF. `problems` are all that speaks against it, `standing` is empty without an index."""

    file: str
    sha256: str
    key: str = ""
    kind: str = ""
    title: str = ""
    issued: str = ""
    code: str = ""
    digest: str = ""
    figures: Tally = NOTHING
    lines: Tally = NOTHING
    pages: Tally = NOTHING
    signed: int = 0  # how many signatures the file has, read or not
    signatures: tuple[Signature, ...] = ()
    standing: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        return not any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def exit_code(self) -> int:
        """0 as it was printed, 1 it is not, 4 it is, but there is a newer one or it was withdrawn."""
        if not self.sound:
            return 1
        return 4 if any(problem.code in STALE for problem in self.problems) else 0


def of_check(file: str, sha256: str, found: Check) -> Report:
    """Start a report with what the copy itself tells."""
    report = Report(file, sha256, problems=found.problems, figures=found.figures, lines=found.lines, pages=found.pages)
    own = found.certificate
    if own is None:
        return report
    now = found.fingerprint or own.fingerprint
    return replace(
        report,
        key=own.key,
        kind=own.kind,
        title=own.title,
        issued=own.issued,
        code=own.fingerprint.short,
        digest=now.digest,
    )


def placed(report: Report, listed: tuple[Listed, ...]) -> Report:
    """Add what an index knows: whether this is the newest version, an older one, a withdrawn or an unknown one."""
    if not report.key:
        return report
    place = Place(report.file)
    own, newest = superseding(report.digest, report.key, listed)
    if newest is None:
        return _with(report, UNKNOWN.at(place, key=report.key))
    facts = {"published": _day(newest.published), "reason": f", vì: {newest.reason}" if newest.reason else ""}
    if newest.state == "withdrawn":
        return _with(report, WITHDRAWN.at(place, **facts))
    if own is None:
        return _with(report, OTHER_VERSION.at(place, title=newest.title))
    if own.version != newest.version and own.digest != newest.digest:
        return _with(report, SUPERSEDED.at(place, version=newest.version, **facts))
    same = " (đúng từng byte)" if report.sha256 in newest.pdf else ""
    return replace(
        report, standing=f"là bản mới nhất đã công bố, {newest.version}, ngày {_day(newest.published)}{same}"
    )


def sentences(report: Report) -> Iterator[str]:
    """Tell a clerk, in the order in which they would ask."""
    if report.title:
        kind = KINDS.get(report.kind, "ấn phẩm")
        verdict = "đúng là" if report.sound else "KHÔNG còn đúng như"
        yield f"Tệp này {verdict} {kind} “{shown(report.title, 300)}”, đề ngày {_day(report.issued)}, mã {report.code}."
        if report.figures.total:
            yield f"Tính lại: {_of(report.figures)} con số khớp với bản ghi đính kèm."
        elif any(problem.code in BLINDING for problem in report.problems):
            yield "Tính lại: không tính lại được, vì dữ liệu đính kèm thiếu hoặc không còn đọc được."
        else:
            yield "Tính lại: văn bản này không in con số nào từ sổ số liệu."
        yield f"Chữ in: {_of(report.lines)} dòng còn nguyên trên trang; {_of(report.pages)} trang còn nguyên nét in."
    else:
        yield "Không xác nhận được tệp này."
    if report.title or report.signed:
        yield from _signed(report)
    if report.standing:
        yield f"Đối chiếu danh sách đã công bố: {report.standing}."


def _signed(report: Report) -> Iterator[str]:
    if report.signed and not report.signatures:
        yield f"Chữ ký số: có {report.signed}, nhưng chưa kiểm được."
    elif not report.signed:
        yield "Chữ ký số: chưa ký. Chữ ký mới cho biết ai chịu trách nhiệm; ai có đủ công phu vẫn làm giả được bản chưa ký."
    for one in report.signatures:
        trust = {True: "tin cậy", False: "KHÔNG tin cậy", None: "chưa kiểm nơi cấp (thêm --trust CHỨNG_THƯ)"}[
            one.trusted
        ]
        whole = "nguyên vẹn" if one.intact else "ĐÃ HỎNG"
        role = f" ({shown(one.role)})" if one.role else ""
        clock = f", giờ do {shown(one.stamper)} chứng thực" if one.stamped else ", theo đồng hồ của người ký"
        days = f", có hiệu lực từ {one.since} đến {one.until}" if one.since else ""
        yield (
            f"Chữ ký số{role}: {shown(one.signer)}, {one.time}{clock if one.in_days is not None else ''}; {whole}; chứng thư {trust}, "
            f"do {shown(one.issuer)} cấp{days}; "
            f"{one.coverage}; {one.changes}."
        )


def data(report: Report) -> dict[str, Any]:
    """Give the report to a program."""
    problems = [
        {
            "code": problem.code,
            "severity": "error" if problem.severity is Severity.ERROR else "warning",
            "message": problem.message,
        }
        for problem in report.problems
    ]
    return {**asdict(report), "problems": problems, "sound": report.sound}


def from_data(found: Mapping[str, Any]) -> Report:
    """Read a report that `data` gave."""
    values = {name: value for name, value in found.items() if name != "sound"}
    severities = {"error": Severity.ERROR, "warning": Severity.WARNING}
    place = Place(str(values["file"]))
    values["problems"] = tuple(
        Problem(place, one["code"], one["message"], None, severities[one["severity"]]) for one in values["problems"]
    )
    values["signatures"] = tuple(Signature(**one) for one in values["signatures"])
    for name in ("figures", "lines", "pages"):
        values[name] = Tally(**values[name])
    return Report(**values)


def _with(report: Report, problem: Problem) -> Report:
    return replace(report, problems=(*report.problems, problem))


def _of(tally: Tally) -> str:
    return f"{number(tally.right)}/{number(tally.total)}"


def _day(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text):%-d/%-m/%Y}"
    except ValueError:
        return shown(text, 30)
