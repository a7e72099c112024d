"""What a build is asked for: which bulletins and reports there are of those names, in which formats, marked how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath

from chungtay_reports import documents
from chungtay_reports.errors import ContentError, Problem, UsageError, did_you_mean, wrong
from chungtay_reports.formats import FORMATS, PAPER_FORMATS
from chungtay_reports.meant import closest
from chungtay_reports.official.selection import Job, choose, possible
from chungtay_reports.settings import Settings
from chungtay_reports.standing import Marking
from chungtay_reports.vietnamese import press_date
from chungtay_reports.workspace.bulletin import Bulletin
from chungtay_reports.workspace.library import Library


@dataclass(frozen=True, slots=True)
class Request:
    """What to build: nothing named means everything; `as_of` replaces the editions' own day."""

    editions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()  # of reports
    years: tuple[str, ...] = ()  # of reports
    formats: tuple[str, ...] = ()
    as_of: date | None = None
    jobs: int = 2
    draft: bool = False  # mark everything as a draft
    final: bool = False  # mark nothing; without both, what is neither approved nor published as it is
    cache: bool = True
    executor: str = ""  # “dask://host:port”; empty: this machine
    published: Mapping[str, str] = field(default_factory=dict)  # digests of the newest published versions, by key

    @property
    def marking(self) -> Marking:
        return Marking(self.draft, self.final, self.published, self.as_of)


def chosen(library: Library, names: Sequence[str], as_of: date | None) -> tuple[Bulletin, ...]:
    for name in names:
        if name not in library.bulletins:
            there = sorted((*library.bulletins, *library.reports))
            known = f" Có: {', '.join(there) or 'chưa có ấn phẩm nào'}."
            raise UsageError(
                f"Không có ấn phẩm “{name}”.{known}" + did_you_mean(closest(PurePosixPath(name).stem, there))
            )
    chosen = (library.bulletins[name] for name in (names or sorted(library.bulletins)))
    return tuple(
        replace(each, front=each.front.model_copy(update={"as_of": as_of})) if as_of else each for each in chosen
    )


def asked(library: Library, request: Request, problems: tuple[Problem, ...]) -> tuple[Bulletin | Job, ...]:
    """List the bulletins and then the reports that are asked for; units and years without a name mean reports.

    A report may also be asked for by its key, as every command names it: “bao-cao-nam-hoc/2023-2024/quan-cau-giay”.
    """
    names = tuple(dict.fromkeys(request.editions))
    slugs = {name.partition("/")[0] for name in names}
    files = {f"content/{kind}/{slug}.md" for slug in slugs for kind in ("bulletins", "reports")}
    if any(problem.place.file in files for problem in problems):
        refuse(problems)  # a file that cannot be read is not an edition that there is not
    keyed = _keyed(library, [name for name in names if "/" in name])
    named = tuple(name for name in names if name in library.reports)
    others = tuple(name for name in names if "/" not in name and name not in library.reports)
    of_reports = bool(request.units or request.years)
    bulletins = chosen(library, others, request.as_of) if others or not (names or of_reports) else ()
    if names and not named:
        if of_reports:
            why = "không dùng cho bản tin" if others else f"mà {names[0]} đã có cả hai"
            raise UsageError(f"--unit và --year chỉ dùng cho báo cáo, {why}.")
        return (*bulletins, *keyed)
    jobs = (*choose(library, named, request.units, request.years), *keyed)
    return (*bulletins, *{job.folder: job for job in jobs}.values())


def _keyed(library: Library, keys: Sequence[str]) -> tuple[Job, ...]:
    """Find reports by their keys; UsageError offers the one that was probably meant."""
    there = {job.folder: job for job in possible(library)} if keys else {}
    for key in keys:
        if key not in there:
            close = closest(PurePosixPath(key).stem if key.endswith(".md") else key, (*library.bulletins, *there))
            raise UsageError(f"Không có ấn phẩm “{key}”." + did_you_mean(close))
    return tuple(there[key] for key in keys)


def order_of(request: Request, settings: Settings) -> documents.Order:
    """Say how to make what is asked for; UsageError for an unknown format."""
    return documents.Order(*_formats(request.formats, settings), request.jobs, request.cache, request.executor)


def _formats(names: Sequence[str], settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the formats asked for into those of editions and those of papers."""
    chosen = tuple(dict.fromkeys(names))
    known = tuple(dict.fromkeys((*FORMATS, *PAPER_FORMATS)))
    for name in chosen:
        if name not in known:
            raise UsageError(f"Không có định dạng “{name}”; có: {', '.join(known)}.")
    publishing = settings.publishing
    return (
        tuple(name for name in chosen or publishing.formats if name in FORMATS),
        tuple(name for name in chosen or publishing.report_formats if name in PAPER_FORMATS),
    )


def refuse(problems: Iterable[Problem]) -> None:
    """Raise all of them when there is an error among them."""
    found = tuple(problems)
    if wrong(found):
        raise ContentError(tuple(set(found)))


def refuse_future(as_of: date | None, today: date) -> None:
    """Refuse to tell what will be known on a day that has not come: records may still change until then."""
    if as_of and as_of > today:
        raise UsageError(
            f"Ngày {press_date(as_of)} chưa tới, chưa ai biết đến hôm ấy bản ghi sẽ ra sao; "
            f"--as-of muộn nhất là hôm nay, {today.isoformat()}."
        )
