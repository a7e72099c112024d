"""Read and check what official reports are made of: specifications, offices, the units' own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from chungtay_reports.errors import Code, Place, Problem, Severity
from chungtay_reports.meant import closest
from chungtay_reports.model import Metric
from chungtay_reports.official import annexes
from chungtay_reports.official.outline import PREFIX, names, outline
from chungtay_reports.prose.facts import fact_names
from chungtay_reports.source.files import Parsed, read_yaml, to_model
from chungtay_reports.source.validation import nearest
from chungtay_reports.units.registry import Registry
from chungtay_reports.vietnamese.collation import fold
from chungtay_reports.workspace.layout import Files, is_school_year
from chungtay_reports.workspace.narrative import Narrative, read_narrative
from chungtay_reports.workspace.specification import OfficeRow, Report, read_report

NOT_A_YEAR = Code("N102", "“{year}” không phải một năm học; viết hai năm liền nhau, ví dụ 2023-2024")
NO_OUTLINE = Code("N103", "không có khung nội dung “{name}”; có: {known}")
NO_ANNEX = Code("N104", "không có phụ lục “{name}”; có: {known}")
NO_GROUP = Code("N105", "không loại đơn vị nào thuộc nhóm “{name}” phải báo cáo; các nhóm phải báo cáo: {known}")
NOT_LISTED = Code("N106", "năm học dựng sẵn “{year}” không có trong “years”")
NO_FACT = Code("N107", "không có “${name}”; trong câu này dùng được: {known}")
NO_OFFICE = Code("N108", "loại đơn vị “{tier}” chưa khai cơ quan trong content/offices.yaml nên không lập được văn bản")
NO_TIER = Code("N109", "không có loại đơn vị “{tier}” trong content/units")
SAME_NAME = Code("N110", "tên “{name}” đã là tên một bản tin; mỗi ấn phẩm một tên")
NOT_A_LIST = Code("N111", "content/offices.yaml là danh sách, mỗi mục bắt đầu bằng “- tiers: […]”")
NARRATIVE_PLACE = Code(
    "N112", "tệp không nằm đúng chỗ nên không được đọc; lời của đơn vị ở content/narratives/<năm học>/<đơn vị>.md"
)
NO_UNIT = Code("N113", "không có đơn vị “{unit}” trong danh mục content/units")
NOT_REPORTING = Code("N114", "“{unit}” không lập báo cáo năm học {year}{heirs}")
NO_HEADING = Code("N115", "khung báo cáo không có mục “{heading}”; có: {known}")
NO_METRIC = Code("N117", "bảng của khung “{outline}” cần chỉ tiêu “{metric}” chưa có trong content/metrics")
REPEATED = Code("N116", "“{name}” ghi hai lần")

OFFICES = "content/offices.yaml"
FACTS = ("u", "don_vi", "DON_VI", "ten", "loai", "co_quan", "doi_tac", "tu_ngay", "cac_don_vi", "don_vi_ban")
OFFICE_FACTS = ("don_vi", "DON_VI", "ten")
_TEXTS = ("title", "opening", "closing")
_LISTS = ("to", "bases", "recipients")
_NARRATIVE_PARTS = 4  # content, narratives, the school year, the file


@dataclass(frozen=True, slots=True)
class Papers:
    """What the workspace says about official reports."""

    reports: Mapping[str, Report]
    offices: tuple[OfficeRow, ...]
    narratives: Mapping[tuple[str, str], Narrative]


def read_papers(
    root: Path, files: Files, registry: Registry, metrics: Mapping[str, Metric]
) -> tuple[Papers, tuple[Problem, ...]]:
    """Read everything; what cannot be read is left out and reported."""
    problems: list[Problem] = []
    offices = _offices(root, files, registry, problems)
    reports: dict[str, Report] = {}
    bulletins = {PurePosixPath(path).stem for path in files.bulletins}
    for file in files.reports:
        report, found = read_report(root, file)
        problems += found
        if report is None:
            continue
        if report.slug in bulletins:
            problems.append(SAME_NAME.at(Place(file), name=report.slug))
            continue
        wrong = [*_of_report(report, registry, offices), *_metrics(report, metrics)]
        problems += wrong
        if not wrong:
            reports[report.slug] = report
    whole = reports if len(reports) == len(files.reports) else None
    narratives = dict(_narratives(root, files, registry, whole, problems))
    return Papers(reports, offices, narratives), tuple(problems)


def _offices(root: Path, files: Files, registry: Registry, problems: list[Problem]) -> tuple[OfficeRow, ...]:
    if not files.offices:
        return ()
    parsed, found = read_yaml(root, OFFICES)
    problems += found
    if parsed is None:
        return ()
    if not isinstance(parsed.data, list):
        problems.append(NOT_A_LIST.at(parsed.place(())))
        return ()
    rows = []
    for index in range(len(parsed.data)):
        row, reasons = to_model(parsed, (index,), OfficeRow)
        problems += reasons
        if row is not None:
            rows.append(row)
            problems += _of_office(parsed, index, row, registry)
    return tuple(rows)


def _of_office(parsed: Parsed, index: int, row: OfficeRow, registry: Registry) -> Iterator[Problem]:
    for number, tier in enumerate(row.tiers):
        if tier not in registry.tiers:
            yield NO_TIER.at(parsed.place((index, "tiers", number)), hint=nearest(tier, registry.tiers), tier=tier)
    lists = {"superior": row.superior, "office": row.office, "signature": row.signature}
    for name, lines in lists.items():
        for number, text in enumerate(lines):
            yield from _facts(text, parsed.place((index, name, number)), OFFICE_FACTS)
    for name in ("name", "symbol", "place"):
        yield from _facts(getattr(row, name), parsed.place((index, name)), OFFICE_FACTS)


def _facts(text: str, place: Place, known: tuple[str, ...]) -> Iterator[Problem]:
    for name in fact_names(text):
        if name not in known:
            listed = ", ".join(f"${one}" for one in known)
            yield NO_FACT.at(place, hint=nearest(name, known), name=name, known=listed)


def _of_report(report: Report, registry: Registry, offices: tuple[OfficeRow, ...]) -> Iterator[Problem]:
    front, at = report.front, report.parsed.place
    for field, years in (("years", front.years), ("build", front.build)):
        for index, year in enumerate(years):
            if not is_school_year(year):
                yield NOT_A_YEAR.at(at((field, index)), year=year)
            elif year in years[:index]:
                yield REPEATED.at(at((field, index)), name=year)
            elif field == "build" and year not in front.years:
                yield NOT_LISTED.at(at((field, index)), hint=nearest(year, front.years), year=year)
    yield from _parts(report)
    yield from _groups(report, registry, offices)
    for name in _TEXTS:
        yield from _facts(getattr(front, name), report.place(name), FACTS)
    for name in _LISTS:
        for index, text in enumerate(getattr(front, name)):
            yield from _facts(text, at((name, index)), FACTS)


def _parts(report: Report) -> Iterator[Problem]:
    """The outline and the annexes must be there."""
    front, at = report.front, report.parsed.place
    known = names()
    if front.outline not in known:
        hint = nearest(front.outline, known) or nearest(PREFIX + front.outline, known)
        yield NO_OUTLINE.at(at(("outline",)), hint=hint, name=front.outline, known=", ".join(known))
        return
    listed = annexes.known(outline(front.outline))
    for index, name in enumerate(front.annexes):
        if name not in listed:
            place = at(("annexes", index))
            yield NO_ANNEX.at(place, hint=nearest(name, listed), name=name, known=", ".join(listed))
        elif name in front.annexes[:index]:
            yield REPEATED.at(at(("annexes", index)), name=name)


def _metrics(report: Report, metrics: Mapping[str, Metric]) -> Iterator[Problem]:
    """The tables and annexes of a report must find their metrics; sentences that do not find theirs are left out."""
    front = report.front
    if front.outline not in names():
        return
    for metric in annexes.needed(outline(front.outline), front.annexes):
        if metric not in metrics:
            yield NO_METRIC.at(report.parsed.place(("outline",)), outline=front.outline, metric=metric)


def _groups(report: Report, registry: Registry, offices: tuple[OfficeRow, ...]) -> Iterator[Problem]:
    """The units that report must be of groups that do, and their offices must be known."""
    front, at = report.front, report.parsed.place
    told = {tier for row in offices for tier in row.tiers}
    reporting = [tier for tier in registry.tiers.values() if tier.reports]
    known = tuple(dict.fromkeys(tier.group for tier in reporting))
    for index, group in enumerate(front.groups):
        if group not in known:
            place = at(("groups", index))
            yield NO_GROUP.at(place, hint=nearest(group, known), name=group, known=", ".join(known))
    if front.each == "unit":
        needed = [tier.id for tier in reporting if tier.group in front.groups]
    else:
        needed = [tier.id for tier in registry.tiers.values() if tier.group == "so"]
    for tier_id in needed:
        if tier_id not in told:
            yield NO_OFFICE.at(at(("each",)), tier=tier_id)


def _narratives(
    root: Path, files: Files, registry: Registry, reports: Mapping[str, Report] | None, problems: list[Problem]
) -> Iterator[tuple[tuple[str, str], Narrative]]:
    """Read the units' own words; without `reports`, when one of them is broken, nobody knows which report wants them."""
    for file in files.narratives:
        parts = PurePosixPath(file).parts
        if len(parts) != _NARRATIVE_PARTS:
            problems.append(NARRATIVE_PLACE.at(Place(file)))
            continue
        year, unit = parts[2], PurePosixPath(file).stem
        narrative, found = read_narrative(root, file)
        problems += found
        if narrative is None:
            continue
        wrong = list(_of_narrative(narrative, year, unit, registry, reports))
        problems += wrong
        if not any(problem.severity is Severity.ERROR for problem in wrong):
            yield (year, unit), narrative


