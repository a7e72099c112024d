"""Which reports to make: of all that the specifications allow, those that were asked for, or those that stand by default."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chungtay_reports.errors import UsageError, did_you_mean
from chungtay_reports.meant import closest
from chungtay_reports.official.scope import units
from chungtay_reports.workspace.library import Library
from chungtay_reports.workspace.specification import Report


@dataclass(frozen=True, slots=True)
class Job:
    """One report of one unit for one school year."""

    report: Report
    year: str
    unit: str

    @property
    def folder(self) -> str:
        """Where its documents go, below build/; see `Paper.folder`."""
        return f"{self.report.slug}/{self.year}/{self.unit}"


def possible(library: Library) -> Iterator[Job]:
    """List every report that the specifications allow, by name, year and unit in registry order."""
    for report in library.reports.values():
        for year in report.front.years:
            for unit in units(report, year, library):
                yield Job(report, year, unit)


def choose(
    library: Library, names: Sequence[str] = (), units: Sequence[str] = (), years: Sequence[str] = ()
) -> tuple[Job, ...]:
    """Choose among the named reports (or all); UsageError names what there is when something asked for is not.

    Without years: those that the specification builds by default; for a unit that has none of them, its latest.
    """
    if (units or years) and not library.reports:
        raise UsageError(
            "Kho chưa có báo cáo nào, mà --unit và --year chỉ dùng cho báo cáo. "
            "Tạo báo cáo bằng: chungtay new report TÊN --year 2024-2025."
        )
    jobs = [job for job in possible(library) if not names or job.report.slug in names]
    _known_years(jobs, years)
    wanted = tuple(dict.fromkeys(_unit(library, name, jobs, years) for name in units))
    jobs = [job for job in jobs if (not wanted or job.unit in wanted) and (not years or job.year in years)]
    return tuple(jobs if years else _by_default(jobs, asked=bool(wanted)))


def _by_default(jobs: Sequence[Job], *, asked: bool) -> Iterator[Job]:
    years: dict[tuple[str, str], list[str]] = {}
    for job in jobs:
        years.setdefault((job.report.slug, job.unit), []).append(job.year)
    for job in jobs:
        front, own = job.report.front, years[job.report.slug, job.unit]
        default = [year for year in own if year in (front.build or own)]
        if job.year in default or (asked and not default and job.year == own[-1]):
            yield job


def _known_years(jobs: Sequence[Job], years: Sequence[str]) -> None:
    known = tuple(dict.fromkeys(job.year for job in jobs))
    for year in years:
        if year not in known:
            raise UsageError(f"Không có báo cáo năm học “{year}”; có: {', '.join(known)}." + _hint(year, known))


def _unit(library: Library, name: str, jobs: Sequence[Job], years: Sequence[str]) -> str:
    """Find the unit that was asked for, by id; one that does not report in these years says who does."""
    registry = library.registry
    reporting = {job.unit for job in jobs if not years or job.year in years}
    if name in reporting:
        return name
    if registry.unit(name) is None:
        raise UsageError(
            f"Không có đơn vị “{name}” trong danh mục." + _hint(name, sorted(reporting), registry.suggest(name))
        )
    ends = [job.report.period(job.year).end for job in jobs if not years or job.year in years]
    heirs = [heir.id for heir in registry.successors(name, max(ends)) if heir.id in reporting] if ends else []
    wanted = f"năm học {', '.join(years)}" if years else "năm nào"
    carried = f" Kế tục: {', '.join(heirs[:3])}{'…' if len(heirs) > 3 else ''}." if heirs else ""
    raise UsageError(
        f"“{name}” không lập báo cáo {wanted}.{carried}" + ("" if heirs else _hint(name, sorted(reporting)))
    )


def _hint(word: str, known: Sequence[str], found: str | None = None) -> str:
    return did_you_mean(found if found in known else closest(word, known))