def _of_narrative(
    narrative: Narrative, year: str, unit: str, registry: Registry, reports: Mapping[str, Report] | None
) -> Iterator[Problem]:
    place = Place(narrative.file)
    if registry.unit(unit) is None:
        yield NO_UNIT.at(place, hint=registry.suggest(unit), unit=unit)
        return
    if reports is None:
        return
    mine = [report for report in reports.values() if _reports(report, year, unit, registry)]
    if not mine:
        yield NOT_REPORTING.at(place, unit=unit, year=year, heirs=_heirs(year, unit, reports, registry))
        return
    headings = tuple(dict.fromkeys(one for report in mine for one in outline(report.front.outline).headings()))
    folded = {fold(heading): heading for heading in headings}
    for key, passage in narrative.passages.items():
        if key not in folded:
            hint = folded.get(closest(key, folded) or "")
            yield NO_HEADING.at(passage.place, hint=hint, heading=passage.heading, known="; ".join(headings))


def _reports(report: Report, year: str, unit: str, registry: Registry) -> bool:
    if year not in report.front.years:
        return False
    tier = registry.tier(unit)
    if report.front.each == "office":
        return tier.group == "so"
    return tier.group in report.front.groups and registry.valid(unit, report.period(year).end)


def _heirs(year: str, unit: str, reports: Mapping[str, Report], registry: Registry) -> str:
    """Name the units that carry on for one that has ended by then."""
    ends = [report.period(year).end for report in reports.values() if year in report.front.years]
    heirs = registry.successors(unit, max(ends)) if ends else ()
    shown = ", ".join(heir.id for heir in heirs[:3] if heir.id != unit)
    return f"; kế tục: {shown}" if shown else ""
